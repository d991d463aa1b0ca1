"""Dialogs for files begin where the last one of their kind ended, from one start to the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.shell.memory import Memory


class System:
    """The system's dialogs: where they were opened, and what they answer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun: list[str] = []
        self.answer = ""
        monkeypatch.setattr(QFileDialog, "getOpenFileName", self._one)
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", self._many)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", self._one)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", self._folder)

    def _one(self, _parent: QWidget, _title: str, where: str, _kinds: str) -> tuple[str, str]:
        self.begun.append(where)
        return self.answer, ""

    def _many(self, _parent: QWidget, _title: str, where: str, _kinds: str) -> tuple[list[str], str]:
        self.begun.append(where)
        return [self.answer] if self.answer else [], ""

    def _folder(self, _parent: QWidget, _title: str, where: str) -> str:
        self.begun.append(where)
        return self.answer


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    return System(monkeypatch)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_every_kind_has_its_folder_from_one_start_to_the_next(
    system: System, parent: QWidget, tmp_path: Path
) -> None:
    for name in ("mail", "office", "papers"):
        (tmp_path / name).mkdir()
    memory = Memory(tmp_path / "window.ini")
    files = FileDialogs(memory)
    system.answer = str(tmp_path / "mail" / "orders.csv")
    assert files.open_many(parent, "orders", "", "") == [system.answer]
    system.answer = str(tmp_path / "office" / "fleet.csv")
    assert files.open_one(parent, "fleet", "", "") == system.answer
    system.answer = str(tmp_path / "papers")
    assert files.folder(parent, "pdf", "") == system.answer
    memory.flush()
    again, system.begun = FileDialogs(Memory(tmp_path / "window.ini")), []
    system.answer = ""
    again.open_many(parent, "orders", "", "")
    again.open_one(parent, "fleet", "", "")
    again.folder(parent, "pdf", "")
    again.open_one(parent, "map", "", "")
    begun = [str(tmp_path / name) for name in ("mail", "office", "papers", "papers")]
    assert system.begun == begun  # a kind never used begins where the last dialog ended


def test_a_proposed_name_stands_in_the_folder_used_last(system: System, parent: QWidget, tmp_path: Path) -> None:
    files = FileDialogs(Memory())
    system.answer = str(tmp_path / "orders.csv")
    files.open_many(parent, "orders", "", "")
    files.save(parent, "orders", "", "bad.csv", "")
    files.save(parent, "orders", "", str(tmp_path / "sub" / "bad.csv"), "")
    assert system.begun[1:] == [str(tmp_path / "bad.csv"), str(tmp_path / "sub" / "bad.csv")]


def test_a_folder_that_is_gone_and_a_cancelled_dialog_change_nothing(
    system: System, parent: QWidget, tmp_path: Path
) -> None:
    memory = Memory()
    files = FileDialogs(memory)
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    assert files.open_one(parent, "fleet", "", "") == ""
    assert memory.text("folder/fleet") == ""
    memory.set_text("folder/fleet", str(tmp_path / "gone"))
    files.open_one(parent, "fleet", "", "")
    assert system.begun == [home, home]


def test_what_is_offered_for_trying_is_not_remembered(tmp_path: Path, system: System) -> None:
    memory = Memory(tmp_path / "window.ini")
    files = FileDialogs(memory)
    trying, own = tmp_path / "trying", tmp_path / "own"
    trying.mkdir()
    own.mkdir()
    files.offer("orders", trying)
    system.answer = str(trying / "late.csv")
    parent = QWidget()
    assert files.open_many(parent, "orders", "Open", "*") == [system.answer]
    assert not memory.text("folder/orders")
    system.answer = str(own / "orders.csv")
    for _ in range(2):
        files.open_many(parent, "orders", "Open", "*")
    assert system.begun == [str(trying), str(trying), str(own)]
