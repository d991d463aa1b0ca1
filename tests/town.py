"""The sample depot's town as tests look at it: its file, its network, and the roads that are special on purpose.

`special()` names ways by what makes them special:
`low` a bridge of 2.6 m (a car fits under it), `van` one of 3.2 m (a van does, a truck does not), `weak` a bridge
for 7.5 t, `yard` a private way with houses, `island` two lanes that no road reaches.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import osmium

from dispatch_console import resources
from dispatch_console.domain.places import Place

FILE = resources.path("sample", "town.osm.pbf")
NO_CARS = frozenset({"footway", "pedestrian"})


@dataclass
class Way:
    """One road: its nodes and tags."""

    nodes: list[int]
    tags: dict[str, str]


@dataclass
class Town:
    """What the file holds. `houses`: (town, street, number) → place."""

    places: dict[int, Place] = field(default_factory=dict)
    roads: list[Way] = field(default_factory=list)
    houses: dict[tuple[str, str, str], Place] = field(default_factory=dict)
    relations: list[dict[str, str]] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    doubled: list[tuple[str, str, str]] = field(default_factory=list)


@cache
def read() -> Town:
    """The town, read once."""
    town = Town()
    for thing in osmium.FileProcessor(str(FILE)).with_locations():
        tags = dict(thing.tags)
        if thing.is_node():
            town.places[thing.id] = Place(thing.lat, thing.lon)
            if "place" in tags:
                town.named[tags["name"]] = tags["place"]
        elif thing.is_way() and "highway" in tags:
            town.roads.append(Way([node.ref for node in thing.nodes], tags))
        elif thing.is_relation():
            town.relations.append(tags)
        if "addr:housenumber" in tags:
            _house(town, thing, tags)
    return town


def _house(town: Town, thing: Any, tags: dict[str, str]) -> None:
    key = tags["addr:city"], tags["addr:street"], tags["addr:housenumber"]
    if key in town.houses:
        town.doubled.append(key)
    if thing.is_node():
        town.houses[key] = Place(thing.lat, thing.lon)
    else:
        corners = [town.places[node.ref] for node in list(thing.nodes)[:-1]]
        lat, lon = (sum(values) / len(corners) for values in zip(*((c.lat, c.lon) for c in corners), strict=True))
        town.houses[key] = Place(round(lat, 6), round(lon, 6))


def special(name: str) -> Way:
    """The way that is special in this manner (see above)."""
    looked_for = {
        "low": ("maxheight", "2.6"), "van": ("maxheight", "3.2"), "weak": ("maxweight", "7.5"),
        "yard": ("access", "private"), "island": ("name", "Holm Lane"),
    }  # fmt: skip
    tag, value = looked_for[name]
    return next(way for way in read().roads if way.tags.get(tag) == value)


def ends(way: Way) -> tuple[Place, Place]:
    """Where a way begins and ends."""
    return read().places[way.nodes[0]], read().places[way.nodes[-1]]
