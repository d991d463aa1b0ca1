"""The way back: what a backup holds and what would be lost by it, then the backup in the place of the store."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.errors import UserError
from dispatch_console.store import backups, holding, location
from dispatch_console.store.backups import Backup
from dispatch_console.store.holding import Change, DayHeld, Holding, Since

__all__ = ["Change", "DayHeld", "Holding", "Preview", "Since", "preview", "restore"]


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
    file = _file(where)
    found = _found(file, backup)
    backups.verify(found.file)
    with holding.looking(found.file) as then:
        holds = holding.of(then)
        try:
            if not file.is_file():
                return Preview(found, holds)
            backups.verify(file)
            with holding.looking(file) as now:
                return Preview(found, holds, holding.of(now), holding.since(now, then))
        except UserError:  # what is to be replaced may be damaged
            return Preview(found, holds)


def restore(where: str | None, backup: str | Path) -> Path | None:
    """Put a backup in the place of the store. Where the store was set aside; None: there was none.

    All consoles must be closed. Raises UserError and changes nothing if the backup is not sound.
    """
    file = _file(where)
    return backups.restore(_found(file, backup).file, file, dt.datetime.now(dt.UTC))


def _found(file: Path, backup: str | Path) -> Backup:
    beside = backups.folder_of(file) / backup
    path = beside if beside.is_file() else Path(backup)
    if not path.is_file():
        raise UserError(f"There is no backup {path}. “store backup --list” shows which there are.")
    return backups.named(path, file.stem)


def _file(where: str | None) -> Path:
    file = location.file_of(location.parse(where or location.default_url()))
    if file is None:
        raise UserError("A PostgreSQL store is restored by its keeper, with pg_restore.")
    return file
