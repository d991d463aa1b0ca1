"""Why a stop has no driver, and who else could take one: found out piece by piece in idle moments, and kept.

One piece is one stop tried in one route, a few ms at most. It stays true until the stop or that route changes, so
that after a drag only the touched routes are tried again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from dispatch_console.domain import fitting, insertion
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import Offer, Reason
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import RouteSchedule
from dispatch_console.domain.stops import Stop
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import words
from dispatch_console.ui.models.idle import Idle, Job

#: What a reason was found for: while these are the same objects, it holds.
_Ground = tuple[Stop, RouteSchedule]

#: Said of a stop that some driver could take without breaking a rule.
FITS = "fits"

#: Rules that read as if others had taken the room. Where nobody could take the stop even with nothing else to do,
#: the list says so as F2 does.
_CROWDED = frozenset(
    {
        *(Rule.CAPACITY_KG, Rule.CAPACITY_M3, Rule.CAPACITY_PIECES, Rule.MAX_STOPS),
        *(Rule.WINDOW, Rule.SHIFT, Rule.BREAK, Rule.MAX_DRIVING, Rule.MAX_DISTANCE, Rule.APART),
    }
)

#: How near a driver was to taking the stop: the reason named is one of those who came nearest.
_NEAR = {
    Rule.ABSENT: 0,
    Rule.BREAKDOWN: 0,
    Rule.SICK: 0,
    Rule.SKILL: 1,
    Rule.UNREACHABLE: 1,
    Rule.LOCKED: 2,
    Rule.MAX_STOPS: 2,
}


class Why(QObject):
    """`known(stop)`: a word, reasons or offers that were asked for have become known."""

    known = Signal(int)

    def __init__(self, desk: Desk, idle: Idle, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._idle = desk, idle
        self._reasons: dict[tuple[StopId, ShiftId], tuple[_Ground, Reason | None]] = {}
        self._offers: dict[tuple[StopId, ShiftId], tuple[_Ground, Offer | None]] = {}
        self._words: dict[StopId, str] = {}
        self._asked: set[tuple[StopId, str]] = set()

    def word_if_known(self, stop: StopId) -> str:
        """The last known reason word, perhaps of before the last change; empty if there is none."""
        return self._words.get(stop, "")

    def word(self, stop: StopId) -> str | None:
        """The reason word of an unassigned stop; the last known one while a new one is being found out."""
        if not self._complete_for_word(self._desk.day, stop):
            self._ask(stop, "word", self._find_reasons(stop, until_fits=True))
        return self._words.get(stop)

    def reasons(self, stop: StopId) -> list[Reason] | None:
        """For each driver the first rule in the way; None until all have been tried."""
        day = self._desk.day
        found = [self._reason(day, stop, route) for route in day.shifts]
        if None in found:
            self._ask(stop, "reasons", self._find_reasons(stop, until_fits=False))
            return None
        return [entry[1] for entry in found if entry is not None and entry[1] is not None]

    def offers(self, stop: StopId) -> list[Offer] | None:
        """The best place of each driver, best first; None until all have been tried."""
        day = self._desk.day
        found = [self._offer(day, stop, route) for route in day.shifts]
        if None in found:
            self._ask(stop, "offers", self._find_offers(stop))
            return None
        return sorted((e[1] for e in found if e is not None and e[1] is not None), key=lambda o: o.rank)

    def _ask(self, stop: StopId, what: str, job: Job) -> None:
        if (stop, what) in self._asked:
            job.close()
            return
        self._asked.add((stop, what))
        self._idle.add(self._announced(stop, what, job))

    def _announced(self, stop: StopId, what: str, job: Job) -> Job:
        try:
            yield from job
        finally:
            self._asked.discard((stop, what))
        self.known.emit(int(stop))

    def _find_reasons(self, stop: StopId, *, until_fits: bool) -> Job:
        for route in self._routes():
            day = self._desk.day
            if stop not in day.stops or route not in day.shifts:
                continue
            entry = self._reason(day, stop, route)
            if entry is None:
                only = replace(day.basis, shifts={route: day.leaving[route]})
                tried = insertion.reasons(stop, day.plan, only)
                entry = (self._ground(day, stop, route), tried[0] if tried else None)
                self._reasons[stop, route] = entry
                yield
            if until_fits and entry[1] is None:
                break
        yield from self._find_word(stop)

    def _find_offers(self, stop: StopId) -> Job:
        for route in self._routes():
            day = self._desk.day
            if stop not in day.stops or route not in day.shifts or self._offer(day, stop, route) is not None:
                continue
            only = replace(day.basis, shifts={route: day.leaving[route]})
            tried = insertion.offers(stop, day.plan, only) if day.stops[stop].place is not None else []
            self._offers[stop, route] = (self._ground(day, stop, route), tried[0] if tried else None)
            yield

    def _routes(self) -> Iterator[ShiftId]:
        return iter(list(self._desk.day.shifts))

    def _complete_for_word(self, day: Day, stop: StopId) -> bool:
        """True if the word rests on what is now: some driver can take it, or all were tried and cannot."""
        known = 0
        for route in day.shifts:
            entry = self._reason(day, stop, route)
            if entry is not None:
                if entry[1] is None:
                    return stop in self._words
                known += 1
        return known == len(day.shifts) and stop in self._words

    def _find_word(self, stop: StopId) -> Job:
        day = self._desk.day
        if stop not in day.stops:
            return
        entries = [entry for route in day.shifts if (entry := self._reason(day, stop, route)) is not None]
        said = summary([entry[1] for entry in entries])
        if isinstance(said, Rule):
            crowded = said in _CROWDED
            for route in day.shifts if crowded else ():
                if fitting.alone(stop, day.plan.route(route), day.basis):
                    crowded = False
                    break
                yield
            said = words.impossible() if crowded else words.reason_word(said)
        self._words[stop] = said

    def _reason(self, day: Day, stop: StopId, route: ShiftId) -> tuple[_Ground, Reason | None] | None:
        return _still(self._reasons.get((stop, route)), day, stop, route)

    def _offer(self, day: Day, stop: StopId, route: ShiftId) -> tuple[_Ground, Offer | None] | None:
        return _still(self._offers.get((stop, route)), day, stop, route)

    def _ground(self, day: Day, stop: StopId, route: ShiftId) -> _Ground:
        return day.stops[stop], day.schedules[route]


def summary(reasons: list[Reason | None]) -> Rule | str:
    """For all drivers: `fits` if one could take the stop, else the rule that most of the nearest break."""
    if not reasons:
        return "no driver"
    rules = [reason.rule for reason in reasons if reason is not None]
    if len(rules) < len(reasons):
        return FITS
    nearest = max(_NEAR.get(rule, 3) for rule in rules)
    most = Counter(rule for rule in rules if _NEAR.get(rule, 3) == nearest).most_common(1)
    return most[0][0]


def _still[T](entry: tuple[_Ground, T] | None, day: Day, stop: StopId, route: ShiftId) -> tuple[_Ground, T] | None:
    """`entry`, if it was found for the stop and the route as they are now."""
    if entry is None:
        return None
    was_stop, was_schedule = entry[0]
    now_same = was_stop is day.stops.get(stop) and was_schedule is day.schedules.get(route)
    return entry if now_same else None


def of(desk: Desk) -> Why:
    """The one of this desk, made when first asked for: all panes share what has been found out."""
    found = desk.findChild(Why)
    return found if isinstance(found, Why) else Why(desk, Idle(desk), desk)
