"""The quick judgement of a place agrees with scheduling the route with the stop in it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dispatch_console.domain import insertion
from dispatch_console.domain.cheapest import cheapest
from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fleet import Capacity, Shift, ShiftId
from dispatch_console.domain.insertion import Trial
from dispatch_console.domain.orders import OrderKind, StopId
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import Basis, schedule
from dispatch_console.domain.sizes import Size
from tests import factories
from tests.property.strategies import days


@given(days())
def test_judging_equals_scheduling(day: Day):
    for id in day.shifts:
        _judge_the_pool(day, id, day.shifts[id], day.basis)


@given(days(), st.data())
def test_judging_goods_that_come_on_board_on_the_way_equals_scheduling(day: Day, data: st.DataObject):
    for id, shift in day.shifts.items():
        if day.plan.route(id).stops:
            tight = Capacity(*(data.draw(st.integers(1, most)) for most in (200_000, 1_500, 18)))
            shift = replace(shift, vehicle=replace(shift.vehicle, capacity=tight))
            met = data.draw(st.sampled_from(day.plan.route(id).stops))
            others = data.draw(st.sets(st.sampled_from(sorted(day.stops)))) - {met}
            carried = {other: replace(day.stops[other], pickup=met) for other in others}
            _judge_the_pool(day, id, shift, replace(day.basis, stops={**day.stops, **carried}))


def _judge_the_pool(day: Day, id: ShiftId, shift: Shift, basis: Basis) -> None:
    route = day.plan.route(id)
    trial = Trial(route, shift, basis)
    assert not trial.rich
    for stop in day.plan.pool.stops:
        for at in range(len(route.stops) + 1):
            new = route.with_stops((*route.stops[:at], stop, *route.stops[at:]))
            full = schedule(new, shift, basis)
            no_break, late, over, end = trial.judge(basis.stops[stop], at)
            rules = [broken.rule for broken in full.broken]
            assert no_break == (Rule.BREAK in rules)
            assert end == full.end
            assert late == full.late_s + max(0, full.end - shift.end)
            assert over == sum(rule.startswith("capacity") or rule is Rule.PAIR for rule in rules)


def test_goods_that_come_on_board_on_the_way_share_the_van_with_what_is_collected_meanwhile():
    met, given = factories.order(1, size=Size()), factories.order(3, size=Size(50_000, 0, 0), pickup=StopId(1))
    collected = factories.order(2, size=Size(60_000, 0, 0), kind=OrderKind.COLLECTION)
    shift = factories.shift(1)  # takes 100 kg
    day = open_day(factories.DEPOT, factories.DAY, [met, collected, given], [shift], factories.line_matrix())
    route = day.plan.route(shift.id).with_stops((met.stop, collected.stop))
    trial = Trial(route, shift, day.basis)
    assert [trial.judge(day.stops[given.stop], at)[2] for at in (1, 2)] == [0, 1]


@given(days(max_stops=6))
def test_reasons_are_true(day: Day):
    """A driver without a reason can take the stop without a new broken rule; one with a reason cannot."""
    for stop in day.plan.pool.stops:
        reasons = {reason.route: reason for reason in insertion.reasons(stop, day.plan, day.basis)}
        for id, shift in day.shifts.items():
            route = day.plan.route(id)
            old = schedule(route, shift, day.basis)
            fits = False
            for at in range(len(route.stops) + 1):
                new = schedule(route.with_stops((*route.stops[:at], stop, *route.stops[at:])), shift, day.basis)
                fits = fits or not insertion.newly_broken(old, new)
            if id not in reasons:
                assert fits
            elif old.broken == () and reasons[id].rule is not Rule.LOCKED:
                assert not fits
                assert reasons[id].detail.startswith(shift.driver.name)


def test_a_stop_without_a_place_makes_an_empty_route_drive_to_its_end():
    order = factories.order(1, place=None)
    elsewhere = factories.shift(1, end_place=factories.PLACES[3])  # 30 min away
    day = open_day(factories.DEPOT, factories.DAY, [order], [elsewhere], factories.line_matrix())
    trial = Trial(day.plan.route(elsewhere.id), elsewhere, day.basis)
    assert trial.judge(day.stops[order.stop], 0) == (False, 0, 0, 8 * 3600 + 1800)


@given(days(), st.data())
def test_the_cheapest_place_breaks_nothing_and_none_means_none(day: Day, data: st.DataObject):
    """Against all gaps scheduled one by one; with few of them all are looked at, so it is the cheapest indeed."""
    routes = [(route, data.draw(st.integers(0, len(route.stops)))) for route in day.routes]
    for stop in day.plan.pool.stops:
        fitting: list[insertion.Offer] = []
        for route, first in routes:
            for at in range(first, len(route.stops) + 1):
                new = route.with_stops((*route.stops[:at], stop, *route.stops[at:]))
                offer = insertion.compare(stop, route, new, day.basis)
                fitting += [offer] if not offer.broken else []
        found = cheapest(stop, routes, day.basis)
        assert (found is None) == (not fitting)
        if found is not None:
            assert found in fitting
            assert len(fitting) > 6 or found.added_cost == min(offer.added_cost for offer in fitting)
