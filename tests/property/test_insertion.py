"""The quick judgement of a place agrees with scheduling the route with the stop in it."""

from __future__ import annotations

from hypothesis import given

from dispatch_console.domain import insertion
from dispatch_console.domain.day import Day
from dispatch_console.domain.insertion import Trial
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import schedule
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
