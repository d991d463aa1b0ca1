"""What a store of any version holds, in short: enough to know which one it is before it is brought back."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, create_engine, func, select
from sqlalchemy.pool import NullPool

from dispatch_console.domain.errors import UserError
from dispatch_console.store import checksums, errors, migrate
from dispatch_console.store.migrate import State
from dispatch_console.store.schema import AuditRow, DayRow, DepotRow, OrderRow

#: Of the changes that one store has and another has not, so many are named.
NAMED = 5


class Change(NamedTuple):
    """An entry of the audit. `at` is aware."""

    id: int
    at: dt.datetime
    who: str
    what: str


class DayHeld(NamedTuple):
    depot: str
    date: dt.date
    orders: int


class Holding(NamedTuple):
    """`days` with orders, newest first. `last`: the newest change; None: nothing was ever done. `command`: its id,
    which no other store has.
    """

    version: str
    rows: dict[str, int]
    days: tuple[DayHeld, ...]
    last: Change | None
    command: str

    @property
    def orders(self) -> int:
        return self.rows.get("orders", 0)


class Since(NamedTuple):
    """What was done after a point of a store's history: how many changes, the newest of them named first.

    `same` is False if the histories have parted, and nothing is known of what would be lost.
    """

    same: bool
    changes: int
    newest: tuple[Change, ...]


def of(connection: Connection) -> Holding:
    """Raises UserError if it is no store of this program, or of a newer one."""
    state = migrate.state(connection)
    if state not in (State.CURRENT, State.OLDER):
        why = "was made by a newer version" if state is State.NEWER else "is no store"
        raise UserError(f"{connection.engine.url.database} {why} of this program. Choose another.")
    rows = {name: n for name, n in migrate.row_counts(connection).items() if name not in checksums.PASSING}
    newest = _changes(connection, 0, 1)
    last = newest[0] if newest else None
    command = _command(connection, last.id) if last is not None else ""
    return Holding(migrate.revision(connection) or "", rows, _days(connection), last, command)


def since(now: Connection, then: Holding) -> Since:
    """What the store `now` has that `then`, an earlier copy of it, has not."""
    last = then.last
    same = last is None or _command(now, last.id) == then.command
    after = last.id if last is not None and same else 0
    changes = now.scalar(select(func.count()).select_from(AuditRow).where(AuditRow.id > after))
    return Since(same, changes or 0, tuple(_changes(now, after, NAMED)))


def mark(connection: Connection) -> int:
    """Grows with every change of the store."""
    return connection.scalar(select(func.max(AuditRow.id))) or 0


@contextmanager
def looking(file: Path) -> Generator[Connection]:
    """A store file, a backup for instance, as it is: not even how it keeps its journal is changed.

    Not read-only, see `backups`. Raises UserError if it cannot be read.
    """
    address = f"{file.absolute().as_uri()}?mode=rw"
    built = create_engine(
        f"sqlite:///{file}", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool
    )
    with errors.told(), built.connect() as connection:
        yield connection


def _days(connection: Connection) -> tuple[DayHeld, ...]:
    query = (
        select(DepotRow.name, DayRow.date, func.count(OrderRow.id))
        .join(DayRow, DayRow.depot_id == DepotRow.id)
        .join(OrderRow, OrderRow.day_id == DayRow.id)
        .group_by(DepotRow.id, DepotRow.name, DayRow.date)
        .order_by(DayRow.date.desc(), DepotRow.id)
    )
    return tuple(DayHeld(*row) for row in connection.execute(query))


def _changes(connection: Connection, after: int, most: int) -> list[Change]:
    query = select(AuditRow.id, AuditRow.at, AuditRow.who, AuditRow.what).where(AuditRow.id > after)
    return [Change(*row) for row in connection.execute(query.order_by(AuditRow.id.desc()).limit(most))]


def _command(connection: Connection, id: int) -> str:
    return connection.scalar(select(AuditRow.command_id).where(AuditRow.id == id)) or ""
