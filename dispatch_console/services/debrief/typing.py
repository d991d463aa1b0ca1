"""What is typed at a returned sheet: `14F1`, `15P4/03`, `7T1042`, `16 ` — a stop's number, a letter, its detail.

The same letters and reasons as by phone and on the paper. Nothing is written before an entry is complete; most are
complete without Enter.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import NamedTuple

from dispatch_console.domain import reasons
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.orders import OrderId
from dispatch_console.domain.reasons import Reason
from dispatch_console.intake.notations.numbers import number
from dispatch_console.intake.problems import Fault
from dispatch_console.services import lookup, phone
from dispatch_console.services.debrief.sheet import Row
from dispatch_console.services.lookup import OrderHit

#: Letter → outcome. C is cash taken, T the time.
OUTCOMES = {"P": FactKind.PARTIAL, "F": FactKind.FAILED, "S": FactKind.SKIPPED}
_PARTIAL = re.compile(r"(\d*)(?:/(0?\d)?)?", re.ASCII)
_MOST = 9


@dataclass(frozen=True, slots=True)
class Entry:
    """A half-typed entry. `number` is a stop's on the sheet (`14`, `9A`), or (the end of) an order's."""

    number: str = ""
    letter: str = ""
    detail: str = ""

    @property
    def text(self) -> str:
        return f"{self.number}{self.letter}{self.detail}"

    @property
    def blank(self) -> bool:
        return not self.text


class Outcome(NamedTuple):
    kind: FactKind
    reason: Reason | None = None
    pieces: int = 0


class Time(NamedTuple):
    """As it was typed: 1042, 10:42."""

    text: str


class Cash(NamedTuple):
    cents: int


Done = Outcome | Time | Cash


def press(entry: Entry, key: str, row: Row | None, named: Collection[str] = ()) -> tuple[Entry, Done | None]:
    """The entry after one more key (a character; `\\n` for Enter, `\\b` for Backspace), and what it completes.

    `row`: the one it is about. `named`: the numbers of the sheet's stops. A key that does not fit leaves the entry
    as it is.
    """
    if key == "\b":
        return _shorter(entry), None
    if lettered(entry, key, named):
        return replace(entry, number=entry.number + key.upper()), None
    if not entry.letter:
        return _begin(entry, key.upper(), row)
    if key == "\n":
        done = _complete(entry, row, at_enter=True)
        return (Entry(), done) if done is not None else (entry, None)
    if not _fits(entry, key):
        return entry, None
    longer = replace(entry, detail=entry.detail + key)
    done = _complete(longer, row, at_enter=False)
    return (Entry(), done) if done is not None else (longer, None)


def lettered(entry: Entry, key: str, named: Collection[str]) -> bool:
    """Whether `key` is the letter of a stop's number: after `9`, if there is a 9A on the sheet, A is."""
    return not entry.letter and key.isalpha() and entry.number + key.upper() in named


def find(day: Day, rows: tuple[Row, ...], number: str) -> OrderId | None:
    """The order that a typed number, or the text of a scan, means on this sheet: the stop's first, else the order
    with this number, else the first whose number ends so.
    """
    typed = {number.upper(), number.upper().lstrip("0")} - {""}
    for row in rows:
        if row.number in typed:
            return row.order.id
    mine = {row.order.id for row in rows}
    hits = (hit.order for hit in lookup.find(day, number) if isinstance(hit, OrderHit))
    return next((order for order in hits if order in mine), None) if number else None


def time_of(day: Day, text: str) -> int:
    """A typed time as seconds of the plan day. Raises UserError."""
    at = phone.parse_time(text, day)
    if at is None:
        raise UserError(f"“{text}” is no time. Type 1042 or 10:42.")
    return at


def amount(text: str, what: str) -> int:
    """`355.40`, `355,4`, `1'200` in hundredths. Raises UserError, naming `what` is wanted."""
    found = number(text)
    if isinstance(found, Fault) or found < 0 or found > 1e7 or abs(100 * found - round(100 * found)) > 1e-6:
        raise UserError(f"“{text.strip()}” is no amount. Type the {what} as 31.40.")
    return round(found * 100)


def whole(text: str, what: str) -> int:
    """`48 277`, `48'277`, `48277`. Raises UserError, naming `what` is wanted."""
    digits = re.sub(r"[\s.,'’]", "", text)
    if not digits.isdecimal() or len(digits) > _MOST:
        raise UserError(f"“{text.strip()}” is no reading. Type the {what} as 48277.")
    return int(digits)


def _begin(entry: Entry, key: str, row: Row | None) -> tuple[Entry, Done | None]:
    if key.isdecimal() and key.isascii():
        more = key if not entry.number[-1:].isalpha() else ""
        return replace(entry, number=(entry.number + more)[:_MOST]), None
    if row is None:
        return entry, None
    if key in (" ", "D"):
        return Entry(), Outcome(FactKind.DELIVERED)
    if key in OUTCOMES or key == "T" or (key == "C" and row.order.cod is not None):
        return replace(entry, letter=key), None
    return entry, None


def _fits(entry: Entry, key: str) -> bool:
    if entry.letter == "C":
        return key in "0123456789.," and len(entry.detail) < _MOST
    if entry.letter == "T":
        return key in "0123456789:." and len(entry.detail) < 5
    if entry.letter == "P":
        return _PARTIAL.fullmatch(entry.detail + key) is not None and len(entry.detail) < _MOST
    return key.isdecimal() and key.isascii()


def _complete(entry: Entry, row: Row | None, *, at_enter: bool) -> Done | None:
    match entry.letter:
        case "T":
            full = len(entry.detail.replace(":", "").replace(".", "")) == 4
            return Time(entry.detail) if full or (at_enter and entry.detail) else None
        case "C":
            return Cash(amount(entry.detail, "cash")) if at_enter and entry.detail else None
        case "P":
            return _partial(entry.detail, row, at_enter=at_enter)
        case letter:
            reason = reasons.KEYS.get(entry.detail)
            return Outcome(OUTCOMES[letter], reason) if reason is not None else None


def _partial(detail: str, row: Row | None, *, at_enter: bool) -> Outcome | None:
    """`4/03`: four handed over, and why not the rest; without a number all but one."""
    found = _PARTIAL.fullmatch(detail)
    if found is None:
        return None
    reason = reasons.KEYS.get(found[2] or "")
    if reason is None and not (at_enter and "/" not in detail):
        return None
    pieces = int(found[1]) if found[1] else (row.pieces - 1 if row is not None else 0)
    return Outcome(FactKind.PARTIAL, reason or Reason.PARTIAL, pieces)


def _shorter(entry: Entry) -> Entry:
    if entry.detail:
        return replace(entry, detail=entry.detail[:-1])
    if entry.letter:
        return replace(entry, letter="")
    return replace(entry, number=entry.number[:-1])
