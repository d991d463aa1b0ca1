"""The days and peers of the rich benchmark: what is drawn, what a plan is worth, and models that mean our rules."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fleet import Break, Costs, Driver, DriverId, ShiftId
from dispatch_console.domain.orders import OrderKind, Priority, StopId, Window
from dispatch_console.domain.sizes import Size
from dispatch_console.optimiser import problem, search
from dispatch_console.optimiser.options import Options
from tests import factories
from tests.benchmarks import peer_ortools, peer_vroom, rich, rich_days
from tests.benchmarks.rich_days import Case, Worth

H = 3600
ONE, TWO = ShiftId(1), ShiftId(2)
_NOON = Window(11 * H, 13 * H)
SMALL = Case(6, 3, 1, 0.5, 1.0)


def a_day(rest: Window = _NOON) -> Day:
    """Six stops on a line, two drivers with a break. Stop 6 needs a crane, which driver 2 has; stop 3 has 8 pieces,
    and ten fit into a van; what stop 1 has is collected."""
    orders = [factories.order(k, windows=(Window(8 * H, 16 * H),)) for k in range(1, 7)]
    orders[0] = replace(orders[0], kind=OrderKind.COLLECTION)
    orders[2] = replace(orders[2], size=Size(10_000, 100, 8), priority=Priority.HIGH)
    orders[5] = replace(orders[5], skills=("crane",))
    pause = Break(1800, rest)
    crane = Driver(DriverId(2), "Ben Rook", skills=frozenset({"crane"}))
    shifts = [factories.shift(1, pause=pause), factories.shift(2, pause=pause, driver=crane)]
    return open_day(factories.DEPOT, factories.DAY, orders, shifts, factories.line_matrix())


@pytest.mark.parametrize("seed", [1, 2])
def test_or_tools_finds_a_plan_that_breaks_no_rule(seed: int) -> None:
    value, wrong = rich_days.worth(a_day(), peer_ortools.plan(a_day(), 1.0, seed))
    assert wrong == []
    assert value.missed == (0, 0, 0, 0)
    # 12 pieces are delivered, a van holds 10: both drive. Driver 2 goes to place 6 and back (7,200 s, 120 km), the
    # other one with the 8 pieces to place 3 and back (3,600 s, 60 km). Six services take 1,800 s. At 3,000 an hour
    # and 50 a km: 6,000 + 6,000, 3,000 + 3,000 and 1,500. They are back before a break is due.
    assert value.cost == 19_500


def test_or_tools_pays_for_a_break_that_is_due() -> None:
    # As above, but a break begins by 09:30 at the latest: driver 2 is back later than that, driver 1 is not.
    day = a_day(Window(9 * H, 10 * H))
    value, wrong = rich_days.worth(day, peer_ortools.plan(day, 1.0, 1))
    assert wrong == []
    assert value == ((0, 0, 0, 0), 19_500 + 1_500)


def _drawn(seed: int) -> Day:
    """Eight stops with deadlines, skills and sizes drawn, three vans of which some cost something to send out.
    Nobody waits at a stop, so that paid time is the same however it is counted."""
    draw = random.Random(seed)
    orders = [
        factories.order(
            k,
            place=draw.choice(factories.PLACES[1:]),
            windows=(Window(8 * H, draw.choice((9, 10, 12, 16)) * H),),
            size=Size(draw.randint(1, 6) * 10_000, 100, 1),
            skills=draw.choice(((), (), ("crane",))),
            priority=draw.choice(rich_days.RANKS),
        )
        for k in range(1, 9)
    ]
    shifts = [factories.shift(k, costs=Costs(3000, 50, draw.choice((0, 5000)))) for k in (1, 2, 3)]
    shifts[2] = replace(shifts[2], driver=replace(shifts[2].driver, skills=frozenset({"crane"})))
    return open_day(factories.DEPOT, factories.DAY, orders, shifts, factories.line_matrix())


@pytest.mark.parametrize("seed", range(4))
def test_or_tools_own_model_says_the_same_of_our_plans_and_finds_none_better(seed: int) -> None:
    day = _drawn(seed)
    question = replace(problem.build(day, 0, Options(seed=seed)), rounds=1000)
    ours = search.solve(question, lambda: False, lambda _: None)
    value, wrong = rich_days.worth(day, ours.sequences)
    assert wrong == []
    assert peer_ortools.counted(day, ours.sequences) == value.cost
    assert value <= rich_days.worth(day, peer_ortools.plan(day, 0.6, 1))[0]


def test_or_tools_own_model_says_when_a_plan_breaks_a_rule() -> None:
    day = a_day()
    assert peer_ortools.counted(day, {ONE: (StopId(6),), TWO: ()}) is None  # who has no crane
    assert peer_ortools.counted(day, {ONE: (StopId(2), StopId(3), StopId(4), StopId(5)), TWO: ()}) is None  # room


def test_vroom_finds_a_plan_that_breaks_no_rule() -> None:
    value, wrong = rich_days.worth(a_day(), peer_vroom.plan(a_day(), 1.0, 1))
    assert wrong == []
    assert value.missed == (0, 0, 0, 0)


def test_both_leave_out_the_least_important_stop() -> None:
    day = a_day()
    orders = [
        replace(order, priority=Priority.LOW if order.id == 4 else order.priority) for order in day.orders.values()
    ]
    short = [replace(shift, max_stops=3 - k) for k, shift in enumerate(day.shifts.values())]
    day = open_day(day.depot, day.date, orders, short, day.travel)
    for plan in (peer_ortools.plan(day, 1.0, 1), peer_vroom.plan(day, 1.0, 1)):
        value, wrong = rich_days.worth(day, plan)
        assert wrong == []
        assert value.missed == (0, 0, 0, 1)


def test_what_a_plan_is_worth_and_what_is_wrong_with_it() -> None:
    day = a_day()
    value, wrong = rich_days.worth(day, {ONE: (StopId(6),), TWO: (StopId(1), StopId(6))})
    assert value.missed == (0, 1, 3, 0)
    assert wrong == ["1: skill by 1 at 6", "some stops are served twice"]
    assert Worth((0, 0, 1, 0), 5) < Worth((0, 0, 1, 0), 6) < Worth((0, 0, 2, 0), 1) < Worth((0, 1, 0, 0), 0)


def test_the_same_draw_is_the_same_day() -> None:
    base = factories.small_day()
    day, again = rich_days.vary(base, SMALL), rich_days.vary(base, SMALL)
    assert day.orders == again.orders
    assert day.shifts == again.shifts
    assert [shift.slot for shift in day.shifts.values()] == [1, 2, 3]
    assert rich_days.vary(base, SMALL._replace(seed=9)).orders != day.orders


def test_goods_fill_the_fleet_as_the_case_says() -> None:
    # Three vans carry 30 pieces; half of that for six stops: 2.5 each, rounded to 2.
    day = rich_days.vary(factories.small_day(), SMALL)
    assert [stop.delivery.pieces for stop in day.stops.values()] == [2] * 6
    assert sum(stop.delivery.litres for stop in day.stops.values()) == 1_500


def test_where_hours_cost_nothing_kilometres_cost_more() -> None:
    day = rich.by_kilometre(factories.small_day())
    assert {shift.costs for shift in day.shifts.values()} == {Costs(0, 50 + 100, 0)}
