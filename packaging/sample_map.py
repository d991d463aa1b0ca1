"""Draws the sketch map of the sample depot: resources/sample/map.json. Deterministic; `sample.py` calls it.

Land is the ground colour; the rest are shapes in degrees, coarse to fine: parks and built-up areas as polygons, the
river as a line of a width in metres, roads as lines of three classes, a railway, names of towns.
"""

from __future__ import annotations

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


def draw(path: Path, centre: Point, km_lat: float, km_lon: float, towns: list, street_of, streets: int) -> None:
    """`towns` as in `sample.TOWNS`; `street_of(town, index)` gives the end points of a street in km."""
    sketch = Sketch(centre, km_lat, km_lon)
    rng = random.Random(7)
    for town in towns:
        sketch.add("towns", blob(rng, (town[2], town[3]), town[4] * 1.06, 0.16))
        sketch.name(town[0], (town[2], town[3]), town[5] > 40)
        for index in range(streets):
            sketch.add("streets", list(street_of(town, index)))
        ring = blob(rng, (town[2], town[3]), town[4] * 0.62, 0.05)
        sketch.add("streets", [*ring, ring[0]])
    river = [(13, 13), (8.6, 7.6), (3.2, 5.2), (1.3, 1.8), (-1.6, -1.4), (-2.2, -5.6), (-0.6, -14)]
    sketch.add("water", wavy(rng, river, 0.5))
    sketch.add("rail", wavy(rng, [(-15, 3.6), (-6.5, 3.4), (-1.2, 0.6), (3.4, -3.8), (4.2, -14)], 0.25))
    for at, radius in (((-8.6, 9.6), 2.6), ((9.8, 9.9), 2.2), ((-9.6, -9.8), 2.3), ((10.2, -9.4), 2.0),
                       ((-2.7, -2.6), 0.8), ((3.5, 2.6), 0.8), ((3.3, -9.4), 0.9)):  # fmt: skip
        sketch.add("parks", blob(rng, at, radius, 0.28))
    for a, b in links(towns):
        sketch.add("roads", wavy(rng, [(a[2], a[3]), (b[2], b[3])], 0.5))
    for a, b in lanes(rng, towns):
        sketch.add("lanes", [a, b])
    sketch.write(path)


def links(towns: list) -> list[tuple]:
    """The main roads: from the first town to each, and around from each to its neighbour."""
    hub, around = towns[0], towns[1:]
    return [(hub, town) for town in around] + list(zip(around, [*around[1:], around[0]], strict=True))


def lanes(rng: random.Random, towns: list) -> list[tuple[Point, Point]]:
    """A web of country lanes: random crossings outside the towns, each tied to its three nearest."""
    points: list[Point] = []
    while len(points) < 150:
        point = (rng.uniform(-14, 14), rng.uniform(-14, 14))
        clear = all(math.dist(point, (t[2], t[3])) > t[4] * 0.9 for t in towns)
        if clear and all(math.dist(point, other) > 1.3 for other in points):
            points.append(point)
    points += [(t[2], t[3]) for t in towns[1:]]
    found = {
        tuple(sorted((a, b)))
        for a in points
        for b in sorted(points, key=lambda p, a=a: math.dist(a, p))[1:4]
        if math.dist(a, b) < 4
    }
    return sorted(found)


def blob(rng: random.Random, at: Point, radius: float, rough: float) -> list[Point]:
    """A closed round shape with soft bulges."""
    waves = [(k, rng.uniform(0, math.tau), rng.uniform(0, rough / k)) for k in (2, 3, 5)]
    shape = []
    for step in range(40):
        angle = math.tau * step / 40
        r = radius * (1 + sum(size * math.sin(k * angle + phase) for k, phase, size in waves))
        shape.append((at[0] + r * math.cos(angle), at[1] + r * math.sin(angle)))
    return shape


def wavy(rng: random.Random, through: list[Point], swing: float) -> list[Point]:
    """A smooth line through the points (Catmull-Rom), with a bend between neighbours if there are just two."""
    if len(through) == 2:
        (ax, ay), (bx, by) = through
        length = math.dist(*through)
        off = rng.uniform(-swing, swing)
        nx, ny = -(by - ay) / length, (bx - ax) / length
        through = [through[0], ((ax + bx) / 2 + nx * off, (ay + by) / 2 + ny * off), through[1]]
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
