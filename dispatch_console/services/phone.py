"""Statuses by phone: a half-typed entry as a value, what it means, and writing it down.

An entry is what a dispatcher types while a driver speaks: whom it is about, a letter, a detail, a time. The letters
of a stop are A D P F S R (C for D of a collection), of a route O B L X; the digits of reasons are the paper's.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from dispatch_console.domain import clock, reasons
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import ALL_ORDERS, Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, OrderKind
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.progress import progress
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import lookup, statuses
from dispatch_console.services.lookup import Hit, OrderHit, RouteHit
from dispatch_console.services.session import DaySession, for_good
from dispatch_console.services.statuses import Said

#: Typed times may lie so far ahead of the clock: watches differ.
_AHEAD_S = 5 * 60
_MOST_MINUTES = 600
_PARTIAL = re.compile(r"(\d+(?:,\d+)*)?(?:/(0?\d)?)?", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})|(\d{1,2})(\d{2})", re.ASCII)


class Detail(StrEnum):
    """What is asked for after the letter."""

    NONE = "none"
    REASON = "reason"
    PIECES = "pieces"
    MINUTES = "minutes"


class Letter(NamedTuple):
    """A status by its key. `needs`: the detail has to be typed before it can be written."""

    key: str
    word: str
    kind: FactKind
    detail: Detail = Detail.NONE
    needs: bool = False


_STOP = (
    Letter("A", "Arrived", FactKind.ARRIVED),
    Letter("D", "Delivered", FactKind.DELIVERED),
    Letter("P", "Partial", FactKind.PARTIAL, Detail.PIECES, True),
    Letter("F", "Failed", FactKind.FAILED, Detail.REASON, True),
    Letter("S", "Skipped", FactKind.SKIPPED, Detail.REASON),
    Letter("R", "Re-opened", FactKind.REOPENED, Detail.REASON, True),
)
_COLLECTED = Letter("C", "Collected", FactKind.DELIVERED)
ROUTE_LETTERS = (
    Letter("O", "Out", FactKind.OUT),
    Letter("B", "Back", FactKind.BACK),
    Letter("L", "Late by minutes", FactKind.DELAYED, Detail.MINUTES, True),
    Letter("X", "Broken down", FactKind.BROKEN_DOWN),
)
_GOES_AGAIN = Letter("X", "Goes again", FactKind.REPAIRED)


@dataclass(frozen=True, slots=True)
class Entry:
    """What has been typed so far, bound to a day. `hit`: whom it is about, once that is clear.

    `whole`: the status is of the whole stop, not of the one order of several.
    """

    date: dt.date
    what: str = ""
    hit: Hit | None = None
    letter: str = ""
    detail: str = ""
    time: str = ""
    whole: bool = True

    @property
    def blank(self) -> bool:
        return not (self.what or self.letter or self.detail or self.time)

    @property
    def label(self) -> str:
        """What its small button says: `4187 D`, `4187 F1`."""
        return f"{self.what} {self.letter}{self.detail}".strip()


class Reading(NamedTuple):
    """What an entry means. `missing`: the field to go on with, empty when it can be written.

    `problem`: the sentence that says why it cannot be written as it stands. `at`: seconds of the plan day.
    """

    letter: Letter | None = None
    reason: Reason | None = None
    pieces: int = 0
    items: tuple[int, ...] = ()
    minutes: int = 0
    at: int | None = None
    missing: str = ""
    problem: str = ""

    @property
    def ready(self) -> bool:
        return not self.missing and not self.problem


def letters(day: Day, hit: Hit | None) -> tuple[Letter, ...]:
    """The keys that can follow. A collection is collected, not delivered; a broken van can go again."""
    if isinstance(hit, RouteHit):
        return (*ROUTE_LETTERS[:3], _GOES_AGAIN if hit.route in day.facts.down else ROUTE_LETTERS[3])
    if hit is not None and _collects(day, hit):
        return (_STOP[0], _COLLECTED, *_STOP[2:])
    return _STOP


def letter(day: Day, hit: Hit | None, key: str) -> Letter | None:
    """The status of a key; D and C mean the same, whichever way the goods go."""
    wanted = key.upper()
    if not isinstance(hit, RouteHit) and wanted in ("C", "D"):
        return letters(day, hit)[1]
    return next((one for one in letters(day, hit) if one.key == wanted), None)


def keys(kind: FactKind, typed: str = "") -> dict[str, Reason]:
    """The reason keys on offer after what has been typed of one: after 0 those of two digits."""
    if kind is FactKind.REOPENED:
        return reasons.REOPEN_KEYS
    two = typed.startswith("0")
    return {key: reason for key, reason in reasons.KEYS.items() if (len(key) == 2) is two}


def is_full(one: Letter, typed: str) -> bool:
    """Whether the detail is complete, so that a further digit belongs to the time."""
    if one.detail is Detail.NONE:
        return True
    return one.detail is Detail.REASON and typed in keys(one.kind, typed)


def read(entry: Entry, day: Day, now: int | None) -> Reading:
    """What `entry` means on `day`. `now` (seconds of the plan day) None: the day is not today, and what has no time
    counts for when it was due; where nothing says that, a time is needed."""
    if entry.hit is None:
        return Reading(missing="what")
    one = letter(day, entry.hit, entry.letter) if entry.letter else None
    if one is None:
        return Reading(missing="letter")
    reading = _detail(Reading(one), entry, day)
    if reading.problem or reading.missing:
        return reading
    return _with_time(reading, entry, day, now)


def due(day: Day, entry: Entry) -> int | None:
    """When that was due which the entry tells; None: nothing says it, or it does not say yet what it tells."""
    hit = entry.hit
    one = letter(day, hit, entry.letter) if hit is not None and entry.letter else None
    if one is None:
        return None
    if isinstance(hit, RouteHit):
        return statuses.due(day, one.kind, hit.route)
    assert isinstance(hit, OrderHit)
    return statuses.due(day, one.kind, day.plan.where.get(hit.stop, POOL), hit.stop)


def parse_time(text: str, day: Day, now: int | None = None) -> int | None:
    """`1042`, `10:42`, `9.05`, or `-5` for five minutes ago, as seconds of the plan day; None: no time."""
    text = text.strip()
    if text[:1] in ("-", "−") and text[1:].isdecimal() and len(text) <= 4 and now is not None:
        return now - 60 * int(text[1:])
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hours, minutes = int(found[1] or found[3]), int(found[2] or found[4])
    if hours > 23 or minutes > 59:
        return None
    return clock.wall_to_seconds(3600 * hours + 60 * minutes, day.date, day.depot.timezone)


def correction(day: Day, entry: Entry) -> Fact | None:
    """The outcome that writing this entry would correct; None: there is none yet."""
    if not isinstance(entry.hit, OrderHit) or entry.hit.stop not in day.stops:
        return None
    return day.facts.outcome(entry.hit.stop, _order(day, entry))


@for_good
def write(
    session: DaySession, entry: Entry, said: Said, initiator: object = None, *, comes_later: bool = False
) -> Fact:
    """Write an entry down as one fact and return it. Raises UserError with what is missing or wrong.

    `comes_later`: what the driver skips he
    does later today, so it has not ended: one fact says that it is to do, passed by for now; where an end had been
    told, that this was a wrong entry.
    """
    day = session.day
    reading = read(entry, day, None if said.stands else said.now)
    if not reading.ready:
        raise UserError(reading.problem or "Type the order, the status and its reason first.")
    hit, one, at = entry.hit, reading.letter, reading.at
    assert hit is not None and one is not None and at is not None
    if isinstance(hit, RouteHit):
        value = _expected(day, hit.route) + 60 * reading.minutes if one.kind is FactKind.DELAYED else 0
        statuses.on_route(session, hit.route, one.kind, said, at=at, value=value, initiator=initiator)
    else:
        passes = comes_later and one.kind is FactKind.SKIPPED
        statuses.status(
            session,
            hit.stop,
            FactKind.REOPENED if passes else one.kind,
            said,
            at=at,
            reason=_why_later(day, entry, reading) if passes else reading.reason,
            order=_order(day, entry),
            pieces=reading.pieces,
            items=reading.items,
            settle=not passes,
            initiator=initiator,
        )
    return session.day.facts.entries[-1]


def order_of(day: Day, entry: Entry) -> OrderId:
    """The order that the entry is about, ALL_ORDERS: all of its stop."""
    return _order(day, entry)


def _order(day: Day, entry: Entry) -> OrderId:
    hit = entry.hit
    assert isinstance(hit, OrderHit)
    several = len(day.stops[hit.stop].orders) > 1
    return hit.order if several and not (entry.whole and not hit.piece) else ALL_ORDERS


def _why_later(day: Day, entry: Entry, reading: Reading) -> Reason:
    if correction(day, entry) is not None:
        return Reason.WRONG_ENTRY
    return reading.reason or Reason.PASSED_BY


def _collects(day: Day, hit: OrderHit) -> bool:
    order = day.orders.get(hit.order)
    return order is not None and order.kind is OrderKind.COLLECTION


def _detail(reading: Reading, entry: Entry, day: Day) -> Reading:
    one, typed = reading.letter, entry.detail
    assert one is not None
    match one.detail:
        case Detail.NONE:
            return _reopening(reading, entry, day)
        case Detail.REASON:
            reason = keys(one.kind, typed).get(typed)
            if reason is None and (one.needs or typed):
                return reading._replace(missing="detail")
            return _reopening(reading._replace(reason=reason), entry, day)
        case Detail.MINUTES:
            if not typed.isdecimal():
                return reading._replace(missing="detail")
            minutes = int(typed)
            if not 0 < minutes <= _MOST_MINUTES:
                return reading._replace(problem=f"Late by 1 to {_MOST_MINUTES} minutes: {typed} is not.")
            return reading._replace(minutes=minutes)
        case Detail.PIECES:
            return _partial(reading, entry, day)


def _reopening(reading: Reading, entry: Entry, day: Day) -> Reading:
    """Only what has ended can be opened again."""
    one = reading.letter
    if one is not None and one.kind is FactKind.REOPENED and correction(day, entry) is None:
        return reading._replace(problem=f"{entry.what} is still open: there is nothing to open again.")
    return reading


def _partial(reading: Reading, entry: Entry, day: Day) -> Reading:
    """`2` pieces, `2,0,1` by item line, each with `/4` as the reason for the rest."""
    found = _PARTIAL.fullmatch(entry.detail)
    if found is None or not found[1] or (entry.detail.endswith(("/", "/0"))):
        return reading._replace(missing="detail")
    numbers = tuple(int(n) for n in found[1].split(","))
    reason = reasons.KEYS.get(found[2] or "", Reason.PARTIAL)
    whole = _goods(day, entry)
    if len(numbers) == 1:
        done, total = numbers[0], whole[0]
        if total and done >= total:
            all_of = "piece" if total == 1 else "pieces"
            return reading._replace(problem=f"{entry.what} has {total} {all_of}: for all of it use D.")
        if not done:
            return reading._replace(problem="No piece at all is F, failed.")
        return reading._replace(pieces=done, reason=reason)
    lines = whole[1]
    if len(numbers) != len(lines):
        return reading._replace(problem=f"{entry.what} has {len(lines)} item lines: type a number for each.")
    if any(n > most for n, most in zip(numbers, lines, strict=True)) or numbers == lines or not any(numbers):
        return reading._replace(problem=f"By line at most {','.join(map(str, lines))}, and not all or none of it.")
    return reading._replace(pieces=sum(numbers), items=numbers, reason=reason)


def _goods(day: Day, entry: Entry) -> tuple[int, tuple[int, ...]]:
    """(pieces in all, quantity of each item line) of what the entry is about."""
    hit = entry.hit
    assert isinstance(hit, OrderHit)
    only = _order(day, entry)
    orders = [order for order in day.stops[hit.stop].orders if only in (ALL_ORDERS, order.id)]
    pieces = sum(order.size.pieces for order in orders)
    return pieces, tuple(item.quantity for order in orders for item in order.items)


def _with_time(reading: Reading, entry: Entry, day: Day, now: int | None) -> Reading:
    if not entry.time:
        at = due(day, entry) if now is None else now
        return reading._replace(missing="time") if at is None else reading._replace(at=at)
    at = parse_time(entry.time, day, now)
    if at is None:
        if len(entry.time) < 3 or entry.time.endswith((":", ".")):
            return reading._replace(missing="time")
        return reading._replace(problem=f"“{entry.time}” is no time. Type 1042, 10:42, or -5 for five minutes ago.")
    if now is not None and at > now + _AHEAD_S:
        told = clock.hhmm(at, day.date, day.depot.timezone)
        return reading._replace(problem=f"{told} is still to come. Type when it happened.")
    return reading._replace(at=at)


def _expected(day: Day, route: ShiftId) -> int:
    """When the driver should be at his next stop by the sheet he holds, else by the forecast."""
    schedule = day.schedules[route]
    passed = progress(day.plan.route(route), schedule, day.basis).passed
    ahead = [visit for visit in schedule.visits[passed:] if not visit.done and not visit.presumed]
    if not ahead:
        return schedule.end
    # Who is at a door by the forecast speaks of the stop after it.
    next_one = next((visit for visit in ahead if visit.arrive >= day.now), ahead[-1])
    planned = day.baseline.stops.get(next_one.stop) if day.baseline is not None else None
    return planned.arrive if planned is not None and planned.route == route else next_one.arrive


__all__ = [
    "ALL_ORDERS",
    "ROUTE_LETTERS",
    "Detail",
    "Entry",
    "FactKind",
    "Letter",
    "Reading",
    "correction",
    "due",
    "is_full",
    "keys",
    "letter",
    "letters",
    "lookup",
    "order_of",
    "parse_time",
    "read",
    "write",
]
