"""Lines that give way where there is no room: plain, and as a banner with a sign on a faint ground."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint


class Elided(QWidget):
    """A line of text that gives way: cut in its middle where there is no room, whole in the tooltip."""

    def __init__(self, text: str, font: Callable[[], QFont], token: str, most: int = 420) -> None:
        super().__init__()
        self._text, self._font, self._token, self._most = text, font, token, most
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = text
        self.setToolTip(plain(text))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._font()).horizontalAdvance(self._text)
        return QSize(min(self._most, round(width) + 1), 16)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(90, self.sizeHint().width()), 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_words(QPainter(self), self.rect(), Qt.TextElideMode.ElideMiddle)

    def _paint_words(self, painter: QPainter, area: QRect, cut: Qt.TextElideMode) -> None:
        painter.setFont(self._font())
        painter.setPen(look.colour(self._token))
        shown = QFontMetricsF(painter.font()).elidedText(self._text, cut, area.width() + 0.5)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class Banner(Elided):
    """24 high: sign and words of colour `token`, on `ground`; cut at the right."""

    def __init__(self, icon: str, token: str, ground: str, font: Callable[[], QFont], most: int = 640) -> None:
        super().__init__("", font, token, most)
        self._icon, self._ground = icon, ground
        self.setFixedHeight(24)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + 38, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(160, self.sizeHint().width()), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self.rect(), look.colour(self._ground), None, paint.CHIP_ROUND)
        paint.icon_at(painter, self._icon, self._token, QRect(10, 5, 14, 14))
        self._paint_words(painter, self.rect().adjusted(29, 0, -8, 0), Qt.TextElideMode.ElideRight)
