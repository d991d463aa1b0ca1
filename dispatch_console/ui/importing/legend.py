"""The keys of the page, at the foot of its side."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import KeyCap, Text


class Legend(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(81)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 11, 12, 10)
        column.setSpacing(2)
        for line in (
            (("F8", self.tr("next problem")), ("Alt+↓", self.tr("field of a column"))),
            (("Ctrl+Z", self.tr("undo a repair")), ("F2", self.tr("type into a cell"))),
            (("Ctrl+↵", self.tr("import")), ("Esc", self.tr("back, nothing is kept"))),
        ):
            column.addLayout(self._line(line))

    def _line(self, pairs: tuple[tuple[str, str], ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for at, (key, word) in enumerate(pairs):
            if at:
                row.addSpacing(6)
            row.addWidget(KeyCap(key))
            text = Text(word, "data", "tx2")
            text.setContentsMargins(0, 0, 0, 2)
            row.addWidget(text)
        row.addStretch(1)
        return row

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))
