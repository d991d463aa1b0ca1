"""The sketch under the routes until the region's pack is there: resources/sample/map.json, the town in few lines.

Shapes in degrees, coarse to fine: parks and built-up areas as polygons; water, railway and roads of three classes
as lines; names of towns. `ui/map/backdrop.py` says how they are read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from shapely import LineString, Polygon

from town import plan
from town.geometry import Point
from town.model import Region

#: km by which a line may be off, per kind; and what is too short to be drawn.
_COARSE: Final = {"parks": 0.03, "towns": 0.03, "lanes": 0.012, "streets": 0.008, "roads": 0.006, "rail": 0.01}
_SHORT: Final = {"lanes": 0.2, "streets": 0.11}
_ROADS: Final = frozenset({"trunk", "primary", "secondary"})
_TOWNS: Final = frozenset({"residential", "industrial", "retail"})


def draw(region: Region, path: Path) -> None:
    """Writes the sketch. The file is replaced."""
    shapes: dict[str, list[list[object]]] = {
        kind: [] for kind in ("parks", "towns", "water", "rail", "lanes", "streets", "roads", "names")
    }

    def add(kind: str, points: list[Point], *, closed: bool = False) -> None:
        shape = Polygon(points).exterior if closed else LineString(points)
        if shape.length >= _SHORT.get(kind, 0):
            line = shape.simplify(_COARSE.get(kind, 0.01)).coords
            shapes[kind].append([_degrees(point) for point in line][: -1 if closed else None])

    for area in region.areas:
        if area.tags.get("natural") == "wood" or "leisure" in area.tags:
            add("parks", area.shape, closed=True)
        elif area.tags.get("landuse") in _TOWNS:
            add("towns", area.shape, closed=True)
    add("water", next(line.shape for line in region.lines if line.tags["waterway"] == "river"))
    for road in region.roads:
        if road.kind not in ("track", "footway", "service") and "junction" not in road.tags:
            kind = "rail" if road.kind == "rail" else "streets" if road.town else "lanes"
            kind = "roads" if road.kind in _ROADS else kind
            add(kind, [region.points[node] for node in road.nodes])
    for town in plan.TOWNS:
        shapes["names"].append([town.name, *_degrees(town.at), int(town.share > 40)])
    path.write_text(json.dumps(shapes, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _degrees(point: Point) -> list[float]:
    lat, lon = plan.degrees(point)
    return [round(lat, 5), round(lon, 5)]
