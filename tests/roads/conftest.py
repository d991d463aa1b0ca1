"""A pack of the tiny extract, built once for all tests that ask it things."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_console.roads.engine.client import Engine
from dispatch_console.services.regions import build
from dispatch_console.services.regions.build import Build, Options
from dispatch_console.services.regions.order import Done
from tests import patience
from tests.roads import tiny


def finished(building: Build) -> Done:
    """The end of a build."""
    building.wait_for_end(patience.PATIENCE_S)
    return building.result()


@pytest.fixture(scope="session")
def tiny_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For vans and trucks, with times of the day."""
    folder = tmp_path_factory.mktemp("tiny")
    pbf = tiny.write(folder / "tiny.osm.pbf")
    building = build.start(pbf, folder / "pack", Options(classes=("van", "truck"), by_daytime=True))
    finished(building)
    return folder / "pack"


@pytest.fixture
def own_pack(tiny_pack: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    return shutil.copytree(tiny_pack, tmp_path / "pack")


@pytest.fixture(scope="session")
def engine(tiny_pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One for all who only ask it."""
    engine = Engine(tiny_pack, tmp_path_factory.mktemp("cache"))
    yield engine
    engine.close()


@pytest.fixture
def own_engine(tiny_pack: Path, tmp_path: Path) -> Iterator[Engine]:
    """With a process and a cache of its own."""
    engine = Engine(tiny_pack, tmp_path / "cache")
    yield engine
    engine.close()
