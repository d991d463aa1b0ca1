"""Passwords are found in the keyring or asked for, only where a server wants one, and are written nowhere."""

from __future__ import annotations

import getpass
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as Nowhere

from dispatch_console.cli import main
from dispatch_console.domain.errors import PasswordWanted, UserError
from dispatch_console.services import connecting, logs
from dispatch_console.services.connecting import Question, Typed
from dispatch_console.store import location, passwords
from dispatch_console.store.store import open_store
from tests.store.guarded import PASSWORD, QUOTED, Guarded, guarded


class Drawer(KeyringBackend):
    """A keyring that ends with the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture(scope="module")
def server() -> Iterator[Guarded]:
    with guarded() as made:
        yield made


@pytest.fixture
def url(server: Guarded) -> str:
    return server.url("j%C3%BCrg")


@pytest.fixture(autouse=True)
def drawer() -> Iterator[Drawer]:
    before, drawer = keyring.get_keyring(), Drawer()
    keyring.set_keyring(drawer)
    yield drawer
    keyring.set_keyring(before)


class Somebody:
    """Answers one question after the other; None gives up."""

    def __init__(self, *answers: Typed | None) -> None:
        self.answers = list(answers)
        self.asked: list[Question] = []

    def __call__(self, question: Question) -> Typed | None:
        self.asked.append(question)
        return self.answers.pop(0)


def test_who_needs_no_password_is_not_asked(server: Guarded, tmp_path: Path) -> None:
    nobody = Somebody()
    file = str(tmp_path / "store.db")
    assert connecting.answered(file, nobody) == file
    assert connecting.answered(server.superuser, nobody) == server.superuser
    with_password = server.url(QUOTED)
    assert connecting.answered(with_password, nobody) == with_password


def test_a_password_file_of_postgresql_counts_before_a_question(
    server: Guarded, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pgpass"
    file.write_text(f"localhost:*:*:jürg:{PASSWORD.replace(':', chr(92) + ':')}\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    assert connecting.answered(url, Somebody()) == url


def test_asked_once_kept_and_found_the_next_time(url: str, drawer: Drawer) -> None:
    somebody = Somebody(Typed("wrong"), Typed(PASSWORD, keep=True))
    answered = connecting.answered(url, somebody)
    open_store(answered).close()
    assert [(q.login, q.server, q.can_keep) for q in somebody.asked] == [("jürg", "localhost", True)] * 2
    assert somebody.asked[0].why == "The server asks for a password."
    assert "does not accept" in somebody.asked[1].why
    assert list(drawer.kept.values()) == [PASSWORD]
    assert connecting.answered(url, Somebody()) == answered


def test_what_is_not_to_be_kept_is_not(url: str, drawer: Drawer) -> None:
    connecting.answered(url, Somebody(Typed(PASSWORD)))
    assert drawer.kept == {}


def test_a_password_that_was_changed_is_asked_for_again(url: str, drawer: Drawer) -> None:
    connecting.answered(url, Somebody(Typed(PASSWORD, keep=True)))
    (key,) = drawer.kept
    drawer.kept[key] = "of last year"
    somebody = Somebody(Typed(PASSWORD, keep=True))
    connecting.answered(url, somebody)
    assert "does not accept" in somebody.asked[0].why
    assert drawer.kept == {key: PASSWORD}


def test_without_a_keyring_it_is_asked_for(url: str) -> None:
    keyring.set_keyring(Nowhere())
    somebody = Somebody(Typed(PASSWORD, keep=True))
    open_store(connecting.answered(url, somebody)).close()
    assert [question.can_keep for question in somebody.asked] == [False]
    assert passwords.keep("a key", "a password") is False


def test_who_gives_up_is_told_why_it_was_asked(url: str) -> None:
    with pytest.raises(PasswordWanted, match="The server asks for a password"):
        connecting.answered(url, Somebody(None))


def test_an_address_with_a_password_is_shown_nowhere(server: Guarded, tmp_path: Path) -> None:
    """Not by the store, not in a sentence, not in the log, however it came into the address."""
    in_query = server.url("j%C3%BCrg", "?password=Ge%3Aheim%401%2F%25&sslmode=prefer")
    file = logs.set_up(tmp_path)
    try:
        for where in (server.url(QUOTED), in_query):
            store = open_store(where)
            shown = [str(store.url), repr(store.url), repr(store.engine), location.shown(location.parse(where))]
            store.close()
            assert [text for text in shown if "heim" in text] == []
            assert connecting.shown(where).endswith("/depot" if "?" not in where else "/depot?sslmode=prefer")
        for broken in (f"postgresql://{QUOTED}@localhost:port/x", f"postgresql://{QUOTED}@localhost:1/x"):
            with pytest.raises(UserError) as caught:
                open_store(broken)
            assert "heim" not in caught.value.message
            logging.getLogger("a.test").info("refused", exc_info=caught.value)
        assert file is not None
        logged = file.read_text(encoding="utf-8")
    finally:
        root = logging.getLogger()
        for handler in [h for h in root.handlers if getattr(h, "baseFilename", "") == str(file)]:
            root.removeHandler(handler)
            handler.close()
    assert "refused" in logged and "heim" not in logged


def test_a_command_asks_at_the_terminal(
    url: str, drawer: Drawer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", _Terminal("y\n"))
    monkeypatch.setattr(getpass, "getpass", lambda prompt: PASSWORD if "jürg on localhost" in prompt else "")
    assert main.run(["store", "check", "--store", url], lambda _: 2) == 0
    told = capsys.readouterr()
    assert "The store is sound" in told.out
    assert told.err == "The server asks for a password.\nKeep it in the system's keyring? [y/N] "
    assert list(drawer.kept.values()) == [PASSWORD]


def test_a_command_without_a_terminal_says_where_a_password_can_be(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", _Terminal("", tty=False))
    assert main.run(["store", "check", "--store", url], lambda _: 2) == 1
    assert "There is no terminal to type it at" in capsys.readouterr().err


class _Terminal:
    def __init__(self, line: str, *, tty: bool = True) -> None:
        self._line, self._tty = line, tty

    def isatty(self) -> bool:
        return self._tty

    def readline(self) -> str:
        return self._line
