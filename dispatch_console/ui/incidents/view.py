"""The list of incidents: chosen by click or arrows, acted on by button or Enter."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QToolTip, QWidget

from dispatch_console.ui.incidents.delegate import IncidentDelegate
from dispatch_console.ui.incidents.model import IncidentModel
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets.options import bare


class IncidentList(QListView):
    """`chosen(row)`: by click or arrow. `wanted(row)`: do what its button says. `owned(row)`, `put_off(row)`: the
    keys O and Z.
    """

    chosen = Signal(int)
    wanted = Signal(int)
    owned = Signal(int)
    put_off = Signal(int)

    def __init__(self, model: IncidentModel, delegate: IncidentDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._delegate = model, delegate
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)
        bare(self, self.tr("Incidents"))
        self.setFont(look.font("data"))
        delegate.pressed.connect(self.wanted)
        self.clicked.connect(self._on_clicked)

    def choose(self, row: int) -> None:
        index = self._model.index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self.chosen.emit(row)

    def repaint_all(self) -> None:
        self.viewport().update()

    def event(self, e: QEvent) -> bool:
        """Its keys are its own while the focus is here, whatever the window uses them for."""
        if isinstance(e, QKeyEvent) and e.type() == QEvent.Type.ShortcutOverride and self._deed(e) is not None:
            e.accept()
            return True
        return super().event(e)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        deed = self._deed(event)
        if deed is not None:
            deed(row)
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)
        if self.currentIndex().row() not in (row, -1):
            self.chosen.emit(self.currentIndex().row())

    def _deed(self, event: QKeyEvent) -> Callable[[int], object] | None:
        """What a key does with the current row; None: it is not ours."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not plain or self.currentIndex().row() < 0:
            return None
        keys: dict[Qt.Key, Callable[[int], object]] = {
            Qt.Key.Key_Return: self.wanted.emit,
            Qt.Key.Key_Enter: self.wanted.emit,
            Qt.Key.Key_O: self.owned.emit,
            Qt.Key.Key_Z: self.put_off.emit,
            Qt.Key.Key_Right: self._model.next_way,
            Qt.Key.Key_Left: self._model.last_way,
        }
        return keys.get(Qt.Key(event.key()))

    def mouseMoveEvent(self, e: QMouseEvent) -> None:
        super().mouseMoveEvent(e)
        self._hover(e.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(QPoint(-1, -1))

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        return super().viewportEvent(event)

    def _hover(self, at: QPoint) -> None:
        index = self.indexAt(at)
        over = -1
        if index.isValid():
            row = self._model.row(index.row())
            if self._delegate.button_rect(self.visualRect(index), row).contains(at):
                over = index.row()
        if over != self._delegate.over:
            self._delegate.over = over
            self.viewport().update()

    def _on_clicked(self, index: QModelIndex) -> None:
        if self._delegate.over != index.row():
            self.chosen.emit(index.row())

    def _show_tip(self, event: QHelpEvent) -> None:
        """The whole text of a row: titles and sentences may be cut."""
        index = self.indexAt(event.pos())
        if index.isValid():
            row = self._model.row(index.row())
            way = self._model.choice(index.row())
            told = self.tr("known since {at}").format(at=row.time) if row.time[:1].isdigit() else row.time
            lines = [row.title, row.sentence, told, way.sentence if way is not None else ""]
            text = f"<p style='white-space:pre'>{'<br>'.join(escape(line) for line in lines if line)}</p>"
            QToolTip.showText(event.globalPos(), text, self.viewport(), self.visualRect(index))
