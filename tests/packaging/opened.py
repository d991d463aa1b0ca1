"""Run by a test in a process of its own: the whole program opens its window, and closes it as soon as it stands.

It has no standard streams, as a program of windows on Windows.
"""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QTimer

from dispatch_console import app
from dispatch_console.cli import main as commands


class Glanced(app.Program):
    def show(self) -> None:
        super().show()
        QTimer.singleShot(0, self.window.close)


if __name__ == "__main__":
    system: Any = sys
    system.stdin = system.stdout = system.stderr = None
    root: Any = app
    root.Program = Glanced
    sys.exit(commands.run(sys.argv[1:], app.run))
