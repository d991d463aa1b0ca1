"""A pane in a window of its own, for a second screen. Closing it brings the pane back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.ui.shell import standing
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.theme import look


class DetachedPane(QWidget):
    """`closed` asks for the pane to be taken back; whoever hears it calls `release`."""

    closed = Signal()

    def __init__(self, name: str, title: str, pane: QWidget, memory: Memory) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._title, self._framed = title, ""
        self._key = f"window/{name}"
        self._memory = memory
        self._pane = pane
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)
        self._column = column
        self.set_framed("", 0)
        pane.show()
        self._place()

    def set_framed(self, name: str, width: int) -> None:
        """An accent frame of `width` px, and `name` in the title; empty: none."""
        self._framed = name
        self.setWindowTitle(f"{f'{name} – ' if name else ''}{self._title} – Dispatch Console")
        self._column.setContentsMargins(width, width, width, width)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._framed:
            QPainter(self).fillRect(self.rect(), look.colour("acc"))

    def release(self) -> None:
        """Let go of the pane and vanish."""
        self._keep_place()
        self._pane.setParent(None)
        self.hide()
        self.deleteLater()

    def leave(self) -> None:
        """The program ends: vanish without a word, the pane stays inside."""
        self._keep_place()
        self.blockSignals(True)
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()

    def _keep_place(self) -> None:
        standing.keep(self._memory, self._key, self)

    def _place(self) -> None:
        kept = standing.kept(self._memory, self._key)
        if kept is not None:
            self.setGeometry(kept)
            return
        screens = QGuiApplication.screens()
        other = screens[-1].availableGeometry()
        self.resize(min(900, other.width()), min(700, other.height()))
        self.move(other.topLeft() if len(screens) > 1 else other.center() - self.rect().center())
