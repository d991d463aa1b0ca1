"""Every way in which a store can be unfit gets one sentence, and nothing is damaged."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.store import engine, location
from dispatch_console.store.store import open_store
from tests.store import pg
from tests.store.filling import small_store


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path) -> Path:
    """A store with the small day in it, closed."""
    file = Path(shutil.copy(sqlite_template, tmp_path / "store.db"))
    store = open_store(str(file))
    small_store(store)
    store.close()
    return file


def _refused(where: Path | str, words: str, busy_s: float = 5.0) -> None:
    """Opening gives a sentence with `words`, and the file keeps every byte."""
    before = where.read_bytes() if isinstance(where, Path) and where.is_file() else b""
    with pytest.raises(UserError, match=words) as caught:
        open_store(str(where), busy_s=busy_s).close()
    assert caught.value.message.endswith(".")
    if before and isinstance(where, Path):
        assert where.read_bytes() == before


def test_a_new_store_is_made_with_its_folders(tmp_path: Path) -> None:
    file = tmp_path / "Büro 1" / "tief" / "store.db"
    store = open_store(f"sqlite:///{file}")
    assert store.depots() == []
    assert store.file == file
    store.close()
    open_store(str(file)).close()


def test_a_store_in_memory() -> None:
    store = open_store("sqlite://")
    day = small_store(store)
    assert (store.file, store.load_day(day.depot.id, day.date).revision) == (None, 1)
    store.close()


def test_tables_are_strict_and_settings_durable(file: Path) -> None:
    store = open_store(str(file))
    with store.engine.connect() as connection:
        strict = {
            row.name: row.strict for row in connection.exec_driver_sql("PRAGMA table_list") if row.schema == "main"
        }
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    store.close()
    loose = {name for name, is_strict in strict.items() if not is_strict}
    assert loose == {"alembic_version", "sqlite_schema"}
    mode = "wal" if sqlite3.sqlite_version_info >= engine.WAL_SAFE_FROM else "truncate"
    assert pragmas == {"journal_mode": mode, "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_a_newer_store_is_left_alone(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    _refused(file, "newer version")


@pytest.mark.parametrize("place", [100, 30_000])
def test_a_damaged_file_is_left_alone(file: Path, place: int) -> None:
    data = bytearray(file.read_bytes())
    data[place : place + 3000] = b"\xa5" * 3000
    file.write_bytes(data)
    _refused(file, "damaged|not a store")


def test_rows_that_refer_to_nothing_are_damage(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM days")  # this connection does not enforce references
    _refused(file, "damaged")


def test_a_file_cut_short_is_left_alone(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:20_000])
    _refused(file, "damaged")


@pytest.mark.parametrize("content", [b"order;name;street\n1;A;B\n", b"PK\x03\x04" + bytes(5000)])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(content)
    _refused(file, "not a store")


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE photos (id INTEGER)")
    _refused(file, "another program")


def test_another_program_that_uses_alembic_too(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    _refused(file, "another program")


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    file = tmp_path / "empty.db"
    file.touch()
    store = open_store(str(file))
    assert store.depots() == []
    store.close()


def test_a_locked_file_gets_a_sentence(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        _refused(file, "Another program holds the store", busy_s=0.1)


def test_a_writer_that_waits_too_long_gets_a_sentence_and_can_try_again(file: Path) -> None:
    store = open_store(str(file), busy_s=0.1)
    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="Another program holds the store"):
            store.save_settings({"theme": "dark"})
        assert store.viewing == ""  # this passes
        holder.execute("ROLLBACK")
    store.save_settings({"theme": "dark"})
    assert store.settings() == {"theme": "dark"}
    store.close()


def test_asking_whether_it_may_be_written_changes_nothing(file: Path) -> None:
    before = file.read_bytes()
    store = open_store(str(file))
    assert store.viewing == ""
    store.close()
    assert file.read_bytes() == before


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    _refused(tmp_path, "is a folder")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    _refused(tmp_path / "file" / "store.db", "cannot be made")


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no write bit on Windows")
def test_a_folder_that_is_read_only(file: Path) -> None:
    before = file.read_bytes()
    with tempfile.TemporaryDirectory() as name, _no_rights(Path(name), file):
        store = open_store(Path(name, "store.db"))
        with pytest.raises(
            UserError, match=r"cannot be written\. Check that its file and folder are not read-only"
        ):
            store.save_settings({"theme": "dark"})
        assert "Check that its file and folder are not read-only" in store.viewing
        store.close()
        assert Path(name, "store.db").read_bytes() == before
        _refused(Path(name, "new.db"), "cannot be opened. Check that its folder exists and may be written")


@contextmanager
def _no_rights(folder: Path, file: Path) -> Iterator[None]:
    """A copy of `file` in a read-only `folder`, and us as an account that file rights hold for."""
    Path(shutil.copy(file, folder)).chmod(0o444)
    folder.chmod(0o555)
    privileged = os.geteuid() == 0
    if privileged:
        os.seteuid(65534)
    try:
        yield
    finally:
        if privileged:
            os.seteuid(0)
        folder.chmod(0o755)


def test_a_power_cut_in_the_middle_of_a_change_is_rolled_back(file: Path) -> None:
    code = """
        import os, sqlite3, sys
        connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        connection.execute("PRAGMA cache_spill=ON")
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM personal")
        connection.execute("DELETE FROM orders")
        connection.executemany("INSERT INTO counters VALUES (?, 1)", [("x" * 3000 + str(i),) for i in range(200)])
        os._exit(9)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code), str(file)], check=False)
    assert file.with_name("store.db-journal").stat().st_size > 0
    store = open_store(str(file))
    assert store.list_days(store.depots()[0].id)[0].orders == 6
    store.close()


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("D:/ada/OneDrive - Depot/store.db", "OneDrive - Depot"),
        ("D:/ada/Dropbox/depot/store.db", "Dropbox"),
        ("/srv/ada/Nextcloud/store.db", "Nextcloud"),
        ("/srv/ada/depot/onedrive.db", ""),
    ],
)
def test_folders_that_are_copied_elsewhere_are_known(path: str, service: str) -> None:
    assert location.sync_service(Path(path)) == service


def test_synchronised_and_network_folders_are_refused(tmp_path: Path) -> None:
    _refused(tmp_path / "OneDrive" / "store.db", "PostgreSQL")
    _refused("\\\\server\\share\\store.db", "network drive")
    assert not (tmp_path / "OneDrive").exists()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "oracle://x", "post gres://x y"])
def test_addresses_that_name_no_store(url: str) -> None:
    _refused(url, "A store is|is not the address")


def test_a_server_that_does_not_answer() -> None:
    _refused(f"postgresql://postgres@127.0.0.1:{pg.free_port()}/nothing", "cannot be reached")


def test_a_database_that_goes_away_gets_a_sentence(pg_server: str) -> None:
    url = pg.create_database(pg_server, "going_away")
    store = open_store(url)
    pg.drop_database(pg_server, "going_away")
    with pytest.raises(UserError, match="There is no database “going_away”"):
        store.settings()
    store.close()


def test_somebody_elses_postgresql_database_is_left_alone(pg_server: str) -> None:
    url = pg.create_database(pg_server, "somebody_else")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE photos (id INTEGER)")
    _refused(url, "another program")


def test_the_default_store_is_a_file_of_this_user() -> None:
    assert location.file_of(location.parse(location.default_url())) == location.default_folder() / "dispatch.db"
