"""HERE's services of version 8, asked through routingpy's client: routingpy itself speaks version 7, which HERE has
switched off for new keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from routingpy.direction import Direction
from routingpy.matrix import Matrix

from dispatch_console.domain.places import Place
from dispatch_console.roads.remote.client import Client, NoRoad, nonsense

#: Matrices have an address of their own.
ROUTES, MATRIX = "https://router.hereapi.com/v8", "https://matrix.router.hereapi.com/v8"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}
#: The profile of a matrix → the vehicle of a way.
_MODES = {"carFast": "car", "truckFast": "truck", "bicycle": "bicycle"}

_Points = Sequence[Sequence[float]]


class Here:
    """The two questions, in routingpy's manner: places are [lon, lat]."""

    def __init__(self, api_key: str, client: Client) -> None:
        self._key, self.client = api_key, client

    def matrix(
        self,
        locations: _Points,
        profile: str,
        sources: Sequence[int],
        destinations: Sequence[int],
    ) -> Matrix:
        """Seconds and metres by free roads, whatever the hour (HERE calls it profile mode)."""
        if self.client.base_url == ROUTES:
            self.client.base_url = MATRIX
        asked = {
            "origins": [_point(locations[i]) for i in sources],
            "destinations": [_point(locations[i]) for i in destinations],
            "regionDefinition": {"type": "world"},
            "profile": profile,
            "matrixAttributes": ["travelTimes", "distances"],
        }
        said = self.client.ask("/matrix", {"apiKey": self._key, "async": "false"}, asked)
        found, cells, wide = said["matrix"], len(sources) * len(destinations), len(destinations)
        wrong = found.get("errorCodes") or [0] * cells
        rows = [
            [None if bad else value for value, bad in zip(found[name], wrong, strict=True)]
            for name in ("travelTimes", "distances")
        ]
        seconds, metres = ([row[at : at + wide] for at in range(0, len(row), wide)] for row in rows)
        return Matrix(seconds, metres, said)

    def directions(self, locations: _Points, profile: str) -> Direction:
        origin, *via, goal = (f"{lat:.6f},{lon:.6f}" for lon, lat in locations)
        asked = [
            ("transportMode", _MODES[profile]), ("origin", origin), ("destination", goal),
            *(("via", place) for place in via),
            ("return", "polyline,summary"), ("departureTime", "any"), ("apiKey", self._key),
        ]  # fmt: skip
        said = self.client.ask("/routes", asked)
        if not said["routes"]:
            raise NoRoad
        return Direction(raw=said)


def line(polyline: str) -> tuple[Place, ...]:
    """The points of a polyline in HERE's flexible encoding, of which heights are left out.

    A header (version; digits after the point, kind and digits of a third number), then differences: numbers of 5
    bits a letter, lowest first, bit 6 set if more follow, zigzagged so that the lowest bit is the sign.
    """
    numbers = _numbers(polyline)
    try:
        version, header = next(numbers), next(numbers)
        values = [value >> 1 ^ -(value & 1) for value in numbers]
    except (StopIteration, KeyError):
        raise nonsense("HERE") from None
    step = 3 if header >> 4 & 7 else 2
    if version != 1 or len(values) % step:
        raise nonsense("HERE")
    scale, lat, lon = 10 ** (header & 15), 0, 0
    points: list[Place] = []
    for at in range(0, len(values), step):
        lat, lon = lat + values[at], lon + values[at + 1]
        points.append(Place(lat / scale, lon / scale))
    return tuple(points)


def _numbers(polyline: str) -> Iterator[int]:
    value = shift = 0
    for letter in polyline:
        bits = _VALUES[letter]
        value |= (bits & 31) << shift
        shift += 5
        if not bits & 32:
            yield value
            value = shift = 0


def _point(location: Sequence[float]) -> dict[str, float]:
    lon, lat = location
    return {"lat": lat, "lng": lon}
