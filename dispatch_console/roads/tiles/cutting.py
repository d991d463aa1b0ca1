"""Cuts layers into tiles: from the coarsest zoom down, each tile clips what its parent holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import shapely

from dispatch_console.roads.tiles.layers import FIRST, LAST, Layer
from dispatch_console.roads.tiles.mvt import EXTENT, Geoms, Shown, encode

#: Takes a tile: zoom, column, row, its bytes.
Emit = Callable[[int, int, int, bytes], None]
#: Told the share done, 0 to 1; may raise, to stop.
Progress = Callable[[float], None]

#: What a tile knows of its neighbours, as a share of its side: wide lines and names must not end at its edge.
_MARGIN: Final = 80 / EXTENT
#: A tile is 512 pixels wide on the screen. Areas below so many square pixels are left out.
_PIXELS: Final = 512
_LEAST: Final = {"land": 14.0, "water": 6.0, "buildings": 4.0}
#: How far a line may move, in units of a tile, when points are left out.
_ROUGH, _FINE, _FINEST = 3.0, 2.0, 1.0
#: Progress is told after each tile of this zoom.
_TOLD: Final = 11


def cut(layers: Sequence[Layer], emit: Emit, fill: Emit, progress: Progress = lambda done: None) -> None:
    """Hand every tile that shows something to `emit`, parents before their children; one that is nothing but water
    to `fill`, as all below it are like it."""
    if not layers:
        return
    bounds = np.array([shapely.total_bounds(layer.geoms) for layer in layers])
    side = 1 << FIRST
    low = np.clip(bounds[:, :2].min(axis=0) * side, 0, side - 1).astype(int)
    high = np.clip(bounds[:, 2:].max(axis=0) * side, 0, side - 1).astype(int)
    roots = [(x, y) for x in range(low[0], high[0] + 1) for y in range(low[1], high[1] + 1)]
    cutter = _Cutter(emit, fill, progress, len(roots))
    for column, row in roots:
        cutter.tile(FIRST, column, row, layers)


class _Cutter:
    def __init__(self, emit: Emit, fill: Emit, progress: Progress, roots: int) -> None:
        self._emit, self._fill, self._progress = emit, fill, progress
        self._share = 1.0 / roots
        self._done = 0.0

    def tile(self, zoom: int, column: int, row: int, layers: Sequence[Layer]) -> None:
        """This tile and all below it."""
        share = self._share / 4 ** (zoom - FIRST)
        inside = [
            part for layer in layers if layer.last >= zoom and len((part := _clip(layer, zoom, column, row)).geoms)
        ]
        afloat = _is_all_water(inside, zoom)
        if afloat:
            self._fill(zoom, column, row, encode(zoom, column, row, _seen(inside, zoom)))
        elif inside:
            body = encode(zoom, column, row, _seen(inside, zoom))
            if body:
                self._emit(zoom, column, row, body)
            if zoom < LAST:
                for right, lower in ((0, 0), (1, 0), (0, 1), (1, 1)):
                    self.tile(zoom + 1, 2 * column + right, 2 * row + lower, inside)
        if zoom == _TOLD or (zoom < _TOLD and (afloat or not inside)):
            self._done += share
            self._progress(min(1.0, self._done))


def _is_all_water(layers: Sequence[Layer], zoom: int) -> bool:
    """Whether one area of water fills a tile and all that it knows of its neighbours."""
    if len(layers) != 1 or layers[0].name != "water" or len(layers[0].geoms) != 1 or layers[0].zooms[0] > zoom:
        return False
    side = (1 + 2 * _MARGIN) / (1 << zoom)
    return float(shapely.area(layers[0].geoms[0])) > (1 - _MARGIN / EXTENT) * side * side


def _clip(layer: Layer, zoom: int, column: int, row: int) -> Layer:
    side = 1.0 / (1 << zoom)
    margin = side * _MARGIN
    west, north = column * side - margin, row * side - margin
    east, south = (column + 1) * side + margin, (row + 1) * side + margin
    reach = shapely.bounds(layer.geoms)
    touches = (reach[:, 0] <= east) & (reach[:, 2] >= west) & (reach[:, 1] <= south) & (reach[:, 3] >= north)
    if not touches.any():
        return layer.only(touches)
    layer, reach = layer.only(touches), reach[touches]
    over = (reach[:, 0] < west) | (reach[:, 2] > east) | (reach[:, 1] < north) | (reach[:, 3] > south)
    if not over.any():
        return layer
    geoms: Any = layer.geoms  # a copy already
    geoms[over] = shapely.clip_by_rect(geoms[over], west, north, east, south)
    return layer._replace(geoms=geoms).only(~shapely.is_empty(geoms))


def _seen(layers: Sequence[Layer], zoom: int) -> dict[str, Shown]:
    """What of the layers is large enough to be seen at a zoom, with no more points than that takes."""
    found: dict[str, Shown] = {}
    for layer in layers:
        if not layer.first <= zoom <= layer.last:
            continue
        shown = layer.only(_is_seen(layer, zoom))
        geoms = _simple(shown, zoom)
        shown = shown._replace(geoms=geoms).only(~shapely.is_empty(geoms))
        if len(shown.geoms):
            props = [shown.table[at] for at in shown.props.tolist()]
            found[layer.name] = Shown(shown.geoms, props, layer.dimension)
    return found


def _is_seen(layer: Layer, zoom: int) -> Any:
    seen = layer.zooms <= zoom
    if layer.dimension == 2 and zoom < LAST:
        pixel = 1.0 / (1 << zoom) / _PIXELS
        seen &= shapely.area(layer.geoms) >= _LEAST[layer.name] * pixel * pixel
    return seen


def _simple(layer: Layer, zoom: int) -> Geoms:
    if layer.dimension == 0 or not len(layer.geoms):
        return layer.geoms
    units = _ROUGH if zoom < LAST - 1 else _FINE if zoom < LAST else _FINEST
    geoms = shapely.simplify(layer.geoms, units / (EXTENT << zoom), preserve_topology=False)
    return shapely.orient_polygons(geoms) if layer.dimension == 2 else geoms
