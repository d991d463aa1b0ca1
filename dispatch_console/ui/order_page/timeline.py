"""Draws the lines of the history: time, sign, what happened, more of it, and who told so."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from dispatch_console.services.order_history.values import Line
from dispatch_console.ui import texts
from dispatch_console.ui.order_page.model import Entry
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import marks, paint
from dispatch_console.ui.widgets.grouped import LEFT, GroupedList, GroupedModel

_tr = texts.of("OrderPage")

_TIME, _SIGN, _GAP = 44, 16, 10
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


class HistoryList(GroupedList[Entry]):
    """`opened(proof)`: Enter or a click on the line of a proof."""

    opened = Signal(object)

    def __init__(self, rows: GroupedModel[Entry], name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(rows, _paint_entry, name or _tr("History of the order"), parent)

    def choose_last(self) -> None:
        """The newest line, in sight: what somebody asks for is mostly what happened last."""
        self.choose_row(self.rows.rowCount() - 1)
        self.scrollToBottom()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter opens a proof; all else is the page's."""
        entry = self.rows.entry(self.currentIndex().row())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and entry is not None and entry.proof is not None:
            self.opened.emit(entry.proof)
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        entry = self.rows.entry(self.indexAt(event.position().toPoint()).row())
        if entry is not None and entry.proof is not None:
            self.opened.emit(entry.proof)


def _paint_entry(painter: QPainter, rect: QRect, entry: Entry) -> None:
    """What was corrected later is struck out, and says so."""
    area = rect.adjusted(LEFT, 0, -LEFT, -1)
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
