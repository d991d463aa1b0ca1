"""A store on a server is backed up and brought back: by pg_dump, and by our own export where there is none."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, Engine, text

from dispatch_console.domain.errors import UserError
from dispatch_console.services import backup_words, moving, restoring
from dispatch_console.services import backups as service
from dispatch_console.store import backups, checksums, dumps, engine, location, migrate, server_backups
from dispatch_console.store.backups import Backup
from dispatch_console.store.checksums import Sum
from dispatch_console.store.store import open_store
from tests.store import pg
from tests.store.every_table import ROWS, made_at
from tests.store.filling import small_store
from tests.store.test_restoring import CHANGES

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(location, "default_folder", lambda: tmp_path / "user")


@pytest.fixture(params=["pg_dump", "export"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With PostgreSQL's programs, and on a workstation that has none."""
    if request.param == "export":
        monkeypatch.setattr(dumps, "find", lambda _server: None)
    return request.param


@pytest.fixture
def url(pg_server: str) -> Iterator[str]:
    """An empty database."""
    name = f"depot_{next(_numbers)}"
    yield pg.create_database(pg_server, name)
    pg.drop_database(pg_server, name)


@contextmanager
def made_of(url: str) -> Generator[Engine]:
    built = engine.make(location.parse(url))
    try:
        yield built
    finally:
        built.dispose()


def sums(url: str) -> dict[str, Sum]:
    with made_of(url) as built, engine.reading(built).connect() as connection:
        return checksums.sums(connection)


def _filled(url: str, revision: str = migrate.HEAD) -> dict[str, Sum]:
    with made_of(url) as built:
        made_at(built, revision)
    return sums(url)


def back_up(url: str) -> Backup:
    with made_of(url) as built:
        return server_backups.make(built, "hand", AT)


def _change(url: str) -> None:
    with made_of(url) as built, built.begin() as connection:
        for statement in CHANGES:
            connection.execute(text(statement))


def test_the_drill_every_row_is_as_it_was(url: str, way: str) -> None:
    """Backup, change, restore: every table holds the same again, and what was there is in a backup of its own."""
    before = _filled(url)
    made = back_up(url)
    assert made.file.suffix == (".dump" if way == "pg_dump" else ".db")
    _change(url)
    changed = sums(url)
    assert changed != before
    restored = restoring.restore(url, made.file.name)
    assert sums(url) == before
    assert restored.before is not None
    restoring.restore(url, restored.before)
    assert sums(url) == changed


def test_into_an_empty_database(pg_server: str, url: str, way: str) -> None:
    before = _filled(url)
    made = back_up(url)
    other = pg.create_database(pg_server, f"other_{next(_numbers)}")
    assert restoring.restore(other, made.file).before is None
    assert sums(other) == before


@pytest.mark.parametrize("revision", migrate.known()[:-1])
def test_a_backup_of_an_older_version_is_upgraded_on_its_way(
    pg_server: str, url: str, way: str, revision: str
) -> None:
    """The backup before an upgrade is one."""
    before = _filled(url, revision)
    made = back_up(url)
    other = pg.create_database(pg_server, f"other_{next(_numbers)}")
    restoring.restore(other, made.file)
    after = sums(other)
    assert {name: held.rows for name, held in after.items() if name in before} == dict.fromkeys(before, ROWS)
    open_store(other).close()


def test_an_upgrade_begins_with_a_backup(url: str, way: str) -> None:
    before = _filled(url, migrate.known()[0])
    open_store(url).close()
    (made,) = service.list_all(url)
    assert made.reason == "upgrade"
    assert server_backups.look(made.file).rows == {name: held.rows for name, held in before.items()}


def test_without_a_backup_there_is_no_upgrade(url: str, tmp_path: Path) -> None:
    before = _filled(url, migrate.known()[0])
    (tmp_path / "user").write_bytes(b"in the way")
    with pytest.raises(UserError, match=r"The backup in .* failed"):
        open_store(url)
    assert sums(url) == before


def test_a_preview_of_a_server_says_what_would_be_lost(url: str, way: str) -> None:
    store = open_store(url)
    small_store(store, at=AT)
    store.close()
    made = back_up(url)
    found = restoring.preview(url, made.file.name)
    assert (found.holds.orders, found.backup) == (6, made)
    said = backup_words.lines(found, AT + dt.timedelta(minutes=12))
    assert said[1].startswith("It holds 6 orders on 1 day: Mon 23 Nov (6). ")
    assert said[2].endswith("Test, Start.")
    assert said[3] == "Nothing would be lost: nothing was done since."


def test_others_are_named_and_nothing_is_replaced_under_them(url: str, way: str) -> None:
    _filled(url)
    made = back_up(url)
    _change(url)
    changed = sums(url)
    with psycopg.connect(url), pytest.raises(UserError, match="The store is in use: postgres"):
        restoring.restore(url, made.file)
    assert sums(url) == changed
    restoring.restore(url, made.file)


@pytest.mark.parametrize("harm", ["cut", "noise", "nothing"])
def test_a_spoilt_backup_is_refused_and_changes_nothing(url: str, way: str, harm: str) -> None:
    before = _filled(url)
    made = back_up(url)
    whole = made.file.read_bytes()
    half = len(whole) // 2
    made.file.write_bytes({"cut": whole[:half], "noise": whole[:half] + bytes(half), "nothing": b""}[harm])
    with pytest.raises(UserError):
        restoring.restore(url, made.file)
    assert sums(url) == before


def test_a_dump_without_its_description_is_refused(url: str) -> None:
    _filled(url)
    made = back_up(url)
    assert made.file.suffix == ".dump"
    made.file.with_name(f"{made.file.name}.json").unlink()
    with pytest.raises(UserError, match="says what the backup holds, is missing"):
        restoring.preview(url, made.file)


def test_a_backup_with_other_content_is_taken_back(url: str) -> None:
    """A description that promises something else: the whole transaction goes."""
    before = _filled(url)
    made = back_up(url)
    described = made.file.with_name(f"{made.file.name}.json")
    described.write_text(
        described.read_text(encoding="utf-8").replace(before["orders"].digest, "0" * 64), encoding="utf-8"
    )
    with pytest.raises(UserError, match="orders did not arrive"):
        restoring.restore(url, made.file)
    assert sums(url) == before


def test_a_login_that_pg_dump_refuses_gets_a_store_file(pg_server: str, url: str) -> None:
    """One that may read the tables, but not their sequences."""
    _filled(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE reader LOGIN")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    made = back_up(url.replace("postgres@", "reader@"))
    assert made.file.suffix == ".db"
    assert backups.list_named(server_backups.stem_of(location.parse(url)), made.file.parent) == [made]


def test_edits_meanwhile_do_not_tear_a_backup(url: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody edits after the first look at the store: the backup holds what stood there before."""
    before = _filled(url)
    asked = dumps.server_version

    def edit_then_answer(connection: Connection) -> int:
        connection.execute(text("SELECT 1 FROM days"))
        _change(url)
        return asked(connection)

    with monkeypatch.context() as patched:
        patched.setattr(dumps, "server_version", edit_then_answer)
        made = back_up(url)
    assert sums(url) != before
    restoring.restore(url, made.file)
    assert sums(url) == before


def test_a_backup_by_store_copy_is_one_as_well(url: str, tmp_path: Path) -> None:
    before = _filled(url)
    moving.copy(url, str(tmp_path / "depot.db"))
    _change(url)
    restoring.restore(url, tmp_path / "depot.db")
    assert sums(url) == before


def test_the_tools_must_know_the_server() -> None:
    found = dumps.find(0)
    if found is None:
        pytest.skip("this machine has no pg_dump")
    assert dumps.find(found.major) is not None
    assert dumps.find(999) is None
