"""The calendar that opens below the day button: one month, days with a saved plan marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection

from PySide6.QtCore import QDate, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dispatch_console.domain import saying
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, IconButton, Text, paint

_CELL = 32


class DayPicker(QFrame):
    """A pop-up. Arrows walk the days, Page Up and Down the months, Enter takes one, Esc closes."""

    picked = Signal(object)

    def __init__(self, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("calendar")
        self._today = today
        self._title = Text("", "key")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.month = _Month()
        self.month.picked.connect(self._take)
        before = IconButton("ph.caret-left", self.tr("Previous month"))
        after = IconButton("ph.caret-right", self.tr("Next month"))
        before.clicked.connect(lambda: self._turn(-1))
        after.clicked.connect(lambda: self._turn(1))
        now = Button(self.tr("Today"), kind="link")
        now.clicked.connect(lambda: self._take(self._today()))
        head = QHBoxLayout()
        for widget in (before, self._title, after):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.month)
        column.addWidget(now, 0, Qt.AlignmentFlag.AlignHCenter)

    def open_at(self, anchor: QWidget, day: dt.date, with_orders: Collection[dt.date]) -> None:
        """Show the month of `day` below `anchor`; `with_orders` are the days that get a dot."""
        self.month.show_day(day, self._today(), with_orders)
        self._title.setText(saying.month(day))
        self.adjustSize()
        self.move(anchor.mapToGlobal(anchor.rect().bottomLeft()))
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = Qt.Key(event.key())
        if key in steps:
            self._walk(self.month.day + dt.timedelta(days=steps[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.month.day)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        paint.box(painter, self.rect(), None, look.colour("line"), 0)

    def _turn(self, months: int) -> None:
        day = self.month.day
        moved = QDate(day.year, day.month, day.day).addMonths(months)
        self._walk(dt.date(moved.year(), moved.month(), moved.day()))

    def _walk(self, day: dt.date) -> None:
        self.month.walk_to(day)
        self._title.setText(saying.month(day))

    def _take(self, day: dt.date) -> None:
        self.hide()
        self.picked.emit(day)


class _Month(QWidget):
    """Six weeks from Monday; a click takes a day."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.day = self._today = dt.date(2000, 1, 1)
        self._marked: Collection[dt.date] = ()
        self.setFixedSize(7 * _CELL, 24 + 6 * _CELL)
        self.setMouseTracking(True)
        self._over: dt.date | None = None

    def show_day(self, day: dt.date, today: dt.date, marked: Collection[dt.date]) -> None:
        self.day, self._today, self._marked = day, today, marked
        self.update()

    def walk_to(self, day: dt.date) -> None:
        self.day = day
        self.update()

    def cell(self, day: dt.date) -> QRect:
        """Where a day of the six weeks is drawn."""
        row, column = divmod((day - self._first).days, 7)
        return QRect(column * _CELL, 24 + row * _CELL, _CELL, _CELL)

    @property
    def _first(self) -> dt.date:
        first = self.day.replace(day=1)
        return first - dt.timedelta(days=first.weekday())

    def _at(self, event: QMouseEvent) -> dt.date | None:
        x, y = int(event.position().x()), int(event.position().y()) - 24
        if y < 0 or not 0 <= x < 7 * _CELL:
            return None
        return self._first + dt.timedelta(days=y // _CELL * 7 + x // _CELL)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over = self._at(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self._at(event)
        if day is not None:
            self.picked.emit(day)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(look.font("secondary"))
        painter.setPen(look.colour("tx3"))
        for column, name in enumerate(saying.WEEKDAYS):
            painter.drawText(QRect(column * _CELL, 0, _CELL, 24), Qt.AlignmentFlag.AlignCenter, name[:3])
        for at in range(42):
            self._paint_day(painter, self._first + dt.timedelta(days=at))

    def _paint_day(self, painter: QPainter, day: dt.date) -> None:
        cell = self.cell(day)
        if day == self.day:
            paint.box(painter, cell.adjusted(2, 2, -2, -2), look.colour("accbg"), look.colour("acc"))
        elif day == self._over:
            paint.box(painter, cell.adjusted(2, 2, -2, -2), look.colour("hover"), None)
        painter.setFont(look.font("key" if day == self._today else "data"))
        painter.setPen(look.colour("tx" if day.month == self.day.month else "tx3"))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if day in self._marked:
            dot = QRect(cell.center().x() - 1, cell.bottom() - 7, 4, 4)
            paint.box(painter, dot, look.colour("tx3"), None, 2)
