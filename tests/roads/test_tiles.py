"""Vector tiles of a region: what was drawn is in them, tile by tile, and the file can be read."""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely

from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Box
from dispatch_console.domain.tile_numbers import tile_id
from dispatch_console.roads.pack import reading
from dispatch_console.roads.pack.extract import Shapes
from dispatch_console.roads.tiles import building, layers
from dispatch_console.roads.tiles.cutting import cut
from dispatch_console.roads.tiles.pmtiles_write import tile_writer
from dispatch_console.ui.map.pmtiles import PmTiles
from tests.roads import drawn, mvt_reading

MIDDLE = Place(54.9, 2.6)
Tiles = dict[tuple[int, int, int], dict[str, list[mvt_reading.Feature]]]


def cut_all(shapes: Shapes) -> Tiles:
    tiles: Tiles = {}

    def keep(zoom: int, column: int, row: int, body: bytes) -> None:
        assert (zoom, column, row) not in tiles
        tiles[zoom, column, row] = mvt_reading.read(body)

    cut(layers.from_shapes(shapes, drawn.box(MIDDLE)), keep, keep)
    return tiles


@pytest.fixture(scope="module")
def tiles() -> Tiles:
    return cut_all(drawn.shapes(MIDDLE))


def tile_of(zoom: int, place: Place) -> tuple[int, int, int]:
    side = 1 << zoom
    sine = math.sin(math.radians(place.lat))
    y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return zoom, int((place.lon / 360 + 0.5) * side), int(y * side)


def unit(tile: tuple[int, int, int], point: tuple[int, int]) -> tuple[float, float]:
    """A point of a tile in degrees: longitude, latitude."""
    zoom, column, row = tile
    x, y = (column + point[0] / 4096) / (1 << zoom), (row + point[1] / 4096) / (1 << zoom)
    return x * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


def of_kind(
    tiles: Tiles, zoom: int, layer: str, kind: str
) -> Iterator[tuple[tuple[int, int, int], mvt_reading.Feature]]:
    for tile, content in tiles.items():
        if tile[0] == zoom:
            yield from ((tile, f) for f in content.get(layer, []) if f.props.get("kind") == kind)


@pytest.mark.parametrize("zoom", [9, 12, 15])
def test_areas_come_back_with_their_holes(tiles: Tiles, zoom: int) -> None:
    west, south = MIDDLE.lon - 0.03, MIDDLE.lat - 0.03
    hole = shapely.box(west + 0.006, south + 0.006, west + 0.012, south + 0.012)
    wanted = shapely.box(west, south, MIDDLE.lon, MIDDLE.lat) - hole
    got = shapely.union_all([_area(tile, f) for tile, f in of_kind(tiles, zoom, "land", "wood")])
    got = shapely.intersection(got, shapely.box(west - 1, south - 1, MIDDLE.lon, MIDDLE.lat))
    two_units = 2 * 360 / (1 << zoom) / 4096
    assert shapely.area(got ^ wanted) <= two_units * (wanted.length + hole.length)


def _area(tile: tuple[int, int, int], feature: mvt_reading.Feature) -> shapely.Geometry:
    """Rings that run as the sum of their triangles is positive are outer ones; the others are holes."""
    whole: shapely.Geometry = shapely.Polygon()
    for ring in feature.lines:
        around = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))
        part = shapely.Polygon([unit(tile, point) for point in ring])
        whole = whole | part if around > 0 else whole - part
    return whole


def test_a_crossed_area_is_mended(tiles: Tiles) -> None:
    corner = Place(MIDDLE.lat + 0.7 * 0.03, MIDDLE.lon + 0.8 * 0.03)
    assert any(f.props["kind"] == "wood" for f in tiles[tile_of(13, corner)]["land"])


def test_small_areas_lie_on_large_ones(tiles: Tiles) -> None:
    kinds = [f.props["kind"] for f in tiles[tile_of(12, Place(MIDDLE.lat - 0.0135, MIDDLE.lon - 0.0135))]["land"]]
    assert kinds.index("wood") < kinds.index("green")


def test_two_ways_of_one_street_are_one_line_with_its_name(tiles: Tiles) -> None:
    zoom, column, row = tile_of(14, Place(MIDDLE.lat + 0.003, MIDDLE.lon))
    streets = [f for f in tiles[zoom, column, row]["roads"] if f.props.get("name") == "Long Row"]
    assert [(f.kind, len(f.lines), len(f.lines[0])) for f in streets] == [(2, 1, 2)]
    overview = tiles[tile_of(12, MIDDLE)]["roads"]
    assert {tuple(f.props.items()) for f in overview} == {(("kind", "primary"),), (("kind", "residential"),)}


def test_lines_meet_their_neighbours_at_every_edge(tiles: Tiles) -> None:
    """At the edge between two tiles a line lies at the same height in both, within two units."""
    heights: dict[tuple[int, int, int], dict[str, float]] = {}
    for tile, feature in of_kind(tiles, 13, "waterways", "river"):
        (a, b), side = (feature.lines[0][0], feature.lines[0][-1]), {}
        for name, x in (("west", 0), ("east", 4096)):
            if min(a[0], b[0]) < x < max(a[0], b[0]):
                side[name] = a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0])
        heights[tile] = side
    pairs = [(here, heights[z, x + 1, y]) for (z, x, y), here in heights.items() if (z, x + 1, y) in heights]
    assert len(pairs) == 3
    assert all(
        abs(left["east"] - right["west"]) <= 2 for left, right in pairs if "east" in left and "west" in right
    )


def test_each_thing_comes_at_its_zoom(tiles: Tiles) -> None:
    assert {tile[0] for tile in tiles} == set(range(6, 16))
    assert min(tile[0] for tile, content in tiles.items() if "buildings" in content) == 14
    assert min(tile[0] for tile, content in tiles.items() if "places" in content) == 6
    ((_, town),) = of_kind(tiles, 8, "places", "town")
    assert town.props["name"] == drawn.NAME


def test_the_file_gives_back_every_tile(tmp_path: Path) -> None:
    path = drawn.map_file(tmp_path, MIDDLE)
    file = PmTiles(path)
    assert (file.min_zoom, file.max_zoom, file.attribution) == (6, 15, "© OpenStreetMap contributors")
    told: list[float] = []
    shapes, count = drawn.shapes(MIDDLE), 0

    def check(zoom: int, column: int, row: int, body: bytes) -> None:
        nonlocal count
        count += 1
        assert gzip.decompress(file.tile(zoom, column, row) or b"") == body

    cut(layers.from_shapes(shapes, drawn.box(MIDDLE)), check, check, told.append)
    assert count > 100
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    assert file.tile(15, 0, 0) is None
    file.close()
    again = tmp_path / "again"
    again.mkdir()
    assert drawn.map_file(again, MIDDLE).read_bytes() == path.read_bytes()


def test_many_tiles_need_directories_below_the_root_and_equal_ones_are_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "many.pmtiles"
    with tile_writer(path, 7) as writer:
        for row in range(128):
            for column in range(128):
                writer.add(7, column, row, b"sea" if column < 64 else f"{column} {row * 7919 % 128}".encode() * 3)
        assert writer.finish(Box(0, 0, 1, 1), {"attribution": "x"}) == 128 * 128
    file = PmTiles(path)
    assert gzip.decompress(file.tile(7, 3, 3) or b"") == b"sea"
    assert gzip.decompress(file.tile(7, 127, 5) or b"") == f"127 {5 * 7919 % 128}".encode() * 3
    file.close()
    header = path.read_bytes()[72:96]
    tiles, entries, distinct = (int.from_bytes(header[at : at + 8], "little") for at in (0, 8, 16))
    assert (tiles, distinct) == (128 * 128, 64 * 128 + 1)
    assert entries < 64 * 128 + 64
    assert tile_id(7, 127, 5) > tile_id(6, 63, 63)


def test_an_extract_with_nothing_to_draw_gives_an_empty_map(tmp_path: Path) -> None:
    path = tmp_path / "empty.pmtiles"
    assert building.build(Shapes(), Box(0, 0, 1, 1), path, "Nowhere") == 0
    file = PmTiles(path)
    assert file.any_tile() is None
    file.close()


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        building.build(drawn.shapes(MIDDLE), drawn.box(MIDDLE), tmp_path / "map.pmtiles", "Saltby", stop)
    assert list(tmp_path.iterdir()) == []


def test_a_real_extract(shared: Path, tmp_path: Path) -> None:
    extract = reading.read(shared / "osm" / "zeeland_nl.osm.pbf")
    path = tmp_path / "map.pmtiles"
    count = building.build(extract.shapes, extract.bbox, path, "Zeeland")
    file = PmTiles(path)
    middle = Place((extract.bbox.south + extract.bbox.north) / 2, (extract.bbox.west + extract.bbox.east) / 2)
    content = mvt_reading.read(gzip.decompress(file.tile(*tile_of(13, middle)) or b""))
    assert {"land", "roads"} <= content.keys()
    assert any("name" in f.props for f in content["roads"])
    assert count > 50
    file.close()
