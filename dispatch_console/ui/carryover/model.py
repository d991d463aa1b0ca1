"""The list as rows of a Qt model: groups by what becomes of the orders, and the orders below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dispatch_console.domain import nextsteps, saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.nextsteps import Usuals
from dispatch_console.domain.orders import NextKind, NextStep, OrderId
from dispatch_console.services import carryover
from dispatch_console.services.carryover import Going
from dispatch_console.ui import texts
from dispatch_console.ui.models import words

_tr = texts.of("Carryover")

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Group:
    """What becomes of the orders below it, and how many they are. `over`: they are in their new day already."""

    title: str
    count: int
    over: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One order as it is shown. `becomes` in few words; `sure`: somebody decided it."""

    going: Going
    reference: str
    name: str
    town: str
    becomes: str
    attempts: int

    @property
    def sure(self) -> bool:
        return self.going.decided


Row = Group | Line


def rows_of(day: Day, usual: Usuals, today: dt.date | None = None) -> list[Row]:
    """Groups with their lines; what was carried over already comes last."""
    goings = carryover.going(day, usual, today)
    left = [one for one in goings if not one.is_carried]
    over = [one for one in goings if one.is_carried]
    rows: list[Row] = []
    for title, some in carryover.groups(left):
        rows += [Group(title, len(some)), *(_line(day, one) for one in some)]
    for title, some in carryover.groups(over):
        rows += [Group(_tr("Carried over: {0}").format(title[0].lower() + title[1:]), len(some), True)]
        rows += [_line(day, one) for one in some]
    return rows


def _line(day: Day, going: Going) -> Line:
    order = day.orders[going.order]
    tried = order.attempts + day.facts.attempts.get(order.stop, 0)
    name, town = words.listed_name(order.recipient), order.address.city
    return Line(going, order.reference, name, town, _becomes(going.step), tried)


def _becomes(step: NextStep) -> str:
    """The day stands over the group."""
    if step.kind is NextKind.AGAIN:
        return _tr("again, {0}").format(saying.windows(step.windows) or _tr("any time"))
    return nextsteps.short(replace(step, note=""))


class CarryoverModel(QAbstractListModel):
    """`show` puts other rows in; groups cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        if list(rows) == self.rows:
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, Line) else None

    def row_of(self, order: OrderId) -> int:
        """Where an order stands; −1: it is not in the list."""
        lines = ((n, row) for n, row in enumerate(self.rows) if isinstance(row, Line))
        return next((n for n, line in lines if line.going.order == order), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.line(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows) or role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self.rows[index.row()]
        if isinstance(row, Group):
            return f"{row.title}, {row.count}"
        return f"{row.reference}, {row.name}, {row.going.why}, {row.becomes}"
