"""Drawn surroundings under the routes where no tiles lie: so far the sketch that comes with the sample depot.

The file holds lists of shapes, each a list of [lat, lon]: `parks` and `towns` (filled), `water`, `rail`, `lanes`,
`streets`, `roads` (lines), and `names` as [text, lat, lon, 1 if large].
"""

from __future__ import annotations

import json
from functools import cache
from typing import Final

from dispatch_console import resources
from dispatch_console.domain.places import Place

_EMPTY: Final = b"{}"


def covers(place: Place) -> bool:
    """True if surroundings are drawn around this depot."""
    known = _bounds()
    return known is not None and known[0] <= place.lat <= known[1] and known[2] <= place.lon <= known[3]


def read(place: Place) -> bytes:
    """The drawing around `place` as JSON; empty where there is none."""
    return resources.path("sample", "map.json").read_bytes() if covers(place) else _EMPTY


@cache
def _bounds() -> tuple[float, float, float, float] | None:
    """South, north, west, east of the drawing; None: there is no file that can be read."""
    try:
        data = json.loads(resources.path("sample", "map.json").read_text(encoding="utf-8"))
        points = [point for shape in data["lanes"] for point in shape]
        lats, lons = [float(point[0]) for point in points], [float(point[1]) for point in points]
        return min(lats), max(lats), min(lons), max(lons)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None
