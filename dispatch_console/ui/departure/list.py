"""The list of what to look at: a click or Enter goes there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dispatch_console.ui.departure.model import ICONS, ProblemModel
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.options import bare, known, paint_ground

Index = QModelIndex | QPersistentModelIndex

ROW: Final = 40  # px
_TEXT = 37


class ProblemList(QListView):
    """`chosen(row)`: by click, arrow or Enter."""

    chosen = Signal(int)

    def __init__(self, model: ProblemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_Delegate(model, self))
        self.setUniformItemSizes(True)
        bare(self, self.tr("Before the vans leave"))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())

    def choose(self, row: int) -> None:
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.chosen.emit(row)
        elif event.key() == Qt.Key.Key_Escape or event.text().strip():
            event.ignore()  # letters are keys of the window, not a search in the list
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    def __init__(self, model: ProblemModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = known(option).rect
        problem = self._model.problems[index.row()]
        paint_ground(painter, option)
        token = "red" if problem.hard else "amb"
        paint.icon_at(painter, ICONS[problem.kind], token, QRect(rect.left() + 12, rect.center().y() - 8, 16, 16))
        line = QRect(rect.left() + _TEXT, rect.top() + 4, rect.width() - _TEXT - 9, 16)
        paint.text(painter, line, problem.what, "key", "tx")
        paint.text(painter, line.translated(0, 16), problem.sentence, "secondary", "tx2")
