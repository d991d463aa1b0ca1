"""The rows of a sheet as a table model."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dispatch_console.domain.orders import OrderId
from dispatch_console.domain.proofs import Proof
from dispatch_console.services.debrief import goods
from dispatch_console.services.debrief.sheet import Row
from dispatch_console.ui.debrief import words
from dispatch_console.ui.debrief.state import SheetState
from dispatch_console.ui.models.words import listed_name, wall
from dispatch_console.ui.plain import plain

Index = QModelIndex | QPersistentModelIndex
Filter = Literal["all", "exceptions", "cash"]
FILTERS: tuple[Filter, ...] = ("all", "exceptions", "cash")
_NOWHERE = QModelIndex()


class Col(IntEnum):
    NUMBER = 0
    ORDER = 1
    NAME = 2
    ADDRESS = 3
    PIECES = 4
    PLANNED = 5
    ARRIVED = 6
    DIFF = 7
    OUTCOME = 8
    REASON = 9
    BACK = 10
    CASH = 11
    PROOF = 12


NUMBERS = {Col.NUMBER, Col.PIECES, Col.PLANNED, Col.ARRIVED, Col.DIFF, Col.BACK, Col.CASH, Col.PROOF}


class RowsModel(QAbstractTableModel):
    """Rows of `SheetState` that pass the filter."""

    def __init__(self, state: SheetState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.shown: tuple[Row, ...] = ()
        self.filter: Filter = "all"
        self._with_picture: frozenset[OrderId] = frozenset()
        self._sheet_here = False
        state.changed.connect(self.refresh)

    def set_filter(self, name: Filter) -> None:
        self.filter = name
        self.refresh()

    def set_proofs(self, proofs: Sequence[Proof]) -> None:
        self._with_picture = frozenset(proof.order for proof in proofs if proof.order is not None)
        self._sheet_here = any(proof.order is None for proof in proofs)
        self.refresh()

    def refresh(self) -> None:
        """Show the rows as they are now; the table is laid out anew only if others are shown."""
        kept = tuple(row for row in self._state.rows if self._passes(row))
        same = [row.order.id for row in kept] == [row.order.id for row in self.shown]
        if not same:
            self.beginResetModel()
        self.shown = kept
        if not same:
            self.endResetModel()
        elif kept:
            self.dataChanged.emit(self.index(0, 0), self.index(len(kept) - 1, len(Col) - 1))

    def _passes(self, row: Row) -> bool:
        if self.filter == "exceptions":
            return row.is_exception
        return self.filter == "all" or row.order.cod is not None

    def heads(self, currency: str) -> tuple[str, ...]:
        tr = self.tr
        cash = tr("Cash, {unit}").format(unit=currency)
        return (
            "", tr("Order"), tr("Name"), tr("Address"), tr("Pieces"), tr("Planned"), tr("Arrived"),
            tr("Diff., min"), tr("Outcome"), tr("Reason"), tr("Back, pcs"), cash, tr("Proof"),
        )  # fmt: skip

    def row_of(self, order: OrderId | None) -> int:
        """Where an order is shown; −1: nowhere."""
        return next((i for i, row in enumerate(self.shown) if row.order.id == order), -1)

    def signs(self, row: Row) -> tuple[bool, bool]:
        """(it has a picture of its own, there is a proof of it: that picture or the signed sheet)."""
        own = row.order.id in self._with_picture
        return own, own or self._sheet_here

    # -- for Qt --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Col)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.shown):
            return None
        row = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, Col(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            where = row.order.address.one_line
            named = f"{row.order.reference} {row.order.recipient}, {where}" if where else row.order.recipient
            return plain(named)
        return None

    def text(self, row: Row, column: Col) -> str:
        """What stands in a cell; the drawing of some cells adds signs."""
        day = self._state.day
        match column:
            case Col.NUMBER:
                return row.number if row.lead else ""
            case Col.ORDER:
                return row.order.reference
            case Col.NAME:
                return listed_name(row.order.recipient)
            case Col.ADDRESS:
                parts = (row.order.address.street_line, row.order.address.city)
                return ", ".join(part for part in parts if part)
            case Col.PIECES:
                return str(row.pieces)
            case Col.PLANNED:
                return "–" if row.planned is None else wall(row.planned, day.date, day.depot.timezone)
            case Col.ARRIVED:
                return wall(row.arrive, day.date, day.depot.timezone)
            case Col.DIFF:
                return words.difference(row)
            case Col.OUTCOME:
                return words.outcome(row)
            case Col.REASON:
                return words.reason(row)
            case Col.BACK:
                return str(goods.expected(row) or "")
            case Col.CASH:
                return words.cents(row.due.cents if row.taken is None else row.taken) if row.due else ""
            case Col.PROOF:
                return ""
