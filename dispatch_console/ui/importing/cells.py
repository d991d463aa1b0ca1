"""How a cell of the file is typed into."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dispatch_console.ui.importing.painting import PAD, ROW
from dispatch_console.ui.importing.rows_model import Index
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.options import known


class Cells(QStyledItemDelegate):
    """Makes the fields to type in; the cells themselves are painted by `painting`."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = CellEditor(parent)
        editor.setAlignment(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, CellEditor)
        if not editor.touched:
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """An offer that nobody took is not a repair."""
        assert isinstance(editor, CellEditor)
        if editor.isModified() or editor.taken:
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = known(option).rect
        editor.setGeometry(QRect(rect.left() - 1, rect.top() - 1, rect.width() + 2, ROW + 1))

    def eventFilter(self, object: QObject, event: QEvent) -> bool:
        if isinstance(object, CellEditor) and isinstance(event, QKeyEvent) and event.type() == _PRESS:
            object.taken = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return super().eventFilter(object, event)


class CellEditor(QLineEdit):
    """Typing in a cell: the ring of the window, the text where the cell has it.

    It may open with an offer in place of the cell's text; `taken` says that Enter was pressed on it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.taken = self.touched = False
        self.setProperty("ours", True)
        self.setFont(look.font("data"))
        self.setTextMargins(PAD - 1, 0, PAD - 1, 0)

    def offer(self, text: str) -> None:
        self.touched = True
        self.setText(text)
        self.selectAll()  # who types on has something better

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        paint.box(painter, self.rect(), look.colour("field"), None)
        paint.focus_ring(painter, self.rect())
        painter.end()
        super().paintEvent(event)


_PRESS = QEvent.Type.KeyPress
