"""How far the search is: a bar of 4 px under one line of text."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint


class Bar(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(4)

    def set_share(self, share: float) -> None:
        """From 0 to 1."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self.rect(), look.colour("line2"), None, 2)
        done = QRect(0, 0, round(self.width() * self._share), self.height())
        if done.width() > 0:
            paint.box(painter, done, look.colour("acc"), None, 2)
