"""Children of two plans (`optimiser.elite`), and the search that lives by them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_console.domain.day import Day
from dispatch_console.optimiser import crew, problem, search
from dispatch_console.optimiser.clock import State
from dispatch_console.optimiser.core.compile import Ints
from dispatch_console.optimiser.core.ground import ground, sequence, stand, with_neighbours
from dispatch_console.optimiser.core.state import H_COST, NEXT
from dispatch_console.optimiser.elite import Elite, Plan, cross, stand_as_child
from dispatch_console.optimiser.options import Options
from dispatch_console.optimiser.tasks import Found
from tests.property.plan_checks import fixed_stops_stay, nothing_held_moves, nothing_is_broken, nothing_is_lost
from tests.property.rich import rich_days
from tests.property.test_plan_search import busy_days, options


@st.composite
def _plans(draw: st.DrawFn, vans: int, tasks: int) -> Plan:
    """Each task in one route, or in none."""
    homes = draw(st.lists(st.integers(-1, vans - 1), min_size=tasks, max_size=tasks))
    order = draw(st.permutations(range(tasks)))
    return [tuple(task for task in order if homes[task] == van) for van in range(vans)]


@given(_plans(4, 12), _plans(4, 12), st.integers(0, 999))
def test_a_child_has_each_task_once_and_each_route_from_one_parent(mother: Plan, father: Plan, seed: int) -> None:
    child = cross(mother, father, [0] * 4, np.random.default_rng(seed))
    placed = [task for tasks in child for task in tasks]
    assert len(placed) == len(set(placed))
    for tasks in child:
        assert any(_is_part(tasks, other) for other in (*mother, *father))


@given(_plans(3, 9), _plans(3, 9), st.integers(0, 999))
def test_vans_of_different_kinds_drive_their_own_routes(mother: Plan, father: Plan, seed: int) -> None:
    child = cross(mother, father, [0, 1, 2], np.random.default_rng(seed))
    for van, tasks in enumerate(child):
        assert _is_part(tasks, mother[van]) or _is_part(tasks, father[van])
        both = set(mother[van]) & set(father[van])
        assert both <= set(tasks)


def _is_part(tasks: tuple[int, ...], of: tuple[int, ...]) -> bool:
    return tasks == tuple(task for task in of if task in tasks)


def test_children_mix_their_parents() -> None:
    mother: Plan = [(0, 1, 2), (3, 4, 5), ()]
    father: Plan = [(5, 4), (0, 1, 3), (2,)]
    children = {tuple(cross(mother, father, [0] * 3, np.random.default_rng(seed))) for seed in range(60)}
    assert ((0, 1, 3), (4, 5), ()) in children  # the route came whole
    assert ((0, 1), (3, 4, 5), ()) in children  # it left out what was there already


def test_the_elite_keeps_the_best_and_no_two_alike() -> None:
    elite = Elite()
    random = np.random.default_rng(1)
    assert elite.parents(random) is None
    for cost in (5, 3, 3, *range(20, 40), 4):
        elite.add(State((0, 0, 0, 0), cost, np.zeros(1, np.int32)))
    drawn = [elite.parents(random) for _ in range(300)]
    costs = {one.cost for pair in drawn if pair is not None for one in pair}
    assert costs == {3, 4, 5, *range(20, 27)}
    assert all(pair is not None and pair[0].cost != pair[1].cost for pair in drawn)


@given(rich_days(facts=False), st.integers(0, 99))
def test_figures_of_a_child_are_those_of_its_routes(day: Day, seed: int) -> None:
    """Its parents: the plan of the day, and the one without any."""
    question = problem.build(day, 0, Options(seed=seed))
    if not question.vehicles or not question.tasks:
        return
    g = with_neighbours(ground(question), lambda: False)
    s = stand(question, g, seed)
    mother = _state(s.nodes[:, NEXT])
    found = search.solve(replace(question, rounds=200), lambda: False, lambda _: None)
    numbers = {task.stop: number for number, task in enumerate(question.tasks)}
    father = stand(_begun(question, found, numbers), g, seed)
    stand_as_child(g, s, mother, _state(father.nodes[:, NEXT]), np.random.default_rng(seed))
    routes = [sequence(s, len(g.tasks), van) for van in range(len(g.vans))]
    vehicles = tuple(replace(v, start=seq) for v, seq in zip(question.vehicles, routes, strict=True))
    fresh = stand(replace(question, vehicles=vehicles), g, seed)
    assert [sequence(fresh, len(g.tasks), van) for van in range(len(g.vans))] == routes
    assert s.here[H_COST] == fresh.here[H_COST]


def _state(links: Ints) -> State:
    return State((0, 0, 0, 0), 0, links.copy())


def _begun(question: problem.Problem, found: Found, numbers: dict[int, int]) -> problem.Problem:
    """The question with what was found to begin with."""
    vehicles = tuple(
        replace(v, start=tuple(numbers[stop] for stop in found.sequences[v.shift] if stop in numbers))
        for v in question.vehicles
    )
    return replace(question, vehicles=vehicles)


@given(busy_days(), options)
def test_every_plan_bred_is_in_order(day: Day, options: Options) -> None:
    question = problem.build(day, day.now, options)
    with pytest.MonkeyPatch.context() as patch:
        one, other = (_bred(question, patch) for _ in range(2))
    assert [found._replace(at=0) for found in one] == [found._replace(at=0) for found in other]
    for found in one:
        nothing_is_lost(day, found)
        nothing_is_broken(day, question, found)
        nothing_held_moves(day, options, found)
        fixed_stops_stay(question, found)


def _bred(question: problem.Problem, patch: pytest.MonkeyPatch) -> list[Found]:
    """What a search that breeds hands on: four plans, and some fifty children, of few rounds each."""
    patch.setattr(crew.Crew, "_has_elite", lambda _: True)
    patch.setattr(crew, "_COUNTED", 2)
    told: list[Found] = []
    search.solve(replace(question, rounds=400), lambda: False, told.append)
    return told
