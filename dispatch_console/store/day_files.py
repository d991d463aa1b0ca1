"""One day of a store as a file of its own, and back: a small store that holds what belongs to that day.

A file that comes from elsewhere is only read. Its rows are put into tables that this program makes, where every
value has to pass what the store asks of it; whatever else lies in such a file does nothing.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Engine, Table, create_engine, select, true
from sqlalchemy.pool import NullPool

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import DepotId
from dispatch_console.store import backups, copying, engine, errors, location, migrate
from dispatch_console.store.checksums import Content, contents
from dispatch_console.store.schema import DayRow, DepotRow, OrderRow, ShiftRow

#: A day of 10,000 stops takes some 10 MB.
MOST_BYTES = 200_000_000
#: Whose rows say which day they are of, and go along.
OF_A_DAY = frozenset({"shifts", "routes", "orders", "audit", "facts", "incidents", "sheets"})
#: Nothing of these goes along: other days, other files, addresses of others, pictures of what was delivered.
LEFT_OUT = frozenset({"shift_patterns", "import_rejects", "mappings", "address_book", "proofs", "consoles"})


def write(source: Engine, depot: DepotId, date: dt.date, target: Path) -> None:
    """Write a day to a file, in one transaction of the store. Raises UserError; then there is no new file."""
    partial = target.with_name(f"{target.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        with errors.told(), engine.reading(source).connect() as old:
            _write(old, depot, date, partial)
        backups.settle(partial, target)
    except OSError as error:
        raise UserError(f"{target} cannot be written: {error.strerror}. Choose another folder.") from error
    finally:
        for left in (partial, *(partial.with_name(f"{partial.name}{end}") for end in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)


def read(file: Path, into: Path) -> None:
    """Make a store at `into` of a file that `write` made, on whatever computer. Raises UserError for any other."""
    with _looking(file) as source:
        target = engine.make(location.parse(str(into)))
        try:
            copying.into_new(source, target)
        finally:
            target.dispose()


def _write(old: Connection, depot: DepotId, date: dt.date, partial: Path) -> None:
    query = select(DayRow.id).where(DayRow.depot_id == int(depot), DayRow.date == date)
    day = old.execute(query).scalar()
    if day is None:
        raise UserError("This day holds nothing yet. Import or type orders first.")
    partial.touch(0o600)
    new = engine.make(location.parse(str(partial)))
    try:
        migrate.upgrade(new, migrate.revision(old) or migrate.HEAD)
        with new.begin() as writing:
            for held in contents(old):
                where = _of_the_day(held.table, day, int(depot), date)
                if where is not None:
                    _take(old, writing, held, where)
    finally:
        new.dispose()
    with closing(sqlite3.connect(partial)) as one_file:
        one_file.execute("PRAGMA journal_mode=DELETE")


def _take(old: Connection, new: Connection, held: Content, where: ColumnElement[bool]) -> None:
    rows = old.execute(select(*held.columns).where(where).order_by(*held.table.primary_key.columns)).all()
    if rows:
        new.execute(held.insert(), [dict(zip(held.names, row, strict=True)) for row in rows])


def _of_the_day(table: Table, day: int, depot: int, date: dt.date) -> ColumnElement[bool] | None:
    """Which rows of a table belong to the day; None: none do."""
    columns, shifts = table.c, select(ShiftRow).where(ShiftRow.day_id == day)
    orders = select(OrderRow.id).where(OrderRow.day_id == day)
    match table.name:
        case name if name in OF_A_DAY:
            return columns["day_id"] == day
        case "counters" | "settings":
            return true()
        case "days":
            return columns["id"] == day
        case "depots":
            return columns["id"] == depot
        case "drivers" | "vehicles" as fleet:
            named = ShiftRow.driver_id if fleet == "drivers" else ShiftRow.vehicle_id
            return columns["id"].in_(shifts.with_only_columns(named))
        case "imports":
            return columns["id"].in_(select(OrderRow.source).where(OrderRow.day_id == day))
        case "personal":
            return columns["order_id"].in_(orders)
        case "road_changes":
            return (columns["depot_id"] == depot) & (columns["first_day"] <= date) & (columns["until_day"] >= date)
        case _:
            return None


@contextmanager
def _looking(file: Path) -> Generator[Engine]:
    """The file as it lies there, for reading alone. Raises UserError if it is not sound, or not what we write."""
    try:
        size = file.stat().st_size
        if not file.is_file() or not backups.is_database(file):
            raise UserError(f"{file} is no day of this program. Ask for it once more.")
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}. Check where it lies.") from error
    if size > MOST_BYTES:
        raise UserError(f"{file} is larger than any day. Ask for it once more.")
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True)
        connection.execute("PRAGMA trusted_schema=OFF")
        return connection

    built = create_engine(f"sqlite:///{file}", creator=connect, poolclass=NullPool, hide_parameters=True)
    try:
        with errors.told(), built.connect() as connection:
            _check(connection, file)
        yield built
    finally:
        built.dispose()


def _check(connection: Connection, file: Path) -> None:
    ask = connection.exec_driver_sql
    sound = ask("PRAGMA quick_check(1)").scalar() == "ok" and ask("PRAGMA foreign_key_check").first() is None
    other = "SELECT 1 FROM sqlite_schema WHERE type = 'view' OR sql LIKE 'CREATE VIRTUAL%' LIMIT 1"
    if not sound or ask(other).first() is not None:
        raise UserError(f"{file} is damaged. Ask for it once more.")
    if migrate.state(connection) not in (migrate.State.CURRENT, migrate.State.OLDER):
        newer = migrate.state(connection) is migrate.State.NEWER
        why = "was made by a newer version of this program" if newer else "is no day of this program"
        raise UserError(f"{file} {why}. Ask for it once more.")
    if len(connection.execute(select(DayRow.id).limit(2)).all()) != 1 or not connection.scalar(select(DepotRow.id)):
        raise UserError(f"{file} is a store and not one day. Open it with --store.")
