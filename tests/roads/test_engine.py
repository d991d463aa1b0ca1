"""The road engine in its process: what vehicles may drive, places without roads, the cache, and its death."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import numpy as np
import psutil
import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.off_road import OffRoad
from dispatch_console.domain.places import Place
from dispatch_console.domain.travel import UNREACHABLE
from dispatch_console.roads.engine import bounds, client, wire
from dispatch_console.roads.engine.client import Engine
from tests.roads.tiny import CORNERS, FAR, ISLAND, SIDE_M, YARD

ONE, TWO, THREE, FOUR = CORNERS
DIAGONAL_M = 1573


def metres(engine: Engine, klass: str, a: Place, b: Place) -> int:
    return engine.matrix(klass, (*CORNERS, YARD)).leg(a, b)[1]


def test_roads_and_who_may_drive_them(engine: Engine) -> None:
    assert metres(engine, "van", ONE, THREE) == pytest.approx(DIAGONAL_M, abs=5)  # 2.9 m high, below 3 m
    assert metres(engine, "truck", ONE, THREE) == pytest.approx(2 * SIDE_M, abs=10)  # 4 m
    assert metres(engine, "van", FOUR, ONE) == pytest.approx(SIDE_M, abs=5)
    assert metres(engine, "van", ONE, FOUR) == pytest.approx(DIAGONAL_M + SIDE_M, abs=10)  # against the one-way
    assert metres(engine, "van", THREE, YARD) == pytest.approx(222 + 250, abs=10)  # a private lane


def test_the_ways_add_up_to_the_matrix(engine: Engine) -> None:
    tour = [ONE, THREE, YARD, FOUR, TWO]
    matrix = engine.matrix("van", tour)
    pairs = list(pairwise(tour))
    for (a, b), leg in zip(pairs, engine.legs("van", pairs), strict=True):
        assert leg is not None
        assert (leg.seconds, leg.metres) == pytest.approx(matrix.leg(a, b, at=0), abs=2)
        assert leg.line[0] == pytest.approx(a, abs=1e-5)
        assert leg.line[-1] == pytest.approx(b, abs=1e-5)


def test_places_without_a_road_say_so_and_never_fail_the_rest(engine: Engine) -> None:
    found = engine.check("van", [ONE, ISLAND, FAR])
    assert [snap.problem for snap in found] == ["", "island", "far"]
    matrix = engine.matrix("van", [FAR, ONE, ISLAND, THREE])
    assert matrix.leg(ONE, THREE)[1] == pytest.approx(DIAGONAL_M, abs=5)
    assert matrix.off_road == {FAR: OffRoad(2199), ISLAND: OffRoad(None, island=True)}
    assert matrix.leg(FAR, FAR) == (0, 0)
    assert engine.matrix("van", [FAR]).leg(FAR, FAR) == (0, 0)
    # Who starts off the roads drives from the nearest one on.
    (leg,) = engine.legs("van", [(FAR, ONE)])
    assert leg is not None
    assert (leg.seconds, leg.metres) == pytest.approx(matrix.leg(FAR, ONE, at=0), abs=2)
    assert matrix.leg(FAR, ONE)[0] < UNREACHABLE


def test_a_day_on_an_island_is_at_home_there(engine: Engine) -> None:
    shore = Place(ISLAND.lat + 0.0004, ISLAND.lon)
    matrix = engine.matrix("van", [ISLAND, shore, ONE])
    assert matrix.off_road == {ONE: OffRoad(None, island=True)}
    assert 0 < matrix.leg(ISLAND, shore)[1] < 100
    grown = engine.extend(matrix, [Place(ISLAND.lat - 0.0004, ISLAND.lon)])
    assert grown.off_road == matrix.off_road


def test_a_day_has_its_rush_hours(engine: Engine) -> None:
    matrix = engine.matrix("van", CORNERS)
    assert matrix.bounds == (0, 23_400, 32_400, 55_800, 66_600)
    night, morning, midday, evening, late = (matrix.leg(FOUR, ONE, at=at)[0] for at in matrix.bounds)
    assert night < midday < morning < evening
    assert late == night
    assert morning == pytest.approx(1.25 * night, rel=0.05)  # a primary road
    assert engine.matrix("truck", CORNERS).bounds == matrix.bounds


def test_grown_is_as_if_whole(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_MANY", 0)  # however small the matrix, only what is new is reckoned
    known = engine.matrix("van", [ONE, ISLAND, TWO])
    grown = engine.extend(known, [THREE, FAR, ONE, YARD])
    assert grown.places == (ONE, ISLAND, TWO, THREE, FAR, YARD)
    whole = engine.matrix("van", grown.places)
    assert grown.durations_by is not None
    assert whole.durations_by is not None
    assert (grown.durations_by == whole.durations_by).all()
    assert (grown.distances == whole.distances).all()
    assert (grown.provider, grown.bounds) == (whole.provider, whole.bounds)
    assert grown.off_road == whole.off_road == {FAR: OffRoad(2199), ISLAND: OffRoad(None, island=True)}
    assert engine.extend(grown, [ONE]) is grown


def test_what_was_reckoned_once_is_on_the_disk(own_engine: Engine, tmp_path: Path) -> None:
    first = own_engine.matrix("van", CORNERS)
    own_engine.close()
    again = own_engine.matrix("van", CORNERS)
    part = own_engine.matrix("van", [THREE, ONE])  # cut out of it
    assert own_engine.pid is None
    with pytest.raises(UserError, match="not in use any more"):  # no process is started for who comes late
        own_engine.check("van", [ONE])
    assert (again.distances == first.distances).all()
    assert part.leg(THREE, ONE) == first.leg(THREE, ONE)
    (stored,) = (tmp_path / "cache").rglob("*.npz")
    damaged = bytearray(stored.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    stored.write_bytes(damaged)
    with closing(Engine(own_engine.folder, tmp_path / "cache")) as engine:
        assert (engine.matrix("van", CORNERS).distances == first.distances).all()


def test_the_cache_has_an_end(tmp_path: Path) -> None:
    kept = client.Cache(tmp_path, limit_bytes=4000)
    for number in range(4):
        times = client.wire.Times(
            np.zeros((1, 10, 10), np.int32), np.zeros((10, 10), np.int32), np.zeros(10, np.int32)
        )
        kept.put("pack:a:van", [Place(47 + number, 9 + k / 10) for k in range(10)], times)
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.npz")) <= 4000
    assert kept.get("pack:a:van", [Place(50, 9.0)]) is not None  # the newest is there
    assert kept.get("pack:b:van", [Place(50, 9.0)]) is None


@pytest.mark.logs_warnings
def test_an_engine_that_dies_is_started_again_once(own_engine: Engine) -> None:
    own_engine.open()
    killed: list[int] = []

    def kill() -> bool:
        """Asked while the matrix is waited for: the process is stopped in the middle of it, and ends."""
        pid = running(own_engine).pid
        if not killed:
            killed.append(pid)
            running(own_engine).kill()
        return False

    running(own_engine).suspend()
    assert own_engine.matrix("van", CORNERS, kill).leg(FOUR, ONE)[1] == pytest.approx(SIDE_M, abs=5)
    assert len(killed) == 1


@pytest.mark.logs_warnings
def test_an_engine_that_dies_twice_is_given_up_in_one_sentence(
    own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = client._Worker

    def stillborn(opening: client.wire.Opening) -> client._Worker:
        worker = start(opening)
        worker.process.kill()
        return worker

    monkeypatch.setattr(client, "_Worker", stillborn)
    with pytest.raises(UserError, match=r"The road engine stopped. The day keeps its times"):
        own_engine.matrix("van", CORNERS)
    monkeypatch.undo()
    assert own_engine.check("van", [ONE])[0].problem == ""


@pytest.mark.logs_warnings
def test_an_engine_that_answers_no_more_is_ended_and_started_again(
    own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_engine.open()
    stuck = running(own_engine)
    stuck.suspend()
    patience = iter([0.2])
    monkeypatch.setattr(client.bounds, "longest_s", lambda question, pack: next(patience, 100.0))
    with ThreadPoolExecutor(2) as pool:
        # The first is more than a pipe takes: who reads no more is found out all the same.
        many = [Place(ONE.lat + k * 1e-7, ONE.lon) for k in range(5_000)]
        large = pool.submit(own_engine.check, "van", many)
        small = pool.submit(own_engine.check, "van", [ONE])
        assert len(large.result()) == 5_000
        assert small.result()[0].problem == ""
    assert running(own_engine).pid != stuck.pid


@pytest.mark.logs_warnings
def test_an_engine_that_gets_stuck_twice_is_given_up(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client.bounds, "longest_s", lambda question, pack: -1.0)
    monkeypatch.setattr(client, "_STUCK_LOOK_S", 0.0)
    start = client._Worker

    def frozen(opening: client.wire.Opening) -> client._Worker:
        worker = start(opening)
        psutil.Process(worker.process.pid).suspend()
        return worker

    monkeypatch.setattr(client, "_Worker", frozen)
    with pytest.raises(UserError, match=r"The road engine stopped. The day keeps its times"):
        own_engine.matrix("van", CORNERS)


def test_a_question_may_take_as_long_as_it_is_large(engine: Engine) -> None:
    """4 times of the day; 1,000 × 1,000 take a second each where it was measured."""
    small = bounds.longest_s(wire.Legs("van", ((ONE, TWO),)), engine.manifest)
    large = bounds.longest_s(wire.Matrix("van", (ONE,) * 1_000), engine.manifest)
    grown = bounds.longest_s(wire.Extend("van", (ONE,) * 1_000, (TWO,)), engine.manifest)
    assert 20 < small < 30
    assert large == pytest.approx(small + 80, abs=1)
    assert small < grown < small + 1


def test_what_is_not_wanted_any_more_is_not_waited_for(own_engine: Engine) -> None:
    own_engine.open()
    running(own_engine).suspend()
    with pytest.raises(client.Cancelled):
        own_engine.matrix("van", CORNERS, lambda: True)
    running(own_engine).resume()
    assert own_engine.check("van", [ONE])[0].problem == ""


def test_large_questions_at_once_do_not_lock_each_other_out(engine: Engine) -> None:
    """Each is larger than a pipe takes at once, and so is its answer."""

    def ask(number: int) -> int:
        places = [Place(ONE.lat + number * 1e-4 + k * 1e-7, ONE.lon) for k in range(3_000)]
        return sum(not snap.problem for snap in engine.check("van", places))

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(ask, range(18))) == [3_000] * 18


def test_a_changed_file_is_found_before_it_is_driven_on(own_pack: Path, tmp_path: Path) -> None:
    roads = own_pack / "roads" / "van" / "free" / "roads.osrm.hsgr"
    damaged = bytearray(roads.read_bytes())
    damaged[len(damaged) // 2] ^= 255
    roads.write_bytes(damaged)
    engine = Engine(own_pack, tmp_path / "cache")
    try:
        with pytest.raises(UserError, match=r"was changed or is incomplete \(roads/van/free/roads.osrm.hsgr\)"):
            engine.matrix("van", CORNERS)
        assert engine.matrix("truck", CORNERS).provider.endswith(":truck")
        with pytest.raises(UserError, match=r"no roads for a bicycle, only for: truck, van"):
            engine.check("bicycle", [ONE])
    finally:
        engine.close()
    roads.write_bytes(b"short")
    with pytest.raises(UserError, match=r"changed or is incomplete"):
        Engine(own_pack, tmp_path / "cache")


def running(engine: Engine) -> psutil.Process:
    assert engine._worker is not None
    assert engine._worker.process.pid is not None
    return psutil.Process(engine._worker.process.pid)
