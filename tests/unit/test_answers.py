"""Doing the smallest change: one step that makes the stop fit, and one undo that takes all of it back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_console.domain import edits
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import StaleChange, UserError
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import Capacity, ShiftId, Vehicle, VehicleId
from dispatch_console.domain.levers import Change, Lever
from dispatch_console.domain.orders import OrderId, StopId, Window
from dispatch_console.domain.plan import POOL, PlanChange, Swap
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.slices import at_once
from dispatch_console.services import answers
from dispatch_console.services.session import DaySession
from tests import factories

ADA, BEN, SIX = ShiftId(1), ShiftId(2), StopId(6)
H = 3600
LORRY = Vehicle(VehicleId(9), "Lorry 09", capacity=Capacity(200_000, 2_000, 20))


def _day(shift: dict[str, object] | None = None, **order: object) -> Day:
    day = factories.small_day()
    was = day.orders[OrderId(6)]
    shifts = tuple(Swap(one, replace(one, **(shift or {}))) for one in day.shifts.values())
    return day.apply(PlanChange("", (), (Swap(was, replace(was, **order)),), shifts))


def _locked() -> Day:
    day = factories.small_day()
    for id in day.shifts:
        day = day.apply(edits.set_locked(day.plan, id, True, ""))
    return day


DAYS = {
    Lever.AS_IS: _day(),
    Lever.LATER: _day(windows=(Window(8 * H, 8 * H + 3000),)),
    Lever.EARLIER: _day({"end": 10 * H + 1800}, windows=(Window(10 * H + 1200, 14 * H),)),
    Lever.OVERTIME: _day({"end": 10 * H}),
    Lever.KG: _day(size=Size(84_500, 100, 1)),
    Lever.M3: _day(size=Size(1_000, 815, 1)),
    Lever.PIECES: _day(size=Size(1_000, 100, 10)),
    Lever.STOPS: _day({"max_stops": 2}),
    Lever.SKILL: _day(skills=("cold",)),
    Lever.SPARE: _day(size=Size(95_000, 950, 1)),
    Lever.UNLOCK: _locked(),
}


def _asked(day: Day) -> Change:
    change = at_once(answers.finding_fit(day, SIX, (LORRY,))).change
    assert change is not None
    return change


@pytest.mark.parametrize("lever", DAYS)
def test_done_in_one_step_and_taken_back_in_one(lever: Lever):
    day = DAYS[lever]
    session, change = DaySession(day), _asked(day)
    assert change.lever is lever
    broken = {id: timed.broken for id, timed in day.schedules.items()}
    answers.do(session, change)
    after = session.day
    assert after.plan.where[SIX] == change.route
    assert after.plan.route(change.route).stops[change.at] == SIX
    assert {id: timed.broken for id, timed in after.schedules.items()} == broken
    assert after.schedules[change.route].visits[change.at].arrive == change.arrive
    assert session.undo().label == f"Fit in A6, {day.shifts[change.route].driver.name}"
    assert (session.day.orders, session.day.shifts, session.day.stops) == (day.orders, day.shifts, day.stops)
    assert session.day.plan.route(POOL).stops == (SIX,)
    assert session.day.plan.route(change.route) == day.plan.route(change.route)


def test_all_orders_of_a_visit_get_the_wider_window():
    """The one may be served 08:00–08:50, the other 07:00–09:30; what they share grows by the 10 minutes."""
    day = _day(windows=(Window(8 * H, 8 * H + 3000),))
    other = factories.order(7, stop=SIX, place=factories.PLACES[6], windows=(Window(7 * H, 9 * H + 1800),))
    day = day.apply(PlanChange("", (), (Swap(None, other),)))
    session, change = DaySession(day), _asked(day)
    assert (change.lever, change.by) == (Lever.LATER, 600)
    answers.do(session, change)
    assert session.day.orders[OrderId(6)].windows == (Window(8 * H, 9 * H),)
    assert session.day.orders[OrderId(7)].windows == other.windows
    assert session.day.stops[SIX].windows == (Window(8 * H, 9 * H),)


def test_what_is_no_longer_enough_is_not_done():
    session = DaySession(DAYS[Lever.OVERTIME])
    change = _asked(session.day)
    session.apply(edits.move(session.day.plan, [StopId(1)], BEN, 0, "Move"))
    with pytest.raises(StaleChange, match="no longer enough"):
        answers.do(session, change)
    session.apply(edits.move(session.day.plan, [SIX], ADA, 0, "Move"))
    with pytest.raises(UserError, match="has a driver by now"):
        answers.do(session, change)


def test_no_window_reaches_beyond_midnight():
    day = _day(windows=(Window(8 * H, 8 * H + 3000),))
    change = _asked(day)._replace(by=16 * H)
    assert answers.why_not_do(day, change) is not None
    with pytest.raises(UserError, match="beyond midnight"):
        answers.do(DaySession(day), change)


def test_why_nobody_else_can_have_it():
    day = factories.small_day()
    assert answers.why_no_choice(day, StopId(3)) is None
    assert answers.why_no_choice(day, SIX) == "It has no driver. F2 says why."
    assert answers.why_no_choice(day, StopId(99)) == "This stop is no longer part of the day."
    visited = day.record([Fact(StopId(1), ADA, FactKind.ARRIVED, 8 * H + 600)], 8 * H + 600)
    assert answers.why_no_choice(visited, StopId(1)) == "It has been visited."
    assert at_once(answers.finding_why(visited, StopId(1))) is None
