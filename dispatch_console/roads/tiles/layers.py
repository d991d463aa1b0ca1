"""The shapes of an extract ready for cutting: projected, mended, joined where lines go on, largest areas first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from dispatch_console.domain.region import Box
from dispatch_console.roads.pack import extract
from dispatch_console.roads.tiles import sea
from dispatch_console.roads.tiles.mvt import Geoms, Ints, Props

#: Zooms of the tiles that are written. What is seen from 8 on is seen from the first one on.
FIRST, LAST = 6, 15
#: The last zoom without names of streets: lines of one kind are joined there, whatever they are called.
OVERVIEW: Final = 12

#: What `vector_layers` of a map file says of the layers: PMTiles' readers ask for it.
SCHEMA: Final[dict[str, dict[str, str]]] = {
    "land": {"kind": "String"},
    "water": {"kind": "String"},
    "waterways": {"kind": "String"},
    "buildings": {},
    "roads": {"kind": "String", "name": "String", "ref": "String", "link": "Number", "bridge": "Number",
              "tunnel": "Number"},
    "places": {"kind": "String", "name": "String"},
}  # fmt: skip

_OVERVIEW_PROPS: Final = ("kind", "link")
_DETAIL_PROPS: Final = ("kind", "name", "ref", "link", "bridge", "tunnel")
_WITH_REF: Final = ("motorway", "trunk", "primary")


class Layer(NamedTuple):
    """One layer for some zooms. `geoms` in units of the whole world, y from the north; `zooms`: where each begins.

    `props` are indices of `table`; `dimension` 0: points, 1: lines, 2: areas.
    """

    name: str
    dimension: int
    first: int
    last: int
    geoms: Geoms
    zooms: Ints
    props: Ints
    table: Sequence[Props]

    def only(self, which: NDArray[np.bool_]) -> Layer:
        return self._replace(geoms=self.geoms[which], zooms=self.zooms[which], props=self.props[which])


def from_shapes(shapes: extract.Shapes, box: Box) -> list[Layer]:
    """The layers in the order they stand in a tile. A layer with nothing in it is left out. `box`: how far the sea
    goes."""
    water, streams = _split(_read("water", _with_sea(shapes, box)))
    roads = _read("roads", shapes.roads)
    layers = [
        _areas(_read("land", shapes.land)),
        _areas(water),
        *_lines(streams._replace(name="waterways")),
        _areas(_read("buildings", shapes.buildings)),
        *_lines(roads),
        _read("places", shapes.places)._replace(dimension=0),
    ]
    return [layer for layer in layers if len(layer.geoms)]


def _with_sea(shapes: extract.Shapes, box: Box) -> extract.Layer:
    water = extract.Layer([*shapes.water.wkb], [*shapes.water.props], [*shapes.water.zoom])
    for area in sea.areas(shapely.from_wkb(np.array(shapes.coast.wkb, object)), box):
        water.add(shapely.to_wkb(area, hex=True), (("kind", "sea"),), FIRST)
    return water


def _read(name: str, layer: extract.Layer) -> Layer:
    geoms = shapely.transform(shapely.from_wkb(np.array(layer.wkb, object)), _mercator)
    zooms = np.array([FIRST if zoom <= 8 else zoom for zoom in layer.zoom], np.int64)
    numbers: dict[Props, int] = {}
    props = np.array([numbers.setdefault(said, len(numbers)) for said in layer.props], np.int64)
    return Layer(name, 2, FIRST, LAST, geoms, zooms, props, tuple(numbers))


def _mercator(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    sine = np.sin(np.radians(np.clip(degrees[:, 1], -85.0511, 85.0511)))
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return np.column_stack((degrees[:, 0] / 360 + 0.5, y))


def _split(layer: Layer) -> tuple[Layer, Layer]:
    """Areas and lines."""
    areas = shapely.get_dimensions(layer.geoms) == 2
    return layer.only(areas), layer.only(~areas)


def _areas(layer: Layer) -> Layer:
    """Mended, and the small ones after the large ones, so that a park is drawn on the town it lies in."""
    geoms: Any = layer.geoms.copy()
    broken = ~shapely.is_valid(geoms)
    geoms[broken] = shapely.make_valid(geoms[broken])
    order = np.argsort(-shapely.area(geoms), kind="stable")
    return layer._replace(geoms=geoms[order], zooms=layer.zooms[order], props=layer.props[order])


def _lines(layer: Layer) -> list[Layer]:
    """Once for the overview and once with all names."""
    return [
        _joined(layer, _OVERVIEW_PROPS)._replace(last=OVERVIEW),
        _joined(layer, _DETAIL_PROPS)._replace(first=OVERVIEW + 1),
    ]


def _joined(layer: Layer, keys: Sequence[str]) -> Layer:
    """Lines that go on in one of the same kind become one: casings have no seams, and names have room."""
    groups: dict[tuple[int, Props], int] = {}
    said = [_kept(props, keys) for props in layer.table]
    ids = np.array(
        [
            groups.setdefault((zoom, said[at]), len(groups))
            for zoom, at in zip(layer.zooms.tolist(), layer.props.tolist(), strict=True)
        ],
        np.int64,
    )
    order = np.argsort(ids, kind="stable")
    merged = shapely.line_merge(shapely.multilinestrings(layer.geoms[order], indices=ids[order]))
    parts, group = shapely.get_parts(merged, return_index=True)
    zooms = np.array([zoom for zoom, _ in groups], np.int64)
    return layer._replace(
        dimension=1, geoms=parts, zooms=zooms[group], props=group, table=[props for _, props in groups]
    )


def _kept(props: Props, keys: Sequence[str]) -> Props:
    kind = dict(props).get("kind")
    return tuple((key, value) for key, value in props if key in keys and (key != "ref" or kind in _WITH_REF))
