"""A list with heads over its rows: the Qt model, the list that walks it, and the painting both sides share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.options import bare, known, paint_ground

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
HEAD: Final = 24
ROW: Final = 32
#: From the edge to the text.
LEFT: Final = 12


@dataclass(frozen=True, slots=True)
class Head:
    """What the rows below have in common, and how many they are. `over`: nothing is to be done about them."""

    title: str
    count: int
    over: bool = False


class GroupedModel[Entry](QAbstractListModel):
    """`show` puts other rows in; heads cannot be chosen. `words` of a row are its text, `tip` is shown on hover."""

    def __init__(
        self,
        words: Callable[[Entry], str],
        tip: Callable[[Entry], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows: list[Head | Entry] = []
        self._words, self._tip = words, tip

    def show(self, rows: Sequence[Head | Entry]) -> None:
        if list(rows) != self.rows:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """The row at a place; None: a head, or nothing."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return None if isinstance(found, Head) else found

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entry(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.title}, {row.count}" if isinstance(row, Head) else self._words(row)
        if role == Qt.ItemDataRole.ToolTipRole and self._tip is not None and not isinstance(row, Head):
            return plain(self._tip(row))
        return None


class GroupedList[Entry](QListView):
    """Heads of 24, rows of 32 that `paint_entry(painter, rect, entry)` fills."""

    def __init__(
        self,
        rows: GroupedModel[Entry],
        paint_entry: Callable[[QPainter, QRect, Entry], None],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = rows
        self.setModel(rows)
        self.setItemDelegate(_Drawn(rows, paint_entry, self))
        bare(self, name)

    def choose_row(self, row: int) -> None:
        """Choose it and bring it into sight."""
        index = self.rows.index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)


class _Drawn[Entry](QStyledItemDelegate):
    def __init__(
        self,
        rows: GroupedModel[Entry],
        paint_entry: Callable[[QPainter, QRect, Entry], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._rows, self._paint_entry = rows, paint_entry

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW if self._rows.entry(index.row()) is not None else HEAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, rect = self._rows.rows[index.row()], known(option).rect
        if isinstance(row, Head):
            _paint_head(painter, rect, row)
            return
        paint_ground(painter, option)
        self._paint_entry(painter, rect, row)


def _paint_head(painter: QPainter, rect: QRect, head: Head) -> None:
    painter.fillRect(rect, look.colour("raise"))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("line2"))
    area = rect.adjusted(LEFT, 0, -LEFT, -1)
    width = paint.text(painter, area, head.title, "key", "tx3" if head.over else "tx")
    paint.text(painter, area.adjusted(width + 7, 0, 0, 0), str(head.count), "data", "tx3")
