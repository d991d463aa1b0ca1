"""The list of incidents: chosen by click or arrows, acted on by button or Enter."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QListView, QToolTip, QWidget

from dispatch_console.ui.incidents.delegate import IncidentDelegate
from dispatch_console.ui.incidents.model import IncidentModel, row_of
from dispatch_console.ui.theme import look


class IncidentList(QListView):
    """`chosen(row)`: by click or arrow. `wanted(row)`: do what its button says."""

    chosen = Signal(int)
    wanted = Signal(int)

    def __init__(self, model: IncidentModel, delegate: IncidentDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._delegate = model, delegate
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Incidents"))
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.wanted.emit(row)
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)
        if self.currentIndex().row() not in (row, -1):
            self.chosen.emit(self.currentIndex().row())

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
            row = row_of(self._model.incidents[index.row()])
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
            row = row_of(self._model.incidents[index.row()])
            text = f"<p style='white-space:pre'>{escape(row.title)}<br>{escape(row.sentence)}</p>"
            QToolTip.showText(event.globalPos(), text, self.viewport(), self.visualRect(index))
