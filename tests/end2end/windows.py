"""The whole program in this process, on a store of its own."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console import app
from dispatch_console.services import sample
from dispatch_console.store.store import Store, open_store
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.regional import KEY
from dispatch_console.ui.theme import apply

#: Puts a day into a fresh store, and says which.
Fill = Callable[[Store], dt.date]


def sample_day(store: Store) -> dt.date:
    """The sample depot's."""
    sample.ensure(store)
    return sample.day()


class Open:
    """Opens the program with the pack that was in use last time (None: whatever was); the one before is ended.
    `hear` gets each message, from the start on."""

    def __init__(self, folder: Path, qapp: QApplication, qtbot: QtBot, where: str | None = None) -> None:
        self._folder, self._qapp, self._qtbot = folder, qapp, qtbot
        self._where = where or str(folder / "day.db")
        self._opened: list[app.Program] = []

    def __call__(
        self,
        pack: Path | None = None,
        hear: Callable[[str, str], object] = lambda text, kind: None,
        fill: Fill = sample_day,
        dark: bool = False,
    ) -> app.Program:
        self.end()
        apply.set_up(self._qapp, dark)
        store = open_store(self._where)
        memory = Memory(self._folder / "window.ini")
        if pack is not None:
            memory.set_text(KEY, str(pack))
        arguments = argparse.Namespace(command=None, store=None, demo=False, day=fill(store))
        program = app.Program(self._qapp, store, memory, arguments)
        self._opened.append(program)
        program.desk.message.connect(hear)
        with self._qtbot.waitSignal(program.parts.map.view.shown):
            program.window.resize(1920, 1048)
            program.window.show()
        return program

    def end(self) -> None:
        """End what was opened."""
        while self._opened:
            self._opened.pop().end()
