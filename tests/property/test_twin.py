"""The compiled search drives a route as `domain.schedule` does: random days with all rules, field by field."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import Facts
from dispatch_console.domain.fleet import DrivingBreaks, ShiftId
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.domain.plan import Plan, Route
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import RouteSchedule, schedule
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.core import walk as core
from dispatch_console.optimiser.core.layout import Layout, lay_out
from dispatch_console.optimiser.options import Options
from dispatch_console.optimiser.tasks import Problem
from tests import factories
from tests.property.rich import HOUR, heads, rich_days

#: Rules that a walk does not look at: whether a van may have a task at all is settled before.
SETTLED = {Rule.SKILL, Rule.FORBIDDEN, Rule.ZONE}
#: Rule → where its amounts are added up.
AMOUNTS = {
    Rule.CAPACITY_KG: core.O_LOAD_0,
    Rule.CAPACITY_M3: core.O_LOAD_1,
    Rule.CAPACITY_PIECES: core.O_LOAD_2,
    Rule.MAX_STOPS: core.O_STOPS,
    Rule.SHIFT: core.O_SHIFT,
    Rule.BREAK: core.O_BREAK,
    Rule.WINDOW: core.O_WINDOW,
    Rule.PAIR: core.O_PAIR,
    Rule.MAX_DRIVING: core.O_DRIVING,
    Rule.MAX_DISTANCE: core.O_DISTANCE,
    Rule.APART: core.O_APART,
    Rule.UNREACHABLE: core.O_FAR,
}


#: Where what is held breaks one of these already, the twin drives otherwise, and `mend` has the last word.
OTHER_WAYS = {
    Rule.CAPACITY_KG, Rule.CAPACITY_M3, Rule.CAPACITY_PIECES, Rule.BREAK, Rule.WINDOW, Rule.PAIR, Rule.APART,
}  # fmt: skip


class Told(NamedTuple):
    """What the twin says of a route."""

    holds: bool
    out: list[int]
    visits: list[list[int]]
    pauses: list[list[int]]
    reloads: list[list[int]]


def traced(ground: Layout, seq: list[int], van: int) -> Told:
    arrays = ground.tasks, ground.windows, ground.vans, ground.seconds, ground.bounds, ground.metres, ground.dear
    order, n = np.array(seq, np.int64), len(seq)
    visits, pauses, reloads = (np.zeros((rows, w), np.int64) for rows, w in ((n, 9), (64, 3), (n + 1, 3)))
    out, walked = np.zeros(core.O_FIELDS, np.int64), np.full(core.O_FIELDS, 7)
    holds = core.trace(order, n, van, *arrays, visits, pauses, reloads, out)
    assert core.walk(order, n, van, *arrays, walked, False) == holds
    assert core.walk(order, n, van, *arrays, np.zeros_like(walked), True) == holds
    assert walked.tolist() == out.tolist()
    paused, tours = int(out[core.O_PAUSES]), int(out[core.O_TOURS])
    return Told(holds, out.tolist(), visits.tolist(), pauses[:paused].tolist(), reloads[:tours].tolist())


@st.composite
def days_under_way(draw: st.DrawFn) -> Day:
    """Few vans, many of them out."""
    day = draw(rich_days(max_shifts=2, facts=False))
    told, now = draw(heads(day.plan.routes))
    return day.with_facts(told, now)


@st.composite
def long_days(draw: st.DrawFn) -> Day:
    """One van with time for many stops: with second tours, goods that come late, breaks by driving time."""
    day = draw(rich_days(max_shifts=1, facts=False, placed=True))
    (shift,) = day.shifts.values()
    ready = st.sampled_from([0, 0, *(shift.start + late for late in (600, 1800, 1801, 9000))])
    stops = {id: replace(stop, release_s=draw(ready)) for id, stop in day.stops.items()}
    breaks = st.sampled_from([shift.pause, DrivingBreaks(3000, 900, 300, 600), DrivingBreaks(5400, 1800, 300, 900)])
    free = replace(
        shift, end=shift.start + 16 * HOUR, tours=draw(st.integers(1, 3)), pause=draw(breaks), max_stops=None
    )
    told, now = draw(heads(day.plan.routes)) if draw(st.booleans()) else (Facts(), 0)
    return replace(day, stops=stops, shifts={free.id: free}).with_facts(told, now)


@settings(max_examples=400)
@given(st.one_of(rich_days(), days_under_way(), long_days()), st.data())
def test_a_walk_means_what_the_schedule_means(day: Day, data: st.DataObject) -> None:
    question = problem.build(day, day.now, Options())
    ground = lay_out(question)
    for van, vehicle in enumerate(question.vehicles):
        held = question.held[van]
        widened = {one.rule for one in held.schedule.broken if one.stop not in vehicle.head}
        if widened & OTHER_WAYS:
            continue
        can = [i for i in range(len(question.tasks)) if may_be_tried(question, i, van)]
        # goods that were fetched fill the van, planned or not; a schedule counts them for stops of the route only
        aboard = [i for i in can if question.basis.stops[question.tasks[i].stop].pickup in vehicle.head]
        some = [i for i in data.draw(st.permutations(can)) if i not in aboard][: data.draw(st.integers(0, 8))]
        seq = data.draw(st.permutations([*some, *aboard])) if aboard else some
        stops = (*vehicle.head, *(question.tasks[i].stop for i in seq))
        timed = schedule(held.route.with_stops(stops), day.basis.shifts[vehicle.shift], day.basis)
        compare(traced(ground, seq, van), timed, len(vehicle.head), widened)


@settings(max_examples=120)
@given(days_under_way())
def test_from_now_on_the_plan_as_it_stands_is_driven_as_it_is_scheduled(day: Day) -> None:
    question = problem.build(day, day.now, Options(from_now=True))
    ground = lay_out(question)
    for van, vehicle in enumerate(question.vehicles):
        route, head = day.plan.route(vehicle.shift), len(vehicle.head)
        widened = {one.rule for one in question.held[van].schedule.broken if one.stop not in vehicle.head}
        stops = (*vehicle.head, *(question.tasks[i].stop for i in vehicle.start))
        timed = day.schedules[route.id]
        first = timed.visits[head].arrive if vehicle.start and stops == route.stops else -1
        if first < vehicle.not_before or widened & OTHER_WAYS:
            continue  # other stops than planned; or nobody tells where the van is, and it should be there already
        compare(traced(ground, list(vehicle.start), van), timed, head, widened)


@pytest.mark.parametrize(("release", "reloads"), [(1800, 0), (1801, 1)])
def test_a_tour_waits_half_an_hour_for_one_more_stop(release: int, reloads: int) -> None:
    day = with_one_route(tours=2, reload_s=600)
    late = replace(day.stops[StopId(2)], release_s=8 * HOUR + release)
    told = as_scheduled(replace(day, stops={**day.stops, StopId(2): late}))
    assert len(told.reloads) == reloads


@pytest.mark.parametrize(("opens", "long"), [(300, 600), (299, 900)])
def test_waiting_is_the_first_part_of_a_break_from_its_length_on(opens: int, long: int) -> None:
    """At 8:25 he is at stop 2, after 20 minutes at the wheel; by stop 6 and on the way home it is more than 60."""
    day = with_one_route(pause=DrivingBreaks(limit_s=3600, whole_s=900, first_s=300, second_s=600))
    shut = replace(day.stops[StopId(2)], windows=(Window(30300 + opens, 40000),))
    told = as_scheduled(replace(day, stops={**day.stops, StopId(2): shut}))
    assert [end - begin for begin, end, _ in told.pauses] == [long]


def with_one_route(**changes: object) -> Day:
    """`small_day` with all in one van: stops 1, 2 and 6."""
    day = factories.small_day()
    shift = replace(day.shifts[ShiftId(1)], **changes)
    plan = Plan({ShiftId(1): Route(ShiftId(1), (StopId(1), StopId(2), StopId(6)))})
    return replace(day, shifts={shift.id: shift}, plan=plan)


def as_scheduled(day: Day) -> Told:
    """The route of its only driver, by the twin and as it is scheduled."""
    question = problem.build(day, 0, Options())
    (vehicle,) = question.vehicles
    told = traced(lay_out(question), list(vehicle.start), 0)
    route = day.plan.route(vehicle.shift)
    compare(told, schedule(route, day.basis.shifts[route.id], day.basis), 0, set())
    return told


def may_be_tried(question: Problem, task: int, van: int) -> bool:
    """Also what the van may not have, but not what another one holds or has on board."""
    one = question.tasks[task]
    return van in one.drivers or not (one.held or question.basis.stops[one.stop].pickup)


def compare(told: Told, timed: RouteSchedule, head: int, widened: set[Rule]) -> None:
    """All that the twin says, with what is behind the head of a schedule. `widened`: rules that what is held breaks
    already, so that the twin breaks them later."""
    out, visits = told.out, timed.visits[head:]
    assert told.visits == [[v.arrive, v.begin, v.depart, v.late_s, v.drive_s, v.drive_m, *v.load] for v in visits]
    assert told.pauses == [[p.begin, p.end, p.before - head] for p in timed.pauses if p.before >= head]
    assert told.reloads == [[r.arrive, r.depart, r.before - head] for r in timed.reloads if r.before >= head]
    assert out[core.O_START : core.O_DRIVE_M + 1] == [timed.start, timed.end, timed.drive_s, timed.drive_m]
    assert out[core.O_SERVICE] == sum(v.depart - v.begin for v in visits)
    assert out[core.O_WAIT] == sum(v.wait_s for v in visits)
    assert out[core.O_LATE] == sum(v.late_s for v in visits)
    assert (out[core.O_COST], out[core.O_SOFT]) == (timed.cost, timed.soft)
    over = {v.stop for v in timed.visits[:head]}
    broken = Counter[Rule]()
    for one in timed.broken:
        if one.rule not in SETTLED and one.stop not in over:
            broken[one.rule] += one.by
    amounts = {rule: out[field] for rule, field in AMOUNTS.items() if out[field]}
    assert told.holds == (not amounts)
    assert all(broken[rule] >= by for rule, by in amounts.items() if rule in widened)
    assert {r: by for r, by in amounts.items() if r not in widened} == {
        r: by for r, by in broken.items() if r not in widened
    }
