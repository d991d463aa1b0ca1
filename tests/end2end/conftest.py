"""The real program: as a process on a screen of its own where the machine has one, else in this process."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.services.regions import use
from dispatch_console.ui.map import register_scheme
from tests import packs
from tests.end2end import desktop
from tests.end2end.desktop import Console, Screen
from tests.end2end.windows import Open
from tests.map.conftest import ENGINE_NOISE

register_scheme()  # before any test makes the QApplication


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/end2end/" in item.nodeid:
            item.add_marker(pytest.mark.qt_log_ignore(*ENGINE_NOISE, extend=True))


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    if not desktop.available():
        pytest.skip("needs a Linux machine with Xvfb and xdotool; the same walks are tried in process")
    screen = Screen()
    yield screen
    screen.close()


@pytest.fixture
def start(screen: Screen, town_pack: Path, tmp_path: Path) -> Iterator[Callable[..., Console]]:
    """Starts the program with these arguments; it is stopped at the end. The sample's region is built already."""
    packs.lend(town_pack, tmp_path / "home")
    started: list[Console] = []

    def begin(*arguments: str | Path) -> Console:
        started.append(Console(screen, tmp_path / "home", *arguments))
        return started[-1]

    yield begin
    for console in started:
        console.kill()


@pytest.fixture
def open_program(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, hooks: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """The program in this process; it is ended at the end. Its matrices are kept by no other test."""
    monkeypatch.setattr(use, "cache_folder", lambda: tmp_path / "matrices")
    opening = Open(tmp_path, qapp, qtbot)
    yield opening
    opening.end()


@pytest.fixture
def hooks() -> Iterator[None]:
    """The program takes over what nobody caught; the tests get it back."""
    kept = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = kept
