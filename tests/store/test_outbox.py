"""What waits on this workstation outlasts the program, a kill and another version, and only this user reads it."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from dispatch_console.domain import edits
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.store.base import now
from dispatch_console.store.commands import Command, Refused
from dispatch_console.store.outbox import Outbox, open_outbox
from tests import factories
from tests.conftest import ROOT

URL = make_url("postgresql+psycopg://ada:secret@Server:5432/depot")


def _command(id: str) -> Command:
    day = factories.small_day()
    lock = edits.set_locked(day.plan, ShiftId(1), True, f"Lock {id}")
    return Command(id, day.depot.id, day.date, 1, "Ada", now(), lock)


def _opened(folder: Path) -> Outbox:
    outbox, trouble = open_outbox(URL, folder)
    assert trouble == ""
    assert outbox is not None
    return outbox


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    outbox = _opened(tmp_path)
    yield outbox
    outbox.close()


def test_what_is_kept_comes_back_in_its_order_until_it_is_done(outbox: Outbox, tmp_path: Path) -> None:
    one, two, three = map(_command, ("b", "a", "c"))
    for command in (one, two, three, one):
        outbox.keep(command).result()
    outbox.refuse("a", "Ben was faster.").result()
    outbox.drop(["c"]).result()
    other = _opened(tmp_path)  # the next start, or another window
    assert other.load() == ([one], [Refused(two, "Ben was faster.")])
    other.drop(["a", "b"]).result()
    other.close()
    assert outbox.load() == ([], [])


def test_the_file_is_this_users_alone_and_names_no_password(outbox: Outbox, tmp_path: Path) -> None:
    outbox.keep(_command("x")).result()
    assert "secret" not in outbox.file.name
    if os.name == "posix":
        assert stat.S_IMODE(outbox.file.stat().st_mode) == 0o600
    assert b"Lock x" in outbox.file.read_bytes()
    outbox.drop(["x"]).result()
    assert b"Lock x" not in outbox.file.read_bytes()


def test_one_database_has_one_outbox_however_its_address_is_written(outbox: Outbox, tmp_path: Path) -> None:
    for address in (
        "postgresql+psycopg://server/depot",
        "postgresql+psycopg://ben:other@SERVER/depot?sslmode=require",
    ):
        same, _ = open_outbox(make_url(address), tmp_path)
        assert same is not None
        assert same.file == outbox.file
        same.close()
    other, _ = open_outbox(make_url("postgresql+psycopg://server/other"), tmp_path)
    assert other is not None
    assert other.file != outbox.file
    other.close()


def _aside(folder: Path) -> list[Path]:
    return list(folder.glob("*.aside-*.db"))


def test_a_file_of_a_newer_version_is_set_aside_as_it_is(tmp_path: Path) -> None:
    outbox = _opened(tmp_path)
    outbox.keep(_command("x")).result()
    outbox.close()
    with closing(sqlite3.connect(outbox.file)) as db:
        db.execute("PRAGMA user_version=99")
    before = outbox.file.read_bytes()
    fresh, told = open_outbox(URL, tmp_path)
    assert fresh is not None
    assert fresh.load() == ([], [])
    fresh.close()
    (aside,) = _aside(tmp_path)
    assert aside.read_bytes() == before
    assert str(aside) in told


def test_an_edit_that_is_not_understood_is_set_aside_with_the_others(tmp_path: Path) -> None:
    outbox = _opened(tmp_path)
    outbox.keep(_command("x")).result()
    outbox.close()
    with closing(sqlite3.connect(outbox.file)) as db, db:
        db.execute('INSERT INTO waiting (id, command) VALUES (\'y\', \'{"id": "y", "trams": 1}\')')
    fresh, told = open_outbox(URL, tmp_path)
    assert fresh is not None
    fresh.close()
    assert "cannot be read by this version" in told
    assert len(_aside(tmp_path)) == 1


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    outbox = _opened(tmp_path)
    outbox.keep(_command("x")).result()
    outbox.close()
    outbox.file.write_bytes(b"no database at all" * 100)
    fresh, told = open_outbox(URL, tmp_path)
    assert fresh is not None
    fresh.close()
    (aside,) = _aside(tmp_path)
    assert str(aside) in told
    assert aside.read_bytes().startswith(b"no database")


@pytest.mark.logs_warnings
def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    none, told = open_outbox(URL, tmp_path / "file" / "waiting")
    assert none is None
    assert "cannot be kept on this computer" in told


_KEEPS_ON = """
import sys
from pathlib import Path
from tests.store.test_outbox import _command, _opened
outbox = _opened(Path(sys.argv[1]))
for i in range(100_000):
    outbox.keep(_command(str(i))).result()
    print(i, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_a_kill_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", _KEEPS_ON, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
        ) as process:
            assert process.stdout is not None
            said = [int(process.stdout.readline()) for _ in range(20)]
            process.send_signal(signal.SIGKILL)
            said += [int(line) for line in process.stdout.read().split("\n") if line.isdigit()]
        outbox = _opened(tmp_path)
        ids = [command.id for command in outbox.load()[0]]
        assert ids == [str(i) for i in range(len(ids))]
        assert len(ids) >= len(said)
        outbox.drop(ids).result()
        outbox.close()
