"""Google's Routes API, asked through routingpy's client: routingpy speaks the Distance Matrix API before it, which
new projects cannot switch on any more (since October 2026; old ones keep it, see `asking`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from routingpy.matrix import Matrix

from dispatch_console.roads.remote.client import Client

#: Its address, and how that of the one before it ends.
ROUTES, BEFORE = "https://routes.googleapis.com", "/maps/api"
_FIELDS = "originIndex,destinationIndex,status,condition,distanceMeters,duration"
_MODES = {"driving": "DRIVE", "bicycling": "BICYCLE"}


def headers(key: str) -> dict[str, str | None]:
    """What each question carries: the key, and what is to be told."""
    return {"X-Goog-Api-Key": key, "X-Goog-FieldMask": _FIELDS}


def matrix(
    client: Client, points: Sequence[Sequence[float]], word: str, rows: Sequence[int], columns: Sequence[int]
) -> Matrix:
    """Seconds and metres without traffic; `points`: [lon, lat]. Elements come in any order, without what is 0."""
    asked = {
        "origins": [_waypoint(points[i]) for i in rows],
        "destinations": [_waypoint(points[i]) for i in columns],
        "travelMode": _MODES[word],
    }
    elements: list[dict[str, Any]] = client.ask("/distanceMatrix/v2:computeRouteMatrix", {}, asked)["list"]
    seconds: list[list[float | None]] = [[None] * len(columns) for _ in rows]
    metres: list[list[float | None]] = [[None] * len(columns) for _ in rows]
    if len(elements) != len(rows) * len(columns):
        raise ValueError("not all pairs")
    for one in elements:
        i, j = one.get("originIndex", 0), one.get("destinationIndex", 0)
        if one.get("condition") == "ROUTE_EXISTS":
            seconds[i][j] = float(one.get("duration", "0s").removesuffix("s"))
            metres[i][j] = one.get("distanceMeters", 0)
    return Matrix(seconds, metres)


def _waypoint(point: Sequence[float]) -> dict[str, Any]:
    lon, lat = point
    return {"waypoint": {"location": {"latLng": {"latitude": lat, "longitude": lon}}}}
