"""The figures of the status bar as texts, from a day. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.orders import Order, OrderKind
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import RouteSchedule
from dispatch_console.services import preview, travel
from dispatch_console.ui.models import standing, words
from dispatch_console.ui.models.standing import Outcome


class Count(NamedTuple):
    """A figure of the left part, and the token of its ink."""

    text: str
    token: str = "tx2"


class Figures(NamedTuple):
    """Left and right part of the status bar; an empty text is not shown."""

    roads: str
    counts: tuple[Count, ...]
    drivers: str
    cost: str
    broken: str


def figures(day: Day) -> Figures:
    """What the status bar says of `day`. A day without orders says little."""
    present = sum(1 for shift in day.shifts.values() if not shift.absent)
    wanted = sum(1 for order in day.orders.values() if _is_wanted(order))
    orders = words.count(wanted, "order")
    if not day.orders:
        return Figures(_roads(day), (Count(orders),), words.count(present, "driver"), "", "")
    driven = [s for s in day.schedules.values() if s.visits]
    km = round(sum(s.drive_m for s in driven) / 1000)
    drivers = (
        f"{words.count(len(driven) or present, 'driver')} · {km:,} km" if driven else words.count(present, "driver")
    )
    return Figures(
        _roads(day),
        (Count(orders), *(_told(day) if is_running(day) else _planned(day)), *_pool(day)),
        drivers,
        _cost(day, driven) if driven else "",
        running_trouble(day) if is_running(day) else broken(day),
    )


def _cost(day: Day, driven: Sequence[RouteSchedule]) -> str:
    """`€ 1,402`, overtime and lateness included; `€ 1,402 + 38 soft` where weights say something."""
    cost, soft = sum(s.cost for s in driven), sum(s.soft for s in driven)
    text = words.money(cost, day.depot.currency)
    return f"{text} + {(soft + 50) // 100:,} soft" if soft else text


def is_running(day: Day) -> bool:
    """Whether a van has left."""
    return day.state not in (DayState.DRAFT, DayState.APPROVED)


def _is_wanted(order: Order) -> bool:
    """Whether a customer wants it: where two vans meet is nobody's order."""
    return order.kind is not OrderKind.HANDOVER


def _planned(day: Day) -> tuple[Count, ...]:
    pool = day.plan.pool
    planned = sum(1 for order in day.orders.values() if _is_wanted(order) and day.plan.where[order.stop] != pool.id)
    return (Count(f"{planned:,} planned"),)


def _pool(day: Day) -> list[Count]:
    every = (order for stop in day.plan.pool.stops for order in day.stops[stop].orders)
    pool = [order for order in every if _is_wanted(order)]
    homeless = sum(1 for order in pool if day.stops[order.stop].place is None)
    found = [Count(f"{len(pool) - homeless:,} unassigned")] if len(pool) > homeless else []
    return [*found, Count(f"{homeless:,} no place", "amb")] if homeless else found


def _told(day: Day) -> list[Count]:
    """`146 delivered · 7 failed · 7 at the door · 72 to do`, in orders; what is presumed stands by itself."""
    counted = Counter[Outcome]()
    for route in day.routes:
        for stop, outcome in zip(route.stops, standing.outcomes(day, route), strict=True):
            for order in day.stops[stop].orders:
                if not _is_wanted(order):
                    continue
                counted[standing.of_order(day.facts, stop, order.id, outcome)] += 1
    failed = sum(counted[outcome] for outcome in standing.UNDONE)
    figures = (
        (counted[Outcome.DONE], "delivered"),
        (counted[Outcome.PARTIAL], "partial"),
        (counted[Outcome.PRESUMED], "presumed"),
        (failed, "failed"),
        (counted[Outcome.AT_DOOR], "at the door"),
        (counted[Outcome.OPEN], "to do"),
    )
    return [Count(f"{number:,} {word}") for number, word in figures if number]


def running_trouble(day: Day) -> str:
    """`7 will be late · 1 van down`; only what can still be helped counts."""
    late = sum(
        1
        for timed in day.schedules.values()
        if timed.late_stops
        for visit in preview.will_be_late(day, timed)
        if not day.stops[visit.stop].late_per_min
    )
    down, sick = len(day.facts.down), len(day.facts.sick)
    parts = [
        f"{late} will be late" if late else "",
        words.count(down, "van down", "vans down") if down else "",
        words.count(sick, "driver sick", "drivers sick") if sick else "",
    ]
    return " · ".join(part for part in parts if part)


def broken(day: Day) -> str:
    """`2 late · 1 overloaded`; empty where no rule is broken."""
    late = sum(1 for s in day.schedules.values() for b in s.broken if b.rule is Rule.WINDOW)
    over = day.overloaded
    shown = {Rule.WINDOW, Rule.CAPACITY_KG, Rule.CAPACITY_M3, Rule.CAPACITY_PIECES, Rule.NO_PLACE}
    other = sum(1 for s in day.schedules.values() if any(b.rule not in shown for b in s.broken))
    parts = [
        f"{late} late" if late else "",
        f"{over} overloaded" if over else "",
        f"{other} {'route breaks' if other == 1 else 'routes break'} another rule" if other else "",
    ]
    return " · ".join(part for part in parts if part)


def _roads(day: Day) -> str:
    name = day.travel.provider
    said = travel.about(name)
    if "pack" in said:
        return f"roads: {said['pack'].rpartition('-')[0].replace('-', ' ').title()}, {said['class']}"
    if "service" in said:
        return f"roads: {said['service']} online, {said['class']}"
    return f"roads: {name}"
