"""The rows of the call list: tick, route, who, the sentence to say, and the phone; 40 each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from dispatch_console.domain.day import Day
from dispatch_console.services.calls import Call
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint, paint_chip
from dispatch_console.ui.widgets.marks import CHIP_SIZE

ROW: Final = 40
_EDGE, _TICK, _BUTTON = 12, 14, 24


class CallRows(QAbstractScrollArea):
    """`ticked(row)`: the call was made, or not after all. `copied(row)`: its number is wanted. `chosen(row)`."""

    ticked = Signal(int)
    copied = Signal(int)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.calls: Sequence[Call] = ()
        self._day: Day | None = None
        self.at = -1
        self._over = QPoint(-1, -1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Call list"))
        self.viewport().setMouseTracking(True)

    def show_calls(self, day: Day, calls: Sequence[Call]) -> None:
        """Who was chosen stays chosen, wherever the row is now."""
        was = _key(self.calls[self.at]) if 0 <= self.at < len(self.calls) else None
        self._day, self.calls = day, calls
        self.at = next((i for i, call in enumerate(calls) if _key(call) == was), -1)
        self._fit()
        self._speak()
        self.viewport().update()

    def choose(self, row: int) -> None:
        if 0 <= row < len(self.calls):
            self.at = row
            bar, page = self.verticalScrollBar(), self.viewport().height()
            bar.setValue(min(row * ROW, max(bar.value(), (row + 1) * ROW - page)))
            self._speak()
            self.viewport().update()
            self.chosen.emit(row)

    def row_rect(self, row: int) -> QRect:
        """Where a row stands in the viewport."""
        return QRect(0, row * ROW - self.verticalScrollBar().value(), self.viewport().width(), ROW)

    def phone_rect(self, row: int) -> QRect:
        """Where its button stands."""
        area = self.row_rect(row)
        return QRect(area.right() - _EDGE + 1 - _BUTTON, area.top() + (ROW - _BUTTON) // 2, _BUTTON, _BUTTON)

    def words_of(self, row: int) -> str:
        """A call as a sentence: the tooltip, and what is spoken."""
        call = self.calls[row]
        phone = call.phone or self.tr("no number is known")
        done = self.tr("; phoned") if call.done else ""
        return f"{call.who}, {phone}{done}\n{call.sentence}"

    # -- keys and mouse ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Down:
            self.choose(min(self.at + 1, len(self.calls) - 1))
        elif key == Qt.Key.Key_Up:
            self.choose(max(self.at - 1, 0))
        elif key == Qt.Key.Key_Space and self.at >= 0:
            self.ticked.emit(self.at)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at >= 0:
            self.copied.emit(self.at)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        row = self._row_at(point)
        if row < 0:
            return
        self.choose(row)
        if self.phone_rect(row).contains(point):
            self.copied.emit(row)
        elif point.x() < _EDGE + _TICK + 6:
            self.ticked.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over = event.position().toPoint()
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._over = QPoint(-1, -1)
            self.viewport().update()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self._row_at(event.pos())
            QToolTip.showText(event.globalPos(), self._tip(row, event.pos()) if row >= 0 else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip(self, row: int, at: QPoint) -> str:
        phone = self.calls[row].phone
        if phone and self.phone_rect(row).contains(at):
            return self.tr("{number}: click copies it").format(number=phone)
        return self.words_of(row)

    # -- painting ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), look.colour("pane"))
        for row in range(len(self.calls)):
            if self.row_rect(row).intersects(event.rect()):
                self._paint_row(painter, row)

    def _paint_row(self, painter: QPainter, row: int) -> None:
        call, area = self.calls[row], self.row_rect(row)
        if row == self.at or area.contains(self._over):
            painter.fillRect(area, look.colour("accbg" if row == self.at else "hover"))
        if row == self.at:
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
        phone = self.phone_rect(row)
        room = phone.left() - 8 - x
        paint.text(painter, QRect(x, area.top() + 3, room, 17), call.who, "key", "tx3" if call.done else "tx")
        paint.text(painter, QRect(x, area.top() + 20, room, 16), call.sentence, "secondary", "tx2")
        if call.phone:
            over = phone.contains(self._over)
            paint.box(painter, phone, look.colour("hover" if over else "pane"), look.colour("line"))
            paint.icon_at(painter, "ph.phone", "tx2", phone.adjusted(5, 5, -5, -5))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.colour("line2"))
        if self.hasFocus() and row == self.at:
            paint.focus_ring(painter, area.adjusted(1, 1, -1, -1), 2)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.at < 0 and self.calls and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.at = 0
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _fit(self) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(page)
        bar.setSingleStep(ROW)
        bar.setRange(0, max(0, len(self.calls) * ROW - page))

    def _row_at(self, point: QPoint) -> int:
        row = (point.y() + self.verticalScrollBar().value()) // ROW
        return row if 0 <= row < len(self.calls) else -1

    def _speak(self) -> None:
        self.setAccessibleDescription(self.words_of(self.at) if 0 <= self.at < len(self.calls) else "")


def _key(call: Call) -> tuple[int, int]:
    return int(call.route), int(call.stop)
