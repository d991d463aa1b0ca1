"""The head of a page: 56 px with the way back, title, a note, and buttons at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets.buttons import IconButton
from dispatch_console.ui.widgets.marks import Text

HEIGHT = 56


class PageHead(QWidget):
    """`back` is emitted by the arrow; pages show it as their way out (Esc does the same)."""

    back = Signal()

    def __init__(self, title: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title, self._note = Text(title, "page"), Text(note, "secondary", "tx2")
        arrow = IconButton("ph.arrow-left", self.tr("Back to the day (Esc)"), size=32)
        arrow.clicked.connect(self.back)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._note)
        words.addStretch(1)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 1)
        row.setSpacing(12)
        row.addWidget(arrow)
        row.addLayout(words)
        row.addStretch(1)
        row.addLayout(self._tools)
        self.set_note(note)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_note(self, note: str) -> None:
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def add_tool(self, tool: QWidget) -> None:
        self._tools.addWidget(tool)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
