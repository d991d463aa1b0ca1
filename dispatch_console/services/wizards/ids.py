"""Ids that a wizard may give away: it works on values, and only the store knows which are free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.services.orders import Counter

#: More vans than this do not meet in one draft (a meeting needs up to two stops).
_MEETINGS = 8


class Ids(NamedTuple):
    """Orders and stops for meetings and parts of orders, and a shift for whoever takes over a van."""

    orders: tuple[OrderId, ...]
    stops: tuple[StopId, ...]
    shift: ShiftId


def reserve(counter: Counter) -> Ids:
    """Enough for one draft; those not used are never used. Touches the database: not for the window's thread."""
    orders: Sequence[int] = counter.new_ids("order", 2 * _MEETINGS)
    stops: Sequence[int] = counter.new_ids("stop", 2 * _MEETINGS)
    return Ids(tuple(map(OrderId, orders)), tuple(map(StopId, stops)), ShiftId(counter.new_ids("shift", 1)[0]))
