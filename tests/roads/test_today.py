"""Today's roads: closed, avoided, slow; the pack itself stays as it is."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dispatch_console.domain import off_road
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.off_road import OffRoad
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Area
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.roads.engine.client import Engine
from dispatch_console.roads.pack import manifest, segments, today
from tests.roads.tiny import CORNERS, SIDE_M, YARD

ONE, TWO, THREE, FOUR = CORNERS
PLACES = (*CORNERS, YARD)
DIAGONAL_M = 1573


def around(lat: float, lon: float) -> tuple[Place, ...]:
    """A square of some 100 m."""
    return tuple(
        Place(lat + a, lon + b)
        for a, b in ((-0.0005, -0.0005), (0.0005, -0.0005), (0.0005, 0.0005), (-0.0005, 0.0005))
    )


IN_LOW_LANE = around(47.003, 9.00441)  # on the diagonal, between its only two nodes


@contextmanager
def roads(pack: Path, cache: Path, *areas: Area) -> Iterator[TravelMatrix]:
    """The matrix of all places with today's areas."""
    made = today.make(pack, manifest.read(pack), "van", areas, cache / "today")
    engine = Engine(pack, cache / "matrices", [("van", made)], today.key(areas))
    try:
        yield engine.matrix("van", PLACES)
    finally:
        engine.close()


def test_a_closed_road_makes_a_detour(tiny_pack: Path, tmp_path: Path, engine: Engine) -> None:
    plain = engine.matrix("van", PLACES)
    closed = Area("closed", IN_LOW_LANE)
    with roads(tiny_pack, tmp_path, closed) as matrix:
        assert matrix.leg(ONE, THREE)[1] == pytest.approx(2 * SIDE_M, abs=10)
        assert matrix.leg(FOUR, ONE, at=0) == pytest.approx(plain.leg(FOUR, ONE, at=0), abs=1)
        assert matrix.bounds == plain.bounds
        assert matrix.provider == f"{plain.provider}:{today.key([closed])}"
        assert matrix.leg(FOUR, ONE, at=25_000)[0] > matrix.leg(FOUR, ONE, at=0)[0]
    assert engine.matrix("van", CORNERS).leg(ONE, THREE)[1] == pytest.approx(DIAGONAL_M, abs=5)
    manifest.check_hashes(tiny_pack, manifest.read(tiny_pack))


def test_avoided_is_driven_where_there_is_no_other_way_and_slow_takes_longer(
    tiny_pack: Path, tmp_path: Path, engine: Engine
) -> None:
    plain = engine.matrix("van", PLACES)
    snow = Area("slow", around(47.005, 9.0), factor=1.5)  # on the way from 4 to 1
    with roads(tiny_pack, tmp_path, Area("avoid", IN_LOW_LANE), snow) as matrix:
        assert matrix.leg(ONE, THREE)[1] == pytest.approx(2 * SIDE_M, abs=10)
        assert matrix.leg(FOUR, ONE, at=0)[0] == pytest.approx(1.5 * plain.leg(FOUR, ONE, at=0)[0], rel=0.03)
    with roads(tiny_pack, tmp_path, Area("avoid", around(47.012, 9.016))) as matrix:  # the only way to the yard
        assert matrix.leg(THREE, YARD) == pytest.approx(plain.leg(THREE, YARD), abs=1)


def test_what_is_cut_off_today_is_told_so_and_fails_nothing_else(tiny_pack: Path, tmp_path: Path) -> None:
    only_way = Area("closed", around(47.012, 9.016))  # to the yard
    with roads(tiny_pack, tmp_path, only_way) as matrix:
        assert matrix.off_road == {YARD: OffRoad(None, False, "van", closed=True)}
        assert off_road.words(matrix.off_road[YARD]) == "cut off for a van by what is closed on this day"
        assert matrix.leg(ONE, TWO)[1] < 2 * SIDE_M
    hub = manifest.read(tiny_pack).classes["van"].hub
    with roads(tiny_pack, tmp_path, Area("closed", around(*hub))) as matrix:  # where all others are asked from
        assert matrix.leg(ONE, THREE)[1] < 4 * SIDE_M
        assert len(matrix.off_road) < len(PLACES) - 1


def test_the_same_areas_are_made_once_and_few_are_kept(tiny_pack: Path, tmp_path: Path) -> None:
    held, areas = manifest.read(tiny_pack), [Area("closed", IN_LOW_LANE), Area("slow", around(47.0, 9.0), 1.2)]
    made = today.make(tiny_pack, held, "van", areas, tmp_path)
    (made / "mark").write_bytes(b"")
    assert today.make(tiny_pack, held, "van", areas[::-1], tmp_path) == made
    assert (made / "mark").exists()
    old = [made.with_name(f"van-{n}") for n in range(5)]
    for age, folder in enumerate(old, 1):
        folder.mkdir()
        os.utime(folder, (age * 86_400, age * 86_400))
    os.utime(made, (0, 0))
    today.clear(tmp_path, made)
    assert [folder.name for folder in old if folder.is_dir()] == ["van-2", "van-3", "van-4"]
    assert made.is_dir()
    today.make(tiny_pack, held, "van", areas, tmp_path)
    today.clear(tmp_path, old[4])
    assert made.is_dir()  # it was used just now
    assert today.key([]) == ""


def test_a_full_disk_is_told_in_a_sentence_and_nothing_is_left(
    tiny_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_words: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(segments, "write_speeds", full)
    with pytest.raises(UserError, match=r"disk is full.*times stay as they were"):
        today.make(tiny_pack, manifest.read(tiny_pack), "van", [Area("closed", IN_LOW_LANE)], tmp_path)
    assert not list(tmp_path.rglob("*van-*"))


def test_an_area_touches_what_lies_in_it_and_what_crosses_it(tiny_pack: Path) -> None:
    pieces = segments.read(tiny_pack / "roads" / "van" / segments.NAME)
    crossed = segments.inside(pieces, Area("closed", IN_LOW_LANE))
    assert [(int(a), int(b)) for a, b in zip(pieces.a[crossed], pieces.b[crossed], strict=True)] == [(1, 3)]
    assert not segments.inside(pieces, Area("closed", around(48.0, 9.0))).any()
