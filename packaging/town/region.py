"""Draws the whole region, in the order in which such places grow."""

from __future__ import annotations

import math

from shapely import LineString
from shapely import Point as Dot

from town import houses, landuse, plan, specials
from town.country import Ground, island, lanes, main_roads, yard
from town.geometry import Point
from town.model import Region, Road
from town.names import Namer
from town.noding import join, open_oneways, prune
from town.quarters import Builder, Quarter

#: The streets of the island, which no road reaches.
ISLAND_STREETS = ("Holm Lane", "Reed Row")


def make() -> Region:
    """The region with everything on it. The same each time."""
    ground = Ground()
    roads, quarters, hamlets = _roads(ground)
    region = join(roads)
    prune(region, lambda road: road.name in ISLAND_STREETS and road.town == "Northcote")
    open_oneways(region)
    _country_names(region.roads, hamlets)
    specials.restrict(region)
    houses.Builder(region, ground).build(hamlets)
    landuse.lay(region, ground, quarters, hamlets)
    return region


def _roads(ground: Ground) -> tuple[list[Road], list[Quarter], dict[str, Point]]:
    mains = main_roads(ground)
    roads = list(mains)
    quarters: list[Quarter] = []
    for town in plan.TOWNS:
        builder = Builder(ground, town, mains)
        roads += builder.roads
        quarters += builder.quarters
    roads.append(yard(roads))
    country, spots = lanes(ground, mains, _gates(roads), list(plan.HAMLETS))
    rail = Road("rail", ground.rail_line)
    return [*roads, *country, *island(ground), rail], quarters, dict(zip(plan.HAMLETS, spots, strict=False))


def _gates(roads: list[Road]) -> list[Point]:
    """Ends of streets at the edges of each town, from which lanes lead out."""
    found: list[Point] = []
    for town in plan.TOWNS:
        streets = [road for road in roads if road.town == town.name and road.kind == "residential"]
        ends = [end for road in streets for end in (road.line[0], road.line[-1])]
        count = 7 if town.name == "Lindmoor" else 4
        for k in range(count):
            turn = math.tau * (k + 0.37) / count
            far = (town.x + math.cos(turn) * 9, town.y + math.sin(turn) * 9)
            found.append(min(ends, key=lambda end: (round(math.dist(end, far), 6), end)))
    return found


def _country_names(roads: list[Road], hamlets: dict[str, Point]) -> None:
    """Lanes near a hamlet are named, tracks and the rest are not."""
    namer = Namer("the country")
    for road in roads:
        if road.kind in ("unclassified", "tertiary") and not road.name and not road.town:
            line = LineString(road.line)
            if road.kind == "tertiary" or any(line.distance(Dot(at)) < 0.3 for at in hamlets.values()):
                road.name = namer.next("country")
