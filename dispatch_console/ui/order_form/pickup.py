"""The field that says at which other order of the day the goods come on board; it finds them as one types."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QCompleter, QWidget

from dispatch_console.domain.orders import Order
from dispatch_console.ui.order_form.boxes import TextBox

_REFERENCE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()
_SHOWN = 8


class PickupBox(TextBox):
    """Orders are found by any part of their number or of whose they are; what is taken is the number."""

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder, parent)
        self._orders = _Orders(self)
        completer = _Finder(self._orders, self)
        completer.setCompletionRole(Qt.ItemDataRole.DisplayRole)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_SHOWN)
        self.field.setCompleter(completer)

    def offer(self, orders: Iterable[Order]) -> None:
        """The orders to choose from."""
        self._orders.show(sorted(orders, key=lambda order: order.reference))


class _Finder(QCompleter):
    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(_REFERENCE) or "")  # nothing for no index


class _Orders(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._orders: list[Order] = []

    def show(self, orders: list[Order]) -> None:
        self.beginResetModel()
        self._orders = orders
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._orders)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        order = self._orders[index.row()]
        if role == _REFERENCE:
            return order.reference
        if role == Qt.ItemDataRole.DisplayRole:
            return " · ".join(part for part in (order.reference, order.recipient) if part)
        return None
