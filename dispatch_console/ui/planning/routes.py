"""The routes that a result changes, one row of 28 each. Clicking a row shows the route in the other panes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.planning.words import RouteLine
from dispatch_console.ui.theme import look
from dispatch_console.ui.theme.look import Role
from dispatch_console.ui.widgets import paint_chip
from dispatch_console.ui.widgets.marks import CHIP_SIZE

ROW, HEAD = 28, 24
_EDGE = 12
_STOPS, _KM, _END = 70, 84, 100


class Routes(QWidget):
    """Paints itself as high as its rows; put it into a scroll area."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[RouteLine] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[RouteLine]) -> None:
        self._lines = lines
        self.setFixedHeight(HEAD + ROW * len(lines) if lines else 0)
        self.update()

    @property
    def lines(self) -> Sequence[RouteLine]:
        return self._lines

    def sizeHint(self) -> QSize:
        return QSize(300, HEAD + ROW * len(self._lines) if self._lines else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._lines:
            return
        painter.fillRect(0, 0, self.width(), HEAD, look.colour("raise"))
        heads = (self.tr("Route"), self.tr("Stops"), self.tr("km"), self.tr("Back"))
        self._texts(painter, QRect(0, 0, self.width(), HEAD), heads, ("secondary",) * 4, ("tx3",) * 4, 0)
        for i, line in enumerate(self._lines):
            area = QRect(0, HEAD + i * ROW, self.width(), ROW)
            chip = QRect(_EDGE, area.top() + (ROW - CHIP_SIZE.height()) // 2, CHIP_SIZE.width(), CHIP_SIZE.height())
            paint_chip(painter, chip, line.slot, line.initials)
            texts = (line.driver, line.stops, line.km, line.end)
            indent = CHIP_SIZE.width() + 8
            self._texts(painter, area, texts, ("key", "data", "data", "data"), ("tx", "tx", "tx2", "tx2"), indent)

    def _texts(
        self,
        painter: QPainter,
        area: QRect,
        texts: Sequence[str],
        roles: Sequence[Role],
        tokens: Sequence[str],
        indent: int,
    ) -> None:
        right = area.right() + 1 - _EDGE
        columns = (right - _END - _KM, right - _END, right)
        widths = (_STOPS, _KM, _END)
        areas = [QRect(_EDGE + indent, area.top(), columns[0] - _STOPS - _EDGE - indent - 4, area.height())]
        areas += [QRect(x - w, area.top(), w, area.height()) for x, w in zip(columns, widths, strict=True)]
        for i, (text, role, token, box) in enumerate(zip(texts, roles, tokens, areas, strict=True)):
            painter.setFont(look.font(role))
            painter.setPen(look.colour(token))
            side = Qt.AlignmentFlag.AlignRight if i else Qt.AlignmentFlag.AlignLeft
            shown = (
                painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width()) if not i else text
            )
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.fillRect(0, area.bottom(), self.width(), 1, look.colour("line2"))
