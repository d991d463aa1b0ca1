"""Stores of every version that was ever released, with rows in every table, become today's, on both databases."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from dispatch_console.services import backups as service
from dispatch_console.store import checksums, engine, guards, location, migrate, server_backups
from dispatch_console.store.checksums import Sum
from dispatch_console.store.store import open_store
from tests.conftest import ROOT
from tests.store import pg
from tests.store.every_table import ROWS, made_at
from tests.store.upgrading_child import MIDDLE

OLDER = migrate.known()[:-1]
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(location, "default_folder", lambda: tmp_path / "user")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place without a store."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    server, name = request.getfixturevalue("pg_server"), f"older_{next(_numbers)}"
    yield pg.create_database(server, name)
    pg.drop_database(server, name)


@contextmanager
def _made(url: str) -> Generator[Engine]:
    built = engine.make(location.parse(url))
    try:
        yield built
    finally:
        built.dispose()


def _filled(url: str, revision: str) -> dict[str, Sum]:
    with _made(url) as built:
        made_at(built, revision)
    return _sums(url)


def _sums(url: str) -> dict[str, Sum]:
    with _made(url) as built, engine.reading(built).connect() as connection:
        return checksums.sums(connection)


@pytest.mark.parametrize("revision", OLDER)
def test_every_row_is_there_after_an_upgrade(url: str, revision: str) -> None:
    before = _filled(url, revision)
    assert {held.rows for held in before.values()} == {ROWS}
    open_store(url).close()
    after = _sums(url)
    assert {name: after[name].rows for name in before} == dict.fromkeys(before, ROWS)
    with _made(url) as built, built.connect() as connection:
        assert migrate.revision(connection) == migrate.HEAD
        if built.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            triggers = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'")
        else:
            triggers = connection.exec_driver_sql("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")
        assert triggers.scalar_one() >= len(guards.versioned()), "the guards of rows are there"
    assert service.check(url).problems == ()


@pytest.mark.parametrize("revision", OLDER)
def test_what_was_there_is_in_a_backup_as_it_was(url: str, revision: str) -> None:
    before = _filled(url, revision)
    open_store(url).close()
    (made,) = service.list_all(url)
    assert made.reason == "upgrade"
    held = server_backups.look(made.file)
    assert (held.version, held.rows) == (revision, {name: held.rows for name, held in before.items()})


@pytest.mark.parametrize("revision", OLDER)
def test_a_console_killed_in_the_middle_leaves_the_old_store_whole(url: str, revision: str) -> None:
    before = _filled(url, revision)
    command = [sys.executable, "-m", "tests.store.upgrading_child", url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == MIDDLE
        child.kill()
    assert _version(url) == revision
    assert _sums(url) == before
    open_store(url).close()
    after = _sums(url)
    assert {name: after[name].rows for name in before} == dict.fromkeys(before, ROWS)


def _version(url: str) -> str | None:
    with _made(url) as built, engine.reading(built).connect() as connection:
        assert inspect(connection).has_table("orders")
        return migrate.revision(connection)
