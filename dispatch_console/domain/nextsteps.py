"""What becomes of an order that was not done: the decision, and what is usual for a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from dispatch_console.domain.orders import NextKind, NextStep
from dispatch_console.domain.reasons import Reason

__all__ = ["DEFAULTS", "MOST_ATTEMPTS", "Evidence", "NextKind", "NextStep", "Usual", "due"]


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


def due(step: NextStep, today: dt.date) -> bool:
    """Whether a decision has come due: a day to go again that is here, or the end of a hold."""
    when = step.day if step.kind is NextKind.AGAIN else step.until
    return when is not None and when <= today and not step.carried
