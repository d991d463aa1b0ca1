"""Days as the window writes them: `Mon 23 Nov`. In English whatever the system speaks."""

from __future__ import annotations

import datetime as dt

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FULL_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FULL_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def short(day: dt.date) -> str:
    """`Mon 23 Nov`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def long(day: dt.date) -> str:
    """`Mon 23 Nov 2026`."""
    return f"{short(day)} {day.year}"


def month(day: dt.date) -> str:
    """`November 2026`."""
    return f"{FULL_MONTHS[day.month - 1]} {day.year}"
