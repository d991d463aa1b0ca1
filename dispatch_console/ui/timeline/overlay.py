"""What lies under and over the rows: grid, axis with the time tag, what a drag would do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.timeline.scale import LABELS, Scale

AXIS: Final = 22  # px
_HOUR = 3600


class _Layer(pg.GraphicsObject):
    """Covers the whole chart."""

    def __init__(self, scale: Scale, height: Callable[[], float]) -> None:
        super().__init__()
        self._scale, self._height = scale, height

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._scale.width, self._height())

    def resized(self) -> None:
        self.prepareGeometryChange()
        self.update()


class Grid(_Layer):
    """Lines at hours and half hours, under the rows."""

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colour = look.colour("line2")
        for seconds in self._scale.ticks():
            x = round(self._scale.x(seconds))
            if x >= LABELS:
                painter.fillRect(QRectF(x, AXIS, 1, self._height() - AXIS), colour)


class Axis(_Layer):
    """The hours, on the pane's ground so that rows scroll away beneath it; the now-line through all rows.

    `hhmm` writes a time, `now` gives the current one or None.
    """

    def __init__(
        self, scale: Scale, height: Callable[[], float], hhmm: Callable[[int], str], now: Callable[[], int | None]
    ) -> None:
        super().__init__(scale, height)
        self._hhmm, self._now = hhmm, now
        self.setZValue(10)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.fillRect(QRectF(0, 0, self._scale.width, AXIS), look.colour("pane"))
        painter.setFont(look.font("secondary"))
        wide, hidden = QFontMetricsF(painter.font()).horizontalAdvance("00:00"), self._tag()
        every = _HOUR if self._scale.per_second * _HOUR >= 46 else 2 * _HOUR
        for seconds in self._scale.ticks():
            x = round(self._scale.x(seconds))
            if seconds % every or x < LABELS:
                continue
            painter.fillRect(QRectF(x, AXIS - 6, 1, 6), look.colour("line2"))
            painter.setPen(look.colour("tx3"))
            if hidden is None or not hidden.intersects(QRectF(x + 5, 2, wide, 15)):
                painter.drawText(QPointF(x + 5, 15), self._hhmm(seconds))
        self._paint_now(painter)

    def _tag(self) -> QRectF | None:
        """Where the tag of the current time is; None: it is out of sight. No label is half behind it."""
        now = self._now()
        x = self._scale.x(now) if now is not None else -1.0
        return QRectF(round(x) - 18, 2, 36, 15) if LABELS <= x <= self._scale.width else None

    def _paint_now(self, painter: QPainter) -> None:
        now, tag = self._now(), self._tag()
        if now is None or tag is None:
            return
        x = self._scale.x(now)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        red = look.colour("red")
        painter.fillRect(QRectF(round(x - 0.75), 17, 1.5, self._height() - 17), red)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(red)
        painter.drawRoundedRect(tag, 2, 2)
        painter.setPen(look.colour("pane"))
        painter.setFont(look.font("chip"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, self._hhmm(now))


@dataclass(frozen=True)
class Aim:
    """Where a drag would drop: at time `at_s` of the row at `y` (px), or on its label (None: best place)."""

    y: float
    pitch: float
    at_s: float | None
    text: str
    bad: bool


class DropMark(_Layer):
    """A line in the slot and a tag that says what dropping there does."""

    def __init__(self, scale: Scale, height: Callable[[], float]) -> None:
        super().__init__(scale, height)
        self.aim: Aim | None = None
        self.setZValue(20)

    def show_aim(self, aim: Aim | None) -> None:
        if aim != self.aim:
            self.aim = aim
            self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        aim = self.aim
        if aim is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = look.colour("red" if aim.bad else "acc")
        x = float(LABELS)
        if aim.at_s is not None:
            x = min(max(self._scale.x(aim.at_s), LABELS + 1.0), self._scale.width - 2.0)
            painter.fillRect(QRectF(x - 1, aim.y, 2, aim.pitch), colour)
        else:
            painter.setPen(QPen(colour, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(6.5, aim.y + 0.5, LABELS - 12, aim.pitch - 2), 3, 3)
        if aim.text:
            self._paint_tag(painter, aim, x)

    def _paint_tag(self, painter: QPainter, aim: Aim, x: float) -> None:
        font = look.font("secondary")
        width = QFontMetricsF(font).horizontalAdvance(aim.text) + 14
        left = min(x + 6, self._scale.width - width - 4)
        above = aim.y - 20 >= AXIS
        tag = QRectF(left, aim.y - 20 if above else aim.y + aim.pitch + 2, width, 18)
        painter.setPen(QPen(look.colour("red" if aim.bad else "acc"), 1))
        painter.setBrush(look.colour("redbg" if aim.bad else "accbg"))
        painter.drawRoundedRect(tag, 3, 3)
        painter.setFont(font)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, aim.text)
