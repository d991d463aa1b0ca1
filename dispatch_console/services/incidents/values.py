"""What an incident is, and the few words that all of them are made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from dispatch_console.domain import clock, numbers
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import ALL_ORDERS
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.nextsteps import Usuals
from dispatch_console.domain.orders import Order, OrderId, StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.services.proposals import Proposal


class Kind(StrEnum):
    """In the order in which they are listed."""

    BREAKDOWN = "breakdown"
    SICK = "sick"
    LATE = "late"
    OVERLOAD = "overload"
    TOO_MANY = "too_many"
    OVERTIME = "overtime"
    NO_BREAK = "no_break"
    DRIVING = "driving"
    DISTANCE = "distance"
    SKILL = "skill"
    FORBIDDEN = "forbidden"
    ZONE = "zone"
    APART = "apart"
    PAIR = "pair"
    UNREACHABLE = "unreachable"
    START_OFF_ROAD = "start_off_road"
    ABSENT = "absent"
    NOT_OUT = "not_out"
    LONG_STOP = "long_stop"
    RISK = "risk"
    TWICE = "twice"
    UNDONE = "undone"
    HELD = "held"
    CASH = "cash"
    OPEN = "open"
    NO_PLACE = "no_place"
    OFF_ROAD = "off_road"
    CRITICAL = "critical"
    PAPERS = "papers"


#: A line of the queue names so many; the rest is counted.
NAMED = 2
#: These are about a route, whichever of its stops comes first.
_OF_ROUTES = (Kind.BREAKDOWN, Kind.SICK, Kind.ABSENT)
#: Of these there is one, whatever is in it.
_WHOLE_DAY = (Kind.NO_PLACE, Kind.OFF_ROAD, Kind.START_OFF_ROAD, Kind.OPEN, Kind.NOT_OUT)


class Deed(StrEnum):
    """What the one button of an incident does."""

    MOVE_UP = "move_up"
    OFFER_STOPS = "offer_stops"
    OFFER_DRIVERS = "offer_drivers"
    UNASSIGN = "unassign"
    DROP_PINS = "drop_pins"
    REMIND = "remind"
    SHOW = "show"
    ACCEPT = "accept"  # the proposal
    TELL = "tell"  # the customer when the driver comes
    ASK = "ask"  # the driver
    SET_OUT = "set_out"
    BREAKDOWN = "breakdown"
    SICK = "sick"
    CALLS = "calls"  # whom a hand-over has to be told
    SHEETS = "sheets"  # of a hand-over
    HAND_OVER = "hand_over"  # some stops of a van that runs late
    TAKE_IN = "take_in"  # a held order, into this day
    CARRY_OVER = "carry_over"


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that needs somebody. `what` and `who` make the title; `hard`: a rule is broken, else it is a risk.
    `short` stands in for `sentence` where there is little room, `brief` where there is still less; empty: there is
    no shorter way to say it.

    `key` stays the same while the cause does, so that a list can keep its place and people's marks hold. `since`
    (seconds of the plan day) is when somebody told; None: it was seen by looking. `by` sorts within a kind and is
    what a forecast is off by, in seconds. `at` is when the driver comes. `beside`: the name stands with the
    sentence, not in the title. `routes`: those that the one button is for, where it is for several.
    """

    kind: Kind
    what: str
    who: str
    sentence: str
    deed: Deed
    hard: bool = True
    stops: tuple[StopId, ...] = ()
    route: ShiftId = POOL
    short: str = ""
    brief: str = ""
    order: OrderId = ALL_ORDERS
    since: int | None = None
    by: int = 0
    at: int = 0
    routes: tuple[ShiftId, ...] = ()
    beside: bool = False
    proposal: Proposal | None = None

    @property
    def key(self) -> tuple[Kind, ShiftId, tuple[StopId, ...], str]:
        which = self.what if self.kind is Kind.PAPERS else str(self.order) if self.order != ALL_ORDERS else ""
        if self.kind in _WHOLE_DAY:
            return self.kind, POOL, (), which
        if self.stops and self.kind not in _OF_ROUTES:
            return self.kind, POOL, self.stops[:1], which
        return self.kind, self.route, (), which

    @property
    def name(self) -> str:
        """The key as one text."""
        kind, route, stops, which = self.key
        return f"{kind.value}:{route}:{stops[0] if stops else 0}:{which}"


@dataclass(frozen=True, slots=True)
class Held:
    """An order of an earlier day that is held in the depot and has come due."""

    order: Order
    day: dt.date


@dataclass(frozen=True, slots=True)
class Around:
    """What incidents rest on besides the day: what is usual in the depot, and held orders that are due."""

    usual: Usuals = field(default_factory=Usuals)
    held: tuple[Held, ...] = ()


def hhmm(day: Day, seconds: int) -> str:
    return clock.hhmm(seconds, day.date, day.depot.timezone)


def spot(day: Day, stop: StopId) -> str:
    """`MK 14`: whose stop it is, and which one."""
    route = day.plan.where[stop]
    return f"{day.shifts[route].driver.initials} {numbers.of_stop(day, stop)}" if route != POOL else "no driver"
