"""What limits a working time, as people write it: hours at the wheel, kilometres, split breaks, zones."""

from __future__ import annotations

import datetime as dt
import re

from dispatch_console.intake.notations import choices, quantities
from dispatch_console.intake.notations.numbers import BLANKS, number
from dispatch_console.intake.notations.quantities import PLAIN, Style
from dispatch_console.intake.notations.text import clean, fold
from dispatch_console.intake.problems import Fault, Problem
from dispatch_console.intake.table import Cell, number_of

_CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(?::\d{2})?$")
_BARE = re.compile(r"^\d+(?:[.,]\d+)?$")
_SPLIT = re.compile(r"^(\d{1,3})(?:\s*min)?\s*(?:\+|/|,|and|und)\s*(\d{1,3})(?:\s*min)?$", re.IGNORECASE)
_METRES = {"km": 1000, "kms": 1000, "kilometer": 1000, "kilometre": 1000, "kilometers": 1000, "kilometres": 1000,
           "mi": 1609.344, "mile": 1609.344, "miles": 1609.344, "m": 1, "": 1000}  # fmt: skip
_DAY_H = 24


def hours(cell: Cell, style: Style = PLAIN) -> int | Fault | None:
    """A length of hours in seconds: `9`, `9:30`, `9,5 h`, `9 h 30`, `540 min`; None: nothing is said.

    A plain number without a unit counts hours as far as a day has them, minutes above.
    """
    if isinstance(cell, dt.timedelta | dt.time):
        return quantities.duration(cell, style)
    text = clean(cell)
    if found := _CLOCK.match(text):
        if int(found[2]) >= 60:
            return Fault(Problem.NOT_A_NUMBER, "is not a number of hours")
        return int(found[1]) * 3600 + int(found[2]) * 60
    if _BARE.match(text) and not style.unit:
        value = float(text.replace(",", "."))
        style = style._replace(unit="h" if value <= _DAY_H else "min")
    mark = "," if "," in text else style.decimal
    found_s = quantities.duration(cell, style._replace(decimal=mark))
    if isinstance(found_s, Fault):
        return _named(found_s, "is not a number of hours")
    return found_s


def minutes(cell: Cell, style: Style = PLAIN) -> int | Fault | None:
    """A length of minutes in seconds, as `quantities.duration` reads one; None: nothing is said."""
    found = quantities.duration(cell, style)
    if isinstance(found, Fault):
        return _named(found, "is not a number of minutes")
    return found


def _named(fault: Fault, not_this: str) -> Fault:
    """What is no number at all is said to be none of these; a number that cannot be meant keeps its sentence."""
    return fault._replace(message=not_this) if fault.message.startswith("is not ") else fault


def metres(cell: Cell, style: Style = PLAIN) -> int | Fault | None:
    """A distance in metres; a plain number counts kilometres, or the header's unit."""
    unit = style.unit if style.unit in _METRES else ""
    if (typed := number_of(cell)) is not None:
        value: float | Fault = typed
    else:
        text = clean(cell)
        if text in BLANKS:
            return None
        text, written = quantities.split_unit(text, _METRES)
        unit, value = written or unit, number(text, style.decimal)
    if isinstance(value, Fault):
        return Fault(value.problem, "is not a number of kilometres", value.suggestions)
    if value < 0:
        return Fault(Problem.NEGATIVE, "must not be below zero", (f"{-value:g}",))
    return round(value * _METRES[unit])


def parts(cell: Cell) -> tuple[int, int] | Fault | None:
    """The two parts of a break that may be split, in seconds: `15+30`; None: it may not."""
    text = clean(cell)
    if text in BLANKS:
        return None
    found = _SPLIT.match(text)
    if found is None:
        return Fault(Problem.NOT_A_NUMBER, "is not two parts in minutes, such as 15+30")
    return int(found[1]) * 60, int(found[2]) * 60


def zones(cell: Cell) -> frozenset[str]:
    """Names of areas as written."""
    return frozenset(choices.skills([cell]))


def is_by_driving(text: str) -> bool:
    """Whether a break is said to come by driving time: `EU`, `561/2006`, `Lenkzeit`."""
    plain = fold(text)
    return any(word in plain for word in _BY_DRIVING) or plain.strip(" .") in ("eu", "eg", "ue", "ce")


_BY_DRIVING = (
    "561/", "driving", "lenkzeit", "lenkpause", "conduite", "rijtijd", "conducao", "conduccion", "guida", "ajoaika",
)  # fmt: skip
