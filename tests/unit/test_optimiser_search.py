"""The search in this process: odd days, what is held, stopping, and the same plan from the same seed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dispatch_console.domain import edits
from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.fleet import Break, Costs, ShiftId
from dispatch_console.domain.orders import OrderKind, Priority, StopId, Window
from dispatch_console.domain.plan import Plan, Route
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.travel import UNREACHABLE, TravelMatrix
from dispatch_console.optimiser import check, problem, search
from dispatch_console.optimiser.options import Changes, Options, Scope
from dispatch_console.optimiser.tasks import Found, Held
from tests import factories

H, M = 3600, 60
ONE, TWO = ShiftId(1), ShiftId(2)


def a_day(orders, shifts, plan: Plan | None = None, travel: TravelMatrix | None = None) -> Day:
    return open_day(factories.DEPOT, factories.DAY, orders, shifts, travel or factories.line_matrix(), plan)


def solve(day: Day, seconds: float = 0.3, now: int = 0, **options) -> Found:
    return search.solve(problem.build(day, now, Options(seconds=seconds, **options)), lambda: False, lambda _: None)


def six(**changes: object):
    return [factories.order(k, **changes) for k in range(1, 7)]


def test_no_vehicles_no_stops() -> None:
    assert solve(a_day(six(), [])).unassigned == (1, 2, 3, 4, 5, 6)
    assert solve(a_day([], [factories.shift(1)])).sequences == {ONE: ()}


def test_nothing_can_be_reached() -> None:
    day = factories.small_day()
    far = np.full_like(day.travel.durations, UNREACHABLE)
    np.fill_diagonal(far, 0)
    travel = TravelMatrix(day.travel.places, far, far, "nowhere")
    found = solve(a_day(six(), [factories.shift(1)], travel=travel))
    assert found.sequences == {ONE: ()}
    assert len(found.unassigned) == 6


def test_many_stops_that_nobody_can_reach_in_time_are_left_out() -> None:
    """So many that the threads would search by region, if there were any routes."""
    late = (Window(20 * H, 21 * H),)
    orders = [factories.order(k, place=factories.PLACES[k % 7], windows=late) for k in range(1, 601)]
    question = problem.build(a_day(orders, [factories.shift(1), factories.shift(2)]), 0, Options(seconds=0.3))
    found = search.solve(replace(question, workers=2), lambda: False, lambda _: None)
    assert found.sequences == {ONE: (), TWO: ()}
    assert len(found.unassigned) == 600


def test_windows_outside_of_all_shifts_are_left_out_the_others_served() -> None:
    orders = six()
    orders[0] = factories.order(1, windows=(Window(5 * H, 6 * H),))
    orders[1] = factories.order(2, windows=(Window(20 * H, 21 * H),))
    found = solve(a_day(orders, [factories.shift(1)]))
    assert found.unassigned == (1, 2)
    assert sorted(found.sequences[ONE]) == [3, 4, 5, 6]


def test_an_inverted_window_with_a_price_for_lateness_is_served_late() -> None:
    """Nobody can come within it: it costs, but breaks no rule."""
    orders = [factories.order(1, windows=(Window(15 * H, 9 * H),), late_per_min=1)]
    found = solve(a_day(orders, [factories.shift(1)]))
    assert found.sequences[ONE] == (1,)


def test_the_second_window_is_used() -> None:
    day = a_day([factories.order(6, windows=(Window(7 * H, 8 * H), Window(12 * H, 13 * H)))], [factories.shift(1)])
    assert solve(day).sequences[ONE] == (6,)


def test_negative_sizes_do_no_harm() -> None:
    found = solve(a_day(six(size=Size(-5_000, -10, -1)), [factories.shift(1)]))
    assert len(found.sequences[ONE]) == 6


def test_many_stops_at_one_place() -> None:
    orders = [factories.order(k, place=factories.PLACES[1], size=Size(), service_s=0) for k in range(1, 401)]
    question = problem.build(a_day(orders, [factories.shift(1)]), 0, Options(seconds=60.0))
    plans: list[Found] = []
    search.solve(question, lambda: bool(plans) and len(plans[-1].sequences[ONE]) == 400, plans.append)
    assert len(plans[-1].sequences[ONE]) == 400


def test_a_shift_that_ends_before_it_starts_takes_nothing() -> None:
    found = solve(a_day(six(), [factories.shift(1, start=10 * H, end=9 * H)]))
    assert found.sequences == {ONE: ()}


def test_loads_are_checked_along_the_way() -> None:
    """Room for 100 kg: deliveries of 60 first, then the collection of 60; together they never fit."""
    orders = [
        factories.order(1, size=Size(60_000, 0, 0)),
        factories.order(2, size=Size(60_000, 0, 0), kind=OrderKind.COLLECTION),
    ]
    found = solve(a_day(orders, [factories.shift(1)]))
    assert found.sequences[ONE] == (1, 2)


def test_skills_and_most_stops() -> None:
    orders = [*six()[:4], factories.order(6, skills=("Cold",))]
    shifts = [factories.shift(1, max_stops=3), factories.shift(2, max_stops=2)]
    shifts[1] = replace(shifts[1], vehicle=replace(shifts[1].vehicle, skills=frozenset({"cold"})))
    found = solve(a_day(orders, shifts))
    assert 6 in found.sequences[TWO]
    assert sorted(map(len, found.sequences.values())) == [2, 3]


def test_a_break_costs_a_stop_where_time_is_short() -> None:
    """Two hours: out to 5 and back are 100 min, a stop 5 min; with a break of 30 min only 4 can be reached."""
    pause = Break(30 * M, Window(8 * H + 10 * M, 9 * H))
    shift = factories.shift(1, end=10 * H)
    assert solve(a_day([factories.order(5)], [shift])).sequences[ONE] == (5,)
    assert solve(a_day([factories.order(5)], [replace(shift, pause=pause)])).sequences[ONE] == ()
    assert solve(a_day([factories.order(4)], [replace(shift, pause=pause)])).sequences[ONE] == (4,)


def test_the_cheaper_driver_goes() -> None:
    shifts = [factories.shift(1, costs=Costs(3000, 50, 9000)), factories.shift(2, costs=Costs(3000, 50, 0))]
    assert solve(a_day(six(), shifts)).sequences[ONE] == ()


def test_an_open_end_and_a_start_elsewhere() -> None:
    shifts = [factories.shift(1, start_place=factories.PLACES[6], end_place=None)]
    assert solve(a_day(six(), shifts)).sequences[ONE] == (6, 5, 4, 3, 2, 1)


def test_the_same_seed_finds_the_same_plan() -> None:
    day = a_day(six(), [factories.shift(1), factories.shift(2)])
    question = replace(problem.build(day, 0, Options(seed=7)), rounds=2000)
    one, other = (search.solve(question, lambda: False, lambda _: None) for _ in range(2))
    assert one._replace(at=0) == other._replace(at=0)


def test_what_has_happened_stays_and_the_rest_is_planned_from_now() -> None:
    facts = Facts((Fact(StopId(1), ONE, FactKind.ARRIVED, 9 * H), Fact(StopId(1), ONE, FactKind.DELIVERED, 9 * H)))
    day = factories.small_day().with_facts(facts, 10 * H)
    question = problem.build(day, day.now, Options())
    vehicle = question.vehicles[0]
    assert (vehicle.head, vehicle.leave, vehicle.not_before) == ((1,), 9 * H, 10 * H)
    assert StopId(1) not in {task.stop for task in question.tasks}
    found = solve(day, now=day.now)
    assert found.sequences[ONE][0] == 1


def test_a_late_pinned_stop_stays_and_no_other_gets_late() -> None:
    """Stop 3 cannot be reached before 08:30 and closes at 08:10: pinned, it stays 20 min late, and no more."""
    orders = six()
    orders[2] = factories.order(3, windows=(Window(8 * H, 8 * H + 10 * M),))
    route = Route(ONE, (StopId(3), StopId(1)), pinned=frozenset({StopId(3)}))
    day = a_day(orders, [factories.shift(1), factories.shift(2)], Plan({ONE: route}))
    found = solve(day)
    assert found.sequences[ONE][0] == 3
    assert found.unassigned == ()


def test_a_late_stop_that_is_not_pinned_goes() -> None:
    orders = [factories.order(1), factories.order(3, windows=(Window(8 * H, 8 * H + 10 * M),))]
    day = a_day(orders, [factories.shift(1)], Plan({ONE: Route(ONE, (StopId(3), StopId(1)))}))
    found = solve(day)
    assert (found.sequences[ONE], found.unassigned) == ((1,), (3,))


def test_a_fixed_stop_keeps_its_position() -> None:
    route = Route(ONE, (StopId(1), StopId(5), StopId(2)), pinned=frozenset({5}), fixed=frozenset({5}))
    day = a_day(six(), [factories.shift(1)], Plan({ONE: route}))
    found = solve(day)
    assert found.sequences[ONE].index(StopId(5)) == 1
    assert len(found.sequences[ONE]) == 6


def test_a_pinned_stop_without_a_place_leaves_the_route_alone() -> None:
    route = Route(ONE, (StopId(1), StopId(2)), pinned=frozenset({1}))
    day = a_day([factories.order(1, place=None), factories.order(2)], [factories.shift(1)], Plan({ONE: route}))
    question = problem.build(day, 0, Options())
    assert question.left_alone == (ONE,)
    assert question.vehicles == ()


def test_keep_order_only_adds() -> None:
    plan = Plan({ONE: Route(ONE, (StopId(4), StopId(1)))})
    found = solve(a_day(six(), [factories.shift(1)], plan), changes=Changes.KEEP_ORDER)
    assert [stop for stop in found.sequences[ONE] if stop in (1, 4)] == [4, 1]
    assert len(found.sequences[ONE]) == 6


def test_routes_among_themselves_leave_the_pool_alone() -> None:
    day = factories.small_day()
    found = solve(day, scope=Scope.ROUTES, routes=frozenset({ONE, TWO}))
    assert sorted(stop for stops in found.sequences.values() for stop in stops) == [1, 2, 3, 4, 5]


def test_no_critical_stop_is_given_up_for_many_others() -> None:
    """Critical stop 6 is an hour away; in its place five optional ones would fit."""
    orders = [*[factories.order(k, priority=Priority.LOW) for k in range(1, 6)]]
    orders.append(factories.order(6, priority=Priority.CRITICAL, windows=(Window(9 * H, 9 * H + 10 * M),)))
    found = solve(a_day(orders, [factories.shift(1, end=10 * H + 6 * M, max_stops=5)]))
    assert 6 in found.sequences[ONE]


def test_a_search_told_to_stop_stops() -> None:
    """By asking, not by the clock: it never asks again after it was told to end."""
    question = problem.build(a_day(six(), [factories.shift(1)]), 0, Options(seconds=3600.0))
    answers = iter([False, False, True])
    found = search.solve(question, lambda: next(answers), lambda _: None)
    assert len(found.sequences[ONE]) == 6


def test_a_large_search_told_to_end_early_hands_back_what_was_planned_and_no_stop_a_van_alone() -> None:
    """More stops than are looked at one by one: before it is known who is near whom, each would get an idle van."""
    orders = [factories.order(k, place=factories.PLACES[1]) for k in range(1, 3101)]
    plan = Plan({ONE: Route(ONE, (StopId(2), StopId(1)))})
    question = problem.build(a_day(orders, [factories.shift(1), factories.shift(2)], plan), 0, Options())
    found = search.solve(question, lambda: True, lambda _: None)
    assert found.sequences == {ONE: (2, 1), TWO: ()}
    assert len(found.unassigned) == 3098


def test_mend_takes_out_what_breaks_rules_and_leaves_what_is_held() -> None:
    orders = [*six()[:2], factories.order(3, windows=(Window(7 * H, 8 * H),), priority=Priority.CRITICAL)]
    shift = factories.shift(1, max_stops=2)
    day = a_day(orders, [shift])
    nothing = Held(Route(ONE), day.schedules[ONE])
    route = Route(ONE, (StopId(1), StopId(2), StopId(3)))
    mended, timed = check.mend(route, nothing, day.basis)
    assert (mended.stops, timed.broken) == ((1, 2), ())
    held_route = Route(ONE, (StopId(3),))
    late = day.apply(taking(day, held_route)).schedules[ONE]
    assert [b.rule for b in late.broken] == [Rule.WINDOW]
    mended, _ = check.mend(Route(ONE, (StopId(3), StopId(1), StopId(2))), Held(held_route, late), day.basis)
    assert mended.stops == (3, 1)


def taking(day: Day, route: Route):
    return edits.take_over(day.plan, {route.id: route.stops}, "test")


@pytest.mark.parametrize("workers", [1, 2])
def test_rules_hold_with_real_roads_and_all_rules_mixed(workers: int) -> None:
    """A middling day with windows, breaks, skills and collections: every plan handed on is in order."""
    random = np.random.default_rng(workers)
    orders = [
        factories.order(
            k,
            place=factories.PLACES[int(random.integers(0, 7))],
            size=Size(int(random.integers(0, 20_000)), 0, 0),
            kind=OrderKind.COLLECTION if k % 7 == 0 else OrderKind.DELIVERY,
            skills=("cold",) if k % 11 == 0 else (),
            windows=(Window(10 * H, 12 * H),) if k % 3 == 0 else (),
        )
        for k in range(1, 60)
    ]
    pause = Break(1800, Window(11 * H, 13 * H))
    shifts = [factories.shift(k, pause=pause if k % 2 else None) for k in range(1, 8)]
    day = a_day(orders, shifts)
    told: list[Found] = []
    search.solve(problem.build(day, 0, Options(seconds=1.5, seed=workers)), lambda: False, told.append)
    for found in told:
        for id, stops in found.sequences.items():
            after = day.apply(taking(day, Route(id, stops)))
            assert after.schedules[id].broken == ()
