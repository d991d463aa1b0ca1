"""A `Stop`: one visit at one place, serving one or more orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from dispatch_console.domain import clock, off_road
from dispatch_console.domain.fleet import Depot
from dispatch_console.domain.off_road import OffRoad
from dispatch_console.domain.orders import DriverId, Order, OrderKind, Priority, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.sizes import Size

_RANK = {Priority.LOW: 0, Priority.NORMAL: 1, Priority.HIGH: 2, Priority.CRITICAL: 3}


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit. Everything a route's schedule needs of it is resolved here.

    `windows` are elapsed seconds of the plan day, ascending; empty: any time. `delivery` is on board from the
    start of the tour (or from the stop `pickup` before it) until this stop, `collection` from this stop on.

    `place`: where it is driven to; None: nobody knows where it is, or no road of the day leads there (`away`).
    Where it lies on the map is its `pin`.

    `release_s`: its goods are not ready at the depot before. `late_per_min`: cents for a minute late; 0: hard
    windows. `parking_s`: part of `service_s` that falls away if the stop before is at the same place. The rest: as
    of an order. `plain`: it asks for none of what makes a route more than its stops one by one, see `schedule`;
    `timed_plainly`: at least its times do not.
    """

    id: StopId
    orders: tuple[Order, ...]
    place: Place | None
    windows: tuple[Window, ...]
    service_s: int
    delivery: Size = Size()
    collection: Size = Size()
    skills: frozenset[str] = frozenset()
    priority: Priority = Priority.NORMAL
    pickup: StopId = StopId(0)
    label: str = field(default="", compare=False)
    release_s: int = 0
    late_per_min: int = 0
    parking_s: int = 0
    not_drivers: frozenset[DriverId] = frozenset()
    goods: frozenset[str] = frozenset()
    zone: str = ""
    known_by: frozenset[DriverId] = frozenset()
    away: OffRoad | None = None
    plain: bool = field(init=False, compare=False, repr=False)
    timed_plainly: bool = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        timed_plainly = not (self.release_s or self.late_per_min or self.parking_s)
        # kept: every schedule asks it of every stop
        object.__setattr__(self, "timed_plainly", timed_plainly)
        object.__setattr__(self, "plain", timed_plainly and not self.pickup)

    @property
    def order(self) -> Order:
        """The leading order: the one whose name and address stand for the stop."""
        return self.orders[0]

    @property
    def pin(self) -> Place | None:
        """Where it lies on the map, be there a road or not."""
        return self.place if self.away is None else self.order.place

    @property
    def off_road(self) -> str:
        """What a dispatcher is told of a stop that no road leads to; empty: one does, or its place is not known."""
        if self.away is None:
            return ""
        reference, where = self.order.reference, self.order.address.one_line
        name = self.label if self.label not in ("", reference) else where
        return off_road.of_stop(f"{reference} {name}".strip(), self.away)

    @property
    def tied(self) -> bool:
        """Whether it belongs to a meeting of vans: where they meet, or what changes over there."""
        return bool(self.pickup) or self.order.kind is OrderKind.HANDOVER

    @property
    def settled(self) -> bool:
        """Whether it is decided for all its orders that they go another way: cancelled, another day, returned."""
        return all(order.next is not None for order in self.orders)

    @property
    def size(self) -> Size:
        return self.delivery.plus(self.collection)


def from_orders(orders: tuple[Order, ...], day: dt.date, depot: Depot) -> Stop:
    """Make the stop that serves `orders` (all of one `stop` id, ≥ 1) on `day`.

    The windows are those that all orders share; if they share none, those of the leading order, so that the
    conflict shows up as a late stop instead of vanishing. Service times: the longest in full, the others' half.
    Goods are ready when the last of them are; the windows are soft only if all orders price a minute late (then by
    the leading order's); nobody serves the stop who may not serve one of its orders.
    """
    lead = orders[0]
    delivery = collection = Size()
    skills: frozenset[str] = frozenset()
    for order in orders:
        if order.kind is OrderKind.COLLECTION:
            collection = collection.plus(order.size)
        else:
            delivery = delivery.plus(order.size)
        skills |= {skill.casefold() for skill in order.skills}
    return Stop(
        id=lead.stop,
        orders=orders,
        place=lead.place,
        windows=_windows(orders, day, depot.timezone),
        service_s=_service(orders, depot.service_s),
        delivery=delivery,
        collection=collection,
        skills=skills,
        priority=max((order.priority for order in orders), key=_RANK.__getitem__),
        pickup=lead.pickup,
        label=lead.recipient,
        release_s=max(_elapsed(order.release_s, day, depot) for order in orders),
        late_per_min=lead.late_per_min if all(order.late_per_min for order in orders) else 0,
        parking_s=max(order.parking_s for order in orders),
        not_drivers=frozenset[DriverId]().union(*(order.not_drivers for order in orders)),
        goods=frozenset[str]().union(*(order.goods for order in orders)),
        zone=lead.zone,
        known_by=lead.known_by,
    )


def on_roads(stop: Stop, lost: Mapping[Place, OffRoad]) -> Stop:
    """The stop on roads that do not reach the `lost` places; the same object if they mean the same to it."""
    away = None if stop.pin is None else lost.get(stop.pin)
    if away == stop.away:
        return stop
    return replace(stop, place=stop.pin if away is None else None, away=away)


def _elapsed(wall: int, day: dt.date, depot: Depot) -> int:
    return clock.wall_to_seconds(wall, day, depot.timezone) if wall else 0


def group_key(order: Order) -> tuple[object, ...]:
    """Orders with equal keys are one visit: same recipient, address, place, kind of service, windows and rules.

    What a stop would lose or hide of one of its orders keeps them apart: a zone or pickup would vanish, a soft
    window become hard or cheaper, goods that may not ride together never be seen beside each other, and what is
    ready wait for what is not. The drivers do not: a customer shuts one out for all he gets (the stop takes all of
    them), and a usual driver is a wish that is not worth a second visit. Nor does parking, which is the place's.
    """
    return (
        order.name.casefold(),
        order.company.casefold(),
        tuple(part.casefold() for part in order.address),
        order.place,
        order.kind,
        order.windows,
        order.day,
        order.pickup,
        order.release_s,
        order.late_per_min,
        order.goods,
        order.zone,
    )


def build(
    orders: Iterable[Order], day: dt.date, depot: Depot, lost: Mapping[Place, OffRoad] | None = None
) -> dict[StopId, Stop]:
    """All stops of a day, by id, in the order in which their first orders come. `lost`: see `on_roads`."""
    groups: dict[StopId, list[Order]] = {}
    for order in orders:
        groups.setdefault(order.stop, []).append(order)
    return {stop: on_roads(from_orders(tuple(group), day, depot), lost or {}) for stop, group in groups.items()}


def _windows(orders: tuple[Order, ...], day: dt.date, timezone: str) -> tuple[Window, ...]:
    shared = orders[0].windows
    for order in orders[1:]:
        shared = _intersect(shared, order.windows) or orders[0].windows
    return tuple(
        Window(clock.wall_to_seconds(w.start, day, timezone), clock.wall_to_seconds(w.end, day, timezone))
        for w in sorted(shared)
    )


def _intersect(a: tuple[Window, ...], b: tuple[Window, ...]) -> tuple[Window, ...]:
    if not a or not b:
        return a or b
    return tuple(
        Window(max(x.start, y.start), min(x.end, y.end))
        for x in a
        for y in b
        if max(x.start, y.start) < min(x.end, y.end)
    )


def _service(orders: tuple[Order, ...], default_s: int) -> int:
    times = [default_s if order.service_s is None else order.service_s for order in orders]
    longest = max(times)
    return longest + (sum(times) - longest) // 2
