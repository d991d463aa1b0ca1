"""Scroll bars that lie over what they scroll: 6 px, half transparent, 2 px from the edge."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

from dispatch_console.ui.theme import look

THICK = 6
EDGE = 2
_SHORTEST = 32
_GRAB = THICK + 2 * EDGE


class OverlayBar(QWidget):
    """Stands for a scroll area's own bar, which is hidden. `inset`: px left free at its start."""

    def __init__(
        self, area: QAbstractScrollArea, orientation: Qt.Orientation, inset: int = 0, *, shy: bool = False
    ) -> None:
        super().__init__(area.viewport())
        self._area, self._across, self._inset, self._shy = (
            area,
            orientation is Qt.Orientation.Horizontal,
            inset,
            shy,
        )
        self._bar: QScrollBar = area.horizontalScrollBar() if self._across else area.verticalScrollBar()
        (area.setHorizontalScrollBarPolicy if self._across else area.setVerticalScrollBarPolicy)(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self._grip: int | None = None
        self._near = False
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        for bar in (area.horizontalScrollBar(), area.verticalScrollBar()):
            bar.valueChanged.connect(self._place)  # views that scroll their viewport, either way, take us along
        self._bar.rangeChanged.connect(self._follow)
        area.viewport().installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.Resize:
            self._place()
        elif kind in (QEvent.Type.Enter, QEvent.Type.Leave):
            self._near = kind is QEvent.Type.Enter
            self._follow()
        return False

    def _place(self) -> None:
        size = self._area.viewport().size()
        if self._across:
            self.setGeometry(self._inset, size.height() - _GRAB, size.width() - 2 * self._inset, _GRAB)
        else:
            self.setGeometry(size.width() - _GRAB, self._inset, _GRAB, size.height() - self._inset)
        self._follow()

    def _follow(self) -> None:
        needed = self._bar.maximum() > self._bar.minimum()
        self.setVisible(needed and (not self._shy or self._near or self._grip is not None))
        self.update()

    def _handle(self) -> QRect:
        """Where the handle lies, in own coordinates."""
        track = self.width() if self._across else self.height()
        span = self._bar.maximum() - self._bar.minimum()
        page = self._bar.pageStep()
        length = min(track, max(_SHORTEST, round(track * page / max(1, span + page))))
        at = round((track - length) * (self._bar.value() - self._bar.minimum()) / max(1, span))
        return QRect(at, EDGE, length, THICK) if self._across else QRect(EDGE, at, THICK, length)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = QColor(look.colour("tx3"))
        shade.setAlphaF(0.7 if self._grip is not None or self.underMouse() else 0.45)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawRoundedRect(QRectF(self._handle()), 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        handle = self._handle()
        at = self._along(event.position().toPoint())
        start, length = self._extent(handle)
        self._grip = at - start if start <= at < start + length else length // 2
        self._move_to(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._move_to(self._along(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self._follow()

    def _move_to(self, at: int) -> None:
        _, length = self._extent(self._handle())
        track = (self.width() if self._across else self.height()) - length
        share = (at - (self._grip or 0)) / max(1, track)
        span = self._bar.maximum() - self._bar.minimum()
        self._bar.setValue(self._bar.minimum() + round(span * min(1.0, max(0.0, share))))

    def _along(self, point: QPoint) -> int:
        return point.x() if self._across else point.y()

    def _extent(self, rect: QRect) -> tuple[int, int]:
        return (rect.x(), rect.width()) if self._across else (rect.y(), rect.height())
