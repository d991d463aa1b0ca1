"""The sample depot's town: its extract is small, its roads hang together, and what tests need stands on it."""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

import osmium
from town import model, write

from dispatch_console.domain.places import Place
from tests import town


def drivable() -> list[town.Way]:
    return [way for way in town.read().roads if way.tags["highway"] not in town.NO_CARS]


def reached(start: int, *, backwards: bool = False) -> set[int]:
    steps: dict[int, list[int]] = defaultdict(list)
    for way in drivable():
        for a, b in zip(way.nodes, way.nodes[1:], strict=False):
            steps[b if backwards else a].append(a if backwards else b)
            if way.tags.get("oneway") != "yes":
                steps[a if backwards else b].append(b if backwards else a)
    seen, todo = {start}, [start]
    while todo:
        new = [node for node in steps[todo.pop()] if node not in seen]
        seen.update(new)
        todo += new
    return seen


def metres(a: Place, b: Place) -> float:
    north, east = (b.lat - a.lat) * 111_200, (b.lon - a.lon) * 111_200 * math.cos(math.radians(a.lat))
    return math.hypot(north, east)


def test_the_extract_is_small_and_rich():
    found = town.read()
    assert town.FILE.stat().st_size < 400_000
    assert len(found.houses) > 6000
    assert not found.doubled, "an address stands twice"
    kinds = {way.tags["highway"] for way in found.roads}
    assert kinds >= {
        "trunk", "primary", "secondary", "tertiary", "residential", "living_street", "unclassified", "track",
        "service", "pedestrian", "footway",
    }  # fmt: skip
    assert sum(way.tags.get("junction") == "roundabout" for way in found.roads) >= 10
    assert sum(way.tags.get("oneway") == "yes" and "junction" not in way.tags for way in found.roads) >= 20
    assert list(found.named.values()).count("village") == 8
    assert {"Lindmoor": "town", "Saltby": "village", "Old Town": "suburb"}.items() <= found.named.items()
    assert {tags["name"] for tags in found.relations if tags["type"] == "multipolygon" and "name" in tags} >= {
        "Heron Mere"
    }


def test_streets_have_one_name_in_a_town_and_some_are_in_several():
    towns: dict[str, set[str]] = defaultdict(set)
    for city, street, _ in town.read().houses:
        towns[street].add(city)
    assert len(towns) > 420
    assert len(towns["Station Road"]) > 3


def test_all_roads_are_reached_both_ways_but_the_island():
    start = next(way.nodes[0] for way in drivable() if way.tags["highway"] == "primary")
    there, back = reached(start), reached(start, backwards=True)
    island = reached(town.special("island").nodes[0])
    every = {node for way in drivable() for node in way.nodes}
    assert there == back
    assert every - there == island
    assert 4 < len(island) < 60


def test_what_tests_need_is_there():
    found = town.read()
    for name in ("low", "van", "weak", "yard", "island"):
        assert len(town.special(name).nodes) >= 2, name
    assert town.special("weak").tags["bridge"] == "yes"
    assert sum(street == "Foundry Yard" for _, street, _ in found.houses) >= 3
    assert sum(street in ("Holm Lane", "Reed Row") and city == "Northcote" for city, street, _ in found.houses) >= 5
    yard = set(town.special("yard").nodes)
    others = {node for way in found.roads if way.tags.get("access") != "private" for node in way.nodes}
    assert len(yard & others) == 1, "the yard has one way in"
    restricted = [tags["restriction"] for tags in found.relations if tags["type"] == "restriction"]
    assert sorted(restricted) == ["no_left_turn", "no_left_turn", "no_right_turn"]


def test_few_bridges_cross_the_river():
    bridges = [way for way in town.read().roads if way.tags.get("bridge") == "yes"]
    assert 8 <= len(bridges) <= 16  # eight over the river, the rest over the railway
    assert all(metres(*town.ends(way)) < 400 for way in bridges)


def test_writing_twice_gives_the_same_bytes(tmp_path: Path):
    road = model.Road("residential", [(0.0, 0.0), (0.1, 0.0)], "Elm Street", "Lindmoor", nodes=[1, 2])
    house = model.House("Lindmoor", "Elm Street", "1", (0.05, 0.01), [(0.04, 0.01), (0.06, 0.01), (0.05, 0.02)])
    region = model.Region([road], {1: (0.0, 0.0), 2: (0.1, 0.0)}, [house])
    for name in ("a.osm.pbf", "b.osm.pbf"):
        write.to_pbf(region, tmp_path / name)
    assert (tmp_path / "a.osm.pbf").read_bytes() == (tmp_path / "b.osm.pbf").read_bytes()
    things = [dict(thing.tags) for thing in osmium.FileProcessor(str(tmp_path / "a.osm.pbf")) if thing.tags]
    assert things[0] == {"highway": "residential", "name": "Elm Street"}
    assert (things[1]["addr:city"], things[1]["addr:postcode"]) == ("Lindmoor", "4100")
