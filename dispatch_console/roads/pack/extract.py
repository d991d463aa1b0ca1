"""What is read from an OpenStreetMap extract: plain values and arrays, for roads, addresses and the map alike."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.region import Box, House, StreetLine, Town

#: Properties of a shape, as they go into a tile.
Props = tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """The roads. The nodes of way k are those from `first[k]` to before `first[k + 1]`.

    `ids` (w,) int64; `first` (w + 1,) int64; `nodes` (n,) int64; `lat`, `lon` (n,) int32 in 1e-7 degrees; `kind`
    (w,) uint8: indices of `kinds.ROAD_KINDS`.
    """

    ids: NDArray[np.int64]
    first: NDArray[np.int64]
    nodes: NDArray[np.int64]
    lat: NDArray[np.int32]
    lon: NDArray[np.int32]
    kind: NDArray[np.uint8]


@dataclass(slots=True)
class Layer:
    """The shapes of one layer of the map: WKB in hexadecimal (longitude, latitude), what is said of each, and from
    which zoom it is drawn."""

    wkb: list[str] = field(default_factory=list[str])
    props: list[Props] = field(default_factory=list[Props])
    zoom: list[int] = field(default_factory=list[int])

    def add(self, wkb: str, props: Props, zoom: int) -> None:
        self.wkb.append(wkb)
        self.props.append(props)
        self.zoom.append(zoom)


@dataclass(frozen=True, slots=True)
class Shapes:
    """What is drawn.

    - `land`: areas; kind wood, green, built, farm, rock
    - `water`: areas of kind lake, lines of kind river and stream
    - `buildings`: areas
    - `roads`: lines; kind as `RoadKind`, or rail; name, ref, oneway=1 (−1: against the line), bridge=1, tunnel=1,
      link=1
    - `places`: points; kind as `TownKind`, name
    - `coast`: lines with land at their left
    """

    land: Layer = field(default_factory=Layer)
    water: Layer = field(default_factory=Layer)
    buildings: Layer = field(default_factory=Layer)
    roads: Layer = field(default_factory=Layer)
    places: Layer = field(default_factory=Layer)
    coast: Layer = field(default_factory=Layer)


@dataclass(frozen=True, slots=True)
class Extract:
    """All that is used of an extract. `data_until`: the instant its data ends, as the file says it.

    Numbers of houses are as the map writes them (“12;14”, “11a”). `countries`: two letters each, the commonest
    first; empty if the map does not tell.
    """

    streets: tuple[StreetLine, ...]
    houses: tuple[House, ...]
    towns: tuple[Town, ...]
    ways: Ways
    shapes: Shapes
    bbox: Box
    data_until: str | None
    countries: tuple[str, ...]
