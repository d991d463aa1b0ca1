"""The orders of the day as a flat table: rows that head groups, and under each the rows of its orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import Order, OrderId, StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import dispatch
from dispatch_console.ui.desk import STOPS_MIME, Desk
from dispatch_console.ui.models import mime, words
from dispatch_console.ui.models.arranging import Column, Group, Grouping, Line, View, arranged, depends, ordered
from dispatch_console.ui.models.order_rows import OrderRow, Standing, Standings, State, keep, row_of
from dispatch_console.ui.models.sync import runs_apart, sync_rows
from dispatch_console.ui.models.why import Why

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MOST_RUNS = 60  # beyond, a reset costs the views less than following step by step
_MANY = 500  # so many rows that go are kept: a redo brings them back


HEADS = ("", "Ref", "Name", "Town", "Window", "kg", "State")


class OrdersModel(QAbstractTableModel):
    """Follows the day by itself. Reasons of unassigned stops come from `why`, as far as they are known.

    `rearranged()`: orders may stand in other rows now.
    """

    rearranged = Signal()

    def __init__(self, desk: Desk, why: Why, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._why = desk, why
        self.view = View()
        self.folded: set[tuple[int, str]] = set()
        self._orders: dict[OrderId, OrderRow] = {}
        self._total = 0
        self._day_orders: Mapping[OrderId, Order] = {}
        self._standings = Standings()
        self._sorted: list[OrderRow] | None = None
        self._of_stop: dict[StopId, list[OrderId]] = {}
        self._take(desk.day)
        self._lines, self._counts = self._arranged()
        desk.day_changed.connect(self._on_day)
        why.known.connect(self._on_why)

    # --- what the view asks ---

    def line(self, row: int) -> Line:
        return self._lines[row]

    def order(self, id: OrderId) -> OrderRow:
        return self._orders[id]

    def standing(self, stop: StopId) -> Standing:
        return self._standings.of[stop]

    def count(self, group: Group) -> int:
        """How many orders a group holds, folded or not."""
        return self._counts.get(group.key, 0)

    @property
    def total(self) -> int:
        """How many orders there are; where two vans meet is none."""
        return self._total

    @property
    def shown(self) -> int:
        """How many orders pass the filter."""
        return sum(self._counts.values())

    def stop_at(self, row: int) -> StopId | None:
        line = self._lines[row]
        return None if isinstance(line, Group) else self._orders[line].stop

    def stops_at(self, rows: Sequence[int]) -> list[StopId]:
        found = (self.stop_at(row) for row in rows)
        return list(dict.fromkeys(stop for stop in found if stop is not None))

    def rows_of(self, stops: frozenset[StopId]) -> list[int]:
        """The rows on show of these stops, ascending."""
        wanted = {order for stop in stops for order in self._of_stop.get(stop, ())}
        return [row for row, line in enumerate(self._lines) if line in wanted] if wanted else []

    def state_word(self, stop: StopId) -> str:
        """Why a stop has no driver, as far as known; empty while it is being looked into."""
        if self._standings.of[stop].state is State.NO_PLACE:
            return words.no_place(self._desk.day.stops[stop])
        return self._why.word(stop) or ""

    def arrange(
        self,
        *,
        grouping: Grouping | None = None,
        column: Column | None = None,
        descending: bool | None = None,
        sought: str | None = None,
    ) -> None:
        """Look at the table another way."""
        v = self.view
        self.view = View(
            grouping or v.grouping,
            v.column if column is None else column,
            v.descending if descending is None else descending,
            v.sought if sought is None else sought,
        )
        if (self.view.column, self.view.descending) != (v.column, v.descending) or column is Column.STATE:
            self._sorted = None
        self._show(anew=(self.view.grouping, self.view.column) != (v.grouping, v.column))

    def fold(self, group: Group, folded: bool | None = None) -> None:
        """Hide or show a group's orders; None: the other way round."""
        if folded is None:
            folded = group.key not in self.folded
        (self.folded.add if folded else self.folded.discard)(group.key)
        self._show()

    # --- what Qt asks ---

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        across = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return HEADS[section] if across and 0 <= section < len(HEADS) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line = self._lines[index.row()]
        if isinstance(line, Group):
            spoken = role == Qt.ItemDataRole.AccessibleTextRole
            return (f"{line.title} {self.count(line)}" if spoken else line.title) if index.column() == 0 else None
        return self._text(self._orders[line], Column(index.column()))

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren | Qt.ItemFlag.ItemIsDropEnabled
        if isinstance(self._lines[index.row()], Group):
            return base
        return base | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [STOPS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return mime.packed(self.stops_at(sorted({index.row() for index in indexes})))

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        return mime.holds_stops(data)

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Wherever in the table: the stops lose their driver."""
        where = self._desk.day.plan.where
        stops = [s for s in mime.unpacked(data, self._desk.day.stops) if where.get(s, POOL) != POOL]
        return bool(stops) and self._desk.do(dispatch.move, self._desk.session, stops, POOL, None)

    # --- following the day ---

    def _on_day(self, _before: Day, after: Day, _initiator: object) -> None:
        orders_changed, moved = self._take(after)
        view, of = self.view, self._standings.of
        if orders_changed or any(was is None or depends(view, was, of[stop]) for stop, was in moved.items()):
            if view.column is Column.STATE:
                self._sorted = None
            self._show()
        all_rows = orders_changed or len(moved) > _MOST_RUNS
        self._announce(range(len(self._lines)) if all_rows else self.rows_of(frozenset(moved)))
        heads = [row for row, line in enumerate(self._lines) if isinstance(line, Group)] if moved else []
        self._announce(heads)

    def _announce(self, rows: Sequence[int]) -> None:
        """Tell the views that these rows (ascending) show something else."""
        start = last = -2
        for row in [*rows, -2]:
            if row == last + 1:
                last = row
                continue
            if start >= 0:
                self.dataChanged.emit(self.index(start, 0), self.index(last, Column.STATE))
            start = last = row

    def _on_why(self, stop: int) -> None:
        for row in self.rows_of(frozenset({StopId(stop)})):
            at = self.index(row, Column.STATE)
            self.dataChanged.emit(at, at)

    def _take(self, day: Day) -> tuple[bool, dict[StopId, Standing | None]]:
        """Take over the orders and where they stand; rows of the same order objects are kept.

        Gives whether the orders changed, and how the stops that moved stood before.
        """
        changed = self._day_orders is not day.orders
        if changed:
            known, sources = self._orders, self._day_orders
            self._orders = {
                id: known[id] if sources.get(id) is order else row_of(order) for id, order in day.orders.items()
            }
            gone = [(order, known[id]) for id, order in sources.items() if id not in day.orders]
            if len(gone) > _MANY:
                keep(gone)
            self._day_orders = day.orders
            self._total = sum(1 for row in self._orders.values() if not row.meeting)
            self._sorted = None
            self._of_stop = {}
            for row in self._orders.values():
                self._of_stop.setdefault(row.stop, []).append(row.id)
        return changed, self._standings.take(day)

    def _arranged(self) -> tuple[list[Line], dict[tuple[int, str], int]]:
        if self._sorted is None:
            word = self._why.word_if_known
            self._sorted = ordered(self._orders.values(), self._standings.of, self.view, word)
        return arranged(self._sorted, self._standings.of, self.view, self.folded)

    def _show(self, *, anew: bool = False) -> None:
        lines, self._counts = self._arranged()
        if anew or runs_apart(self._lines, lines) > _MOST_RUNS:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
        else:
            sync_rows(self, _NOWHERE, self._lines, lines)
        self.rearranged.emit()

    def _text(self, row: OrderRow, column: Column) -> str:
        if column is Column.FLAGS:
            return ", ".join(mark.text for mark in row.marks)
        if column is Column.STATE:
            s = self._standings.of[row.stop]
            if not s.slot:
                return self.state_word(row.stop)
            return f"{s.initials} {s.told or s.number}"
        return (row.ref, row.name, row.town, row.window, row.kg)[column - 1]
