"""The buttons of the panel: 48 high at its foot. What they say follows the search."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button

Mode = Literal["running", "ending", "better", "nothing"]
HEIGHT = 48


class Footer(QWidget):
    """`yes`: stop and keep, or accept. `no`: cancel, discard or close. `again`: search on."""

    yes = Signal()
    no = Signal()
    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.stop = Button(self.tr("Stop and keep"), "ph.check-circle", kind="primary", size=32)
        self.accept = Button(self.tr("Accept"), kind="primary", size=32, key="Ctrl+↵")
        self.more = Button(self.tr("Search again"), size=32)
        self.leave = Button(self.tr("Cancel"), kind="quiet", size=32, key="Esc")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 8, 0)
        row.setSpacing(8)
        for button in (self.stop, self.accept, self.more):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.leave)
        self.stop.clicked.connect(self.yes)
        self.accept.clicked.connect(self.yes)
        self.more.clicked.connect(self.again)
        self.leave.clicked.connect(self.no)
        self.set_mode("running")

    def set_mode(self, mode: Mode) -> None:
        """What can be done now."""
        self.mode = mode
        searching = mode in ("running", "ending")
        self.stop.setVisible(searching)
        self.stop.set_why_not(self.tr("The search is ending.") if mode == "ending" else None)
        self.accept.setVisible(mode == "better")
        self.more.setVisible(mode == "nothing")
        words = {"better": self.tr("Discard"), "nothing": self.tr("Close")}
        self.leave.set_label(words.get(mode, self.tr("Cancel")))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))
