"""Backups in words: when and why they were made, what they hold, what would be lost by bringing one back."""

from __future__ import annotations

import datetime as dt

from dispatch_console.domain import saying
from dispatch_console.services.restoring import Change, Holding, Preview
from dispatch_console.store.backups import Backup

WHY = {
    "day": "first of the day",
    "change": "while you worked",
    "upgrade": "before an upgrade",
    "restore": "before another was brought back",
    "hand": "made by hand",
}

#: So many days are named, newest first.
_DAYS = 5


def when(at: dt.datetime, now: dt.datetime) -> str:
    """`today 10:30`, `yesterday 17:05`, `Tue 24 Nov 10:30`, with the year if it is another one."""
    local, today = at.astimezone(), now.astimezone().date()
    age = (today - local.date()).days
    day = {0: "today", 1: "yesterday"}.get(age, saying.date(local.date()))
    year = f" {local.year}" if local.year != today.year and age > 1 else ""
    return f"{day}{year} {local:%H:%M}"


def title(backup: Backup, now: dt.datetime) -> str:
    """`today 10:30, while you worked`."""
    why = WHY.get(backup.reason)
    return when(backup.at, now) + (f", {why}" if why else "")


def holds(held: Holding) -> str:
    """`312 orders on 3 days: Mon 23 Nov (150), …`; of several depots, with their names."""
    if not held.days:
        return "It holds no orders."
    several = len({day.depot for day in held.days}) > 1
    named = [
        f"{f'{day.depot}, ' if several else ''}{saying.date(day.date)} ({day.orders})" for day in held.days[:_DAYS]
    ]
    more = ["…"] if len(held.days) > _DAYS else []
    return f"It holds {_n(held.orders, 'order')} on {_n(len(held.days), 'day')}: {', '.join([*named, *more])}."


def last(held: Holding, now: dt.datetime) -> str:
    """`Its newest change: today 10:42 Ada, Move 1042.`"""
    return (
        f"Its newest change: {change(held.last, now)}." if held.last is not None else "Nothing was changed in it."
    )


def lost(preview: Preview, now: dt.datetime) -> str:
    """What bringing the backup back would cost."""
    since = preview.lost
    if since is None:
        return "There is no store that could be read, so nothing is known of what was done since."
    if not since.same:
        held = _n(preview.now.orders if preview.now is not None else 0, "order")
        return f"The store has another history: all that it holds now ({held}) would be replaced."
    if not since.changes:
        return "Nothing would be lost: nothing was done since."
    named = "; ".join(change(one, now) for one in since.newest)
    more = "; …" if since.changes > len(since.newest) else ""
    return f"{_n(since.changes, 'change')} since would be lost: {named}{more}."


def lines(preview: Preview, now: dt.datetime) -> list[str]:
    """All of it, a line each."""
    backup, rows = preview.backup, sum(preview.holds.rows.values())
    return [
        f"The backup of {title(backup, now)} ({saying.age(backup.at, now)}): {backup.file}",
        f"{holds(preview.holds)} {rows:,} rows in all, version {preview.holds.version}.",
        last(preview.holds, now),
        lost(preview, now),
    ]


def change(one: Change, now: dt.datetime) -> str:
    """`today 10:42 Ada, Move 1042`."""
    return f"{when(one.at, now)} {one.who}, {one.what}"


def _n(n: int, word: str) -> str:
    return f"{n:,} {word}{'' if n == 1 else 's'}"
