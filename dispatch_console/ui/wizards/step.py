"""The head of a step: its number, what it is about, and a note at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint

HEIGHT, EDGE = 32, 12
_BOX = 18


class StepHead(QWidget):
    """32 high. The note is cut before the title is."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._title, self._note = number, "", ""
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def title(self) -> str:
        return self._title

    @property
    def note(self) -> str:
        return self._note

    def show_step(self, title: str, note: str = "") -> None:
        """An empty title hides the step."""
        self._title, self._note = title, note
        self.setToolTip(plain(note))
        self.setAccessibleName(f"{self._number}. {title}")
        self.setVisible(bool(title))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRect(EDGE, (HEIGHT - _BOX) // 2, _BOX, _BOX)
        paint.box(painter, box, look.colour("accbg"), None, paint.CHIP_ROUND)
        painter.setFont(look.font("badge"))
        painter.setPen(look.colour("acc"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))
        left = box.right() + 9
        width = self.width() - left - EDGE
        used = paint.text(painter, QRect(left, 0, width, HEIGHT), self._title, "key", "tx")
        room = width - used - EDGE
        shown = QFontMetrics(look.font("data")).elidedText(self._note, Qt.TextElideMode.ElideRight, max(0, room))
        area = QRect(left + used + EDGE, 0, room, HEIGHT)
        paint.text(painter, area, shown, "data", "tx2", Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
