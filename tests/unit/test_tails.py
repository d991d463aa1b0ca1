"""Two routes exchange their tails (`optimiser.core.tails`)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.domain.schedule import schedule
from dispatch_console.optimiser import crew, problem, search
from dispatch_console.optimiser.core.ground import ground, sequence, stand, with_neighbours
from dispatch_console.optimiser.core.state import (
    COST,
    FREE,
    H_BROKEN,
    H_COST,
    H_KEPT,
    H_OUT,
    H_ROUND,
    H_TOUCHED,
    LATEST,
)
from dispatch_console.optimiser.core.tails import swap_tails
from dispatch_console.optimiser.options import Options
from tests import factories
from tests.property.rich import rich_days


def _two_routes() -> Day:
    """Stops 1 to 3 with one driver, 4 to 6 with the other, all on one line."""
    orders = [factories.order(k) for k in range(1, 7)]
    shifts = [factories.shift(1), factories.shift(2)]
    routes = {
        shift.id: Route(shift.id, tuple(StopId(k) for k in numbers))
        for shift, numbers in zip(shifts, ((1, 2, 3), (4, 5, 6)), strict=True)
    }
    plan = Plan({**routes, POOL: Route(POOL)})
    return open_day(factories.DEPOT, factories.DAY, orders, shifts, factories.line_matrix(), plan)


@pytest.mark.parametrize("seed", range(8))
def test_figures_after_an_exchange_are_those_of_the_new_routes(seed: int) -> None:
    question = problem.build(_two_routes(), 0, Options(seed=seed))
    g = with_neighbours(ground(question), lambda: False)
    s = stand(question, g, seed)
    s.here[H_ROUND] += 1
    s.here[H_KEPT] = s.here[H_TOUCHED] = s.here[H_OUT] = s.here[H_BROKEN] = 0

    assert swap_tails(g, s, 1 << 60)

    n = len(g.tasks)
    after = [sequence(s, n, van) for van in range(2)]
    assert sorted(sum(after, ())) == list(range(n))
    assert after != [(0, 1, 2), (3, 4, 5)]
    if not s.here[H_BROKEN]:
        vehicles = tuple(replace(v, start=seq) for v, seq in zip(question.vehicles, after, strict=True))
        fresh = stand(replace(question, vehicles=vehicles), g, seed)
        assert [sequence(fresh, n, van) for van in range(2)] == after
        assert s.here[H_COST] == fresh.here[H_COST]
        assert np.array_equal(s.routes[:, COST], fresh.routes[:, COST])
        assert np.array_equal(s.nodes[:n, [FREE, LATEST]], fresh.nodes[:n, [FREE, LATEST]])


def test_nothing_is_exchanged_that_costs_more_than_allowed() -> None:
    question = problem.build(_two_routes(), 0, Options())
    g = with_neighbours(ground(question), lambda: False)
    s = stand(question, g, 1)
    assert not any(swap_tails(g, s, -(1 << 60)) for _ in range(50))
    assert [sequence(s, len(g.tasks), van) for van in range(2)] == [(0, 1, 2), (3, 4, 5)]


@settings(max_examples=60)
@given(rich_days(facts=False), st.integers(0, 99))
def test_with_every_rule_of_a_depot_the_search_counts_as_the_schedule_does(day: Day, seed: int) -> None:
    if any(route.locked for route in day.plan):
        return
    question = replace(problem.build(day, 0, Options(seed=seed)), rounds=300)
    question = replace(
        question, vehicles=tuple(replace(v, costs=day.shifts[v.shift].costs) for v in question.vehicles)
    )
    if any(held.schedule.broken for held in question.held):
        return  # such a route stays as it is, and what it costs is a plain estimate
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crew, "_TAILS", 90)
        patch.setattr(crew, "_LONG", 0.0)
        found = search.solve(question, lambda: False, lambda _: None)
    timed = [
        schedule(day.plan.route(id).with_stops(stops), day.basis.shifts[id], day.basis)
        for id, stops in found.sequences.items()
    ]
    alone = {n for n, task in enumerate(question.tasks) if task.pick == -1} - {t.pick for t in question.tasks}
    prizes = sum(question.tasks[n].prize for n in alone if question.tasks[n].stop in found.unassigned)
    assert abs(found.score - prizes - sum(one.cost + one.soft for one in timed)) <= 2 * len(timed)
