"""A store taken over into another is the same store: in both directions, between both databases."""

from __future__ import annotations

import itertools
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, inspect, text

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.plan import Swap
from dispatch_console.services import moving
from dispatch_console.store import checksums, engine, location, migrate
from dispatch_console.store.base import new_command
from dispatch_console.store.checksums import Content, Sum
from dispatch_console.store.store import Store, open_store
from tests.store import pg
from tests.store.every_table import ROWS, made_at
from tests.store.filling import WHO, assert_same, reopened, small_store

_numbers = itertools.count(1)
REVISIONS = migrate.known()


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a place without a store."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'target.db'}"
        return
    server, name = request.getfixturevalue("pg_server"), f"target_{next(_numbers)}"
    yield pg.create_database(server, name)
    pg.drop_database(server, name)


@contextmanager
def _made(url: str) -> Generator[Engine]:
    built = engine.make(location.parse(url))
    try:
        yield built
    finally:
        built.dispose()


def _sums(url: str) -> dict[str, Sum]:
    with _made(url) as built, engine.reading(built).connect() as connection:
        return checksums.sums(connection)


def test_a_day_arrives_as_it_was(store: Store, url: str, target: str) -> None:
    day = small_store(store)
    arrived = moving.copy(url, target)
    assert arrived == _sums(url) == _sums(target)
    moved = open_store(target)
    assert_same(reopened(moved.load_day(day.depot.id, day.date), day), day)
    moved.close()


@pytest.mark.parametrize("revision", REVISIONS)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_table_of_every_version_arrives(
    request: pytest.FixtureRequest, kind: str, revision: str, target: str, tmp_path: Path
) -> None:
    if kind == "sqlite":
        source = f"sqlite:///{tmp_path / 'source.db'}"
    else:
        source = pg.create_database(request.getfixturevalue("pg_server"), f"source_{next(_numbers)}")
    with _made(source) as built:
        made_at(built, revision)
    arrived = moving.copy(source, target)
    assert arrived == _sums(target)
    assert {held.rows for held in arrived.values()} == {ROWS}
    with _made(target) as built, built.connect() as connection:
        there = set(inspect(connection).get_table_names()) - checksums.PASSING - {"alembic_version"}
        assert set(arrived) == there
        for content in checksums.contents(connection):
            every = {column["name"] for column in inspect(connection).get_columns(content.table.name)}
            assert set(content.names) == every


def test_numbers_go_on_where_they_were(store: Store, url: str, target: str) -> None:
    day = small_store(store)
    moving.copy(url, target)
    moved = open_store(target)
    last = _last_of_audit(moved)
    assert last == _last_of_audit(store)
    moved.save_depot(Swap(day.depot, replace(day.depot, name="New")), WHO, new_command())
    assert _last_of_audit(moved) == last + 1
    assert moved.new_ids("order", 1) == store.new_ids("order", 1)
    moved.close()


def _last_of_audit(store: Store) -> int:
    with store.read() as db:
        return db.execute(text("SELECT max(id) FROM audit")).scalar_one()


def test_a_place_that_holds_something_is_refused(store: Store, url: str, target: str) -> None:
    small_store(store)
    taken = open_store(target)
    small_store(taken)
    taken.close()
    before = _sums(target)
    with pytest.raises(UserError, match="holds something: "):
        moving.copy(url, target)
    assert _sums(target) == before


def test_a_new_store_is_filled(store: Store, url: str, target: str) -> None:
    small_store(store)
    open_store(target).close()
    assert moving.copy(url, target) == _sums(target)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [("DROP TABLE alembic_version", "another program"), ("UPDATE alembic_version SET version_num='x'", "newer")],
)
def test_what_is_no_store_of_ours_is_not_taken(url: str, target: str, spoil: str, words: str) -> None:
    with _made(url) as built, built.begin() as connection:
        connection.execute(text(spoil))
    with pytest.raises(UserError, match=words):
        moving.copy(url, target)


_LOSSY = {
    "sqlite": ["CREATE TRIGGER lossy AFTER INSERT ON personal BEGIN DELETE FROM personal WHERE id = 3; END"],
    "postgresql": [
        "CREATE FUNCTION lossy() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN IF NEW.id = 3 THEN RETURN NULL; END IF; RETURN NEW; END'",
        "CREATE TRIGGER lossy BEFORE INSERT ON personal FOR EACH ROW EXECUTE FUNCTION lossy()",
    ],
}


def test_what_does_not_arrive_is_told_and_nothing_stays(store: Store, url: str, target: str) -> None:
    """A database that loses a row on the way."""
    small_store(store)
    open_store(target).close()
    with _made(target) as built, built.begin() as connection:
        for statement in _LOSSY[built.dialect.name]:
            connection.execute(text(statement))
    with pytest.raises(UserError, match="personal did not arrive"):
        moving.copy(url, target)
    assert {held.rows for held in _sums(target).values()} == {0}


def test_what_a_server_cannot_keep_is_told(pg_server: str, tmp_path: Path) -> None:
    source = f"sqlite:///{tmp_path / 'source.db'}"
    with _made(source) as built:
        made_at(built, migrate.HEAD)
        with built.begin() as connection:
            connection.execute(text("UPDATE personal SET notes = :notes WHERE id = 5"), {"notes": "a\0b"})
    target = pg.create_database(pg_server, f"target_{next(_numbers)}")
    with pytest.raises(UserError, match="A row of personal cannot be written: PostgreSQL"):
        moving.copy(source, target)
    assert {held.rows for held in _sums(target).values()} == {0}


def test_a_file_that_is_not_there_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no store"):
        moving.copy(str(tmp_path / "none.db"), str(tmp_path / "new.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_sorts_by_a_language_gives_the_same_sums(pg_server: str, tmp_path: Path) -> None:
    with psycopg.connect(f"{pg_server}/postgres", autocommit=True) as connection:
        try:
            connection.execute(
                "CREATE DATABASE german TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'de'"
            )
        except psycopg.errors.FeatureNotSupported:
            pytest.skip("this server was built without the languages of ICU")
    target = f"{pg_server}/german"
    source = f"sqlite:///{tmp_path / 'source.db'}"
    with _made(source) as built:
        made_at(built, migrate.HEAD)
    moving.copy(source, target)
    with _made(target) as built, built.connect() as connection:
        keys = list(connection.execute(text("SELECT address FROM address_book ORDER BY address")).scalars())
    assert keys != sorted(keys), "the language of the database has its own order"
    assert _sums(source) == _sums(target)


def test_whatever_changes_in_a_row_changes_the_sum(tmp_path: Path) -> None:
    with _made(f"sqlite:///{tmp_path / 'source.db'}") as built:
        made_at(built, migrate.HEAD)
        with built.connect() as connection:
            silent = [name for content in checksums.contents(connection) for name in _silent(connection, content)]
    assert silent == []


def _silent(connection: Connection, content: Content) -> list[str]:
    """The columns whose values do not count."""
    rows = [tuple(row) for batch in checksums.batches(connection, content) for row in batch]
    found: list[str] = []
    for at, name in enumerate(content.names):
        other = next(row[at] for row in rows if row[at] != rows[0][at])
        changed = [(*rows[0][:at], other, *rows[0][at + 1 :]), *rows[1:]]
        if _sum(changed) == _sum(rows):
            found.append(f"{content.table.name}.{name}")
    return found


def _sum(rows: list[tuple[Any, ...]]) -> Sum:
    digest = checksums.Digest()
    digest.add(rows)
    return digest.sum()
