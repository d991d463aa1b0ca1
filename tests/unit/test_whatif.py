"""Trials: nothing is saved before one is taken over; what happens meanwhile happens to both. See `factories`."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dispatch_console.domain.day import Approval, DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import dispatch, orders, statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.whatif import WhatIf
from tests import factories
from tests.savers import Written

ADA, BEN = ShiftId(1), ShiftId(2)


@pytest.fixture
def written() -> Written:
    return Written()


@pytest.fixture
def session(written: Written) -> DaySession:
    session = DaySession(factories.small_day(), written)
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    written.labels.clear()
    return session


def test_a_trial_is_taken_over_as_one_step(session: DaySession, written: Written):
    before, whatif = session.day, WhatIf(session)
    whatif.begin()
    dispatch.move(session, [StopId(6)], BEN, 2)
    dispatch.move(session, [StopId(3)], BEN, 0)
    assert written.labels == []
    assert session.real is before
    (_, now), (name, tried) = whatif.figures()
    # Ada drives 20 min less, Ben 20 min more for stop 6: 160 km either way; 3 and 6 moved.
    assert (name, now.drive_m, tried.drive_m, tried.moved, now.unassigned, tried.unassigned) == (
        "A", 160_000, 160_000, 2, 1, 0,
    )  # fmt: skip
    whatif.take_over()
    assert written.labels == ["Take over trial A"]
    assert session.day.plan.route(BEN).stops == (3, 4, 5, 6)
    assert not session.trying
    session.undo()
    assert session.day.plan.where == before.plan.where


def test_thrown_away_it_never_was(session: DaySession, written: Written):
    before, whatif = session.day, WhatIf(session)
    whatif.begin()
    dispatch.move(session, [StopId(1)], POOL, None)
    whatif.throw_away()
    assert session.day is before
    assert written.labels == []
    assert [name for name, _ in whatif.figures()] == ["Now"]


def test_several_trials_stand_side_by_side(session: DaySession):
    whatif = WhatIf(session)
    first = whatif.begin()
    dispatch.move(session, [StopId(6)], BEN, None)
    whatif.begin()
    assert session.day.plan.where[StopId(6)] == POOL
    dispatch.move(session, [StopId(6)], ADA, None)
    whatif.look_at(first)
    assert session.day.plan.where[StopId(6)] == BEN
    assert [name for name, _ in whatif.figures()] == ["Now", "A", "B"]
    session.undo()
    assert session.day.plan.where[StopId(6)] == POOL


def test_what_happens_meanwhile_happens_to_both(session: DaySession, written: Written):
    whatif = WhatIf(session)
    whatif.begin()
    dispatch.move(session, [StopId(3)], BEN, 0)
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said("Kim", 8 * 3600 + 900))
    assert [fact.stop for fact in written.told] == [1]
    assert session.real.facts.entries == session.day.facts.entries
    whatif.take_over()
    assert session.day.plan.route(BEN).stops == (3, 4, 5)
    assert session.day.facts.ended == {1: 8 * 3600 + 900}


def test_what_counts_for_good_is_refused(session: DaySession):
    whatif = WhatIf(session)
    whatif.begin()
    with pytest.raises(UserError, match="for good"):
        session.set_approval(Approval())
    with pytest.raises(UserError, match="nothing to take over"):
        whatif.take_over()
    assert whatif.current is not None
    whatif.throw_away()
    with pytest.raises(UserError, match="Nothing"):
        whatif.take_over()


def test_a_trial_laid_aside_catches_up(session: DaySession):
    whatif = WhatIf(session)
    trial = whatif.begin()
    whatif.look_at(None)
    statuses.status(session, StopId(4), FactKind.DELIVERED, Said("Kim", 9 * 3600))
    whatif.look_at(trial)
    assert session.day.facts.ended == {4: 9 * 3600}


def test_who_was_told_is_who_drives_not_who_is_tried(session: DaySession, written: Written):
    whatif = WhatIf(session)
    trial = whatif.begin()
    dispatch.move(session, [StopId(3)], BEN, 0)
    dispatch.move(session, [StopId(6)], BEN, 3)
    statuses.status(session, StopId(3), FactKind.DELIVERED, Said("Kim", 9 * 3600))
    assert [fact.route for fact in written.told] == [ADA]
    assert session.real.plan.route(ADA).stops == (1, 2, 3)
    assert session.day.plan.route(ADA).stops == (1, 2, 3), "it has happened: the trial gives way"
    assert session.day.plan.route(BEN).stops == (4, 5, 6), "what nobody told of is still tried"
    assert trial.dropped == ["A3"]
    session.undo()
    assert session.day.plan.where[StopId(6)] == POOL


def test_what_is_changed_on_the_day_as_it_is_stays(session: DaySession):
    whatif = WhatIf(session)
    trial = whatif.begin()
    dispatch.move(session, [StopId(6)], BEN, 0)
    dispatch.move(session, [StopId(1)], BEN, 3)
    whatif.look_at(None)
    dispatch.move(session, [StopId(6)], ADA, 3)
    dispatch.set_absent(session, BEN, True)
    assert [figures.moved for _, figures in whatif.figures()] == [0, 1]
    whatif.look_at(trial)
    assert trial.dropped == ["A6"]
    whatif.take_over()
    assert session.day.plan.route(ADA).stops == (2, 3, 6)
    assert session.day.plan.route(BEN).stops == (4, 5, 1)
    assert session.day.shifts[BEN].absent
    session.undo()
    assert session.day.plan.route(ADA).stops == (1, 2, 3, 6)


def test_what_is_said_of_an_order_counts_in_the_trial_too(session: DaySession, written: Written):
    whatif = WhatIf(session)
    whatif.begin()
    dispatch.move(session, [StopId(6)], BEN, 0)
    order = session.day.orders[OrderId(6)]
    orders.edit(session, replace(order, notes="ring twice"))
    orders.add(session, factories.order(7, place=None), orders.Numbers(OrderId(7), StopId(7)))
    assert written.labels == ["Edit A6", "New order A7"]
    assert session.real.orders[OrderId(6)].notes == session.day.orders[OrderId(6)].notes == "ring twice"
    assert session.day.plan.where[StopId(7)] == session.real.plan.where[StopId(7)] == POOL
    assert session.day.plan.where[StopId(6)] == BEN
    whatif.throw_away()
    assert StopId(7) in session.day.stops


def test_a_trial_of_a_trial_and_trials_wait_for_their_day(session: DaySession):
    whatif = WhatIf(session)
    first = whatif.begin()
    dispatch.move(session, [StopId(6)], BEN, None)
    second = whatif.begin(of=first)
    dispatch.move(session, [StopId(1)], BEN, None)
    assert (second.name, session.day.plan.route(ADA).stops, len(session.history.done)) == ("B", (2, 3), 1)
    here, other = session.real, factories.small_day()
    session.replace_day(replace(other, date=other.date + dt.timedelta(days=1)))
    assert (whatif.current, whatif.trials) == (None, [])
    session.replace_day(here)
    assert [trial.name for trial in whatif.trials] == ["A", "B"]
    whatif.look_at(second)
    assert session.day.plan.route(ADA).stops == (2, 3)
    assert [label.label for label in session.history.done] == ["Move A1 to Ben Rook"]
