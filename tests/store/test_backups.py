"""Backups are whole or not there, and a restore never throws anything away."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.store import backups
from dispatch_console.store.store import Store, open_store
from tests.store.filling import small_store

AT = dt.datetime(2026, 11, 23, 5, 41, 7, 999999, dt.UTC)


@pytest.fixture
def live(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """An open store with the small day in it."""
    store = open_store(shutil.copy(sqlite_template, tmp_path / "store.db"))
    small_store(store)
    yield store
    store.close()


def _orders(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT count(*) FROM orders").fetchone()[0]


def _file(store: Store) -> Path:
    assert store.file is not None
    return store.file


def test_a_backup_of_an_open_store_is_whole(live: Store, tmp_path: Path) -> None:
    backup = backups.make(_file(live), tmp_path / "backups", "day", AT)
    assert backup.file.name == "store_2026-11-23_054107Z_day.db"
    assert _orders(backup.file) == 6
    assert [file.name for file in (tmp_path / "backups").iterdir()] == [backup.file.name]
    assert backups.list_all(_file(live), tmp_path / "backups") == [backup]


def test_a_backup_of_a_damaged_store_is_refused(live: Store, tmp_path: Path) -> None:
    file = _file(live)
    live.close()
    data = bytearray(file.read_bytes())
    data[30_000:33_000] = b"\xa5" * 3000
    file.write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        backups.make(file, tmp_path / "backups", "day", AT)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_that_has_no_room_says_so(live: Store, tmp_path: Path) -> None:
    (tmp_path / "backups").write_bytes(b"in the way")
    with pytest.raises(UserError, match=r"backup in .* failed"):
        backups.make(_file(live), tmp_path / "backups", "day", AT)


def test_the_newest_is_listed_first_and_strange_files_are_passed_over(live: Store, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    made = [backups.make(_file(live), folder, "day", AT + dt.timedelta(days=d)) for d in (0, 2, 1)]
    (folder / "store_old.db").write_bytes(b"x")
    (folder / "other_2026-11-23_054107Z_day.db").write_bytes(b"x")
    assert backups.list_all(_file(live), folder) == [made[1], made[2], made[0]]
    assert backups.list_all(_file(live), tmp_path / "nowhere") == []


def test_a_restore_brings_back_the_copy_and_sets_the_store_aside(live: Store, tmp_path: Path) -> None:
    file = _file(live)
    backup = backups.make(file, tmp_path / "backups", "day", AT)
    live.close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM personal")
        connection.execute("DELETE FROM orders")
    aside = backups.restore(backup.file, file, AT)
    assert aside is not None
    assert (_orders(file), _orders(aside), _orders(backup.file)) == (6, 0, 6)
    open_store(str(file)).close()


def test_a_restore_works_where_there_is_no_store(live: Store, tmp_path: Path) -> None:
    backup = backups.make(_file(live), tmp_path / "backups", "day", AT)
    assert backups.restore(backup.file, tmp_path / "new" / "store.db", AT) is None
    assert _orders(tmp_path / "new" / "store.db") == 6


def test_a_restore_of_something_else_changes_nothing(live: Store, tmp_path: Path) -> None:
    file = _file(live)
    before = file.read_bytes()
    (tmp_path / "letter.db").write_bytes(b"Dear Sir or Madam")
    for name, words in (("letter.db", "not a store"), ("nothing.db", "no backup")):
        with pytest.raises(UserError, match=words):
            backups.restore(tmp_path / name, file, AT)
    assert file.read_bytes() == before
