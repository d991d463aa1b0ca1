"""The plan as a Qt model: the pool and the routes as top rows, their stops as children. Drops become moves."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import overload

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import dispatch
from dispatch_console.ui.desk import STOPS_MIME, Desk
from dispatch_console.ui.models import mime, words
from dispatch_console.ui.models.sync import sync_rows

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Role(IntEnum):
    """What else an index tells, besides its text."""

    STOP = Qt.ItemDataRole.UserRole + 1  # int, stops only
    ROUTE = Qt.ItemDataRole.UserRole + 2  # int; 0: the pool
    WHEN = Qt.ItemDataRole.UserRole + 3  # `2 08:25`: position and time; empty in the pool


class PlanModel(QAbstractItemModel):
    """Rows follow the plan: a route's children are its stops in driving order.

    The internal id of an index is 0 for a route, else the row of its route + 1.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._routes: list[ShiftId] = []
        self._stops: list[list[StopId]] = []
        self._fill(desk.day)
        desk.day_changed.connect(self._on_day)

    def route_at(self, row: int) -> ShiftId:
        return self._routes[row]

    def index_of_route(self, route: ShiftId) -> QModelIndex:
        return self.index(self._routes.index(route), 0) if route in self._routes else QModelIndex()

    def index_of_stop(self, stop: StopId) -> QModelIndex:
        route = self._desk.day.plan.where.get(stop)
        if route is None or route not in self._routes:
            return QModelIndex()
        top = self._routes.index(route)
        return self.index(self._stops[top].index(stop), 0, self.index(top, 0))

    # --- what Qt asks ---

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    @overload
    def parent(self, /) -> QObject | None: ...

    @overload
    def parent(self, child: Index, /) -> QModelIndex: ...

    def parent(self, child: Index | None = None, /) -> QObject | QModelIndex | None:
        """Of an index the route it stands in; without one the owner of the model, as of all Qt objects."""
        if child is None:
            return super().parent()
        top = child.internalId() if child.isValid() else 0
        return self.createIndex(top - 1, 0, 0) if top else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self._routes)
        is_route = parent.internalId() == 0 and parent.column() == 0
        return len(self._stops[parent.row()]) if is_route else 0

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        top = index.internalId()
        if not top:
            return self._route_data(self._routes[index.row()], role)
        return self._stop_data(self._routes[top - 1], self._stops[top - 1][index.row()], index.row(), role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.internalId():
            return base | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return base

    # --- dragging ---

    def mimeTypes(self) -> list[str]:
        return [STOPS_MIME]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        chosen = sorted({(i.internalId(), i.row()) for i in indexes if i.isValid() and i.internalId()})
        return mime.packed([self._stops[top - 1][row] for top, row in chosen])

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        return mime.holds_stops(data) and parent.isValid()

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Row −1 of a route: the best place. On a stop: before it."""
        stops = mime.unpacked(data, self._desk.day.stops)
        if not stops or not parent.isValid():
            return False
        top = parent.internalId()
        route = self._routes[top - 1 if top else parent.row()]
        at = parent.row() if top else (row if row >= 0 else None)
        return self._desk.do(dispatch.move, self._desk.session, stops, route, at)

    # --- following the day ---

    def _on_day(self, before: Day, after: Day, _initiator: object) -> None:
        if self._routes != [POOL, *after.shifts]:
            self.beginResetModel()
            self._fill(after)
            self.endResetModel()
            return
        for row, id in enumerate(self._routes):
            same_plan = before.plan.route(id) is after.plan.route(id)
            if same_plan and before.schedules.get(id) is after.schedules.get(id):
                continue
            top = self.index(row, 0)
            sync_rows(self, top, self._stops[row], after.plan.route(id).stops)
            self.dataChanged.emit(top, top)
            if self._stops[row]:
                last = len(self._stops[row]) - 1
                self.dataChanged.emit(self.index(0, 0, top), self.index(last, 0, top))

    def _fill(self, day: Day) -> None:
        self._routes = [POOL, *day.shifts]
        self._stops = [list(day.plan.route(id).stops) for id in self._routes]

    def _route_data(self, id: ShiftId, role: int) -> object:
        if role == Role.ROUTE:
            return int(id)
        if role == Qt.ItemDataRole.DisplayRole:
            return "Unassigned" if id == POOL else self._desk.day.shifts[id].driver.name
        return None

    def _stop_data(self, route: ShiftId, id: StopId, row: int, role: int) -> object:
        if role == Role.STOP:
            return int(id)
        if role == Role.ROUTE:
            return int(route)
        if role == Role.WHEN:
            schedule = self._desk.day.schedules.get(route)
            known = schedule is not None and row < len(schedule.visits)
            return f"{row + 1} {self._desk.hhmm(schedule.visits[row].begin)}" if schedule and known else ""
        stop = self._desk.day.stops.get(id)
        if role != Qt.ItemDataRole.DisplayRole or stop is None:
            return None
        return words.short_name(stop.label)
