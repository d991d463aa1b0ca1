"""Care of the store: checks, upgrades, backups. The way back is in `restoring`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.errors import UserError
from dispatch_console.store import backups, inspecting, location
from dispatch_console.store.backups import Backup
from dispatch_console.store.store import open_store

__all__ = ["Backup", "Health", "check", "list_all", "make", "upgrade"]


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
    return backups.make(file, backups.folder_of(file), reason, _now())


def list_all(where: str | None) -> list[Backup]:
    """Newest first."""
    file = _file(where)
    return backups.list_all(file, backups.folder_of(file))


def _file(where: str | None) -> Path:
    url = location.parse(where or location.default_url())
    file = location.file_of(url)
    if file is None:
        raise UserError("A PostgreSQL store is backed up by its keeper, with pg_dump.")
    return file


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
