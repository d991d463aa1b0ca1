"""Where roads meet: ends snap to the road they reach, crossings become junctions, what is cut off goes away."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable

from shapely import LineString, STRtree
from shapely import Point as Dot
from shapely.geometry.base import BaseGeometry

from town import plan
from town.geometry import Point
from town.model import Region, Road

#: In km: an end this near to a road meets it; junctions this near to each other are one.
SNAP, SAME = 0.009, 0.006
#: Roads that are not for cars (paths, the railway) take part, but do not carry anything.
NO_CARS = frozenset({"footway", "rail", "pedestrian"})


class Junctions:
    """Places where roads meet; near ones are the same."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Point]] = defaultdict(list)

    def at(self, point: Point) -> Point:
        """The junction at this place: a known one near by, else a new one."""
        i, j = math.floor(point[0] / SAME), math.floor(point[1] / SAME)
        near = [p for di in (-1, 0, 1) for dj in (-1, 0, 1) for p in self._cells[i + di, j + dj]]
        best = min(near, key=lambda p: math.dist(p, point), default=None)
        if best is not None and math.dist(best, point) < SAME:
            return best
        self._cells[i, j].append(point)
        return point


def join(roads: list[Road]) -> Region:
    """The region's roads with numbered nodes; those that no car can reach from most others are gone."""
    joints = Junctions()
    for road in roads:
        if road.tags.get("junction") == "roundabout":
            for point in road.line:
                joints.at(point)
    lines = [LineString(road.line) for road in roads]
    stops = _ends(roads, lines, joints)
    _crossings(roads, lines, joints, stops)
    region = Region(roads=roads)
    numbers: dict[tuple[float, float], int] = {}
    for index, road in enumerate(roads):
        for point in _with(road.line, lines[index], stops[index]):
            key = plan.degrees(point)
            number = numbers.setdefault(key, len(numbers) + 1)
            region.points.setdefault(number, plan.kilometres(*key))
            if not road.nodes or road.nodes[-1] != number:
                road.nodes.append(number)
    return region


def _ends(roads: list[Road], lines: list[LineString], joints: Junctions) -> list[list[tuple[float, Point]]]:
    """Per road its junctions as (km along it, place), so far those at ends."""
    tree = STRtree(lines)
    stops: list[list[tuple[float, Point]]] = [[] for _ in roads]
    for index, line in enumerate(lines):
        if roads[index].line[0] == roads[index].line[-1]:
            continue
        for at_end in (False, True):
            end = Dot(line.coords[-1 if at_end else 0])
            found: list[tuple[float, int]] = []
            for other in tree.query(end.buffer(SNAP)):
                if other != index and roads[other].kind != "rail" and roads[index].kind != "rail":
                    far = lines[other].distance(end)
                    if far <= SNAP:
                        found.append((round(far, 7), int(other)))
            if not found:
                continue
            _, other = min(found)
            along = lines[other].project(end)
            length = lines[other].length
            along = 0.0 if along < SAME else length if along > length - SAME else along
            foot = lines[other].interpolate(along)
            place = joints.at((foot.x, foot.y))
            stops[index].append((line.length if at_end else 0.0, place))
            stops[other].append((along, place))
            for _, third in sorted(found)[1:]:
                if lines[third].distance(Dot(place)) < SAME:
                    stops[third].append((lines[third].project(Dot(place)), place))
    return stops


def _crossings(
    roads: list[Road], lines: list[LineString], joints: Junctions, stops: list[list[tuple[float, Point]]]
) -> None:
    tree = STRtree(lines)
    pairs = sorted({(int(min(a, b)), int(max(a, b))) for a, b in tree.query(lines, "intersects").T if a != b})
    for a, b in pairs:
        if not _meet(roads[a], roads[b]):
            continue
        for dot in _dots(lines[a].intersection(lines[b])):
            place = joints.at(dot)
            for index in (a, b):
                stops[index].append((lines[index].project(Dot(place)), place))


def _meet(one: Road, two: Road) -> bool:
    if one.through or two.through:
        return False
    return not (
        "trunk" in (one.kind, two.kind) and "junction" not in {**one.tags, **two.tags} and one.kind != two.kind
    )


def _dots(shape: BaseGeometry) -> list[Point]:
    found: list[Point] = []
    for part in getattr(shape, "geoms", [shape]):
        if not part.is_empty:
            found += [(part.coords[0][0], part.coords[0][1])]
            if part.geom_type == "LineString":
                found += [(part.coords[-1][0], part.coords[-1][1])]
    return found


def _with(points: list[Point], line: LineString, stops: list[tuple[float, Point]]) -> list[Point]:
    """The road's points with its junctions among them; points too near to a junction give way."""
    far, marks = 0.0, []
    for index, point in enumerate(points):
        if index:
            far += math.dist(points[index - 1], point)
        marks.append((far, point))
    closed = points[0] == points[-1]
    kept = [
        mark for mark in marks if all(abs(mark[0] - at) > SAME and math.dist(mark[1], p) > SAME for at, p in stops)
    ]
    if closed and len(kept) > 2:  # a ring: it ends where it begins
        merged = sorted({*kept, *((at % line.length, p) for at, p in stops)})
        merged = [mark for k, mark in enumerate(merged) if k == 0 or mark[1] != merged[k - 1][1]]
        way = [point for _, point in merged]
        return way if way[0] == way[-1] else [*way, way[0]]
    return [point for _, point in sorted({*kept, *stops})]


# --- what hangs together ---


def components(roads: list[Road], cars: bool = True) -> dict[int, int]:
    """Which piece of the network a node is in: node → the smallest node of its piece."""
    parent: dict[int, int] = {}

    def find(node: int) -> int:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for road in roads:
        if cars and road.kind in NO_CARS:
            continue
        for a, b in zip(road.nodes, road.nodes[1:], strict=False):
            one, two = sorted((find(a), find(b)))
            parent[two] = one
    return {node: find(node) for node in list(parent)}


def prune(region: Region, keep: Callable[[Road], bool]) -> None:
    """Takes away what does not hang together with most roads, but what `keep` says, and roads without length."""
    piece = components(region.roads)
    sizes: dict[int, int] = defaultdict(int)
    for root in piece.values():
        sizes[root] += 1
    most = max(sizes, key=lambda root: (sizes[root], -root))

    def stays(road: Road) -> bool:
        if len(road.nodes) < 2:
            return False
        return road.kind in NO_CARS or keep(road) or piece[road.nodes[0]] == most

    region.roads = [road for road in region.roads if stays(road)]


def reachable(roads: list[Road], start: int, backwards: bool = False) -> set[int]:
    """The nodes that can be driven to from `start`, or from which it can be, one-ways obeyed."""
    steps: dict[int, list[int]] = defaultdict(list)
    for road in roads:
        if road.kind in NO_CARS:
            continue
        for a, b in zip(road.nodes, road.nodes[1:], strict=False):
            if backwards:
                a, b = b, a
            steps[a].append(b)
            if road.tags.get("oneway") != "yes":
                steps[b].append(a)
    seen, open_ = {start}, [start]
    while open_:
        for node in steps[open_.pop()]:
            if node not in seen:
                seen.add(node)
                open_.append(node)
    return seen


def open_oneways(region: Region) -> None:
    """Where a one-way street would trap or shut out anybody, it becomes an ordinary one."""
    start = next(road.nodes[0] for road in region.roads if road.kind == "primary" and not road.tags.get("oneway"))
    for _ in range(20):
        good = reachable(region.roads, start) & reachable(region.roads, start, True)
        wrong = [
            r
            for r in region.roads
            if r.tags.get("oneway") and "junction" not in r.tags and not good.issuperset(r.nodes)
        ]
        if not wrong:
            return
        for road in wrong:
            del road.tags["oneway"]
