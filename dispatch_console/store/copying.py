"""Everything of one store taken over into another, between SQLite and PostgreSQL in any direction.

Rows go table by table, some at a time, with the ids they have; all of it is one transaction on the side that is
written, which holds only if every table then has the same content, see `checksums`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import JSON, Connection, Engine, Integer, Row, func, select, text
from sqlalchemy.exc import DataError

from dispatch_console.domain.errors import UserError
from dispatch_console.store import checksums, engine, errors, migrate, owning
from dispatch_console.store.checksums import Content, Digest, Sum
from dispatch_console.store.migrate import State

#: Is told (table, rows so far, rows in all) from time to time.
Progress = Callable[[str, int, int], object]


def untold(_table: str, _done: int, _rows: int) -> None:
    """For whom nobody waits."""


def into_new(source: Engine, target: Engine, progress: Progress = untold) -> dict[str, Sum]:
    """Take all of `source` over into `target`, an empty database or a store without a row; what each table holds.

    The tables get the version that the source has. Raises UserError, and then no row was written.
    """
    with errors.told(), engine.reading(source).connect() as old:
        be_patient(old)
        return into_new_from(old, target, progress)


def into_new_from(old: Connection, target: Engine, progress: Progress = untold) -> dict[str, Sum]:
    """The same from a transaction that only reads."""
    version = _need_ours(old)
    _need_new(target, version)
    migrate.upgrade(target, version)
    with errors.told(), target.begin() as new:
        if new.dialect.name == "postgresql":
            owning.become_owner(new)
        return fill(old, new, progress)


def fill(old: Connection, new: Connection, progress: Progress = untold) -> dict[str, Sum]:
    """Take all rows over into empty tables of the same version, and compare. Raises UserError if they differ."""
    announce(new)
    return finish(new, {held.table.name: _take(old, new, held, progress) for held in checksums.contents(old)})


def announce(new: Connection) -> None:
    """For the rest of the transaction, triggers let the owner's rows pass as they are."""
    be_patient(new)
    if new.dialect.name == "postgresql":
        new.execute(text("SELECT set_config('dispatch.copying', 'on', true)"))


def be_patient(connection: Connection) -> None:
    """A transaction that waits for the other side for long is not given up by the server."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('idle_in_transaction_session_timeout', '0', true)"))


def finish(new: Connection, read: dict[str, Sum]) -> dict[str, Sum]:
    """Let numbers go on after the last ones, and compare what was written with what was read. Raises UserError."""
    if new.dialect.name == "postgresql":
        for content in checksums.contents(new):
            _count_on(new, content)
    written = checksums.sums(new)
    wrong = sorted(name for name in read.keys() | written.keys() if read.get(name) != written.get(name))
    if wrong:
        raise UserError(f"{', '.join(wrong)} did not arrive as sent. Nothing was taken over; try again.")
    return written


def _need_ours(old: Connection) -> str:
    """The version of the store that is read."""
    state, name = migrate.state(old), old.engine.url.database
    if state in (State.CURRENT, State.OLDER):
        return migrate.revision(old) or ""
    why = {State.EMPTY: "is empty", State.NEWER: "was made by a newer version of this program"}
    raise UserError(f"{name} {why.get(state, 'belongs to another program')}. Name a store of this program.")


def _need_new(target: Engine, version: str) -> None:
    """Empty, or a store of this version that nothing was written into."""
    name = target.url.database
    with engine.reading(target).connect() as connection:
        state = migrate.state(connection)
        if state is State.EMPTY:
            return
        if state not in (State.CURRENT, State.OLDER) or migrate.revision(connection) != version:
            raise UserError(f"{name} is in use by something else. Name a new file or an empty database.")
        rows = migrate.row_counts(connection)
    held = [f"{n:,} in {table}" for table, n in rows.items() if n and table not in checksums.PASSING]
    if held:
        raise UserError(
            f"{name} is a store that holds something: {', '.join(held[:3])}. Name a new file or an empty database."
        )


def _take(old: Connection, new: Connection, content: Content, progress: Progress) -> Sum:
    name, digest, done = content.table.name, Digest(), 0
    whole = old.execute(select(func.count()).select_from(content.table)).scalar_one()
    progress(name, 0, whole)
    write = _copy_in if new.dialect.name == "postgresql" else _insert
    for rows in checksums.batches(old, content):
        digest.add(rows)
        try:
            write(new, content, rows)
        except (DataError, *_data_errors(new)) as error:
            raise UserError(f"A row of {name} cannot be written: {error}. Nothing was taken over.") from error
        done += len(rows)
        progress(name, done, whole)
    return digest.sum()


def _insert(new: Connection, content: Content, rows: Sequence[Row[Any]]) -> None:
    new.execute(content.insert(), [dict(zip(content.names, row, strict=True)) for row in rows])


def _copy_in(new: Connection, content: Content, rows: Sequence[Row[Any]]) -> None:
    """The way that PostgreSQL takes many rows on; the driver knows how to write all values but JSON."""
    raw = new.connection.driver_connection
    assert raw is not None
    json_at = {at for at, column in enumerate(content.columns) if isinstance(column.type, JSON)}
    columns = ", ".join(f'"{name}"' for name in content.names)
    with raw.cursor() as cursor, cursor.copy(f'COPY "{content.table.name}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([_as_json(value) if at in json_at else value for at, value in enumerate(row)])


def _as_json(value: object) -> str | None:
    return None if value is None else json.dumps(value)


def _data_errors(connection: Connection) -> tuple[type[Exception], ...]:
    """What the driver raises by itself."""
    driver: Any = connection.dialect.dbapi
    return (driver.DataError,)


def _count_on(new: Connection, content: Content) -> None:
    """Let the database's own numbers go on after the last one taken over."""
    table = content.table
    column: Any = table.autoincrement_column
    if column is None or not isinstance(column.type, Integer):
        return
    last = new.execute(select(func.max(column))).scalar()
    if last is not None:
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        new.execute(select(func.setval(sequence, last)))
