"""The real program on a store file: one backup, one change, the backup brought back by the settings, then the end.

    python -m tests.end2end.bringing_back_child STORE

Prints the depot's name as the window sees it, before and after.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest import mock

import platformdirs
from PySide6.QtCore import QTimer

from dispatch_console import app
from dispatch_console.app import Program
from dispatch_console.domain.plan import Swap
from dispatch_console.services import sample
from dispatch_console.store.base import new_command
from dispatch_console.store.store import open_store
from dispatch_console.ui.settings_page import SettingsPage

_LOOK_MS = 50


def _once(true: Callable[[], bool], then: Callable[[], object]) -> None:
    """`then` as soon as something holds; whoever waits for this process gives up on it."""
    if true():
        then()
    else:
        QTimer.singleShot(_LOOK_MS, lambda: _once(true, then))


class Visitor:
    """Uses each window that the program opens."""

    def __init__(self) -> None:
        self._windows = 0

    def __call__(self, program: Program) -> None:
        self._windows += 1
        QTimer.singleShot(0, lambda: (self._change if self._windows == 1 else self._see)(program))

    def _change(self, program: Program) -> None:
        program.backing_up.keeper.make().result()
        depot = program.store.depots()[0]
        program.store.save_depot(Swap(depot, replace(depot, name="Changed")), "Ada", new_command())
        sys.stdout.write(f"before {program.store.depots()[0].name}\n")
        page = program.window.show_page("settings")
        assert isinstance(page, SettingsPage)
        part = page.backups
        _once(
            lambda: part.list.count() > 0,
            lambda: (part.look.click(), _once(part.bring_back.isVisible, part.bring_back.click)),
        )

    def _see(self, program: Program) -> None:
        sys.stdout.write(f"after {program.store.depots()[0].name}\n")
        program.window.close()


def main(file: Path) -> int:
    store = open_store(file)
    sample.ensure(store)
    store.close()
    visit, show = Visitor(), Program.show

    def shown(program: Program) -> None:
        show(program)
        visit(program)

    arguments = argparse.Namespace(
        command=None, store=str(file), demo=False, day=sample.day(), region=None, day_file=None
    )
    here = mock.patch.object(platformdirs, "user_config_path", return_value=file.parent)
    with here, mock.patch.object(Program, "show", shown):
        return app.run(arguments)


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    sys.exit(main(Path(sys.argv[1])))
