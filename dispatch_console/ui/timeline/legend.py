"""What the signs of the timeline mean, in its head."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.timeline.row import hatch

Sign = Literal["drive", "stop", "done", "wait", "reload", "soon", "planned", "stuck"]

_SIGN = 8  # px
_GAP, _NEXT = 4, 10


class Legend(QWidget):
    """`─ drive  ■ stop  ▨ wait  ┊ window closes within 25 min`; drops its last parts where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._planned: Final[tuple[tuple[Sign, str], ...]] = (
            ("drive", self.tr("drive")),
            ("stop", self.tr("stop")),
            ("wait", self.tr("wait")),
            ("soon", self.tr("window closes within 25 min")),
        )
        self._running: Final[tuple[tuple[Sign, str], ...]] = (
            ("done", self.tr("done")),
            ("stop", self.tr("to do")),
            ("wait", self.tr("wait")),
            ("planned", self.tr("planned back")),
            ("stuck", self.tr("cannot be driven")),
            ("soon", self.tr("window closes within 25 min")),
        )
        self._reload: Final[tuple[Sign, str]] = ("reload", self.tr("reload at depot"))
        self._parts = self._planned
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(text for _, text in self._parts))

    def set_running(self, running: bool, *, reloads: bool = False) -> None:
        """While the vans are out there are other signs; that of reloads only if there are any."""
        parts = self._running if running else self._planned
        if reloads:
            parts = (*parts[:3], self._reload, *parts[3:])
        if parts != self._parts:
            self._parts = parts
            self.setAccessibleName(", ".join(text for _, text in parts))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._width(text) for _, text in self._parts)), 16)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 16)

    def _width(self, text: str) -> float:
        return _SIGN + _GAP + QFontMetricsF(look.font("secondary")).horizontalAdvance(text) + _NEXT

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(look.font("secondary"))
        x, middle = 0.0, self.height() / 2
        for sign, text in self._parts:
            if x + self._width(text) - _NEXT > self.width() + 1:
                return
            _paint_sign(painter, sign, QRectF(x, middle - 4, _SIGN, _SIGN))
            painter.setPen(look.colour("tx3"))
            area = QRectF(x + _SIGN + _GAP, 0, self.width(), self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
            x += self._width(text)


def _paint_sign(painter: QPainter, sign: Sign, area: QRectF) -> None:
    colour, middle = look.colour("tx3"), area.center()
    if sign == "drive":
        painter.fillRect(QRectF(area.left(), round(middle.y()), area.width(), 1), look.colour("done"))
    elif sign == "stop":
        painter.fillRect(area, look.colour("tx2"))
    elif sign == "done":
        painter.fillRect(area, look.colour("done"))
    elif sign == "planned":
        painter.setPen(QPen(colour, 1))
        painter.drawRect(QRectF(round(middle.x()) - 1.5, area.top() - 0.5, 3, 9))
    elif sign == "stuck":
        pen = QPen(look.colour("red"), 1)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
    elif sign == "reload":
        hatch(painter, area, look.colour("tx2"), 3.2, falling=True)
        painter.setPen(QPen(look.colour("tx2"), 1.2))
        painter.drawRect(area)
    elif sign == "wait":
        hatch(painter, area, colour, 3.2)
        painter.setPen(QPen(colour, 0.8))
        painter.drawRect(area)
    else:
        pen = QPen(colour, 1)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        x = round(area.center().x())
        painter.drawLine(QPointF(x, area.top() - 1), QPointF(x, area.bottom() + 1))
