"""The history as rows of a Qt model: a head for each calendar day, and its lines below."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dispatch_console.domain import saying
from dispatch_console.domain.proofs import Proof
from dispatch_console.services.order_history.values import Event, Line, OrderHistory
from dispatch_console.ui import texts

_tr = texts.of("OrderPage")

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class DayHead:
    """A calendar day, and how many lines it has."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A line as it is shown; `told` says who, and when it became known if that was later."""

    time: str
    line: Line
    title: str
    detail: str
    told: str
    corrected: bool = False
    proof: Proof | None = None


Row = DayHead | Entry


def rows_of(seen: OrderHistory) -> list[Row]:
    """From the oldest to the newest, in the depot's time."""
    zone = ZoneInfo(seen.depot.timezone)
    by_day: dict[dt.date, list[Event]] = {}
    for event in seen.events:
        by_day.setdefault(event.at.astimezone(zone).date(), []).append(event)
    rows: list[Row] = []
    for date, events in by_day.items():
        rows += [DayHead(saying.date(date), len(events)), *(_entry(event, zone) for event in events)]
    return rows


def _entry(event: Event, zone: ZoneInfo) -> Entry:
    told = event.who
    if event.recorded is not None:
        at = f"{event.recorded.astimezone(zone):%H:%M}"
        told = _tr("{who}, told {at}").format(who=told, at=at) if told else _tr("told {at}").format(at=at)
    time = f"{event.at.astimezone(zone):%H:%M}"
    return Entry(time, event.line, event.title, event.detail, told, event.corrected, event.proof)


def as_text(seen: OrderHistory) -> str:
    """All of it as plain text, to be pasted into a mail."""
    order = seen.order
    lines = [f"{order.reference}, {order.recipient}", seen.standing.headline, *seen.standing.more, ""]
    for row in rows_of(seen):
        if isinstance(row, DayHead):
            lines.append(row.title)
        else:
            parts = (row.title, row.detail, _tr("corrected later") if row.corrected else "", row.told)
            lines.append(f"  {row.time}  {' · '.join(part for part in parts if part)}")
    return "\n".join(lines)


class HistoryModel(QAbstractListModel):
    """`show` puts other rows in; heads cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: list[Row]) -> None:
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, Entry) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entry(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if isinstance(row, DayHead) else f"{row.time} {row.title} {row.detail} {row.told}"
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Entry):
            return "\n".join(part for part in (row.title, row.detail, row.told) if part)
        return None
