"""What lies between the roads: built-up land, parks, woods, fields, water; names of places."""

from __future__ import annotations

import random
from typing import Final

from shapely import LineString, Polygon, polygonize, union_all
from shapely.geometry.base import BaseGeometry

from town import plan
from town.country import Ground, points
from town.model import Area, Region, Spot
from town.names import Namer
from town.quarters import Quarter

_SUBURBS: Final = (
    ("Old Town", 0.0, 0.12), ("Arle Docks", 1.6, -0.85), ("Westgate", -1.2, -0.35),
    ("Northgate", 0.35, 1.4), ("Southbank", 0.75, -1.35), ("Eastbank", 1.45, 0.75),
    ("Weavers' Field", -0.8, 1.35),
)  # fmt: skip


def lay(region: Region, ground: Ground, quarters: list[Quarter], hamlets: dict[str, tuple[float, float]]) -> None:
    """Adds all areas, water lines and named places to the region."""
    _built(region, ground, quarters)
    region.areas += [Area({"natural": "water", "water": "river", "name": plan.RIVER_NAME}, ground.river_shape)]
    lake = {"natural": "water", "water": "lake", "name": plan.LAKE_NAME}
    region.areas.append(Area(lake, ground.lake_shape, [ground.island_shape]))
    region.lines.append(Area({"waterway": "river", "name": plan.RIVER_NAME}, ground.river_line))
    region.lines.append(Area({"waterway": "stream", "name": plan.BROOK_NAME}, ground.brook))
    for wood, name in ground.woods:
        _add(region, {"natural": "wood", "name": name}, wood.difference(ground.water.buffer(0.01)), 0.012)
    _fields(region, ground)
    for town in plan.TOWNS:
        kind = "town" if town.name == "Lindmoor" else "village"
        region.spots.append(Spot(town.at, {"place": kind, "name": town.name, "postal_code": town.postcode}))
    region.spots += [Spot(at, {"place": "hamlet", "name": name}) for name, at in hamlets.items()]
    region.spots += [Spot((x, y), {"place": "suburb", "name": name}) for name, x, y in _SUBURBS]
    region.spots.append(Spot(plan.LAKE, {"place": "locality", "name": plan.ISLAND_NAME}))
    region.spots.append(Spot(plan.STATION, {"railway": "station", "name": "Lindmoor"}))


def _built(region: Region, ground: Ground, quarters: list[Quarter]) -> None:
    for town in plan.TOWNS:
        namer, rng = Namer(f"parks of {town.name}"), random.Random(town.postcode)
        mine = [quarter for quarter in quarters if quarter.town == town.name]
        works = union_all([quarter.shape for quarter in mine if quarter.style == "works"])
        old = union_all([quarter.shape for quarter in mine if quarter.style == "old"])
        parks = union_all([quarter.shape for quarter in mine if quarter.style == "park"])
        streets = [
            LineString([region.points[node] for node in road.nodes]).buffer(0.05, quad_segs=2)
            for road in region.roads
            if road.town == town.name and road.name not in ("Holm Lane", "Reed Row")
        ]
        whole = union_all(streets).buffer(0.035, quad_segs=2).buffer(-0.03, quad_segs=2)
        whole = whole.difference(union_all([ground.water.buffer(0.006), parks]))
        for use, shape in (("industrial", works), ("retail", old)):
            _add(region, {"landuse": use}, shape.buffer(0.01).intersection(whole), 0.006)
        _add(region, {"landuse": "residential"}, whole.difference(union_all([works, old])), 0.006)
        for quarter in mine:
            if quarter.style == "park":
                name = namer.next("street").rsplit(" ", 1)[0]
                tags = rng.choice(
                    [{"leisure": "park", "name": f"{name} Park"}, {"leisure": "park", "name": f"{name} Green"},
                     {"landuse": "allotments"}, {"landuse": "cemetery", "name": f"{name} Cemetery"}]
                )  # fmt: skip
                if quarter.shape.area > 0.06:
                    tags = {"leisure": "park", "name": f"{name} Park"}
                _add(region, tags, quarter.shape.buffer(-0.008), 0.003)


def _fields(region: Region, ground: Ground) -> None:
    """Some of the land between the lanes, as meadows and fields."""
    rng = random.Random(303)
    lines = [
        LineString([region.points[node] for node in road.nodes])
        for road in region.roads
        if not road.town and road.kind != "track" and len(road.nodes) > 1
    ]
    taken = union_all(
        [ground.wild.buffer(0.03), ground.water.buffer(0.03), *(t.buffer(0.05) for t in ground.towns.values())]
    )
    faces = polygonize([union_all(lines)]).geoms
    for face in sorted(faces, key=lambda one: (round(one.centroid.x, 3), round(one.centroid.y, 3))):
        use = rng.choices(["meadow", "farmland", ""], [25, 30, 45])[0]
        if use and face.area < 4:
            _add(region, {"landuse": use}, face.buffer(-0.02).difference(taken), 0.02)


def _add(region: Region, tags: dict[str, str], shape: BaseGeometry, coarse: float) -> None:
    """The polygons of a shape, with fewer points."""
    for part in getattr(shape.simplify(coarse), "geoms", [shape.simplify(coarse)]):
        if isinstance(part, Polygon) and part.area > 0.002:
            holes = [points(hole)[:-1] for hole in part.interiors if Polygon(hole).area > 0.002]
            region.areas.append(Area(dict(tags), points(part.exterior)[:-1], holes))
