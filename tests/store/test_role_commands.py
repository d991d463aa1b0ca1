"""`main.py store init` and `store grant` as whoever keeps the server types them."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from dispatch_console.cli import main
from dispatch_console.store.store import open_store
from tests.store import pg


def _run(*words: str) -> int:
    def window(_arguments: object) -> int:
        raise AssertionError("a command opened the window")

    return main.run(words, window)


def test_from_an_empty_database_to_a_login_that_works(
    pg_server: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = pg.create_database(pg_server, "commands")
    assert _run("store", "init", "--store", url) == 0
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(getpass, "getpass", _typing("one", "other", "Geheim 1", "Geheim 1"))
    assert _run("store", "grant", "typist", "--role", "dispatcher", "--create", "--store", url) == 0
    told = capsys.readouterr()
    assert told.out == "The store is ready.\n“typist” is dispatcher of this store.\n"
    assert told.err == "These were not the same.\n"
    open_store(url.replace("postgres@", "typist:Geheim 1@")).close()
    assert _run("store", "grant", "typist", "--role", "viewer", "--store", url) == 0
    assert _run("store", "grant", "nobody", "--role", "viewer", "--store", url) == 1
    assert "There is no login “nobody”" in capsys.readouterr().err


def test_print_does_nothing(pg_server: str, capsys: pytest.CaptureFixture[str]) -> None:
    url = pg.create_database(pg_server, "only_printed")
    assert _run("store", "init", "--print", "--store", url) == 0
    assert "CREATE TABLE orders" in capsys.readouterr().out
    assert _run("store", "grant", 'Zoë "Zo"', "--role", "viewer", "--create", "--print", "--store", url) == 0
    assert capsys.readouterr().out == (
        'CREATE ROLE "Zoë ""Zo""" LOGIN;\n'
        'REVOKE dispatch_dispatcher, dispatch_admin FROM "Zoë ""Zo""";\n'
        'GRANT dispatch_viewer TO "Zoë ""Zo""";\n'
    )
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'Z%'").fetchone() == (0,)


def test_a_file_is_made_ready_too_but_has_no_logins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(tmp_path / "store.db")
    assert _run("store", "init", "--store", file) == 0
    assert open_store(file).depots() == []
    assert _run("store", "init", "--print", "--store", file) == 1
    assert _run("store", "grant", "ada", "--role", "viewer", "--store", file) == 1
    assert capsys.readouterr().err.count("Only a store on a PostgreSQL server has logins.") == 2


def _typing(*texts: str) -> Callable[[str], str]:
    left = iter(texts)
    return lambda _prompt: next(left)
