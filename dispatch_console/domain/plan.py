"""The immutable `Plan` and the one value that changes it, `PlanChange`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from dispatch_console.domain.errors import StaleChange
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import Order, StopId
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
    goes or changes with them (an import brings orders, an absence marks a shift). The same value is the preview,
    the undo step, the rows to write, the compare-and-swap check and the repaint hint.
    """

    label: str
    routes: tuple[Swap[Route], ...] = ()
    orders: tuple[Swap[Order], ...] = ()
    shifts: tuple[Swap[Shift], ...] = ()

    def inverse(self) -> PlanChange:
        """The change that takes this one back."""
        return PlanChange(
            self.label,
            tuple(swap.inverse() for swap in self.routes),
            tuple(swap.inverse() for swap in self.orders),
            tuple(swap.inverse() for swap in self.shifts),
        )

    @property
    def on_day(self) -> bool:
        """Whether it changes the day, and counts its revision up. A change that is the depot's alone does not."""
        return True

    @property
    def for_good(self) -> bool:
        """Whether it reaches beyond the open day (address book, fleet, other days), so that it cannot be tried."""
        return False

    @property
    def policy(self) -> Swap[Policy] | None:
        """What the depot plans by, before and after; None: it stays."""
        return None

    @property
    def touched(self) -> tuple[ShiftId, ...]:
        """Ids of the routes whose sequence or locks change, the pool included."""
        return tuple(_some(swap).id for swap in self.routes)

    def __bool__(self) -> bool:
        return any(swap.before != swap.after for swap in (*self.routes, *self.orders, *self.shifts))


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
        routes = dict(self.routes)
        for before, after in change.routes:
            id = _some(Swap(before, after)).id
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


def _some[T](swap: Swap[T]) -> T:
    value = swap.after if swap.after is not None else swap.before
    assert value is not None, "a swap has at least one side"
    return value
