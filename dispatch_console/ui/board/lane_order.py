"""In which order the lanes stand."""

from __future__ import annotations

from typing import Literal

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Shift

Order = Literal["driver", "vehicle", "problems", "end"]

NAMES: dict[Order, str] = {
    "driver": "by driver",
    "vehicle": "by vehicle",
    "problems": "problems first",
    "end": "by end",
}


def ordered(day: Day, order: Order) -> list[Shift]:
    """The shifts of the day as lanes. Equal ones stay in the order of their slots."""
    shifts = list(day.shifts.values())
    if order == "vehicle":
        return sorted(shifts, key=lambda s: s.vehicle.name.casefold())
    if order == "problems":
        return sorted(shifts, key=lambda s: -len(day.schedules[s.id].broken))
    if order == "end":
        return sorted(shifts, key=lambda s: (not day.plan.route(s.id).stops, day.schedules[s.id].end))
    return shifts
