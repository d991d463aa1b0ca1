"""The tours of a scheduled route one by one, for whoever shows or loads them. Times in seconds of the plan day."""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.domain import tours
from dispatch_console.domain.basis import Basis
from dispatch_console.domain.schedule import Reload, RouteSchedule
from dispatch_console.domain.sizes import Size


class Trip(NamedTuple):
    """One tour: the visits of index `first` to before `end`, loaded for with `start`, never with more than `peak`.

    `number` counts from 1. `reload`: the call at the start place before it; None: it is the first.
    """

    number: int
    first: int
    end: int
    leave: int
    start: Size
    peak: Size
    reload: Reload | None

    def has(self, index: int) -> bool:
        return self.first <= index < self.end


def under_way(schedule: RouteSchedule, over: int, now: int) -> int:
    """The number of the tour that a van is on, whose first `over` stops are behind it: a tour begins when it has
    left the reload before it, by the clock or since one of its stops was reached."""
    gone = (r for r in schedule.reloads if r.before < over or (r.before == over and r.depart <= now))
    return 1 + sum(1 for _ in gone)


def of_route(schedule: RouteSchedule, basis: Basis) -> tuple[Trip, ...]:
    """All tours in driving order: one, if there is no reload; none for a route without stops."""
    if not schedule.visits:
        return ()
    reloads, n = schedule.reloads, len(schedule.visits)
    if not reloads:
        return (Trip(1, 0, n, schedule.start, schedule.load_start, schedule.load_peak, None),)
    cuts = [reload.before for reload in reloads]
    loads = tours.by_tour([basis.stops[visit.stop] for visit in schedule.visits], cuts, basis.facts.failed)
    calls = (None, *reloads)
    return tuple(
        Trip(number, first, end, call.depart if call else schedule.start, load.start, load.peak, call)
        for number, first, end, call, load in zip(
            range(1, len(calls) + 1), (0, *cuts), (*cuts, n), calls, loads, strict=True
        )
    )
