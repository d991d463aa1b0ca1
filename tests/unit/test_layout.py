"""The arrays that the compiled search reads: what they say of small days that can be added up by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dispatch_console.domain.baseline import frozen
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Break, Costs, DriverId, ShiftId
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.domain.weights import Weights
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.core import fields
from dispatch_console.optimiser.core import ground as core
from dispatch_console.optimiser.core.layout import Layout, lay_out
from dispatch_console.optimiser.core.walk import walk
from dispatch_console.optimiser.options import Options
from tests import factories

ONE, TWO = ShiftId(1), ShiftId(2)
#: Numbers of the tasks of `small_day`: the pool's first, then as the routes go.
SIX, A, B, C, D, E = range(6)


def driven(ground: Layout, van: int, *seq: int) -> list[int]:
    out = np.zeros(fields.O_FIELDS, np.int64)
    arrays = ground.tasks, ground.windows, ground.vans, ground.seconds, ground.bounds, ground.metres, ground.dear
    walk(np.array(seq, np.int32), len(seq), van, *arrays, out, False)
    return out.tolist()


def changed(day: Day, **shifts: object) -> Day:
    return replace(day, shifts={id: replace(shift, **shifts) for id, shift in day.shifts.items()})


def test_moving_costs_what_the_weights_say_against_the_published_plan() -> None:
    day = factories.small_day()
    weights = Weights(moved_driver=500, moved_order=10, moved_minute=3)
    day = replace(day, baseline=frozen(day.schedules), weights=weights)
    ground = lay_out(problem.build(day, 0, Options(from_now=True)))
    assert driven(ground, 0, A, B, C)[fields.O_STABLE] == 0
    # A begins 8:10, B 8:25, C 8:40. Turned round, B begins 8:20, A 8:35, C 9:00: 5 + 25 + 20 minutes, and before
    # each of them comes another one.
    assert driven(ground, 0, B, A, C)[fields.O_STABLE] == 3 * 10 + 50 * 3
    # Without B, C begins 8:35.
    assert driven(ground, 0, A, C)[fields.O_STABLE] == 10 + 5 * 3
    # Behind C, at 8:45, D begins 8:55 (published: first of its route, 8:40), at another driver.
    assert driven(ground, 0, A, B, C, D)[fields.O_STABLE] == 500 + 10 + 15 * 3
    assert driven(ground, 0, SIX, A, B, C)[fields.O_STABLE] > 0
    assert driven(ground, 0, A, B, C, SIX)[fields.O_STABLE] == 0
    assert driven(lay_out(problem.build(day, 0, Options())), 0, B, A, C)[fields.O_STABLE] == 0


def test_a_stop_is_dear_to_strangers_and_shut_to_those_who_may_not_go_there() -> None:
    day = factories.small_day()
    orders = {1: {"known_by": frozenset({DriverId(2)})}, 2: {"not_drivers": frozenset({DriverId(1)})}}
    stops = {id: replace(stop, **orders.get(id, {})) for id, stop in day.stops.items()}
    day = replace(day, stops=stops, weights=Weights(unfamiliar=70))
    ground = lay_out(problem.build(day, 0, Options()))
    assert ground.dear[A].tolist() == [70, 0]
    assert not ground.dear[B].any()
    assert ground.able[B].tolist() == [0, 1]
    assert ground.able[A].tolist() == [1, 1]
    assert driven(ground, 0, A)[fields.O_SOFT] == 70
    assert ground.vans[:, fields.V_KIND].tolist() == [0, 1]
    assert lay_out(problem.build(replace(day, weights=Weights()), 0, Options())).dear.shape == (0, 0)


def test_vans_are_of_a_kind_and_plain_unless_something_is_different() -> None:
    day = factories.small_day()
    question = problem.build(day, 0, Options())
    ground = lay_out(question)
    assert ground.vans[:, fields.V_KIND].tolist() == [0, 0]
    assert ground.vans[:, fields.V_PLAIN].tolist() == [1, 1]
    assert np.shares_memory(ground.seconds, question.durations)  # a large matrix is not copied
    dearer = replace(day.shifts[TWO], costs=Costs(3100, 50), pause=Break(1800, Window(39600, 46800)))
    other = lay_out(problem.build(replace(day, shifts={**day.shifts, TWO: dearer}), 0, Options()))
    assert other.vans[:, fields.V_KIND].tolist() == [0, 1]
    assert other.vans[:, fields.V_PLAIN].tolist() == [1, 0]
    soft = {**day.stops, StopId(6): replace(day.stops[StopId(6)], late_per_min=5)}
    assert not lay_out(problem.build(replace(day, stops=soft), 0, Options())).vans[:, fields.V_PLAIN].any()


def test_ways_back_are_a_copy_only_where_roads_differ_by_direction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core, "_ROWS", 3)  # seven places in three bands
    day = factories.small_day()
    alike = core.ground(problem.build(day, 0, Options()))
    assert alike.into_fast is alike.fast
    assert alike.into_metres is alike.metres
    uphill = day.travel.durations + np.triu(np.full((7, 7), 60, np.int32), 6)  # between the first and the last only
    travel = TravelMatrix(day.travel.places, uphill, day.travel.distances, "uphill")
    one_way = core.ground(problem.build(replace(day, travel=travel), 0, Options()))
    assert np.array_equal(one_way.into_fast, one_way.fast.T)
    assert not np.array_equal(one_way.into_fast, one_way.fast)
    assert np.array_equal(one_way.into_metres, one_way.metres.T)


def test_an_empty_day_has_empty_arrays() -> None:
    day = factories.small_day()
    nobody = lay_out(problem.build(replace(day, shifts={}, plan=replace(day.plan, routes={})), 0, Options()))
    assert nobody.vans.shape == (0, fields.V_FIELDS)
    assert nobody.able.shape[1] == 0
    assert nobody.tasks.shape[1] == fields.T_FIELDS
