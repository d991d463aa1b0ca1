"""Weights, volumes, pieces and durations, in the unit of the cell, else of the header: to base units."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from dispatch_console.intake.notations.numbers import BLANKS, number
from dispatch_console.intake.notations.text import clean, fold
from dispatch_console.intake.problems import Fault, Problem
from dispatch_console.intake.table import Cell, number_of
from dispatch_console.intake.words.units import GRAMS, LITRES, PIECES, SECONDS

_WITH_UNIT = re.compile(r"^([+\-−–(]*\s*\d.*?|[.,]\d+)\s*([^\W\d_.,][^\d]*?[23]?|['\"])\s*\.?\)?$")
_CLOCK = re.compile(r"^(\d{1,3}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?$")
_PARTS = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]+|'|\")")
_DAY = 86400
_ISO = re.compile(r"^pt(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$")


class Style(NamedTuple):
    """How the numbers of a column are written: its decimal mark, and the unit its header names ("" if none)."""

    decimal: str = "."
    unit: str = ""


PLAIN = Style()


def grams(cell: Cell, style: Style = PLAIN) -> int | Fault | None:
    return _measure(cell, style, GRAMS, GRAMS["kg"], "kg")


def litres(cell: Cell, style: Style = PLAIN) -> int | Fault | None:
    """Cubic decimetres."""
    return _measure(cell, style, LITRES, LITRES["m3"], "m³")


def pieces(cell: Cell, style: Style = PLAIN) -> int | Fault | None:
    count = _measure(cell, style, PIECES, 1000, "")
    if isinstance(count, Fault) or count is None:
        return count
    if count % 1000:
        return Fault(Problem.NOT_A_NUMBER, "is not a whole number", (str(count // 1000), str(count // 1000 + 1)))
    return count // 1000


def _measure(cell: Cell, style: Style, units: dict[str, float], base: float, shown: str) -> int | Fault | None:
    value: float | Fault
    if (typed := number_of(cell)) is not None:
        value = typed
        factor = units.get(style.unit, base)
    else:
        text = clean(cell)
        if text in BLANKS:
            return None
        text, unit = split_unit(text, units)
        factor = units.get(unit or style.unit, base)
        value = number(text, style.decimal)
    if isinstance(value, Fault):
        return Fault(value.problem, value.message, tuple(f"{s} {shown}".strip() for s in value.suggestions))
    if value != value or abs(value) > 1e12:
        return Fault(Problem.NOT_A_NUMBER, "is not a number that can be meant")
    if value < 0:
        return Fault(Problem.NEGATIVE, "must not be below zero", (f"{-value:g} {shown}".strip(),))
    return round(value * factor)


def split_unit(text: str, units: dict[str, float]) -> tuple[str, str]:
    """`12,5 kg` → (`12,5`, `kg`); the text unchanged and "" where no known unit ends it."""
    found = _WITH_UNIT.match(text)
    if found:
        unit = fold(found[2]).strip(" .").replace(" ", "")
        if unit in units:
            return found[1].strip(), unit
    first, _, rest = text.partition(" ")
    return (rest.strip(), fold(first)) if rest and fold(first) in units else (text, "")


def duration(cell: Cell, style: Style = PLAIN) -> int | Fault | None:
    """A service time in seconds. A plain number counts in the header's unit, else in minutes; `0:07` is 7 minutes.

    A clock figure that would be longer than four hours is read as minutes and seconds.
    """
    if isinstance(cell, dt.timedelta):
        return round(cell.total_seconds())
    if isinstance(cell, dt.time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    text = fold(clean(cell)).strip(" .")
    if text in BLANKS:
        return None
    seconds = _clock_figure(text)
    if seconds is None:
        seconds = _parts(text)
    if seconds is None:
        value = number(text, style.decimal)
        if isinstance(value, Fault):
            return value
        seconds = value * SECONDS.get(style.unit, 60)
    if seconds < 0:
        return Fault(Problem.NOT_A_NUMBER, "must be 0 or more")
    return round(seconds) if seconds <= _DAY else Fault(Problem.NOT_A_NUMBER, "is longer than a day")


def _clock_figure(text: str) -> float | None:
    iso = _ISO.match(text)
    if iso:
        hours, minutes, seconds = (int(part or 0) for part in iso.groups())
        return hours * 3600 + minutes * 60 + seconds
    found = _CLOCK.match(text)
    if not found:
        return None
    first, second, third = int(found[1]), int(found[2]), found[3]
    if third is not None:
        return first * 3600 + second * 60 + int(third)
    return first * 3600 + second * 60 if first < 4 else first * 60 + second


def _parts(text: str) -> float | None:
    """`1 h 30 min`, `1h30`, `90 s`, `5'`."""
    text = re.sub(r"^(\d+)\s*h\s*(\d{1,2})$", r"\1h \2min", text)
    found = _PARTS.findall(text)
    if not found or _PARTS.sub("", text).strip(" .,") or any(unit not in SECONDS for _, unit in found):
        return None
    return sum(float(value.replace(",", ".")) * SECONDS[unit] for value, unit in found)
