"""Places for orders that have none: a pin set by hand, and pins remembered from before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Order, StopId
from dispatch_console.domain.places import Place, is_valid
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.region import Hit
from dispatch_console.geocoding import addresses
from dispatch_console.services import finding_places, travel
from dispatch_console.services.session import DaySession, for_good
from dispatch_console.store.store import Store
from dispatch_console.store.values import PinSwap, WideChange


@for_good
def set_pin(session: DaySession, stop: StopId, place: Place, initiator: object = None) -> None:
    """Put the pin of `stop` at `place`, for every order of the day with the same address, as one step.

    The address book keeps the pin for good; undo takes it out again. UserError for a point off the earth.
    """
    if not is_valid(*place):
        raise UserError("This point is not on the map. Drop the pin on the map.")
    day = session.day
    if stop not in day.stops:
        raise UserError("This order is no longer part of this day.")
    ours = day.stops[stop].orders
    keys = {addresses.key(order.address) for order in ours} - {""}
    same = [o for o in day.orders.values() if o.stop == stop or addresses.key(o.address) in keys]
    label = f"Pin {ours[0].reference}" if len(same) == 1 else f"Pin {ours[0].reference} and {len(same) - 1} more"
    pins = tuple(PinSwap(key, _pin(ours, key), place) for key in sorted(keys))
    change = WideChange(label, orders=tuple(_placed(order, place) for order in same), pins=pins)
    session.apply(change, initiator, travel.for_pin(day, place))


def known_pins(store: Store, day: Day) -> dict[StopId, Place]:
    """Stops without a place whose address has a pin by now. Touches the database: not for the window's thread."""
    keys = {stop: addresses.key(day.stops[stop].order.address) for stop in day.without_place}
    pins = store.places_of(key for key in keys.values() if key)
    return {stop: pins[key] for stop, key in keys.items() if key in pins}


@for_good
def accept(session: DaySession, stop: StopId, hit: Hit, initiator: object = None) -> None:
    """The dispatcher says that `stop` is at a place that was found: from now on its pin. See `set_pin`."""
    set_pin(session, stop, hit.place, initiator)


@for_good
def use_found(session: DaySession, placed: Mapping[str, Hit], initiator: object = None) -> None:
    """Give the day's orders without a place those that `finding_places.unplaced` is certain of, as one step. Their
    quality says how they were found; the address book keeps none of them."""
    day = session.day
    swaps = finding_places.swaps(day, placed)
    if swaps:
        label = f"Places of {len(swaps)} order{'' if len(swaps) == 1 else 's'}"
        places = [swap.after.place for swap in swaps if swap.after is not None and swap.after.place is not None]
        session.apply(PlanChange(label, orders=swaps), initiator, travel.covering(day.travel, places))


@for_good
def use_known(session: DaySession, pins: Mapping[StopId, Place], initiator: object = None) -> None:
    """Give stops the places that `known_pins` found, as one step."""
    day = session.day
    still = {stop: place for stop, place in pins.items() if stop in day.stops and day.stops[stop].place is None}
    swaps = tuple(_placed(order, place) for stop, place in still.items() for order in day.stops[stop].orders)
    label = f"Pins of {len(still)} known address{'' if len(still) == 1 else 'es'}"
    session.apply(PlanChange(label, orders=swaps), initiator, travel.covering(day.travel, list(still.values())))


def _placed(order: Order, place: Place) -> Swap[Order]:
    return Swap(order, replace(order, place=place, place_quality="pin"))


def _pin(orders: tuple[Order, ...], key: str) -> Place | None:
    """The pin that the address book has for this address: orders take it from there."""
    return next((o.place for o in orders if o.place_quality == "pin" and addresses.key(o.address) == key), None)
