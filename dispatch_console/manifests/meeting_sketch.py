"""The sketch of a meeting on its sheet: from where each driver comes, and where they meet; north up, no streets.

In units of the drawing, 74 wide and 36 high; printed 60 mm wide, so a unit is 0.81 mm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderKind, StopId
from dispatch_console.domain.places import Place

WIDTH: Final = 74.0
HEIGHT: Final = 36.0
_EDGE_X, _EDGE_Y = 9.0, 11.0
_METRES_PER_DEGREE = 111_320.0
_SMALLEST_M = 200.0


class Arrival(NamedTuple):
    """A way to the meeting: from (x, y), with what is written there; `left`: the words stand left of the point."""

    x: float
    y: float
    text: str
    left: bool


@dataclass(frozen=True, slots=True)
class MeetingSketch:
    x: float
    y: float
    ways: tuple[Arrival, ...]
    bar: float
    bar_text: str


def meeting_sketch(day: Day, giver: ShiftId, taker: ShiftId, stop: StopId) -> MeetingSketch | None:
    """None if the meeting has no place."""
    place = day.stops[stop].place
    if place is None:
        return None
    meets = next(
        (
            s
            for s in day.plan.route(giver).stops
            if day.stops[s].place == place and day.stops[s].order.kind is OrderKind.HANDOVER
        ),
        None,
    )
    found = [_from(day, taker, stop)]
    if meets is not None:
        found.append(_from(day, giver, meets))
    middle = math.radians(place.lat)
    flat = [_flat(one, middle) for one in (place, *(p for p, _ in found))]
    xs, ys = [x for x, _ in flat], [y for _, y in flat]
    span = max(
        (max(xs) - min(xs)) / (WIDTH - 2 * _EDGE_X), (max(ys) - min(ys)) / (HEIGHT - 2 * _EDGE_Y), _SMALLEST_M / 30
    )
    cx, cy = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    at = [(round((x - cx) / span + WIDTH / 2, 2), round((y - cy) / span + HEIGHT / 2 + 2, 2)) for x, y in flat]
    ways = tuple(
        Arrival(x, y, text, x > WIDTH / 2)
        for (x, y), (_, text) in zip(at[1:], found, strict=True)
        if (x, y) != at[0]
    )
    bar = _bar(span)
    return MeetingSketch(*at[0], ways, round(bar / span, 2), f"{bar // 1000} km" if bar >= 1000 else f"{bar} m")


def _from(day: Day, route: ShiftId, stop: StopId) -> tuple[Place, str]:
    """Where a driver comes from, and in words."""
    stops = day.plan.route(route).stops
    at = stops.index(stop)
    driver = day.shifts[route].driver.name.split()[0] if day.shifts[route].driver.name else ""
    visit = day.schedules[route].visits[at]
    km = f"{visit.drive_m / 1000:.1f} km"
    for back in range(at - 1, -1, -1):
        place = day.stops[stops[back]].place
        if place is not None:
            return place, f"{driver}, from stop {back + 1}, {km}"
    start = day.shifts[route].start_place
    return start, f"{driver}, from {'depot' if start == day.depot.place else 'start'}, {km}"


def _flat(place: Place, middle: float) -> tuple[float, float]:
    return place.lon * math.cos(middle) * _METRES_PER_DEGREE, -place.lat * _METRES_PER_DEGREE


def _bar(metres_a_unit: float) -> int:
    """The longest round distance in metres whose bar is at most 12 units."""
    rounds = [factor * 10**power for power in range(1, 7) for factor in (1, 2, 5)]
    return max((length for length in rounds if length <= 12 * metres_a_unit), default=10)
