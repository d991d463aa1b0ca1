"""Erased in the store is erased in every copy of it, or the copy is gone; the command says what was done."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import platformdirs
import pytest

from dispatch_console.cli import main as cli
from dispatch_console.services import backups as backups_service
from dispatch_console.services import days as days_service
from dispatch_console.services import erasing, evening
from dispatch_console.services.keeping import Keeper
from dispatch_console.store import backups, engine, location, migrate
from dispatch_console.store.store import Store, open_copy, open_store
from tests import factories
from tests.marked import Lived
from tests.patience import PATIENCE_S
from tests.store.test_erasing import traces

LATER = dt.date(2100, 1, 1)


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_a, **_k: folder)
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store that was lived in, closed."""
    file = tmp_path / "depot" / "dispatch.db"
    store = open_store(file)
    Lived(store, tmp_path).live()
    store.close()
    return file


def erase(file: Path) -> erasing.Report:
    with erasing.opened(str(file)) as store:
        return erasing.of_age(store, LATER)


def test_backups_are_erased_in_both_folders_and_stores_set_aside_too(file: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    keeper = Keeper(file, second=lambda: stick)
    keeper.begin().result(PATIENCE_S)
    keeper.make().result(PATIENCE_S)
    keeper.close()
    newest = keeper_backup(file)
    backups.restore(newest.file, file, dt.datetime.now(dt.UTC))
    assert len(traces(tmp_path)) == 6
    report = erase(file)
    assert (report.copies, report.deleted, report.left) == (5, (), ())
    assert traces(tmp_path) == []
    for copy in (newest.file, stick / newest.file.name):
        backups.verify(copy)
        assert_reports(open_copy(copy))


def test_a_folder_that_a_backup_was_put_into_by_the_command_is_remembered(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = ("store", "backup", "--store", str(file), "--out", "shelf")
    assert cli.run(command, window=lambda _: 2) == 0
    backups_service.make(str(file))
    assert len(traces(tmp_path)) == 3
    assert erase(file).copies == 2
    assert traces(tmp_path) == []


def keeper_backup(file: Path) -> backups.Backup:
    return backups.list_all(file, backups.folder_of(file))[0]


def assert_reports(store: Store) -> None:
    """A backup that is brought back has its figures."""
    day = days_service.open_day(store, factories.DEPOT.id, factories.DAY)
    assert evening.of_day(day) is not None
    store.close()


def test_backups_of_older_versions_are_brought_up_and_erased(file: Path, tmp_path: Path) -> None:
    old = backups.folder_of(file) / "dispatch_2026-01-02_030405Z_upgrade.db"
    old.parent.mkdir()
    first_version(old, file)
    assert len(traces(tmp_path)) == 2
    assert erase(file).copies == 1
    assert traces(tmp_path) == []
    store = open_store(old)  # is of this version now
    assert {order.recipient for order in store.load_orders(factories.DEPOT.id, factories.DAY)} == {"erased"}
    store.close()


def first_version(old: Path, of: Path) -> None:
    """A store as the first version had it, with the rows of another as far as it had room for them."""
    built = engine.make(location.parse(str(old)))
    migrate.upgrade(built, "0001")
    built.dispose()
    with closing(sqlite3.connect(old)) as db, db:
        db.execute("ATTACH ? AS new", (str(of),))
        for (table,) in db.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            here, there = ({r[1] for r in db.execute(f"PRAGMA {s}.table_info({table})")} for s in ("main", "new"))
            names = ", ".join(f'"{name}"' for name in sorted(here & there))
            if table != "alembic_version":
                db.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}")


def test_a_backup_that_somebody_holds_is_left_and_erased_the_next_time(file: Path) -> None:
    made = backups.make(file, backups.folder_of(file), "hand", dt.datetime.now(dt.UTC))
    with closing(sqlite3.connect(made.file, isolation_level=None)) as holding:
        holding.execute("BEGIN EXCLUSIVE")
        report = erase(file)
    assert (report.copies, report.deleted, report.left, report.held) == (0, (), (), (made.file,))
    assert (erase(file).copies, traces(file.parent)) == (1, [])


def test_a_backup_that_is_no_whole_store_any_more_is_deleted(file: Path) -> None:
    made = backups.make(file, backups.folder_of(file), "hand", dt.datetime.now(dt.UTC))
    with closing(sqlite3.connect(made.file)) as db, db:
        db.execute("DROP TABLE address_book")
    assert erase(file).deleted == (made.file,)


def test_what_cannot_be_read_is_deleted_or_told(file: Path) -> None:
    made = backups.make(file, backups.folder_of(file), "hand", dt.datetime.now(dt.UTC))
    aside = file.with_name("dispatch_2026-01-02_030405Z_damaged.db")
    shutil.copyfile(made.file, aside)
    for harmed in (made.file, aside):
        with harmed.open("r+b") as stream:
            stream.seek(4096)
            stream.write(b"\xff" * 8192)
    report = erase(file)
    assert (report.copies, report.deleted, report.left) == (0, (made.file,), (aside,))
    assert not made.file.exists()


def test_answers_about_addresses_are_thrown_away(file: Path, cache: Path) -> None:
    (cache / "addresses-0123.sqlite").write_bytes(b"Zqxstreet 7")
    erase(file)
    assert list(cache.iterdir()) == []


# --- the command ---


def run(*words: str) -> int:
    return cli.run(["store", "erase", *words], window=lambda _: 2)


def test_a_customer_is_shown_and_erased_with_yes_alone(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--store", str(file), "--customer", "Zqxname 2") == 0
    said = capsys.readouterr().out
    assert said.startswith(
        "Zqxname 2, Zqxfirm 2, +423 777 000 12, zqxmail2@example.org, Zqxstreet 2 7, 9290 Zqxtown 2"
    )
    assert "Nothing was erased" in said
    assert run("--store", str(file), "--customer", "Zqxname 2", "--yes") == 0
    assert "Erased:" in capsys.readouterr().out
    assert run("--store", str(file), "--customer", "zqxmail2@example.org") == 1
    assert "Nobody is found" in capsys.readouterr().err


def test_of_several_none_is_erased(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    assert run("--store", str(file), "--customer", "zqxname", "--yes") == 1
    told = capsys.readouterr()
    assert "customers are found. Say more" in told.err
    assert "Zqxname 1, Zqxfirm 1" in told.out
    assert file.read_bytes() == before


def test_days_of_long_ago_go_at_once(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--store", str(file), "--older-than", "36500d") == 0
    assert capsys.readouterr().out == "Erased: nothing.\n"
    with pytest.raises(SystemExit):
        run("--store", str(file), "--older-than", "soon")


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--store", str(tmp_path / "none.db"), "--older-than", "180d") == 1
    assert "There is no store" in capsys.readouterr().err
    assert list(tmp_path.glob("*.db")) == []
