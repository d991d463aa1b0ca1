"""Paints a row: icon, title, sentence, and a button that acts like one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from dispatch_console.ui.incidents.model import IncidentModel, Row
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.options import known, paint_ground

Index = QModelIndex | QPersistentModelIndex

ROW: Final = 40  # px
_TEXT = 37
_PAD = 9
_BUTTON = 24
#: The button takes at most this part of a row, if there is a shorter way to say it.
_MOST = 0.45


class IncidentDelegate(QStyledItemDelegate):
    """`pressed(row)`: the button of that row was clicked."""

    pressed = Signal(int)

    def __init__(self, model: IncidentModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._down = -1
        self.over = -1  # the row whose button is under the pointer

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, row = known(option).rect, self._model.row(index.row())
        paint_ground(painter, option)
        paint.icon_at(painter, row.icon, row.token, QRect(rect.left() + 12, rect.center().y() - 8, 16, 16))
        button = self.button_rect(rect, row)
        left = rect.left() + _TEXT
        time = button.left() - 8 - _width(row.time) if row.time else button.left()
        if left + QFontMetricsF(look.font("key")).horizontalAdvance(row.title) > time - 6:
            time = button.left()  # what it is goes before since when, which the tooltip says too
        else:
            self._paint_time(painter, QRect(time, button.top(), _width(row.time) + 1, _BUTTON), row.time)
        room = time - 6 - left
        line = QRect(rect.left() + _TEXT, rect.top() + 4, room, 16)
        paint.text(painter, line, row.title, "key", "tx")
        paint.text(painter, line.translated(0, 16), fitting(row, room), "secondary", "tx2")
        self._paint_button(painter, button, button_words(row, rect.width()), index.row())

    def button_rect(self, rect: QRect, row: Row) -> QRect:
        width = _width(button_words(row, rect.width())) + 2 * _PAD
        return QRect(rect.right() - 7 - width, rect.top() + (ROW - 1 - _BUTTON) // 2, width, _BUTTON)

    def _paint_time(self, painter: QPainter, area: QRect, time: str) -> None:
        painter.setFont(look.font("secondary"))
        painter.setPen(look.colour("tx3"))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, time)

    def _paint_button(self, painter: QPainter, area: QRect, text: str, row: int) -> None:
        fill = "hover" if row in (self.over, self._down) else "pane"
        paint.box(painter, area, look.colour(fill), look.colour("line"))
        painter.setFont(look.font("secondary"))
        painter.setPen(look.colour("tx"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        if not isinstance(event, QMouseEvent) or event.button() != Qt.MouseButton.LeftButton:
            return False
        inside = self.hits_button(event, option, index)
        if event.type() == QEvent.Type.MouseButtonPress:
            self._down = index.row() if inside else -1
            return inside
        if event.type() == QEvent.Type.MouseButtonRelease:
            pressed, self._down = self._down, -1
            if inside and pressed == index.row():
                self.pressed.emit(index.row())
                return True
        return False

    def hits_button(self, event: QMouseEvent, option: QStyleOptionViewItem, index: Index) -> bool:
        row = self._model.row(index.row())
        return self.button_rect(known(option).rect, row).contains(event.position().toPoint())


def button_words(row: Row, width: int) -> str:
    """What the button says in a row of `width` px: it leaves room for what it is about."""
    wide = row.button_short and _width(row.button) + 2 * _PAD > width * _MOST
    return row.button_short if wide else row.button


def _width(text: str) -> int:
    return round(QFontMetricsF(look.font("secondary")).horizontalAdvance(text))


def fitting(row: Row, room: int) -> str:
    """The sentence, or a shorter form where the end of it would be cut off: numbers are never cut."""
    measure = QFontMetricsF(look.font("secondary")).horizontalAdvance
    forms = (row.sentence, *row.shorter)
    return next((form for form in forms if measure(form) <= room), forms[-1])
