"""The bundle for support is asked for in the palette and in the settings, and written beside the window."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest
from pytestqt.qtbot import QtBot

from dispatch_console.store.store import open_store
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.shell.supporting import ID, Supporting
from dispatch_console.ui.shell.window import MainWindow
from tests.patience import PATIENCE_S
from tests.store.filling import small_store


class Chosen(FileDialogs):
    """Where the user would have saved it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def save(self, *_args: object) -> str:
        return self.name


@pytest.fixture
def supporting(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Supporting]:
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_a, **_k: tmp_path / "log")
    store = open_store(tmp_path / "dispatch.db")
    small_store(store)
    supporting = Supporting(window.desk, store, window)
    yield supporting
    supporting.close()
    store.close()


def test_it_is_written_where_the_user_says(
    supporting: Supporting, window: MainWindow, tmp_path: Path, qtbot: QtBot
):
    desk: Desk = window.desk
    desk.files = Chosen(str(tmp_path / "support.zip"))
    with qtbot.waitSignal(desk.message, timeout=PATIENCE_S * 1000) as told:
        desk.actions[ID].run()
    assert told.args == ["Written: support.zip. It holds no customers.", "info"]
    with zipfile.ZipFile(tmp_path / "support.zip") as bundle:
        assert json.loads(bundle.read("window.json"))["screens"]
        assert json.loads(bundle.read("plan.json"))["orders"] == len(desk.day.orders)


def test_who_cancels_gets_none(supporting: Supporting, window: MainWindow, tmp_path: Path) -> None:
    window.desk.files = Chosen("")
    window.desk.actions[ID].run()
    assert list(tmp_path.glob("*.zip")) == []


def test_why_it_could_not_be_written_is_said(
    supporting: Supporting, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.desk.message, timeout=PATIENCE_S * 1000) as told:
        supporting.write(tmp_path / "nowhere" / "support.zip")
    assert told.args is not None
    assert "cannot be written" in told.args[0]
