"""Wizards lose no order and double none, move nothing that has happened, overload nobody.

One undo takes each of them back.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dispatch_console.domain import freeze
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import newly_broken
from dispatch_console.domain.orders import OrderKind, StopId
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.sizes import Size
from dispatch_console.services import day as days
from dispatch_console.services import statuses, travel
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards import breakdown, cancel, draft, late, sick, split, swap, urgent
from dispatch_console.services.wizards.draft import Draft
from dispatch_console.services.wizards.vans import Van
from tests.property import strategies
from tests.wizard_days import IDS

_HARD = {Rule.CAPACITY_KG, Rule.CAPACITY_M3, Rule.CAPACITY_PIECES, Rule.SKILL, Rule.MAX_STOPS, Rule.UNREACHABLE}


@st.composite
def running(draw: st.DrawFn) -> DaySession:
    """An approved day at some time between 7:00 and 13:00: some vans out, some stops told of."""
    day = draw(strategies.days(max_stops=9))
    assume(any(route.stops for route in day.routes))
    session = DaySession(day)
    days.approve(session, "Mara", dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC))
    now = draw(st.integers(7 * 6, 13 * 6)) * 600
    for route in day.routes:
        if not draw(st.booleans()):
            continue
        planned = day.schedules[route.id]
        statuses.on_route(session, route.id, FactKind.OUT, Said("Mara", planned.start))
        for visit in planned.visits[: draw(st.integers(0, len(route.stops)))]:
            kind = draw(st.sampled_from([FactKind.DELIVERED, FactKind.FAILED, FactKind.ARRIVED]))
            statuses.status(session, visit.stop, kind, Said("Mara", max(visit.depart, 1)))
    session.tick(max(now, session.day.now))
    return session


def check(session: DaySession, made: Draft) -> None:
    before = session.day
    facts = before.facts
    heads = {route.id: freeze.head(route, facts) for route in before.routes}
    draft.accept(session, made)
    after = session.day
    assert_nothing_lost(before, after)
    for id, fixed in heads.items():
        assert after.plan.route(id).stops[: len(fixed)] == fixed
    assert after.facts is facts
    assert after.schedules == made.after.schedules
    if made.change:
        session.undo()
    assert session.day.plan.where == before.plan.where
    assert (session.day.orders, session.day.shifts) == (before.orders, before.shifts)
    assert session.day.schedules == before.schedules


def assert_nothing_lost(before: Day, after: Day) -> None:
    places = Counter(stop for route in (*after.routes, after.plan.pool) for stop in route.stops)
    assert set(places) == set(after.stops)
    assert set(places.values()) <= {1}
    assert set(before.orders) <= set(after.orders)
    new = [after.orders[id] for id in after.orders if id not in before.orders]
    assert _total(before.orders.values()) == _total(
        [*(after.orders[id] for id in before.orders), *(o for o in new if o.kind is not OrderKind.HANDOVER)]
    )


def best_place(day: Day, stop: StopId) -> Draft:
    found = urgent.places(day, stop, IDS)
    if not found:
        raise UserError("nobody drives")
    return urgent.plan(day, found[0])


def _total(orders: object) -> Size:
    total = Size()
    for order in orders:
        total = total.plus(order.size)
    return total


@settings(deadline=None, max_examples=120)
@given(running(), st.data())
def test_breakdown_and_sick(session: DaySession, data: st.DataObject) -> None:
    day = session.day
    route = data.draw(st.sampled_from(list(day.shifts)))
    kind = data.draw(st.sampled_from([FactKind.BROKEN_DOWN, FactKind.SICK]))
    statuses.on_route(session, route, kind, Said("Mara", day.now))
    day = session.day
    said = breakdown.case(day, route, reachable=data.draw(st.booleans()))
    takers = [one.route for one in breakdown.candidates(day, said) if data.draw(st.booleans())]
    found = breakdown.assign(day, said, takers, IDS)
    try:
        if kind is FactKind.SICK:
            made = sick.to_others_of(day, said, found)
        else:
            made = breakdown.draft_of(day, said, found, "Breakdown")
    except UserError:
        return
    for van in found.vans:
        if van.taken:
            assert made.after.schedules[van.id] == van.planned, "what was tried is what it becomes"
            assert not {b.rule for b in newly_broken(van.was, van.planned)} & _HARD
            open_visits = [v for v in van.planned.visits if v.stop in van.taken]
            assert all(v.arrive >= day.now for v in open_visits), "nobody is anywhere before now"
    check(session, made)


@settings(deadline=None, max_examples=60)
@given(running(), st.data())
def test_late(session: DaySession, data: st.DataObject) -> None:
    day = session.day
    route = data.draw(st.sampled_from(list(day.shifts)))
    delay = data.draw(st.integers(0, 24)) * 600
    statuses.on_route(session, route, FactKind.DELAYED, Said("Mara", day.now), value=day.now + delay)
    day = session.day
    for offer in late.offers(day, route, IDS):
        made = late.plan(day, route, offer)
        was, will = (sum(draft.late_s(s) for s in one.schedules.values()) for one in (day, made.after))
        assert offer.saved_s >= late.LEAST_S
        assert was - will == offer.saved_s
        check(session, made)


@settings(deadline=None, max_examples=60)
@given(running(), st.data())
def test_orders_that_come_go_and_part(session: DaySession, data: st.DataObject) -> None:
    day = session.day
    order = day.orders[data.draw(st.sampled_from(list(day.orders)))]
    a, b = (data.draw(st.sampled_from(list(day.shifts))) for _ in range(2))
    tries = [
        lambda: cancel.plan(day, order.id, IDS),
        lambda: split.by_pieces(day, order.id, 1, IDS),
        lambda: best_place(day, order.stop),
        lambda: swap.rests(day, a, b, IDS),
        lambda: swap.drivers(day, a, b),
        lambda: swap.vehicles(day, a, b),
    ]
    for make in tries:
        try:
            made = make()
        except UserError:
            continue
        check(session, made)


@settings(deadline=None, max_examples=30)
@given(running(), st.data())
def test_what_was_worked_out_once_is_what_it_would_be_anew(session: DaySession, data: st.DataObject) -> None:
    day = session.day
    said = breakdown.case(day, data.draw(st.sampled_from(day.routes)).id)
    found, plain = breakdown.proposal(day, said, IDS), _proposal(day, said)
    assert found.left == plain.left
    for ours, theirs in zip(found.vans, plain.vans, strict=True):
        assert (ours.id, ours.taken, ours.route, ours.planned) == (
            theirs.id,
            theirs.taken,
            theirs.route,
            theirs.planned,
        )
        assert (dict(ours.stops), ours.at) == (dict(theirs.stops), theirs.at)


def _proposal(day: Day, said: breakdown.Case) -> breakdown.Plan:
    """The same by trying anew whoever might take over, each time."""

    def alone(takers: list[ShiftId]) -> breakdown.Plan:
        """Given out one by one: what a van bids is asked of a van that was asked nothing else."""
        whole = breakdown.assign(day, said, takers, IDS)
        for van in whole.vans:
            fresh = Van(day, van.id, travel.covering(day.travel, (said.place, day.depot.place)), van.at)
            for stop in van.taken:
                bid = fresh.bid(stop)
                assert bid is not None
                fresh.take(bid)
            assert (fresh.route, fresh.planned, dict(fresh.stops)) == (van.route, van.planned, dict(van.stops))
        return whole

    what = breakdown.goods(day, said)
    near = [one.route for one in breakdown.candidates(day, said) if breakdown.has_room(day, one, what)][:5]
    if not near or not what.open:
        return breakdown.Plan((), what.open)
    singles = sorted((alone([id]) for id in near), key=lambda one: one.rank)
    best = [one.vans[0].id for one in singles[:3]]
    found = min([*singles, *(alone([*pair]) for pair in combinations(best, 2))], key=lambda one: one.rank)
    while found.left:
        here = [van.id for van in found.vans if van.taken]
        more = [alone([*here, id]) for id in near if id not in here and len(here) < 4]
        better = min(more, key=lambda one: one.rank, default=found)
        if len(better.left) >= len(found.left):
            break
        found = better
    return found
