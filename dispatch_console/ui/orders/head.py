"""The head of the orders table: 24 px; a click sorts, a second one the other way round."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.board.paint_card import width, write
from dispatch_console.ui.models.arranging import Column, View
from dispatch_console.ui.models.orders_model import HEADS
from dispatch_console.ui.orders.columns import Slot, slots
from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look

HEIGHT = 24


class TableHead(QWidget):
    """Shows what it is sorted by with an arrow, unless that is the reference upwards."""

    sort_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self._view = View()
        self._needs: Mapping[Column, int] = {}
        self._over: Column | None = None

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def show_view(self, view: View) -> None:
        self._view = view
        self.update()

    def set_needs(self, needs: Mapping[Column, int]) -> None:
        """See `columns.slots`."""
        self._needs = needs
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("raise"))
        painter.fillRect(0, HEIGHT - 1, self.width(), 1, look.colour("line"))
        for column, slot in self._slots().items():
            self._paint(painter, column, slot)

    def _paint(self, painter: QPainter, column: Column, slot: Slot) -> None:
        text = HEADS[column]
        token = "tx" if column is self._over else "tx3"
        x = slot.end - width(text, "secondary") if column is Column.KG else slot.x
        end = write(painter, x, 16, text, "secondary", token)
        if column is self._view.column and (self._view.descending or column is not Column.REF):
            icon = look.pixmap("ph.caret-down" if self._view.descending else "ph.caret-up", "tx2", 10, self._ratio)
            left = x - 11 if column is Column.KG else end + 1
            painter.drawPixmap(round(left), 7, icon)

    @property
    def _ratio(self) -> float:
        return self.devicePixelRatioF()

    def _slots(self) -> dict[Column, Slot]:
        return slots(self.width(), self._needs)

    def rect_of(self, column: Column) -> QRect:
        """Where a column's head is clicked."""
        slot = self._slots()[column]
        return QRect(slot.x, 0, slot.width, HEIGHT)

    def _column_at(self, x: float) -> Column | None:
        return next((c for c, slot in self._slots().items() if slot.x - 3 <= x < slot.end + 3), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        column = self._column_at(event.position().x())
        if column is not None and event.button() is Qt.MouseButton.LeftButton:
            self.sort_wanted.emit(int(column))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over = self._column_at(event.position().x())
        names = {Column.FLAGS: self.tr("Sort by flags"), Column.KG: self.tr("Sort by weight")}
        over = self._over
        text = self.tr("Sort by {name}").format(name=HEADS[over].lower()) if over is not None else ""
        self.setToolTip(plain(names.get(over, text) if over is not None else ""))
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = None
        self.update()
