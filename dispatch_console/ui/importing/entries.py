"""The list below the counts: bad rows with a link to repair them, or the rows behind another count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dispatch_console.services.importing_picture import Entry, Mark, Problem
from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.options import known

HEIGHT = 40
_LINK = 68
_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_EMPTY: dict[Mark, str] = {
    Mark.NEW: "No row brings an order that is not there yet.",
    Mark.CHANGED: "No order of the last import has changed.",
    Mark.SAME: "No order of the last import comes again unchanged.",
    Mark.DUPLICATE: "No row stands twice.",
    Mark.REJECTED: "Every row can be read. Nothing to repair.",
}


class EntryModel(QAbstractListModel):
    """One entry a row; the entry itself under UserRole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: Sequence[Entry] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{entry.row} {entry.about}{entry.value}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(f"{entry.about}{entry.value}\n{entry.more}".strip())
        return entry if role == Qt.ItemDataRole.UserRole else None


class EntryList(QListView):
    """Signals: `repair(problem)` the link of a bad row, or Enter · `row_wanted(row)` another row, clicked."""

    repair = Signal(object)
    row_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = EntryModel(self)
        self._bucket: Mark = Mark.REJECTED
        self.setModel(self._model)
        self.setItemDelegate(_Drawn(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Rows behind the count"))
        self.clicked.connect(self._on_wanted)
        self.activated.connect(self._on_wanted)

    def show_entries(self, entries: Sequence[Entry], bucket: Mark) -> None:
        self._bucket = bucket
        if entries != self._model.entries:
            at = self.verticalScrollBar().value()
            self._model.show(entries)
            self.verticalScrollBar().setValue(at)
        self.viewport().update()

    def mark(self, problem: Problem | None) -> None:
        """Select the entry of the problem in hand."""
        if problem is None:
            self.selectionModel().clear()
            return
        for at, entry in enumerate(self._model.entries):
            if entry.problem is not None and entry.row == problem.row:
                self.setCurrentIndex(self._model.index(at))
                return

    def _on_wanted(self, index: QModelIndex) -> None:
        entry = self._model.entries[index.row()]
        if entry.problem is not None:
            self.repair.emit(entry.problem)
        else:
            self.row_wanted.emit(entry.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._model.entries:
            painter = QPainter(self.viewport())
            painter.setFont(look.font("data"))
            painter.setPen(look.colour("tx3"))
            area = self.viewport().rect().adjusted(12, 10, -12, 0)
            painter.drawText(area, int(Qt.TextFlag.TextWordWrap), self.tr(_EMPTY[self._bucket]))


class _Drawn(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = known(option).rect, known(option).state
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.fillRect(rect, look.colour("accbg" if chosen else "hover" if over else "pane"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line2"))
        number = QRect(rect.left(), rect.top(), 44, HEIGHT - 1)
        if entry.row:
            paint.text(painter, number, str(entry.row), "key", "tx", _RIGHT)
        link = _LINK if entry.problem is not None else 8
        x, room = rect.left() + (50 if entry.row else 12), rect.width() - 50 - link
        used = paint.text(painter, QRect(x, rect.top() + 4, room, 16), entry.about, "data", "tx", _LEFT)
        value = QRect(x + used, rect.top() + 4, room - used, 16)
        paint.text(painter, value, entry.value, "key", "red" if entry.problem is not None else "tx", _LEFT)
        paint.text(painter, QRect(x, rect.top() + 20, room, 16), entry.more, "secondary", "tx2", _LEFT)
        if entry.problem is not None:
            paint.text(painter, rect.adjusted(0, 0, -17, -1), self.tr("Repair"), "data", "acc", _RIGHT)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, rect, 0)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            rect = known(option).rect
            over_link = event.position().x() > rect.right() - _LINK
            hand = over_link and index.data(Qt.ItemDataRole.UserRole).problem is not None
            shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
            known(option).widget.setCursor(shape)
        return super().editorEvent(event, model, option, index)
