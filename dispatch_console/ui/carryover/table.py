"""Draws the list: group rows of 24 px, orders of 32 px with their columns, and walks them by the arrows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dispatch_console.domain.orders import OrderId
from dispatch_console.ui import texts
from dispatch_console.ui.carryover.model import CarryoverModel, Group, Index, Line
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.options import known

_tr = texts.of("Carryover")

GROUP: Final = 24
ROW: Final = 32
HEAD: Final = 24
_LEFT, _GAP = 12, 12
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
    loose = width - 2 * _LEFT - sum(fixed.values()) - _GAP * (len(fixed) + 1)
    rest = {"name": max(120, loose * 2 // 5), "note": max(0, loose - max(120, loose * 2 // 5))}
    left, found = _LEFT, dict[str, tuple[int, int]]()
    for name in names:
        room = fixed.get(name, rest.get(name, 0))
        if room:
            found[name] = left, room
            left += room + _GAP
    return found


class CarryoverList(QListView):
    """`chosen()`: another order, or none."""

    chosen = Signal()

    def __init__(self, rows: CarryoverModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setModel(rows)
        self.setItemDelegate(_Drawn(rows, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_tr("Orders that go on"))
        self.selectionModel().currentChanged.connect(self.chosen)

    @property
    def line(self) -> Line | None:
        """The order that is chosen."""
        return self._rows.line(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk; letters and digits are the page's."""
        if event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def choose(self, order: OrderId | None, near: int = 0) -> None:
        """Choose an order, or the one next to row `near` if it is not there."""
        row = self._rows.row_of(order) if order is not None else -1
        if row < 0:
            lines = [n for n in range(self._rows.rowCount()) if self._rows.line(n) is not None]
            row = min(lines, key=lambda n: abs(n - near), default=-1)
        index = self._rows.index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
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


class _Drawn(QStyledItemDelegate):
    def __init__(self, rows: CarryoverModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW if self._rows.line(index.row()) is not None else GROUP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, rect = self._rows.rows[index.row()], known(option).rect
        if isinstance(row, Group):
            _paint_group(painter, rect, row)
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
        _paint_line(painter, rect, row)


def _paint_group(painter: QPainter, rect: QRect, group: Group) -> None:
    painter.fillRect(rect, look.colour("raise"))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("line2"))
    area = rect.adjusted(_LEFT, 0, -_LEFT, -1)
    width = paint.text(painter, area, group.title, "key", "tx3" if group.over else "tx")
    paint.text(painter, area.adjusted(width + 7, 0, 0, 0), str(group.count), "data", "tx3")


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
