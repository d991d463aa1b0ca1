"""The state of a day: from draft to approved, and back until the first sheet is printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.services.session import DaySession


def approve(session: DaySession, who: str, now: dt.datetime, initiator: object = None) -> None:
    """Freeze the plan of now as the day's baseline. Raises UserError with the reason of `why_not_approve`."""
    _allow(why_not_approve(session.day))
    approval = replace(session.day.approval, state=DayState.APPROVED, by=who, at=now)
    session.set_approval(approval, initiator)


def withdraw(session: DaySession, initiator: object = None) -> None:
    """Make the day a draft again. Raises UserError once a sheet is printed: drivers may hold it."""
    _allow(why_not_withdraw(session.day))
    session.set_approval(Approval(), initiator)


def why_not_approve(day: Day) -> str | None:
    """The sentence that says why the day cannot be approved now; None: it can."""
    if day.approval.state is not DayState.DRAFT:
        return "This day is approved already."
    if not any(route.stops for route in day.routes):
        return "No route has a stop yet. Plan the day first."
    return None


def why_not_withdraw(day: Day) -> str | None:
    """The sentence that says why an approval cannot be taken back now; None: it can."""
    if day.approval.state is DayState.DRAFT:
        return "This day is not approved."
    if day.approval.printed:
        return "Sheets of this plan are printed already. Change the plan and print the changed sheets instead."
    return None


def _allow(reason: str | None) -> None:
    if reason is not None:
        raise UserError(reason)
