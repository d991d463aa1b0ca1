"""The roads of the sample's town, driven: what is forbidden, low or cut off there is so for the engine too."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_console import resources
from dispatch_console.domain.places import Place
from dispatch_console.geocoding import index_build
from dispatch_console.roads.engine.client import Engine
from dispatch_console.roads.estimate import matrix
from dispatch_console.services import sample_pack
from tests import town


@pytest.fixture(scope="module")
def engine(town_pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine(town_pack, tmp_path_factory.mktemp("cache"))
    yield engine
    engine.close()


def orders() -> list[Place]:
    with resources.path("sample", "orders.csv").open(encoding="utf-8", newline="") as file:
        return [Place(float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file) if row["lat"]]


def detour(engine: Engine, name: str) -> float:
    """How many times as far as the way itself a van drives between its two ends."""
    start, end = town.ends(town.special(name))
    straight = matrix([start, end]).distances[0, 1]
    leg = engine.legs("van", [(start, end)])[0]
    assert leg is not None
    return leg.metres / straight


def test_a_pack_that_is_there_is_not_built_again(town_pack: Path):
    assert sample_pack.ready(town_pack.parent) == town_pack


def test_what_builds_packs_otherwise_builds_this_one_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A newer version of the program does not stumble over the pack of an older one."""
    before = sample_pack.folder(tmp_path)
    monkeypatch.setattr(index_build, "FORMAT", index_build.FORMAT + 1)
    assert sample_pack.folder(tmp_path) != before


def test_of_two_that_build_it_at_once_the_second_takes_what_is_there(town_pack: Path, tmp_path: Path):
    building = sample_pack.begin(tmp_path)
    shutil.copytree(town_pack, tmp_path / town_pack.name)
    assert sample_pack.finish(building, tmp_path) == tmp_path / town_pack.name
    assert [folder.name for folder in tmp_path.iterdir()] == [town_pack.name]


def test_all_orders_of_the_sample_are_reached(engine: Engine):
    places = orders()
    assert not [snap for snap in engine.check("van", places) if snap.problem]
    driven = engine.matrix("van", places)
    assert driven.durations.max() < 3600
    ratio = driven.distances.sum() / matrix(places).distances.sum()
    assert 0.9 < ratio < 1.4, "roads are about as long as the estimate says"


def test_a_van_goes_under_the_higher_bridge_and_over_the_weak_one_but_not_under_the_low_one(engine: Engine):
    assert detour(engine, "van") < 1.3
    assert detour(engine, "weak") < 1.3
    assert detour(engine, "low") > 3


def test_the_private_yard_is_reached_and_the_island_is_told(engine: Engine):
    houses = town.read().houses
    yard = next(place for (_, street, _), place in houses.items() if street == "Foundry Yard")
    island = next(place for (_, street, _), place in houses.items() if street == "Holm Lane")
    snaps = engine.check("van", [yard, island])
    assert [snap.problem for snap in snaps] == ["", "island"]
