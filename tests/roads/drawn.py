"""A few shapes around a place, as an extract would hold them: what tiles and map are tried on without any file."""

from __future__ import annotations

from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Box
from dispatch_console.roads.pack.extract import Layer, Props, Shapes
from dispatch_console.roads.tiles import building

NAME = "Saltby <b>${1}`"  # hostile on purpose: names come from strangers


def shapes(middle: Place, reach: float = 0.03) -> Shapes:
    """Two woods, one of them with a clearing and a park in it, a lake, a river, a street of two ways and a town."""
    drawn = Shapes()

    def at(east: float, north: float) -> tuple[float, float]:
        return middle.lon + east * reach, middle.lat + north * reach

    def box(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
        return [at(west, south), at(east, south), at(east, north), at(west, north)]

    _add(drawn.land, shapely.Polygon(box(-1, -1, 0, 0), [box(-0.8, -0.8, -0.6, -0.6)]), "wood", 8)
    _add(drawn.land, shapely.Polygon(box(-0.5, -0.5, -0.4, -0.4)), "green", 11)
    _add(
        drawn.land, shapely.Polygon([at(0.5, 0.5), at(0.9, 0.9), at(0.9, 0.5), at(0.5, 0.9)]), "wood", 8
    )  # crossed
    _add(drawn.water, shapely.Polygon(box(0.2, -0.4, 0.5, -0.1)), "lake", 8)
    _add(drawn.water, shapely.LineString([at(-2, 0.3), at(2, 0.35)]), "river", 8)
    _add(drawn.buildings, shapely.Polygon(box(0.01, 0.01, 0.02, 0.02)), "", 14)
    for ends in ((at(-2, 0.1), at(0, 0.1)), (at(0, 0.1), at(2, 0.1))):
        drawn.roads.add(
            shapely.to_wkb(shapely.LineString(ends), hex=True), (("kind", "residential"), ("name", "Long Row")), 12
        )
    _add(drawn.roads, shapely.LineString([at(0, -2), at(0, 2)]), "primary", 8)
    drawn.places.add(shapely.to_wkb(shapely.Point(at(0, 0)), hex=True), (("kind", "town"), ("name", NAME)), 8)
    return drawn


def box(middle: Place, reach: float = 0.03) -> Box:
    return Box(middle.lon - reach, middle.lat - reach, middle.lon + reach, middle.lat + reach)


def map_file(folder: Path, middle: Place) -> Path:
    path = folder / "map.pmtiles"
    building.build(shapes(middle), box(middle), path, "Saltby")
    return path


def _add(layer: Layer, shape: BaseGeometry, kind: str, zoom: int) -> None:
    props: Props = (("kind", kind),) if kind else ()
    layer.add(shapely.to_wkb(shape, hex=True), props, zoom)
