"""Orders by hand: one function per action, each one named step of the history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from dispatch_console.domain import stops
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.orders import Address, DriverId, Order, OrderId, OrderKind, StopId
from dispatch_console.domain.places import Place, Quality
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.geocoding import addresses
from dispatch_console.services import pickups, travel
from dispatch_console.services.session import DaySession, for_good
from dispatch_console.store.store import Store
from dispatch_console.store.values import Found

__all__ = [
    "Found",
    "Known",
    "Numbers",
    "Store",
    "add",
    "customers",
    "driver_names",
    "edit",
    "free_reference",
    "known_place",
    "recall",
    "remove",
    "reserve",
]

#: What references of orders begin with that came by phone; an order system's own numbers never do.
BY_HAND = "P"


class Numbers(NamedTuple):
    """Ids that the store has never given out before."""

    order: OrderId
    stop: StopId


class Counter(Protocol):
    """Who gives out ids: the store."""

    def new_ids(self, kind: str, n: int) -> Sequence[int]: ...


def reserve(counter: Counter) -> Numbers:
    """Ids for one order and its stop. Touches the database: not for the window's thread."""
    return Numbers(OrderId(counter.new_ids("order", 1)[0]), StopId(counter.new_ids("stop", 1)[0]))


def customers(store: Store, depot: DepotId, text: str, most: int = 8) -> list[Found]:
    """Customers of earlier orders by name, phone, address or reference, each once with his newest order.

    Touches the database: not for the window's thread.
    """
    found: dict[tuple[str, str, str], Found] = {}
    for order in store.find_orders(depot, text, limit=10 * most):
        found.setdefault((order.recipient.casefold(), order.address.casefold(), order.phone), order)
    return list(found.values())[:most]


def recall(store: Store, depot: DepotId, found: Found) -> Order | None:
    """The whole of an order that a search found; None: it is gone. Touches the database."""
    return next((order for order in store.load_orders(depot, found.date) if order.id == found.order), None)


def driver_names(store: Store, depot: DepotId) -> dict[DriverId, str]:
    """All who drive for the depot, by name. Touches the database."""
    return {driver.id: driver.name for driver in store.load_fleet(depot).drivers}


class Known(NamedTuple):
    """A place that an address had before, and how good it is."""

    place: Place
    quality: Quality


def known_place(store: Store, address: Address, day: Day) -> Known | None:
    """The pin that the address book has for an address, else the place that an order of the day has there.

    Touches the database.
    """
    key = addresses.key(address)
    if not key:
        return None
    if pin := store.places_of([key]).get(key):
        return Known(pin, "pin")
    same = (o for o in day.orders.values() if o.place is not None and addresses.key(o.address) == key)
    return next((Known(o.place, o.place_quality or "file") for o in same if o.place is not None), None)


def free_reference(day: Day) -> str:
    """`P1`, `P2`, …: the first that no order of the day has."""
    taken = {order.reference for order in day.orders.values()}
    used = [int(found[1]) for ref in taken if (found := re.fullmatch(rf"{BY_HAND}(\d{{1,6}})", ref))]
    return f"{BY_HAND}{max(used, default=0) + 1}"


@for_good
def add(session: DaySession, order: Order, numbers: Numbers, initiator: object = None) -> Order:
    """Put a new order into the day: a visit of its own at the end of the pool. Returns it with its ids.

    UserError if its number is taken, or its goods cannot come on board where it says.
    """
    day = session.day
    _check_reference(day, order)
    made = replace(order, id=numbers.order, stop=numbers.stop, day=day.date)
    _check_pickup(day, None, made)
    pool = day.plan.pool
    change = PlanChange(
        f"New order {made.reference}",
        (Swap(pool, pool.with_stops((*pool.stops, made.stop))),),
        (Swap(None, made),),
    )
    session.apply(change, initiator, _travel(day, made))
    return made


@for_good
def edit(session: DaySession, order: Order, numbers: Numbers | None = None, initiator: object = None) -> Order:
    """Put `order` in the place of the one with its id. Returns it as it now stands.

    If its visit serves other orders too and the new values no longer fit them, it gets a visit of its own right
    behind, for which `numbers.stop` is the id. UserError if the order is gone, if an id is needed and missing, or
    if its goods cannot come on board where it says.
    """
    day = session.day
    before = day.orders.get(order.id)
    if before is None:
        raise UserError(f"The order {order.reference} is no longer part of this day.")
    if before.reference != order.reference:
        _check_reference(day, order)
    _check_pickup(day, before, order)
    routes: tuple[Swap[Route], ...] = ()
    if _leaves_its_stop(day, before, order):
        if numbers is None:
            raise UserError("This order shares its visit with others. Close the form, open it again, then save.")
        order = replace(order, stop=numbers.stop)
        routes = (_behind(day, before.stop, numbers.stop),)
    change = PlanChange(f"Edit {order.reference}", routes, (Swap(before, order),))
    session.apply(change, initiator, _travel(day, order))
    return order


def remove(session: DaySession, id: OrderId, initiator: object = None) -> str:
    """Take an order out of the day; with the last order of a visit, the visit. One undo brings all back.

    Returns what becomes of others that were picked up there, in a sentence; empty: none were. UserError if it is
    gone, or if two vans meet there.
    """
    day = session.day
    order = day.orders.get(id)
    if order is None:
        raise UserError("This order is no longer part of this day.")
    freed = pickups.let_go(day.orders.values(), {id})
    if order.kind is OrderKind.HANDOVER and freed:
        raise UserError("This is where two vans meet, no customer's order. Undo the hand-over, or move its stops.")
    routes: tuple[Swap[Route], ...] = ()
    if len(day.stops[order.stop].orders) == 1:
        route = day.plan.route(day.plan.where.get(order.stop, POOL))
        left = tuple(stop for stop in route.stops if stop != order.stop)
        routes = (Swap(route, route.with_stops(left)),)
    session.apply(PlanChange(f"Remove {order.reference}", routes, (Swap(order, None), *freed)), initiator)
    return pickups.said(freed)


def shares_stop(day: Day, order: Order) -> bool:
    """Whether the visit of this order serves others too."""
    stop = day.stops.get(order.stop)
    return stop is not None and len(stop.orders) > 1


def _leaves_its_stop(day: Day, before: Order, after: Order) -> bool:
    return shares_stop(day, before) and stops.group_key(before) != stops.group_key(after)


def _behind(day: Day, stop: StopId, new: StopId) -> Swap[Route]:
    route, at = day.position(stop)
    before = day.plan.route(route)
    return Swap(before, before.with_stops((*before.stops[: at + 1], new, *before.stops[at + 1 :])))


def _travel(day: Day, order: Order) -> TravelMatrix | None:
    return travel.for_pin(day, order.place) if order.place is not None else None


def _check_reference(day: Day, order: Order) -> None:
    if any(other.reference == order.reference for id, other in day.orders.items() if id != order.id):
        raise UserError(f"There is an order {order.reference} already on this day. Give this one another number.")


def _check_pickup(day: Day, before: Order | None, after: Order) -> None:
    """What stands already stays, whatever it is; what changes is looked at."""
    if not after.pickup or (before is not None and (before.pickup, before.kind) == (after.pickup, after.kind)):
        return
    fault = pickups.why_not(after, after.pickup, day.stops)
    if fault is not None:
        raise UserError(f"Picked up at: “{pickups.text(after, day.stops)}” {fault.message}.")
