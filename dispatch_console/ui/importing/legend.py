"""The keys of the page, at the foot of its side."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.ui.importing.strip import keys
from dispatch_console.ui.theme import look


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
            row = keys(line, 10)
            row.addStretch(1)
            column.addLayout(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))
