"""What a route costs, in integer cents, and what else it is weighed by. Each part is rounded half up by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dispatch_console.domain.basis import Basis
from dispatch_console.domain.fleet import Shift
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.visits import RouteSchedule, Visit


def cost(shift: Shift, paid_s: int, metres: int, end: int) -> int:
    """Cents of a route with a stop at all: fixed, by the hour and kilometre, and the overtime on top."""
    hour, km, fixed = shift.costs
    cents = fixed + (hour * paid_s + 1800) // 3600 + (km * metres + 500) // 1000
    if end > shift.end and shift.overtime_per_hour:
        cents += (shift.overtime_per_hour * (end - shift.end) + 1800) // 3600
    return cents


def late(visits: Sequence[Visit], basis: Basis) -> int:
    """Cents of lateness at stops that price it."""
    behind = ((basis.stops[visit.stop].late_per_min, visit.late_s) for visit in visits if visit.late_s)
    return sum((price * seconds + 30) // 60 for price, seconds in behind)


def soft(stops: Sequence[Stop], shift: Shift, paid_s: int, basis: Basis) -> int:
    """Cents of the weights; see `Weights`."""
    weights = basis.weights
    if not weights.of_routes or not stops:
        return 0
    strange = sum(1 for stop in stops if stop.known_by and shift.driver.id not in stop.known_by)
    away = sum(1 for stop in stops if stop.zone and stop.zone not in shift.zones) if shift.zones else 0
    hours = (weights.balance_hours * paid_s**2 + 6_480_000) // 12_960_000  # 3600² seconds² are an hour²
    return weights.unfamiliar * strange + weights.off_zone * away + hours + weights.balance_stops * len(stops) ** 2


class Extra(NamedTuple):
    """What a route costs beyond its hours, kilometres and fixed price, in seconds and cents; all but `soft`, the
    cents of the weights, is in its cost already. `overtime_s` is what is allowed of it: the rest breaks a rule.
    `late_s` is lateness that has a price."""

    overtime_s: int
    overtime: int
    late_s: int
    late: int
    soft: int


def parts(schedule: RouteSchedule, shift: Shift, basis: Basis) -> Extra:
    """All nothing for a route without stops."""
    if not schedule.visits:
        return Extra(0, 0, 0, 0, schedule.soft)
    after = max(0, schedule.end - shift.end)
    priced = sum(v.late_s for v in schedule.visits if v.late_s and basis.stops[v.stop].late_per_min)
    overtime = (shift.overtime_per_hour * after + 1800) // 3600
    return Extra(min(after, shift.overtime_s), overtime, priced, late(schedule.visits, basis), schedule.soft)
