"""Before the window: a password is asked for by a dialog; a store that cannot be opened is told, with a way on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as Nowhere
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.domain.errors import PasswordWanted
from dispatch_console.services import connecting
from dispatch_console.services.connecting import Question, Typed
from dispatch_console.store.store import Store, open_store
from dispatch_console.ui.shell import signing_in
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.signing_in import KEY, PasswordDialog, TroubleDialog
from dispatch_console.ui.widgets import Text
from tests.store.guarded import PASSWORD, Guarded, guarded

QUESTION = Question("jürg", "depot.example", "The server asks for a password.", True)


@pytest.fixture(scope="module")
def server() -> Iterator[Guarded]:
    with guarded() as made:
        yield made


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(Nowhere())
    yield
    keyring.set_keyring(before)


def _when_asked(app: QApplication, *answers: Callable[[QWidget], object]) -> list[type[QWidget]]:
    """Each answer gets the next dialog; which kinds came, in order."""
    left, came = list(answers), []

    def find() -> None:
        dialog = app.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(5, find)
            return
        came.append(type(dialog))
        answer = left.pop(0)
        if left:
            QTimer.singleShot(5, lambda: _next(dialog))
        answer(dialog)

    def _next(old: QWidget) -> None:
        if app.activeModalWidget() in (None, old):
            QTimer.singleShot(5, lambda: _next(old))
        else:
            find()

    QTimer.singleShot(0, find)
    return came


def _types(password: str) -> Callable[[QWidget], object]:
    def typed(dialog: QWidget) -> None:
        assert isinstance(dialog, PasswordDialog)
        dialog.password.setText(password)
        dialog.accept()

    return typed


def test_a_password_is_typed_unseen_and_kept_only_if_wanted(themed: QApplication, qtbot: QtBot) -> None:
    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, PasswordDialog)
        assert dialog.password.echoMode() is QLineEdit.EchoMode.Password
        assert "The server asks for a password." in [text.text() for text in dialog.findChildren(Text)]
        assert not dialog.keep.isChecked()
        qtbot.keyClicks(dialog.password, "geheim")
        dialog.keep.setChecked(True)
        qtbot.keyClick(dialog.password, Qt.Key.Key_Return)

    _when_asked(themed, answer)
    assert signing_in.ask(QUESTION) == Typed("geheim", keep=True)


def test_an_address_without_a_login_asks_for_whoever_is_signed_in_here(
    server: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "jürg")
    asked: list[Question] = []
    with pytest.raises(PasswordWanted):
        connecting.answered(server.url("x").replace("x@", "", 1), asked.append)
    assert [question.login for question in asked] == ["jürg"]


def test_without_a_keyring_there_is_nothing_to_keep_it_in(themed: QApplication) -> None:
    dialog = PasswordDialog(QUESTION._replace(can_keep=False))
    assert not dialog.keep.isVisibleTo(dialog)


def test_who_cancels_is_not_asked_again(themed: QApplication) -> None:
    _when_asked(themed, lambda dialog: dialog.close())
    assert signing_in.ask(QUESTION) is None


def test_the_way_into_a_guarded_store(server: Guarded, themed: QApplication, tmp_path: Path) -> None:
    """A wrong password, the right one; the address is remembered without it."""
    memory = Memory(tmp_path / "window.ini")
    came = _when_asked(themed, _types("wrong"), _types(PASSWORD))
    store = signing_in.opened(open_store, server.url("j%C3%BCrg"), memory)
    assert isinstance(store, Store)
    assert store.list_days(store.depots()[0].id)[0].orders == 6
    store.close()
    assert came == [PasswordDialog, PasswordDialog]
    memory.flush()
    kept = (tmp_path / "window.ini").read_bytes()
    assert b"localhost" in kept and b"heim" not in kept


def test_a_server_that_is_not_there_and_another_address(
    server: Guarded, themed: QApplication, tmp_path: Path
) -> None:
    memory, own = Memory(), tmp_path / "own.db"

    def other(dialog: QWidget) -> None:
        assert isinstance(dialog, TroubleDialog)
        assert "secret" not in dialog.address.text()
        assert any("cannot be reached" in text.text() for text in dialog.findChildren(Text))
        dialog.address.setText(str(own))
        dialog.accept()

    _when_asked(themed, other)
    store = signing_in.opened(open_store, "postgresql://ada:secret@127.0.0.1:1/depot", memory)
    assert isinstance(store, Store)
    assert store.file == own
    store.close()
    assert memory.text(KEY) == str(own)


def test_quitting_opens_nothing_and_keeps_nothing(themed: QApplication) -> None:
    memory = Memory()
    _when_asked(themed, lambda dialog: dialog.close())
    assert signing_in.opened(open_store, "postgresql://ada@127.0.0.1:1/depot", memory) is None
    assert memory.text(KEY) == ""


def test_an_address_named_for_this_once_is_not_changed(themed: QApplication) -> None:
    def look(dialog: QWidget) -> None:
        assert isinstance(dialog, TroubleDialog)
        assert dialog.address.isReadOnly()
        dialog.close()

    _when_asked(themed, look)
    assert signing_in.opened(open_store, "postgresql://ada@127.0.0.1:1/depot", None) is None


def test_only_servers_are_asked_for(server: Guarded) -> None:
    assert connecting.of_server(server.url("ada:secret")) == server.url("ada")
