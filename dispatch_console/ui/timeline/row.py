"""One driver's row, label to last bar: one graphics object, painted from arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from dispatch_console.domain.orders import StopId
from dispatch_console.domain.schedule import Pause, Reload
from dispatch_console.ui.theme import look, tokens
from dispatch_console.ui.timeline.rowdata import RowData
from dispatch_console.ui.timeline.scale import LABELS, Scale
from dispatch_console.ui.widgets import paint_chip

_NUMBER_FROM: Final = 17  # px of a bar from which on its number of two signs is written
_SIGN: Final = 7  # px that each further sign takes
_AA = QPainter.RenderHint.Antialiasing


@dataclass
class Mood:
    """What all rows share: selection, what is being dragged, height of a row (px), whether text fits into bars."""

    selected: frozenset[StopId] = frozenset()
    held: frozenset[StopId] = frozenset()
    pitch: float = 18.0
    compact: bool = False

    @property
    def bar(self) -> float:
        """Height of a bar."""
        return float(min(11, int(self.pitch) - 5))

    @property
    def top(self) -> float:
        """Where a bar begins in its row."""
        return float((int(self.pitch) - int(self.bar)) // 2)


class Row(pg.GraphicsObject):
    """Lies at the top left of its row in scene pixels. `data` is replaced, never changed."""

    def __init__(self, data: RowData, scale: Scale, mood: Mood) -> None:
        super().__init__()
        self.data_now = data
        self._scale, self._mood = scale, mood

    def set_data(self, data: RowData) -> None:
        self.data_now = data
        self.update()

    def resized(self) -> None:
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0, -2, self._scale.width, self._mood.pitch + 4)

    def bar_at(self, x: float) -> int | None:
        """Index of the visit whose bar lies at pixel `x`, a little slack included."""
        data, scale = self.data_now, self._scale
        if not data.stops or x < LABELS:
            return None
        left, right = scale.xs(data.begin) - 2, np.maximum(scale.xs(data.depart), scale.xs(data.begin) + 2) + 2
        found = np.flatnonzero((left <= x) & (x <= right))
        return int(found[-1]) if len(found) else None

    def between_at(self, x: float) -> Pause | Reload | None:
        """The break or reload at pixel `x`, a little slack included."""
        data, scale = self.data_now, self._scale
        for reload in data.reloads:
            if scale.x(reload.arrive) - 2 <= x <= scale.x(reload.depart) + 2:
                return reload
        found = (p for p in data.pauses if scale.x(p.begin) - 2 <= x <= scale.x(p.end) + 2)
        return next(found, None) if x >= LABELS else None

    def bar_rect(self, at: int) -> QRectF:
        """The bar of a visit, in this row's pixels."""
        data, scale, mood = self.data_now, self._scale, self._mood
        left = scale.x(float(data.begin[at]))
        width = max(scale.x(float(data.depart[at])) - left, 2.0)
        return QRectF(left, mood.top, width, mood.bar)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        mood, data = self._mood, self.data_now
        painter.fillRect(QRectF(0, round(mood.pitch) - 1, self._scale.width, 1), look.colour("line2"))
        painter.save()
        painter.setClipRect(QRectF(LABELS, -2, self._scale.width - LABELS, mood.pitch + 4))
        if data.stops:
            self._paint_route(painter)
        painter.restore()
        self._paint_label(painter)

    # --- the route, back to front ---

    def _paint_route(self, painter: QPainter) -> None:
        colours = look.route(self.data_now.shift.slot)
        fill = QColor(colours.fill)
        painter.setRenderHint(_AA)
        self._paint_drive(painter, fill, colours.dashed)
        self._paint_waits(painter)
        self._paint_bars(painter, fill, QColor(colours.ink))
        self._paint_breaks(painter)
        self._paint_reloads(painter)
        self._paint_selection(painter)
        self._paint_windows(painter)

    def _paint_drive(self, painter: QPainter, fill: QColor, dashed: bool) -> None:
        scale, data, mid = self._scale, self.data_now, self._mood.top + self._mood.bar / 2
        start, end = scale.x(data.start), scale.x(data.end)
        driven = scale.x(data.driven)
        pen = QPen(fill, 1.5)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        for x in (start, end):
            painter.drawLine(QPointF(x, mid - 4.5), QPointF(x, mid + 4.5))
        if data.planned_end is not None:
            self._paint_planned_end(painter, data.planned_end, mid)
        if driven > start:
            painter.setPen(QPen(look.colour("done"), 1.5))
            painter.drawLine(QPointF(start, mid), QPointF(driven, mid))
        if dashed:
            pen.setDashPattern([4, 2])
        painter.setPen(pen)
        painter.drawLine(QPointF(max(start, driven), mid), QPointF(end, mid))

    def _paint_planned_end(self, painter: QPainter, seconds: float, mid: float) -> None:
        """A hollow mark where the route was to end when it was approved."""
        x = self._scale.x(seconds)
        painter.save()
        painter.setPen(QPen(look.colour("tx3"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(round(x) - 1.5, mid - 4.5, 3, 9))
        painter.restore()

    def _paint_waits(self, painter: QPainter) -> None:
        data, mood = self.data_now, self._mood
        top = mood.top
        for at in np.flatnonzero(data.waits).tolist():
            left, right = self._scale.x(float(data.arrive[at])), self._scale.x(float(data.begin[at]))
            area = QRectF(left, top, right - left, mood.bar)
            if not self._visible(area):
                continue
            painter.fillRect(area, look.colour("pane"))
            hatch(painter, area, look.colour("tx3"))
            painter.setPen(QPen(look.colour("tx3"), 0.8))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area)

    def _paint_bars(self, painter: QPainter, fill: QColor, ink: QColor) -> None:
        data, mood = self.data_now, self._mood
        done = look.colour("done")
        done_ink = QColor(tokens.ink_on(done.name()))
        painter.setFont(number_font())
        for at, area in self._bars():
            if not self._visible(area):
                continue
            is_done = bool(data.done[at])
            stuck = data.stuck and not is_done
            painter.setOpacity(0.4 if data.stops[at] in mood.held else 1.0)
            painter.setPen(_stuck_pen() if stuck else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("pane") if stuck else done if is_done else fill)
            painter.drawRoundedRect(area, 1.5, 1.5)
            number = data.numbers[at]
            if area.width() > _NUMBER_FROM + _SIGN * (len(number) - 2) and not mood.compact:
                painter.setPen(look.colour("red") if stuck else done_ink if is_done else ink)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, number)
        painter.setOpacity(1.0)

    def _paint_breaks(self, painter: QPainter) -> None:
        mood = self._mood
        for pause in self.data_now.pauses:
            left, right = self._scale.x(pause.begin), self._scale.x(pause.end)
            area = QRectF(left, mood.top, right - left, mood.bar)
            if not self._visible(area):
                continue
            painter.setPen(QPen(look.colour("tx3"), 0.8))
            painter.setBrush(look.colour("raise"))
            painter.drawRect(area)
            if not mood.compact and area.width() > 34:
                painter.setFont(break_font())
                painter.drawText(area.translated(0, -0.5), Qt.AlignmentFlag.AlignCenter, "break")

    def _paint_reloads(self, painter: QPainter) -> None:
        """Hatched the other way than waiting, with a solid edge and a letter: no stop, no break."""
        mood = self._mood
        for reload in self.data_now.reloads:
            left, right = self._scale.x(reload.arrive), self._scale.x(reload.depart)
            area = QRectF(left, mood.top - 1, max(right - left, 3.0), mood.bar + 2)
            if not self._visible(area):
                continue
            painter.fillRect(area, look.colour("pane"))
            hatch(painter, area, look.colour("tx2"), 4.0, falling=True)
            painter.setPen(QPen(look.colour("tx2"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area)
            if not mood.compact and area.width() >= 13:
                self._paint_reload_word(painter, area, "reload" if area.width() > 44 else "R")

    def _paint_reload_word(self, painter: QPainter, area: QRectF, word: str) -> None:
        font = number_font()
        painter.setFont(font)
        width = QFontMetricsF(font).horizontalAdvance(word) + 4
        patch = QRectF(area.center().x() - width / 2, area.top() + 1, width, area.height() - 2)
        painter.fillRect(patch, look.colour("pane"))
        painter.setPen(look.colour("tx"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_selection(self, painter: QPainter) -> None:
        """A ring around each selected bar; the windows of selected stops as a line below."""
        mood, data = self._mood, self.data_now
        chosen = [at for at, stop in enumerate(data.stops) if stop in mood.selected]
        accent = look.colour("acc")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for at in chosen:
            painter.setPen(QPen(accent, 2))
            painter.drawRoundedRect(self.bar_rect(at).adjusted(-2, -2, 2, 2), 3, 3)
        for at in chosen:
            for window in data.windows[at]:
                left, right = self._scale.x(window.start), self._scale.x(window.end)
                painter.fillRect(QRectF(left, mood.pitch - 1.5, right - left, 1.5), accent)

    def _paint_windows(self, painter: QPainter) -> None:
        """Red from the end of a missed window, or of the shift; a dashed tick where a window closes soon."""
        data = self.data_now
        painter.setRenderHint(_AA, False)
        for at in np.flatnonzero(~np.isnan(data.missed)).tolist():
            paint = self._paint_priced if data.priced[at] else self._paint_edge
            paint(painter, float(data.missed[at]), float(data.begin[at]))
        if data.overtime is not None:
            self._paint_priced(painter, *data.overtime)
        if data.over is not None:
            self._paint_edge(painter, data.over, data.end)
        pen = QPen(look.colour("tx2"), 1)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        for seconds in data.soon[~np.isnan(data.soon)].tolist():
            x = round(self._scale.x(seconds))
            painter.drawLine(QPointF(x, 1), QPointF(x, self._mood.pitch - 2))
        painter.setRenderHint(_AA)

    def _paint_edge(self, painter: QPainter, due: float, came: float) -> None:
        red, mood = look.colour("red"), self._mood
        left, right = self._scale.x(due), self._scale.x(came)
        bottom = mood.top + mood.bar + 1
        painter.fillRect(QRectF(left - 1, 1, 2, bottom), red)
        painter.fillRect(QRectF(left, bottom, max(right - left, 2), 2), red)

    def _paint_priced(self, painter: QPainter, due: float, came: float) -> None:
        """Late, or on overtime, for a price: no rule is broken, so no red and no upright line."""
        left, right = self._scale.x(due), self._scale.x(came)
        pen = QPen(look.colour("amb"), 2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([2, 1.5])
        painter.setPen(pen)
        y = self._mood.top + self._mood.bar + 2
        painter.drawLine(QPointF(left, y), QPointF(max(right, left + 2), y))

    # --- the label ---

    def _paint_label(self, painter: QPainter) -> None:
        mood, shift = self._mood, self.data_now.shift
        height = 13 if mood.pitch >= 16 else 12
        top = round((mood.pitch - 1 - height) / 2)
        paint_chip(painter, QRect(12, top, 22, height), shift.slot, shift.driver.initials)
        font = QFont(label_font())
        font.setStrikeOut(shift.absent)
        painter.setFont(font)
        painter.setPen(look.colour("tx3" if shift.absent else "tx"))
        name = QFontMetricsF(font).elidedText(shift.driver.name, Qt.TextElideMode.ElideRight, LABELS - 44)
        painter.drawText(QRectF(40, 0, LABELS - 42, mood.pitch - 1), Qt.AlignmentFlag.AlignVCenter, name)

    def _bars(self) -> Iterator[tuple[int, QRectF]]:
        data, scale, mood = self.data_now, self._scale, self._mood
        left = scale.xs(data.begin)
        width = np.maximum(scale.xs(data.depart) - left, 2.0)
        for at, (x, w) in enumerate(zip(left.tolist(), width.tolist(), strict=True)):
            yield at, QRectF(x, mood.top, w, mood.bar)

    def _visible(self, area: QRectF) -> bool:
        return area.right() > LABELS and area.left() < self._scale.width


def _stuck_pen() -> QPen:
    """Of what cannot be driven: the van is down, or its driver sick."""
    pen = QPen(look.colour("red"), 1)
    pen.setDashPattern([3, 2])
    return pen


def hatch(painter: QPainter, area: QRectF, colour: QColor, step: float = 6.4, *, falling: bool = False) -> None:
    """45° lines `step` px apart, fixed to the left edge of the area; rising to the right, or falling."""
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, 1.2))
    height = area.height()
    x = area.left() - height
    while x < area.right():
        low, high = (area.top(), area.bottom()) if falling else (area.bottom(), area.top())
        painter.drawLine(QPointF(x, low), QPointF(x + height, high))
        x += step
    painter.restore()


@cache
def label_font() -> QFont:
    """11.5 px, see `look.font` for the way to half a pixel."""
    font = QFont(look.font("data"))
    font.setStretch(96)
    return font


@cache
def number_font() -> QFont:
    """9.5 px bold."""
    font = QFont(look.font("chip"))
    font.setPointSizeF(9.5 * 0.75)
    return font


@cache
def break_font() -> QFont:
    font = QFont(look.font("load"))
    font.setPointSizeF(10 * 0.75)
    return font
