"""What an order asks of the plan, in words."""

from __future__ import annotations

from dispatch_console.domain.orders import Order
from dispatch_console.services.order_rule_fields import DriverNames, hhmm, minutes, named
from dispatch_console.services.pickups import Stops, text
from dispatch_console.ui import texts

_tr = texts.of("Asking")


_NOWHERE: Stops = {}


def of_order(order: Order, names: DriverNames, stops: Stops = _NOWHERE) -> list[str]:
    """`ready at 10:00`, `not with Ada Quill` …; nothing of what it does not ask. `stops`: the day's, if known."""
    there = order.pickup in stops
    found = (
        (order.pickup, _tr("picked up at {text}") if there else _tr("picked up on the way"), text(order, stops)),
        (order.release_s, _tr("ready at {text}"), hhmm(order.release_s)),
        (order.late_per_min, _tr("late: {text} a minute"), f"{order.late_per_min / 100:.2f}"),
        (order.parking_s, _tr("parking {text} min"), minutes(order.parking_s)),
        (order.zone, _tr("zone {text}"), order.zone),
        (order.goods, _tr("goods: {text}"), ", ".join(sorted(order.goods))),
        (order.not_drivers, _tr("not with {text}"), named(order.not_drivers, names)),
        (order.known_by, _tr("usual driver {text}"), named(order.known_by, names)),
    )
    return [words.format(text=shown) for asked, words, shown in found if asked]
