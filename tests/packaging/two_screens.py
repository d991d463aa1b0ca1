"""Run by the tests of screens in a process of its own: the window, and its map in a window of its own.

Arguments: the file of memory, and where to move both: x,y,width,height twice. They open where memory says, are
moved, say by JSON where they are, and are closed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from dispatch_console.services.session import DaySession
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell.hooks import Hooks
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.theme import apply
from tests.factories import small_day


def main(memory_file: str, move_to: str = "") -> None:
    application = QApplication(sys.argv[:1])
    apply.set_up(application, dark=False)
    memory = Memory(Path(memory_file))
    panes = {name: QWidget() for name in ("orders", "board", "map", "timeline", "incidents")}
    window = MainWindow(Desk(DaySession(small_day())), panes, Hooks(), memory)
    window.restore()
    window.area.restore_windows()
    if move_to:
        numbers = [int(number) for number in move_to.split(",")]
        window.showNormal()
        window.setGeometry(QRect(*numbers[:4]))
        window.area.detach("map")
        application.processEvents()
        map_window = panes["map"].window()
        map_window.setGeometry(QRect(*numbers[4:]))
    application.processEvents()
    told = {
        "screens": [_numbers(screen.availableGeometry()) for screen in QGuiApplication.screens()],
        "scale": window.devicePixelRatioF(),
        "window": _numbers(window.geometry()),
        "least": [window.minimumWidth(), window.minimumHeight()],
        "maximised": window.isMaximized(),
        "map": _numbers(panes["map"].window().geometry()) if window.area.detached else [],
    }
    window.close()
    print(json.dumps(told))


def _numbers(area: QRect) -> list[int]:
    return [area.x(), area.y(), area.width(), area.height()]


if __name__ == "__main__":
    main(*sys.argv[1:])
