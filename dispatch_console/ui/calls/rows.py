"""The rows of the call list: tick, route, who, the sentence to say, and the phone; 40 each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.day import Day
from dispatch_console.services.calls import Call
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint, paint_chip
from dispatch_console.ui.widgets.marks import CHIP_SIZE
from dispatch_console.ui.widgets.rows import PaintedRows

ROW: Final = 40
_EDGE, _TICK, _BUTTON = 12, 14, 24


class CallRows(PaintedRows):
    """`ticked(row)`: the call was made, or not after all. `copied(row)`: its number is wanted. `chosen(row)`."""

    ticked = Signal(int)
    copied = Signal(int)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", ROW, parent)
        self.setAccessibleName(self.tr("Call list"))
        self.calls: Sequence[Call] = ()
        self._day: Day | None = None

    def show_calls(self, day: Day, calls: Sequence[Call]) -> None:
        """Who was chosen stays chosen, wherever the row is now."""
        was = _key(self.calls[self.at]) if 0 <= self.at < len(self.calls) else None
        self._day, self.calls = day, calls
        self.set_rows([ROW] * len(calls), next((i for i, call in enumerate(calls) if _key(call) == was), -1))

    def phone_rect(self, row: int) -> QRect:
        """Where its button stands."""
        area = self.rect_of(row)
        return QRect(area.right() - _EDGE + 1 - _BUTTON, area.top() + (ROW - _BUTTON) // 2, _BUTTON, _BUTTON)

    def words_of(self, index: int) -> str:
        call = self.calls[index]
        phone = call.phone or self.tr("no number is known")
        done = self.tr("; phoned") if call.done else ""
        return f"{call.who}, {phone}{done}\n{call.sentence}"

    def tip_at(self, index: int, point: QPoint) -> str:
        phone = self.calls[index].phone
        if phone and self.phone_rect(index).contains(point):
            return self.tr("{number}: click copies it").format(number=phone)
        return self.words_of(index)

    def on_chosen(self, index: int) -> None:
        self.chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space and self.at >= 0:
            self.ticked.emit(self.at)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at >= 0:
            self.copied.emit(self.at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        row = self.row_at(point)
        if row < 0:
            return
        self.choose(row)
        if self.phone_rect(row).contains(point):
            self.copied.emit(row)
        elif point.x() < _EDGE + _TICK + 6:
            self.ticked.emit(row)

    def paint_row(self, painter: QPainter, index: int) -> None:
        call, area = self.calls[index], self.rect_of(index)
        chosen = index == self.at
        if chosen or area.contains(self.over):
            painter.fillRect(area, look.colour("accbg" if chosen else "hover"))
        if chosen:
            painter.fillRect(area.left(), area.top(), 2, ROW, look.colour("acc"))
        middle = area.top() + ROW // 2
        icon, token = ("ph.check-square-fill", "acc") if call.done else ("ph.square", "tx3")
        paint.icon_at(painter, icon, token, QRect(_EDGE, middle - _TICK // 2, _TICK, _TICK))
        x = _EDGE + _TICK + 8
        if self._day is not None and call.route in self._day.shifts:
            shift = self._day.shifts[call.route]
            chip = QRect(x, middle - CHIP_SIZE.height() // 2, CHIP_SIZE.width(), CHIP_SIZE.height())
            paint_chip(painter, chip, shift.slot, shift.driver.initials)
        x += CHIP_SIZE.width() + 8
        phone = self.phone_rect(index)
        room = phone.left() - 8 - x
        paint.text(painter, QRect(x, area.top() + 3, room, 17), call.who, "key", "tx3" if call.done else "tx")
        paint.text(painter, QRect(x, area.top() + 20, room, 16), call.sentence, "secondary", "tx2")
        if call.phone:
            over = phone.contains(self.over)
            paint.box(painter, phone, look.colour("hover" if over else "pane"), look.colour("line"))
            paint.icon_at(painter, "ph.phone", "tx2", phone.adjusted(5, 5, -5, -5))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.colour("line2"))
        if chosen and self.hasFocus():
            paint.focus_ring(painter, area.adjusted(1, 1, -1, -1), 2)


def _key(call: Call) -> tuple[int, int]:
    return int(call.route), int(call.stop)
