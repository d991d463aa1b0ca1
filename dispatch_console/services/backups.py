"""Care of the store: checks, upgrades, backups, and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.errors import UserError
from dispatch_console.store import backups, inspecting, location, opening
from dispatch_console.store.backups import Backup
from dispatch_console.store.store import Store, open_store

__all__ = ["Backup", "Health", "check", "list_all", "make", "restore", "start_of_day", "thin", "upgrade"]

#: Of the daily backups are kept: all of so many days, then the first of so many weeks, then of so many months.
DAYS, WEEKS, MONTHS = 14, 8, 12
#: Of every other kind so many are kept, newest first.
OTHERS = 10


class Health(NamedTuple):
    """What a check found. `problems` empty: the store is sound."""

    version: str
    rows: dict[str, int]
    problems: tuple[str, ...]


def check(where: str | None) -> Health:
    """Look at every page and every reference of a store; changes nothing. UserError if it cannot be read at all."""
    found = inspecting.inspect_store(where)
    return Health(found.version, found.rows, found.problems)


def upgrade(where: str | None) -> str:
    """Bring a store to this program's version, after a backup; the version it is at now."""
    store = open_store(where)
    store.close()
    return check(where).version


def make(where: str | None, reason: str = "hand") -> Backup:
    """Copy the store now."""
    file = _file(where)
    if not file.is_file():
        raise UserError(f"There is no store {file}. Name another with --store.")
    return backups.make(file, opening.backup_folder(file), reason, _now())


def list_all(where: str | None) -> list[Backup]:
    """Newest first."""
    file = _file(where)
    return backups.list_all(file, opening.backup_folder(file))


def restore(where: str | None, backup: str) -> Path | None:
    """Put a backup (a path, or a name as `list_all` gives it) in the place of the store.

    Returns where the store was set aside; None: there was none. All consoles must be closed.
    """
    file = _file(where)
    beside = opening.backup_folder(file) / backup
    return backups.restore(beside if beside.is_file() else Path(backup), file, _now())


def start_of_day(store: Store) -> Backup | None:
    """On the first start of a date: copy the store and throw away backups that are not needed. None: done already,
    or a server, which its keeper backs up. Touches the disk: not for the window's thread.
    """
    if store.file is None:
        return None
    folder, today = opening.backup_folder(store.file), _now().astimezone().date()
    known = backups.list_all(store.file, folder)
    if any(b.reason == "day" and b.at.astimezone().date() == today for b in known):
        return None
    made = backups.make(store.file, folder, "day", _now())
    thin([made, *known], today)
    return made


def thin(known: Iterable[Backup], today: dt.date) -> list[Backup]:
    """Delete the backups that `kept` leaves out; returns those deleted. One that cannot be deleted stays."""
    all_of_them = list(known)
    keep = kept(all_of_them, today)
    gone = [backup for backup in all_of_them if backup not in keep]
    for backup in gone:
        try:
            backup.file.unlink(missing_ok=True)
        except OSError:
            continue
    return gone


def kept(known: Iterable[Backup], today: dt.date) -> set[Backup]:
    """Which backups to keep: see DAYS, WEEKS, MONTHS and OTHERS."""
    keep: set[Backup] = set()
    periods: set[tuple[int, ...]] = set()
    others: dict[str, int] = {}
    for backup in sorted(known, key=lambda b: b.at):
        date = backup.at.astimezone().date()
        if backup.reason == "day":
            period = _period(date, today)
            if period is not None and period not in periods:
                periods.add(period)
                keep.add(backup)
    for backup in sorted(known, key=lambda b: b.at, reverse=True):
        if backup.reason != "day":
            others[backup.reason] = others.get(backup.reason, 0) + 1
            if others[backup.reason] <= OTHERS:
                keep.add(backup)
    return keep


def _period(date: dt.date, today: dt.date) -> tuple[int, ...] | None:
    """Backups of the same period stand for each other; None: too old to keep."""
    age = (today - date).days
    if age < DAYS:
        return (0, date.toordinal())
    if age < 7 * WEEKS:
        return (1, *date.isocalendar()[:2])
    if age < 31 * MONTHS:
        return (2, date.year, date.month)
    return None


def _file(where: str | None) -> Path:
    url = location.parse(where or location.default_url())
    file = location.file_of(url)
    if file is None:
        raise UserError("A PostgreSQL store is backed up by its keeper, with pg_dump.")
    return file


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
