"""Planned against actual: what a route was to be when it was approved, and what it has become."""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.domain import trips
from dispatch_console.domain.baseline import PlannedRoute
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.progress import Progress, progress
from dispatch_console.domain.schedule import RouteSchedule


class Tours(NamedTuple):
    """How often a route leaves its start place: it is on its tour `now` of `all`; 0: it has not left yet."""

    now: int
    all: int

    @property
    def under_way(self) -> bool:
        """Whether another tour comes after the one that it is on."""
        return 0 < self.now < self.all


class RouteActuals(NamedTuple):
    """One route. Times are elapsed seconds of the plan day, lengths metres, counts stops.

    `planned` None: it had no stops when the plan was approved, or nothing is approved. `end` is a forecast until
    the van is `back`. `metres` is what the odometer says where it was read (`measured`), else the length of the
    route as it is now. `on_time` and `late` count the visits that somebody told of.
    """

    route: ShiftId
    planned: PlannedRoute | None
    start: int
    end: int
    back: bool
    metres: int
    measured: bool
    progress: Progress
    on_time: int
    late: int
    tours: Tours

    @property
    def delay_s(self) -> int | None:
        """How much later than planned it is back (negative: earlier); None: there is no plan to compare with."""
        return None if self.planned is None else self.end - self.planned.end

    @property
    def start_delay_s(self) -> int | None:
        """How much later than planned it left; None: there is no plan to compare with."""
        return None if self.planned is None else self.start - self.planned.start

    @property
    def more_metres(self) -> int | None:
        """How much longer than planned the way is; None: there is no plan to compare with."""
        return None if self.planned is None else self.metres - self.planned.drive_m


def actuals(day: Day) -> dict[ShiftId, RouteActuals]:
    """All routes that have stops, or had some when the plan was approved, in lane order."""
    planned = day.baseline.routes if day.baseline is not None else {}
    return {id: of_route(day, id) for id in day.shifts if day.plan.route(id).stops or id in planned}


def of_route(day: Day, route: ShiftId) -> RouteActuals:
    schedule, planned = day.schedules[route], day.baseline
    back = _back(day, route)
    metres = _odometer(day, route)
    done = [visit for visit in schedule.visits if visit.done]
    late = sum(1 for visit in done if visit.late_s)
    return RouteActuals(
        route=route,
        planned=planned.routes.get(route) if planned is not None else None,
        start=schedule.start,
        end=schedule.end if back is None else back,
        back=back is not None,
        metres=schedule.drive_m if metres is None else metres,
        measured=metres is not None,
        progress=progress(day.plan.route(route), schedule, day.basis),
        on_time=len(done) - late,
        late=late,
        tours=tours(day, route),
    )


def tours(day: Day, route: ShiftId) -> Tours:
    """Which of its tours a route is on, by what was told and by the clock."""
    schedule = day.schedules[route]
    every = 1 + len(schedule.reloads)
    if day.facts.state(route) is FactKind.IN_DEPOT:
        return Tours(0, every)
    if every == 1 or _back(day, route) is not None:
        return Tours(every, every)
    over = progress(day.plan.route(route), schedule, day.basis).passed
    return Tours(trips.under_way(schedule, over, day.now), every)


def delay_s(day: Day, route: ShiftId) -> int | None:
    """Seconds that a route is back later than planned; None: it has no plan to compare with, or no stops now."""
    planned = day.baseline.routes.get(route) if day.baseline is not None else None
    if planned is None or not day.schedules[route].visits:
        return None
    return end_of(day, day.schedules[route]) - planned.end


def end_of(day: Day, schedule: RouteSchedule) -> int:
    """When a van came back, or will."""
    back = _back(day, schedule.route)
    return schedule.end if back is None else back


def _back(day: Day, route: ShiftId) -> int | None:
    """When it came back, as long as it has not left again."""
    if day.facts.state(route) in (FactKind.IN_DEPOT, FactKind.OUT):
        return None
    fact = day.facts.last.get((route, FactKind.BACK))
    return fact.at if fact is not None else None


def _odometer(day: Day, route: ShiftId) -> int | None:
    """Metres between the two readings; None: one is missing, or they cannot be right."""
    last = day.facts.last
    out, back = last.get((route, FactKind.ODOMETER_OUT)), last.get((route, FactKind.ODOMETER_IN))
    if out is None or back is None or back.value < out.value:
        return None
    return (back.value - out.value) * 1000
