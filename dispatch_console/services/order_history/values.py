"""What the page of an order shows, as values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dispatch_console.domain.fleet import Depot
from dispatch_console.domain.orders import DriverId, Order, StopId
from dispatch_console.domain.proofs import Proof


class Line(StrEnum):
    """What a line of the history tells of."""

    CAME = "came"  # imported, typed in, carried over
    EDITED = "edited"
    PLANNED = "planned"  # given to a driver, moved, taken off
    PINNED = "pinned"
    APPROVED = "approved"
    PRINTED = "printed"
    LEFT = "left"  # the van left the depot, or came back
    TROUBLE = "trouble"  # broke down, sick, delayed
    ARRIVED = "arrived"
    DONE = "done"
    FAILED = "failed"
    AGAIN = "again"  # to do again
    CALLED = "called"
    BACK = "back"  # pieces, cash, debrief
    DECIDED = "decided"
    PROOF = "proof"


@dataclass(frozen=True, slots=True)
class Event:
    """A line: at `at` (aware) `title` happened, `detail` in a few words more, as told or done by `who`.

    `recorded` (aware): when it became known, if that was later. `saved` (aware): when it came into the store, if
    that was not then. `corrected`: a later word took its place.
    """

    at: dt.datetime
    line: Line
    title: str
    detail: str = ""
    who: str = ""
    recorded: dt.datetime | None = None
    corrected: bool = False
    proof: Proof | None = None
    saved: dt.datetime | None = None


class Tone(StrEnum):
    """How it stands, as a colour with its word."""

    PLAIN = "plain"
    GOOD = "good"
    RISK = "risk"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an order is now: `headline` in one sentence, `more` as further short ones.

    `slot` and `initials` are its driver's (0: it has none today), `phone` his.
    """

    headline: str
    more: tuple[str, ...] = ()
    tone: Tone = Tone.PLAIN
    driver: str = ""
    initials: str = ""
    phone: str = ""
    slot: int = 0


@dataclass(frozen=True, slots=True)
class OneDay:
    """A day of the order: which attempt it was to be (from 1), and how it ended in a few words."""

    date: dt.date
    order: Order
    attempt: int
    ended: str


@dataclass(frozen=True, slots=True)
class OrderHistory:
    """All of it. `order` and `stop` are those of the last day; `events` from the oldest to the newest.

    `drivers`: who drives for the depot, by name.
    """

    depot: Depot
    order: Order
    date: dt.date
    stop: StopId
    standing: Standing
    days: tuple[OneDay, ...]
    events: tuple[Event, ...]
    drivers: Mapping[DriverId, str] = field(default_factory=dict[DriverId, str])

    @property
    def proofs(self) -> tuple[Proof, ...]:
        return tuple(event.proof for event in self.events if event.proof is not None)
