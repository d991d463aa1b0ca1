"""Where a printed sheet and the day have parted: what a driver under way has to be given anew, and what not."""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.domain import clock
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.schedule import Visit

#: An arrival that differs by so much from the printed one is another arrival; less is what every day brings.
MOVED_S = 10 * 60
_DAY_MIN = 24 * 60


class Difference(NamedTuple):
    """How the rest of a route reads otherwise than its sheet. False as a whole: the sheet still says it.

    `stops`: other stops, or another order of them. `times`: how many arrivals are another (see `MOVED_S`).
    """

    stops: bool = False
    times: int = 0

    def __bool__(self) -> bool:
        return self.stops or self.times > 0


def of_route(day: Day, route: ShiftId) -> Difference:
    """Between the last sheet of a driver who is out and what he has to do still; none for all others."""
    said = day.approval.said.get(route)
    if said is None or day.facts.state(route) is not FactKind.OUT:
        return Difference()
    ahead = visits_ahead(day, route)
    todo = [visit.stop for visit in ahead]
    over = {visit.stop for visit in day.schedules[route].visits}.difference(todo)
    printed = {stop: eta for stop, eta in said.etas if stop not in over}
    moved = sum(1 for visit in ahead if has_moved(printed.get(visit.stop, ""), _hhmm(day, visit.arrive)))
    return Difference(list(printed) != todo, moved)


def visits_ahead(day: Day, route: ShiftId) -> list[Visit]:
    """What is still to do: not over, and not where the driver stands."""
    visits = day.schedules[route].visits
    return [v for v in visits if not v.done and not v.presumed and v.stop not in day.facts.arrived]


def has_moved(was: str, now: str) -> bool:
    """Whether two printed arrivals (`10:05`) lie `MOVED_S` apart or more, the short way round midnight.

    `was` empty: it was never printed, so nothing has moved.
    """
    if not was:
        return False
    apart = abs(_minutes(was) - _minutes(now))
    return min(apart, _DAY_MIN - apart) * 60 >= MOVED_S


def _minutes(hhmm: str) -> int:
    return int(hhmm[:2]) * 60 + int(hhmm[3:])


def _hhmm(day: Day, seconds: int) -> str:
    return clock.hhmm(seconds, day.date, day.depot.timezone)
