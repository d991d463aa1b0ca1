"""Dates and windows as they are said in a sentence, the same whatever the system's language is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dispatch_console.domain.orders import Window

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date(day: dt.date) -> str:
    """`Tue 24 Nov`."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def window(told: Window) -> str:
    """`10–14` for whole hours, else `09:30–10:30`; seconds as the clock on the wall shows them."""
    start, end = (f"{t // 3600:02d}:{t // 60 % 60:02d}" for t in told)
    if start.endswith(":00") and end.endswith(":00"):
        return f"{start[:-3]}–{end[:-3]}"
    return f"{start}–{end}"


def windows(told: Sequence[Window]) -> str:
    """`10–14`, `08–10 or 16–18`; empty for any time."""
    return " or ".join(window(one) for one in told)


def count(number: int, one: str, many: str = "") -> str:
    """`1 order`, `3 orders`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
