"""The table of figures: name, now, after, change; one row of 24 each under a head of 24."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.planning.words import Figure
from dispatch_console.ui.theme import look
from dispatch_console.ui.theme.look import Role

ROW = 24
_EDGE = 12
#: Widths of the three columns of numbers; in a narrow panel names need the room.
_COLUMN, _NARROW_COLUMN, _NARROW = 84, 70, 440


class Totals(QWidget):
    """Paints itself; `show_figures` replaces all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: Sequence[Figure] = ()
        self._heads = ("", "", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, name: str, after: str, figures: Sequence[Figure]) -> None:
        """`name` stands over the rows, `after` over the second column of numbers."""
        heads = (name, self.tr("Now"), after, self.tr("Change"))
        if (heads, list(figures)) == (self._heads, list(self._figures)):
            return
        self._heads, self._figures = heads, figures
        self.setAccessibleDescription("; ".join(f"{f.name}: {f.now}, {after} {f.after}" for f in figures))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, ROW * (1 + len(self._figures)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), ROW, look.colour("raise"))
        self._row(painter, 0, self._heads, ("secondary",) * 4, ("tx3",) * 4)
        for i, figure in enumerate(self._figures, 1):
            token = "ok" if figure.better else "tx2"
            texts = (figure.name, figure.now, figure.after, figure.change)
            name: Role = "key" if figure.strong else "data"
            self._row(painter, i * ROW, texts, (name, "data", "key", "key"), ("tx", "tx2", "tx", token))

    def _row(
        self, painter: QPainter, y: int, texts: Sequence[str], roles: Sequence[Role], tokens: Sequence[str]
    ) -> None:
        right = self.width() - _EDGE
        width = _COLUMN if self.width() >= _NARROW else _NARROW_COLUMN
        areas = [QRect(_EDGE, y, right - 3 * width - _EDGE, ROW)]
        areas += [QRect(right - n * width, y, width, ROW) for n in (3, 2, 1)]
        for i, (text, role, token, area) in enumerate(zip(texts, roles, tokens, areas, strict=True)):
            side = Qt.AlignmentFlag.AlignRight if i else Qt.AlignmentFlag.AlignLeft
            painter.setFont(look.font(role))
            painter.setPen(look.colour(token))
            painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, text)
        painter.fillRect(0, y + ROW - 1, self.width(), 1, look.colour("line2"))
