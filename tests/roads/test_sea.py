"""The sea: at the right of the coast, out to the box, with its islands; also where an extract was cut off."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import osmium
import pytest
import shapely
from osmium.osm.mutable import Node, Way

from dispatch_console.domain.region import Box
from dispatch_console.domain.tile_numbers import first_below, tile_id
from dispatch_console.roads.pack import reading
from dispatch_console.roads.pack.extract import Shapes
from dispatch_console.roads.tiles import building, layers, sea
from dispatch_console.roads.tiles.cutting import cut
from dispatch_console.ui.map.pmtiles import PmTiles
from tests.roads import mvt_reading

BOX = Box(0.0, 0.0, 4.0, 2.0)
#: From the south to the north in the middle: land in the west, as that is at its left.
NORTHWARDS = [(2.0, -1.0), (2.1, 1.0), (2.0, 3.0)]
#: Against the clock: land inside.
ISLAND = [(3.0, 1.0), (3.2, 1.0), (3.2, 1.2), (3.0, 1.2), (3.0, 1.0)]


def wet(*lines: list[tuple[float, float]]) -> shapely.Geometry:
    return shapely.union_all(sea.areas(np.array([shapely.LineString(line) for line in lines], object), BOX))


def test_it_lies_at_the_right_of_the_coast_and_leaves_islands_out() -> None:
    found = wet(NORTHWARDS, ISLAND)
    assert shapely.covers(found, shapely.points([(2.2, 0.1), (3.9, 1.9), (3.3, 1.1)])).all()
    assert not shapely.intersects(found, shapely.points([(1.9, 1.0), (0.1, 0.1), (3.1, 1.1)])).any()
    strip = shapely.Polygon([(2.05, 0), (2.1, 1), (2.05, 2), (4, 2), (4, 0)])
    assert shapely.area(found) == pytest.approx(strip.area - 0.04)
    assert shapely.area(wet(NORTHWARDS[::-1])) == pytest.approx(8 - strip.area)


def test_a_lagoon_is_sea_and_no_coast_is_none() -> None:
    assert shapely.area(wet(ISLAND[::-1])) == pytest.approx(0.04)
    assert not len(sea.areas(np.array([], object), BOX))
    assert not len(sea.areas(np.array([shapely.LineString([(9, 9), (9, 8)])], object), BOX))


def test_a_coast_of_many_ways_in_any_order_is_one() -> None:
    pieces = [[(2.0, 1.5), (2.0, 3.0)], [(2.0, -1.0), (2.0, 0.5)], [(2.0, 0.5), (2.0, 1.5)]]
    assert shapely.area(wet(*pieces)) == pytest.approx(4.0)


def test_a_coast_that_the_extract_cuts_off_goes_on_to_the_edge_and_a_gap_is_closed() -> None:
    assert shapely.area(wet([(2.0, 0.3), (2.0, 1.8)])) == pytest.approx(4.0)
    assert shapely.area(wet([(2.0, -1.0), (2.0, 0.9)], [(2.0, 1.1), (2.0, 3.0)])) == pytest.approx(4.0)


def test_tiles_of_open_sea_are_kept_once_and_found_on_every_zoom(tmp_path: Path) -> None:
    shapes = Shapes()
    for line in (NORTHWARDS, ISLAND):
        shapes.coast.add(shapely.to_wkb(shapely.LineString(line), hex=True), (), 8)
    path = tmp_path / "map.pmtiles"
    assert building.build(shapes, BOX, path, "Coast") > 40_000
    assert path.stat().st_size < 300_000
    file = PmTiles(path)
    try:
        for zoom in range(6, 16):
            side = 1 << zoom
            column = int((3.7 / 360 + 0.5) * side)  # 3.7 degrees east by the equator: open sea
            content = mvt_reading.read(gzip.decompress(file.tile(zoom, column, side // 2 - 1) or b""))
            assert [area.props for area in content["water"]] == [{"kind": "sea"}] * len(content["water"])
        assert file.tile(15, int((1.0 / 360 + 0.5) * (1 << 15)), (1 << 14) - 1) is None  # land
    finally:
        file.close()


def test_a_tile_that_is_all_water_is_not_cut_further() -> None:
    shapes = Shapes()
    shapes.coast.add(shapely.to_wkb(shapely.LineString(NORTHWARDS), hex=True), (), 8)
    cuts: list[int] = []
    whole: list[int] = []
    cut(
        layers.from_shapes(shapes, BOX),
        lambda zoom, column, row, body: cuts.append(zoom),
        lambda zoom, column, row, body: whole.append(zoom),
    )
    assert min(whole) == 9
    assert len(cuts) < 20_000
    assert len(whole) < len(cuts)


def test_an_extract_by_the_sea(tmp_path: Path) -> None:
    path = tmp_path / "coast.osm.pbf"
    writer = osmium.SimpleWriter(str(path))
    for id, (lon, lat) in enumerate(NORTHWARDS, 1):
        writer.add_node(Node(id=id, version=1, location=(lon, lat)))
    writer.add_way(Way(id=1, version=1, nodes=[1, 2, 3], tags={"natural": "coastline"}))
    writer.close()
    coast = reading.read(path).shapes.coast
    assert shapely.get_coordinates(shapely.from_wkb(coast.wkb)).tolist() == [list(point) for point in NORTHWARDS]


@pytest.mark.parametrize(("zoom", "column", "row"), [(0, 0, 0), (3, 5, 2), (6, 32, 31), (9, 271, 179)])
def test_the_numbers_below_a_tile_follow_each_other(zoom: int, column: int, row: int) -> None:
    for depth in range(4):
        side = 1 << depth
        below = [tile_id(zoom + depth, column * side + x, row * side + y) for x in range(side) for y in range(side)]
        first = first_below(zoom, column, row, depth)
        assert sorted(below) == list(range(first, first + 4**depth))
