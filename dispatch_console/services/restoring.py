"""The way back: what a backup holds and what would be lost by it, then the backup in the place of the store."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.errors import UserError
from dispatch_console.store import backups, errors, holding, location, opening, server_backups
from dispatch_console.store.backups import Backup
from dispatch_console.store.holding import Change, DayHeld, Holding, Since
from dispatch_console.store.location import URL

__all__ = ["Change", "DayHeld", "Holding", "Preview", "Restored", "Since", "preview", "restore", "swap"]


class Preview(NamedTuple):
    """`holds`: the backup. `now`: the store as it is; None: there is none, or it cannot be read.

    `lost`: what was done in the store since; None where `now` is None.
    """

    backup: Backup
    holds: Holding
    now: Holding | None = None
    lost: Since | None = None


def preview(where: str | None, backup: str | Path) -> Preview:
    """Look at a backup (a path, or a name as `backups.list_all` gives it). Raises UserError if it is not sound."""
    url = location.parse(where or location.default_url())
    found = _found(url, backup)
    holds = server_backups.look(found.file)
    try:
        return _compared(url, Preview(found, holds))
    except UserError:  # what is to be replaced may be damaged, or not be there
        return Preview(found, holds)


class Restored(NamedTuple):
    """Where what was there before is now: a file that was set aside, or a server's backup. None: nothing was."""

    before: Path | None


def restore(where: str | None, backup: str | Path) -> Restored:
    """Put a backup in the place of the store. All consoles must be closed.

    Raises UserError and changes nothing if the backup is not sound, or if others are connected to the server.
    """
    url, now = location.parse(where or location.default_url()), dt.datetime.now(dt.UTC)
    found = _found(url, backup)
    file = location.file_of(url)
    if file is not None:
        return Restored(backups.restore(found.file, file, now))
    with opening.existing(where) as built:
        kept = server_backups.restore(built, found.file, now)
    return Restored(kept.file if kept is not None else None)


def swap(file: Path, backup: Backup) -> Restored:
    """Put a backup in the place of a store file, which is backed up first: it is in the list from then on."""
    if file.is_file():
        backups.make(file, backups.folder_of(file), "restore", dt.datetime.now(dt.UTC))
    return restore(str(file), backup.file)


def _compared(url: URL, seen: Preview) -> Preview:
    file = location.file_of(url)
    if file is not None and not file.is_file():
        return seen
    with opening.existing(location.as_text(url)) as built, errors.told(), built.connect() as now:
        return seen._replace(now=holding.of(now), lost=holding.since(now, seen.holds))


def _found(url: URL, backup: str | Path) -> Backup:
    file = location.file_of(url)
    folder = backups.folder_of(file) if file is not None else server_backups.folder_of(url)
    path = folder / backup if (folder / backup).is_file() else Path(backup)
    if not path.is_file():
        raise UserError(f"There is no backup {path}. “store backup --list” shows which there are.")
    return backups.named(path, file.stem if file is not None else server_backups.stem_of(url))
