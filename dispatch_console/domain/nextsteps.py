"""What becomes of an order that was not done: the decision, and what is usual for a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from dispatch_console.domain import saying
from dispatch_console.domain.orders import NextKind, NextStep
from dispatch_console.domain.reasons import Reason

__all__ = [
    "DEFAULTS",
    "MOST_ATTEMPTS",
    "Evidence",
    "NextKind",
    "NextStep",
    "Usual",
    "Usuals",
    "due",
    "is_goodbye",
    "short",
    "working_day",
]


class Evidence(StrEnum):
    """What should be kept as proof for a reason."""

    NONE = "none"
    PHOTO = "photo"
    NOTE = "note"


class Usual(NamedTuple):
    """The usual next step after a reason: `days` working days later for AGAIN, days to wait for HOLD.

    `ask` is what somebody has to find out first, as the rest of a sentence ("ask for the address").
    """

    kind: NextKind
    days: int = 1
    ask: str = ""
    evidence: Evidence = Evidence.NONE


#: After so many failed attempts an order goes back to its sender.
MOST_ATTEMPTS = 2

DEFAULTS: Mapping[Reason, Usual] = {
    Reason.ABSENT: Usual(NextKind.AGAIN),
    Reason.NO_ACCESS: Usual(NextKind.AGAIN, ask="ask for the way in"),
    Reason.WRONG_ADDRESS: Usual(NextKind.HOLD, 2, "ask for the address"),
    Reason.REFUSED: Usual(NextKind.RETURN, evidence=Evidence.NOTE),
    Reason.DAMAGED: Usual(NextKind.RETURN, evidence=Evidence.PHOTO),
    Reason.CLOSED: Usual(NextKind.AGAIN, ask="ask for opening hours"),
    Reason.CASH: Usual(NextKind.AGAIN, ask="tell the amount"),
    Reason.UNDER_AGE: Usual(NextKind.AGAIN, ask="an adult must be there"),
    Reason.OTHER_DATE: Usual(NextKind.AGAIN, ask="ask for the day"),
    Reason.WRONG_CODE: Usual(NextKind.AGAIN, ask="send the code again"),
    Reason.CANCELLED: Usual(NextKind.CANCEL),
    Reason.MISSING_PIECE: Usual(NextKind.HOLD, 1, "search the depot"),
    Reason.OUT_OF_TIME: Usual(NextKind.AGAIN),
    Reason.VAN_FULL: Usual(NextKind.AGAIN),
    Reason.ROAD_CLOSED: Usual(NextKind.AGAIN),
    Reason.WEATHER: Usual(NextKind.AGAIN),
    Reason.ACCIDENT: Usual(NextKind.AGAIN),
    Reason.PARTIAL: Usual(NextKind.AGAIN, ask="bring the rest"),
}

#: What ends on our side, not at the door: an order is not sent back because of it, however often it happens.
NOT_THE_CUSTOMERS = frozenset(
    {
        Reason.MISSING_PIECE,
        Reason.OUT_OF_TIME,
        Reason.VAN_FULL,
        Reason.ROAD_CLOSED,
        Reason.WEATHER,
        Reason.ACCIDENT,
        Reason.PARTIAL,
    }
)


@dataclass(frozen=True, slots=True)
class Usuals:
    """What is usual in a depot: the next step after each reason, the limit of attempts, and on which weekdays
    (0 Monday … 6 Sunday) it drives; no weekday at all counts as every day.
    """

    steps: Mapping[Reason, Usual] = field(default_factory=lambda: DEFAULTS)
    most_attempts: int = MOST_ATTEMPTS
    weekdays: frozenset[int] = frozenset(range(5))

    def step(self, reason: Reason | None) -> Usual:
        """The usual step; without a reason, or for one without a rule: again on the next working day."""
        return self.steps.get(reason, Usual(NextKind.AGAIN)) if reason is not None else Usual(NextKind.AGAIN)


def working_day(after: dt.date, n: int, weekdays: frozenset[int], not_before: dt.date | None = None) -> dt.date:
    """The `n`-th (≥ 1) day after `after` that falls on one of `weekdays`; then the first that is not too early."""
    day, left = after, max(1, n)
    while left or (not_before is not None and day < not_before):
        day += dt.timedelta(days=1)
        if not weekdays or day.weekday() in weekdays:
            left = max(0, left - 1)
    while weekdays and day.weekday() not in weekdays:
        day += dt.timedelta(days=1)
    return day


def is_goodbye(step: NextStep) -> bool:
    """Whether the order ends with this decision: no day of ours has to deal with it any more."""
    return step.kind in (NextKind.RETURN, NextKind.CANCEL, NextKind.PICKUP_POINT)


def short(step: NextStep) -> str:
    """In few words: `Again Tue 24 Nov, 08–12`, `Hold to Wed 25 Nov, ask for the address`."""
    match step.kind:
        case NextKind.AGAIN:
            when = f", {saying.windows(step.windows)}" if step.windows else ""
            return f"Again {saying.date(step.day)}{when}" if step.day else "Again"
        case NextKind.LATER_TODAY:
            return "Later today"
        case NextKind.HOLD:
            until = f"Hold to {saying.date(step.until)}" if step.until else "Hold"
            return f"{until}, {step.note}" if step.note else until
        case NextKind.PICKUP_POINT:
            return "To the pick-up point"
        case NextKind.RETURN:
            return "Return to sender"
        case NextKind.CANCEL:
            return "Cancel"


def due(step: NextStep, today: dt.date) -> bool:
    """Whether a decision has come due: a day to go again that is here, or the end of a hold."""
    when = step.day if step.kind is NextKind.AGAIN else step.until
    return when is not None and when <= today and not step.carried
