"""The account of a day: what became of every order, and whether the cash is right."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.orders import NextKind, Order, OrderKind
from dispatch_console.domain.plan import POOL
from dispatch_console.services.debrief import cash

STATES = ("delivered", "partial", "rescheduled", "held", "returned", "cancelled", "open")

_BY_STEP = {
    NextKind.AGAIN: "rescheduled",
    NextKind.LATER_TODAY: "rescheduled",
    NextKind.HOLD: "held",
    NextKind.PICKUP_POINT: "held",
    NextKind.RETURN: "returned",
    NextKind.CANCEL: "cancelled",
}


def account(day: Day) -> dict[str, Any]:
    """`orders` and how many of them are in each of STATES (they add up); cash as text with two decimals;
    `moved_stops`: those that another driver had than was approved; `routes` that were driven; `facts` told."""
    states = Counter(state(day, order) for order in day.orders.values() if order.kind is not OrderKind.HANDOVER)
    due, counted = _cash(day)
    planned = day.baseline.stops if day.baseline is not None else {}
    moved = sum(1 for stop, at in planned.items() if day.plan.where.get(stop, POOL) != at.route)
    return {
        "orders": sum(states.values()),
        **{name: states[name] for name in STATES},
        "cod_expected": f"{due / 100:.2f}",
        "cod_counted": f"{counted / 100:.2f}",
        "moved_stops": moved,
        "routes": sum(1 for route in day.routes if route.stops),
        "facts": len(day.facts.entries),
    }


def state(day: Day, order: Order) -> str:
    """One of STATES: what was done of an order today, else what becomes of it."""
    told = day.facts.outcome(order.stop, order.id)
    if told is not None and told.kind in (FactKind.DELIVERED, FactKind.PARTIAL):
        return "delivered" if told.kind is FactKind.DELIVERED else "partial"
    return _BY_STEP[order.next.kind] if order.next is not None else "open"


def _cash(day: Day) -> tuple[int, int]:
    purses = [purse for route in day.routes for purse in cash.purses(day, route.id)]
    return sum(purse.due for purse in purses), sum(purse.counted or 0 for purse in purses)
