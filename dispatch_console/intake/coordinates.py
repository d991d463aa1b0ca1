"""Finds latitude and longitude in each other's place: only the swapped pair lies among the file's other points."""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.domain.places import Place, is_valid
from dispatch_console.intake.fields import Field
from dispatch_console.intake.grouping import Group
from dispatch_console.intake.mapping import Mapping
from dispatch_console.intake.notations.text import clean
from dispatch_console.intake.problems import Problem, RowError, Suggestion

_FEWEST = 5  # points before "among the others" means anything
_LEAST_REACH = 0.7  # degrees


class _Region(NamedTuple):
    """Where most points lie: the median and eight times the median distance from it."""

    lat: float
    lon: float
    reach_lat: float
    reach_lon: float

    def has(self, lat: float, lon: float) -> bool:
        return abs(lat - self.lat) <= self.reach_lat and abs(lon - self.lon) <= self.reach_lon


def mark_strays(groups: list[Group], mapping: Mapping) -> None:
    """Adds an error to each group whose pair is swapped."""
    placed = [(group, place) for group in groups if isinstance(place := group.first.values.get("place"), Place)]
    if len(placed) < _FEWEST:
        return
    region = _region([place for _, place in placed])
    for group, place in placed:
        swapped = is_valid(place.lon, place.lat) and region.has(place.lon, place.lat)
        if swapped and not region.has(*place) and not group.errors:
            group.errors.append(_error(group, mapping))


def _region(places: list[Place]) -> _Region:
    lat, lon = _median([p.lat for p in places]), _median([p.lon for p in places])
    far_lat = _median([abs(p.lat - lat) for p in places])
    far_lon = _median([abs(p.lon - lon) for p in places])
    return _Region(lat, lon, max(_LEAST_REACH, 8 * far_lat), max(_LEAST_REACH, 8 * far_lon))


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _error(group: Group, mapping: Mapping) -> RowError:
    row = group.first.row
    columns = [c for f in (Field.LAT, Field.LON, Field.LAT_LON) for c in mapping.columns(f)]
    texts = [clean(row.cell(column)) for column in columns]
    if len(columns) == 2:
        edits = tuple(zip(columns, reversed(texts), strict=True))
    else:
        place = group.first.values["place"]
        edits = ((columns[0], f"{place.lon}, {place.lat}"),)
    message = "latitude and longitude are swapped: only the swapped pair lies among the other points"
    swap = Suggestion("swap latitude and longitude", edits)
    return RowError(row.number, columns[0], texts[0], Problem.BAD_COORDINATES, message, (swap,))
