"""Finding the caller among the customers of earlier orders, by phone number or name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.orders import Order
from dispatch_console.services import orders
from dispatch_console.services.orders import Found, Store
from dispatch_console.ui.later import Later
from dispatch_console.ui.order_form.boxes import FormField
from dispatch_console.ui.order_form.matches import Matches

_SEARCH_MS = 150
_SHORTEST = 3  # letters or figures before the earlier orders are searched


class CustomerSearch(QWidget):
    """Signals: `recalled(order)` the newest order of the customer chosen · `nobody(text)` Enter on what was typed
    though nobody was found · `typed()`.
    """

    recalled = Signal(object)
    nobody = Signal(str)
    typed = Signal()

    def __init__(
        self,
        store: Store,
        depot: Callable[[], DepotId],
        sorry: Callable[[BaseException], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._depot, self._sorry = store, depot, sorry
        self._later = Later(self)
        self.field = FormField(self.tr("Customer by phone or name"), "ph.magnifying-glass")
        self.field.textEdited.connect(self._on_edited)
        self.field.installEventFilter(self)
        self.matches = Matches(self)
        self.matches.taken.connect(self._recall)
        self._timer = QTimer(self, singleShot=True, interval=_SEARCH_MS)
        self._timer.timeout.connect(self.search_now)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.matches)

    def begin(self) -> None:
        """Empty, for the next caller."""
        self.field.clear()
        self.matches.hide()

    def focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def search_now(self) -> None:
        text = self.field.text().strip()
        if len(text) < _SHORTEST:
            self.matches.show_found(())
            return
        depot = self._depot()
        found = self._store.submit(lambda: orders.customers(self._store, depot, text))
        self._later.when(found, lambda those: self._on_found(text, those), self._sorry)

    def _on_edited(self) -> None:
        self._timer.start()
        self.typed.emit()

    def _on_found(self, text: str, found: list[Found]) -> None:
        if text == self.field.text().strip():
            self.matches.show_found(found)

    def _recall(self, found: Found) -> None:
        depot = self._depot()
        order = self._store.submit(lambda: orders.recall(self._store, depot, found))
        self._later.when(order, self._on_recalled, self._sorry)

    def _on_recalled(self, order: Order | None) -> None:
        if order is not None:
            self.field.setText(order.recipient)
            self.recalled.emit(order)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self.matches.step(steps[Qt.Key(event.key())])
            return True
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if not self.matches.take():
                self.nobody.emit(self.field.text().strip())
            return True
        return False
