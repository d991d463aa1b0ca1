"""Extracts that editors, histories and joined files make: put in order before anybody reads them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import osmium
import osmium.io
import pytest
from osmium.osm.mutable import Node, Way

from dispatch_console.domain.errors import UserError
from dispatch_console.roads.pack import ordering, reading
from tests.roads import tiny

Thing = Node | Way


@pytest.fixture
def pbf(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "tiny.osm.pbf")


def _things(pbf: Path) -> list[Thing]:
    """All of a file, as copies that outlive the reader."""
    things: Any = osmium.FileProcessor(str(pbf))
    return [_node(thing) if thing.is_node() else _way(thing) for thing in things]


def _node(thing: Any) -> Node:
    at = (thing.location.lon, thing.location.lat)
    return Node(id=thing.id, version=1, location=at, tags=dict(thing.tags), visible=True)


def _way(thing: Any) -> Way:
    nodes = [node.ref for node in thing.nodes]
    return Way(id=thing.id, version=1, nodes=nodes, tags=dict(thing.tags), visible=True)


def _write(path: Path, things: Iterable[Thing], header: osmium.io.Header | None = None) -> Path:
    with osmium.SimpleWriter(str(path), header=header or osmium.io.Header()) as writer:
        for thing in things:
            writer.add(thing)
    return path


def _same(made: Path, pbf: Path) -> None:
    a, b = reading.read(made), reading.read(pbf)
    assert (a.houses, a.towns, a.streets, a.bbox) == (b.houses, b.towns, b.streets, b.bbox)
    assert a.ways.ids.tolist() == b.ways.ids.tolist()
    assert a.ways.nodes.tolist() == b.ways.nodes.tolist()


def test_a_file_in_order_is_read_as_it_is(pbf: Path, tmp_path: Path) -> None:
    assert ordering.ordered(pbf, tmp_path) == pbf


@pytest.mark.parametrize("order", ["backwards", "twice"])
def test_a_file_without_order_is_read_like_one_with(pbf: Path, order: str, tmp_path: Path) -> None:
    things = _things(pbf)
    odd = _write(tmp_path / "odd.osm.pbf", things[::-1] if order == "backwards" else things + things)
    made = ordering.ordered(odd, tmp_path)
    assert made != odd
    _same(made, pbf)


def test_of_a_history_the_newest_state_counts_and_nothing_that_is_gone(pbf: Path, tmp_path: Path) -> None:
    header = osmium.io.Header()
    header.has_multiple_object_versions = True
    states: list[Thing] = []
    for thing in _things(pbf):
        if isinstance(thing, Node):
            lon, lat = cast(tuple[float, float], thing.location)
            states.append(Node(id=thing.id, version=1, location=(lon + 0.1, lat), tags={}, visible=True))
            states.append(Node(base=thing, version=2))
        else:
            states.append(Way(base=thing, version=2))
    states.append(Way(id=900, version=1, nodes=[1, 7], tags={"highway": "primary"}, visible=True))
    states.append(Way(id=900, version=2, nodes=[], tags={}, visible=False))
    _same(ordering.ordered(_write(tmp_path / "odd.osm.pbf", states, header), tmp_path), pbf)


def test_what_an_editor_has_not_numbered_yet_gets_a_number(pbf: Path, tmp_path: Path) -> None:
    def turned(thing: Any) -> Thing:
        if isinstance(thing, Node):
            return Node(base=thing, id=-int(thing.id or 0))
        return Way(base=thing, id=-thing.id, nodes=[-ref for ref in thing.nodes])

    made = ordering.ordered(_write(tmp_path / "odd.osm.pbf", map(turned, _things(pbf))), tmp_path)
    a, b = reading.read(made), reading.read(pbf)
    assert sorted(a.houses) == sorted(b.houses)
    assert [line.name for line in a.streets] == [line.name for line in b.streets]
    assert min(a.ways.ids.tolist() + a.ways.nodes.tolist()) > 0
    assert not (tmp_path / "renumbered.osm.pbf").exists()


def test_ways_without_the_points_they_go_through_are_refused(pbf: Path, tmp_path: Path) -> None:
    things = [thing for thing in _things(pbf) if isinstance(thing, Way) or thing.tags]
    with pytest.raises(UserError, match="without the points"):
        ordering.ordered(_write(tmp_path / "odd.osm.pbf", things), tmp_path)


def test_a_file_that_is_cut_off_is_said_to_be(pbf: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(pbf.read_bytes()[:-40])
    with pytest.raises(UserError, match="cut off or damaged"):
        ordering.ordered(cut, tmp_path)


def test_a_road_over_the_180th_meridian_is_no_line_across_the_map(tmp_path: Path) -> None:
    ends = [Node(id=id, location=(lon, -16.5), tags={}) for id, lon in ((1, 179.99), (2, -179.99))]
    road = Way(id=3, nodes=[1, 2], tags={"highway": "primary", "name": "Cross Road"})
    extract = reading.read(_write(tmp_path / "odd.osm.pbf", [*ends, road]))
    assert extract.ways.ids.tolist() == [3]
    assert not extract.shapes.roads.wkb
