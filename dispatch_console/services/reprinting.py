"""Whose papers no longer say what he has to do. Apart from `manifests`: asking does not load what prints."""

from __future__ import annotations

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.manifests import differences
from dispatch_console.manifests.differences import MOVED_S, Difference

__all__ = ["MOVED_S", "Difference", "difference", "to_reprint"]


def difference(day: Day, route: ShiftId) -> Difference:
    """What is otherwise than on the sheet that the driver has with him on the road; false: nothing that he must
    know. Arrivals count from `MOVED_S` on."""
    return differences.of_route(day, route)


def to_reprint(day: Day) -> list[ShiftId]:
    """Routes under way, in lane order, whose last sheet says otherwise than the day: they get the changed sheet."""
    return [id for id in day.shifts if difference(day, id)]
