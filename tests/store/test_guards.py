"""What the database refuses, whoever writes: past the ORM too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dispatch_console.domain import edits
from dispatch_console.domain.errors import StaleChange
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.store import guards
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from tests import factories
from tests.patience import PATIENCE_S
from tests.store.filling import WHO, small_store

HOME, DAY = factories.DEPOT.id, factories.DAY
FILLED = (
    "depots",
    "drivers",
    "vehicles",
    "shifts",
    "orders",
    "days",
    "routes",
    "settings",
    "mappings",
    "address_book",
)


@pytest.fixture
def filled(store: Store) -> Store:
    day = small_store(store)
    store.save_change(edits.set_locked(day.plan, ShiftId(1), True, "Lock"), HOME, DAY, 1, WHO, new_command())
    store.add_facts(HOME, DAY, [Fact(StopId(1), ShiftId(1), FactKind.ARRIVED, 8 * 3600)], WHO, new_command())
    store.save_settings({"paper": "A4"})
    store.remember_mapping("print", {"a": 1})
    store.remember_place("mill lane 1", factories.PLACES[1], WHO)
    return store


@pytest.mark.parametrize("table", FILLED)
@pytest.mark.parametrize("by", [0, 2, -1])
def test_a_row_is_changed_with_its_next_version_only(filled: Store, table: str, by: int) -> None:
    column = guards.versioned()[table]
    with pytest.raises(StaleChange), filled.write() as db:
        db.execute(text(f"UPDATE {table} SET {column} = {column} + {by}"))
    with filled.write() as db:
        db.execute(text(f"UPDATE {table} SET {column} = {column} + 1"))


def test_every_table_with_versions_is_guarded(filled: Store) -> None:
    postgresql = filled.engine.dialect.name == "postgresql"
    column, where = ("tgname", "pg_trigger") if postgresql else ("name", "sqlite_master")
    with filled.read() as db:
        there = set(db.scalars(text(f"SELECT {column} FROM {where}")))
    assert {f"{table}_next" for table in guards.versioned()} <= there
    assert len(guards.versioned()) == 14


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'Nobody'",
        "UPDATE audit SET recorded_at = NULL",
        "DELETE FROM audit",
        "UPDATE facts SET kind = 'failed'",
        "UPDATE facts SET who = 'Nobody'",
        "DELETE FROM facts",
    ],
)
def test_what_was_said_is_never_changed(filled: Store, statement: str) -> None:
    with pytest.raises(DBAPIError, match=guards.KEPT), filled.write() as db:
        db.execute(text(statement))


def test_what_may_tell_of_a_person_can_be_erased(filled: Store) -> None:
    with filled.write() as db:
        db.execute(text("UPDATE facts SET note = '', lat = NULL, lon = NULL"))
        assert db.execute(text("SELECT note FROM facts")).scalars().all() == [""]


def test_the_audit_bears_the_databases_clock_and_the_consoles_name(filled: Store) -> None:
    long_ago = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
    lock = edits.set_locked(factories.small_day().plan, ShiftId(2), True, "Lock")
    filled.save_change(lock, HOME, DAY, 2, WHO, "late", long_ago)
    with filled.read() as db:
        query = text("SELECT at, recorded_at, console FROM audit WHERE command_id = 'late'")
        at, recorded, console = db.execute(query).one()
    assert str(at).startswith("2001-01-01")
    assert abs(_instant(recorded) - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=PATIENCE_S)
    assert console == filled.console


@pytest.fixture
def listener(filled: Store) -> Iterator[psycopg.Connection]:
    if filled.engine.dialect.name != "postgresql":
        pytest.skip("a file announces nothing: who has it open looks at it")
    where = filled.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute(f"LISTEN {guards.CHANNEL}".encode())
        yield connection


def test_a_command_is_announced_by_its_number_alone(filled: Store, listener: psycopg.Connection) -> None:
    lock = edits.set_locked(factories.small_day().plan, ShiftId(2), True, "Lock")
    filled.save_change(lock, HOME, DAY, 2, WHO, "announced")
    told = [note.payload for note in listener.notifies(timeout=PATIENCE_S, stop_after=1)]
    with filled.read() as db:
        row = db.execute(text("SELECT id, day_id FROM audit WHERE command_id = 'announced'")).one()
    assert told == [f"a{row.id}:{row.day_id}"]


def _instant(value: object) -> dt.datetime:
    found = dt.datetime.fromisoformat(str(value))
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found
