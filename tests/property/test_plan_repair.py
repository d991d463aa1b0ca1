"""A found plan taken over into a day that was changed while the search ran: nothing lost, nothing undone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_console.domain import edits, freeze
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import newly_broken
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap
from dispatch_console.domain.schedule import schedule
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.options import Changes, Scope
from dispatch_console.optimiser.options import Options as Asked
from dispatch_console.services.planning_result import Result, result_of
from tests.gui.board_day import big_day
from tests.property.strategies import HOUR
from tests.property.test_plan_search import busy_days, options, solve


@settings(max_examples=300)
@given(busy_days(), options, st.data())
def test_whatever_was_done_meanwhile_the_result_is_in_order(day: Day, asked: Asked, data: st.DataObject) -> None:
    question = problem.build(day, day.now, asked)
    found, _ = solve(question, 25)
    now = day
    for _ in range(data.draw(st.integers(0, 4))):
        now = data.draw(_edited(now))
    result = result_of(day, now, found, question)
    _no_stop_is_lost_or_doubled(now, result)
    _what_was_touched_stays(day, now, result)
    _what_is_fixed_stays(now, asked, result)
    _no_rule_is_newly_broken(now, result, question)
    _nobody_loses_a_driver_for_nothing(day, now, result, set(found.unassigned))
    fresh = now.apply(result.change) if result.change else now
    assert result.after.schedules == fresh.schedules
    if now is day:
        assert result.kept == ()
        assert all(result.after.plan.route(id).stops == stops for id, stops in found.sequences.items())


def _no_stop_is_lost_or_doubled(now: Day, result: Result) -> None:
    count = Counter(stop for route in result.after.plan.routes.values() for stop in route.stops)
    assert set(count) == set(now.stops)
    assert set(count.values()) <= {1}


def _what_was_touched_stays(began: Day, now: Day, result: Result) -> None:
    for id in now.shifts:
        same = began.plan.route(id) == now.plan.route(id) and began.shifts[id] == now.shifts[id]
        if not same or now.plan.route(id).locked:
            assert result.after.plan.route(id) == now.plan.route(id)
    brought = [stop for stop in now.plan.pool.stops if began.plan.where.get(stop) != POOL]
    assert set(brought) <= set(result.after.plan.pool.stops)


def _what_is_fixed_stays(now: Day, asked: Asked, result: Result) -> None:
    for id, shift in now.shifts.items():
        was, will = now.plan.route(id), result.after.plan.route(id)
        head = freeze.head_length(was, now.facts)
        assert will.stops[:head] == was.stops[:head]
        if shift.absent:
            continue
        assert will.pinned == was.pinned
        assert will.fixed == was.fixed
        if asked.keeps_order:
            assert [stop for stop in will.stops if stop in was.stops] == list(was.stops)
        if asked.changes is Changes.KEEP_DRIVERS:
            strangers = set(will.stops) - set(was.stops)
            assert all(_is_loose(now, stop) for stop in strangers)
        if asked.scope is Scope.ROUTES and id not in asked.routes:
            assert will == was


def _is_loose(now: Day, stop: StopId) -> bool:
    where = now.plan.where[stop]
    return where == POOL or now.shifts[where].absent


def _no_rule_is_newly_broken(now: Day, result: Result, question: problem.Problem) -> None:
    held = {one.route.id: one.route for one in question.held}
    for id in now.shifts:
        if result.after.plan.route(id) == now.plan.route(id):
            continue
        timed = result.after.schedules[id]
        if now.shifts[id].absent:
            assert timed.broken == () or len(timed.visits) <= len(now.schedules[id].visits)
            continue
        own = schedule(held[id], now.basis.shifts[id], now.basis)
        asked = {one.route.id: one.schedule for one in question.held}[id]
        assert not newly_broken(own, timed) or not newly_broken(asked, timed)


def _nobody_loses_a_driver_for_nothing(began: Day, now: Day, result: Result, left: set[StopId]) -> None:
    """Who goes to the pool was left out by the search, or has no place."""
    lost = set(result.after.plan.pool.stops) - set(now.plan.pool.stops)
    assert all(stop in left or began.stops[stop].place is None for stop in lost)


@st.composite
def _edited(draw: st.DrawFn, day: Day) -> Day:
    """The day after one thing that a dispatcher may do, or that may come in."""
    kinds = [_moved, _locked, _pinned, _absent, _windowed, _cancelled, _arrived]
    return draw(draw(st.sampled_from(kinds))(day))


@st.composite
def _moved(draw: st.DrawFn, day: Day) -> Day:
    free = [s for s, route in day.plan.where.items() if s not in day.facts.arrived]
    if not free:
        return day
    to = draw(st.sampled_from([POOL, *day.shifts]))
    stop = draw(st.sampled_from(free))
    route = day.plan.route(to)
    at = draw(st.integers(freeze.head_length(route, day.facts), len(route.stops)))
    source = day.plan.route(day.plan.where[stop])
    if source.stops.index(stop) < freeze.head_length(source, day.facts):
        return day
    change = edits.move(day.plan, [stop], to, at, "move")
    return day.apply(change) if change else day


@st.composite
def _locked(draw: st.DrawFn, day: Day) -> Day:
    id = draw(st.sampled_from(list(day.shifts)))
    return day.apply(edits.set_locked(day.plan, id, not day.plan.route(id).locked, "lock"))


@st.composite
def _pinned(draw: st.DrawFn, day: Day) -> Day:
    if not day.stops:
        return day
    stop = draw(st.sampled_from(list(day.stops)))
    change = edits.set_pin(day.plan, [stop], draw(st.sampled_from(edits.Pin)), "pin")
    return day.apply(change) if change else day


@st.composite
def _absent(draw: st.DrawFn, day: Day) -> Day:
    shift = day.shifts[draw(st.sampled_from(list(day.shifts)))]
    return day.apply(PlanChange("absent", shifts=(Swap(shift, replace(shift, absent=not shift.absent)),)))


@st.composite
def _windowed(draw: st.DrawFn, day: Day) -> Day:
    if not day.orders:
        return day
    order = day.orders[draw(st.sampled_from(list(day.orders)))]
    start = draw(st.integers(7, 14)) * HOUR
    return day.apply(
        PlanChange("edit", orders=(Swap(order, replace(order, windows=(Window(start, start + HOUR),))),))
    )


@st.composite
def _cancelled(draw: st.DrawFn, day: Day) -> Day:
    free = [o for o in day.orders.values() if o.stop not in day.facts.arrived]
    if not free:
        return day
    order = draw(st.sampled_from(free))
    route = day.plan.route(day.plan.where[order.stop])
    if route.stops.index(order.stop) < freeze.head_length(route, day.facts):
        return day
    after = route.with_stops(tuple(stop for stop in route.stops if stop != order.stop))
    return day.apply(PlanChange("cancel", (Swap(route, after),), (Swap(order, None),)))


@st.composite
def _arrived(draw: st.DrawFn, day: Day) -> Day:
    """The next stop of a route is reached."""
    route = day.plan.route(draw(st.sampled_from(list(day.shifts))))
    head = freeze.head_length(route, day.facts)
    if head == len(route.stops):
        return day
    at = max(day.now, 9 * HOUR) + 60
    fact = Fact(route.stops[head], route.id, FactKind.ARRIVED, at)
    return day.with_facts(Facts((*day.facts.entries, fact)), at)


def dense_day() -> Day:
    """120 stops dealt out to 10 drivers like cards: whatever a search finds exchanges nearly all of them."""
    day = big_day(120, 10)
    stops = sorted(day.stops)
    plan = replace(day.plan, routes={id: Route(id, tuple(stops[k::10])) for k, id in enumerate(day.shifts)})
    return replace(day, plan=plan).rescheduled(day.shifts)


def test_most_of_a_dense_exchange_survives_a_drag() -> None:
    day = dense_day()
    question = problem.build(day, 0, Asked())
    found, _ = solve(question, 1500)
    whole = result_of(day, day, found, question)
    assert whole.moved > 90
    gain = whole.before_totals.cost - whole.after_totals.cost
    stop = day.plan.route(ShiftId(1)).stops[3]
    dragged = day.apply(edits.move(day.plan, [stop], ShiftId(2), 0, "by hand"))
    result = result_of(day, dragged, found, question)
    _no_stop_is_lost_or_doubled(dragged, result)
    _what_was_touched_stays(day, dragged, result)
    assert result.after.unassigned == ()
    assert len(result.kept) == 2
    # three quarters of it when this was written; the two routes that stay are a fifth of the day
    assert result.before_totals.cost - result.after_totals.cost >= 0.6 * gain
