"""Care of the store: checks, upgrades, backups. The way back is in `restoring`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.errors import UserError
from dispatch_console.store import backups, copies, inspecting, location, opening, server_backups
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


def make(where: str | None, folder: Path | None = None) -> Backup:
    """Copy the store now, into its own folder for backups or another one, which is remembered."""
    file = _file(where)
    if file is None:
        with opening.existing(where) as built:
            first = server_backups.folder_of(built.url)
            made = server_backups.make(built, "hand", _now(), folder)
    else:
        if not file.is_file():
            raise UserError(f"There is no store {file}. Name another with --store.")
        first = backups.folder_of(file)
        made = backups.make(file, folder or first, "hand", _now())
    copies.remember(made.file.parent, first)
    return made


def list_all(where: str | None) -> list[Backup]:
    """Newest first."""
    file = _file(where)
    if file is None:
        return server_backups.list_all(location.parse(where or location.default_url()))
    return backups.list_all(file, backups.folder_of(file))


def _file(where: str | None) -> Path | None:
    return location.file_of(location.parse(where or location.default_url()))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
