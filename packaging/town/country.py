"""The land between the towns: main roads with their bridges, country lanes and tracks, and what stops a road."""

from __future__ import annotations

import math
import random
from typing import Final

from shapely import LineString, Polygon, union_all
from shapely import Point as Dot
from shapely.geometry.base import BaseGeometry

from town import plan
from town.geometry import Point, bent, blob, circle, ribbon, wavy
from town.model import Road

#: Roads that may cross the river and bridge the railway.
LARGE: Final = frozenset({"trunk", "primary", "secondary"})
#: Of the special roads: tonnes of the weak bridge, metres under the two low ones.
WEAK, VAN_FITS, CAR_FITS = "7.5", "3.2", "2.6"
_RURAL: Final = {"trunk": "100", "primary": "80", "secondary": "80", "tertiary": "70"}


class Ground:
    """What is there before the streets: river, lake, railway, the towns' shapes."""

    def __init__(self) -> None:
        rng = random.Random(4100)
        middle = wavy(plan.RIVER, 10)
        self.river_line = middle
        self.river_shape = ribbon(
            middle, [0.035 + 0.05 * i / len(middle) + 0.006 * math.sin(i) for i in range(len(middle))]
        )
        self.brook = wavy(plan.BROOK, 8)
        self.lake_shape = blob(rng, plan.LAKE, 0.95, 0.3, 48)
        self.island_shape = blob(rng, plan.LAKE, 0.3, 0.2, 24)
        self.rail_line = wavy(plan.RAIL, 10)
        self.river = Polygon(self.river_shape).buffer(0)
        self.lake = Polygon(self.lake_shape, [self.island_shape])
        self.rail = LineString(self.rail_line)
        self.water: BaseGeometry = union_all([self.river, self.lake])
        self.towns = {town.name: _grown(rng, town) for town in plan.TOWNS}
        docks = Polygon(blob(rng, (1.62, -0.95), 0.72, 0.15))
        self.towns["Lindmoor"] = self.towns["Lindmoor"].union(docks)
        self.woods = [
            (Polygon(blob(rng, at, radius, rough * 1.9, 60)), name) for at, radius, rough, name in plan.WOODS
        ]
        self.wild: BaseGeometry = union_all([wood for wood, _ in self.woods])


def _grown(rng: random.Random, town: plan.Town) -> BaseGeometry:
    """A town's shape: a round middle, and where it grew outwards later."""
    parts = [Polygon(blob(rng, town.at, town.built * 0.86, 0.35, 60))]
    turn = rng.uniform(0, math.tau)
    for _ in range(4):
        turn += math.tau / 4 + rng.uniform(-0.5, 0.5)
        far = town.built * rng.uniform(0.6, 0.92)
        at = (town.x + math.cos(turn) * far, town.y + math.sin(turn) * far)
        parts.append(Polygon(blob(rng, at, town.built * rng.uniform(0.22, 0.42), 0.4, 24)))
    return union_all(parts).buffer(0.06).buffer(-0.06)


def pieces(shape: BaseGeometry, least: float = 0.004) -> list[LineString]:
    """The lines of at least `least` km in a geometry."""
    parts = getattr(shape, "geoms", [shape])
    return [part for part in parts if isinstance(part, LineString) and part.length >= least]


def points(line: BaseGeometry) -> list[Point]:
    return [(x, y) for x, y in line.coords]


def rings() -> tuple[list[Point], list[Point]]:
    """Around the old town, and around the middle of Lindmoor; closed."""
    rng = random.Random(77)
    inner, outer = blob(rng, (0, 0), plan.RING, 0.08, 36), blob(rng, (0, 0), plan.OUTER, 0.1, 60)
    return [*inner, inner[0]], [*outer, outer[0]]


def main_roads(ground: Ground) -> list[Road]:
    """All roads of `plan.MAIN`, Lindmoor's two rings and Dock Road; cut at town edges, bridges and roundabouts."""
    inner, outer = rings()
    old = Polygon(inner)
    found: list[Road] = []
    for kind, number, name, through in plan.MAIN:
        line = wavy(through)
        if math.dist(through[0], (0, 0)) < 0.5:
            line.insert(0, (through[0][0] * 0.8, through[0][1] * 0.8))
        tags = {"ref": number} if number else {}
        found += [
            Road(kind, points(part), name, tags=dict(tags)) for part in pieces(LineString(line).difference(old))
        ]
    found.append(Road("secondary", inner, "Wall Street", "Lindmoor", tags={"ref": "B1"}))
    found.append(Road("tertiary", outer, "Ring Road", "Lindmoor"))
    found.append(Road("tertiary", wavy(plan.DOCK), "Dock Road", "Lindmoor", "works"))
    found = _roundabouts(found)
    found = [part for road in found for part in _by_town(ground, road)]
    return [part for road in found for part in bridged(ground, road)]


def _roundabouts(roads: list[Road]) -> list[Road]:
    """Circles where the bypass and the ring road meet main roads, and in the middle of three towns."""
    lines = [(road, LineString(road.line)) for road in roads]
    centres: list[Point] = [town.at for town in plan.TOWNS if town.name in ("Thornley", "Fernhill", "Oakhaven")]
    for circling in ("Lindmoor Bypass", "Ring Road"):
        line = next(line for road, line in lines if road.name == circling)
        for road, other in lines:
            meets = circling == "Lindmoor Bypass" and road.kind in LARGE and road.name != circling
            if meets or road.kind == "primary":
                hit = line.intersection(other)
                ends = [] if not hit.is_empty else [Dot(line.coords[0]), Dot(line.coords[-1])]
                ends = [end for end in ends if other.distance(end) < 0.06]
                centres += [(dot.x, dot.y) for dot in [*getattr(hit, "geoms", [hit] * (not hit.is_empty)), *ends]]
    kept: list[Point] = []
    for centre in centres:
        if all(math.dist(centre, other) > 0.15 for other in kept):
            kept.append(centre)
    discs = {centre: circle(centre, 0.022, 12) for centre in kept}
    holes = union_all([Polygon(ring) for ring in discs.values()])
    cut = [
        Road(road.kind, points(part), road.name, road.town, road.style, dict(road.tags))
        for road, line in lines
        for part in pieces(line.difference(holes))
    ]
    round_ = {"junction": "roundabout", "oneway": "yes"}
    for centre, ring in discs.items():
        near = min(cut, key=lambda road: (LineString(road.line).distance(Dot(centre)), road.kind != "trunk"))
        cut.append(Road(near.kind, ring, tags=dict(round_), through=False))
    return cut


def _by_town(ground: Ground, road: Road) -> list[Road]:
    """The road, cut where it enters and leaves towns, with its speeds; in a town it is named for where it leads."""
    line = LineString(road.line)
    found: list[Road] = []
    if "junction" not in road.tags and road.kind != "trunk":
        for name, shape in ground.towns.items():
            for part in pieces(line.intersection(shape)):
                tags = {**road.tags, "maxspeed": "50"}
                found.append(Road(road.kind, points(part), road.name or "", name, road.style, tags))
            line = line.difference(shape)
    speed = "40" if "junction" in road.tags else _RURAL[road.kind]
    for part in pieces(line):
        found.append(Road(road.kind, points(part), road.name, "", road.style, {**road.tags, "maxspeed": speed}))
    return found


def bridged(ground: Ground, road: Road) -> list[Road]:
    """The road with bridges over the river, and over the railway if it is a large one."""
    line = LineString(road.line)
    over = ground.river.buffer(0.012)
    if road.kind in LARGE:
        over = over.union(ground.rail.buffer(0.016))
    crossing = line.intersection(over)
    low = line.intersection(ground.rail.buffer(0.016)) if road.name == "Ring Road" else LineString()
    found = [_like(road, part, {**road.tags, "maxheight": _height(part)}) for part in pieces(low)]
    line = line.difference(ground.rail.buffer(0.016)) if found else line
    found += [_like(road, part) for part in pieces(line.difference(over))]
    bridge = {**road.tags, "bridge": "yes", "layer": "1"}
    if road.name == "Brackwater Road" and road.kind == "tertiary":
        bridge["maxweight"] = WEAK
    return found + [_like(road, part, bridge) for part in pieces(crossing)]


def _height(under: LineString) -> str:
    """Two low bridges of the railway: one that a van fits under, one that only a car does."""
    return VAN_FITS if under.coords[0][1] > 0 else CAR_FITS


def _like(road: Road, line: LineString, bridge: dict[str, str] | None = None) -> Road:
    tags = dict(road.tags) if bridge is None else dict(bridge)
    return Road(road.kind, points(line), road.name, road.town, road.style, tags, through=bridge is not None)


def lanes(
    ground: Ground, mains: list[Road], gates: list[Point], names: list[str]
) -> tuple[list[Road], list[Point]]:
    """Country lanes and tracks: a Gabriel graph over points in the fields, gates of towns and main roads.

    Gives the lanes and the places of the hamlets on them.
    """
    rng = random.Random(1750)
    towns = union_all([shape.buffer(0.12) for shape in ground.towns.values()])
    inside = union_all([shape.buffer(-0.1) for shape in ground.towns.values()])
    blocked = union_all([ground.water.buffer(0.05), towns])
    trunk = union_all([LineString(road.line) for road in mains if road.kind == "trunk"])
    large = [LineString(road.line) for road in mains if road.kind in LARGE | {"tertiary"} and not road.town]
    fields: list[Point] = []
    for _ in range(6000):
        at = (rng.uniform(-13, 13), rng.uniform(-13, 13))
        if any(math.dist(at, other) <= 1.15 for other in fields) or blocked.contains(Dot(at)):
            continue
        if all(line.distance(Dot(at)) > 0.35 for line in large):
            fields.append(at)
    open_land = [at for at in fields if not ground.wild.contains(Dot(at)) and max(map(abs, at)) < 11.5]
    hamlets = open_land[3 : 3 + 4 * len(names) : 4]
    anchors: list[Point] = []
    for line in large:
        for step in range(1, int(line.length / 1.3) + 1):
            dot = line.interpolate(step * 1.3 - 0.4)
            anchors.append((dot.x, dot.y))
    ends = [*fields, *anchors, *gates]
    fixed = set(range(len(fields), len(ends)))
    found: list[Road] = []
    for a, b in _gabriel(ends):
        if (a in fixed and b in fixed and rng.random() < 0.7) or rng.random() < 0.08:
            continue
        line = bent(rng, ends[a], ends[b], 0.11)
        shape = LineString(line)
        if shape.length > 3.2 or shape.intersects(ground.water) or shape.intersects(trunk):
            continue
        if ground.wild.contains(Dot(line[len(line) // 2])):
            kind = "track"
        else:
            kind = rng.choices(["unclassified", "track", "tertiary"], [72, 22, 6])[0]
        if shape.intersection(inside).length > 0.25:
            continue
        tags = {"tracktype": "grade2"} if kind == "track" else {"maxspeed": "60"}
        found.append(Road(kind, line, "", tags=dict(tags)))
    return found, hamlets


def _gabriel(ends: list[Point]) -> list[tuple[int, int]]:
    """Pairs without a third point in the circle over them: neighbours, as lanes have them."""
    found: list[tuple[int, int]] = []
    for a, one in enumerate(ends):
        for b in range(a + 1, len(ends)):
            two = ends[b]
            length = math.dist(one, two)
            if not 0.15 < length < 3.0:
                continue
            middle = ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)
            if all(math.dist(middle, c) >= length / 2 * 0.999 for c in ends if c not in (one, two)):
                found.append((a, b))
    return found


_ISLAND_TAGS: Final = {"maxspeed": "20"}


def yard(roads: list[Road]) -> Road:
    """A private way off Dock Road, with houses: the only way to them. Where there is room for it."""
    dock = LineString(next(road.line for road in roads if road.name == "Dock Road"))
    others = union_all([LineString(road.line) for road in roads if road.name != "Dock Road"])
    along = 0.2
    while along < dock.length - 0.1:
        a, b = dock.interpolate(along), dock.interpolate(along + 0.01)
        for side in (1, -1):
            nx, ny = -(b.y - a.y) * side / 0.01, (b.x - a.x) * side / 0.01
            line = [
                (a.x + nx * t + ny * s, a.y + ny * t - nx * s)
                for t, s in ((0, 0), (0.03, 0), (0.06, 0.01), (0.1, 0.04))
            ]
            if others.distance(LineString(line)) > 0.03:
                return Road("service", line, "Foundry Yard", "Lindmoor", "yard", {"access": "private"})
        along += 0.01
    raise ValueError("there is no room for the private yard")


def island(ground: Ground) -> list[Road]:
    """Two lanes on the island in the lake, which no road reaches."""
    x, y = plan.LAKE
    holm = [(-0.19, -0.05), (-0.05, 0.03), (0.1, -0.02), (0.2, 0.04)]
    row = [(-0.05, 0.03), (0.0, 0.12), (0.06, 0.2)]
    return [
        Road(
            "residential", wavy([(x + a, y + b) for a, b in line]), name, "Northcote", "estate", dict(_ISLAND_TAGS)
        )
        for name, line in (("Holm Lane", holm), ("Reed Row", row))
    ]
