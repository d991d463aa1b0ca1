"""After the program ended unexpectedly: one sentence, the report for support, and what was typed and not saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.domain import saying
from dispatch_console.services import crashes, unfinished
from dispatch_console.services.crashes import Ended, Watch
from dispatch_console.services.unfinished import TypedOrder, Unfinished
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell import supporting
from dispatch_console.ui.shell.parts import Parts
from dispatch_console.ui.shell.strips import StripRow
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.widgets import Button

_LOOK_MS, _ALIVE_MS = 2_000, 60_000


class EndedStrip(QWidget):
    """A line over the panes. What is left is told by `show_left`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.row = StripRow("ph.warning-circle-fill", "amb", "ambbg")
        self.order = Button(self.tr("Go on with the order"), "ph.pencil-simple", kind="primary")
        self.file = Button(self.tr("Open the file again"), "ph.file-arrow-down")
        self.save = Button(self.tr("Save the report…"), "ph.export")
        self.folder = Button(self.tr("Open the folder"), "ph.arrow-square-out")
        self.seen = Button(self.tr("Seen"), "ph.check-bold")
        for button in self.buttons:
            self.row.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.row)
        self.hide()

    @property
    def buttons(self) -> tuple[Button, ...]:
        return self.order, self.file, self.save, self.folder, self.seen

    def set_narrow(self, narrow: bool) -> None:
        for button in (self.save, self.folder, self.seen):
            button.set_tight(narrow)

    def show_left(self, ended: Ended | None, left: Unfinished | None) -> None:
        """Nothing left to tell: the strip goes."""
        order, file = (left.order, left.file) if left is not None else (None, None)
        self.order.setVisible(order is not None)
        self.file.setVisible(file is not None)
        for button in (self.save, self.folder):
            button.setVisible(ended is not None)
        self.row.show_words(self._title(ended), self._words(left))
        self.setVisible(ended is not None or left is not None)

    def _title(self, ended: Ended | None) -> str:
        if ended is None:
            return self.tr("The program ended unexpectedly.")
        at = ended.at.astimezone(ZoneInfo(self._desk.day.depot.timezone))
        here = dt.datetime.now(at.tzinfo).date()
        when = f"{at:%H:%M}" if at.date() == here else f"{saying.date(at.date())}, {at:%H:%M}"
        return self.tr("The program ended unexpectedly at about {when}.").format(when=when)

    def _words(self, left: Unfinished | None) -> str:
        parts = [self.tr("All that it showed as saved is saved.")]
        if left is not None and left.order is not None:
            parts.append(self.tr("An order was being typed."))
        if left is not None and left.file is not None:
            name, n = Path(left.file.path).name, left.file.repairs
            told = self.tr("{name} was open for import") if not n else self.tr("{name} was open, with {n} repairs")
            parts.append(told.format(name=name, n=n) + ".")
        return " ".join(parts)


class Ending(QObject):
    """Offers what other runs left, and keeps what is unfinished in this one. `store`: the words for it."""

    def __init__(self, window: MainWindow, parts: Parts, watch: Watch, store: str) -> None:
        super().__init__(window)
        self._window, self._parts, self._watch, self._store = window, parts, watch, store
        self._keeper = unfinished.Keeper()
        self._ended: Ended | None = None
        self._left: list[tuple[Path, Unfinished]] = []
        self._wanted: TypedOrder | None = None
        self.strip = EndedStrip(window.desk)
        self._register()
        window.add_strip(self.strip, self.strip.set_narrow)
        window.desk.day_changed.connect(self._on_day)
        parts.at_the_end(self._keeper.end)
        self._every(_ALIVE_MS, watch.alive)
        self._every(_LOOK_MS, self.keep)
        self._look()

    def keep(self) -> None:
        """Write down what is unfinished now."""
        form, page = self._parts.form, self._parts.importing
        order = form.typed() if form is not None else None
        self._keeper.keep(Unfinished(self._store, order, page.in_hand() if page is not None else None))

    def _every(self, ms: int, call: Callable[[], object]) -> None:
        timer = QTimer(self)
        timer.timeout.connect(call)
        timer.start(ms)

    def _look(self) -> None:
        """Small files, at the start only."""
        self._ended = next(reversed(crashes.ended_badly(self._watch.folder)), None)
        self._left = unfinished.left(self._store)
        self._show()

    def _show(self) -> None:
        self.strip.show_left(self._ended, self._left[-1][1] if self._left else None)

    # -- what can be done ----------------------------------------------------------------------------

    def _register(self) -> None:
        strip, desk = self.strip, self._window.desk
        for id, text, run, button, why_not in (
            ("order", strip.tr("Go on with the order that was being typed"), self._take_order, strip.order,
             lambda: self._why_not("order")),
            ("file", strip.tr("Open the file again that was being imported"), self._take_file, strip.file,
             lambda: self._why_not("file")),
            ("folder", strip.tr("Open the folder of reports"), self._open_folder, strip.folder, lambda: None),
            ("seen", strip.tr("Put away what the program left when it ended"), self._put_away, strip.seen,
             self._why_not_seen),
        ):  # fmt: skip
            group = strip.tr("Help")
            action = desk.actions.add(Action(f"ended.{id}", text, run, group=group, why_not=why_not))
            button.clicked.connect(lambda _checked=False, to=action: self._window.run(to))
        strip.save.clicked.connect(lambda: self._window.run_id(supporting.ID))

    def _why_not(self, what: str) -> str | None:
        there = self._left and getattr(self._left[-1][1], what) is not None
        return None if there else self.strip.tr("Nothing unsaved was left.")

    def _why_not_seen(self) -> str | None:
        return None if self._left or self._ended else self.strip.tr("The program ended as it should.")

    def _take_order(self) -> None:
        typed = self._left[-1][1].order
        assert typed is not None
        day = dt.date.fromisoformat(typed.day)
        if day == self._window.desk.day.date:
            self._go_on_with(typed)
        else:
            self._wanted = typed
            self._window.hooks.go_to(day)

    def _on_day(self, _before: object, after: object, _initiator: object) -> None:
        wanted = self._wanted
        if wanted is not None and self._window.desk.day.date.isoformat() == wanted.day:
            self._wanted = None
            self._go_on_with(wanted)

    def _go_on_with(self, typed: TypedOrder) -> None:
        self._parts.order_form().take_up(typed)
        self._taken(order=True)

    def _take_file(self) -> None:
        file = self._left[-1][1].file
        assert file is not None
        self._parts.import_page().take_up(file)
        self._taken(order=False)

    def _taken(self, *, order: bool) -> None:
        """What is in hand again is kept by this run; the rest stays offered."""
        path, left = self._left[-1]
        left = Unfinished(left.store, None if order else left.order, left.file if order else None)
        self.keep()
        if left:
            self._left[-1] = path, left
        else:
            unfinished.drop(path)
            self._left.pop()
        self._show()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._watch.folder)))

    def _put_away(self) -> None:
        for path, _ in self._left:
            unfinished.drop(path)
        self._ended, self._left = None, []
        self._show()
