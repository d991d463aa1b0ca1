"""Where things are: the nine towns, the roads between them, the river, the railway, woods and the lake."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from town.geometry import Point

#: Lies in the open sea: nothing real is there to be mistaken for.
CENTRE: Final = (54.9, 2.6)
KM_LAT: Final = 1 / 111.2
KM_LON: Final = 1 / (111.2 * math.cos(math.radians(CENTRE[0])))


class Town(NamedTuple):
    """A town: `built` is the radius in km of its streets, `spread` the one over which the orders were dealt out."""

    name: str
    postcode: str
    x: float
    y: float
    spread: float
    built: float
    share: int

    @property
    def at(self) -> Point:
        return self.x, self.y


TOWNS: Final = (
    Town("Lindmoor", "4100", 0.0, 0.0, 2.6, 1.95, 52),
    Town("Northcote", "4160", 0.4, 8.2, 1.4, 0.86, 16),
    Town("Saltby", "4124", 6.3, 6.0, 1.5, 0.92, 17),
    Town("Thornley", "4184", 7.6, -0.2, 1.2, 0.78, 12),
    Town("Fernhill", "4136", 6.4, -5.8, 1.3, 0.84, 14),
    Town("Millbrook", "4172", 0.9, -9.4, 1.4, 0.88, 13),
    Town("Brackwater", "4148", -6.0, -6.2, 1.3, 0.82, 12),
    Town("Westerby", "4130", -7.4, -0.6, 1.1, 0.74, 8),
    Town("Oakhaven", "4112", -5.2, 5.4, 1.3, 0.76, 6),
)
#: Where the depot stands: at the docks of Lindmoor.
DEPOT: Final = (1.9, -1.2)

#: kind, number, the name in Lindmoor or at the first town it leaves, points it goes through
MAIN: Final[tuple[tuple[str, str, str, tuple[Point, ...]], ...]] = (
    ("primary", "A1", "Northcote Road", (
        (0.05, 0.42), (0.12, 1.2), (0.05, 2.2), (0.25, 3.25), (0.12, 5.0), (0.5, 6.7), (0.4, 8.2),
        (0.75, 9.5), (0.5, 11), (1.2, 13.5))),
    ("primary", "A1", "Millbrook Road", (
        (-0.05, -0.42), (0.02, -0.92), (0.34, -1.6), (0.3, -2.4), (0.6, -3.3), (0.4, -5.2), (0.95, -7.2),
        (0.9, -9.4), (1.3, -11), (0.8, -13.5))),
    ("primary", "A7", "Thornley Road", (
        (0.42, 0.0), (0.8, -0.03), (1.3, -0.06), (2.2, 0.12), (3.45, -0.08), (4.8, 0.25), (6.2, -0.3),
        (7.6, -0.2), (9.3, 0.2), (11, -0.3), (13.5, 0.4))),
    ("primary", "A7", "Westerby Road", (
        (-0.42, 0.03), (-1.2, 0.12), (-2.2, -0.1), (-3.4, 0.12), (-5.4, -0.5), (-7.4, -0.6), (-9.2, -0.2),
        (-11, -0.7), (-13.5, -0.2))),
    ("secondary", "B12", "Saltby Road", (
        (0.3, 0.3), (0.85, 0.95), (1.42, 1.5), (2.1, 2.05), (2.85, 2.72), (3.6, 3.3), (4.6, 4.4),
        (5.6, 5.2), (6.3, 6.0), (7.3, 6.1), (9, 6.0), (11, 6.8), (13.5, 6.4))),
    ("secondary", "B12", "Fernhill Road", (
        (1.3, -0.06), (1.85, -0.85), (2.35, -1.75), (2.85, -2.35), (3.6, -3.2), (4.9, -4.3), (6.4, -5.8),
        (7.8, -6.6), (9.5, -8.2), (11, -10.5), (12.5, -13.5))),
    ("secondary", "B15", "Brackwater Road", (
        (-0.3, -0.3), (-0.85, -0.75), (-1.8, -1.55), (-3.0, -2.7), (-4.2, -4.4), (-6.0, -6.2),
        (-7.4, -7.0), (-9.2, -8.4), (-11, -11), (-13.5, -12))),
    ("secondary", "B15", "Oakhaven Road", (
        (-0.3, 0.3), (-0.85, 0.85), (-1.7, 1.85), (-2.7, 2.8), (-4.0, 4.2), (-5.2, 5.4), (-6.4, 6.4),
        (-8, 8.2), (-9.5, 10.8), (-10.5, 13.5))),
    ("secondary", "B20", "Saltby Road", (
        (0.4, 8.2), (1.6, 8.15), (3.2, 7.4), (4.8, 6.9), (5.7, 6.45), (6.3, 6.0))),
    ("tertiary", "", "Thornley Road", (
        (6.3, 6.0), (6.9, 4.7), (6.7, 3.3), (7.5, 1.7), (7.6, -0.2))),
    ("tertiary", "", "Fernhill Road", (
        (7.6, -0.2), (7.1, -1.8), (7.4, -3.2), (6.6, -4.6), (6.4, -5.8))),
    ("secondary", "B20", "Millbrook Road", (
        (6.4, -5.8), (5.2, -6.9), (3.8, -7.5), (2.3, -8.9), (0.9, -9.4))),
    ("tertiary", "", "Brackwater Road", (
        (0.9, -9.4), (-0.4, -9.1), (-1.7, -8.4), (-3.4, -7.6), (-4.8, -6.5), (-6.0, -6.2))),
    ("tertiary", "", "Westerby Road", (
        (-6.0, -6.2), (-6.8, -4.6), (-6.4, -3.0), (-7.4, -1.8), (-7.4, -0.6))),
    ("tertiary", "", "Oakhaven Road", (
        (-7.4, -0.6), (-7.2, 1.0), (-6.2, 2.4), (-6.0, 4.0), (-5.2, 5.4))),
    ("secondary", "B20", "Northcote Road", (
        (-5.2, 5.4), (-3.8, 6.3), (-2.4, 6.7), (-1.0, 7.8), (0.4, 8.2))),
    ("trunk", "A9", "Lindmoor Bypass", (
        (0.25, 3.25), (1.2, 3.45), (2.15, 3.25), (2.85, 2.72), (3.4, 1.5), (3.45, -0.08), (3.25, -1.4),
        (2.85, -2.35), (1.9, -3.05), (0.6, -3.3))),
)  # fmt: skip
#: Dock Road begins at the depot's gate.
DOCK: Final = ((2.04, -1.2), (1.6, -1.13), (1.12, -0.78), (0.98, -0.32), (1.02, -0.045))
RING: Final = 0.42  #: radius of the ring around Lindmoor's old town
OUTER: Final = 1.22  #: radius of the road around Lindmoor's middle

RIVER_NAME, BROOK_NAME, LAKE_NAME, ISLAND_NAME = "Arle", "Moor Brook", "Heron Mere", "Heron Holm"
RIVER: Final = (
    (13.6, 13.2), (11, 9.6), (8.6, 7.6), (6.3, 6.7), (4.6, 5.9), (3.2, 5.0), (2.1, 3.3), (1.6, 1.9),
    (1.12, 0.75), (0.55, -0.3), (0.05, -0.9), (-0.9, -1.55), (-2.0, -3.2), (-2.1, -5.4), (-1.3, -7.2),
    (-1.6, -8.8), (-1.1, -11), (-0.5, -13.8),
)  # fmt: skip
BROOK: Final = (
    (-13.6, -2.4), (-11, -3.4), (-9, -3.0), (-7.6, -4.0), (-5.4, -3.5), (-3.8, -5.4), (-2.12, -5.2),
)  # fmt: skip
LAKE: Final = (-3.3, 9.2)
RAIL: Final = (
    (-1.9, 13.5), (-1.5, 10), (-1.7, 6.0), (-1.3, 3.2), (-0.72, 1.25), (-0.66, 0.25),
    (-1.25, -0.75), (-2.5, -2.3), (-3.4, -4.2), (-3.5, -6.6), (-2.9, -9.5), (-3.2, -13.5),
)  # fmt: skip
STATION: Final = (-0.67, 0.42)

#: middle, radius, roughness, name
WOODS: Final = (
    ((-8.9, 3.4), 1.5, 0.4, "Westerby Wood"), ((9.9, 9.6), 1.9, 0.35, "Saltby Forest"),
    ((-9.9, -9.6), 2.0, 0.35, "Hagwood"), ((10.3, -4.0), 1.5, 0.45, "Thornley Chase"),
    ((4.3, 1.9), 0.55, 0.4, "Priory Wood"), ((3.9, -10.9), 1.2, 0.4, "Millwood"),
    ((-10.5, 9.2), 1.6, 0.4, "Oak Forest"), ((3.6, 10.9), 1.2, 0.4, "Northwood"),
    ((-4.6, 1.9), 0.6, 0.4, "Foxcover"), ((-0.9, 5.2), 0.5, 0.4, "Rook Copse"),
    ((4.1, -5.4), 0.7, 0.4, "Fern Wood"), ((-6.0, -10.6), 1.1, 0.4, "Long Wood"),
)  # fmt: skip
#: Hamlets on the lanes.
HAMLETS: Final = (
    "Moorgate", "Ashby", "Little Arle", "Coldharbour", "Kestrel Green", "Upper Lorne", "Sandholt",
    "Priors End", "Wick", "Tarn Cross",
)  # fmt: skip


def degrees(point: Point) -> tuple[float, float]:
    """Latitude and longitude of a point in km, to 1e-6 degrees (a tenth of a metre)."""
    return round(CENTRE[0] + point[1] * KM_LAT, 6), round(CENTRE[1] + point[0] * KM_LON, 6)


def kilometres(lat: float, lon: float) -> Point:
    """The other way round."""
    return (lon - CENTRE[1]) / KM_LON, (lat - CENTRE[0]) / KM_LAT
