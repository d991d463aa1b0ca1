"""Draws the orders of the list in their columns, and walks them by the arrows."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.orders import OrderId
from dispatch_console.ui import texts
from dispatch_console.ui.carryover.model import Line, row_of
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.grouped import HEAD, LEFT, GroupedList, GroupedModel

_tr = texts.of("Carryover")

_GAP = 12
_WEST = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def columns(width: int) -> dict[str, tuple[int, int]]:
    """Column → (left, width) in a list of `width` px; a narrow one leaves out the town, then the note."""
    fixed = {"reference": 64, "town": 110, "why": 132, "becomes": 236, "attempts": 40}
    if width < 900:
        del fixed["town"]
    elif width > 1100:
        fixed["becomes"] = 320
    names = ("reference", "name", "town", "why", "becomes", "attempts", "note")
    loose = width - 2 * LEFT - sum(fixed.values()) - _GAP * (len(fixed) + 1)
    rest = {"name": max(120, loose * 2 // 5), "note": max(0, loose - max(120, loose * 2 // 5))}
    left, found = LEFT, dict[str, tuple[int, int]]()
    for name in names:
        room = fixed.get(name, rest.get(name, 0))
        if room:
            found[name] = left, room
            left += room + _GAP
    return found


class CarryoverList(GroupedList[Line]):
    """`chosen()`: another order, or none."""

    chosen = Signal()

    def __init__(self, rows: GroupedModel[Line], parent: QWidget | None = None) -> None:
        super().__init__(rows, _paint_line, _tr("Orders that go on"), parent)
        self.selectionModel().currentChanged.connect(self.chosen)

    @property
    def line(self) -> Line | None:
        """The order that is chosen."""
        return self.rows.entry(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk; letters and digits are the page's."""
        if event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def choose(self, order: OrderId | None, near: int = 0) -> None:
        """Choose an order, or the one next to row `near` if it is not there."""
        row = row_of(self.rows.rows, order) if order is not None else -1
        if row < 0:
            lines = [n for n in range(self.rows.rowCount()) if self.rows.entry(n) is not None]
            row = min(lines, key=lambda n: abs(n - near), default=-1)
        self.choose_row(row)
        self.chosen.emit()


class ListHead(QWidget):
    """The names of the columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEAD)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("raise"))
        painter.fillRect(0, HEAD - 1, self.width(), 1, look.colour("line"))
        names = {
            "reference": _tr("Order"), "name": _tr("Name"), "town": _tr("Town"), "why": _tr("Why"),
            "becomes": _tr("What becomes of it"), "attempts": _tr("Tried"), "note": _tr("Note, driver wish"),
        }  # fmt: skip
        for name, (left, width) in columns(self.width()).items():
            way = _RIGHT if name == "attempts" else _WEST
            paint.text(painter, QRect(left, 0, width, HEAD), names[name], "secondary", "tx3", way)


def _paint_line(painter: QPainter, rect: QRect, line: Line) -> None:
    """What is only proposed is grey, with a word before it: colour is never the only sign."""
    over, sure = line.going.is_carried, line.sure
    proposed = "" if sure else _tr("proposed: ")
    said = {
        "reference": (line.reference, "tx3" if over else "tx"),
        "name": (line.name, "tx3" if over else "tx"),
        "town": (line.town, "tx3" if over else "tx2"),
        "why": (line.going.why, "tx3" if over else "tx2"),
        "becomes": (proposed + line.becomes, "tx3" if over else "tx" if sure else "tx2"),
        "attempts": (str(line.attempts) if line.attempts else "", "tx2"),
        "note": (line.going.step.note, "tx3" if over else "tx2"),
    }
    for name, (left, width) in columns(rect.width()).items():
        text, token = said[name]
        area = QRect(rect.left() + left, rect.top(), width, rect.height() - 1)
        role = "key" if name == "becomes" and sure and not over else "data"
        paint.text(painter, area, text, role, token, _RIGHT if name == "attempts" else _WEST)
