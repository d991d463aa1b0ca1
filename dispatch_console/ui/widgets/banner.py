"""A sentence with a sign before it on a faint ground, 24 high: of a page's head."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint


class Banner(QWidget):
    """Gives way where there is no room, whole in the tooltip. Sign and words are of colour `token`."""

    def __init__(self, icon: str, token: str, ground: str, font: Callable[[], QFont], most: int = 640) -> None:
        super().__init__()
        self._text = ""
        self._icon, self._token, self._ground, self._font, self._most = icon, token, ground, font, most
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._font()).horizontalAdvance(self._text)
        return QSize(min(self._most, round(width) + 1) + 38, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(160, self.sizeHint().width()), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self.rect(), look.colour(self._ground), None, paint.CHIP_ROUND)
        paint.icon_at(painter, self._icon, self._token, QRect(10, 5, 14, 14))
        painter.setFont(self._font())
        painter.setPen(look.colour(self._token))
        area = self.rect().adjusted(29, 0, -8, 0)
        shown = QFontMetricsF(painter.font()).elidedText(
            self._text, Qt.TextElideMode.ElideRight, area.width() + 0.5
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
