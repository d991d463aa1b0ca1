"""The streets of a town: its shape is parted into quarters by main roads, each laid out at one time in one manner.

Rows of streets run along a quarter's longest side, with cross streets set like bricks, so that most junctions have
three arms; estates have dead ends instead; the old town's lanes follow the cells of a Voronoi diagram.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from shapely import (
    LineString,
    MultiPoint,
    Polygon,
    oriented_envelope,
    polygonize,
    union_all,
    voronoi_polygons,
)
from shapely import (
    Point as Dot,
)
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from town import plan
from town.country import Ground, pieces, points
from town.geometry import Point, bent, turned
from town.model import Road
from town.names import Namer


@dataclass
class Quarter:
    """One quarter: its shape and its manner (old, terrace, grid, estate, works, park)."""

    shape: Polygon
    style: str
    town: str


class Builder:
    """Lays out one town. `roads` begin with the main roads that run through it."""

    def __init__(self, ground: Ground, town: plan.Town, mains: list[Road]) -> None:
        self.town, self.rng, self.namer = town, random.Random(f"streets of {town.name}"), Namer(town.name)
        self.quarters: list[Quarter] = []
        self.roads: list[Road] = []
        self.shape: BaseGeometry = ground.towns[town.name]
        for road in mains:
            if road.town == town.name and road.name:
                self.namer.take(road.name)
        barrier = union_all([ground.water.buffer(0.02), ground.rail.buffer(0.014)])
        lines = [LineString(road.line) for road in mains]
        self.known: BaseGeometry = union_all(lines)
        self.land = self.shape.difference(barrier)
        old = next((Polygon(road.line) for road in mains if road.name == "Wall Street"), Polygon())
        through = [LineString(_longer(road.line)) for road in mains]
        whole = union_all([self.land.boundary, *(line.intersection(self.land) for line in through)])
        faces = [face for face in polygonize([whole]).geoms if self.land.contains(face.representative_point())]
        for face in sorted(faces, key=lambda one: (round(one.centroid.x, 3), round(one.centroid.y, 3))):
            if face.area > 0.0015:
                self._quarter(face, old)

    def _quarter(self, face: Polygon, old: Polygon, depth: int = 0) -> None:
        if old.contains(face.representative_point()):
            return self._fill(Quarter(face, "old", self.town.name))
        far = math.dist((face.centroid.x, face.centroid.y), self.town.at) / self.town.built
        docks = self.town.name == "Lindmoor" and face.centroid.x > 0.75 and face.centroid.y < -0.35
        if face.area > (0.1 + 0.17 * far) * self.rng.uniform(0.9, 1.5):
            chord = self._chord(face)
            if chord is not None and depth < 9:
                kind = "tertiary" if depth == 0 and face.area > 0.4 else "residential"
                self._add(kind, chord, "street", "works" if docks else "grid")
                halves = polygonize([union_all([face.boundary, LineString(_longer(points(chord)))])]).geoms
                halves = [half for half in halves if face.contains(half.representative_point())]
                for half in sorted(halves, key=lambda one: one.centroid.x):
                    self._quarter(half, old, depth + 1)
                return None
        if docks:
            style = "works"
        elif self.rng.random() < 0.07 and face.area > 0.02:
            style = "park"
        elif far > 0.75 and self.rng.random() < 0.12:
            style = "works"
        else:
            style = "terrace" if far < 0.45 else self.rng.choices(["grid", "estate"], [45, 55])[0]
        return self._fill(Quarter(face, style, self.town.name))

    def _chord(self, face: Polygon) -> LineString | None:
        """A road across the quarter's shorter way, slightly bent."""
        corners = points(oriented_envelope(face).exterior)
        long, short = sorted(
            ((corners[0], corners[1]), (corners[1], corners[2])), key=lambda side: -math.dist(*side)
        )
        dx, dy = short[1][0] - short[0][0], short[1][1] - short[0][1]
        slide = self.rng.uniform(-0.12, 0.12)
        x = face.centroid.x + (long[1][0] - long[0][0]) * slide
        y = face.centroid.y + (long[1][1] - long[0][1]) * slide
        a, b = (
            turned((x + dx * side, y + dy * side), self.rng.uniform(-0.12, 0.12), (x, y)) for side in (-1.1, 1.1)
        )
        parts = pieces(LineString(bent(self.rng, a, b, 0.05, 0.06)).intersection(face), 0.1)
        return min(parts, key=lambda part: part.distance(Dot(x, y)), default=None)

    def _fill(self, quarter: Quarter) -> None:
        self.quarters.append(quarter)
        if quarter.style == "old":
            self._old(quarter.shape)
        elif quarter.style == "park":
            self._park(quarter.shape)
        elif quarter.shape.area > 0.008:
            self._rows(quarter)

    # --- manners ---

    def _old(self, shape: Polygon) -> None:
        """Crooked lanes around a market."""
        west, south, east, north = shape.bounds
        dots: list[Point] = [(0.0, 0.0)]
        for _ in range(900):
            at = (self.rng.uniform(west, east), self.rng.uniform(south, north))
            least = self.rng.uniform(0.045, 0.1)
            if all(math.dist(at, other) > (0.09 if other == (0.0, 0.0) else least) for other in dots):
                dots.append(at)
        cells = voronoi_polygons(MultiPoint(dots), extend_to=shape, only_edges=True)
        lanes = union_all(pieces(cells.intersection(shape), 0.001))
        edges = [points(part) for part in pieces(lanes, 0.001) if self.rng.random() > 0.07]
        edges.sort(key=lambda edge: (round(edge[0][0], 6), round(edge[0][1], 6), round(edge[-1][0], 6)))
        for number, chain in enumerate(_chains(edges)):
            length = LineString(chain).length
            kind = (
                "residential" if length > 0.16 else self.rng.choices(["living_street", "pedestrian"], [80, 20])[0]
            )
            road = self._add(kind, LineString(chain), "street" if length > 0.2 else "lane", "old")
            if length > 0.16 and number % 2 == 0:
                road.tags["oneway"] = "yes"

    def _park(self, shape: Polygon) -> None:
        chord = self._chord(shape)
        if chord is not None:
            self.roads.append(Road("footway", points(chord), "", self.town.name, "park"))

    def _rows(self, quarter: Quarter) -> None:
        """Rows of streets along the longest side, and what links them."""
        rng, shape, style = self.rng, quarter.shape, quarter.style
        spacing = {"terrace": 0.085, "grid": 0.105, "estate": 0.165, "works": 0.24}[style] * rng.uniform(0.92, 1.12)
        corners = points(oriented_envelope(shape).exterior)
        a, b = max(pairwise(corners), key=lambda side: math.dist(*side))
        angle = math.atan2(b[1] - a[1], b[0] - a[0]) + rng.uniform(-0.09, 0.09)
        centre: Point = (shape.centroid.x, shape.centroid.y)
        swing, wave, phase = rng.uniform(0.0, 0.035), rng.uniform(0.12, 0.3), rng.uniform(0, math.tau)
        reach = math.hypot(shape.bounds[2] - shape.bounds[0], shape.bounds[3] - shape.bounds[1]) / 2 + 0.05

        def at(u: float, v: float) -> Point:
            bend = swing * math.sin(u / wave + phase)
            return turned((centre[0] + u, centre[1] + v + bend), angle, centre)

        count = math.ceil(reach / spacing)
        offset = rng.uniform(-0.5, 0.5) * spacing
        levels = [offset + k * spacing + rng.uniform(-0.1, 0.1) * spacing for k in range(-count, count + 1)]
        inner = shape.buffer(-spacing * 0.42)
        for number, v in enumerate(levels):
            row = LineString([at(-reach + 0.05 * k, v) for k in range(int(2 * reach / 0.05) + 1)])
            for part in pieces(row.intersection(shape), 0.07):
                if part.intersection(inner).length > 0.5 * part.length:
                    road = self._add("residential", part, "street", style)
                    if style == "terrace" and rng.random() < 0.4:  # pairs: one way there, one way back
                        road.tags["oneway"] = "yes"
                        road.line = road.line[::-1] if number % 2 else road.line
        for low, high in pairwise(levels):
            self._links(quarter, at, (low, high), reach)

    def _links(
        self, quarter: Quarter, at: Callable[[float, float], Point], between: tuple[float, float], reach: float
    ) -> None:
        """Cross streets between two rows; on estates mostly dead ends."""
        rng, (low, high) = self.rng, between
        every = {"terrace": 0.19, "grid": 0.24, "estate": 0.12, "works": 0.4}[quarter.style]
        u = -reach + rng.uniform(0, every)
        while u < reach:
            full = quarter.style != "estate" or rng.random() < 0.3
            top = high if full else low + (high - low) * rng.uniform(0.45, 0.62)
            bottom = low
            if not full and rng.random() < 0.5:
                bottom, top = high, high - (top - low)
            lean = rng.uniform(-0.012, 0.012)
            line = LineString([at(u + lean * t, bottom + (top - bottom) * t) for t in (0, 0.5, 1)])
            for part in pieces(line.intersection(quarter.shape), 0.035):
                self._add("residential", part, "street" if full else "short", quarter.style)
            u += every * rng.uniform(0.75, 1.5)

    def _add(self, kind: str, line: LineString, name: str, style: str) -> Road:
        """Adds a street, cut back a little where it meets no road."""
        for reverse in (False, True):
            end = Dot(line.coords[-1 if reverse else 0])
            if self.known.distance(end) > 0.004 and style not in ("old", "estate") and line.length > 0.09:
                edge = self.land.boundary.distance(end) < 0.004
                if edge:
                    line = substring(line, 0, line.length - 0.03) if reverse else substring(line, 0.03, line.length)
        speed = {"tertiary": "50", "residential": "30", "living_street": "10"}.get(kind)
        road = Road(kind, points(line), self.namer.next(name), self.town.name, style)
        if speed:
            road.tags["maxspeed"] = speed
        if kind == "tertiary":
            self.known = union_all([self.known, line])
        self.roads.append(road)
        return road


def _longer(line: list[Point]) -> list[Point]:
    """The line with 3 m more at both ends: it surely crosses what it ended at."""
    ends: list[Point] = []
    for a, b in ((line[1], line[0]), (line[-2], line[-1])):
        t = 0.003 / max(0.001, math.dist(a, b))
        ends.append((b[0] + (b[0] - a[0]) * t, b[1] + (b[1] - a[1]) * t))
    return [ends[0], *line, ends[1]]


def _chains(edges: list[list[Point]]) -> list[list[Point]]:
    """Edges joined to streets: at each end the one that goes on straightest, up to 350 m."""
    left = dict(enumerate(edges))

    def longer(chain: list[Point]) -> bool:
        best: tuple[float, int, bool] | None = None
        for index, edge in left.items():
            for reverse in (False, True):
                first, second = (edge[-1], edge[-2]) if reverse else (edge[0], edge[1])
                if math.dist(first, chain[-1]) < 1e-6:
                    bend = abs(_turn(chain[-2], chain[-1], second))
                    if bend < 0.9 and (best is None or bend < best[0]):
                        best = (bend, index, reverse)
        if best is None:
            return False
        edge = left.pop(best[1])
        chain.extend((edge[::-1] if best[2] else edge)[1:])
        return True

    found: list[list[Point]] = []
    while left:
        chain = left.pop(next(iter(left)))
        for _ in range(2):
            while LineString(chain).length < 0.35 and longer(chain):
                pass
            chain.reverse()
        found.append(chain)
    return found


def _turn(a: Point, b: Point, c: Point) -> float:
    one, two = math.atan2(b[1] - a[1], b[0] - a[0]), math.atan2(c[1] - b[1], c[0] - b[0])
    return (two - one + math.pi) % math.tau - math.pi
