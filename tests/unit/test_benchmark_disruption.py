"""What the benchmarks of disruption and of ending searches are made of."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.optimiser import search
from dispatch_console.optimiser.tasks import Found, Problem
from tests import factories
from tests.benchmarks import disruption, searching_child

ONE, TWO = ShiftId(1), ShiftId(2)
NONE_MISSED = (0, 0, 0, 0)


def _found(at: float, cost: int, missed: tuple[int, int, int, int] = NONE_MISSED) -> Found:
    return Found({}, (), missed, cost, 0, at, cost)


def test_loose_stops_are_of_routes_and_the_nearest_to_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disruption, "LOOSE", 2)
    day = factories.small_day()  # stop 6 is in the pool
    for seed in range(5):
        assert set(disruption.anywhere(day, seed)) <= {1, 2, 3, 4, 5}
        a, b = disruption.around(day, seed)
        assert abs(a - b) == 1, "places lie on a line"
    assert disruption.anywhere(day, 1) == disruption.anywhere(day, 1)


def test_a_plan_is_taken_over() -> None:
    sequences = {ONE: (StopId(1), StopId(6)), TWO: (StopId(4),)}
    day = disruption.planned(factories.small_day(), Found(sequences, (2, 3, 5), NONE_MISSED, 0, 0, 0.0))
    assert day.plan.route(ONE).stops == (1, 6)
    assert day.plan.route(POOL).stops == (2, 3, 5)
    assert day.schedules[ONE].drive_m == 120_000


def test_how_much_dearer_a_plan_is_at_a_time() -> None:
    found = [_found(0.1, 900, (0, 0, 1, 0)), _found(0.5, 1040), _found(1.5, 1010)]
    assert disruption._dearer(found, NONE_MISSED, 1000, 0.2) is None, "one stop was still left out"
    assert disruption._dearer(found, NONE_MISSED, 1000, 1.0) == pytest.approx(4.0)
    assert disruption._dearer(found, NONE_MISSED, 1000, 3.0) == pytest.approx(1.0)


def test_a_disturbed_plan_is_whole_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disruption, "GOALS", ((0.3, 1.0),))
    day = factories.small_day()
    before = Found({}, (), (0, 0, 1, 0), sum(s.cost for s in day.schedules.values()), 0, 0.0)
    course = disruption.disturb(day, before, [StopId(2), StopId(4)], workers=1)
    assert course.served_ms is not None and course.first_ms <= course.served_ms
    assert course.dearer[0] is not None


def test_searches_are_ended_by_their_time_and_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def solve(question: Problem, stop: Callable[[], bool], _: object) -> None:
        until = time.perf_counter() + question.seconds
        while time.perf_counter() < until and not stop():
            time.sleep(0.001)

    monkeypatch.setattr(search, "solve", solve)
    monkeypatch.setattr(searching_child, "_CANCELS", (0.0, 0.05))
    found = searching_child.ends(searching_child.small(seconds=0.1), (0.1,))
    assert list(found.late) == ["0.1"]
    assert list(found.cancels) == ["0.0", "0.05"]
    assert all(by >= 0 for by in (*found.late.values(), *found.cancels.values()))
