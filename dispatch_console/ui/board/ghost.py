"""What hangs on the pointer during a drag: the card; of several the first, with their number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from dispatch_console.domain import numbers
from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.ui.board.paint_card import elided, width, write
from dispatch_console.ui.models import mime, words
from dispatch_console.ui.theme import look

SIZE = (140, 42)
OFFSET = QPoint(8, 22)  # so low that it leaves free what the slot says


def drag_of(source: QWidget, day: Day, stops: Sequence[StopId], data: QMimeData | None = None) -> QDrag:
    """A drag of `stops` that starts at `source`, with its ghost below the pointer."""
    drag = QDrag(source)
    drag.setMimeData(data if data is not None else mime.packed(stops))
    drag.setPixmap(ghost(day, stops, source.devicePixelRatioF()))
    drag.setHotSpot(-OFFSET)
    return drag


def ghost(day: Day, stops: Sequence[StopId], ratio: float) -> QPixmap:
    """The picture of a drag: 140×42 px, an edge of 1 px in accent."""
    w, h = SIZE
    picture = QPixmap(round(w * ratio), round(h * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.colour("acc"))
    painter.setBrush(look.colour("pane"))
    painter.drawRoundedRect(QRectF(0.5, 0.5, w - 1, h - 1), 4, 4)
    _lines(painter, day, stops[0], w)
    if len(stops) > 1:
        _count(painter, QRect(0, 5, w - 7, 16), words.count(len(stops), "stop"))
    painter.end()
    return picture


def _lines(painter: QPainter, day: Day, stop: StopId, w: int) -> None:
    """Time or reference, and the name below."""
    route = day.plan.where.get(stop, POOL)
    head = day.stops[stop].order.reference
    name = words.listed_name(day.stops[stop].label)
    if route != POOL:
        at = day.plan.route(route).stops.index(stop)
        head = words.wall(day.schedules[route].visits[at].begin, day.date, day.depot.timezone)
        number = numbers.of_stop(day, stop)
        write(painter, 20 - width(number, "secondary"), 17, number, "secondary", "tx2")
        name = words.short_name(day.stops[stop].label)
    write(painter, 28, 17, head, "key", "tx")
    write(painter, 28, 33, elided(name, "data", w - 36), "data", "tx")


def _count(painter: QPainter, line: QRect, text: str) -> None:
    w = round(width(text, "badge")) + 12
    box = QRect(line.right() + 1 - w, line.top(), w, line.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("accbg"))
    painter.drawRoundedRect(box, 3, 3)
    write(painter, box.left() + 6, box.top() + 12, text, "badge", "acc")
