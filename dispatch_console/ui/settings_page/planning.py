"""What is planned by: a price for each thing that matters besides money, and goods that may not ride together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from dispatch_console.domain.weights import Policy
from dispatch_console.services import policy as service
from dispatch_console.ui import texts
from dispatch_console.ui.widgets import Button, Text
from dispatch_console.ui.widgets.arranging import in_a_row

_tr = texts.of("SettingsPage")
_AMOUNT, _GOODS = 96, 172


class Price(NamedTuple):
    """A field of `Weights`: its name on the page, what one of it is for, and what it does, in a sentence."""

    field: str
    name: str
    unit: str
    does: str


PRICES = (
    Price("unfamiliar", "Unfamiliar driver", "a stop", "For each stop that knows some drivers and gets another."),
    Price("off_zone", "Outside the home zones", "a stop",
          "For each stop in a zone that is not one of its driver's home zones."),
    Price("balance_hours", "Long days", "hours² a route",
          "Evens out hours: at 1.00 a day of 8 hours weighs 64.00, two of 4 hours 32.00."),
    Price("balance_stops", "Many stops", "stops² a route",
          "Evens out stops: at 0.10 a route of 20 weighs 40.00, two of 10 weigh 20.00."),
    Price("moved_driver", "Moved to another driver", "a stop",
          "Keeps what is published: for each stop that goes to another driver than planned."),
    Price("moved_order", "Moved in the order", "a stop",
          "Keeps what is published: for each stop that comes after another one than planned."),
    Price("moved_minute", "Moved in time", "a minute",
          "Keeps what is published: for each minute that a stop begins earlier or later than planned."),
    Price("optional_prize", "Low priority left out", "a stop",
          "So much dearer a plan may be before an order of low priority stays; 0: as its rank says."),
)  # fmt: skip


class Planning:
    """The fields of the prices by name, and the pairs of goods. Each change counts when it is made.

    `policy()` is what counts now, `change(policy, label)` makes another; `do` shows the sentence of a UserError.
    `goods()`: classes that are known, to be chosen by their beginning.
    """

    def __init__(
        self,
        policy: Callable[[], Policy],
        change: Callable[[Policy, str], object],
        do: Callable[[Callable[[], object]], bool],
        currency: Callable[[], str],
        goods: Callable[[], Sequence[str]],
    ) -> None:
        self._policy, self._change, self._do, self._currency = policy, change, do, currency
        self.prices = {price.field: QLineEdit() for price in PRICES}
        self._units = {price.field: Text("", "data", "tx2") for price in PRICES}
        self.apart = Apart(policy, change, do, goods)
        for price in PRICES:
            field = self.prices[price.field]
            field.setFixedWidth(_AMOUNT)
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setAccessibleName(_tr(price.name))
            field.editingFinished.connect(lambda price=price: self._take(price))

    def field(self, price: Price) -> QWidget:
        """The amount with its unit behind it."""
        return in_a_row(self.prices[price.field], self._units[price.field])

    def refresh(self) -> None:
        """Show what counts now."""
        for price in PRICES:
            self.prices[price.field].setText(service.price_text(self._policy(), price.field))
            self._units[price.field].setText(
                f"{self._currency()} × {_tr(price.unit)}"
                if "²" in price.unit
                else f"{self._currency()} {_tr(price.unit)}"
            )
        self.apart.refresh()

    def _take(self, price: Price) -> None:
        typed, now = self.prices[price.field].text().strip(), self._policy()
        if typed == service.price_text(now, price.field):
            return
        label = _tr("Price of “{name}”").format(name=_tr(price.name).lower())
        self._do(lambda: self._change(service.with_price(now, price.field, typed), label))
        self.refresh()


class Apart(QWidget):
    """A line for each pair, with a button that takes it away; below, two fields for one more."""

    def __init__(
        self,
        policy: Callable[[], Policy],
        change: Callable[[Policy, str], object],
        do: Callable[[Callable[[], object]], bool],
        goods: Callable[[], Sequence[str]],
    ) -> None:
        super().__init__()
        self._policy, self._change, self._do, self._goods = policy, change, do, goods
        self.one, self.other = QLineEdit(), QLineEdit()
        self.add = Button(_tr("Keep apart"), "ph.plus", size=24)
        self.removers: list[Button] = []
        self._lines: list[QWidget] = []
        for field, name in ((self.one, _tr("Class of goods")), (self.other, _tr("Another class of goods"))):
            field.setFixedWidth(_GOODS)
            field.setAccessibleName(name)
            field.setPlaceholderText(_tr("such as food") if field is self.one else _tr("such as cleaner"))
            field.returnPressed.connect(self._on_add)
        self.add.clicked.connect(self._on_add)
        self._none = Text(_tr("All goods may ride together. Orders name their classes."), "secondary", "tx3")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._none)
        self._column.addWidget(in_a_row(self.one, Text(_tr("and"), "data", "tx2"), self.other, self.add))

    @property
    def shown(self) -> list[str]:
        """The pairs, as they are listed."""
        return [service.pair_text(pair) for pair in service.pairs(self._policy())]

    def refresh(self) -> None:
        """List the pairs that count now."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.deleteLater()
        found = service.pairs(self._policy())
        self.removers = [Button(_tr("Remove"), "ph.x", kind="link") for _ in found]
        self._lines = []
        for at, (pair, remove) in enumerate(zip(found, self.removers, strict=True)):
            words = service.pair_text(pair)
            remove.setAccessibleName(_tr("{pair} may ride together again").format(pair=words))
            remove.clicked.connect(lambda _=False, pair=pair: self._remove(pair))
            text = Text(words, "data", "tx")
            text.setFixedWidth(2 * _GOODS + 40)
            self._lines.append(in_a_row(text, remove))
            self._column.insertWidget(at, self._lines[-1])
        self._none.setVisible(not found)
        for field in (self.one, self.other):
            completer = QCompleter(sorted({*self._goods(), *(name for pair in found for name in pair)}), field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            field.setCompleter(completer)

    def _on_add(self) -> None:
        one, other, now = self.one.text().strip(), self.other.text().strip(), self._policy()
        if one and not other:
            self.other.setFocus(Qt.FocusReason.TabFocusReason)
            return
        label = _tr("Keep {one} and {other} apart").format(one=one, other=other)
        if self._do(lambda: self._change(service.with_apart(now, one, other), label)):
            self.one.clear()
            self.other.clear()
            self.one.setFocus(Qt.FocusReason.TabFocusReason)
            self.refresh()

    def _remove(self, pair: frozenset[str]) -> None:
        label = _tr("Let {pair} ride together").format(pair=service.pair_text(pair))
        self._do(lambda: self._change(service.without_apart(self._policy(), pair), label))
        self.refresh()
