"""A small map of a meeting: where the vans are now, how they come, where they meet.

Straight lines, in true direction and distance.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.domain.places import Place
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint, paint_chip
from dispatch_console.ui.widgets.marks import CHIP_SIZE
from dispatch_console.ui.wizards.view import Sketch, Way

HEIGHT, _EDGE, _INNER = 172, 12, 30
_METRES_PER_DEGREE = 111_320.0
_SMALLEST_M = 500.0


class MeetingMap(QWidget):
    """Empty: not shown. Places are numbered nowhere: the list above tells who takes what."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sketch: Sketch | None = None
        self.setFixedHeight(HEIGHT + 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_sketch(self, sketch: Sketch | None) -> None:
        self._sketch = sketch
        self.setVisible(sketch is not None)
        if sketch is not None:
            who = ", ".join(way.chip[1] for way in sketch.ways)
            self.setAccessibleName(self.tr("Sketch: {who} on the way to where they meet").format(who=who))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, HEIGHT + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sketch is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(_EDGE, 0, self.width() - 2 * _EDGE, HEIGHT)
        painter.fillRect(area, look.colour("map_land"))
        painter.setPen(look.colour("line"))
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        scale = _Scale(self._sketch, area)
        for way in self._sketch.ways:
            self._way(painter, way, scale)
        self._meet(painter, scale.at(self._sketch.meet), self._sketch.icon)
        for point, way in _apart(
            [(scale.at(way.places[0]), way) for way in self._sketch.ways], scale.at(self._sketch.meet)
        ):
            box = QRect(round(point.x()) - 11, round(point.y()) - 8, CHIP_SIZE.width(), CHIP_SIZE.height())
            paint.box(painter, box.adjusted(-1, -1, 1, 1), look.colour("pane"), None, paint.CHIP_ROUND)
            paint_chip(painter, box, *way.chip)
        self._bar(painter, area, scale)

    def _way(self, painter: QPainter, way: Way, scale: _Scale) -> None:
        line = QPolygonF([scale.at(place) for place in way.places])
        painter.setPen(QPen(look.colour("pane"), 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(line)
        colours = look.route(way.chip[0])
        painter.setPen(QPen(QColor(colours.fill), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(line)
        painter.setBrush(QColor(colours.fill))
        for place in way.places[1:-1]:
            painter.drawEllipse(scale.at(place), 2.5, 2.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _meet(self, painter: QPainter, at: QPointF, icon: str) -> None:
        token = "red" if "wrench" in icon or "first-aid" in icon else "acc"
        painter.setPen(QPen(look.colour("pane"), 2))
        painter.setBrush(look.colour(token))
        painter.drawEllipse(at, 12, 12)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paint.icon_at(painter, icon, "pane", QRect(round(at.x()) - 8, round(at.y()) - 8, 16, 16))

    def _bar(self, painter: QPainter, area: QRect, scale: _Scale) -> None:
        metres = scale.bar(90)
        width = round(metres / scale.metre)
        x, y = area.right() - 12 - width, area.bottom() - 10
        painter.setPen(QPen(look.colour("tx2"), 1))
        painter.drawPolyline(QPolygonF([QPointF(x, y - 4), QPointF(x, y), QPointF(x + width, y)]))
        painter.drawLine(QPointF(x + width, y), QPointF(x + width, y - 4))
        text = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
        paint.text(painter, QRect(x, y - 18, width, 14), text, "secondary", "tx2", Qt.AlignmentFlag.AlignCenter)


class _Scale:
    """Places to points of an area, north up, the same in both directions. `metre`: metres a pixel."""

    def __init__(self, sketch: Sketch, area: QRect) -> None:
        places = [sketch.meet, *(place for way in sketch.ways for place in way.places)]
        middle = math.radians(sum(place.lat for place in places) / len(places))
        self._x = _METRES_PER_DEGREE * math.cos(middle)
        xs = [place.lon * self._x for place in places]
        ys = [-place.lat * _METRES_PER_DEGREE for place in places]
        wide, high = max(max(xs) - min(xs), _SMALLEST_M), max(max(ys) - min(ys), _SMALLEST_M)
        room = QRectF(area).adjusted(_INNER, _INNER - 8, -_INNER, -_INNER + 8)
        self.metre = max(wide / room.width(), high / room.height())
        self._from = QPointF((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
        self._middle = room.center()

    def at(self, place: Place) -> QPointF:
        off = QPointF(place.lon * self._x, -place.lat * _METRES_PER_DEGREE) - self._from
        return off / self.metre + self._middle

    def bar(self, most: int) -> int:
        """The longest round distance in metres that is at most so many pixels."""
        rounds = [factor * 10**power for power in range(1, 7) for factor in (1, 2, 5)]
        return max((length for length in rounds if length <= most * self.metre), default=10)


def _apart(chips: list[tuple[QPointF, Way]], meet: QPointF) -> list[tuple[QPointF, Way]]:
    """Chips that would cover one another, or the meeting, stand side by side; to the left of it."""
    placed: list[tuple[QPointF, Way]] = []
    for point, way in chips:
        taken = [meet, *(p for p, _ in placed)]
        while any(abs(point.x() - p.x()) < 26 and abs(point.y() - p.y()) < 20 for p in taken):
            point = point - QPointF(27, 0)
        placed.append((point, way))
    return placed
