"""A store file that has come to harm, and the newest of its backups that has not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from dispatch_console.domain import saying
from dispatch_console.domain.errors import UserError
from dispatch_console.store import backups, holding
from dispatch_console.store.backups import Backup
from dispatch_console.store.holding import Holding
from dispatch_console.store.schema import Base


class Salvage(NamedTuple):
    """`good`: the newest backup that is sound, and what it holds. `spoilt`: newer ones that are damaged too."""

    good: tuple[Backup, Holding] | None
    spoilt: tuple[Backup, ...]


def was_store(file: Path) -> bool:
    """Whether there was a store of this program at this place: it has backups."""
    return bool(backups.list_all(file, backups.folder_of(file)))


def lacks(connection: Connection) -> bool:
    """Whether a table or a column of ours is missing in a file: what names them has come to harm."""
    query = "SELECT m.name, p.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'"
    there = {(table, column) for table, column in connection.exec_driver_sql(query)}
    wanted = {(table.name, column.name) for table in Base.metadata.tables.values() for column in table.columns}
    return not wanted <= there


def search(file: Path, *more: Path) -> Salvage:
    """Look at the backups of a store one by one, newest first, in its own folder and in others."""
    spoilt: list[Backup] = []
    for backup in backups.list_all(file, backups.folder_of(file), *more):
        try:
            backups.verify(backup.file)
            with holding.looking(backup.file) as connection:
                return Salvage((backup, holding.of(connection)), tuple(spoilt))
        except (UserError, OSError):
            spoilt.append(backup)
    return Salvage(None, tuple(spoilt))


def sentence(file: Path) -> str:
    """What to do about a damaged store, on the command line."""
    found = search(file)
    told = f"{file} is damaged; nothing was changed."
    if found.spoilt:
        told += f" Damaged too: {', '.join(backup.file.name for backup in found.spoilt)}."
    if found.good is None:
        return f"{told} There is no good backup of it: move it away, then a new store is made."
    backup, held = found.good
    age = saying.age(backup.at, dt.datetime.now(dt.UTC))
    return f"{told} Its newest good backup is {age} ({held.orders:,} orders): “store restore {backup.file.name}”."
