"""A page that keeps its keys to itself and takes files that are dropped on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QWidget


class OwnPage(QWidget):
    """Its keys are its own while the focus is in it, whatever the window uses them for."""

    def key_action(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does on this page; None: it is not ours. Asked twice for each key, so it only looks up."""
        return None

    def take_files(self, paths: list[Path]) -> None:
        """Files of this machine were dropped on the page; there is at least one."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self.key_action(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        run = self.key_action(event)
        if run is not None:
            run()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _files(event)
        if paths:
            event.acceptProposedAction()
            self.take_files(paths)


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
