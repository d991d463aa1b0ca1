"""Houses along the streets: odd numbers left, even ones right, now and then 11a or 12-14."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from typing import Final

from shapely import LineString, Polygon, STRtree, prepare

from town import plan
from town.country import Ground
from town.geometry import Point
from town.model import House, Region, Road

#: style → metres from one number to the next, from the road's middle to the front, width, depth
_MANNERS: Final = {
    "old": (15, 5.5, 10, 10), "terrace": (27, 7.5, 11, 10), "grid": (58, 10, 12, 10), "estate": (52, 10, 11, 11),
    "works": (95, 16, 46, 28), "yard": (40, 9, 18, 14), "hamlet": (60, 12, 14, 11), "": (44, 11, 13, 11),
}  # fmt: skip
_KINDS: Final = {"works": "industrial", "yard": "industrial", "terrace": "terrace", "old": "yes", "hamlet": "farm"}
_ROADS: Final = frozenset(
    {"primary", "secondary", "tertiary", "residential", "living_street", "unclassified", "service", "pedestrian"}
)


class Builder:
    """Sets houses beside roads, none on another's ground."""

    def __init__(self, region: Region, ground: Ground) -> None:
        self.region, self.ground, self.rng = region, ground, random.Random(1126)
        self.lines = [LineString([region.points[node] for node in road.nodes]) for road in region.roads]
        self.tree = STRtree(self.lines)
        self._water = ground.water.buffer(0.006)
        prepare(self._water)
        self._cells: dict[tuple[int, int], list[tuple[Point, float, Polygon]]] = defaultdict(list)
        self._numbers: dict[tuple[str, str], list[int]] = {}

    def build(self, hamlets: dict[str, Point]) -> None:
        for index, road in enumerate(self.region.roads):
            if not road.name or road.kind not in _ROADS or road.through or "maxheight" in road.tags:
                continue
            if road.town:
                self._street(index, road, road.town, road.style)
            elif road.kind in ("unclassified", "tertiary"):
                for name, at in hamlets.items():
                    if self.lines[index].distance(LineString([at, at])) < 0.3:
                        self._street(index, road, name, "hamlet", at)
                        break

    def _street(self, index: int, road: Road, town: str, style: str, near: Point | None = None) -> None:
        every, front, width, depth = _MANNERS[style]
        numbers = self._numbers.setdefault((town, road.name), [1, 2])
        line, rng = self.lines[index], self.rng
        for side in (0, 1):
            along = rng.uniform(0.004, 0.02) if road.name == "Dock Road" else rng.uniform(0.012, 0.03)
            while along < line.length - 0.01:
                a, b = line.interpolate(along - 0.002), line.interpolate(along + 0.002)
                w, d = width * rng.uniform(0.75, 1.2), depth * rng.uniform(0.8, 1.25)
                corners, middle = _beside((a.x, a.y), (b.x, b.y), side, front + rng.uniform(0, 3), w, d)
                if (near is None or math.dist(middle, near) < 0.3) and self._free(corners, middle):
                    self._set(road, town, style, corners, middle, self._number(numbers, side))
                along += (
                    every * rng.uniform(0.75, 1.3) / 1000 if style != "works" else max(w * 1.3, every * 0.8) / 1000
                )

    def _number(self, numbers: list[int], side: int) -> str:
        first = numbers[side]
        numbers[side] += 2
        chance = self.rng.random()
        if chance < 0.02:
            numbers[side] += 2
            return f"{first}-{first + 2}"
        if chance < 0.05 and first > 2:
            numbers[side] = first
            return f"{first - 2}a" if chance < 0.045 else f"{first - 2}b"
        if chance < 0.09:
            numbers[side] += 2  # a gap: one was pulled down
        return str(first)

    def _free(self, corners: list[Point], middle: Point) -> bool:
        shape = Polygon(corners)
        if self._water.intersects(shape):
            return False
        if len(self.tree.query(shape, predicate="dwithin", distance=0.004)):
            return False
        i, j = math.floor(middle[0] / 0.05), math.floor(middle[1] / 0.05)
        for di in (-1, 0, 1):
            for dj in (-1, 0, 1):
                for at, reach, there in self._cells[i + di, j + dj]:
                    if math.dist(at, middle) < reach + 0.04 and there.distance(shape) < 0.0012:
                        return False
        self._cells[i, j].append((middle, 0.03, shape))
        return True

    def _set(self, road: Road, town: str, style: str, corners: list[Point], at: Point, number: str) -> None:
        names = [
            house.number for house in self.region.houses[-3:] if (house.town, house.street) == (town, road.name)
        ]
        if number in names:
            return
        if style not in ("works", "yard") and self.rng.random() < 0.22:
            corners = []
        kind = _KINDS.get(style, "house" if self.rng.random() < 0.8 else "yes")
        self.region.houses.append(House(town, road.name, number, at, corners, kind))


def _beside(a: Point, b: Point, side: int, front: float, width: float, depth: float) -> tuple[list[Point], Point]:
    """Corners and middle of a building beside the road from `a` to `b`: 0 left, 1 right; metres."""
    length = math.dist(a, b) or 1.0
    dx, dy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    nx, ny = (-dy, dx) if side == 0 else (dy, -dx)
    x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2

    def corner(u: float, v: float) -> Point:
        return x + (dx * u + nx * v) / 1000, y + (dy * u + ny * v) / 1000

    half = width / 2
    corners = [corner(-half, front), corner(half, front), corner(half, front + depth), corner(-half, front + depth)]
    return corners, corner(0, front + depth / 2)


def postcode(town: str, at: Point) -> tuple[str, str]:
    """Postcode and town of a house; hamlets belong to the next town."""
    found = next((one for one in plan.TOWNS if one.name == town), None)
    if found is None:
        found = min(plan.TOWNS, key=lambda one: math.dist(one.at, at) - one.built)
        return found.postcode, town
    return found.postcode, town
