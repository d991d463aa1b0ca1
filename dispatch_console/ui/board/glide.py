"""Scrolling that is seen: a view glides to a place within 120 ms; one that is hidden is there at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QVariantAnimation
from PySide6.QtWidgets import QAbstractScrollArea

_GLIDE_MS = 120


class Glide(QObject):
    """Moves both bars of `area`."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._run = QVariantAnimation(self)
        self._run.setDuration(_GLIDE_MS)
        self._run.valueChanged.connect(self._be_at)

    def to(self, x: int, y: int) -> None:
        """Go to this place of the contents, px."""
        across, down = self._area.horizontalScrollBar(), self._area.verticalScrollBar()
        self.stop()
        if not self._area.isVisible():
            self._be_at(QPoint(x, y))
            return
        self._run.setStartValue(QPoint(across.value(), down.value()))
        self._run.setEndValue(QPoint(x, y))
        self._run.start()

    def stop(self) -> None:
        self._run.stop()

    def _be_at(self, point: object) -> None:
        if isinstance(point, QPoint):
            self._area.horizontalScrollBar().setValue(point.x())
            self._area.verticalScrollBar().setValue(point.y())
