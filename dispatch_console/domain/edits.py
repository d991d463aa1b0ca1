"""Edits of a plan by hand. Each returns a `PlanChange`; none knows about time or rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import Enum

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, Plan, PlanChange, Route, change_routes


class Pin(Enum):
    """How firmly a stop is held: not at all, with its driver, at its position."""

    NONE = 0
    DRIVER = 1
    POSITION = 2


def move(plan: Plan, stops: Sequence[StopId], to: ShiftId, at: int, label: str) -> PlanChange:
    """Take `stops` from wherever they are and put them, in the given order, into route `to` before index `at`.

    `at` counts in the route as it stands before the move (0 … its length), as a drop slot on the screen does.
    """
    moving = set(stops)
    target = plan.route(to)
    kept_before = [stop for stop in target.stops[:at] if stop not in moving]
    kept_after = [stop for stop in target.stops[at:] if stop not in moving]
    after = {to: target.with_stops((*kept_before, *stops, *kept_after))}
    for source in {plan.where[stop] for stop in stops} - {to}:
        route = plan.route(source)
        after[source] = route.with_stops(tuple(stop for stop in route.stops if stop not in moving))
    return change_routes(plan, label, after.values())


def unassign(plan: Plan, stops: Sequence[StopId], label: str) -> PlanChange:
    """Send `stops` back to the end of the pool."""
    return move(plan, stops, POOL, len(plan.pool.stops), label)


def resequence(plan: Plan, route: ShiftId, stops: Sequence[StopId], label: str) -> PlanChange:
    """Give a route another order of the same stops. Raises ValueError if they are not the same."""
    before = plan.route(route)
    if sorted(before.stops) != sorted(stops):
        raise ValueError("a new order of a route holds the same stops")
    return change_routes(plan, label, [before.with_stops(tuple(stops))])


def set_locked(plan: Plan, route: ShiftId, locked: bool, label: str) -> PlanChange:
    return change_routes(plan, label, [replace(plan.route(route), locked=locked)])


def set_pin(plan: Plan, stops: Iterable[StopId], pin: Pin, label: str) -> PlanChange:
    """Hold `stops` as `pin` says, each in the route where it stands. Stops of the pool are passed over."""
    after: dict[ShiftId, Route] = {}
    for stop in stops:
        id = plan.where[stop]
        if id == POOL:
            continue
        route = after.get(id) or plan.route(id)
        after[id] = replace(
            route,
            pinned=route.pinned | {stop} if pin is not Pin.NONE else route.pinned - {stop},
            fixed=route.fixed | {stop} if pin is Pin.POSITION else route.fixed - {stop},
        )
    return change_routes(plan, label, after.values())


def swap_routes(plan: Plan, a: ShiftId, b: ShiftId, label: str) -> PlanChange:
    """Give the stops (with their pins and locks) of two drivers to each other."""
    return change_routes(plan, label, [replace(plan.route(a), id=b), replace(plan.route(b), id=a)])


def take_over(plan: Plan, sequences: dict[ShiftId, tuple[StopId, ...]], label: str) -> PlanChange:
    """Replace the sequences of some routes at once, as an optimiser's result does; the pool gets the rest.

    Every stop that stands in a named route before, or in the pool, and in none of the named routes after, goes
    to the pool. Raises ValueError if a stop would stand twice or comes from a route that is not named.
    """
    placed = [stop for stops in sequences.values() for stop in stops]
    if len(placed) != len(set(placed)):
        raise ValueError("a stop stands twice in the new routes")
    strangers = [stop for stop in placed if plan.where[stop] not in sequences and plan.where[stop] != POOL]
    if strangers:
        raise ValueError("a stop comes from a route that is not part of the change")
    taken = set(placed)
    left = [s for id in sequences for s in plan.route(id).stops if s not in taken]
    pool = tuple(stop for stop in plan.pool.stops if stop not in taken)
    after = [plan.route(id).with_stops(tuple(stops)) for id, stops in sequences.items()]
    return change_routes(plan, label, [*after, plan.pool.with_stops((*pool, *left))])
