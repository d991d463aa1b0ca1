"""How far a day has come: its state, who said so, and what has been printed of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId


class DayState(StrEnum):
    """How far a day has come. `Approval` knows the first two; the others follow from facts, see `Day.state`."""

    DRAFT = "draft"
    APPROVED = "approved"
    OUT = "out"
    BACK = "back"
    DEBRIEFED = "debriefed"
    CLOSED = "closed"


class Said(NamedTuple):
    """What the last printed papers of a route said: a mark that is equal if and only if they read the same (empty:
    not known), and stop by stop, in driving order, the arrival as it was printed (`10:05`). `numbers`: stop → the
    number that the papers of this route gave it, those of earlier versions included."""

    mark: str = ""
    etas: tuple[tuple[StopId, str], ...] = ()
    numbers: tuple[tuple[StopId, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Approval:
    """The state of a day, with who said so and when (aware instant), and what has been printed since.

    `printed` maps a route to the version number of its last printed sheet, `said` to what that one said.
    """

    state: DayState = DayState.DRAFT
    by: str = ""
    at: dt.datetime | None = None
    printed: Mapping[ShiftId, int] = field(default_factory=dict[ShiftId, int])
    said: Mapping[ShiftId, Said] = field(default_factory=dict[ShiftId, Said])
