"""Going to another day: loaded in the background, shown when it is there; the last one asked for counts."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later

log = logging.getLogger(__name__)

Load = Callable[[dt.date], Future[Day]]
ListDays = Callable[[], Future[list[dt.date]]]


class DayBook(QObject):
    """`working(text)`: what is being loaded, empty when done. `opened(day)`: it is on the desk."""

    working = Signal(str)
    opened = Signal(object)

    def __init__(self, desk: Desk, load: Load, list_days: ListDays, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._load, self._list = desk, load, list_days
        self._later = Later(self)
        self._wanted = desk.day.date
        self._known: frozenset[dt.date] = frozenset()
        #: Why the day on the desk cannot be left now; None: it can.
        self.why_not: Callable[[], str | None] = lambda: None

    def days(self) -> Collection[dt.date]:
        """Days with orders, as far as known; asks again for the next time."""
        self.learn()
        return self._known | ({self._desk.day.date} if self._desk.day.orders else set())

    def learn(self) -> None:
        self._later.when(self._list(), self._on_days, self._on_trouble)

    def go_to(self, date: dt.date) -> None:
        """Show another day as soon as it is loaded. Raises UserError if this one cannot be left."""
        if date == self._desk.day.date:
            self._wanted = date
            self.working.emit("")
            return
        reason = self.why_not()
        if reason is not None:
            raise UserError(reason)
        self._open(date)

    def reload(self) -> None:
        """Load the day on the desk again, as the store has it now."""
        self._open(self._desk.day.date)

    def _open(self, date: dt.date) -> None:
        self._wanted = date
        self.working.emit(self.tr("Opening {day}").format(day=saying.date(date)))
        # What still waits for travel times is of the day that is left: it is done first.
        self._later.when(
            self._load(date), lambda day: self._desk.with_times(tuple, lambda: self._on_day(day)), self._on_trouble
        )

    def _on_day(self, day: Day) -> None:
        if day.date != self._wanted:
            return
        self.working.emit("")
        self._desk.select((), None, self)
        self._desk.session.replace_day(day, self)
        self._desk.tick()
        self.opened.emit(day)

    def _on_days(self, found: Iterable[dt.date]) -> None:
        self._known = frozenset(found)

    def _on_trouble(self, error: BaseException) -> None:
        self._wanted = self._desk.day.date
        self.working.emit("")
        if isinstance(error, UserError):
            self._desk.message.emit(error.message, "error")
            return
        log.error("a day could not be opened", exc_info=error)
        self._desk.message.emit(self.tr("This day could not be opened. See the log."), "error")
