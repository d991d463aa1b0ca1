"""Approving a day, and the way back until the first sheet is printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dispatch_console.domain.day import Day, DayState, open_day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.plan import Plan, PlanChange
from dispatch_console.services import day as days
from dispatch_console.services.session import DaySession
from tests.factories import DAY, DEPOT, line_matrix, order, shift, small_day

NOW = dt.datetime(2026, 11, 23, 6, 52, tzinfo=dt.UTC)


class Recorder:
    """A saver that remembers what it was asked to keep."""

    def __init__(self) -> None:
        self.approvals: list[Day] = []

    def change(self, change: PlanChange, before: Day, after: Day) -> None:
        raise AssertionError("approving is not a change of the plan")

    def approval(self, after: Day) -> None:
        self.approvals.append(after)


def test_approving_says_who_and_when_and_is_saved() -> None:
    saver = Recorder()
    session = DaySession(small_day(), saver)
    days.approve(session, "Mara", NOW)
    approval = session.day.approval
    assert (approval.state, approval.by, approval.at) == (DayState.APPROVED, "Mara", NOW)
    assert saver.approvals == [session.day]
    assert session.history.done == []


def test_it_goes_back_until_something_is_printed() -> None:
    session = DaySession(small_day())
    days.approve(session, "Mara", NOW)
    days.withdraw(session)
    assert session.day.approval.state is DayState.DRAFT
    days.approve(session, "Mara", NOW)
    session.set_approval(replace(session.day.approval, printed={ShiftId(1): 1}))
    with pytest.raises(UserError, match="printed already"):
        days.withdraw(session)
    assert session.day.approval.state is DayState.APPROVED


def test_what_cannot_be_approved_says_why() -> None:
    unplanned = open_day(DEPOT, DAY, [order(1)], [shift(1)], line_matrix(), Plan())
    assert days.why_not_approve(unplanned) == "No route has a stop yet. Plan the day first."
    session = DaySession(small_day())
    assert days.why_not_withdraw(session.day) == "This day is not approved."
    days.approve(session, "Mara", NOW)
    with pytest.raises(UserError, match="approved already"):
        days.approve(session, "Mara", NOW)
