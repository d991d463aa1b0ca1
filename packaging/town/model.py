"""What the region is made of, before it is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from town.geometry import Point


@dataclass(slots=True)
class Road:
    """One road between junctions or over many. `kind`: its `highway`, or `rail`; `town`: in whose streets it lies.

    `style` steers houses: how close they stand. `through`: it meets no other road on its way (a bridge).
    """

    kind: str
    line: list[Point]
    name: str = ""
    town: str = ""
    style: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    through: bool = False
    nodes: list[int] = field(default_factory=list)


@dataclass(slots=True)
class House:
    """An address. `corners` of its building, or empty: then it is a point at `at`."""

    town: str
    street: str
    number: str
    at: Point
    corners: list[Point]
    kind: str = "yes"


@dataclass(slots=True)
class Area:
    """A closed shape with its tags; `holes` make it a multipolygon."""

    tags: dict[str, str]
    shape: list[Point]
    holes: list[list[Point]] = field(default_factory=list)


@dataclass(slots=True)
class Spot:
    """A point with tags: a place, a station."""

    at: Point
    tags: dict[str, str]


@dataclass(slots=True)
class Restriction:
    """No turn from one road into another at a junction: indexes into the region's roads and a node's number."""

    kind: str
    start: int
    via: int
    end: int


@dataclass(slots=True)
class Region:
    """All of it. `points` are where the roads' nodes lie, by number."""

    roads: list[Road] = field(default_factory=list)
    points: dict[int, Point] = field(default_factory=dict)
    houses: list[House] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    lines: list[Area] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    restrictions: list[Restriction] = field(default_factory=list)
