"""Where a stop fits: ranked places, the best place in a route, and why it fits nowhere.

Found by trying the insertion with `schedule`, never read from a solver.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dispatch_console.domain import freeze
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Plan, Route
from dispatch_console.domain.rules import BrokenRule, Rule, describe
from dispatch_console.domain.schedule import Basis, RouteSchedule, schedule


class Offer(NamedTuple):
    """Putting a stop into `route` before index `at`: what it adds and which rules it newly breaks.

    `added_s` is driving, waiting and service the route gets longer by; `arrive` is when the driver gets there.
    """

    route: ShiftId
    at: int
    arrive: int
    added_s: int
    added_m: int
    added_cost: int
    broken: tuple[BrokenRule, ...]

    @property
    def rank(self) -> tuple[int, int, int]:
        """Sorts offers: fewest broken rules, least broken, then cheapest in time."""
        return len(self.broken), sum(rule.by for rule in self.broken), self.added_s


class Reason(NamedTuple):
    """Why one driver cannot take a stop: the first rule in the way, in a sentence."""

    route: ShiftId
    rule: Rule
    detail: str


def offer(stop: StopId, route: Route, at: int, basis: Basis, before: RouteSchedule | None = None) -> Offer:
    """What putting `stop` into `route` before index `at` would do. `before`: the route's schedule, if known."""
    new = route.with_stops((*route.stops[:at], stop, *route.stops[at:]))
    return compare(stop, route, new, basis, before)


def compare(stop: StopId, old: Route, new: Route, basis: Basis, before: RouteSchedule | None = None) -> Offer:
    """What turning route `old` into `new`, which holds `stop`, would do. `before`: the schedule of `old`."""
    shift = basis.shifts[old.id]
    was = before or schedule(old, shift, basis)
    will = schedule(new, shift, basis)
    at = new.stops.index(stop)
    paid_before = was.end - was.start if was.visits else 0
    return Offer(
        old.id,
        at,
        will.visits[at].arrive,
        will.end - will.start - paid_before,
        will.drive_m - was.drive_m,
        will.cost - was.cost,
        newly_broken(was, will),
    )


def newly_broken(old: RouteSchedule, new: RouteSchedule) -> tuple[BrokenRule, ...]:
    """The rules that `new` breaks and `old` did not, or breaks by more; `by` is the worsening."""
    known = {(b.rule, b.stop): b.by for b in old.broken}
    worse = ((b, b.by - known.get((b.rule, b.stop), 0)) for b in new.broken)
    return tuple(b._replace(by=by) for b, by in worse if by > 0)


def best_in_route(stop: StopId, route: Route, basis: Basis) -> Offer:
    """The best place for `stop` in `route`, behind its fixed head. `route` must not hold the stop."""
    old = schedule(route, basis.shifts[route.id], basis)
    first = freeze.head_length(route, basis.facts)
    places = range(first, len(route.stops) + 1)
    return min((offer(stop, route, at, basis, old) for at in places), key=lambda o: o.rank)


def insert_best(stops: Sequence[StopId], route: Route, basis: Basis) -> Route:
    """`route` with all of `stops` put in, one after the other, each at its best place."""
    kept = tuple(s for s in route.stops if s not in set(stops))
    route = route.with_stops(kept)
    for stop in stops:
        at = best_in_route(stop, route, basis).at
        route = route.with_stops((*route.stops[:at], stop, *route.stops[at:]))
    return route


def offers(stop: StopId, plan: Plan, basis: Basis) -> list[Offer]:
    """The best place in every route whose driver is there, best first; the stop's own route is left out."""
    return sorted(
        (
            best_in_route(stop, plan.route(id), basis)
            for id, shift in basis.shifts.items()
            if not shift.absent and plan.where.get(stop) != id
        ),
        key=lambda o: o.rank,
    )


def reasons(stop: StopId, plan: Plan, basis: Basis) -> tuple[Reason, ...]:
    """For each driver the first rule that keeps him from taking `stop`; drivers who could take it are left out."""
    found = (_reason(stop, plan.route(id), shift, basis) for id, shift in basis.shifts.items())
    return tuple(reason for reason in found if reason is not None)


def _reason(stop: StopId, route: Route, shift: Shift, basis: Basis) -> Reason | None:
    wanted = basis.stops[stop]
    if wanted.place is None:
        return _say(shift, BrokenRule(Rule.NO_PLACE, stop, 1))
    if shift.absent:
        return _say(shift, BrokenRule(Rule.ABSENT, None, 1))
    missing = wanted.skills - shift.skills
    if missing:
        return _say(shift, BrokenRule(Rule.SKILL, stop, 1, ", ".join(sorted(missing))))
    if route.locked:
        return _say(shift, BrokenRule(Rule.LOCKED, None, 1))
    best = best_in_route(stop, route, basis)
    return _say(shift, best.broken[0]) if best.broken else None


def _say(shift: Shift, broken: BrokenRule) -> Reason:
    return Reason(shift.id, broken.rule, f"{shift.driver.name}: {describe(broken)}.")
