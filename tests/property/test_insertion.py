"""The quick judgement of a place agrees with scheduling the route with the stop in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dispatch_console.domain import insertion
from dispatch_console.domain.cheapest import cheapest
from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.insertion import Trial
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import schedule
from tests import factories
from tests.property.strategies import days


@given(days())
def test_judging_equals_scheduling(day: Day):
    for id, shift in day.shifts.items():
        route = day.plan.route(id)
        trial = Trial(route, shift, day.basis)
        for stop in day.plan.pool.stops:
            for at in range(len(route.stops) + 1):
                new = route.with_stops((*route.stops[:at], stop, *route.stops[at:]))
                full = schedule(new, shift, day.basis)
                no_break, late, over, end = trial.judge(day.stops[stop], at)
                rules = [broken.rule for broken in full.broken]
                assert no_break == (Rule.BREAK in rules)
                assert end == full.end
                assert late == full.late_s + max(0, full.end - shift.end)
                assert over == sum(rule.startswith("capacity") for rule in rules)


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
