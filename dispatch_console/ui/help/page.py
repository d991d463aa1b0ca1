"""The page of the user guide: contents and search at the left, a chapter at the right, back and forward."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from dispatch_console.services.guide import Chapter
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.help import paper
from dispatch_console.ui.help.contents import Contents, Entry
from dispatch_console.ui.help.finding import Hit, find
from dispatch_console.ui.help.paper import Caps, Paper
from dispatch_console.ui.help.sheet import Sheet
from dispatch_console.ui.widgets import Field, IconButton, Line, PageHead
from dispatch_console.ui.widgets.arranging import beside, pile
from dispatch_console.ui.widgets.own_page import OwnPage

_FIELD = 280


class _Place(NamedTuple):
    chapter: str
    scroll: int


class HelpPage(OwnPage):
    """`chapters()` gives them as they are now; `caps` draws keys. `left`: the reader is done."""

    left = Signal()

    def __init__(
        self, desk: Desk, chapters: Callable[[], Sequence[Chapter]], caps: Caps, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._chapters, self._caps = desk, chapters, caps
        self._papers: dict[str, Paper] = {}
        self._hits: list[Hit] = []
        self._at = -1
        self._been: list[_Place] = []
        self._ahead: list[_Place] = []
        self._shown = ""
        self.head = PageHead(
            self.tr("User guide"), self.tr("All of it is on this computer."), self.tr("Back (Esc)")
        )
        self.field = Field(self.tr("Search the guide"), "ph.magnifying-glass", "/")
        self.back = IconButton("ph.arrow-left", self.tr("Back to what was read before (Alt+Left)"), size=32)
        self.forward = IconButton("ph.arrow-right", self.tr("Forward again (Alt+Right)"), size=32)
        self.contents, self.sheet = Contents(), Sheet()
        self._lay_out()
        self._connect()
        self._register()

    # -- what others ask for -------------------------------------------------------------------------

    @property
    def chapter(self) -> str:
        """The id of the chapter that is shown."""
        return self._shown

    def text(self) -> str:
        """All that the chapter says, as it is found."""
        return " ".join(line.text for line in self._papers[self._shown].lines)

    def open(self, chapter: str, section: str = "") -> None:
        """Show a chapter from one of its headings on; an unknown one shows the first."""
        self._make()
        self._keep_place()
        self._show(chapter if chapter in self._papers else next(iter(self._papers)))
        block = self._papers[self._shown].sections.get(section, 0)
        self.sheet.go_to_block(block) if block else self.sheet.verticalScrollBar().setValue(0)
        self._show_contents(section)

    def search(self) -> None:
        """Let the reader type what he looks for."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def go_back(self) -> None:
        self._walk(self._been, self._ahead)

    def go_forward(self) -> None:
        self._walk(self._ahead, self._been)

    def next_hit(self, by: int = 1) -> None:
        """The next place that was found, after the last the first again."""
        if self._hits:
            self._go_to_hit((self._at + by) % len(self._hits))

    # -- showing -------------------------------------------------------------------------------------

    def _make(self) -> None:
        """All documents anew: the table of keys may have changed, or the colours."""
        chapters = list(self._chapters())
        old = [one.document for one in self._papers.values()]
        following = [*chapters[1:], None]
        self._papers = {
            one.id: paper.make(one, after, self._caps, self) for one, after in zip(chapters, following, strict=True)
        }
        if self._shown in self._papers:
            self.sheet.show_paper(self._papers[self._shown])
        for document in old:
            document.deleteLater()

    def _show(self, chapter: str) -> None:
        self._shown = chapter
        self.sheet.show_paper(self._papers[chapter])
        self._show_ways()

    def _show_contents(self, section: str = "") -> None:
        """Chapters, and the sections of the one that is shown; as long as nothing is looked for."""
        if self.field.text():
            return
        self._targets: list[tuple[str, str]] = []
        entries: list[Entry] = []
        at = 0
        for one in self._papers.values():
            here = one.chapter.id == self._shown
            at = len(entries) if here else at
            entries.append(Entry(one.chapter.title))
            self._targets.append((one.chapter.id, ""))
            for name, block in one.sections.items() if here else ():
                line = next(line for line in one.lines if line.block == block)
                if line.text != one.chapter.title:
                    at = len(entries) if name == section else at
                    entries.append(Entry(line.text, deep=True))
                    self._targets.append((one.chapter.id, name))
        self.contents.show_entries(entries, at)

    def _on_typed(self, text: str) -> None:
        lines = (line for one in self._papers.values() for line in one.lines)
        self._hits, self._at = find(lines, text), -1
        if not text.strip():
            self.sheet.mark(self._papers[self._shown], [], None)
            self._show_contents()
            self.head.set_note(self.tr("All of it is on this computer."))
            return
        n = len(self._hits)
        told = self.tr("1 place") if n == 1 else self.tr("{n} places").format(n=n)
        self.head.set_note(told if n else self.tr("Nothing in the guide holds all these words. Try fewer."))
        self.contents.show_entries([Entry(self._where(hit), hit.excerpt) for hit in self._hits], -1)
        if n:
            self._go_to_hit(0)

    def _where(self, hit: Hit) -> str:
        title = self._papers[hit.line.chapter].chapter.title
        return title if hit.line.under in ("", title) else f"{title} › {hit.line.under}"

    def _go_to_hit(self, at: int) -> None:
        self._at, hit = at, self._hits[at]
        if hit.line.chapter != self._shown:
            self._keep_place()
            self._show(hit.line.chapter)
        here = [one for one in self._hits if one.line.chapter == self._shown]
        self.sheet.mark(self._papers[self._shown], here, hit)
        self.sheet.go_to_block(hit.line.block)
        self.contents.mark(at)

    def _on_opened(self, index: int) -> None:
        if self._hits:
            self._go_to_hit(index)
            return
        chapter, section = self._targets[index]
        self.open(chapter, section)

    # -- back and forward ----------------------------------------------------------------------------

    def _keep_place(self) -> None:
        if self._shown:
            self._been.append(_Place(self._shown, self.sheet.verticalScrollBar().value()))
            self._ahead.clear()

    def _walk(self, there: list[_Place], here: list[_Place]) -> None:
        if not there:
            return
        here.append(_Place(self._shown, self.sheet.verticalScrollBar().value()))
        place = there.pop()
        self._show(place.chapter)
        self._show_contents()
        self.sheet.verticalScrollBar().setValue(place.scroll)

    def _show_ways(self) -> None:
        self.back.set_why_not(None if self._been else self.tr("Nothing was read before."))
        self.forward.set_why_not(None if self._ahead else self.tr("This is what was read last."))

    # -- keys ----------------------------------------------------------------------------------------

    def key_action(self, event: QKeyEvent) -> Callable[[], object] | None:
        pressed = QKeySequence(event.keyCombination()).toString()
        if pressed == "Esc":
            return self._give_up if self.field.text() else self.left.emit
        if pressed == "/" and self.field.hasFocus():
            return None
        keys: dict[str, Callable[[], object]] = {
            "/": self.search,
            "Ctrl+F": self.search,
            "Alt+Left": self.go_back,
            "Alt+Right": self.go_forward,
            "F3": self.next_hit,
            "Shift+F3": lambda: self.next_hit(-1),
        }
        return keys.get(pressed)

    def _field_action(self, event: QKeyEvent) -> Callable[[], object] | None:
        pressed = QKeySequence(event.keyCombination()).toString()
        if pressed in ("Return", "Enter"):
            return self.next_hit
        if pressed in ("Shift+Return", "Shift+Enter"):
            return lambda: self.next_hit(-1)
        if pressed == "Down":
            return self.contents.setFocus
        return None if pressed == "/" else self.key_action(event)

    def _give_up(self) -> None:
        """What was looked for is forgotten; the chapter stays."""
        self.field.clear()
        self.sheet.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the field and the text would take for themselves, but is the page's here."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            run = self._field_action(event) if watched is self.field else self.key_action(event)
            if run is not None:
                run()
                return True
        return super().eventFilter(watched, event)

    # -- building ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.field.setFixedWidth(_FIELD)
        for tool in (self.field, self.back, self.forward):
            self.head.add_tool(tool)
        below = QWidget()
        beside(below, self.contents, Line(upright=True), self.sheet, grows=self.sheet)
        pile(self, self.head, below, grows=below)
        self.setFocusProxy(self.sheet)
        for part in (self.field, self.sheet):
            part.installEventFilter(self)

    def _connect(self) -> None:
        self.head.back.connect(self.left)
        self.back.clicked.connect(self.go_back)
        self.forward.clicked.connect(self.go_forward)
        self.field.textChanged.connect(self._on_typed)
        self.contents.opened.connect(self._on_opened)
        self.sheet.wanted.connect(self.open)
        self._desk.theme_changed.connect(self._on_theme)

    def _on_theme(self) -> None:
        if self._papers:
            place = self.sheet.verticalScrollBar().value()
            self._make()
            self.sheet.verticalScrollBar().setValue(place)

    def _register(self) -> None:
        def why_not() -> str | None:
            return None if self.isVisible() else self.tr("Open the user guide first (F1).")

        for id, text, run, keys, icon in (
            ("find", self.tr("Search the guide"), self.search, "Ctrl+F", "ph.magnifying-glass"),
            ("back", self.tr("Guide: back"), self.go_back, "Alt+Left", "ph.arrow-left"),
            ("forward", self.tr("Guide: forward"), self.go_forward, "Alt+Right", "ph.arrow-right"),
        ):
            self._desk.actions.add(Action(f"help.{id}", text, run, keys, icon, "", self.tr("Help"), why_not))
