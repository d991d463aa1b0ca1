"""Customers found while typing: a short list below the field; arrows choose, Enter takes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dispatch_console.domain import saying
from dispatch_console.services.orders import Found
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.options import known

_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_ROW = 40


class Matches(QListWidget):
    """`taken(found)`: this customer it is."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Drawn(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setProperty("class", "matches")
        self.setAccessibleName(self.tr("Customers found"))
        self.itemClicked.connect(self._on_clicked)
        self.hide()

    def show_found(self, found: Sequence[Found]) -> None:
        self.clear()
        for one in found:
            item = QListWidgetItem(one.recipient, self)
            item.setData(Qt.ItemDataRole.UserRole, one)
        self.setFixedHeight(min(5, len(found)) * _ROW + 2)
        self.setVisible(bool(found))
        if found:
            self.setCurrentRow(0)

    def step(self, by: int) -> None:
        if self.count():
            self.setCurrentRow((self.currentRow() + by) % self.count())

    def take(self) -> bool:
        """Take the chosen one. False if there is none."""
        if not self.isVisible() or self.currentRow() < 0:
            return False
        self._on_clicked(self.currentItem())
        return True

    def _on_clicked(self, item: QListWidgetItem) -> None:
        found = item.data(Qt.ItemDataRole.UserRole)
        self.hide()
        self.taken.emit(found)


class _Drawn(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, state = known(option).rect, known(option).state
        found: Found = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        chosen = state & QStyle.StateFlag.State_Selected
        over = state & QStyle.StateFlag.State_MouseOver
        painter.fillRect(rect, look.colour("accbg" if chosen else "hover" if over else "pane"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line2"))
        first = QRect(rect.left() + 10, rect.top() + 4, rect.width() - 20, 16)
        phone = QFontMetrics(look.font("data")).horizontalAdvance(found.phone)
        paint.text(painter, first, found.phone, "data", "tx2", _RIGHT)
        paint.text(painter, first.adjusted(0, 0, -phone - 8, 0), found.recipient, "key", "tx")
        below = f"{found.reference}, {saying.day_month(found.date)} · {found.address}".rstrip(" ·")
        paint.text(painter, first.translated(0, 16), below, "secondary", "tx2")
        painter.restore()
