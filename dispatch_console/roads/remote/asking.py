"""What each service is asked, in its own words, through routingpy; and its answers as numbers that are checked.

Nothing but coordinates is sent, in millionths of a degree: no names, no addresses, no order numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple, cast

import numpy as np
import routingpy
from numpy.typing import NDArray
from routingpy.direction import Direction
from routingpy.matrix import Matrix

from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Leg
from dispatch_console.domain.travel import UNREACHABLE
from dispatch_console.roads.engine import polyline
from dispatch_console.roads.places_check import FAR_M
from dispatch_console.roads.remote import google, here
from dispatch_console.roads.remote.client import Client, Patience, nonsense
from dispatch_console.roads.remote.here import Here
from dispatch_console.roads.remote.service import Service

Numbers = NDArray[np.float64]
_Points = list[list[float]]
_DIGITS = 6


class Cells(NamedTuple):
    """Seconds and metres, a row for each origin, a column for each goal; NaN where there is no way."""

    seconds: Numbers
    metres: Numbers


@dataclass(frozen=True, slots=True)
class Question:
    """A service, and how long it may take."""

    service: Service
    patience: Patience

    def table(self, origins: Sequence[Place], goals: Sequence[Place]) -> Cells:
        """One question for a block of a matrix. UserError, NoRoad or TooBig."""
        places = list(dict.fromkeys((*origins, *goals)))
        index = {place: i for i, place in enumerate(places)}
        rows, columns = [index[place] for place in origins], [index[place] for place in goals]
        return self._checked(lambda: self._cells(places, rows, columns))

    def course(self, places: Sequence[Place]) -> list[Leg] | None:
        """The ways from place to place in one question; None if the answer does not tell where one ends and the
        next begins, which two places alone always do. UserError, NoRoad or TooBig."""
        return self._checked(lambda: self._ways(places))

    def away(self, places: Sequence[Place]) -> list[float]:
        """Metres from each place to its road: of services that tell it, see `Kind.measures`."""
        return self._checked(lambda: self._metres_away(places))

    def _metres_away(self, places: Sequence[Place]) -> list[float]:
        raw: Any = self._matrix(places, [0], list(range(len(places)))).raw
        return [float(one["distance"]) for one in raw["destinations"]]

    def _cells(self, places: Sequence[Place], rows: list[int], columns: list[int]) -> Cells:
        found = self._matrix(places, rows, columns)
        shape = len(rows), len(columns)
        seconds, metres = _numbers(found.durations, shape), _numbers(found.distances, shape)
        if self.service.kind.measures:
            raw: Any = found.raw
            far_row = [one["distance"] > FAR_M for one in raw["sources"]]
            far_column = [one["distance"] > FAR_M for one in raw["destinations"]]
            seconds[np.ix_(np.array(far_row, bool), np.ones(shape[1], bool))] = math.nan
            seconds[:, np.array(far_column, bool)] = math.nan
        metres[np.isnan(seconds)] = math.nan
        seconds[np.isnan(metres)] = math.nan
        return Cells(seconds, metres)

    def _matrix(self, places: Sequence[Place], rows: list[int], columns: list[int]) -> Matrix:
        return _TABLES[self.service.kind.key](self, _points(places), rows, columns)

    def _ways(self, places: Sequence[Place]) -> list[Leg] | None:
        said = _COURSES[self.service.kind.key](self, _points(places))
        if said is not None and len(said) == len(places) - 1:
            return said
        if len(places) == 2:
            raise ValueError("not a way")
        return None

    def _checked[T](self, ask: Callable[[], T]) -> T:
        """What is missing in an answer, or not of its kind, is no fault of ours."""
        try:
            return ask()
        except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError):
            raise nonsense(self.service.kind.title) from None

    def client(self, base_url: str, *_defaults: object, **more: Any) -> Client:
        """In place of routingpy's own. Google and HERE are given no address by their routers."""
        headers: Mapping[str, str | None] = more.get("headers") or {}
        return Client(self.service.address, self.patience, headers)


class _Valhalla(routingpy.Valhalla):
    @staticmethod
    def parse_matrix_json(response: Any, units: object) -> Matrix:
        """routingpy cuts metres off and falls over a missing time."""
        rows = response["sources_to_targets"]
        seconds = [[cell["time"] for cell in row] for row in rows]
        metres = [[None if (km := cell["distance"]) is None else km * 1000 for cell in row] for row in rows]
        return Matrix(seconds, metres, response)


class _Google(routingpy.Google):
    @staticmethod
    def parse_matrix_json(response: Any) -> Matrix:
        """routingpy falls over a pair without a way."""
        rows = [row["elements"] for row in response["rows"]]
        seconds, metres = (
            [[cell[what]["value"] if cell["status"] == "OK" else None for cell in row] for row in rows]
            for what in ("duration", "distance")
        )
        return Matrix(seconds, metres, response)


class _ORS(routingpy.ORS):
    @staticmethod
    def parse_direction_json(response: Any, format: object, units: object, alternative_routes: object) -> Direction:
        """routingpy falls over a way of no length, which has an empty summary."""
        return Direction(raw=response)


def _osrm(q: Question) -> Any:
    return routingpy.OSRM(q.service.address, client=cast("Any", q.client))


def _valhalla(q: Question) -> Any:
    return _Valhalla(q.service.address, client=cast("Any", q.client))


def _ors(q: Question) -> Any:
    return _ORS(q.service.key or None, q.service.address, client=cast("Any", q.client))


def _graphhopper(q: Question) -> Any:
    return routingpy.Graphhopper(q.service.key or None, q.service.address, client=cast("Any", q.client))


def _google_table(q: Question, at: _Points, rows: list[int], columns: list[int]) -> Matrix:
    """By the API that stands at the address."""
    if not q.service.address.endswith(google.BEFORE):
        client = q.client("", headers=google.headers(q.service.key))
        return google.matrix(client, at, q.service.word, rows, columns)
    before: Any = _Google(q.service.key, client=cast("Any", q.client))
    return before.matrix(at, q.service.word, sources=rows, destinations=columns)


def _here(q: Question) -> Here:
    return Here(q.service.key, q.client(""))


_Table = Callable[[Question, _Points, list[int], list[int]], Matrix]
_TABLES: Mapping[str, _Table] = {
    "osrm": lambda q, at, a, b: _osrm(q).matrix(at, q.service.word, sources=a, destinations=b),
    "valhalla": lambda q, at, a, b: _valhalla(q).matrix(at, q.service.word, sources=a, destinations=b),
    "ors": lambda q, at, a, b: _ors(q).matrix(
        at, q.service.word, sources=a, destinations=b, metrics=["duration", "distance"]
    ),
    "graphhopper": lambda q, at, a, b: _graphhopper(q).matrix(
        at, q.service.word, sources=a, destinations=b, fail_fast="false"
    ),
    "google": _google_table,
    "here": lambda q, at, a, b: _here(q).matrix(at, q.service.word, a, b),
}


def _osrm_course(q: Question, at: _Points) -> list[Leg]:
    found = _osrm(q).directions(
        at, q.service.word, steps=True, geometries="polyline6", overview="simplified", continue_straight=False
    )
    return [
        _leg(
            leg["distance"],
            leg["duration"],
            (place for step in leg["steps"] for place in polyline.decode(step["geometry"])),
        )
        for leg in found.raw["routes"][0]["legs"]
    ]


def _valhalla_course(q: Question, at: _Points) -> list[Leg]:
    found = _valhalla(q).directions(at, q.service.word, directions_type="none")
    return [
        _leg(leg["summary"]["length"] * 1000, leg["summary"]["time"], polyline.decode(leg["shape"]))
        for leg in found.raw["trip"]["legs"]
    ]


def _ors_course(q: Question, at: _Points) -> list[Leg]:
    feature = _ors(q).directions(at, q.service.word).raw["features"][0]
    line, told = _swapped(feature["geometry"]["coordinates"]), feature["properties"]
    return [
        _leg(one["distance"], one["duration"], line[start : end + 1])
        for one, (start, end) in zip(told["segments"], pairwise(told["way_points"]), strict=True)
    ]


def _graphhopper_course(q: Question, at: _Points) -> list[Leg] | None:
    details = ["leg_time", "leg_distance"]
    found = _graphhopper(q).directions(
        at, q.service.word, points_encoded=False, instructions=False, details=details
    )
    path = found.raw["paths"][0]
    line = _swapped(path["points"]["coordinates"])
    if len(at) == 2:
        return [_leg(path["distance"], path["time"] / 1000, line)]
    told = path.get("details") or {}
    if not all(name in told for name in details):
        return None
    return [
        _leg(metres, ms / 1000, line[start : end + 1])
        for (start, end, ms), (_, _, metres) in zip(*(told[name] for name in details), strict=True)
    ]


def _here_course(q: Question, at: _Points) -> list[Leg] | None:
    raw: Any = _here(q).directions(at, q.service.word).raw
    legs = [
        _leg(one["summary"]["length"], one["summary"]["duration"], here.line(one["polyline"]))
        for one in raw["routes"][0]["sections"]
    ]
    if len(at) > 2 or len(legs) == 1:
        return legs
    whole = tuple(place for leg in legs for place in leg.line)  # a ferry is a section of its own
    return [Leg(sum(leg.metres for leg in legs), sum(leg.seconds for leg in legs), whole)]


_COURSES: Mapping[str, Callable[[Question, _Points], list[Leg] | None]] = {
    "osrm": _osrm_course,
    "valhalla": _valhalla_course,
    "ors": _ors_course,
    "graphhopper": _graphhopper_course,
    "here": _here_course,
}


def _points(places: Sequence[Place]) -> _Points:
    return [[round(lon, _DIGITS), round(lat, _DIGITS)] for lat, lon in places]


def _numbers(rows: Any, shape: tuple[int, int]) -> Numbers:
    """Whole, of the right size, not below zero and not beyond any day, or ValueError."""
    if not isinstance(rows, list) or any(isinstance(cell, str | bool) for row in rows for cell in row):
        raise ValueError("not numbers")
    found = np.array([[math.nan if cell is None else cell for cell in row] for row in rows], np.float64)
    if found.shape != shape or (found < 0).any() or np.isinf(found).any() or (found >= UNREACHABLE).any():
        raise ValueError("not such a matrix")
    return found


def _swapped(coordinates: Sequence[Sequence[float]]) -> list[Place]:
    return [Place(float(point[1]), float(point[0])) for point in coordinates]


def _leg(metres: float, seconds: float, line: Iterable[Place]) -> Leg:
    places = list(line)
    if not (0 <= metres < UNREACHABLE and 0 <= seconds < UNREACHABLE) or not places:
        raise ValueError("not such a way")
    kept = [place for at, place in enumerate(places) if not at or place != places[at - 1]]
    return Leg(round(metres), round(seconds), tuple(kept))
