"""A plan beside the one it would replace: what moves, what is saved, which routes belong together."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dispatch_console.domain import edits
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, PlanChange, Route
from dispatch_console.domain.schedule import RouteSchedule, Visit, schedule
from dispatch_console.domain.sequences import steady

#: A customer whose time changes by so much hears of it; one whose stop did not move is listed on its own.
NOTABLE_S = 15 * 60


class Spot(NamedTuple):
    """A place in a route: its number from 1, and when the driver gets there. In the pool: number 0, arrive −1."""

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


class Share(NamedTuple):
    """Seconds of driving, waiting and lateness, and metres, that a plan saves; below zero: that it costs."""

    seconds: int
    metres: int


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

    @property
    def saved_m(self) -> int:
        return self.before.drive_m - self.after.drive_m


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
    groups = _groups(before, after)
    changed = _together(groups)
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
    late = sum(len(will_be_late(day, s)) for s in timed)
    times = Times(*(sum(part) for part in zip(Times(0, 0, 0), *(_spent(day, s) for s in timed), strict=True)))
    back = max((s.end for s in timed), default=0)
    return Totals(times, late, sum(s.drive_m for s in timed), back, len(day.unassigned))


def _spent(day: Day, timed: RouteSchedule) -> Times:
    """What a route spends; late counts where something can still be done about it."""
    if not timed.visits:
        return Times(0, 0, 0)
    return Times(timed.drive_s, timed.wait_s, sum(visit.late_s for visit in will_be_late(day, timed)))


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


def savings(before: Day, after: Day, seen: Preview) -> Generator[None, None, dict[StopId, Share]]:
    """Stop that moves or loses its driver → its share of what the plan saves.

    All shares add up to what is saved. A share is the mean of what the move saves when those of its routes are made
    one after the other from the first and from the last: what two save only together is shared by both (the Shapley
    value of two, and near it for more). One move at each step.
    """
    found: dict[StopId, Share] = {}
    for group in {row.group: None for row in seen.rows}:
        moving = [stop for row in seen.rows if row.route in group for stop in _moving(row)]
        forth = yield from _one_by_one(before, after, group, moving)
        back = yield from _one_by_one(before, after, group, moving[::-1])
        halves = Share(0, 0)  # halves of seconds and metres, handed on so that none is lost
        for stop in moving:
            both = [sum(part) for part in zip(halves, forth[stop], back[stop], strict=True)]
            found[stop] = Share(*(part // 2 for part in both))
            halves = Share(*(part % 2 for part in both))
    return found


def _moving(row: RouteRow) -> list[StopId]:
    return [*(moved.stop for moved in row.moved), *(left.stop for left in row.left if left.after is None)]


def _one_by_one(
    before: Day, after: Day, group: frozenset[ShiftId], moving: Sequence[StopId]
) -> Generator[None, None, dict[StopId, Share]]:
    """What each saves if they are made in this order."""
    drafts = {id: before.plan.route(id) for id in group}
    spent = {id: _share(before, before.schedules[id]) for id in group}
    found: dict[StopId, Share] = {}
    waiting = set(moving)
    for stop in moving:
        was = _sum(spent.values())
        waiting.remove(stop)
        for id, draft in drafts.items():
            if stop in draft.stops or after.plan.where.get(stop) == id:
                drafts[id] = one = _moved_in(stop, draft, after.plan.route(id).stops, waiting)
                spent[id] = _share(after, schedule(one, after.leaving[id], after.basis))
        will = _sum(spent.values())
        found[stop] = Share(was.seconds - will.seconds, was.metres - will.metres)
        yield
    return found


def _share(day: Day, timed: RouteSchedule) -> Share:
    """What a route spends."""
    return Share(_spent(day, timed).all_s, timed.drive_m)


def _sum(shares: Iterable[Share]) -> Share:
    return Share(*(sum(part) for part in zip(*shares, strict=True)))


def _moved_in(stop: StopId, draft: Route, target: Sequence[StopId], waiting: Collection[StopId]) -> Route:
    """`draft` without `stop`, or with it behind the nearest that stands before it in `target` and is here for good.

    `waiting`: those that have not moved yet; by them nothing is placed, so that the last move leads to `target`.
    """
    rest = tuple(one for one in draft.stops if one != stop)
    if stop not in target:
        return draft.with_stops(rest)
    here = set(rest).difference(waiting)
    earlier = [one for one in target[: target.index(stop)] if one in here]
    at = rest.index(earlier[-1]) + 1 if earlier else 0
    return draft.with_stops((*rest[:at], stop, *rest[at:]))


def only(before: Day, after: Day, routes: Collection[ShiftId], label: str) -> PlanChange:
    """The part of the change that concerns `routes`, and with each the routes it exchanges stops with."""
    groups = _groups(before, after)
    chosen = {other for id in routes if id in groups for other in groups[id]}
    return edits.take_over(before.plan, {id: after.plan.route(id).stops for id in chosen}, label)


def _groups(before: Day, after: Day) -> dict[ShiftId, frozenset[ShiftId]]:
    changed = {r.id: after.plan.route(r.id).stops for r in before.routes if after.plan.route(r.id) != r}
    return groups_of(before.plan.where, changed)


def _together(groups: Mapping[ShiftId, frozenset[ShiftId]]) -> list[ShiftId]:
    """The routes in their order, but those of a group one below another."""
    order = list(groups)
    return sorted(order, key=lambda id: (min(order.index(one) for one in groups[id]), order.index(id)))


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
