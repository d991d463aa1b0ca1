"""Days in all notations. One column has one order of day and month, settled by its unambiguous cells."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum

from dispatch_console.intake.notations.numbers import BLANKS
from dispatch_console.intake.notations.text import clean, fold
from dispatch_console.intake.problems import Fault, Problem
from dispatch_console.intake.table import EPOCH, Cell, number_of
from dispatch_console.intake.words.calendar import FILLERS, MONTHS, RELATIVE

_NAMES = "January February March April May June July August September October November December".split()

SERIALS = range(36526, 73051)  # 2000-01-01 … 2100-01-01 as days of a spreadsheet

_FIGURES = re.compile(r"^(\d{1,4})\s*([./\- ])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{1,2})\.?$")
_NO_YEAR = re.compile(r"^(\d{1,2})\s*([./])\s*(\d{1,2})\s*[./]?$")
_TIME = re.compile(
    r"(?:[t, ]|(?<=\d{4}))\s*(?:um |at |a las |alle |kl\.? |klo )?"
    r"\d{1,2}(?:[:.h]\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?"
    r"|\s*[ap]\.?m\.?|h)\s*(?:uhr|h|z|utc|[+-]\d{2}:?\d{2})?\s*(?:[+-]\d{2}:?\d{2})?$"
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:-[^\W\d_]+)*")


class DateOrder(StrEnum):
    """What the three figures of a date mean, where the text itself does not say."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


def day(cell: Cell, order: DateOrder, today: dt.date) -> dt.date | Fault | None:
    """A date; a time after it is passed over. A date without a year is the one nearest to `today`."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if (number := number_of(cell)) is not None:
        return _serial(number)
    text = fold(clean(cell))
    if text in BLANKS:
        return None
    if not isinstance(cell, str):
        return _bad("is a time, not a date")
    return _read(_TIME.sub("", text).strip(" ,"), order, today)


def _serial(number: float) -> dt.date | Fault:
    if int(number) in SERIALS:
        return EPOCH + dt.timedelta(days=int(number))
    if number.is_integer() and 19_000_101 <= number <= 21_001_231:
        return _compact(f"{number:.0f}", DateOrder.YMD)
    return _bad("is not a date")


def _read(text: str, order: DateOrder, today: dt.date) -> dt.date | Fault:
    figures = _FIGURES.match(text)
    if figures:
        return _three(figures[1], figures[3], figures[4], order)
    if text.isdecimal():
        return _digits(text, order)
    if text in RELATIVE:
        return today + dt.timedelta(days=RELATIVE[text])
    short = _NO_YEAR.match(text)
    if short:
        first, second = int(short[1]), int(short[3])
        return _nearest(*((second, first) if order is DateOrder.MDY else (first, second)), today)
    return _named(text, order, today)


def _digits(text: str, order: DateOrder) -> dt.date | Fault:
    if len(text) in (6, 8):
        return _compact(text, order)
    if len(text) == 5 and int(text) in SERIALS:
        return EPOCH + dt.timedelta(days=int(text))
    if len(text) in (10, 13) and text[0] in "12":  # seconds or milliseconds since 1970
        return dt.datetime.fromtimestamp(int(text[:10]), dt.UTC).date()
    return _bad("is not a date")


def _compact(text: str, order: DateOrder) -> dt.date | Fault:
    """20261124, or 24112026 and 241126 in the column's order."""
    if len(text) == 8 and text[:2] in ("19", "20") and int(text[4:6]) <= 12:
        return _make(int(text[:4]), int(text[4:6]), int(text[6:]))
    if len(text) == 8:
        return _three(text[:2], text[2:4], text[4:], order)
    return _three(text[:2], text[2:4], text[4:], order)


def _three(first: str, second: str, third: str, order: DateOrder) -> dt.date | Fault:
    if len(first) > 2:
        return _make(int(first), int(second), int(third)) if len(first) == 4 else _bad("is not a date")
    if order is DateOrder.YMD and len(third) == 2:
        return _make(_year(first), int(second), int(third))
    year, a, b = _year(third), int(first), int(second)
    right, other = ((b, a), (a, b)) if order is not DateOrder.MDY else ((a, b), (b, a))
    found = _make(year, *right)
    if isinstance(found, Fault) and isinstance(swapped := _make(year, *other), dt.date):
        shown = "month/day" if order is DateOrder.MDY else "day/month"
        return _bad(f"cannot be read as {shown}, as the other rows are", swapped)
    return found


def _year(text: str) -> int:
    return int(text) if len(text) > 2 else 2000 + int(text)


def _make(year: int, month: int, date: int) -> dt.date | Fault:
    if not 1 <= month <= 12:
        return _bad(f"{month} is not a month")
    if not 1900 <= year <= 2200:
        return _bad(f"{year} is not a year that can be meant")
    length = calendar.monthrange(year, month)[1]
    if 1 <= date <= length:
        return dt.date(year, month, date)
    if date < 1 or date > 31:
        return _bad(f"{date} is not a day of a month")
    last = dt.date(year, month, length)
    suffix = f" in {year}" if month == 2 else ""
    return _bad(f"{_NAMES[month - 1]} has {length} days{suffix}", last, last + dt.timedelta(days=1))


def _nearest(date: int, month: int, today: dt.date) -> dt.date | Fault:
    tries = [_make(today.year + shift, month, date) for shift in (0, 1, -1)]
    found = [made for made in tries if isinstance(made, dt.date)]
    return min(found, key=lambda made: abs(made - today)) if found else tries[0]


def _named(text: str, order: DateOrder, today: dt.date) -> dt.date | Fault:
    """`November 23, 2026` · `Mo, 23. Nov. 2026` · `23 de noviembre de 2026` · `Mo 23.11.2026`."""
    figures: list[str] = []
    month = 0
    for token in _TOKEN.findall(text):
        if token.isdecimal():
            figures.append(token)
        elif token in MONTHS and not (month and token in FILLERS):
            month = MONTHS[token]  # the later one: the first of `mar 24 mar` is a Tuesday
        elif not set(token.split("-")) <= FILLERS:
            return _bad("is not a date")
    if len(figures) == 3 and len(figures[1]) <= 2 >= min(len(figures[0]), len(figures[2])):
        return _three(figures[0], figures[1], figures[2], order)
    if month and len(figures) == 2:
        date, year = sorted(figures, key=len) if len(figures[0]) != len(figures[1]) else figures
        return _make(_year(year), month, int(date)) if len(date) <= 2 else _bad("is not a date")
    if month and len(figures) == 1 and len(figures[0]) <= 2:
        return _nearest(int(figures[0]), month, today)
    return _bad("is not a date")


def _bad(message: str, *instead: dt.date) -> Fault:
    return Fault(Problem.BAD_DATE, message, tuple(day.isoformat() for day in instead))


def settle_order(
    texts: Iterable[str], today: dt.date, otherwise: DateOrder = DateOrder.DMY, *, sure: bool = False
) -> DateOrder:
    """The order in which most cells are dates; then the one whose dates lie closest together; then `otherwise`.

    `sure` says that `otherwise` is known from elsewhere (another column that settled it): then it goes before
    closeness.
    """
    figures = [found.groups() for text in texts if (found := _figures_of(text))]
    if not figures:
        return otherwise
    ranked: list[tuple[int, float, int, DateOrder]] = []
    for order in DateOrder:
        dates = [d for a, _, b, c in figures if isinstance(d := _three(a, b, c, order), dt.date)]
        distances = [abs((date - today).days) for date in dates]
        far = sum(distance > 550 for distance in distances)
        spread = -1.0 if sure and order is otherwise else _spread(dates)
        ranked.append((far - len(dates), spread, order is not otherwise, order))
    return min(ranked)[-1]


def _figures_of(text: str) -> re.Match[str] | None:
    found = _FIGURES.match(_TIME.sub("", fold(clean(text))).strip(" ,"))
    return found if found and len(found[1]) <= 2 else None


def _spread(dates: list[dt.date]) -> float:
    """Mean distance from the median, in days, rounded so that a tie is a tie."""
    if not dates:
        return 1e9
    middle = sorted(dates)[len(dates) // 2]
    return round(sum(abs((date - middle).days) for date in dates) / len(dates))
