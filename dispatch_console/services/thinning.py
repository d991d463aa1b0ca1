"""Which backups are kept: many of today, one of each day, then of each week, then of each month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress

from dispatch_console.store.backups import Backup

#: Of today one of each hour is kept, then of so many days, weeks and months the last one made in each.
DAYS, WEEKS, MONTHS = 14, 8, 12
#: Of every other kind so many are kept, newest first.
OTHERS = 10

#: Those that the program makes by itself as time goes by.
BY_TIME = frozenset({"day", "change"})


def thin(known: Iterable[Backup], today: dt.date) -> list[Backup]:
    """Delete the backups that `kept` leaves out; returns those deleted. One that cannot be deleted stays."""
    all_of_them = list(known)
    keep = kept(all_of_them, today)
    gone = [backup for backup in all_of_them if backup not in keep]
    for backup in gone:
        with suppress(OSError):
            backup.file.unlink(missing_ok=True)
    return gone


def kept(known: Iterable[Backup], today: dt.date) -> set[Backup]:
    """Which backups to keep: see DAYS, WEEKS, MONTHS and OTHERS. The first of today is what the day began with."""
    keep: set[Backup] = set()
    periods: set[tuple[object, ...]] = set()
    others: dict[str, int] = {}
    for backup in sorted(known, key=lambda b: b.at, reverse=True):
        if backup.reason in BY_TIME:
            period = _period(backup, today)
            fresh = period is not None and period not in periods
            periods |= {period} if period is not None else set()
        else:
            others[backup.reason] = others.get(backup.reason, 0) + 1
            fresh = others[backup.reason] <= OTHERS
        if fresh:
            keep.add(backup)
    return keep


def _period(backup: Backup, today: dt.date) -> tuple[object, ...] | None:
    """Backups of the same period stand for each other; None: too old to keep."""
    at = backup.at.astimezone()
    date, age = at.date(), (today - at.date()).days
    if age <= 0:
        return (backup.reason, date, at.hour, at.utcoffset()) if backup.reason == "change" else ("day", backup.at)
    if age < DAYS:
        return ("date", date)
    if age < 7 * WEEKS:
        return ("week", *date.isocalendar()[:2])
    if age < 31 * MONTHS:
        return ("month", date.year, date.month)
    return None
