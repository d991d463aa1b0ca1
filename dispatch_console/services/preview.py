"""A plan beside the one it would replace: what moves, what is saved, which routes belong together."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dispatch_console.domain import edits, freeze
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, PlanChange, Route
from dispatch_console.domain.schedule import RouteSchedule, Visit, schedule
from dispatch_console.domain.sequences import steady

#: A customer whose time changes by so much hears of it; one whose stop did not move is listed on its own.
NOTABLE_S = 15 * 60


class Spot(NamedTuple):
    """A place in a route: its number from 1, and when the driver gets there."""

    route: ShiftId
    number: int
    arrive: int


class Moved(NamedTuple):
    """A stop that gets another driver or another place in the order. `before` None: it had no driver."""

    stop: StopId
    before: Spot | None
    after: Spot


class Left(NamedTuple):
    """A stop that leaves a route. `after` None: nobody has it then."""

    stop: StopId
    after: Spot | None


class Times(NamedTuple):
    """Seconds that a plan spends: together they are what is saved or lost."""

    drive_s: int
    wait_s: int
    late_s: int

    @property
    def all_s(self) -> int:
        return sum(self)


class RouteRow(NamedTuple):
    """A route that changes. `group`: those that exchange stops with it, itself included: they go together."""

    route: ShiftId
    group: frozenset[ShiftId]
    drive_m: tuple[int, int]
    end: tuple[int, int]
    moved: tuple[Moved, ...]
    left: tuple[Left, ...]


class Totals(NamedTuple):
    """Of the whole day. Late stops and seconds are those still open."""

    times: Times
    late_stops: int
    drive_m: int
    last_back: int
    unassigned: int


@dataclass(frozen=True)
class Preview:
    """`shifted`: stops that do not move and whose time changes by 15 minutes or more, as (before, after)."""

    before: Totals
    after: Totals
    rows: tuple[RouteRow, ...]
    shifted: tuple[tuple[StopId, Spot, Spot], ...]

    @property
    def moved(self) -> int:
        return sum(1 for row in self.rows for m in row.moved if m.before is not None)

    @property
    def new(self) -> int:
        return sum(1 for row in self.rows for m in row.moved if m.before is None)

    @property
    def saved_s(self) -> int:
        return self.before.times.all_s - self.after.times.all_s


def under_way(day: Day, now: int | None) -> bool:
    """Whether a plan for `day` is one from now on: it is approved, and a van has left or should have.

    `now`: seconds of the plan day; None: another day than today, where the clock of the day counts.
    """
    if day.state is DayState.DRAFT:
        return False
    begins = [timed.start for timed in day.schedules.values() if timed.visits]
    return day.state is not DayState.APPROVED or (now is not None and bool(begins) and now >= min(begins))


def preview(before: Day, after: Day) -> Preview:
    """Both are the same day with another plan."""
    changed = [route.id for route in before.routes if after.plan.route(route.id) != route]
    groups = groups_of(before.plan.where, {id: after.plan.route(id).stops for id in changed})
    here, there = _spots(before, changed), _spots(after, changed)
    rows = tuple(_row(before, after, id, groups[id], here, there) for id in changed)
    moving = {m.stop for row in rows for m in row.moved}
    shifted = tuple(
        (stop, was, there[stop])
        for stop, was in here.items()
        if stop not in moving and stop in there and abs(there[stop].arrive - was.arrive) >= NOTABLE_S
    )
    return Preview(totals(before), totals(after), rows, shifted)


def totals(day: Day) -> Totals:
    timed = [s for s in day.schedules.values() if s.visits]
    late = [v for s in timed for v in will_be_late(day, s)]
    times = Times(sum(s.drive_s for s in timed), sum(s.wait_s for s in timed), sum(v.late_s for v in late))
    back = max((s.end for s in timed), default=0)
    return Totals(times, len(late), sum(s.drive_m for s in timed), back, len(day.unassigned))


def will_be_late(day: Day, timed: RouteSchedule) -> list[Visit]:
    """Stops of a route that are still to be reached and will be late: not where the driver stands already, nor on a
    van that cannot go on (what becomes of those is decided otherwise)."""
    if day.facts.stuck(timed.route):
        return []
    return [v for v in _open(timed) if v.late_s and v.stop not in day.facts.arrived]


def times_of(timed: RouteSchedule) -> Times:
    return Times(timed.drive_s, timed.wait_s, sum(v.late_s for v in _open(timed)))


def groups_of(
    where: Mapping[StopId, ShiftId], after: Mapping[ShiftId, Sequence[StopId]]
) -> dict[ShiftId, frozenset[ShiftId]]:
    """Route → all routes that exchange stops with it, directly or by others; itself alone if none does.

    `where`: the route a stop stands in now. `after`: what the routes that change become.
    """
    groups: dict[ShiftId, set[ShiftId]] = {id: {id} for id in after}
    for id, stops in after.items():
        for stop in stops:
            a, b = groups[id], groups.get(where.get(stop, POOL))
            if b is not None and a is not b:
                a |= b
                groups.update(dict.fromkeys(b, a))
    return {id: frozenset(group) for id, group in groups.items()}


def savings(before: Day, after: Day, seen: Preview) -> Generator[None, None, dict[StopId, int]]:
    """Stop that moves → seconds of driving, waiting and lateness that this one move saves (new stops: what they
    cost, below zero): all else as in `after`, it would be back where it is. A route or two at each step."""
    found: dict[StopId, int] = {}
    for row in seen.rows:
        for moved in row.moved:
            found[moved.stop] = _saving(before, after, moved)
            yield
    return found


def _saving(before: Day, after: Day, moved: Moved) -> int:
    stop, now = moved.stop, after.plan.route(moved.after.route)
    without = now.with_stops(tuple(s for s in now.stops if s != stop))
    instead = [without]
    if moved.before is not None:
        home = without if moved.before.route == now.id else after.plan.route(moved.before.route)
        instead = [_back(stop, home, before, after)] + ([without] if home.id != now.id else [])
    as_found = sum(times_of(after.schedules[route.id]).all_s for route in instead)
    return sum(times_of(schedule(r, after.shifts[r.id], after.basis)).all_s for r in instead) - as_found


def _back(stop: StopId, home: Route, before: Day, after: Day) -> Route:
    """`home` with `stop` behind the nearest of those that stood before it there."""
    old = before.plan.route(home.id).stops
    earlier = [s for s in old[: old.index(stop)] if s in home.stops]
    at = home.stops.index(earlier[-1]) + 1 if earlier else 0
    at = max(at, freeze.head_length(home, after.facts))
    return home.with_stops((*home.stops[:at], stop, *home.stops[at:]))


def only(before: Day, after: Day, routes: Collection[ShiftId], label: str) -> PlanChange:
    """The part of the change that concerns `routes`, and with each the routes it exchanges stops with."""
    changed = [route.id for route in before.routes if after.plan.route(route.id) != route]
    groups = groups_of(before.plan.where, {id: after.plan.route(id).stops for id in changed})
    chosen = {other for id in routes if id in groups for other in groups[id]}
    return edits.take_over(before.plan, {id: after.plan.route(id).stops for id in chosen}, label)


def _row(
    before: Day,
    after: Day,
    id: ShiftId,
    group: frozenset[ShiftId],
    here: dict[StopId, Spot],
    there: dict[StopId, Spot],
) -> RouteRow:
    old, new = before.plan.route(id), after.plan.route(id)
    still = steady(old.stops, new.stops)
    moved = tuple(Moved(stop, here.get(stop), there[stop]) for stop in new.stops if stop not in still)
    gone = set(old.stops) - set(new.stops)
    left = tuple(Left(stop, there.get(stop)) for stop in old.stops if stop in gone)
    was, will = before.schedules[id], after.schedules[id]
    return RouteRow(id, group, (was.drive_m, will.drive_m), (was.end, will.end), moved, left)


def _spots(day: Day, routes: Iterable[ShiftId]) -> dict[StopId, Spot]:
    return {
        visit.stop: Spot(id, number, visit.arrive)
        for id in routes
        for number, visit in enumerate(day.schedules[id].visits, 1)
    }


def _open(timed: RouteSchedule) -> list[Visit]:
    return [visit for visit in timed.visits if not visit.done and not visit.presumed]
