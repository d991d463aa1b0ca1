"""The cost of the best plan over time, as a stepped line."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.ui.theme import look

HEIGHT = 168
_MARGIN = 0.08


class Curve(pg.PlotWidget):
    """Shows `points` up to `now_s`; the dashed line is what the current plan costs, where that can be compared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setFrameShape(self.Shape.NoFrame)
        self.setMenuEnabled(False)
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.setAccessibleName(self.tr("Cost of the best plan so far"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._line = self.plot([], [])
        self._level = pg.InfiniteLine(angle=0)
        self._level.hide()
        plot = self.getPlotItem()
        assert plot is not None
        plot.setContentsMargins(4, 8, 16, 0)
        self._box = plot.getViewBox()
        self._box.addItem(self._level, ignoreBounds=True)
        left = self.getAxis("left")
        left.setWidth(56)
        left.enableAutoSIPrefix(False)
        self.getAxis("bottom").setHeight(22)
        self.getAxis("bottom").setTickPen(None)
        self.restyle()

    def restyle(self) -> None:
        """Take the colours of the scheme."""
        self.setBackground(look.colour("pane"))
        self._line.setPen(pg.mkPen(look.colour("acc"), width=1.5))
        self._level.setPen(pg.mkPen(look.colour("tx2"), width=1, style=Qt.PenStyle.DashLine))
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(look.colour("line"), width=1))
            axis.setTextPen(look.colour("tx3"))
            axis.setStyle(tickFont=look.font("secondary"), tickLength=-4, maxTickLevel=0)

    def show_points(
        self, points: Sequence[tuple[float, float]], now_s: float, most_s: float, level: float | None
    ) -> None:
        """`points`: (seconds, what the best plan costs or drives then); `level`: the same of the current plan."""
        self._level.setVisible(level is not None and bool(points))
        self.getAxis("left").setStyle(showValues=bool(points))
        if not points:
            self._line.setData([], [])
            self._box.setRange(xRange=(0, most_s), padding=0)
            return
        xs, ys = _steps(points, now_s)
        self._line.setData(xs, ys)
        shown = ys if level is None else [*ys, level]
        if level is not None:
            self._level.setValue(level)
        low, high = min(shown), max(shown)
        room = max((high - low) * _MARGIN, abs(high) * 0.005, 0.01)
        self._box.setRange(xRange=(0, max(most_s, now_s)), yRange=(low - room, high + room), padding=0)

    def wheelEvent(self, ev: QWheelEvent) -> None:
        """Scrolling is the panel's."""
        ev.ignore()


def _steps(points: Sequence[tuple[float, float]], now_s: float) -> tuple[list[float], list[float]]:
    """A line that stays level until the next better plan, and up to now."""
    xs: list[float] = []
    ys: list[float] = []
    for at, value in points:
        if ys:
            xs.append(at)
            ys.append(ys[-1])
        xs.append(at)
        ys.append(value)
    xs.append(max(now_s, xs[-1]))
    ys.append(ys[-1])
    return xs, ys
