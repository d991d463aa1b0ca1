"""The right side of the page: what the order is, its days, its pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from dispatch_console.domain import saying
from dispatch_console.domain.orders import Order
from dispatch_console.domain.proofs import Proof, ProofId
from dispatch_console.services.order_history.values import OneDay, OrderHistory
from dispatch_console.services.order_rule_fields import DriverNames
from dispatch_console.ui import texts
from dispatch_console.ui.models import asking, words
from dispatch_console.ui.order_page.pictures import Tile
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import PaneHead, Text

_tr = texts.of("OrderPage")

WIDTH, NARROW = 400, 320
_LABEL = 84


class Side(QScrollArea):
    """`opened(proof)`: a picture was clicked."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._facts, self._days, self._tiles = _Grid(), _Grid(), QGridLayout()
        self._pictures: dict[ProofId, Tile] = {}
        self.proof_head = PaneHead(_tr("Proof"))
        self.days_head = PaneHead(_tr("Days"))
        self._holder = QWidget()
        self._holder.setLayout(self._tiles)
        self._tiles.setContentsMargins(12, 8, 12, 8)
        self._tiles.setSpacing(8)
        self._tiles.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._none = Text(_tr("No picture, signature or code is kept for it."), "data", "tx3")
        self._none.setContentsMargins(12, 8, 12, 8)
        inside = _Ground()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PaneHead(_tr("Order")))
        column.addWidget(self._facts)
        column.addWidget(self.days_head)
        column.addWidget(self._days)
        column.addWidget(self.proof_head)
        column.addWidget(self._holder)
        column.addWidget(self._none)
        column.addStretch(1)
        self.setWidget(inside)

    def show_history(self, seen: OrderHistory) -> None:
        self._facts.show_lines(facts(seen.order, seen.drivers))
        self._days.show_lines([_day(one) for one in seen.days])
        self.days_head.set_count(len(seen.days))
        self._show_proofs(seen.proofs)

    def show_picture(self, id: ProofId, image: QImage) -> None:
        if id in self._pictures:
            self._pictures[id].show_image(image)

    def _show_proofs(self, proofs: Sequence[Proof]) -> None:
        wanted = {proof.id for proof in proofs}
        for id in [id for id in self._pictures if id not in wanted]:
            tile = self._pictures.pop(id)
            self._tiles.removeWidget(tile)
            tile.deleteLater()
        for at, proof in enumerate(proofs):
            tile = self._pictures.get(proof.id)
            if tile is None:
                tile = self._pictures[proof.id] = Tile(proof)
                tile.clicked.connect(self.opened)
            self._tiles.addWidget(tile, at // 2, at % 2)
        self.proof_head.set_count(len(proofs) or "")
        self._none.setVisible(not proofs)
        self._holder.setVisible(bool(proofs))


def facts(order: Order, names: DriverNames) -> list[tuple[str, str]]:
    """What is known of an order, as label and words; what is not known is left out."""
    size = order.size
    what = [words.count(size.pieces, "piece"), f"{words.kilograms(size.grams)} kg" if size.grams else ""]
    what += [f"{size.m3:.2f} m³" if size.litres else ""]
    found = (
        (_tr("Name"), order.name),
        (_tr("Company"), order.company),
        (_tr("Phone"), order.phone),
        (_tr("E-mail"), order.email),
        (_tr("Address"), order.address.one_line),
        (_tr("Window"), saying.windows(order.windows) or _tr("any time")),
        (_tr("Goods"), ", ".join(part for part in what if part)),
        (_tr("Cash"), str(order.cod) if order.cod is not None else ""),
        (_tr("Needs"), ", ".join(order.skills)),
        (_tr("Planning"), ", ".join(asking.of_order(order, names))),
        (_tr("Items"), "\n".join(_item(item.quantity, item.description or item.sku) for item in order.items)),
        (_tr("Note"), order.notes),
    )
    return [(label, text) for label, text in found if text]


def _item(quantity: int, name: str) -> str:
    return f"{quantity} × {name}"


def _day(one: OneDay) -> tuple[str, str]:
    tried = _tr("attempt {n}").format(n=one.attempt)
    return saying.date(one.date), f"{tried} · {one.ended or _tr('open')}"


class _Grid(QWidget):
    """Labels at the left, words at the right; long ones go on below. They can be marked and copied."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 8, 12, 10)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, _LABEL)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[Text, Text]] = []

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        while len(self._lines) < len(lines):
            label, text = Text("", "data", "tx2"), Text("", "data")
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            at = len(self._lines)
            self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, at, 1)
            self._lines.append((label, text))
        for at, (label, text) in enumerate(self._lines):
            told = lines[at] if at < len(lines) else ("", "")
            label.setText(told[0])
            text.setText(told[1])
            label.setVisible(bool(told[0]))
            text.setVisible(bool(told[0]))


class _Ground(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour("pane"))
