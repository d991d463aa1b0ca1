"""A day on which nobody works yet: the board offers the shifts that the weekday usually has."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QObject

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.services import days
from dispatch_console.services.days import Roster
from dispatch_console.ui.board.pane import BoardPane
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later
from dispatch_console.ui.widgets import Button

log = logging.getLogger(__name__)

AskRoster = Callable[[dt.date], Future[Roster]]


class NewDay(QObject):
    """Looks at every day that comes to the desk. `choose` opens the page of drivers and shifts."""

    def __init__(self, desk: Desk, board: BoardPane, ask: AskRoster, choose: Callable[[], object]) -> None:
        super().__init__(board)
        self._desk, self._board, self._ask, self._choose = desk, board, ask, choose
        self._later = Later(self)
        desk.day_changed.connect(self._on_day)
        self.look()

    def look(self) -> None:
        """Ask who usually works if nobody does on the day of now."""
        day = self._desk.day
        if not day.shifts:
            self._later.when(self._ask(day.date), lambda roster: self._offer(day.date, roster), self._on_trouble)

    def _on_day(self, before: Day, after: Day, _initiator: object) -> None:
        if before.date != after.date or bool(before.shifts) != bool(after.shifts):
            self.look()

    def _offer(self, date: dt.date, roster: Roster) -> None:
        day = self._desk.day
        shifts = days.shifts_for(roster, day.depot, date) if date == day.date and not day.shifts else []
        if not shifts:
            return
        weekday = saying.weekday(date)
        n = len(shifts)
        title = self.tr("1 driver works on {day}s") if n == 1 else self.tr("{n} drivers work on {day}s")
        words = self.tr("Take the usual shifts and vehicles of {day}s, or choose who works. Lanes appear here.")
        use = self.tr("Use {day}’s shift") if n == 1 else self.tr("Use {day}’s {n} shifts")
        take = Button(use.format(day=weekday, n=n), size=32)
        take.clicked.connect(lambda: self._use(roster))
        choose = Button(self.tr("Choose…"), kind="link", size=32)
        choose.clicked.connect(self._choose)
        self._board.empty.set_text(title.format(n=n, day=weekday), words.format(day=weekday))
        self._board.empty.set_buttons([take, choose])

    def _use(self, roster: Roster) -> None:
        desk = self._desk
        desk.with_times(lambda: days.places_of(roster, desk.day), lambda: days.use_shifts(desk.session, roster))

    def _on_trouble(self, error: BaseException) -> None:
        log.warning("the usual shifts could not be read", exc_info=error)
