"""Table and mapping → drivers, vehicles and their usual shifts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from dispatch_console.domain.fleet import Break, Capacity, Costs, DrivingBreaks
from dispatch_console.domain.orders import Window
from dispatch_console.domain.places import Place, is_valid
from dispatch_console.intake import contexts
from dispatch_console.intake.fields import Field
from dispatch_console.intake.ignored import Ignored, Sieve
from dispatch_console.intake.mapping import Mapping
from dispatch_console.intake.notations import (
    choices,
    money,
    phones,
    places,
    quantities,
    text,
    weekdays,
    windows,
    working,
)
from dispatch_console.intake.orders import Edits, edited
from dispatch_console.intake.problems import Fault, Notice, Problem, RowError, Suggestion
from dispatch_console.intake.table import Cell, Row, Table
from dispatch_console.intake.words.places import AS_START


class Limits(NamedTuple):
    """What a row says of hours and rules; None, or no zone: nothing. Seconds, metres, whole units of money."""

    max_drive_s: int | None = None
    max_drive_m: int | None = None
    overtime_s: int | None = None
    overtime_per_hour: float | None = None
    tours: int | None = None
    reload_s: int | None = None
    zones: frozenset[str] = frozenset()
    no_zones: frozenset[str] = frozenset()


class StartOrEnd(NamedTuple):
    """As written; `place` if the text is a pair of coordinates. An address has yet to be found by the geocoder."""

    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class FleetRow:
    """A driver, a vehicle and the shift that joins them, as one row of the file says it.

    Times are seconds from 00:00 on the clock. `start` None: the depot. `end` None: nothing said about it.
    `weekdays` None: nothing said (Monday to Friday). `pause` has the whole shift as its window if none is given, or
    comes by driving time if the file says so.
    """

    row: int
    driver: str
    vehicle: str
    plate: str
    capacity: Capacity
    shift: Window | None
    pause: Break | DrivingBreaks | None
    has_pause_window: bool
    skills: tuple[str, ...]
    start: StartOrEnd | None
    end: StartOrEnd | None
    per_hour: float  # these three in whole units of money
    per_km: float
    fixed: float
    max_stops: int | None
    phone: str = ""
    weekdays: frozenset[int] | None = None
    limits: Limits = Limits()

    @property
    def costs(self) -> Costs:
        return Costs(round(self.per_hour * 100), round(self.per_km * 100), round(self.fixed * 100))


@dataclass(frozen=True, slots=True)
class FleetResult:
    vehicles: tuple[FleetRow, ...] = ()
    rejected: tuple[RowError, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    notices: tuple[Notice, ...] = ()


def to_fleet(table: Table, mapping: Mapping, today: dt.date, edits: Edits | None = None) -> FleetResult:
    """`today` is unused so far; it keeps the shape of `to_orders`."""
    sieve = Sieve(table, mapping)
    reader = _Reader(table, mapping)
    ignored: list[Ignored] = []
    for row in table.rows:
        if reason := sieve.reason(row):
            ignored.append(Ignored(row.number, reason))
        elif not sieve.is_header(row):
            reader.take(edited(row, {c: t for (r, c), t in (edits or {}).items() if r == row.number}))
    return FleetResult(tuple(reader.found), tuple(reader.rejected), tuple(ignored), tuple(reader.notices))


class _Reader:
    def __init__(self, table: Table, mapping: Mapping) -> None:
        self.found: list[FleetRow] = []
        self.rejected: list[RowError] = []
        self.notices: list[Notice] = []
        self._mapping = mapping
        self._surplus_from = table.width if table.format.is_text else None
        self._styles = contexts.of(table, mapping).styles
        self._plates: set[str] = set()

    def take(self, row: Row) -> None:
        errors: list[RowError] = []
        values = self._values(row, errors)
        if not errors:
            self._check(row, values, errors)
        if errors:
            self.rejected += errors
            return
        self._plates.add(_plate_key(values.get(Field.PLATE, "")))
        self.found.append(_fleet_row(row.number, values))

    def _values(self, row: Row, errors: list[RowError]) -> dict[str, Any]:
        if self._surplus_from is not None and any(text.clean(cell) for cell in row.cells[self._surplus_from :]):
            shown = next(s for cell in row.cells[self._surplus_from :] if (s := text.clean(cell)))
            errors.append(RowError(row.number, None, shown, Problem.TOO_MANY_CELLS, "more cells than the header"))
            return {}
        values: dict[str, Any] = {}
        for column, use in enumerate(self._mapping.uses):
            cell = row.cell(column)
            if use is None or cell == "":
                continue
            value = _parse(use.field, cell, self._styles[column])
            if isinstance(value, Fault):
                self._fault(row.number, column, use.field, cell, value, errors)
            elif value not in (None, ""):
                values[use.field] = value
        return values

    def _fault(self, row: int, column: int, field: Field, cell: Cell, fault: Fault, errors: list[RowError]) -> None:
        shown = text.clean(cell)
        if field in _HARD:
            problem = Problem.BAD_SHIFT if fault.problem is Problem.BAD_WINDOW else fault.problem
            suggestions = tuple(Suggestion(s, ((column, s),)) for s in fault.suggestions)
            errors.append(RowError(row, column, shown, problem, fault.message, suggestions))
        else:
            self.notices.append(Notice(row, column, shown, fault.message))

    def _check(self, row: Row, values: dict[str, Any], errors: list[RowError]) -> None:
        if Field.FIRST_NAME in values or Field.LAST_NAME in values:
            names = [values.get(Field.FIRST_NAME, ""), values.get(Field.LAST_NAME, "")]
            values.setdefault(Field.DRIVER, " ".join(filter(None, names)))
        start, end = values.get(Field.SHIFT_START), values.get(Field.SHIFT_END)
        if start is not None and end is not None:
            shift = windows.between(start, end)
            if isinstance(shift, Fault):
                self._add(errors, row, Field.SHIFT_END, Problem.BAD_SHIFT, shift.message)
            else:
                values[Field.SHIFT] = (shift or Window(0, 86400),)
        if not values.get(Field.DRIVER):
            self._add(errors, row, Field.DRIVER, Problem.MISSING_DRIVER, "no driver is named")
        elif _plate_key(values.get(Field.PLATE, "")) in self._plates - {""}:
            self._add(errors, row, Field.PLATE, Problem.DUPLICATE_VEHICLE, "the plate is already in the list")

    def _add(self, errors: list[RowError], row: Row, field: Field, problem: Problem, message: str) -> None:
        column = self._mapping.column(field, Field.LAST_NAME)
        shown = text.clean(row.cell(column)) if column is not None else ""
        errors.append(RowError(row.number, column, shown, problem, message))


_HARD = {
    Field.CAPACITY_KG, Field.CAPACITY_M3, Field.CAPACITY_PIECES, Field.SHIFT, Field.SHIFT_START, Field.SHIFT_END,
    Field.MAX_STOPS, Field.MAX_DRIVE, Field.MAX_KM, Field.TOURS,
}  # fmt: skip


def _parse(field: Field, cell: Cell, style: quantities.Style) -> Any:
    match field:
        case Field.CAPACITY_KG:
            return quantities.grams(cell, style)
        case Field.CAPACITY_M3:
            return quantities.litres(cell, style)
        case Field.CAPACITY_PIECES | Field.MAX_STOPS:
            return quantities.pieces(cell, style)
        case Field.SHIFT | Field.BREAK_WINDOW:
            return windows.windows(cell)
        case Field.SHIFT_START | Field.SHIFT_END | Field.BREAK_START | Field.BREAK_END:
            return windows.clock(cell)
        case Field.BREAK_MINUTES if working.is_by_driving(text.clean(cell)):
            return DrivingBreaks()
        case Field.MAX_DRIVE:
            return working.hours(cell, style)
        case Field.MAX_KM:
            return working.metres(cell, style)
        case Field.OVERTIME | Field.RELOAD:
            return working.minutes(cell, style)
        case Field.TOURS:
            return _tours(quantities.pieces(cell, style))
        case Field.HOME_ZONES | Field.NO_ZONES:
            return working.zones(cell)
        case Field.BREAK_MINUTES:
            return quantities.duration(cell, style)
        case Field.OVERTIME_COST | Field.COST_HOUR | Field.COST_KM | Field.COST_FIXED:
            return money.amount(cell, style.decimal)
        case Field.SKILLS:
            return choices.skills([cell])
        case Field.WEEKDAYS:
            return weekdays.weekdays(text.clean(cell))
        case _:
            return text.clean(cell)


def _tours(found: int | Fault | None) -> int | Fault | None:
    return Fault(Problem.NOT_A_NUMBER, "must be 1 or more") if found == 0 else found


def _fleet_row(number: int, v: dict[str, Any]) -> FleetRow:
    shifts = v.get(Field.SHIFT, ())
    start = _start_or_end(v.get(Field.START_PLACE, ""))
    end_text = v.get(Field.END_PLACE, "")
    break_window = _break_window(v)
    shift = Window(shifts[0].start, shifts[-1].end) if shifts else None
    pause = v.get(Field.BREAK_MINUTES)
    if not isinstance(pause, DrivingBreaks):
        pause = Break(pause, break_window or shift or Window(0, 86400)) if pause else None
    return FleetRow(
        row=number,
        driver=v.get(Field.DRIVER, ""),
        vehicle=v.get(Field.VEHICLE, ""),
        plate=v.get(Field.PLATE, ""),
        capacity=Capacity(v.get(Field.CAPACITY_KG), v.get(Field.CAPACITY_M3), v.get(Field.CAPACITY_PIECES)),
        shift=shift,
        pause=pause,
        has_pause_window=break_window is not None,
        skills=v.get(Field.SKILLS, ()),
        start=start,
        end=start if text.fold(end_text).strip(" .") in AS_START else _start_or_end(end_text),
        per_hour=v.get(Field.COST_HOUR, (0.0,))[0],
        per_km=v.get(Field.COST_KM, (0.0,))[0],
        fixed=v.get(Field.COST_FIXED, (0.0,))[0],
        max_stops=v.get(Field.MAX_STOPS),
        phone=phones.phone(v.get(Field.PHONE, ""), ""),
        weekdays=v.get(Field.WEEKDAYS),
        limits=_limits(v),
    )


def _limits(v: dict[str, Any]) -> Limits:
    return Limits(
        v.get(Field.MAX_DRIVE),
        v.get(Field.MAX_KM),
        v.get(Field.OVERTIME),
        v.get(Field.OVERTIME_COST, (None,))[0],
        v.get(Field.TOURS),
        v.get(Field.RELOAD),
        v.get(Field.HOME_ZONES, frozenset()),
        v.get(Field.NO_ZONES, frozenset()),
    )


def _break_window(v: dict[str, Any]) -> Window | None:
    if found := v.get(Field.BREAK_WINDOW):
        return found[0]
    both = windows.between(v.get(Field.BREAK_START), v.get(Field.BREAK_END))
    return both if isinstance(both, Window) else None


def _start_or_end(written: str) -> StartOrEnd | None:
    if not written:
        return None
    pair = places.pair(written)
    only_figures = sum(c.isalpha() for c in written) < 3
    if pair is None or isinstance(pair, Fault) or not only_figures or not is_valid(*pair):
        return StartOrEnd(written, None)
    return StartOrEnd(written, Place(*pair))


def _plate_key(plate: str) -> str:
    return "".join(c for c in plate.upper() if c.isalnum())
