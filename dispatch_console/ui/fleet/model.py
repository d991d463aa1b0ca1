"""The fleet as a table: one row a shift, then drivers without one, then spare vehicles."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Shift, ShiftPattern
from dispatch_console.services import fleet_fields, fleet_record
from dispatch_console.services.fleet_record import Record
from dispatch_console.ui.fleet import rule_words
from dispatch_console.ui.models import words
from dispatch_console.ui.plain import plain

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Col(IntEnum):
    TODAY = 0
    DRIVER = 1
    PHONE = 2
    VEHICLE = 3
    PLATE = 4
    HOURS = 5
    BREAK = 6
    ENDS = 7
    RULES = 8
    SKILLS = 9
    KG = 10
    M3 = 11
    PIECES = 12
    STOPS = 13
    HOUR = 14
    KM = 15
    FIXED = 16
    WEEKDAYS = 17


#: Heads with their units; numbers stand at the right.
HEADS = (
    "Today", "Driver", "Phone", "Vehicle", "Plate", "Hours", "Break", "Start, end", "Rules", "Skills", "kg", "m³",
    "pc", "Stops", "/h", "/km", "Fixed", "Weekdays",
)  # fmt: skip
NUMBERS = frozenset({Col.KG, Col.M3, Col.PIECES, Col.STOPS, Col.HOUR, Col.KM, Col.FIXED})
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


class FleetModel(QAbstractTableModel):
    """The record of a row under UserRole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.records: tuple[Record, ...] = ()
        self.has_rules = False
        self._day: Day | None = None

    def show(self, records: Sequence[Record], day: Day) -> None:
        """The same records in the same order are repainted in place. `has_rules`: a column is about them."""
        self.has_rules = any(map(rule_words.short, records))
        same = [record.key for record in records] == [record.key for record in self.records]
        if same:
            self.records, self._day = tuple(records), day
            if records:
                self.dataChanged.emit(self.index(0, 0), self.index(len(records) - 1, len(HEADS) - 1))
            return
        self.beginResetModel()
        self.records, self._day = tuple(records), day
        self.endResetModel()

    def shifts(self, row: int) -> list[Shift]:
        """The shifts of this row's driver on the open day."""
        driver = self.records[row].driver
        return fleet_record.shifts_today(self._day, driver.id) if self._day and driver else []

    def row_of(self, key: tuple[int, int, int]) -> int | None:
        return next((row for row, record in enumerate(self.records) if record.key == key), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return HEADS[section] if 0 <= section < len(HEADS) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        record, column = self.records[index.row()], Col(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(record, column, index.row())
            case Qt.ItemDataRole.ToolTipRole:
                return plain(self._tip(record, column, index.row()) or "") or None
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.UserRole:
                return record
            case _:
                return None

    def _text(self, record: Record, column: Col, row: int) -> str:
        match column:
            case Col.TODAY:
                return self._today(row)
            case Col.WEEKDAYS:
                on = record.pattern.weekdays if record.pattern else frozenset[int]()
                return " ".join(WEEKDAYS[day] for day in sorted(on))
            case _:
                return _plain(record, column)

    def _today(self, row: int) -> str:
        shifts = self.shifts(row)
        if not shifts:
            return ""
        return self.tr("absent") if all(shift.absent for shift in shifts) else self.tr("works")

    def _tip(self, record: Record, column: Col, row: int) -> str | None:
        if column is Col.TODAY and record.driver is not None:
            state = self._today(row)
            if not state:
                return self.tr("{name} has no shift on this day.").format(name=record.driver.name)
            if state == self.tr("absent"):
                return self.tr("{name} is absent today. Click, or Space: back again.").format(
                    name=record.driver.name
                )
            return self.tr("Click, or Space: {name} is absent today.").format(name=record.driver.name)
        if column is Col.WEEKDAYS:
            return self.tr("Click, or 1 to 7: works on this weekday or not.") if record.pattern else None
        if column is Col.RULES:
            return rule_words.full(record) or None
        if column is Col.BREAK and record.pattern is not None and record.pattern.driving is not None:
            return rule_words.driving(record, record.pattern.driving)
        return self._text(record, column, row) or None


def _plain(record: Record, column: Col) -> str:
    driver, vehicle, pattern = record.driver, record.vehicle, record.pattern
    texts = fleet_fields.texts_of(record)
    match column:
        case Col.DRIVER:
            return driver.name if driver else ""
        case Col.PHONE:
            return texts["phone"]
        case Col.VEHICLE:
            return texts["vehicle"]
        case Col.PLATE:
            return texts["plate"]
        case Col.HOURS:
            return f"{texts['start']}–{texts['end']}" if pattern else ""
        case Col.BREAK:
            if pattern is not None and pattern.driving is not None:
                return f"{texts['drive_break']} min after {texts['drive_limit']}"
            if pattern is None or pattern.fixed_pause is None:
                return ""
            window = words.told_window(pattern.fixed_pause.window)
            return f"{texts['break']} min {window}"
        case Col.ENDS:
            return _ends(pattern) if pattern else ""
        case Col.RULES:
            return rule_words.short(record)
        case Col.SKILLS:
            skills = (driver.skills if driver else frozenset()) | (vehicle.skills if vehicle else frozenset())
            return ", ".join(sorted(skills))
        case _:
            names = {
                Col.KG: "kg", Col.M3: "m3", Col.PIECES: "pieces", Col.STOPS: "max_stops", Col.HOUR: "hour",
                Col.KM: "km", Col.FIXED: "fixed",
            }  # fmt: skip
            return texts[names[column]]


def _ends(pattern: ShiftPattern) -> str:
    """`depot`, `depot → open`, `own place → depot`; the coordinates stand in the form."""
    start = "own place" if pattern.start_place else "depot"
    if pattern.open_end:
        return f"{start} → open"
    return f"{start} → own place" if pattern.end_place else start
