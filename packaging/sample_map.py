"""Draws the sketch map of the sample depot: resources/sample/map.json. Deterministic; `sample.py` calls it.

Land is the ground colour; the rest are shapes in degrees, coarse to fine: parks and built-up areas as polygons, the
river as a line of a width in metres, roads as lines of three classes, a railway, names of towns.
"""

from __future__ import annotations

import heapq
import json
import math
import random
from pathlib import Path

Point = tuple[float, float]


class Sketch:
    """Collects shapes in km east and north of the centre; `write` turns them into degrees."""

    def __init__(self, centre: Point, km_lat: float, km_lon: float) -> None:
        self.centre, self.km_lat, self.km_lon = centre, km_lat, km_lon
        self.shapes: dict[str, list] = {
            key: [] for key in ("parks", "towns", "water", "rail", "lanes", "streets", "roads", "names")
        }

    def add(self, kind: str, points: list[Point]) -> None:
        self.shapes[kind].append([self.degrees(point) for point in points])

    def name(self, text: str, at: Point, big: bool) -> None:
        self.shapes["names"].append([text, *self.degrees(at), 1 if big else 0])

    def degrees(self, point: Point) -> list[float]:
        x, y = point
        return [round(self.centre[0] + y * self.km_lat, 5), round(self.centre[1] + x * self.km_lon, 5)]

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(self.shapes, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def draw(path: Path, centre: Point, km_lat: float, km_lon: float, towns: list) -> None:
    """`towns` as in `sample.TOWNS`."""
    sketch = Sketch(centre, km_lat, km_lon)
    rng = random.Random(7)
    for town in towns:
        shape = blob(rng, (town[2], town[3]), town[4] * 1.06, 0.34)
        sketch.add("towns", shape)
        sketch.name(town[0], (town[2], town[3]), town[5] > 40)
        for street in streets(rng, (town[2], town[3]), shape):
            sketch.add("streets", list(street))
    river = [(13, 13), (8.6, 7.6), (3.2, 5.2), (1.3, 1.8), (-1.6, -1.4), (-2.2, -5.6), (-0.6, -14)]
    sketch.add("water", wavy(river))
    sketch.add("rail", wavy([(-15, 3.6), (-6.5, 3.4), (-1.2, 0.6), (3.4, -3.8), (4.2, -14)]))
    parks: list[list[Point]] = []
    for at, radius in (((-8.6, 9.6), 2.6), ((9.8, 9.9), 2.2), ((-9.6, -9.8), 2.3), ((10.2, -9.4), 2.0),
                       ((-2.7, -2.6), 0.8), ((3.5, 2.6), 0.8), ((3.3, -9.4), 0.9)):  # fmt: skip
        parks.append(blob(rng, at, radius, 0.28))
        sketch.add("parks", parks[-1])
    web = lanes(rng, parks)
    for a, b in web:
        sketch.add("lanes", [a, b])
    for a, b in links(towns):
        sketch.add("roads", along(web, (a[2], a[3]), (b[2], b[3])))
    sketch.write(path)


def links(towns: list) -> list[tuple]:
    """The main roads: from the first town to each, and around from each to its neighbour."""
    hub, around = towns[0], towns[1:]
    return [(hub, town) for town in around] + list(zip(around, [*around[1:], around[0]], strict=True))


def web_of(rng: random.Random, span: float, step: float, kept: float) -> list[tuple[Point, Point]]:
    """A web of triangles of about `step` km from -`span` to `span`, shaken, with the share `kept` of its lines."""
    n = math.ceil(span / step) + 1
    at = {
        (i, j): (
            (i + j % 2 / 2 + rng.uniform(-0.28, 0.28)) * step,
            (j * 0.87 + rng.uniform(-0.26, 0.26)) * step,
        )
        for j in range(-n, n + 1)
        for i in range(-n, n + 1)
    }
    found: list[tuple[Point, Point]] = []
    for (i, j), point in at.items():
        for other in ((i + 1, j), (i + j % 2, j + 1), (i + j % 2 - 1, j + 1)):
            if other in at and rng.random() < kept:
                found.append((point, at[other]))
    return found


def lanes(rng: random.Random, parks: list[list[Point]]) -> list[tuple[Point, Point]]:
    """The web of country lanes, which leaves the parks alone."""
    found = web_of(rng, 15, 1.75, 0.84)
    return [(a, b) for a, b in found if not any(inside(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), p) for p in parks)]


def streets(rng: random.Random, middle: Point, shape: list[Point]) -> list[tuple[Point, Point]]:
    """The web of a town's streets, turned by chance, inside its built-up area."""
    turn = rng.uniform(0, math.pi)
    cos, sin = math.cos(turn), math.sin(turn)
    widest = max(math.dist(middle, point) for point in shape)

    def placed(point: Point) -> Point:
        return middle[0] + point[0] * cos - point[1] * sin, middle[1] + point[0] * sin + point[1] * cos

    found = [(placed(a), placed(b)) for a, b in web_of(rng, widest, 0.42, 0.72)]
    return [line for line in found if all(inside(point, shape) for point in line)]


def inside(point: Point, shape: list[Point]) -> bool:
    """Whether a closed shape holds a point (even-odd rule)."""
    x, y = point
    held = False
    for (ax, ay), (bx, by) in zip(shape, [*shape[1:], shape[0]], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            held = not held
    return held


def along(web: list[tuple[Point, Point]], start: Point, end: Point) -> list[Point]:
    """The shortest way over the lines of a web (Dijkstra), from and to the ends themselves."""
    ties: dict[Point, list[Point]] = {}
    for a, b in web:
        ties.setdefault(a, []).append(b)
        ties.setdefault(b, []).append(a)
    first, last = (min(ties, key=lambda p, q=q: math.dist(p, q)) for q in (start, end))
    came: dict[Point, Point] = {}
    best = {first: 0.0}
    heap = [(0.0, first)]
    while heap:
        so_far, point = heapq.heappop(heap)
        if point == last:
            break
        for other in ties[point]:
            length = so_far + math.dist(point, other)
            if length < best.get(other, math.inf):
                best[other], came[other] = length, point
                heapq.heappush(heap, (length, other))
    way = [last]
    while way[-1] != first:
        way.append(came[way[-1]])
    return [start, *reversed(way), end]


def blob(rng: random.Random, at: Point, radius: float, rough: float) -> list[Point]:
    """A closed round shape with soft bulges."""
    waves = [(k, rng.uniform(0, math.tau), rng.uniform(0, rough / k)) for k in (2, 3, 5)]
    shape = []
    for step in range(40):
        angle = math.tau * step / 40
        r = radius * (1 + sum(size * math.sin(k * angle + phase) for k, phase, size in waves))
        shape.append((at[0] + r * math.cos(angle), at[1] + r * math.sin(angle)))
    return shape


def wavy(through: list[Point]) -> list[Point]:
    """A smooth line through the points (Catmull-Rom)."""
    ends = [through[0], *through, through[-1]]
    line: list[Point] = []
    for p0, p1, p2, p3 in quads(ends):
        for step in range(12):
            t = step / 12
            line.append(tuple(
                0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
                for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
            ))  # fmt: skip
    return [*line, through[-1]]


def quads(points: list[Point]) -> list[tuple[Point, Point, Point, Point]]:
    return list(zip(points, points[1:], points[2:], points[3:], strict=False))
