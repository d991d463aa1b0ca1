"""The immutable `Plan` and the one value that changes it, `PlanChange`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from dispatch_console.domain.errors import StaleChange
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import Order, StopId
from dispatch_console.domain.road_changes import RoadChange
from dispatch_console.domain.weights import Policy

#: The sequence of unassigned stops: one more route in the plan, of no shift.
POOL = ShiftId(0)


@dataclass(frozen=True, slots=True)
class Route:
    """The sequence of stops of one shift (or of the pool).

    `locked`: the optimiser leaves the whole route alone. `pinned`: stops the optimiser keeps with this driver.
    `fixed`: stops the optimiser also keeps at their position. Both are subsets of `stops`.
    """

    id: ShiftId
    stops: tuple[StopId, ...] = ()
    locked: bool = False
    pinned: frozenset[StopId] = frozenset()
    fixed: frozenset[StopId] = frozenset()

    def with_stops(self, stops: tuple[StopId, ...]) -> Route:
        """The same route with another sequence; pins of stops that left fall away."""
        here = frozenset(stops)
        return replace(self, stops=stops, pinned=self.pinned & here, fixed=self.fixed & here)


class Swap[T](NamedTuple):
    """One thing before and after; None: it is not there."""

    before: T | None
    after: T | None

    def inverse(self) -> Swap[T]:
        return Swap(self.after, self.before)


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What a drag, the optimiser, an import or an undo does, as one value.

    `routes` lists the touched routes before and after, each route once. `orders` and `shifts` list what comes,
    goes or changes with them (an import brings orders, an absence marks a shift), `roads` what the dispatcher says
    of roads. The same value is the preview, the undo step, the rows to write, the compare-and-swap check and the
    repaint hint.
    """

    label: str
    routes: tuple[Swap[Route], ...] = ()
    orders: tuple[Swap[Order], ...] = ()
    shifts: tuple[Swap[Shift], ...] = ()
    roads: tuple[Swap[RoadChange], ...] = ()

    def inverse(self) -> PlanChange:
        """The change that takes this one back."""
        return PlanChange(
            self.label,
            tuple(swap.inverse() for swap in self.routes),
            tuple(swap.inverse() for swap in self.orders),
            tuple(swap.inverse() for swap in self.shifts),
            tuple(swap.inverse() for swap in self.roads),
        )

    @property
    def on_day(self) -> bool:
        """Whether it changes the day, and counts its revision up. A change that is the depot's alone does not."""
        return True

    @property
    def for_good(self) -> bool:
        """Whether it reaches beyond the plan (roads, addresses, fleet, other days), so that it cannot be tried."""
        return bool(self.roads)

    @property
    def policy(self) -> Swap[Policy] | None:
        """What the depot plans by, before and after; None: it stays."""
        return None

    @property
    def touched(self) -> tuple[ShiftId, ...]:
        """Ids of the routes whose sequence or locks change, the pool included."""
        return tuple(some_of(swap).id for swap in self.routes)

    def __bool__(self) -> bool:
        return any(swap.before != swap.after for swap in (*self.routes, *self.orders, *self.shifts, *self.roads))


@dataclass(frozen=True)
class Plan:
    """Who goes where, in which order, and what is locked. Holds the pool under the id `POOL`.

    Every stop of the day stands in exactly one route. A shift without a route in `routes` has an empty one.
    """

    routes: dict[ShiftId, Route] = field(default_factory=dict[ShiftId, Route])

    def route(self, id: ShiftId) -> Route:
        return self.routes.get(id) or Route(id)

    @property
    def pool(self) -> Route:
        return self.route(POOL)

    def __iter__(self) -> Iterator[Route]:
        """All routes but the pool."""
        return (route for id, route in self.routes.items() if id != POOL)

    @cached_property
    def where(self) -> dict[StopId, ShiftId]:
        """Stop → the route it stands in (POOL: unassigned)."""
        return {stop: id for id, route in self.routes.items() for stop in route.stops}

    def apply(self, change: PlanChange) -> Plan:
        """The plan after `change`. Raises StaleChange if a touched route is not as the change found it."""
        if not change.routes:
            return self
        routes = dict(self.routes)
        for before, after in change.routes:
            id = some_of(Swap(before, after)).id
            if self.route(id) != (before or Route(id)):
                raise StaleChange(f"“{change.label}” was made on an older plan. Look at the board and do it again.")
            if after is None:
                routes.pop(id, None)
            else:
                routes[id] = after
        return Plan(routes)


def change_routes(plan: Plan, label: str, after: Iterable[Route]) -> PlanChange:
    """The change that puts the given routes in place of the plan's; unchanged ones are left out."""
    swaps = [Swap(plan.route(route.id), route) for route in after]
    return PlanChange(label, tuple(swap for swap in swaps if swap.before != swap.after))


def swapped[K, V](values: Mapping[K, V], swaps: tuple[Swap[V], ...], key: Callable[[V], K]) -> Mapping[K, V]:
    """`values` with the swaps done. Raises StaleChange where one is not as the change found it."""
    if not swaps:
        return values
    after = dict(values)
    for before, now in swaps:
        some = now if now is not None else before
        assert some is not None
        there = after.get(key(some))
        if there is not before and there != before:  # the same one need not be compared field by field
            raise StaleChange("Somebody changed this in the meantime. Look at it and do it again.")
        if now is None:
            del after[key(some)]
        else:
            after[key(some)] = now
    return after


def roads_on(
    date: dt.date, held: tuple[RoadChange, ...], swaps: tuple[Swap[RoadChange], ...]
) -> tuple[RoadChange, ...]:
    """What counts on a date of `held`, all of which does, after `swaps`. Raises StaleChange."""
    if not swaps:
        return held
    here = (Swap(*(one if one is not None and one.counts_on(date) else None for one in swap)) for swap in swaps)
    told = tuple(swap for swap in here if swap != (None, None))
    return tuple(swapped({change.id: change for change in held}, told, lambda change: change.id).values())


def some_of[T](swap: Swap[T]) -> T:
    """What a swap is about: what it leaves, or what it takes away."""
    value = swap.after if swap.after is not None else swap.before
    assert value is not None, "a swap has at least one side"
    return value
