"""Two weights of the small size that only this page uses, and text in lines of 16."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.theme import look

_LINE = 16


@cache
def medium() -> QFont:
    """11 px, 500: the banner."""
    return _weighted(QFont.Weight.Medium)


@cache
def bold() -> QFont:
    """11 px, 600: the fields of columns."""
    return _weighted(QFont.Weight.DemiBold)


def _weighted(weight: QFont.Weight) -> QFont:
    font = QFont(look.font("secondary"))
    font.setWeight(weight)
    return font


class Note(QWidget):
    """Small grey text in lines of 16, as high as it needs, 6 px above and below."""

    def __init__(self, token: str = "tx3", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._token = "", token
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._laid_out(width).lineCount() * _LINE + 12

    def sizeHint(self) -> QSize:
        return QSize(100, self.heightForWidth(max(100, self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(look.colour(self._token))
        layout = self._laid_out(self.width())
        for at in range(layout.lineCount()):
            line = layout.lineAt(at)
            line.draw(painter, QPointF(12, 6 + at * _LINE + (_LINE - line.height()) / 2))

    def _laid_out(self, width: int) -> QTextLayout:
        layout = QTextLayout(self._text, look.font("secondary"))
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(40, width - 20))
        layout.endLayout()
        return layout
