"""The keys of the list, at its foot: as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import marks

HEIGHT: Final = 28
_CAP_GAP, _WORD_GAP = 4, 9


class KeysFooter(QWidget):
    """`pairs`: keys and what they do, the most wanted first."""

    def __init__(self, pairs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs = tuple(pairs)
        self.setFixedHeight(HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))
        x = 12
        for key, word in self._pairs:
            cap, text = marks.key_width(key), marks.text_width(word, "secondary") + 1
            if x + cap + _CAP_GAP + text > self.width() - 8:
                return
            marks.paint_key(painter, QRect(x, (HEIGHT - 18) // 2 + 1, cap, 18), key)
            x += cap + _CAP_GAP
            painter.setFont(look.font("secondary"))
            painter.setPen(look.colour("tx2"))
            painter.drawText(QRect(x, 1, text, HEIGHT - 1), Qt.AlignmentFlag.AlignVCenter, word)
            x += text + _WORD_GAP
