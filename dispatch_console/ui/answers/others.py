"""The next best drivers for a stop, a row for each: a click, or its number, gives it to him."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.answers import words
from dispatch_console.ui.answers.words import Other
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint, paint_chip
from dispatch_console.ui.widgets.marks import CHIP_SIZE, KEY_HEIGHT, paint_key

ROW, TALL = 24, 40
_CAP, _NAME = 18, 18 + 6 + 22 + 6  # px from the left to the chip's gap, and to the name
_COLUMNS = (54, 42, 48, 58)  # there at, minutes, kilometres, money
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Others(QWidget):
    """`chosen(index)`: clicked."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Other, ...] = ()
        self._heads = ("", "", "", "", "")
        self._over = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> tuple[Other, ...]:
        return self._rows

    def show_others(self, rows: tuple[Other, ...], currency: str) -> None:
        self._rows = rows
        self._heads = (self.tr("Instead"), self.tr("there at"), self.tr("min"), self.tr("km"), currency)
        self.setVisible(bool(rows))
        self.setFixedHeight(self.sizeHint().height())
        self.setAccessibleName(self.tr("Who could take it instead"))
        self.setAccessibleDescription("; ".join(words.spoken(row) for row in rows))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(440, ROW + sum(_height(row) for row in self._rows))

    def row_rect(self, index: int) -> QRect:
        top = ROW + sum(_height(row) for row in self._rows[:index])
        return QRect(0, top, self.width(), _height(self._rows[index]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_over(self._row_at(event))

    def leaveEvent(self, event: object) -> None:
        self._set_over(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event)
        if row >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(row)

    def _row_at(self, event: QMouseEvent) -> int:
        at = event.position().toPoint()
        return next((i for i in range(len(self._rows)) if self.row_rect(i).contains(at)), -1)

    def _set_over(self, row: int) -> None:
        if row != self._over:
            self._over = row
            self.setCursor(Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._figures(painter, 0, self._heads[1:], "secondary", "tx3")
        paint.text(painter, QRect(0, 0, self.width() - sum(_COLUMNS), ROW), self._heads[0], "secondary", "tx3")
        for i, row in enumerate(self._rows):
            area = self.row_rect(i)
            if i == self._over:
                painter.fillRect(area, look.colour("hover"))
            painter.fillRect(area.left(), area.top(), area.width(), 1, look.colour("line2"))
            self._row(painter, area.top(), row, i)

    def _row(self, painter: QPainter, top: int, row: Other, index: int) -> None:
        paint_key(painter, QRect(0, top + 3, _CAP, KEY_HEIGHT), str(index + 1))
        paint_chip(painter, QRect(_CAP + 6, top + 4, CHIP_SIZE.width(), CHIP_SIZE.height()), *row.chip)
        figures = (row.arrive, row.minutes, row.km, row.cost)
        self._figures(painter, top, figures, "data", "tx")
        name = QRect(_NAME, top, self.width() - _NAME - sum(_COLUMNS), ROW)
        used = paint.text(painter, name, row.name, "data", "tx")
        paint.text(painter, name.adjusted(used + 6, 0, 0, 0), row.place, "secondary", "tx3")
        if row.rules:
            rules = QRect(_NAME, top + 20, self.width() - _NAME, 18)
            paint.text(painter, rules, row.rules, "secondary", "red")

    def _figures(self, painter: QPainter, top: int, texts: tuple[str, ...], role: look.Role, token: str) -> None:
        right = self.width()
        for text, width in zip(texts[::-1], _COLUMNS[::-1], strict=True):
            paint.text(painter, QRect(right - width, top, width, ROW), text, role, token, _RIGHT)
            right -= width


def _height(row: Other) -> int:
    return TALL if row.rules else ROW
