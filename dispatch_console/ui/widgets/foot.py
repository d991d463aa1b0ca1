"""The foot of a panel: 48 px with its buttons, a rule above."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dispatch_console.ui.theme import look

HEIGHT = 48


class PanelFoot(QWidget):
    """`stand` puts what can be done at the left and the way out, or a note, at the right: `wide`, all the rest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)

    def stand(self, *left: QWidget, right: QWidget, wide: bool = False) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 8, 0)
        row.setSpacing(8)
        for part in left:
            row.addWidget(part)
        if not wide:
            row.addStretch(1)
        row.addWidget(right, 1 if wide else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))
