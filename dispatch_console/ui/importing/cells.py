"""How a cell of the file is painted and typed into."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dispatch_console.services.importing_picture import Mark
from dispatch_console.ui.importing.rows_model import Index, Roles
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint

ROW = 24
EDGE = 3
PAD = 5

_EDGES = {Mark.REJECTED: "red", Mark.CHANGED: "acc", Mark.DUPLICATE: "tx3"}
_FAINT = (Mark.DUPLICATE, Mark.LEFT_OUT)


class Cells(QStyledItemDelegate):
    """Paints a row 24 high, also where the view makes it higher to hold the repair strip below."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        rect = QRect(rect.left(), rect.top(), rect.width(), ROW)
        mark = index.data(Roles.MARK)
        bad = bool(index.data(Roles.BAD))
        painter.save()
        painter.fillRect(rect, look.colour("accbg" if state & QStyle.StateFlag.State_Selected else "pane"))
        if bad:
            painter.fillRect(rect.adjusted(1, 0, -1, -1), look.colour("redbg"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line2"))
        if index.column() == 0 and mark in _EDGES:
            painter.fillRect(rect.left(), rect.top(), EDGE, ROW - 1, look.colour(_EDGES[mark]))
        self._text(painter, rect, index, mark, bad)
        if state & QStyle.StateFlag.State_HasFocus and index.column() > 0:
            paint.focus_ring(painter, rect.adjusted(0, 0, 0, -1))
        painter.restore()

    def _text(self, painter: QPainter, rect: QRect, index: Index, mark: object, bad: bool) -> None:
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if not text:
            return
        token = "red" if bad else "tx2" if index.column() == 0 else "tx3" if mark in _FAINT else "tx"
        font = look.font("key" if bad else "data")
        area = rect.adjusted(PAD, 0, -PAD, -1)
        painter.setFont(font)
        painter.setPen(look.colour(token))
        alignment = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        painter.drawText(area, alignment, QFontMetrics(font).elidedText(text, _RIGHT, area.width()))

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
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
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

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        paint.box(painter, self.rect(), look.colour("field"), None)
        paint.focus_ring(painter, self.rect())
        painter.end()
        super().paintEvent(event)


_PRESS = QEvent.Type.KeyPress
_RIGHT = Qt.TextElideMode.ElideRight
