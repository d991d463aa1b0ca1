"""The fields of an order in the order in which a caller says them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.domain.orders import Order, OrderKind, Priority
from dispatch_console.ui.order_form.boxes import ChoiceBox, NoteBox, TextBox, side_by_side
from dispatch_console.ui.order_form.rules import RulesGroup

KINDS = (OrderKind.DELIVERY, OrderKind.COLLECTION)
PRIORITIES = (Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.CRITICAL)
ADDRESS = frozenset({"street", "house_number", "postcode", "city", "country"})


class OrderFields(QWidget):
    """`left(name)`: the focus went from a field. `typed()`: something was changed by hand."""

    left = Signal(str)
    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = self.tr
        self.boxes: dict[str, TextBox | NoteBox] = {
            "reference": TextBox(tr("Order no.")),
            "name": TextBox(tr("Name")),
            "company": TextBox(tr("Company")),
            "phone": TextBox(tr("Phone")),
            "email": TextBox(tr("E-mail")),
            "street": TextBox(tr("Street")),
            "house_number": TextBox(tr("No.")),
            "postcode": TextBox(tr("Code")),
            "city": TextBox(tr("Town")),
            "country": TextBox(tr("Country")),
            "windows": TextBox(tr("Window"), tr("any time")),
            "service": TextBox(tr("Stop, min"), tr("usual")),
            "kg": TextBox(tr("kg")),
            "m3": TextBox(tr("m³")),
            "pieces": TextBox(tr("Pieces")),
            "cod": TextBox(tr("Cash on delivery"), tr("none")),
            "skills": TextBox(tr("Skills"), tr("such as two-man, tail-lift")),
            "notes": NoteBox(tr("Note for the driver")),
        }
        self.rules = RulesGroup()
        self.boxes |= self.rules.boxes
        self.kind = ChoiceBox(tr("Kind"), [tr("Delivery"), tr("Collection")])
        self.priority = ChoiceBox(tr("Priority"), [tr("Low"), tr("Normal"), tr("High"), tr("Critical")])
        self.place = QVBoxLayout()
        self._lay_out()
        for name, box in self.boxes.items():
            box.left.connect(lambda name=name: self.left.emit(name))
            box.typed.connect(self.typed)
        for choice in (self.kind, self.priority):
            choice.typed.connect(self.typed)

    def _lay_out(self) -> None:
        box = self.boxes
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(side_by_side((box["reference"], 4), (self.kind, 6)))
        column.addLayout(side_by_side((box["name"], 1), (box["company"], 1)))
        column.addLayout(side_by_side((box["phone"], 1), (box["email"], 1)))
        column.addLayout(side_by_side((box["street"], 3), (box["house_number"], 1)))
        column.addLayout(side_by_side((box["postcode"], 1), (box["city"], 2), (box["country"], 1)))
        column.addLayout(self.place)
        column.addLayout(side_by_side((box["windows"], 3), (box["service"], 1)))
        column.addLayout(side_by_side((box["kg"], 1), (box["m3"], 1), (box["pieces"], 1)))
        column.addLayout(side_by_side((box["cod"], 1), (box["skills"], 1)))
        column.addWidget(self.priority)
        column.addWidget(box["notes"])
        column.addWidget(self.rules)
        column.addStretch(1)

    def show_order(self, order: Order, texts: Mapping[str, str]) -> None:
        """`texts`: its fields as `order_fields.texts_of` says them."""
        for name, text in texts.items():
            self.boxes[name].set_text(text)
        self.kind.choose(KINDS.index(order.kind))
        self.priority.choose(PRIORITIES.index(order.priority))

    def fill_in(self, texts: Mapping[str, str], kind: OrderKind, priority: Priority) -> None:
        """Some fields as they were typed before; what this version has no field or choice for is left out."""
        for name, text in texts.items():
            if name in self.boxes:
                self.boxes[name].set_text(text)
        if kind in KINDS:
            self.kind.choose(KINDS.index(kind))
        self.priority.choose(PRIORITIES.index(priority))

    def texts(self) -> dict[str, str]:
        return {name: box.text for name, box in self.boxes.items()}

    def chosen(self) -> tuple[OrderKind, Priority]:
        return KINDS[self.kind.index], PRIORITIES[self.priority.index]
