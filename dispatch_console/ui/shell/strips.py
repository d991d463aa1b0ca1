"""A line of a strip between the toolbar and the pages: what is to be known, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, Text, paint


class StripRow(QWidget):
    """A sign, a bold title and a sentence after it, buttons at the right; more may stand below."""

    def __init__(self, icon: str, token: str, ground: str) -> None:
        super().__init__()
        self._icon, self._token, self._ground = icon, token, ground
        self.title = Text("", "key", token)
        self.words = Text("", "data", "tx")
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._line = QHBoxLayout()
        self._line.setSpacing(8)
        self._line.addWidget(self.title, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(self.words, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(34, 5, 12, 6)
        self.column.setSpacing(4)
        self.column.addLayout(self._line)

    def add(self, button: Button) -> None:
        self._line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_words(self, title: str, words: str) -> None:
        self.title.setText(title)
        self.words.setText(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour(self._ground))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        middle = self._line.geometry().center().y()
        paint.icon_at(painter, self._icon, self._token, QRect(12, middle - 7, 15, 15))
