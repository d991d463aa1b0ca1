"""What the parts of a region pack tell each other: addresses as they stand in an extract, finds, and today's roads.

Places are WGS84 degrees, names as written on the map. Arrays of roads and shapes stay on the roads' floor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from dispatch_console.domain.places import Place

#: What a place name stands for, from the largest.
TownKind = Literal["city", "town", "village", "suburb", "hamlet", "quarter", "locality"]

#: Kinds of roads, from the widest: one list for travel times, tiles and the multipliers of a time of day.
RoadKind = Literal[
    "motorway", "trunk", "primary", "secondary", "tertiary", "residential", "living_street", "service", "track",
    "path", "pedestrian", "ferry",
]  # fmt: skip


class Box(NamedTuple):
    """A bounding box in degrees."""

    west: float
    south: float
    east: float
    north: float


class House(NamedTuple):
    """One address of the extract. Fields the map does not have are empty; `outlined`: it stands on a building."""

    street: str
    number: str
    postcode: str
    city: str
    country: str
    place: Place
    outlined: bool = False


class StreetLine(NamedTuple):
    """A named way: its points in order. `also`: its other names."""

    name: str
    kind: RoadKind
    points: tuple[Place, ...]
    also: tuple[str, ...] = ()


class Town(NamedTuple):
    """A named place; `postcode` is empty where the map does not tell it. `also`: its other names."""

    name: str
    kind: TownKind
    place: Place
    postcode: str = ""
    also: tuple[str, ...] = ()


#: How well a place fits what was asked for, best first; `none`: nothing fits.
HitQuality = Literal["house", "near_house", "street", "place", "none"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One place an address may mean. `confidence`: 0 to 1, to compare finds by; at least so many like
    a certain one are right.

    `certain`: it may be used without asking. `matched`: the address found, as the map writes it.
    """

    place: Place
    quality: HitQuality
    certain: bool
    confidence: float
    matched: str
    country: str = ""


#: How the roads of an area are different, see `Area`.
AreaKind = Literal["closed", "avoid", "slow"]


@dataclass(frozen=True, slots=True)
class Area:
    """Roads that are different today. The corners in order, without the first one again.

    `closed`: nobody drives there; `avoid`: only if there is no other way; `slow`: all takes `factor` times as long.
    """

    kind: AreaKind
    corners: tuple[Place, ...]
    factor: float = 1.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class BuildStep:
    """How far the building of a pack is: a sentence for the step, the share done (0 to 1), seconds left if any."""

    text: str
    done: float
    left_s: float | None = None


class Leg(NamedTuple):
    """The way between two places: metres, seconds and its line."""

    metres: int
    seconds: int
    line: tuple[Place, ...]
