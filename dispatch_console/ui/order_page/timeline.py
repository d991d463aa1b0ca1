"""Draws the history: heads of 24 px, lines of 32 px with time, sign, what happened, more of it, and who told so."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dispatch_console.services.order_history.values import Line
from dispatch_console.ui import texts
from dispatch_console.ui.order_page.model import DayHead, Entry, HistoryModel, Index
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import marks, paint
from dispatch_console.ui.widgets.options import known

_tr = texts.of("OrderPage")

HEAD: Final = 24
ROW: Final = 32
_LEFT, _TIME, _SIGN, _GAP = 12, 44, 16, 10
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight

#: What a line tells of → (icon, its colour token).
_SIGNS: dict[Line, tuple[str, str]] = {
    Line.CAME: ("ph.file-arrow-down", "tx2"),
    Line.EDITED: ("ph.pencil-simple", "tx2"),
    Line.PLANNED: ("ph.path", "tx2"),
    Line.PINNED: ("ph.push-pin-fill", "tx2"),
    Line.APPROVED: ("ph.check-circle", "tx2"),
    Line.PRINTED: ("ph.printer", "tx2"),
    Line.LEFT: ("ph.truck", "tx2"),
    Line.TROUBLE: ("ph.wrench-fill", "amb"),
    Line.ARRIVED: ("ph.map-pin", "tx2"),
    Line.DONE: ("ph.check-bold", "ok"),
    Line.FAILED: ("ph.x-bold", "red"),
    Line.AGAIN: ("ph.arrow-bend-up-right", "tx"),
    Line.CALLED: ("ph.phone", "tx2"),
    Line.BACK: ("ph.identification-badge", "tx2"),
    Line.DECIDED: ("ph.arrow-bend-up-right", "tx2"),
    Line.PROOF: ("ph.image", "acc"),
}
#: Lines that are looked for first: what happened at the door, and what became of it.
_STRONG = frozenset({Line.DONE, Line.FAILED, Line.AGAIN, Line.DECIDED, Line.TROUBLE})


class HistoryList(QListView):
    """`opened(proof)`: Enter or a click on the line of a proof."""

    opened = Signal(object)

    def __init__(self, rows: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setModel(rows)
        self.setItemDelegate(_Drawn(rows, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_tr("History of the order"))

    def choose_last(self) -> None:
        """The newest line, in sight: what somebody asks for is mostly what happened last."""
        index = self._rows.index(self._rows.rowCount() - 1, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollToBottom()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter opens a proof; all else is the page's."""
        entry = self._rows.entry(self.currentIndex().row())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and entry is not None and entry.proof is not None:
            self.opened.emit(entry.proof)
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        entry = self._rows.entry(self.indexAt(event.position().toPoint()).row())
        if entry is not None and entry.proof is not None:
            self.opened.emit(entry.proof)


class _Drawn(QStyledItemDelegate):
    def __init__(self, rows: HistoryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW if self._rows.entry(index.row()) is not None else HEAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, rect = self._rows.rows[index.row()], known(option).rect
        if isinstance(row, DayHead):
            _paint_head(painter, rect, row)
            return
        state = known(option).state
        ground = "accbg" if state & QStyle.StateFlag.State_Selected else None
        if ground is None and state & QStyle.StateFlag.State_MouseOver:
            ground = "hover"
        if ground is not None:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), look.colour(ground))
        if ground == "accbg":
            painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height() - 1), look.colour("acc"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("line2"))
        _paint_entry(painter, rect.adjusted(_LEFT, 0, -_LEFT, -1), row)


def _paint_head(painter: QPainter, rect: QRect, head: DayHead) -> None:
    painter.fillRect(rect, look.colour("raise"))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("line2"))
    area = rect.adjusted(_LEFT, 0, -_LEFT, -1)
    width = paint.text(painter, area, head.title, "key", "tx")
    paint.text(painter, area.adjusted(width + 7, 0, 0, 0), str(head.count), "data", "tx3")


def _paint_entry(painter: QPainter, area: QRect, entry: Entry) -> None:
    """What was corrected later is struck out, and says so."""
    paint.text(painter, QRect(area.left(), area.top(), _TIME, area.height()), entry.time, "key", "tx")
    icon, token = _SIGNS[entry.line]
    sign = QRect(area.left() + _TIME, area.center().y() - 7, _SIGN, _SIGN)
    paint.icon_at(painter, icon, "tx3" if entry.corrected else token, sign)
    right = area.right() + 1
    if entry.told:
        width = min(marks.text_width(entry.told, "secondary") + 1, area.width() // 3)
        paint.text(
            painter, QRect(right - width, area.top(), width, area.height()), entry.told, "secondary", "tx3", _RIGHT
        )
        right -= width + _GAP
    left = sign.right() + 1 + _GAP
    room = QRect(left, area.top(), max(0, right - left), area.height())
    strong = entry.line in _STRONG and not entry.corrected
    taken = paint.text(painter, room, entry.title, "key" if strong else "data", "tx3" if entry.corrected else "tx")
    if entry.corrected:
        painter.fillRect(QRect(left, area.center().y() + 1, min(taken, room.width()), 1), look.colour("tx3"))
    more = _tr("corrected later") if entry.corrected else entry.detail
    paint.text(painter, room.adjusted(taken + _GAP, 0, 0, 0), more, "data", "tx3" if entry.corrected else "tx2")
