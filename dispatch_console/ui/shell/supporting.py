"""The bundle for support: asked for in the palette or in the settings, written beside the window."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from dispatch_console.services import diagnostics
from dispatch_console.services.lookup import Store
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later

ID = "support.diagnostics"


class Supporting(QObject):
    """The action, and what it does."""

    def __init__(self, desk: Desk, store: Store, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._store, self._window = desk, store, window
        self._later = Later(self)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="diagnostics")
        text, hint = self.tr("Diagnostics for support…"), self.tr("versions, counts and the log; no customers")
        aka = "bundle log report error help"
        icon = "ph.wrench"
        desk.actions.add(Action(ID, text, self.save, icon=icon, hint=hint, group=self.tr("Help"), aka=aka))

    def save(self) -> None:
        """Ask for a file, then write it."""
        title, kinds = self.tr("Diagnostics for support"), self.tr("Archives (*.zip)")
        name = self._desk.files.save(self._window, "support", title, "dispatch-diagnostics.zip", kinds)
        if name:
            self.write(Path(name))

    def write(self, target: Path) -> None:
        store, day, window = self._store, self._desk.day, on_screen()
        made = self._pool.submit(lambda: diagnostics.write(target, None, store, day, window=window))
        told = self.tr("Written: {file}. It holds no customers.").format(file=target.name)
        self._later.when(made, lambda _: self._desk.message.emit(told, "info"), self._desk.sorry)

    def close(self) -> None:
        """Finish what is being written."""
        self._pool.shutdown(wait=True)


def on_screen() -> dict[str, Any]:
    """Qt and the screens."""
    screens = [
        {
            "size": f"{screen.size().width()}x{screen.size().height()}",
            "scale": screen.devicePixelRatio(),
            "dpi": round(screen.logicalDotsPerInch()),
        }
        for screen in QGuiApplication.screens()
    ]
    return {"qt": qVersion(), "platform": QGuiApplication.platformName(), "screens": screens}
