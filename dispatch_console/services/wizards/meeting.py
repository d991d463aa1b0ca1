"""Two vans meet and goods change over: a stop of the depot's own in the routes of both that drive there."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from dispatch_console.domain import clock, stops
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import DAY_S, Address, Order, OrderId, OrderKind, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.stops import Stop
from dispatch_console.services.wizards.whereabouts import near

#: Reloading takes so long, and so much more for each piece (25 pieces: 12 min).
RELOAD_S, PIECE_S = 120, 24
#: Times are agreed on the phone in steps of so much; who is not there so much later is late.
STEP_S, PATIENCE_S = 5 * 60, 30 * 60


class Meeting(NamedTuple):
    """`at`: the time agreed, seconds of the plan day; both are there by `ready`. `stops` change over.

    `stop` is the taker's stop; `giver_stop` that of who gives, 0 if he stands there already (or it is the depot).
    `carried`: goods change vans; else the drivers do, and there is nothing to count.
    """

    giver: ShiftId
    taker: ShiftId
    place: Place
    at: int
    ready: int
    stop: StopId
    giver_stop: StopId
    stops: tuple[StopId, ...]
    pieces: int
    carried: bool = True


def of_day(day: Day) -> list[Meeting]:
    """All hand-overs that the plan holds, in lane order. Who comes back to the depot for goods meets nobody."""
    found: list[Meeting] = []
    for route in day.routes:
        for at, id in enumerate(route.stops):
            stop = day.stops[id]
            given = tuple(s for s in route.stops if day.stops[s].pickup == id)
            if stop.order.kind is not OrderKind.HANDOVER or not given or stop.place == day.depot.place:
                continue
            giver = _giver(day, route.id, given[0])
            if giver is None:
                continue
            visit = day.schedules[route.id].visits[at]
            other = _meets_at(day, giver, stop.place)
            pieces = sum(day.stops[s].delivery.pieces for s in given)
            carried = not _change_vans(day, giver, other)
            assert stop.place is not None, "a meeting has a place"
            meeting = Meeting(
                giver, route.id, stop.place, visit.begin, visit.arrive, id, other, given, pieces, carried
            )
            found.append(meeting)
    return found


def _giver(day: Day, taker: ShiftId, stop: StopId) -> ShiftId | None:
    """Who was to bring the goods of a stop when the plan was approved."""
    planned = day.baseline.stops.get(stop) if day.baseline is not None else None
    return planned.route if planned is not None and planned.route != taker and planned.route in day.shifts else None


def _meets_at(day: Day, route: ShiftId, place: Place | None) -> StopId:
    stops = day.plan.route(route).stops
    meets = (s for s in stops if day.stops[s].order.kind is OrderKind.HANDOVER and day.stops[s].place == place)
    return next(meets, StopId(0))


def _change_vans(day: Day, giver: ShiftId, meets: StopId) -> bool:
    """Whether who gives takes over the other's goods at the same meeting: then the drivers change vans."""
    return bool(meets) and any(day.stops[s].pickup == meets for s in day.plan.route(giver).stops)


def agreed(ready: int) -> Window:
    """The next round time at which both can be there, seconds of the plan day; and how long one waits."""
    at = -(-ready // STEP_S) * STEP_S
    return Window(at, at + PATIENCE_S)


def from_then_on(ready: int) -> Window:
    """For a place where somebody always is."""
    return Window(ready, ready + 2 * DAY_S)


def service_s(pieces: int) -> int:
    return RELOAD_S + PIECE_S * pieces


def order(
    day: Day,
    ids: tuple[OrderId, StopId],
    place: Place,
    window: Window,
    given: Size,
    *,
    name: str,
    phone: str = "",
    size: Size | None = None,
    taken: int = 0,
) -> Order:
    """The order that stands for a meeting. `window` is of the plan day, `given` what changes over.

    `size` is what the van has on board for it until then (who gives); None: nothing (who takes).
    `taken`: how many meetings of this draft have their number already.
    """
    return Order(
        reference=_reference(day, taken),
        id=ids[0],
        stop=ids[1],
        kind=OrderKind.HANDOVER,
        name=name,
        phone=phone,
        address=address_at(day, place),
        place=place,
        place_quality="pin",
        day=day.date,
        windows=(Window(wall(day, window.start), wall(day, window.end)),),
        service_s=service_s(given.pieces),
        size=size or Size(),
    )


def moved(order: Order, window: Window, day: Day) -> Order:
    """The order of a meeting at another time, `window` of the plan day."""
    return replace(order, windows=(Window(wall(day, window.start), wall(day, window.end)),))


def stop_of(order: Order, day: Day) -> Stop:
    return stops.from_orders((order,), day.date, day.depot)


def with_pickup(stop: Stop, pickup: StopId) -> Stop:
    """The stop, its goods coming on board at `pickup` (0: at the start)."""
    return replace(stop, orders=tuple(replace(one, pickup=pickup) for one in stop.orders), pickup=pickup)


def address_at(day: Day, place: Place) -> Address:
    """The address of a stop at the place, or the depot's; else where that is near."""
    found = next((one.address for one in day.orders.values() if one.place == place and one.address.street), None)
    return found or near(day, place)


def _reference(day: Day, taken: int) -> str:
    used = {one.reference for one in day.orders.values()}
    free = (f"M{n}" for n in range(1, len(used) + taken + 2) if f"M{n}" not in used)
    return [next(free) for _ in range(taken + 1)][-1]


def wall(day: Day, seconds: int) -> int:
    """What the clock on the wall shows, counted on past midnight."""
    at = clock.to_instant(seconds, day.date, day.depot.timezone)
    return (at.date() - day.date).days * 86400 + at.hour * 3600 + at.minute * 60 + at.second
