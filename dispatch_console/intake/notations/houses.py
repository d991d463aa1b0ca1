"""House numbers, which spreadsheets love to turn into dates: `03. Mai` was 3-5."""

from __future__ import annotations

import datetime as dt
import re

from dispatch_console.intake.notations.text import clean, fold
from dispatch_console.intake.table import Cell
from dispatch_console.intake.words.calendar import MONTHS

_DAY_MONTH = re.compile(r"^(\d{1,2})[. \-/]*\s?([a-z]{3,10})\.?(?:[ \-/.]+(?:\d{4}|\d{2}))?$")
_MONTH_FIGURE = re.compile(r"^([a-z]{3,10})[. \-/]+(\d{1,2})$")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[ t]00:00(?::00)?)?$")
_FULL = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})$")


def house_number(cell: Cell, addition: Cell = "") -> str:
    """The number as text, dates put back, joined with an addition from a second column: 10 + a is 10a."""
    number, extra = put_back(cell), clean(addition)
    if not number or not extra:
        return number or extra
    if number.casefold().endswith(extra.casefold()) and number[: -len(extra)].strip(" -").isdecimal():
        return number  # the addition is in both columns
    extra = extra.strip(" -/")
    return (
        f"{number}-{extra}"
        if extra[:1].isdecimal() or (len(extra) > 1 and extra[1:].isdecimal())
        else number + extra
    )


def put_back(cell: Cell) -> str:
    """The text of a cell; a date becomes the range it was typed as, the lower number first."""
    if isinstance(cell, dt.date):
        return _range_of(cell)
    text = clean(cell)
    if text[-2:] == ".0" and text[:-2].isdecimal():
        return text[:-2]
    plain = fold(text)
    if found := _ISO.match(plain) or _FULL.match(plain):
        figures = [int(part) for part in found.groups()]
        year, month, day = figures if figures[0] > 31 else reversed(figures)
        return _join(day, month) if 1 <= month <= 12 and 1 <= day <= 31 and year else text
    if (found := _DAY_MONTH.match(plain)) and found[2] in MONTHS and 1 <= int(found[1]) <= 31:
        return _join(int(found[1]), MONTHS[found[2]])
    if (found := _MONTH_FIGURE.match(plain)) and found[1] in MONTHS:
        return _join(MONTHS[found[1]], int(found[2]))
    return text


def _range_of(date: dt.date) -> str:
    """5-13 has no 13th month: the sheet makes it the first of May 2013."""
    if date.day == 1 and not 2020 <= date.year <= 2060:
        return _join(date.month, date.year % 100)
    return _join(date.day, date.month)


def _join(a: int, b: int) -> str:
    return f"{min(a, b)}-{max(a, b)}"
