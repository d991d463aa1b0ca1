"""The pills that say what is searched: all, actions, orders, drivers."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.ui.palette.entries import SCOPES, Scope
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import marks, paint

_HEIGHT, _GAP, _PAD = 20, 6, 9


class ScopePills(QWidget):
    """Four pills of 20; the one whose letter is typed is tinted. A click types it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope: Scope = ""

    def show_scope(self, scope: Scope) -> None:
        self._scope = scope
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._areas()[-1][1].right() + 1, _HEIGHT)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        for scope, area in self._areas():
            if area.contains(point):
                self.chosen.emit(scope)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        names = dict(SCOPES)
        for scope, area in self._areas():
            on = bool(scope) and scope == self._scope
            fill, border, ink = ("accbg", "acc", "acc") if on else ("raise", "line", "tx2")
            paint.box(painter, area, look.colour(fill), look.colour(border), _HEIGHT / 2)
            painter.setFont(look.font("secondary"))
            painter.setPen(look.colour(ink))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, names[scope])

    def _areas(self) -> list[tuple[Scope, QRect]]:
        areas: list[tuple[Scope, QRect]] = []
        x = 0
        for scope, name in SCOPES:
            width = marks.text_width(name, "secondary") + 2 * _PAD
            areas.append((scope, QRect(x, 0, width, _HEIGHT)))
            x += width + _GAP
        return areas
