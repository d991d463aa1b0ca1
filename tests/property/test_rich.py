"""Days with all rules of a depot: whatever they ask for, a schedule adds up, and places are judged by it."""

from __future__ import annotations

from itertools import pairwise
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from dispatch_console.domain import course, insertion
from dispatch_console.domain.cheapest import cheapest
from dispatch_console.domain.day import Day
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import RouteSchedule, schedule
from tests.property.rich import heads, rich_days
from tests.property.strategies import days

CAPACITIES = {Rule.CAPACITY_KG, Rule.CAPACITY_M3, Rule.CAPACITY_PIECES}


@given(rich_days(halts=True))
def test_every_stop_of_a_rich_day_is_visited_once_and_in_order(day: Day):
    for id, timed in day.schedules.items():
        shift = day.shifts[id]
        assert tuple(visit.stop for visit in timed.visits) == day.plan.route(id).stops
        assert timed.drive_m >= sum(visit.drive_m for visit in timed.visits)
        assert timed.drive_s >= sum(visit.drive_s for visit in timed.visits)
        assert len(timed.reloads) < shift.tours
        assert [reload.before for reload in timed.reloads] == sorted({reload.before for reload in timed.reloads})
        assert all(visit.begin >= visit.arrive for visit in timed.visits)
        over = {
            rule: most for rule, most in zip(CAPACITIES, shift.vehicle.capacity, strict=True) if most is not None
        }
        assert len(CAPACITIES & {broken.rule for broken in timed.broken}) <= len(over)


@given(rich_days(facts=False))
def test_times_of_a_rich_day_go_forward(day: Day):
    for id, timed in day.schedules.items():
        shift = day.shifts[id]
        marks = [(timed.start, timed.start)]
        for at, visit in enumerate(timed.visits):
            marks += [(r.arrive, r.depart) for r in timed.reloads if r.before == at]
            marks.append((visit.arrive, visit.depart))
        marks.append((timed.end, timed.end))
        assert all(a[1] <= b[0] and a[0] <= a[1] for a, b in pairwise(marks))
        for reload in timed.reloads:
            assert reload.depart - reload.arrive >= shift.reload_s
        # nobody drives, serves or loads while he has his break
        for pause in timed.pauses:
            assert not any(visit.begin < pause.end and pause.begin < visit.depart for visit in timed.visits)
            assert not any(pause.begin < r.depart and r.depart - shift.reload_s < pause.end for r in timed.reloads)


@given(rich_days(facts=False, pairs=False))
def test_goods_leave_the_depot_when_they_are_ready(day: Day):
    for id, timed in day.schedules.items():
        leaves = [timed.start, *(reload.depart for reload in timed.reloads)]
        tour = 0
        for at, visit in enumerate(timed.visits):
            tour += any(reload.before == at for reload in timed.reloads)
            assert day.stops[visit.stop].release_s <= leaves[tour], day.shifts[id]


@given(rich_days(facts=False))
def test_nobody_is_longer_at_the_wheel_than_he_may(day: Day):
    """Added up from what is shown: waits for a window are rest, breaks are as long as they have to be."""
    for id, timed in day.schedules.items():
        law = day.shifts[id].driving
        if law is None or timed.drive_s >= 10**7:
            continue
        assert Rule.BREAK not in {broken.rule for broken in timed.broken}
        assert all(pause.end - pause.begin in (law.whole_s, law.second_s) for pause in timed.pauses)
        # between two breaks, or waits as long as one, lie at most `limit_s` of driving; so there are enough of them
        waits = sum(1 for visit in timed.visits if visit.wait_s >= law.second_s) + 2 * len(timed.reloads)
        assert timed.drive_s <= law.limit_s * (len(timed.pauses) + waits + 1)


@given(days(), st.data())
def test_a_plain_day_is_the_same_on_the_rich_pass(day: Day, data: st.DataObject):
    facts, now = data.draw(heads(dict(day.plan.routes), halts=True))
    basis = day.with_facts(facts, now).basis if data.draw(st.booleans()) else day.basis
    for id, shift in day.shifts.items():
        route = day.plan.route(id)
        plain = schedule(route, shift, basis)
        with patch.object(course, "is_rich", lambda stops, *_, **__: bool(stops)):
            assert schedule(route, shift, basis) == plain


@given(rich_days(max_stops=6), st.data())
def test_what_is_behind_a_driver_does_not_hang_on_what_is_ahead(day: Day, data: st.DataObject):
    """Where the last stop of the head was told of, a search can go on from there."""
    for id, shift in day.shifts.items():
        route, arrived = day.plan.route(id), day.facts.arrived
        told = max((k + 1 for k, stop in enumerate(route.stops) if stop in arrived), default=0)
        if not told:
            continue
        whole = day.schedules[id]
        stands = course.behind(route, shift, day.basis, told)
        assert stands.tour.gone
        assert stands.state.free == whole.visits[told - 1].depart
        assert stands.tour.number == 1 + sum(1 for reload in whole.reloads if reload.before < told)
        assert stands.metres == sum(visit.drive_m for visit in whole.visits[:told])


def _broken(timed: RouteSchedule, *rules: Rule) -> int:
    return sum(1 for broken in timed.broken if broken.rule in rules)


@given(rich_days(max_stops=6, halts=True))
def test_judging_a_rich_place_equals_scheduling_it(day: Day):
    for id, shift in day.shifts.items():
        route = day.plan.route(id)
        trial = insertion.Trial(route, shift, day.basis)
        for stop in day.plan.pool.stops:
            wanted = day.stops[stop]
            for at in range(len(route.stops) + 1):
                new = route.with_stops((*route.stops[:at], stop, *route.stops[at:]))
                full = schedule(new, shift, day.basis)
                no_break, late, over, end = trial.judge(wanted, at)
                timed = [broken.by for broken in full.broken if broken.rule in (Rule.WINDOW, Rule.SHIFT)]
                assert (no_break, late, end) == (bool(_broken(full, Rule.BREAK)), sum(timed), full.end)
                assert over == _broken(
                    full, *CAPACITIES, Rule.PAIR, Rule.APART, Rule.MAX_DRIVING, Rule.MAX_DISTANCE
                )
                if not insertion.newly_broken(day.schedules[id], full):
                    assert trial.holds(wanted, at)


@given(rich_days(max_stops=6))
def test_reasons_of_a_rich_day_are_true(day: Day):
    for stop in day.plan.pool.stops:
        reasons = {reason.route: reason for reason in insertion.reasons(stop, day.plan, day.basis)}
        for id, shift in day.shifts.items():
            route, old = day.plan.route(id), day.schedules[id]
            ahead = range(insertion.trial_of(route, day.basis).first, len(route.stops) + 1)
            tried = [route.with_stops((*route.stops[:at], stop, *route.stops[at:])) for at in ahead]
            fits = any(not insertion.newly_broken(old, schedule(new, shift, day.basis)) for new in tried)
            if id not in reasons:
                assert fits
            elif old.broken == ():
                assert not fits
                assert reasons[id].detail.startswith(shift.driver.name)


@given(rich_days(max_stops=6, max_shifts=2), st.data())
def test_the_cheapest_place_of_a_rich_day_breaks_nothing(day: Day, data: st.DataObject):
    routes = [(route, data.draw(st.integers(0, len(route.stops)))) for route in day.routes]
    for stop in day.plan.pool.stops:
        fitting: list[insertion.Offer] = []
        for route, first in routes:
            for at in range(first, len(route.stops) + 1):
                new = route.with_stops((*route.stops[:at], stop, *route.stops[at:]))
                offer = insertion.compare(stop, route, new, day.basis)
                fitting += [offer] if not offer.broken else []
        found = cheapest(stop, routes, day.basis)
        if day.stops[stop].place is not None:
            assert (found is None) == (not fitting)
        if found is not None:
            least = min(offer.added_cost + offer.added_soft for offer in fitting)
            assert found in fitting
            assert len(fitting) > 6 or found.added_cost + found.added_soft == least
