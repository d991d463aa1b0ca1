"""The region as an OpenStreetMap extract: nodes, ways and relations in order, no times, so always the same."""

from __future__ import annotations

from pathlib import Path

import osmium
import osmium.io
import osmium.osm
from osmium.osm.mutable import Node, Relation, Way

from town import plan
from town.geometry import Point
from town.houses import postcode
from town.model import Area, House, Region, Road
from town.specials import signals


class _Writer:
    def __init__(self) -> None:
        self.nodes: list[tuple[Point, dict[str, str]]] = []
        self.ways: list[tuple[list[int], dict[str, str]]] = []
        self.relations: list[tuple[dict[str, str], list[tuple[str, int, str]]]] = []

    def node(self, at: Point, tags: dict[str, str]) -> int:
        self.nodes.append((at, tags))
        return len(self.nodes)

    def way(self, nodes: list[int], tags: dict[str, str]) -> int:
        self.ways.append((nodes, tags))
        return len(self.ways)

    def ring(self, shape: list[Point], tags: dict[str, str]) -> int:
        nodes = [self.node(point, {}) for point in shape]
        return self.way([*nodes, nodes[0]], tags)


def to_pbf(region: Region, path: Path) -> None:
    """Writes the region. The file is replaced."""
    out = _Writer()
    lit = signals(region)
    used = {node for road in region.roads for node in road.nodes}
    number = {node: out.node(region.points[node], lit.get(node, {})) for node in sorted(used)}
    way_of = [out.way([number[node] for node in road.nodes], _road_tags(road)) for road in region.roads]
    for house in region.houses:
        _house(out, house)
    for area in region.areas:
        _area(out, area)
    for line in region.lines:
        out.way([out.node(point, {}) for point in line.shape], line.tags)
    for spot in region.spots:
        out.node(spot.at, spot.tags)
    for one in region.restrictions:
        members = [("w", way_of[one.start], "from"), ("n", number[one.via], "via"), ("w", way_of[one.end], "to")]
        out.relations.append(({"type": "restriction", "restriction": one.kind}, members))
    _write(out, path)


def _road_tags(road: Road) -> dict[str, str]:
    if road.kind == "rail":
        return {"railway": "rail"}
    return {"highway": road.kind, **({"name": road.name} if road.name else {}), **road.tags}


def _house(out: _Writer, house: House) -> None:
    code, city = postcode(house.town, house.at)
    tags = {"addr:street": house.street, "addr:housenumber": house.number, "addr:postcode": code, "addr:city": city}
    if house.corners:
        out.ring(house.corners, {"building": house.kind, **tags})
    else:
        out.node(house.at, tags)


def _area(out: _Writer, area: Area) -> None:
    if not area.holes:
        out.ring(area.shape, area.tags)
        return
    members = [("w", out.ring(area.shape, {}), "outer")]
    members += [("w", out.ring(hole, {}), "inner") for hole in area.holes]
    out.relations.append(({"type": "multipolygon", **area.tags}, members))


def _write(out: _Writer, path: Path) -> None:
    path.unlink(missing_ok=True)
    header = osmium.io.Header()
    header.set("generator", "packaging/town")
    places = [plan.degrees(at) for at, _ in out.nodes]
    box = osmium.osm.Box(
        min(lon for _, lon in places), min(lat for lat, _ in places),
        max(lon for _, lon in places), max(lat for lat, _ in places),
    )  # fmt: skip
    header.add_box(box)
    with osmium.SimpleWriter(str(path), header=header) as writer:
        for id, ((lat, lon), (_, tags)) in enumerate(zip(places, out.nodes, strict=True), 1):
            writer.add_node(Node(id=id, version=1, location=(lon, lat), tags=tags))
        for id, (nodes, tags) in enumerate(out.ways, 1):
            writer.add_way(Way(id=id, version=1, nodes=nodes, tags=tags))
        for id, (tags, members) in enumerate(out.relations, 1):
            writer.add_relation(Relation(id=id, version=1, members=members, tags=tags))
