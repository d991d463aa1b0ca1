"""What the map has besides roads: turn restrictions; and the ways split where they need it."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from town.model import Region, Restriction, Road

_KINDS: Final = ("no_left_turn", "no_right_turn", "no_left_turn")


def restrict(region: Region) -> None:
    """No left and no right turns from Lindmoor's main roads into side streets, and back."""
    meets: dict[int, list[Road]] = defaultdict(list)
    for road in region.roads:
        for node in road.nodes:
            if road.town == "Lindmoor":
                meets[node].append(road)
    found = 0
    for node, roads in sorted(meets.items()):
        main = [road for road in roads if road.kind == "primary" and node in road.nodes[2:-2]]
        side = [road for road in roads if road.kind == "residential" and node in (road.nodes[0], road.nodes[-1])]
        if found == len(_KINDS) or len(roads) != 2 or not main or not side or len(side[0].nodes) < 4:
            continue
        if any(one.via in main[0].nodes for one in region.restrictions):
            continue
        a, b = _split(region, main[0], node)
        before, after = region.points[a.nodes[-2]], region.points[node]
        away = side[0].nodes[1] if side[0].nodes[0] == node else side[0].nodes[-2]
        left = _left(before, after, region.points[away])
        start = a if left == _KINDS[found].endswith("left_turn") else b
        region.restrictions.append(Restriction(_KINDS[found], _index(region, start), node, _index(region, side[0])))
        found += 1


def _split(region: Region, road: Road, node: int) -> tuple[Road, Road]:
    """The road becomes two that meet at a node."""
    at = road.nodes.index(node)
    rest = Road(road.kind, [], road.name, road.town, road.style, dict(road.tags), road.through, road.nodes[at:])
    road.nodes = road.nodes[: at + 1]
    region.roads.append(rest)
    return road, rest


def _index(region: Region, road: Road) -> int:
    return next(index for index, one in enumerate(region.roads) if one is road)


def _left(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]) > 0


def signals(region: Region) -> dict[int, dict[str, str]]:
    """Tags of nodes: traffic lights where main roads meet in towns, level crossings of the railway."""
    meets: dict[int, list[Road]] = defaultdict(list)
    for road in region.roads:
        for node in road.nodes:
            meets[node].append(road)
    found: dict[int, dict[str, str]] = {}
    for node, roads in meets.items():
        kinds = {road.kind for road in roads}
        if "rail" in kinds and len(kinds) > 1:
            found[node] = {"railway": "level_crossing"}
            continue
        main = {(road.kind, road.name) for road in roads if road.kind in ("primary", "secondary", "tertiary")}
        if len(main) > 1 and all(road.town and "junction" not in road.tags for road in roads):
            found[node] = {"highway": "traffic_signals"}
    return found
