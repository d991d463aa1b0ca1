"""Answers about single stops, found in idle moments and kept as long as the day stays as it is."""

from __future__ import annotations

from collections.abc import Generator
from typing import cast

from PySide6.QtCore import QObject, Signal

from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import StopId
from dispatch_console.services import answers
from dispatch_console.services.answers import Choice, Fitting
from dispatch_console.services.fleet import Fleet
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models.idle import Idle, Job

_Answer = Fitting | Choice | None


class Answers(QObject):
    """`known(stop)`: an answer that was asked for is there. `fleet`: as the store has it, once that is known."""

    known = Signal(int)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._idle = desk, Idle(self)
        self._found: dict[tuple[str, StopId], tuple[Day, _Answer]] = {}
        self._asked: set[tuple[str, StopId]] = set()
        self._fleet: Fleet | None = None

    def fit(self, stop: StopId) -> Fitting | None:
        """Of an unassigned stop; None until it has been found out."""
        day = self._desk.day
        spare = answers.spare_vehicles(day, self._fleet) if self._fleet is not None else ()
        return cast(Fitting | None, self._ask("fit", stop, day, answers.finding_fit(day, stop, spare)))

    def choice(self, stop: StopId) -> Choice | None:
        """Of a planned stop (see `answers.why_no_choice`); None until it has been found out."""
        day = self._desk.day
        return cast(Choice | None, self._ask("choice", stop, day, answers.finding_why(day, stop)))

    def set_fleet(self, fleet: Fleet) -> None:
        """Vehicles that nobody drives on the day may be offered from now on."""
        self._fleet = fleet
        self._found.clear()

    def _ask(self, what: str, stop: StopId, day: Day, work: Generator[None, None, _Answer]) -> _Answer:
        entry = self._found.get((what, stop))
        if entry is not None and _same(entry[0], day):
            work.close()
            return entry[1]
        if (what, stop) in self._asked:
            work.close()
        else:
            self._asked.add((what, stop))
            self._idle.add(self._find(what, stop, day, work))
        return None

    def _find(self, what: str, stop: StopId, day: Day, work: Generator[None, None, _Answer]) -> Job:
        try:
            answer = yield from work
        finally:
            self._asked.discard((what, stop))
        self._found[what, stop] = day, answer
        self.known.emit(int(stop))


def _same(was: Day, now: Day) -> bool:
    """Whether what was found for the one holds for the other."""
    return was.plan is now.plan and was.schedules is now.schedules and was.stops is now.stops


def of(desk: Desk) -> Answers:
    """The one of this desk, made when first asked for."""
    found = desk.findChild(Answers)
    return found if isinstance(found, Answers) else Answers(desk, desk)
