"""The sketch of a meeting on its sheet: from where each driver comes, and where they meet; north up, no streets but
the roads they take.

In units of the drawing, 74 wide and 36 high; printed 60 mm wide, so a unit is 0.81 mm.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

import numpy as np

from dispatch_console.domain import driven
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderKind, StopId
from dispatch_console.domain.places import Place
from dispatch_console.manifests import ways as drawing
from dispatch_console.manifests.ways import STRAIGHT, Ways

WIDTH: Final = 74.0
HEIGHT: Final = 36.0
_EDGE_X, _EDGE_Y = 9.0, 11.0
_METRES_PER_DEGREE = 111_320.0
_SMALLEST_M = 200.0


class Arrival(NamedTuple):
    """A way to the meeting: from (x, y), with what is written there; `left`: the words stand left of the point.
    `line`: the road to the meeting; empty: it is drawn straight."""

    x: float
    y: float
    text: str
    left: bool
    line: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingSketch:
    x: float
    y: float
    ways: tuple[Arrival, ...]
    bar: float
    bar_text: str


def meeting_sketch(
    day: Day, giver: ShiftId, taker: ShiftId, stop: StopId, ways: Ways = STRAIGHT
) -> MeetingSketch | None:
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
    found = [_from(day, taker, stop, place)]
    if meets is not None:
        found.append(_from(day, giver, meets, place))
    middle = math.radians(place.lat)
    flat = [_flat(one, middle) for one in (place, *(p for p, _ in found))]
    roads = [[_flat(one, middle) for one in ways[p, place].line] if (p, place) in ways else [] for p, _ in found]
    xs, ys = zip(*chain(flat, *roads), strict=True)
    span = max(
        (max(xs) - min(xs)) / (WIDTH - 2 * _EDGE_X), (max(ys) - min(ys)) / (HEIGHT - 2 * _EDGE_Y), _SMALLEST_M / 30
    )
    cx, cy = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2

    def drawn(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        return [
            (round((x - cx) / span + WIDTH / 2, 2), round((y - cy) / span + HEIGHT / 2 + 2, 2)) for x, y in points
        ]

    at = drawn(flat)
    arrivals = tuple(
        Arrival(x, y, text, x > WIDTH / 2, _line((x, y), drawn(road), at[0]))
        for (x, y), (_, text), road in zip(at[1:], found, roads, strict=True)
        if (x, y) != at[0]
    )
    bar = _bar(span)
    return MeetingSketch(*at[0], arrivals, round(bar / span, 2), f"{bar // 1000} km" if bar >= 1000 else f"{bar} m")


def _line(
    start: tuple[float, float], road: list[tuple[float, float]], end: tuple[float, float]
) -> tuple[tuple[float, float], ...]:
    if not road:
        return ()
    (leg,) = drawing.legs(np.array([start, end]), [np.array(road)])
    return drawing.rounded(leg)


def _from(day: Day, route: ShiftId, stop: StopId, place: Place) -> tuple[Place, str]:
    """Where a driver comes from to the `place` of a stop, and in words."""
    at = day.plan.route(route).stops.index(stop)
    driver = day.shifts[route].driver.name.split()[0] if day.shifts[route].driver.name else ""
    points = driven.points(day, route)
    before = points[next(i for i, point in enumerate(points) if point.at == at) - 1]
    km = f"{day.travel.leg(before.place, place)[1] / 1000:.1f} km"
    if before.at is not None:
        return before.place, f"{driver}, from stop {before.at + 1}, {km}"
    return before.place, f"{driver}, from {'depot' if before.place == day.depot.place else 'start'}, {km}"


def _flat(place: Place, middle: float) -> tuple[float, float]:
    return place.lon * math.cos(middle) * _METRES_PER_DEGREE, -place.lat * _METRES_PER_DEGREE


def _bar(metres_a_unit: float) -> int:
    """The longest round distance in metres whose bar is at most 12 units."""
    rounds = [factor * 10**power for power in range(1, 7) for factor in (1, 2, 5)]
    return max((length for length in rounds if length <= 12 * metres_a_unit), default=10)
