"""Depot days with many rules at once, drawn by seed from the shared day files and fleet, and what a plan of one is
worth: stops left out by rank, then cost, as `domain.schedule` counts it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fleet import Costs, DriverId, Shift, ShiftId, VehicleId
from dispatch_console.domain.orders import Order, Priority, StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.schedule import schedule
from dispatch_console.domain.sizes import Size

RANKS = (Priority.CRITICAL, Priority.HIGH, Priority.NORMAL, Priority.LOW)

Sequences = dict[ShiftId, tuple[StopId, ...]]


class Case(NamedTuple):
    """`fill`: the goods are scaled so that of each measure so much of the fleet's capacity is asked for; 0: as in
    the file, where they fill a quarter at most. `seed` draws priorities, skills and what further drivers cost."""

    stops: int
    drivers: int
    seed: int
    fill: float
    seconds: float

    @property
    def name(self) -> str:
        goods = f", goods fill {self.fill:.0%}" if self.fill else ""
        return f"{self.stops} stops, {self.drivers} drivers{goods} (draw {self.seed})"


CASES = (
    Case(300, 14, 1, 0, 30),
    Case(300, 14, 2, 0.55, 30),
    Case(300, 28, 3, 0.45, 30),
    Case(1000, 28, 4, 0, 60),
    Case(1000, 40, 5, 0, 60),
    Case(1000, 40, 6, 0.55, 60),
)


class Worth(NamedTuple):
    """Smaller is better. `missed`: stops left out, critical first; `cost` in cents."""

    missed: tuple[int, ...]
    cost: int


def vary(base: Day, case: Case) -> Day:
    """`base` with the draws of the case: priorities, skills, sizes, and as many drivers as it names."""
    draw = random.Random(case.seed)
    shifts = list(_fleet(list(base.shifts.values()), case.drivers, draw))
    skills = sorted(set[str]().union(*(shift.skills for shift in shifts)))
    orders = [_drawn(order, skills, draw) for order in base.orders.values()]
    if case.fill:
        orders = _filling(orders, shifts, case.fill)
    return open_day(base.depot, base.date, orders, shifts, base.travel)


def worth(day: Day, sequences: Mapping[ShiftId, Sequence[StopId]]) -> tuple[Worth, list[str]]:
    """(what a plan is worth, what is wrong with it: rules that it breaks, stops that stand in it twice)."""
    wrong: list[str] = []
    cost, served = 0, list[StopId]()
    for id, stops in sequences.items():
        timed = schedule(Route(id, tuple(stops)), day.shifts[id], day.basis)
        wrong.extend(f"{id}: {broken.rule} by {broken.by} at {broken.stop}" for broken in timed.broken)
        cost += timed.cost
        served.extend(stops)
    if len(served) != len(set(served)):
        wrong.append("some stops are served twice")
    left = [day.stops[stop].priority for stop in day.stops.keys() - set(served)]
    return Worth(tuple(left.count(rank) for rank in RANKS), cost), wrong


def _fleet(shifts: list[Shift], drivers: int, draw: random.Random) -> Iterable[Shift]:
    """The first `drivers` of the fleet's shifts over and over; further ones cost a little more or less."""
    for k in range(drivers):
        shift, number = shifts[k % len(shifts)], k + 1
        costs = shift.costs
        if k >= len(shifts):
            hour, fixed = draw.choice((-275, 0, 275)), draw.choice((-1000, 0, 1000))
            costs = Costs(costs.per_hour + hour, costs.per_km, costs.fixed + fixed)
        yield replace(
            shift,
            id=ShiftId(number),
            slot=number,
            driver=replace(shift.driver, id=DriverId(number)),
            vehicle=replace(shift.vehicle, id=VehicleId(number)),
            costs=costs,
        )


def _drawn(order: Order, skills: Sequence[str], draw: random.Random) -> Order:
    priority = draw.choices(RANKS, (3, 10, 67, 20))[0]
    needs = frozenset(draw.sample(skills, min(draw.choices((0, 1, 2), (86, 12, 2))[0], len(skills))))
    return replace(order, priority=priority, skills=tuple(sorted(needs)))


def _filling(orders: list[Order], shifts: list[Shift], fill: float) -> list[Order]:
    """The orders with so much more goods; none has more than the smallest van carries."""
    limits = [shift.vehicle.capacity for shift in shifts]
    room = [[limit[k] or 0 for limit in limits] for k in range(3)]
    asked = [max(1, sum(order.size[k] for order in orders)) for k in range(3)]
    more = [fill * sum(room[k]) / asked[k] for k in range(3)]

    def scaled(order: Order) -> Order:
        return replace(order, size=Size(*(min(round(order.size[k] * more[k]), *room[k]) for k in range(3))))

    return [scaled(order) for order in orders]
