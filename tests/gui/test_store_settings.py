"""Settings → a shared store: its address is tried and kept for the next start, without a password."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain.errors import PasswordWanted, UserError
from dispatch_console.services import connecting
from dispatch_console.services.connecting import Reached, State
from dispatch_console.ui.settings_page.store import StoreDeeds, StoreSection

SERVER = "postgresql://ada@127.0.0.1:1/depot"


class Office:
    """Keeps the address as the window does."""

    def __init__(self) -> None:
        self.kept = ""
        self.told: list[str] = []
        self.answer: Future[Reached] = Future()

    def section(self, test: Callable[[str], Future[Reached]] | None = None) -> StoreSection:
        return StoreSection(StoreDeeds(lambda: self.kept, self._use, test or (lambda _: self.answer), self._do))

    def _use(self, address: str) -> None:
        self.kept = connecting.of_server(address) if address else ""

    def _do(self, deed: Callable[[], object]) -> bool:
        try:
            deed()
        except UserError as error:
            self.told.append(error.message)
            return False
        return True


def test_an_address_is_kept_without_its_password_and_forgotten(themed: QApplication, qtbot: QtBot) -> None:
    office = Office()
    section = office.section()
    qtbot.addWidget(section)
    assert not section.own.isVisibleTo(section)
    section.address.setText("postgresql://ada:secret@depot.example/depot?sslmode=verify-full")
    section.use.click()
    assert office.kept == "postgresql://ada@depot.example/depot?sslmode=verify-full"
    assert section.address.text() == office.kept
    assert "open it again" in section.said.text()
    section.own.click()
    assert (office.kept, section.address.text()) == ("", "")


def test_what_is_no_server_is_refused(themed: QApplication, qtbot: QtBot) -> None:
    office = Office()
    section = office.section()
    qtbot.addWidget(section)
    section.address.setText("C:/depot/store.db")
    section.use.click()
    assert office.kept == ""
    assert office.told == ["Write the address of a server here, as postgresql://login@server/database."]


def test_a_server_that_is_away_is_told_and_can_be_tried_again(themed: QApplication, qtbot: QtBot) -> None:
    office = Office()
    section = office.section(connecting.ask_there)
    qtbot.addWidget(section)
    section.address.setText(SERVER)
    section.test.click()
    assert not section.test.isEnabled()
    qtbot.waitUntil(section.test.isEnabled)
    assert "cannot be reached" in section.said.text()


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Reached(State.CURRENT, True, True, 0.0), "its store fits. You may work on it."),
        (Reached(State.CURRENT, False, False, 0.0), "You may only look at it. The connection is not encrypted"),
        (Reached(State.EMPTY, False, True, 0.0), "no store in this database yet."),
        (PasswordWanted("The server asks for a password."), "It will ask for your password at the start."),
    ],
)
def test_what_was_found_is_said(
    themed: QApplication, qtbot: QtBot, found: Reached | PasswordWanted, words: str
) -> None:
    office = Office()
    section = office.section()
    qtbot.addWidget(section)
    section.address.setText(SERVER)
    qtbot.mouseClick(section.test, Qt.MouseButton.LeftButton)
    if isinstance(found, Reached):
        office.answer.set_result(found)
    else:
        office.answer.set_exception(found)
    qtbot.waitUntil(section.test.isEnabled)
    assert words in section.said.text()
