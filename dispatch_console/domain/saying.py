"""Dates and windows as they are said in a sentence, the same whatever the system's language is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from dispatch_console.domain.orders import Window

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def date(day: dt.date) -> str:
    """`Tue 24 Nov`."""
    return f"{weekday(day)[:3]} {day_month(day)}"


def day_month(day: dt.date) -> str:
    """`24 Nov`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def weekday(day: dt.date) -> str:
    """`Tuesday`."""
    return WEEKDAYS[day.weekday()]


def month(day: dt.date) -> str:
    """`November 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def age(at: dt.datetime, now: dt.datetime) -> str:
    """`12 minutes old`, `3 hours old`, `2 days old`."""
    minutes = max(0, int((now - at).total_seconds() // 60))
    for size, word in ((24 * 60, "days"), (60, "hours")):
        if minutes >= 2 * size:
            return f"{minutes // size} {word} old"
    return f"{minutes} minute{'' if minutes == 1 else 's'} old"


def window(told: Window) -> str:
    """`10–14` for whole hours, else `09:30–10:30`; seconds as the clock on the wall shows them."""
    start, end = (f"{t // 3600:02d}:{t // 60 % 60:02d}" for t in told)
    if start.endswith(":00") and end.endswith(":00"):
        return f"{start[:-3]}–{end[:-3]}"
    return f"{start}–{end}"


def windows(told: Sequence[Window]) -> str:
    """`10–14`, `08–10 or 16–18`; empty for any time."""
    return " or ".join(window(one) for one in told)


def listed(names: Iterable[str], most: int | None = None) -> str:
    """`4103`, `4103 and 4336`, `A, B and C`; `nobody` of none. Of more than `most` + 1: `4103, 4336 and 3 more`."""
    every = list(names)
    if most is not None and len(every) > most + 1:
        every = [*every[:most], f"{len(every) - most} more"]
    return f"{', '.join(every[:-1])} and {every[-1]}" if len(every) > 1 else "".join(every) or "nobody"


def count(number: int, one: str, many: str = "") -> str:
    """`1 order`, `3 orders`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
