"""Pictures of cards and heads: painted once, then copied, so that scrolling does not shape text again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from math import ceil

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

from dispatch_console.ui.theme import look

#: What a picture is made of: its key, what it shows, where, and how that is painted at (0, 0).
type Pictured = tuple[Hashable, object, QRect, Callable[[QPainter, QRect], None]]

_MOST_BYTES = 32 * 2**20


class Pictures:
    """The pictures looked at last, 32 MB of them. One is good while it shows the very same object."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[object, QPixmap]] = OrderedDict()
        self._bytes = 0

    def clear(self) -> None:
        """After a change of colours or sizes."""
        self._kept.clear()
        self._bytes = 0

    def draw(
        self, painter: QPainter, key: Hashable, shown: object, rect: QRect, paint: Callable[[QPainter, QRect], None]
    ) -> None:
        """Draw `shown` in `rect`: by its picture under `key`, made by `paint` at (0, 0) if need be."""
        painter.drawPixmap(
            rect.topLeft(), self.ready(painter.device().devicePixelRatioF(), key, shown, rect, paint)
        )

    def ready(
        self, ratio: float, key: Hashable, shown: object, rect: QRect, paint: Callable[[QPainter, QRect], None]
    ) -> QPixmap:
        """The picture that `draw` would draw on a device of this pixel ratio; made now if need be."""
        whole = (key, rect.width(), rect.height(), ratio)
        known = self._kept.get(whole)
        if known is None or known[0] is not shown:
            known = (shown, self._made(rect, ratio, paint))
            self._keep(whole, known)
        else:
            self._kept.move_to_end(whole)
        return known[1]

    def _made(self, rect: QRect, ratio: float, paint: Callable[[QPainter, QRect], None]) -> QPixmap:
        picture = QPixmap(ceil(rect.width() * ratio), ceil(rect.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(look.colour("pane"))
        painter = QPainter(picture)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paint(painter, QRect(0, 0, rect.width(), rect.height()))
        painter.end()
        return picture

    def _keep(self, key: Hashable, entry: tuple[object, QPixmap]) -> None:
        old = self._kept.pop(key, None)
        self._bytes += _bytes(entry[1]) - (_bytes(old[1]) if old is not None else 0)
        self._kept[key] = entry
        while self._bytes > _MOST_BYTES:
            _, (_, picture) = self._kept.popitem(last=False)
            self._bytes -= _bytes(picture)


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4
