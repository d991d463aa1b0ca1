"""The one place that converts between instants and seconds of a plan day.

Inside the domain and the optimiser a time is an integer: seconds since the instant of local midnight that starts
the plan day. A day may last 23 or 25 hours, so these seconds are elapsed time, not wall-clock figures.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo


def midnight(day: dt.date, timezone: str) -> dt.datetime:
    """The instant at which `day` starts in `timezone`, aware."""
    return dt.datetime.combine(day, dt.time(0), ZoneInfo(timezone))


def to_instant(seconds: int, day: dt.date, timezone: str) -> dt.datetime:
    """Seconds of the plan day → aware local time (elapsed seconds, so right across a change of the clocks)."""
    utc = midnight(day, timezone).astimezone(dt.UTC) + dt.timedelta(seconds=seconds)
    return utc.astimezone(ZoneInfo(timezone))


def to_seconds(instant: dt.datetime, day: dt.date, timezone: str) -> int:
    """Aware time → seconds of the plan day. Raises ValueError for a naive time."""
    if instant.tzinfo is None:
        raise ValueError("a time without a zone has no place in a plan")
    return round((instant.astimezone(dt.UTC) - midnight(day, timezone).astimezone(dt.UTC)).total_seconds())


def wall_to_seconds(wall: int, day: dt.date, timezone: str) -> int:
    """What the clock on the wall shows, in seconds from 00:00 → elapsed seconds of the plan day.

    86400 is the end of the day, also of one with 23 or 25 hours. An hour that does not exist in the night of the
    change counts as the instant at which the clock jumps over it; of two equal hours the first is meant.
    """
    extra, rest = divmod(wall, 86400)
    naive = dt.datetime.combine(day + dt.timedelta(days=extra), dt.time(0)) + dt.timedelta(seconds=rest)
    zone = ZoneInfo(timezone)
    seconds = to_seconds(naive.replace(tzinfo=zone), day, timezone)
    shown = to_instant(seconds, day, timezone).replace(tzinfo=None)
    return seconds if shown == naive else _jump(naive, seconds, day, zone)


def _jump(missing: dt.datetime, reckoned: int, day: dt.date, zone: ZoneInfo) -> int:
    """When the clock jumps over a time of the wall that does not exist; `reckoned` as if it had not jumped yet."""
    before, behind = (missing.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    assert before is not None and behind is not None
    first, last = reckoned - round((behind - before).total_seconds()), reckoned
    while first < last:  # the first second with the new offset
        middle = (first + last) // 2
        if to_instant(middle, day, zone.key).utcoffset() == before:
            first = middle + 1
        else:
            last = middle
    return last


def hhmm(seconds: int, day: dt.date | None = None, timezone: str = "UTC") -> str:
    """`08:05`, as the clock on the wall shows it, rounded down; without a day: of one with 24 hours."""
    if day is not None:
        return to_instant(seconds, day, timezone).strftime("%H:%M")
    return f"{seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}"
