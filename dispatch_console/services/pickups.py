"""Goods that come on board on the way: an order names another one of its day, at whose stop they wait."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from dispatch_console.domain import saying
from dispatch_console.domain.orders import Order, OrderId, OrderKind, StopId
from dispatch_console.domain.plan import Swap
from dispatch_console.domain.stops import Stop
from dispatch_console.intake.notations import text as texts
from dispatch_console.intake.problems import Fault, Problem

type Stops = Mapping[StopId, Stop]

_MOST_OFFERS = 2
#: So many are named in a sentence; the rest is counted.
_MOST_NAMED = 4


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
        return Fault(Problem.MISSING_ADDRESS, "is no order number of this day", tuple(close[:_MOST_OFFERS]))
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


def let_go(orders: Iterable[Order], going: Collection[OrderId]) -> tuple[Swap[Order], ...]:
    """What changes of a day's `orders` where those with the ids `going` are served no more.

    Nobody stops any longer where all of them go, so the goods that would have come on board there come from the
    depot, like all for which nothing else is said.
    """
    every = tuple(orders)
    served = {order.stop for order in every if order.id not in going}
    left = {order.stop for order in every if order.id in going} - served
    waiting = (order for order in every if order.pickup in left and order.id not in going)
    return tuple(Swap(order, replace(order, pickup=StopId(0))) for order in waiting)


def said(freed: Iterable[Swap[Order]]) -> str:
    """`A3 and A5 were picked up there: their goods come from the depot now.`; empty: nobody was."""
    names = [swap.after.reference for swap in freed if swap.after is not None]
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} was picked up there: its goods come from the depot now."
    return f"{saying.listed(names, _MOST_NAMED)} were picked up there: their goods come from the depot now."
