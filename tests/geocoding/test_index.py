"""Finding addresses: what is certain, what is near, and what is not there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Address
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import House, StreetLine, Town
from dispatch_console.geocoding import index_build
from dispatch_console.geocoding.houses import metres
from dispatch_console.geocoding.index import MOST, Index
from tests.geocoding.region import HECTOMETRE, opened, row

HOUSES = [
    *row("Dorfstrasse", "1 2 3 4 5 6 7 8 9 10", (47.14, 9.52), "9490", "Vaduz", "LI"),
    *row("Dorfstrasse", "1 2 3 4 5", (47.17, 9.51), "9494", "Schaan", "LI"),
    *row("Bergstrasse", "1 3 5 7", (47.14, 9.53), "9490", "Vaduz"),
    *row("Burgstrasse", "1 3 5 7", (47.145, 9.53), "9490", "Vaduz"),
    *row("Im Sand", "2 4 14 16", (47.15, 9.52), "", "Vaduz"),
    *row("Kirchweg", "12-16 21", (47.15, 9.53), "9490", "Vaduz"),
]
LINES = (StreetLine("Rheindamm", "track", (Place(47.14, 9.51), Place(47.15, 9.51))),)
TOWNS = (Town("Vaduz", "town", Place(47.14, 9.522), "9490"), Town("Schaan", "town", Place(47.165, 9.51), "9494"))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    made = opened(tmp_path_factory.mktemp("region"), HOUSES, LINES, TOWNS)
    yield made
    made.close()


def test_a_house_is_certain(index: Index) -> None:
    hit = index.find(Address("Dorfstrasse", "3", "9490", "Vaduz", "LI"))[0]
    assert (hit.quality, hit.certain, hit.matched, hit.country) == (
        "house",
        True,
        "Dorfstrasse 3, 9490 Vaduz",
        "LI",
    )
    assert hit.place == pytest.approx(HOUSES[2].place)
    assert hit.confidence >= 0.95


@pytest.mark.parametrize("town", [("", ""), ("", "Xyz"), ("9999", "")])
def test_a_street_of_two_towns_is_not_certain_without_its_town(index: Index, town: tuple[str, str]) -> None:
    hits = index.find(Address("Dorfstrasse", "3", *town))
    assert not any(hit.certain for hit in hits)


def test_both_towns_are_there_to_choose_from(index: Index) -> None:
    found = {hit.matched for hit in index.find(Address("Dorfstr. 3"))}
    assert {"Dorfstrasse 3, 9490 Vaduz", "Dorfstrasse 3, 9494 Schaan"} <= found


def test_a_slip_between_two_streets_is_not_certain(index: Index) -> None:
    hits = index.find(Address("Bxrgstrasse", "5", "9490", "Vaduz"))
    assert not hits[0].certain
    assert {hit.matched for hit in hits[:2]} == {"Bergstrasse 5, 9490 Vaduz", "Burgstrasse 5, 9490 Vaduz"}


def test_a_slip_that_makes_a_street_of_another_town_is_not_certain(tmp_path: Path) -> None:
    houses = row("Burgstrasse", "1 3", (47.14, 9.53), "9490", "Vaduz") + row(
        "Bergstrasse", "1 3", (47.17, 9.51), "9494", "Schaan"
    )
    index = opened(tmp_path, houses)
    assert index.find(Address("Borgstrasse", "3", "9490", "Vaduz"))[0].certain
    assert not index.find(Address("Bergstrasse", "3", "9490", "Vaduz"))[0].certain
    index.close()


@pytest.mark.parametrize(
    ("here", "asked"),
    [("Oak Court", "Oak Street"), ("Cooper Rd", "Cooper Drive"), ("North Main Street", "S Main St"),
     ("5th Avenue", "6th Avenue"), ("A Street", "B Street"), ("Straße 12", "Straße 13")],
)  # fmt: skip
def test_a_street_of_another_kind_is_not_certain(here: str, asked: str, tmp_path: Path) -> None:
    index = opened(tmp_path, row(here, "1 3 5", (52.0, -0.5), "AB12CD", "Lindmoor"))
    assert index.find(Address(here, "3", "AB1 2CD", "Lindmoor"))[0].certain
    assert not any(hit.certain for hit in index.find(Address(asked, "3", "AB1 2CD", "Lindmoor")))
    index.close()


def test_a_house_that_is_not_on_the_map_lies_between_its_neighbours(index: Index) -> None:
    hit = index.find(Address("Im Sand", "6", "", "Vaduz"))[0]
    assert (hit.quality, hit.certain) == ("near_house", False)
    below, above = HOUSES[24].place, HOUSES[25].place
    assert below.lat < hit.place.lat < above.lat
    assert metres(hit.place, below) < metres(hit.place, above)


@pytest.mark.parametrize("number", ["500", "3x", "11", "0"])
def test_a_number_that_is_not_on_the_map_is_never_a_house(index: Index, number: str) -> None:
    hit = index.find(Address("Dorfstrasse", number, "9490", "Vaduz"))[0]
    assert hit.quality in ("near_house", "street")
    assert not hit.certain
    assert hit.matched.startswith("Dorfstrasse")


@pytest.mark.parametrize(
    ("number", "quality"), [("12-16", "house"), ("14", "house"), ("12", "house"), ("13", "near_house")]
)
def test_a_range_holds_the_houses_of_its_side(index: Index, number: str, quality: str) -> None:
    assert index.find(Address("Kirchweg", number, "9490", "Vaduz"))[0].quality == quality


def test_a_street_without_houses_and_a_town(index: Index) -> None:
    street = index.find(Address("Rheindamm", "", "", "Vaduz"))[0]
    assert (street.quality, street.certain, street.matched) == ("street", False, "Rheindamm, 9490 Vaduz")
    town = index.find(Address("", "", "9494", "Schaan"))[0]
    assert (town.quality, town.certain, town.place) == ("place", False, TOWNS[1].place)


@pytest.mark.parametrize(
    "address",
    [
        Address("Rue de Rivoli", "12", "75001", "Paris", "FR"),
        Address("Dorfstrasse", "3", "8001", "Zürich", "CH"),
        Address("Dorfstrasse", "3", "", "", "Narnia"),
        Address("Kerkstraat", "1", "1017AB", "Amsterdam"),
        Address("qwertz uiop", "5"),
        Address(),
    ],
)
def test_what_is_not_here(index: Index, address: Address) -> None:
    assert index.find(address) == []


def test_a_postcode_of_elsewhere_takes_certainty(index: Index) -> None:
    assert not index.find(Address("Dorfstrasse", "3", "10115", "Vaduz"))[0].certain
    assert not index.find(Address("Bergstrasse", "3", "9494", "Vaduz"))[0].certain


def test_a_number_twice_in_a_street_is_not_certain(tmp_path: Path) -> None:
    far = House("Langweg", "5", "9490", "Vaduz", "LI", Place(47.2, 9.5), True)
    index = opened(tmp_path, [*row("Langweg", "1 3 5 7", (47.14, 9.5), "9490", "Vaduz", "LI"), far])
    hits = index.find(Address("Langweg", "5", "9490", "Vaduz"))
    index.close()
    assert [hit.certain for hit in hits] == [False, False]
    assert metres(hits[0].place, far.place) > 1000, "that by its neighbours comes first"
    assert hits[1].place == pytest.approx(far.place)


def test_two_buildings_of_one_number_are_one_property(tmp_path: Path) -> None:
    barn = House("Langweg", "5", "9490", "Vaduz", "LI", Place(47.14 + 0.8 * HECTOMETRE, 9.5009), True)
    houses = row("Langweg", "1 3 5 7", (47.14, 9.5), "9490", "Vaduz", "LI")
    index = opened(tmp_path, [*houses, barn])
    hits = index.find(Address("Langweg", "5", "9490", "Vaduz"))
    index.close()
    assert not hits[0].certain
    assert all(metres(hits[0].place, one.place) < 50 for one in (houses[2], barn))
    assert sorted(hit.place for hit in hits[1:3]) == [pytest.approx(one.place) for one in (houses[2], barn)]


def test_houses_without_a_town_take_that_of_their_neighbours_or_of_the_place(tmp_path: Path) -> None:
    index = opened(tmp_path, [*row("Alpweg", "1 3", (47.1401, 9.5201)), *HOUSES[:10]], (), TOWNS)
    assert index.find(Address("Alpweg", "3", "9490", "Vaduz"))[0].certain
    index.close()
    index = opened(tmp_path, row("Alpweg", "1 3", (47.1401, 9.5201)), (), TOWNS)
    assert index.find(Address("Alpweg", "3", "9490", "Vaduz"))[0].certain
    assert not index.find(Address("Alpweg", "3", "9494", "Schaan"))[0].certain
    index.close()


def test_without_trigrams_the_scan_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_build, "_has_trigrams", lambda db: False)
    index = opened(tmp_path, HOUSES)
    assert index.find(Address("Dorfstrase", "3", "9490", "Vaduz"))[0].certain
    index.close()


def test_the_same_region_gives_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        index_build.build(HOUSES, LINES, TOWNS, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_an_empty_region_finds_nothing(tmp_path: Path) -> None:
    index = opened(tmp_path, [])
    assert index.find(Address("Dorfstrasse", "3", "9490", "Vaduz")) == []
    index.close()


def test_a_file_that_is_no_index(tmp_path: Path) -> None:
    path = tmp_path / "addresses.sqlite"
    with pytest.raises(UserError, match="is not there"):
        Index(path)
    path.write_bytes(b"nonsense" * 1000)
    with pytest.raises(UserError, match="cannot be read"):
        Index(path)
    path.unlink()
    index_build.build(HOUSES, LINES, TOWNS, path)
    with sqlite3.connect(path) as db:
        db.execute("update meta set value = '0' where key = 'format'")
    db.close()
    with pytest.raises(UserError, match="another version"):
        Index(path)


FIELD = st.text(max_size=12) | st.sampled_from(
    ["Dorfstrasse", "3", "9490", "Vaduz", "LI", "Dorfstr. 3, 9490 Vaduz"]
)


@settings(max_examples=150)
@given(address=st.builds(Address, FIELD, FIELD, FIELD, FIELD, FIELD))
def test_whatever_is_asked_certain_means_one_house(index: Index, address: Address) -> None:
    hits = index.find(address)
    assert len(hits) <= MOST
    assert all(0 <= hit.confidence <= 1 for hit in hits)
    assert all(hit.quality == "house" for hit in hits if hit.certain)
    assert not any(hit.certain for hit in hits[1:])
