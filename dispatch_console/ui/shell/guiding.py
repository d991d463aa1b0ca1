"""F1: the user guide, open at the chapter about what is in hand; the reader comes back to where he was."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from dispatch_console import resources
from dispatch_console.services import guide
from dispatch_console.services.guide import Chapter
from dispatch_console.ui.actions import Action
from dispatch_console.ui.shell.keys import caps
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.pages import MAIN
from dispatch_console.ui.shell.strips import StripRow
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.widgets import Button

if TYPE_CHECKING:
    from dispatch_console.ui.help import HelpPage

PAGE = "help"
_SEEN = "seen/version"
#: Folder of `ui` that made what has the focus, or is shown → chapter and section about it.
ABOUT: dict[str, tuple[str, str]] = {
    "orders": ("first-day", "the-orders-at-the-left"),
    "board": ("board", ""),
    "map": ("board", "the-map"),
    "timeline": ("board", "the-timeline"),
    "incidents": ("exceptions", "the-incidents"),
    "calls": ("exceptions", "the-call-list"),
    "phone": ("exceptions", "status-by-phone"),
    "wizards": ("exceptions", "what-goes-wrong-most"),
    "answers": ("planning", "why-an-order-is-left-out"),
    "planning": ("planning", ""),
    "preview": ("planning", "looking-at-a-plan-before-it-counts"),
    "whatif": ("planning", "trying-things-on-a-copy"),
    "roads": ("exceptions", "a-road-is-closed"),
    "departure": ("first-day", ""),
    "order_form": ("importing", "one-order-by-hand"),
    "importing": ("importing", ""),
    "places": ("importing", "addresses-without-a-place"),
    "printing": ("printing", ""),
    "fleet": ("planning", "drivers-vehicles-and-shifts"),
    "carryover": ("debrief", "what-goes-on-tomorrow"),
    "debrief": ("debrief", ""),
    "order_page": ("exceptions", "what-happened-to-an-order"),
    "route_page": ("exceptions", "what-happened-to-an-order"),
    "settings_page": ("region-packs", ""),
    "keys_page": ("keys", ""),
}


class Guiding(QObject):
    """The actions, and the page's maker for the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._before = MAIN
        self._hint: StripRow | None = None
        add, group = window.desk.actions.add, self.tr("Help")
        words = "help manual handbook how to"
        text = self.tr("User guide")
        add(Action("help.open", text, self.open_here, "F1", "ph.book-open", group=group, aka=words))
        for chapter in guide.chapters():
            title = self.tr("Guide: {chapter}").format(chapter=chapter.title)
            run = partial(self.open, chapter.id)
            add(Action(f"guide.{chapter.id}", title, run, icon="ph.book-open", group=group, aka=words))
        text, changes = self.tr("What’s new"), "version changelog update release"
        add(Action("help.news", text, self.open_news, icon="ph.book-open", group=group, aka=changes))

    def open_here(self) -> None:
        """The chapter about what has the focus or is shown; in the guide itself: its search."""
        if self._window.page == PAGE:
            self.page().search()
        else:
            self.open(*about(QApplication.focusWidget(), self._window.pages.currentWidget()))

    def open(self, chapter: str, section: str = "") -> None:
        if self._window.page != PAGE:
            self._before = self._window.page
        page = self.page()
        page.open(chapter, section)
        self._window.show_page(PAGE)

    def open_news(self) -> None:
        """What this version brought; it need not be hinted at any more."""
        if self._hint is not None:
            self._hint.hide()
        self.open(guide.NEWS)

    def hint(self, memory: Memory) -> None:
        """Say once, quietly, that the program is another one than last time."""
        before, now = memory.text(_SEEN), resources.version()
        if before == now:
            return
        memory.set_text(_SEEN, now)
        if before:
            self._hint = hint = StripRow("ph.info", "tx2", "raise")
            hint.show_words(self.tr("This is version {version} now.").format(version=now), "")
            news, seen = Button(self.tr("What’s new"), kind="link"), Button(self.tr("Seen"), "ph.check-bold")
            news.clicked.connect(self.open_news)
            seen.clicked.connect(hint.hide)
            hint.add(news)
            hint.add(seen)
            self._window.add_strip(hint, seen.set_tight)

    def page(self) -> HelpPage:
        from dispatch_console.ui.help import HelpPage

        page = self._window.pages.make(PAGE)
        assert isinstance(page, HelpPage)
        return page

    def make_page(self) -> QWidget:
        from dispatch_console.ui.help import HelpPage

        page = HelpPage(self._window.desk, self._chapters, caps)
        page.left.connect(lambda: self._window.show_page(self._before))
        return page

    def _chapters(self) -> Sequence[Chapter]:
        from dispatch_console.ui.help import keys

        actions, key_of = self._window.desk.actions, self._window.keys.of
        chapters = [keys.filled(one, actions, key_of) if one.id == guide.KEYS else one for one in guide.chapters()]
        return [*chapters, guide.news()]


def about(focus: QWidget | None, page: QWidget | None) -> tuple[str, str]:
    """From the widget with the focus upwards, then the page that is shown: who made it tells what it is about."""
    for start in (focus, page):
        widget = start
        while widget is not None:
            folder = type(widget).__module__.removeprefix("dispatch_console.ui.").partition(".")[0]
            if folder in ABOUT:
                return ABOUT[folder]
            widget = widget.parentWidget()
    return "first-day", ""
