"""The import page in the window's stack: files come in, orders go into their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QStackedLayout, QVBoxLayout, QWidget

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.services import importing_draft
from dispatch_console.services.importing import Outcome
from dispatch_console.services.importing_draft import Draft, Store
from dispatch_console.services.importing_picture import Mark, Problem, Way
from dispatch_console.services.unfinished import OpenFile
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.board.emptiness import asking
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.importing.earlier import Earlier
from dispatch_console.ui.importing.face import Face
from dispatch_console.ui.importing.past import Past
from dispatch_console.ui.importing.work import ImportWork
from dispatch_console.ui.widgets import Button, EmptyState
from dispatch_console.ui.widgets.own_page import OwnPage

FILES = "Orders (*.csv *.tsv *.txt *.tab *.xlsx *.xlsm *.xls *.ods);;All files (*)"
_TAKE = ("Ctrl+Return", "Ctrl+Enter", "Ctrl+Num+Enter")


class ImportPage(OwnPage):
    """Signals: `opened` the page wants to be shown · `closed` back to the day · `fleet_file(path)` this one lists
    drivers and vehicles · `status_changed`, see `status`.

    Dialogs for files are the system's; `ask_open` and `ask_save` may be others.
    """

    opened = Signal()
    closed = Signal()
    fleet_file = Signal(object)
    status_changed = Signal()

    def __init__(
        self, desk: Desk, store: Store, who: Callable[[], str] = lambda: "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.ask_open: Callable[[QWidget], Sequence[str]] = self._ask_open
        self.ask_save: Callable[[QWidget, str], str] = self._ask_save
        self._queue: list[Path] = []
        self._path: Path | None = None
        self._warned = False
        self._left: OpenFile | None = None
        self.work = ImportWork(desk, store, who, self)
        self.face = Face()
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._build_states()
        self._connect(store)
        self._register()
        self._show_state(self.waiting)

    def _build_states(self) -> None:
        self.pick = Button(self.tr("Import…"), kind="primary", size=32, key="Ctrl+I")
        self.pick.clicked.connect(self.choose)
        self.empty = EmptyState(
            "ph.file-arrow-down",
            self.tr("No file yet"),
            self.tr("Drop CSV, Excel or ODS files here, or pick one. Nothing is kept before you say so."),
            [self.pick, *self._to_try()],
        )
        self.give_up = Button(self.tr("Cancel"), size=32, key="Esc")
        self.give_up.clicked.connect(self.leave)
        self.earlier = Earlier()
        self.waiting = QWidget()
        column = QVBoxLayout(self.waiting)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.empty, 1)
        column.addWidget(self.earlier, 1)
        self.earlier.hide()
        self.reading = EmptyState("ph.hourglass", "", "", [self.give_up])
        self.retry = Button(self.tr("Other file…"), kind="primary", size=32)
        self.retry.clicked.connect(self.choose)
        back = Button(self.tr("Back"), size=32, key="Esc")
        back.clicked.connect(self.leave)
        self.failure = EmptyState("ph.warning-circle-fill", "", "", [self.retry, back])
        self._stack = QStackedLayout(self)
        for state in (self.face, self.waiting, self.reading, self.failure):
            self._stack.addWidget(state)

    def _to_try(self) -> list[Button]:
        """The sample depot has a file for those who have none at hand."""
        if "import.sample" not in self._desk.actions:
            return []
        return [asking(self._desk, "import.sample", self.tr("Try a file of the sample town"))]

    def _connect(self, store: Store) -> None:
        face, work = self.face, self.work
        face.head.back.connect(self.leave)
        face.head.cancel.clicked.connect(self.leave)
        face.head.other.clicked.connect(self.choose)
        face.head.again.clicked.connect(work.guess_again)
        face.head.go.clicked.connect(self.take)
        face.facts.changed.connect(work.set_fact)
        face.field_chosen.connect(work.set_field)
        face.view.rows.on_edit = self._on_typed
        face.view.taken.connect(self._on_taken)
        face.view.left_out.connect(self._on_left_out)
        face.side.export_wanted.connect(self.export)
        face.counts.export.clicked.connect(self.export)
        work.drawn.connect(self._on_drawn)
        work.failed.connect(self._on_failed)
        work.refused.connect(self._on_refused)
        work.fleet_found.connect(self._on_fleet)
        work.imported.connect(self._on_imported)
        self.past = Past(self._desk, store, self.earlier, lambda name: self.ask_save(self, name), self)
        self._desk.day_changed.connect(self._on_day)
        self._desk.theme_changed.connect(self.update)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.past.reload()

    # --- files come in ---

    def choose(self) -> None:
        """Ask for files in the system's own dialog."""
        paths = self.ask_open(self)
        if paths:
            self.open_files(paths)

    def _ask_open(self, parent: QWidget) -> list[str]:
        return self._desk.files.open_many(parent, "orders", self.tr("Import orders"), FILES)

    def _ask_save(self, parent: QWidget, name: str) -> str:
        return self._desk.files.save(parent, "orders", self.tr("Save the rejected rows"), name, "CSV (*.csv)")

    def open_files(self, paths: Iterable[str | Path]) -> None:
        """Show the first; the others come one after the other once it is imported."""
        self._queue = [Path(path) for path in paths]
        self._next()

    def _next(self) -> None:
        if not self._queue:
            return
        self._path = self._queue.pop(0)
        self._warned = False
        self.reading.set_text(
            self.tr("Reading {name}").format(name=self._path.name),
            self.tr("{about}. It is read in a process of its own and shown before anything is kept.").format(
                about=about_file(self._path, self._desk.clock(), self._desk.day.depot.timezone)
            ),
        )
        self._show_state(self.reading)
        left, self._left = self._left, None
        self.work.open(self._path, left)
        self.opened.emit()
        self.status_changed.emit()

    def _on_drawn(self, draft: Draft, fresh: bool) -> None:
        first = self._stack.currentWidget() is not self.face
        about = about_file(draft.path, self._desk.clock(), self._desk.day.depot.timezone)
        if self._queue:
            about += self.tr(" · {n} more after this").format(n=len(self._queue))
        self.face.head.show_file(draft.path.name, about)
        self._show_state(self.face)
        self.face.show_picture(draft.picture, fit=fresh)
        none = draft.picture.orders == 0
        self.face.head.go.set_why_not(
            self.tr("No row can be taken. Look at the columns, or repair the rows.") if none else None
        )
        if first:
            self.face.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.face.view.go_to_first()
        self.status_changed.emit()

    def _on_failed(self, path: Path, sentence: str) -> None:
        self.failure.set_text(self.tr("{name} cannot be imported").format(name=path.name), sentence)
        self._show_state(self.failure)
        self.retry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, sentence: str) -> None:
        self._desk.message.emit(sentence, "error")

    def _on_fleet(self, path: Path) -> None:
        text = self.tr("{name} is a list of drivers and vehicles.").format(name=path.name)
        self._desk.message.emit(text, "info")
        self.fleet_file.emit(path)
        if self._queue:
            self._next()

    def _show_state(self, state: QWidget) -> None:
        self._stack.setCurrentWidget(state)

    # --- what outlasts the program ---

    def in_hand(self) -> OpenFile | None:
        """The file on the page with its repairs; None: there is none."""
        return self.work.in_hand()

    def take_up(self, file: OpenFile) -> None:
        """Open a file that was on the page when the program ended. Another file by now begins without repairs."""
        self._left = file
        self.open_files([file.path])

    # --- repairs ---

    def _on_typed(self, row: int, column: int, text: str) -> None:
        self.work.repair(row, {column: text})

    def _on_taken(self, problem: Problem, way: Way) -> None:
        self.work.repair(problem.row, dict(way.edits))

    def _on_left_out(self, problem: Problem) -> None:
        self.work.leave_out(frozenset(problem.rows or (problem.row,)))

    def next_problem(self, step: int = 1) -> None:
        self.face.view.setFocus(Qt.FocusReason.OtherFocusReason)  # closes an open cell, keeping what was typed
        if not self.face.next_problem(step):
            self._desk.message.emit(self.tr("Every row can be read. Nothing to repair."), "info")

    def undo(self) -> None:
        if not self.work.undo():
            self._desk.message.emit(self.tr("No repair to undo on this page."), "info")

    def redo(self) -> None:
        if not self.work.redo():
            self._desk.message.emit(self.tr("No repair to redo on this page."), "info")

    def export(self) -> None:
        """Save the bad rows, to be sent back to whoever made them."""
        draft = self.work.draft
        if draft is None:
            return
        name = self.ask_save(self, str(draft.path.with_name(f"{draft.path.stem}_rejected.csv")))
        if name and self._desk.do(importing_draft.export_rejects, draft, Path(name)):
            self._desk.message.emit(self.tr("The rejected rows are in {name}.").format(name=name), "info")

    # --- the two ways out ---

    def take(self) -> None:
        """Import what the page shows, or say why not."""
        reason = self._why_not_take()
        if reason is not None:
            self._desk.message.emit(reason, "info")
            return
        self.face.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._desk.online is not None:
            self._desk.message.emit(self.tr("Uncertain addresses are looked up on the net, one a second …"), "info")
        self.work.commit()

    def _why_not_take(self) -> Reason:
        if self._stack.currentWidget() is self.reading:
            return self.tr("The file is still being read. Ctrl+Enter imports it once its rows are shown.")
        if self.work.draft is None:
            return self.tr("Open a file on the import page first.")
        return None if self.face.head.go.isEnabled() else self.face.head.go.toolTip()

    def _on_imported(self, outcome: Outcome) -> None:
        self._desk.message.emit(self._told(outcome), "info")
        if self._queue:
            self._next()
        else:
            self._close()

    def _told(self, outcome: Outcome) -> str:
        counts = outcome.record.counts
        kept = counts["new"] + counts["changed"]
        if not kept:
            return self.tr("Nothing to import: all orders of this file are there already, unchanged.")
        parts = [self.tr("1 order imported") if kept == 1 else self.tr("{n} orders imported").format(n=kept)]
        parts += [self.tr("{n} for {day}").format(n=n, day=saying.date(d)) for d, n in outcome.elsewhere.items()]
        if outcome.without_place:
            parts.append(self.tr("{n} wait for their place (Alt+P)").format(n=outcome.without_place))
        if counts["rejected"]:
            parts.append(self.tr("{n} rejected rows are kept").format(n=counts["rejected"]))
        return f"{', '.join(parts)}{self.tr('. Ctrl+Z takes all of it back.')} {outcome.found.note}".rstrip()

    def leave(self) -> None:
        """Back, nothing is kept. Repairs are named once before they go."""
        n = len(self.work.repairs)
        if n and not self._warned:
            self._warned = True
            what = self.tr("1 repair") if n == 1 else self.tr("{n} repairs").format(n=n)
            self._desk.message.emit(
                self.tr("{what} would be lost. Esc again drops them.").format(what=what), "info"
            )
            return
        self._queue = []
        self._close()

    def _close(self) -> None:
        self.work.drop()
        self._path = None
        self.past.reload()
        self._show_state(self.waiting)
        self.closed.emit()
        self.status_changed.emit()

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        if initiator is not self.work and before.orders is not after.orders:
            self.work.judge_again()

    def status(self) -> tuple[list[str], str]:
        """What the status bar says while the page is shown: at the left, at the right."""
        draft = self.work.draft
        if draft is None:
            return [], ""
        picture = draft.picture
        here = sum(1 for match in draft.preview.comparison.matches if match.date == self._desk.day.date)
        known = {m.before.id for m in draft.preview.comparison.matches if m.before is not None}
        n = len(set(self._desk.day.orders) - known) + here
        left = [self.tr("{n} orders after this import").format(n=n)]
        if rejected := picture.counts.get(Mark.REJECTED, 0):
            left.append(self.tr("{n} in the repair list").format(n=rejected))
        return left, self.tr("import can be undone whole")

    # --- keys, drops, actions ---

    def key_action(self, event: QKeyEvent) -> Callable[[], object] | None:
        pressed = QKeySequence(event.keyCombination()).toString()
        if pressed == "Esc":
            return self.leave
        if pressed in _TAKE:
            return self.take
        if self._stack.currentWidget() is not self.face:
            return None
        keys: dict[str, Callable[[], object]] = {
            "F8": self.next_problem,
            "Shift+F8": lambda: self.next_problem(-1),
            "Ctrl+Z": self.undo,
            "Ctrl+Y": self.redo,
            "Ctrl+Shift+Z": self.redo,
            "F2": self._type,
        }
        return keys.get(pressed)

    def _type(self) -> None:
        view = self.face.view
        index = view.currentIndex()
        open_already = view.state() == QAbstractItemView.State.EditingState
        if index.flags() & Qt.ItemFlag.ItemIsEditable and not open_already:
            view.edit(index)

    def take_files(self, paths: list[Path]) -> None:
        self.open_files(paths)

    def _register(self) -> None:
        def no_file() -> Reason:
            return None if self.work.draft is not None else self.tr("Open a file on the import page first.")

        group, add = self.tr("Import"), self._desk.actions.add
        add(
            Action(
                "import.open", self.tr("Import orders…"), self.choose, "Ctrl+I", "ph.file-arrow-down", group=group
            )
        )
        take = self.tr("Import the file on the page")
        add(Action("import.take", take, self.take, "", "ph.check", "Ctrl+Enter", group, self._why_not_take))
        for id, text, run, icon, hint in (
            ("next", self.tr("Next problem of the file"), self.next_problem, "ph.warning-circle", "F8"),
            ("export", self.tr("Export the rejected rows…"), self.export, "ph.export", ""),
            ("again", self.tr("Guess the columns again"), self.work.guess_again, "ph.clock-counter-clockwise", ""),
        ):
            add(Action(f"import.{id}", text, run, "", icon, hint, group, no_file))


def about_file(path: Path, now: dt.datetime, timezone: str) -> str:
    """`41 kB · changed today 06:38 · D:\\Orders\\in`."""
    try:
        found = path.stat()
    except OSError:
        return str(path.parent)
    zone = ZoneInfo(timezone)
    changed = dt.datetime.fromtimestamp(found.st_mtime, zone)
    today = now.astimezone(zone).date()
    year = "" if changed.year == today.year else f" {changed.year}"
    day = "today" if changed.date() == today else saying.date(changed.date()) + year
    return f"{size_word(found.st_size)} · changed {day} {changed:%H:%M} · {path.parent}"


def size_word(size: int) -> str:
    """`912 bytes`, `41 kB`, `3.2 MB`."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
