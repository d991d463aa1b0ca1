"""No search hands on a route that breaks a rule: every route is scheduled as the dispatcher will see it."""

from __future__ import annotations

from dispatch_console.domain.insertion import newly_broken
from dispatch_console.domain.orders import Priority, StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.schedule import Basis, RouteSchedule, schedule
from dispatch_console.optimiser.tasks import Held

RANKS = {Priority.LOW: 0, Priority.NORMAL: 1, Priority.HIGH: 2, Priority.CRITICAL: 3}


def mend(route: Route, held: Held, basis: Basis) -> tuple[Route, RouteSchedule]:
    """`route` without the stops that make it break a rule, with its schedule; what is held stays.

    Out goes the stop at which the rule is broken; where that one is held or it is a rule of the whole route, the
    last of the least important ones.
    """
    shift = basis.shifts[route.id]
    kept = set(held.route.stops)
    while True:
        timed = schedule(route, shift, basis)
        broken = newly_broken(held.schedule, timed)
        loose = [stop for stop in route.stops if stop not in kept]
        if not broken or not loose:
            return route, timed
        named = {b.stop for b in broken if b.stop is not None and b.stop not in kept}
        out = named or {_least(loose, basis)}
        route = route.with_stops(tuple(stop for stop in route.stops if stop not in out))


def _least(stops: list[StopId], basis: Basis) -> StopId:
    """The last of the stops with the lowest priority."""
    lowest = min(RANKS[basis.stops[stop].priority] for stop in stops)
    return next(stop for stop in reversed(stops) if RANKS[basis.stops[stop].priority] == lowest)
