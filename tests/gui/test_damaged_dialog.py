"""The dialog before the window: what happened to the store, and the ways to go on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.services import rescue
from dispatch_console.store import backups
from dispatch_console.store.store import Store, open_store
from dispatch_console.ui.shell import damaged
from dispatch_console.ui.shell.damaged import DamagedDialog
from dispatch_console.ui.widgets import Text
from tests.store.filling import small_store

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store with a backup, then all zeros."""
    file = tmp_path / "store.db"
    store = open_store(file)
    small_store(store)
    store.close()
    backups.make(file, backups.folder_of(file), "change", NOW - dt.timedelta(minutes=12))
    file.write_bytes(bytes(9000))
    return file


def _opened(file: Path, themed: QApplication, answer: Callable[[DamagedDialog], object]) -> Store | None:
    """What `opened` gives when the dialog is answered so."""

    def find() -> None:
        dialog = themed.activeModalWidget()
        assert isinstance(dialog, DamagedDialog)
        answer(dialog)

    QTimer.singleShot(0, find)
    return damaged.opened(lambda: open_store(file), str(file), None)


def _orders(store: Store | None) -> int:
    assert store is not None
    depots = store.depots()
    counted = sum(day.orders for depot in depots for day in store.list_days(depot.id))
    store.close()
    return counted


def test_enter_brings_back_the_newest_good_backup(file: Path, themed: QApplication, qtbot: QtBot) -> None:
    def answer(dialog: DamagedDialog) -> None:
        assert re.search(r"backup of .* old; 6 orders\)$", dialog.bring_back.text())
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    assert _orders(_opened(file, themed, answer)) == 6
    assert [aside.read_bytes() for aside in file.parent.glob("*_damaged.db")] == [bytes(9000)]


def test_an_empty_store_leaves_the_damaged_file_aside(file: Path, themed: QApplication, qtbot: QtBot) -> None:
    store = _opened(file, themed, lambda dialog: dialog.begin_anew.click())
    assert store is not None and store.depots() == []
    store.close()
    assert [aside.read_bytes() for aside in file.parent.glob("*_damaged.db")] == [bytes(9000)]


def test_who_quits_has_changed_nothing(file: Path, themed: QApplication, qtbot: QtBot) -> None:
    assert _opened(file, themed, lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape)) is None
    assert file.read_bytes() == bytes(9000)


def test_a_store_that_is_gone_is_asked_about_before_a_new_one_is_made(
    file: Path, themed: QApplication, qtbot: QtBot
) -> None:
    file.unlink()
    said: list[str] = []

    def answer(dialog: DamagedDialog) -> None:
        said.extend(text.text() for text in dialog.findChildren(Text))
        dialog.bring_back.click()

    assert _orders(_opened(file, themed, answer)) == 6
    assert said[0] == "Your store is not there"


def test_what_cannot_be_done_is_said_and_can_be_chosen_again(
    file: Path, themed: QApplication, qtbot: QtBot
) -> None:
    dialog = DamagedDialog(rescue.look(file), NOW)
    qtbot.addWidget(dialog)
    dialog.show()
    for backup in backups.list_all(file, backups.folder_of(file)):
        backup.file.unlink()
    dialog.bring_back.click()
    assert "There is no backup" in dialog.trouble.text() and dialog.trouble.isVisible()
    assert dialog.isVisible() and file.read_bytes() == bytes(9000)
    dialog.begin_anew.click()
    assert not file.exists()


def test_without_a_good_backup_only_two_ways_are_left(file: Path, themed: QApplication, qtbot: QtBot) -> None:
    for backup in backups.list_all(file, backups.folder_of(file)):
        backup.file.write_bytes(b"spoilt")
    dialog = DamagedDialog(rescue.look(file), NOW)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.bring_back.isHidden()
    assert dialog.focusWidget() is dialog.quit


def test_a_sound_store_is_opened_without_a_word(tmp_path: Path, themed: QApplication) -> None:
    store = damaged.opened(lambda: open_store(tmp_path / "new.db"), str(tmp_path / "new.db"), None)
    assert store is not None
    store.close()
