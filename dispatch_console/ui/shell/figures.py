"""The figures of the status bar as texts, from a day. No Qt."""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.rules import Rule
from dispatch_console.ui.models import words

_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}
_PROVIDERS = {"estimate": "estimate"}


class Figures(NamedTuple):
    """Left and right part of the status bar; an empty text is not shown."""

    roads: str
    orders: str
    planned: str
    unassigned: str
    no_place: str
    drivers: str
    cost: str
    broken: str


def figures(day: Day) -> Figures:
    """What the status bar says of `day`. A day without orders says little."""
    present = sum(1 for shift in day.shifts.values() if not shift.absent)
    orders = words.count(len(day.orders), "order")
    if not day.orders:
        return Figures(_roads(day), orders, "", "", "", words.count(present, "driver"), "", "")
    pool = {order.id for stop in day.plan.pool.stops for order in day.stops[stop].orders}
    homeless = sum(1 for id in pool if day.orders[id].place is None)
    driven = [s for s in day.schedules.values() if s.visits]
    km = round(sum(s.drive_m for s in driven) / 1000)
    drivers = (
        f"{words.count(len(driven) or present, 'driver')} · {km:,} km" if driven else words.count(present, "driver")
    )
    return Figures(
        _roads(day),
        orders,
        f"{len(day.orders) - len(pool):,} planned",
        f"{len(pool) - homeless:,} unassigned" if len(pool) > homeless else "",
        f"{homeless:,} no place" if homeless else "",
        drivers,
        money(sum(s.cost for s in driven), day.depot.currency) if driven else "",
        broken(day),
    )


def broken(day: Day) -> str:
    """`2 late · 1 overloaded`; empty where no rule is broken."""
    late, over = day.late_stops, day.overloaded
    shown = {Rule.WINDOW, Rule.CAPACITY_KG, Rule.CAPACITY_M3, Rule.CAPACITY_PIECES, Rule.NO_PLACE}
    other = sum(1 for s in day.schedules.values() if any(b.rule not in shown for b in s.broken))
    parts = [
        f"{late} late" if late else "",
        f"{over} overloaded" if over else "",
        f"{other} {'route breaks' if other == 1 else 'routes break'} another rule" if other else "",
    ]
    return " · ".join(part for part in parts if part)


def money(cents: int, currency: str) -> str:
    """`€ 2,936`: whole units, the currency's sign or its code before."""
    return f"{_SYMBOLS.get(currency, currency)} {(cents + 50) // 100:,}"


def _roads(day: Day) -> str:
    name = day.travel.provider
    return f"roads: {_PROVIDERS.get(name, name)}"
