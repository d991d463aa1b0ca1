"""What an address may mean: up to eight places, each with the key that takes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dispatch_console.domain.region import Hit, HitQuality
from dispatch_console.ui import texts
from dispatch_console.ui.widgets import marks, paint
from dispatch_console.ui.widgets.options import bare, known, paint_ground

Index = QModelIndex | QPersistentModelIndex

_tr = texts.of("Places")
_NOWHERE: Final = QModelIndex()

ROW: Final = 42  # px
_TEXT = 40
_LATER = (Qt.Key.Key_Delete, Qt.Key.Key_Right)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def quality(kind: HitQuality) -> str:
    """How near a find is to what was asked for."""
    return {
        "house": _tr("the house"),
        "near_house": _tr("near the house: its number is not on the map"),
        "street": _tr("the street, not the house"),
        "place": _tr("the town only"),
        "none": "",
    }[kind]


class HitModel(QAbstractListModel):
    """Rows of `hits`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits: tuple[Hit, ...] = ()

    def replace(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.hits = tuple(hits)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{index.row() + 1}: {hit.matched}, {quality(hit.quality)}"
        return hit.matched if role == Qt.ItemDataRole.DisplayRole else None


class HitList(QListView):
    """`taken(row)`: by its number, Enter or a double click; `looked(row)`: chosen by arrow or click. `put_off()`:
    Delete or the right arrow. `edit_wanted()`: F2."""

    taken = Signal(int)
    looked = Signal(int)
    put_off = Signal()
    edit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits = HitModel(self)
        self.setModel(self.hits)
        self.setItemDelegate(_Delegate(self.hits, self))
        self.setUniformItemSizes(True)
        bare(self, _tr("What the address may mean"))
        self.selectionModel().currentRowChanged.connect(self._on_row)
        self.doubleClicked.connect(self._on_double)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """The first is chosen."""
        self.hits.replace(hits)
        if hits:
            self.choose(0)

    def choose(self, row: int) -> None:
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.hits.index(row, 0), flag)

    def _on_double(self, index: Index) -> None:
        self.taken.emit(index.row())

    def _on_row(self, now: Index, _before: Index) -> None:
        if now.isValid():
            self.looked.emit(now.row())

    def event(self, event: QEvent) -> bool:
        """Its keys are its own, whatever the window uses them for."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._mine(event):
            event.accept()
            return True
        return super().event(event)

    def _mine(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and (event.text().isdigit() or event.key() in (*_LATER, *_ENTER, Qt.Key.Key_F2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if not self._mine(event):
            if event.text().strip() or event.key() == Qt.Key.Key_Escape:
                event.ignore()  # letters are keys of the window, not a search in the list
            else:
                super().keyPressEvent(event)
        elif event.text().isdigit():
            if 0 < int(event.text()) <= len(self.hits.hits):
                self.taken.emit(int(event.text()) - 1)
        elif event.key() in _ENTER:
            if row >= 0:
                self.taken.emit(row)
        elif event.key() in _LATER:
            self.put_off.emit()
        else:
            self.edit_wanted.emit()


class _Delegate(QStyledItemDelegate):
    def __init__(self, model: HitModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = known(option).rect
        hit = self._model.hits[index.row()]
        paint_ground(painter, option)
        key = str(index.row() + 1)
        width = marks.key_width(key)
        marks.paint_key(painter, QRect(rect.left() + 12, rect.center().y() - 9, width, 18), key)
        line = QRect(rect.left() + _TEXT, rect.top() + 4, rect.width() - _TEXT - 9, 17)
        paint.text(painter, line, hit.matched, "key", "tx")
        paint.text(painter, line.translated(0, 17), quality(hit.quality), "secondary", "tx2")
