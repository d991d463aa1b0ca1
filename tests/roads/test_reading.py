"""An extract read in one pass: what is in it, and one sentence for what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import House, Town
from dispatch_console.roads.pack import kinds, reading
from tests.roads import tiny


@pytest.fixture
def pbf(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "tiny.osm.pbf")


def test_addresses_streets_and_towns(pbf: Path) -> None:
    extract = reading.read(pbf)
    on_a_node, on_a_building = extract.houses
    assert on_a_node == House("High Street", "12;14", "", "Town", "", Place(47.005, 9.0005))
    assert on_a_building[:5] == ("Hill Road", "7", "", "", "LI")
    assert on_a_building.outlined
    assert on_a_building.place == pytest.approx((47.0006, 9.0051))
    assert extract.towns == (Town("Town", "village", Place(47.005, 9.005), "9490"),)
    assert [street.name for street in extract.streets] == [
        "Hill Road",
        "High Street",
        "Gate Lane",
        "Lost Lane",
        "Low Lane",
    ]
    assert extract.streets[0].points == tuple(Place(*tiny.NODES[id]) for id in (1, 2, 3, 4))
    assert extract.countries == ("LI",)


def test_roads_as_arrays(pbf: Path) -> None:
    ways = reading.read(pbf).ways
    assert ways.ids.tolist() == [100, 101, 102, 103, 104]
    assert ways.first.tolist() == [0, 4, 6, 9, 11, 13]
    assert ways.nodes.tolist() == [1, 2, 3, 4, 4, 1, 3, 5, 6, 7, 8, 1, 3]
    assert (ways.lat[0], ways.lon[1]) == (470000000, 90147000)
    assert [kinds.ROAD_KINDS[kind] for kind in ways.kind] == [
        "residential",
        "primary",
        "service",
        "residential",
        "residential",
    ]


def test_shapes_for_the_map(pbf: Path) -> None:
    shapes = reading.read(pbf).shapes
    assert shapes.roads.props[0] == (("kind", "residential"), ("name", "Hill Road"), ("bridge", 1))
    assert shapes.roads.props[1] == (("kind", "primary"), ("name", "High Street"), ("oneway", 1))
    assert shapes.roads.zoom == [12, 8, 14, 12, 12]
    assert shapes.land.props == [(("kind", "wood"),)]
    assert shapes.water.props == [(("kind", "river"),)]
    assert shapes.places.props == [(("kind", "village"), ("name", "Town"))]
    assert shapely.from_wkb(shapes.buildings.wkb[0]).area == pytest.approx(0.0002 * 0.0002)


def test_the_box_is_that_of_what_is_there(pbf: Path) -> None:
    assert reading.read(pbf).bbox == (9.0, 47.0, 9.03, 47.012)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not an OpenStreetMap extract"),
        (b"Name;Street;City\n" * 50, "not an OpenStreetMap extract"),
        (bytes(range(256)) * 20, "not an OpenStreetMap extract"),
        (None, "cut off or damaged"),
    ],
)
def test_what_is_no_extract_is_said_in_one_sentence(pbf: Path, content: bytes | None, sentence: str) -> None:
    whole = pbf.read_bytes()
    pbf.write_bytes(whole[: len(whole) * 2 // 3] if content is None else content)
    with pytest.raises(UserError, match=sentence):
        reading.read(pbf)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"is not there. Choose a file that ends in .osm.pbf"):
        reading.read(tmp_path / "nothing.osm.pbf")


def test_an_extract_with_nothing_in_it_for_us(tmp_path: Path) -> None:
    extract = reading.read(tiny.write(tmp_path / "bare.osm.pbf", roads=False, houses=False))
    assert (extract.houses, extract.streets, len(extract.ways.ids)) == ((), (), 0)


@pytest.mark.shared
def test_liechtenstein(shared: Path) -> None:
    told: list[float] = []
    extract = reading.read(shared / "osm" / "liechtenstein.osm.pbf", told.append)
    assert len(extract.houses) > 3000
    assert len(extract.ways.ids) > 5000
    assert len(extract.shapes.buildings.wkb) > 10_000
    assert extract.countries == ("LI",)
    assert (extract.data_until or "").startswith("2021-10-28")
    assert told == sorted(told) and told[-1] == 1.0
