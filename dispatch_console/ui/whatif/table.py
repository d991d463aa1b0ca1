"""The comparison: a row for the day as it is and one for each trial, a column for each figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.whatif.words import TITLES, Cell
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.marks import key_width, paint_key

ROW: Final = 22  # px, the head too
_NAME, _NAME_NARROW = 168, 126
#: A figure, and the change behind it.
_FIGURE, _CHANGE, _CHANGE_NARROW = 70, 66, 58
_EDGE = 10
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Row(NamedTuple):
    """`keys`: the caps of the key that shows it."""

    name: str
    keys: Sequence[str]
    cells: Sequence[Cell]
    shown: bool


class Comparison(QWidget):
    """Paints itself. `chosen(index)`: a row was clicked, 0 is the day as it is."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()
        self._narrow = False
        self._over = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("The day as it is and the trials, side by side"))

    def show_rows(self, rows: Sequence[Row]) -> None:
        if list(rows) == list(self.rows):
            return
        self.rows = rows
        spoken = (
            f"{row.name}: " + ", ".join(f"{title} {c.spoken}" for title, c in zip(TITLES, row.cells, strict=True))
            for row in rows
        )
        self.setAccessibleDescription("; ".join(spoken))
        self.updateGeometry()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = self._name + len(TITLES) * self._column - (self._column - _FIGURE) + _EDGE  # the last has no change
        return QSize(width, ROW * (1 + len(self.rows)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def _name(self) -> int:
        return _NAME_NARROW if self._narrow else _NAME

    @property
    def _column(self) -> int:
        return _FIGURE + (_CHANGE_NARROW if self._narrow else _CHANGE)

    def _figure(self, column: int, y: int) -> QRect:
        return QRect(self._name + column * self._column, y, _FIGURE, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for column, title in enumerate(TITLES):
            paint.text(painter, self._figure(column, 0).adjusted(-20, 0, 0, 0), title, "secondary", "tx3", _RIGHT)
        for index, row in enumerate(self.rows):
            self._paint_row(painter, index, row)

    def _paint_row(self, painter: QPainter, index: int, row: Row) -> None:
        y = ROW * (index + 1)
        area = QRect(0, y, self.width(), ROW)
        if row.shown or index == self._over:
            painter.fillRect(area.adjusted(0, 1, 0, 0), look.colour("pane" if row.shown else "hover"))
        painter.fillRect(QRect(0, y, self.width(), 1), look.colour("line"))
        if row.shown:
            painter.fillRect(QRect(0, y + 1, 3, ROW - 1), look.colour("acc"))
            paint.icon_at(painter, "ph.eye", "acc", QRect(8, y + 4, 14, 14))
        name = QRect(28, y, self._name - 28, ROW)
        paint.text(painter, name, row.name, "key" if row.shown else "data", "tx")
        right = self._name - 4
        for cap in reversed(row.keys if not self._narrow or not row.shown else ()):
            width = key_width(cap)
            paint_key(painter, QRect(right - width, y + 2, width, 18), cap)
            right -= width + 3
        for column, cell in enumerate(row.cells):
            figure = self._figure(column, y)
            paint.text(painter, figure, cell.text, "key" if row.shown else "data", "tx", _RIGHT)
            change = QRect(figure.right() + 6, y, self._column - _FIGURE - 6, ROW)
            token = {True: "ok", False: "red", None: "tx2"}[cell.better]
            paint.text(painter, change, cell.change, "key", token)

    def _at(self, event: QMouseEvent) -> int:
        index = int(event.position().y()) // ROW - 1
        return index if 0 <= index < len(self.rows) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over = self._at(event)
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._over >= 0 else Qt.CursorShape.ArrowCursor)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._at(event) >= 0:
            self.chosen.emit(self._at(event))
