"""The band below the head: where the order is now, in a sentence to be said on the phone, and whom to phone."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dispatch_console.domain.orders import Order
from dispatch_console.services.order_history.values import Standing, Tone
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import RouteChip, Text, paint

HEIGHT = 64

#: How it stands → (icon, colour token); the sentence says the same in words.
_SIGNS: dict[Tone, tuple[str, str]] = {
    Tone.PLAIN: ("ph.package", "tx"),
    Tone.GOOD: ("ph.check-bold", "ok"),
    Tone.RISK: ("ph.warning-fill", "amb"),
    Tone.BAD: ("ph.warning-circle-fill", "red"),
}


class NowBand(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._sign = _Sign()
        self.headline = Text("", "status")
        self.more = Text("", "data", "tx2")
        self._chip = RouteChip(1, "")
        self.customer = Phone(self.tr("Customer"))
        self.driver = Phone(self.tr("Driver"))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.headline)
        words.addWidget(self.more)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 1)
        row.setSpacing(12)
        row.addWidget(self._sign)
        row.addWidget(self._chip)
        row.addLayout(words, 1)
        row.addWidget(self.customer)
        row.addSpacing(12)
        row.addWidget(self.driver)

    def show_standing(self, now: Standing, order: Order) -> None:
        self.headline.setText(now.headline)
        self.more.setText(" · ".join(now.more))
        self.more.setVisible(bool(now.more))
        self._sign.show_tone(*_SIGNS[now.tone])
        self._chip.setVisible(now.slot > 0)
        if now.slot:
            self._chip.set_route(now.slot, now.initials)
        self.customer.show_phone(order.recipient, order.phone)
        self.driver.show_phone(now.driver, now.phone)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("raise"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))


class Phone(QWidget):
    """Whom one reaches under which number; hidden if there is none."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role
        self.name = Text("", "secondary", "tx2")
        self.number = Text("", "key")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addStretch(1)
        column.addWidget(self.name)
        column.addWidget(self.number)
        column.addStretch(1)

    def show_phone(self, name: str, number: str) -> None:
        self.name.setText(f"{self._role}: {name}")
        self.number.setText(number)
        self.setVisible(bool(name and number))


class _Sign(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._icon, self._token = "ph.package", "tx"
        self.setFixedSize(self.sizeHint())

    def show_tone(self, icon: str, token: str) -> None:
        self._icon, self._token = icon, token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(20, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.icon_at(QPainter(self), self._icon, self._token, QRect(0, 0, 20, 20))
