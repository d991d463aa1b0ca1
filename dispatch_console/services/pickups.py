"""Goods that come on board on the way: an order names another one of its day, at whose stop they wait."""

from __future__ import annotations

from collections.abc import Mapping

from dispatch_console.domain.orders import Order, OrderKind, StopId
from dispatch_console.domain.stops import Stop
from dispatch_console.intake.notations import text as texts
from dispatch_console.intake.problems import Fault, Problem

type Stops = Mapping[StopId, Stop]

_MOST_OFFERS = 2


def text(order: Order, stops: Stops) -> str:
    """The order number that the form shows; `#17`: a stop that is not on this day any more; empty: the depot."""
    if not order.pickup:
        return ""
    stop = stops.get(order.pickup)
    return stop.order.reference if stop is not None else f"#{order.pickup}"


def read(typed: str, order: Order, stops: Stops) -> StopId | Fault:
    """The stop at which the order with that number is served; nothing typed: the depot (0)."""
    wanted = texts.clean(typed).casefold()
    if not wanted:
        return StopId(0)
    if wanted == order.reference.casefold():
        return Fault(Problem.MISSING_ADDRESS, "is this order itself")
    known = {one.reference.casefold(): (one.reference, id) for id, stop in stops.items() for one in stop.orders}
    if wanted not in known:
        close = sorted(shown for name, (shown, _) in known.items() if name.startswith(wanted))
        return Fault(Problem.MISSING_ADDRESS, "is no order of this day", tuple(close[:_MOST_OFFERS]))
    found = known[wanted][1]
    return why_not(order, found, stops) or found


def why_not(order: Order, pickup: StopId, stops: Stops) -> Fault | None:
    """Why the goods of `order` cannot come on board at a stop; None: they can."""
    stop = stops.get(pickup)
    if stop is None:
        return Fault(Problem.MISSING_ADDRESS, "is no order of this day")
    if pickup == order.stop:
        return Fault(Problem.MISSING_ADDRESS, "is at the same stop as this order")
    if order.kind is OrderKind.COLLECTION:
        return Fault(Problem.MISSING_ADDRESS, "cannot be: a collection comes on board at its own stop")
    if stop.pickup:
        source = stops.get(stop.pickup)
        instead = (source.order.reference,) if source is not None else ()
        return Fault(Problem.MISSING_ADDRESS, "is picked up elsewhere itself: name an order that is not", instead)
    mine = next((one for one in stops.values() if order.stop and one.pickup == order.stop), None)
    if mine is not None:
        said = f"cannot be: {mine.order.reference} is picked up at this order"
        return Fault(Problem.MISSING_ADDRESS, said)
    return None
