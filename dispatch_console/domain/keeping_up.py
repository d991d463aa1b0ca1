"""What is tried on a copy of the day, on the day as it has become meanwhile.

Three days meet: the one that the copy was made of (`was`), the copy (`tried`), and the day as it is (`now`). What
was changed in one of the two only is taken from there. What was changed in both is as it is now: what happened, or
was decided for good, weighs more than what was tried.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from dispatch_console.domain import freeze
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import Order, OrderId, StopId
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap
from dispatch_console.domain.pools import weave_in

Stops = tuple[StopId, ...]


class Kept(NamedTuple):
    """`change` makes `now` what is tried. `stops`: those that stay where they are now, though another driver was
    tried for them; `routes`: those whose order stays, though another one was tried; `orders`, `shifts`: those that
    stay as they are."""

    change: PlanChange
    stops: tuple[StopId, ...] = ()
    routes: tuple[ShiftId, ...] = ()
    orders: tuple[OrderId, ...] = ()
    shifts: tuple[ShiftId, ...] = ()


def keep_up(tried: Day, was: Day, now: Day, label: str) -> Kept:
    """What of `tried` can still be had. No stop is lost or doubled, and nothing that has happened moves."""
    heads = {id: freeze.head(route, now.facts) for id, route in now.plan.routes.items()}
    over = {*now.facts.arrived, *(stop for head in heads.values() for stop in head)}
    orders = _merged(was.orders, tried.orders, now.orders, lambda order: order.stop in over)
    shifts = _merged(was.shifts, tried.shifts, now.shifts, lambda shift: bool(heads.get(shift.id)))
    merge = _Merge(tried, was, now, orders.values, tuple(shifts.values), heads)
    routes = merge.routes()
    swaps = tuple(
        Swap(now.plan.routes.get(id), routes.get(id))
        for id in dict.fromkeys((POOL, *now.shifts, *routes))
        if (now.plan.route(id)) != (routes.get(id) or Route(id))
    )
    change = PlanChange(label, swaps, _swaps(now.orders, orders.values), _swaps(now.shifts, shifts.values))
    return Kept(change, merge.dropped(), merge.lost_order(routes), orders.lost, shifts.lost)


class _Values[K, V](NamedTuple):
    values: dict[K, V]
    lost: tuple[K, ...]


def _merged[K, V](
    was: Mapping[K, V], tried: Mapping[K, V], now: Mapping[K, V], is_held: Callable[[V], bool]
) -> _Values[K, V]:
    """By key what was changed in one of the two only, else what is now. `is_held`: it cannot be taken away."""
    values: dict[K, V] = {}
    lost: list[K] = []
    for key in dict.fromkeys((*now, *tried)):
        w, t, n = was.get(key), tried.get(key), now.get(key)
        stays = t is None and n is not None and is_held(n)
        value = n if t == w or n != w or stays else t
        if value is not None:
            values[key] = value
        if t not in (w, value):
            lost.append(key)
    return _Values(values, tuple(lost))


class _Merge:
    """The routes of three plans."""

    def __init__(
        self,
        tried: Day,
        was: Day,
        now: Day,
        orders: Mapping[OrderId, Order],
        shifts: Sequence[ShiftId],
        heads: Mapping[ShiftId, Stops],
    ) -> None:
        self._tried, self._was, self._now = tried.plan, was.plan, now.plan
        self._ids, self._heads = (POOL, *shifts), heads
        self._fixed = {stop for head in self._heads.values() for stop in head}
        self._where = {stop: self._owner(stop) for stop in dict.fromkeys(order.stop for order in orders.values())}

    def routes(self) -> dict[ShiftId, Route]:
        return {id: self._route(id) for id in self._ids}

    def dropped(self) -> tuple[StopId, ...]:
        """Stops that were tried elsewhere than they are."""
        was, tried = self._was.where, self._tried.where
        return tuple(s for s, id in self._where.items() if s in tried and tried[s] not in (was.get(s), id))

    def lost_order(self, routes: Mapping[ShiftId, Route]) -> tuple[ShiftId, ...]:
        """Routes whose order was tried and is another one now; what happened in another order is no matter."""
        return tuple(id for id in self._ids if id != POOL and self._is_lost(id, routes[id].stops))

    def _owner(self, stop: StopId) -> ShiftId:
        was, tried, now = (plan.where.get(stop) for plan in (self._was, self._tried, self._now))
        free = tried is not None and tried != was and (now is None or now == was) and stop not in self._fixed
        id = tried if free or now is None else now
        return id if id is not None and id in self._ids else POOL

    def _route(self, id: ShiftId) -> Route:
        was, tried, now = self._was.route(id), self._tried.route(id), self._now.route(id)
        base, other = (tried.stops, now.stops) if now.stops == was.stops else (now.stops, tried.stops)
        mine = [stop for stop in base if self._where.get(stop) == id]
        weave_in(mine, [stop for stop in other if self._where.get(stop) == id])
        head = self._heads.get(id, ())
        stops = (*head, *(stop for stop in mine if stop not in self._fixed))
        return Route(
            id,
            stops,
            now.locked if tried.locked == was.locked else tried.locked,
            _flags(was.pinned, tried.pinned, now.pinned) & frozenset(stops),
            _flags(was.fixed, tried.fixed, now.fixed) & frozenset(stops),
        )

    def _is_lost(self, id: ShiftId, stops: Stops) -> bool:
        was, tried = self._was.route(id).stops, self._tried.route(id).stops
        common = (set(was) & set(tried) & set(stops)) - self._fixed
        a, b, c = ([stop for stop in one if stop in common] for one in (was, tried, stops))
        return a != b != c


def _flags(was: frozenset[StopId], tried: frozenset[StopId], now: frozenset[StopId]) -> frozenset[StopId]:
    return (now | (tried - was)) - (was - tried)


def _swaps[K, V](before: Mapping[K, V], after: Mapping[K, V]) -> tuple[Swap[V], ...]:
    keys = dict.fromkeys((*before, *after))
    return tuple(Swap(before.get(k), after.get(k)) for k in keys if before.get(k) != after.get(k))
