"""The search on random small days with all rules mixed: nothing lost, nothing broken, nothing held is moved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.fleet import Costs, ShiftId
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.domain.schedule import schedule
from dispatch_console.domain.travel import UNREACHABLE, TravelMatrix
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.options import Changes, Options, Scope
from tests.property.plan_checks import (
    fixed_stops_stay,
    nothing_held_moves,
    nothing_is_broken,
    nothing_is_lost,
    solve,
)
from tests.property.rich import rich_days
from tests.property.strategies import HOUR, days


@st.composite
def roads(draw: st.DrawFn, day: Day) -> TravelMatrix:
    """Asymmetric, without any triangle inequality; now and then a pair that cannot be reached."""
    n = len(day.travel.places)
    random = np.random.default_rng(draw(st.integers(0, 999)))
    seconds = random.integers(0, 4000, (n, n)).astype(np.int32)
    if draw(st.booleans()):
        seconds[random.random((n, n)) < 0.15] = UNREACHABLE
    np.fill_diagonal(seconds, 0)
    return TravelMatrix(day.travel.places, seconds, seconds * 10, "random")


@st.composite
def busy_days(draw: st.DrawFn) -> Day:
    """Days with locks, pins, absences, heads and odd roads."""
    day = draw(days())
    routes = {id: draw(_held(route)) for id, route in day.plan.routes.items()}
    shifts = {
        id: replace(shift, absent=draw(st.sampled_from([False] * 5 + [True])), costs=Costs(3000, 50, draw(_fixed)))
        for id, shift in day.shifts.items()
    }
    day = replace(day, plan=Plan(routes), shifts=shifts)
    if draw(st.booleans()):
        day = replace(day, travel=draw(roads(day)))
    facts = draw(_facts(day)) if draw(st.booleans()) else Facts()
    now = draw(st.integers(8 * HOUR, 13 * HOUR)) if facts.entries else 0
    return day.with_facts(facts, now)


_fixed = st.sampled_from([0, 5000])


@st.composite
def _held(draw: st.DrawFn, route: Route) -> Route:
    if route.id == POOL or not route.stops:
        return route
    pinned = draw(st.frozensets(st.sampled_from(route.stops), max_size=2))
    fixed = draw(st.frozensets(st.sampled_from(sorted(pinned)), max_size=1)) if pinned else frozenset()
    return replace(route, pinned=pinned, fixed=fixed, locked=draw(st.sampled_from([False] * 5 + [True])))


@st.composite
def _facts(draw: st.DrawFn, day: Day) -> Facts:
    """Some routes have been at their first stops, at times of their own."""
    facts: list[Fact] = []
    for route in day.plan:
        at = day.shifts[route.id].start
        for stop in route.stops[: draw(st.integers(0, 2))]:
            at += draw(st.integers(0, 5000))
            facts.append(Fact(stop, route.id, FactKind.ARRIVED, at))
            if draw(st.booleans()):
                at += draw(st.integers(0, 900))
                facts.append(Fact(stop, route.id, FactKind.DELIVERED, at))
    return Facts(tuple(facts))


options = st.builds(
    Options,
    scope=st.sampled_from([Scope.ALL, Scope.ALL, Scope.ROUTES, Scope.UNASSIGNED]),
    routes=st.just(frozenset({ShiftId(1), ShiftId(2)})),
    changes=st.sampled_from([Changes.FREE, Changes.FREE, Changes.KEEP_DRIVERS, Changes.KEEP_ORDER]),
    seconds=st.just(1.0),
    seed=st.integers(0, 99),
)


@settings(max_examples=150)
@given(busy_days(), options)
def test_every_plan_handed_on_is_in_order(day: Day, options: Options) -> None:
    question = problem.build(day, day.now, options)
    last, told = solve(question)
    assert last == told[-1]
    assert [found.worth for found in told] == sorted((found.worth for found in told), reverse=True)
    for found in told:
        nothing_is_lost(day, found)
        nothing_is_broken(day, question, found)
        nothing_held_moves(day, options, found)
        fixed_stops_stay(question, found)


@settings(max_examples=120)
@given(rich_days(), options)
def test_plans_with_every_rule_of_a_depot_are_in_order(day: Day, options: Options) -> None:
    question = problem.build(day, day.now, options)
    last, told = solve(question, 300)
    assert last == told[-1]
    for found in told:
        nothing_is_lost(day, found)
        nothing_is_broken(day, question, found)
        nothing_held_moves(day, options, found)


@settings(max_examples=120)
@given(rich_days(facts=False), st.integers(0, 99))
def test_the_search_counts_as_the_schedule_does(day: Day, seed: int) -> None:
    """What it makes small is what the plan costs, so that nothing had to be taken out of it either."""
    question = problem.build(day, 0, Options(seed=seed))
    question = replace(
        question, vehicles=tuple(replace(v, costs=day.shifts[v.shift].costs) for v in question.vehicles)
    )
    if any(route.locked for route in day.plan):
        return
    found, _ = solve(question, 300)
    timed = [
        schedule(day.plan.route(id).with_stops(stops), day.basis.shifts[id], day.basis)
        for id, stops in found.sequences.items()
    ]
    paired = {task.pick for task in question.tasks} | {
        n for n, task in enumerate(question.tasks) if task.pick != -1
    }
    left = [n for n, task in enumerate(question.tasks) if task.stop in found.unassigned and n not in paired]
    prizes = sum(question.tasks[n].prize for n in left)
    assert abs(found.score - prizes - sum(one.cost + one.soft for one in timed)) <= 2 * len(timed)
