"""Run by a test in a process of its own: the whole program opens its window, and closes it as soon as it stands.

It has no standard streams, as a program of windows on Windows.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer

from dispatch_console import app
from dispatch_console.cli import main as commands


class Glanced(app.Program):
    def show(self) -> None:
        super().show()
        QTimer.singleShot(0, self.window.close)


if __name__ == "__main__":
    sys.stdin = sys.stdout = sys.stderr = None  # type: ignore[assignment]  # as there
    app.Program = Glanced  # type: ignore[misc]  # the window that is built
    sys.exit(commands.run(sys.argv[1:], app.run))
