"""The commands that care for the store."""

from __future__ import annotations

import argparse
import io
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dispatch_console.cli import store as command
from dispatch_console.services import backups, restoring
from dispatch_console.store import migrate
from dispatch_console.store.store import open_store
from tests.store.filling import small_store


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.register(parser.add_subparsers())
    arguments = parser.parse_args(["store", *words])
    return arguments.run(arguments)


def test_the_commands_from_check_to_restore(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "store.db"
    open_store(file).close()
    where = ["--store", str(file)]
    assert _run("check", *where) == 0
    assert f"The store is sound (version {migrate.HEAD})." in capsys.readouterr().out
    assert _run("backup", *where) == 0
    made = Path(capsys.readouterr().out.strip())
    assert _run("backup", "--list", *where) == 0
    assert capsys.readouterr().out.startswith(made.name)
    file.write_bytes(b"garbage" * 1000)
    assert _run("restore", *where, made.name, "--preview") == 0
    assert "It holds no orders." in capsys.readouterr().out
    assert file.read_bytes() == b"garbage" * 1000
    assert _run("restore", *where, made.name) == 0
    assert "is now" in capsys.readouterr().out
    assert _run("check", *where) == 0
    assert _run("upgrade", *where) == 0
    assert capsys.readouterr().out.endswith(f"The store is at version {migrate.HEAD}.\n")


def test_check_finds_broken_references_and_missing_upgrades(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "store.db"
    open_store(file).close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "INSERT INTO personal (order_id, name, company, phone, email, street, house_number,"
            " postcode, city, country, notes, search) VALUES (7,'','','','','','','','','','','')"
        )
    assert _run("check", "--store", str(file)) == 1
    assert "1 rows refer to others that are not there." in capsys.readouterr().out


@pytest.mark.parametrize("action", ["check", "backup"])
def test_a_store_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str], action: str) -> None:
    assert _run(action, "--store", str(tmp_path / "nothing.db")) == 1
    said = capsys.readouterr()
    assert (said.out, said.err[:18], said.err.count("\n")) == ("", "There is no store ", 1)
    assert list(tmp_path.iterdir()) == []


def test_check_of_something_else_gets_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "letter.db"
    file.write_bytes(b"Dear Sir or Madam, " * 100)
    assert _run("check", "--store", str(file)) == 1
    assert "not a store" in capsys.readouterr().err


def test_a_store_is_copied_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = open_store(tmp_path / "store.db")
    small_store(store)
    store.close()
    where = [str(tmp_path / "store.db"), f"sqlite:///{tmp_path / 'new.db'}"]
    assert _run("copy", *where) == 0
    said = capsys.readouterr()
    assert re.search(r"^orders +6  [0-9a-f]{16}$", said.out, re.MULTILINE)
    assert said.out.endswith("counted and compared. The store it came from is unchanged.\n")
    assert "orders: 6 of 6 rows" in said.err
    assert _run("copy", *where) == 1
    assert "holds something" in capsys.readouterr().err


class Answering(io.StringIO):
    """Somebody at a terminal."""

    def isatty(self) -> bool:
        return True


def test_somebody_at_a_terminal_is_asked_where_something_would_be_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "store.db"
    open_store(file).close()
    made = backups.make(str(file)).file
    store = open_store(file)
    small_store(store)
    store.close()
    restore = ("restore", "--store", str(file), str(made))
    monkeypatch.setattr("sys.stdin", Answering("no\n"))
    assert _run(*restore) == 1
    assert re.search(r"3 changes since would be lost: .*Nothing was changed", capsys.readouterr().err, re.DOTALL)
    assert restoring.preview(str(file), made).now is not None
    for answer, words in (("yes\n", ()), ("", ("--yes",))):
        monkeypatch.setattr("sys.stdin", Answering(answer))
        assert _run(*restore, *words) == 0
    assert backups.check(str(file)).rows["orders"] == 0


def test_a_script_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "store.db"
    open_store(file).close()
    made = backups.make(str(file)).file
    store = open_store(file)
    small_store(store)
    store.close()
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert _run("restore", "--store", str(file), made.name) == 0
    assert backups.check(str(file)).rows["orders"] == 0
