"""What a dispatcher says of the roads of a day: closed, to be avoided, slower than usual."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NewType

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Area

RoadChangeId = NewType("RoadChangeId", str)

#: Metres in a degree of latitude.
_DEGREE_M = 111_320.0
#: Corners of what stands for a circle.
_ROUND = 12
#: Slower by more than this many per cent is a road to be closed.
_SLOWEST = 900


@dataclass(frozen=True, slots=True)
class RoadChange:
    """An area with the days it counts on, the first and the last one included. `made`: when it was said (aware)."""

    id: RoadChangeId
    area: Area
    first: dt.date
    until: dt.date
    made: dt.datetime

    def counts_on(self, date: dt.date) -> bool:
        return self.first <= date <= self.until


def around(place: Place, metres: float) -> tuple[Place, ...]:
    """The corners of a circle around a place."""
    north = metres / _DEGREE_M
    east = north / max(0.01, math.cos(math.radians(place.lat)))
    turns = (2 * math.pi * i / _ROUND for i in range(_ROUND))
    return tuple(
        Place(round(place.lat + north * math.sin(t), 6), round(place.lon + east * math.cos(t), 6)) for t in turns
    )


def outline(places: Iterable[Place], metres: float) -> tuple[Place, ...]:
    """The corners of what holds all places with so much room around them, convex; empty for no place."""
    points = sorted({corner for place in places for corner in around(place, metres)})
    return (*_half(points), *_half(points[::-1]))


def check(area: Area, places: Sequence[Place]) -> None:
    """Raise UserError for what is no area, or leaves nothing of the day; `places`: the depot, then its stops."""
    corners = area.corners
    if len(set(corners)) < 3:
        raise UserError("An area needs three corners or more. Click them one after the other, then press Enter.")
    if _crosses_itself(corners):
        raise UserError("The outline of this area crosses itself. Draw it again, around and without crossings.")
    if area.kind == "slow":
        return
    if all(holds(corners, place) for place in places):
        raise UserError("This area holds the depot and every stop of the day. Draw a smaller one.")
    if area.kind == "closed" and holds(corners, places[0]):
        raise UserError("The depot lies in this area, so that no van could leave. Draw it around the depot.")


def slower_by(percent: int) -> float:
    """The factor of what takes so many per cent longer. Raises UserError."""
    if not 1 <= percent <= _SLOWEST:
        raise UserError(f"Slower by {percent} % is none. Write a number from 1 to {_SLOWEST}, such as 20.")
    return 1 + percent / 100


def percent(area: Area) -> int:
    """By how many per cent longer all takes in a slow area."""
    return round((area.factor - 1) * 100)


def holds(corners: Sequence[Place], place: Place) -> bool:
    """Whether a place lies within the corners."""
    inside = False
    for a, b in _edges(corners):
        if (a.lat > place.lat) != (b.lat > place.lat):
            inside ^= place.lon < a.lon + (place.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)
    return inside


def _edges(corners: Sequence[Place]) -> list[tuple[Place, Place]]:
    return list(zip(corners, (*corners[1:], corners[0]), strict=True))


def _crosses_itself(corners: Sequence[Place]) -> bool:
    edges = _edges(corners)
    return any(_cross(*one, *other) for one, other in combinations(edges, 2) if not {*one} & {*other})


def _cross(a: Place, b: Place, c: Place, d: Place) -> bool:
    """Whether the ways from a to b and from c to d meet."""
    apart = _turn(a, b, c) * _turn(a, b, d) > 0 or _turn(c, d, a) * _turn(c, d, b) > 0
    beside = max(a.lat, b.lat) < min(c.lat, d.lat) or max(c.lat, d.lat) < min(a.lat, b.lat)
    beside |= max(a.lon, b.lon) < min(c.lon, d.lon) or max(c.lon, d.lon) < min(a.lon, b.lon)
    return not (apart or beside)


def _turn(a: Place, b: Place, c: Place) -> float:
    """Above 0: left; below: right; 0: in a line."""
    return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon)


def _half(points: Sequence[Place]) -> list[Place]:
    """One side of the hull of sorted points, without its last corner (Andrew's monotone chain)."""
    hull: list[Place] = []
    for point in points:
        while len(hull) > 1 and _turn(hull[-2], hull[-1], point) <= 0:
            hull.pop()
        hull.append(point)
    return hull[:-1]
