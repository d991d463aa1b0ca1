"""One row → its values and what is wrong with it. Parsed cells are remembered by their text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from dispatch_console.domain.orders import Window
from dispatch_console.intake import contexts, drivers
from dispatch_console.intake.drivers import Drivers
from dispatch_console.intake.fields import Field
from dispatch_console.intake.joins import Joins
from dispatch_console.intake.mapping import Mapping
from dispatch_console.intake.notations import choices, dates, houses, money, places, quantities, text, windows
from dispatch_console.intake.problems import Fault, Notice, Problem, RowError, Suggestion
from dispatch_console.intake.row_reading import RowReading
from dispatch_console.intake.table import Cell, Row, Table
from dispatch_console.intake.words.rows import FORMULA_ERRORS

type Parser = Callable[[Cell], Any]


#: Faults in these make a row of goods bad even where the order's own fields come from another row.
_OF_ITEMS = {Field.ITEM_QUANTITY, Field.WEIGHT_LINE, Field.VOLUME_LINE}

#: Fields that may be long, with lines of their own.
_BLOCKS = {Field.NOTES, Field.ADDRESS_2}

#: Fields without a word for what is wrong: the order is taken without them, and a notice says so.
_SOFT = {Field.SERVICE, Field.COD, Field.TOTAL, Field.RELEASE, Field.LATE, Field.PARKING}


class RowReader:
    def __init__(self, table: Table, mapping: Mapping, today: dt.date, known: Drivers = drivers.NOBODY) -> None:
        self._mapping, self._drivers = mapping, known
        self._is_text = table.format.is_text
        self._width = table.width
        self._today = today
        self._context = contexts.of(table, mapping)
        self._parsers: list[tuple[int, Field, Parser, dict[Any, Any]]] = [
            (column, use.field, self._parser(column, use.field), {})
            for column, use in enumerate(mapping.uses)
            if use
        ]
        addresses = mapping.columns(Field.STREET) or mapping.columns(Field.LAT) or mapping.columns(Field.LAT_LON)
        self._address_column = addresses[0] if addresses else None
        self._joins = Joins(mapping)

    def read(self, row: Row) -> RowReading:
        reading = RowReading(row)
        if self._is_text and (surplus := self._surplus(row)):
            reading.errors.append(surplus)
            return reading
        parsed: dict[int, Any] = {}
        for column, name, parse, known in self._parsers:
            cell = row.cell(column)
            if cell == "":
                continue
            key = cell if isinstance(cell, str) else (type(cell), cell)
            value = known.get(key, known)
            if value is known:
                value = known[key] = parse(cell)
            if name not in _BLOCKS and text.is_cut(cell):
                message = f"is longer than {text.LONGEST} characters"
                reading.notices.append(
                    Notice(row.number, column, text.clean(cell), message, "the rest is left out")
                )
            if isinstance(value, Fault):
                self._fault(reading, column, name, value)
                parsed[column] = None
            elif value is not None and value != "":
                parsed[column] = value
            elif name is Field.PRIORITY and (shown := text.clean(cell)):
                message = "is no priority we know"
                reading.notices.append(Notice(row.number, column, shown, message, "taken as normal"))
        self._joins.join(reading, parsed, self._context)
        if not reading.errors:
            self._check_address(reading)
        return reading

    def _fault(self, reading: RowReading, column: int, name: Field, fault: Fault) -> None:
        shown = text.clean(reading.row.cell(column))
        if name in _SOFT:
            reading.notices.append(Notice(reading.number, column, shown, fault.message))
            return
        suggestions = tuple(Suggestion(s, ((column, s),)) for s in fault.suggestions)
        error = RowError(reading.number, column, shown, fault.problem, fault.message, suggestions)
        (reading.item_errors if name in _OF_ITEMS else reading.errors).append(error)

    def _surplus(self, row: Row) -> RowError | None:
        for cell in row.cells[self._width :]:
            if shown := text.clean(cell):
                message = (
                    "the record has more cells than the header; a cell with a separator in it needs quotation marks"
                )
                return RowError(row.number, None, shown, Problem.TOO_MANY_CELLS, message)
        return None

    def _check_address(self, reading: RowReading) -> None:
        if Field.STREET in reading.values or "place" in reading.values:
            return
        cells, column = reading.row.cells, self._address_column
        if self._is_text and len(cells) < self._width and (column is None or len(cells) <= column):
            message = "the record ends before its address"
            reading.errors.append(RowError(reading.number, None, "", Problem.TOO_FEW_CELLS, message))
        else:
            message = "no street and no coordinates"
            reading.errors.append(RowError(reading.number, column, "", Problem.MISSING_ADDRESS, message))

    def _parser(self, column: int, name: Field) -> Parser:
        """How the cells of this column are read."""
        style = self._context.styles[column]
        if name is Field.REFERENCE:
            return _number_text
        if name in _PLAIN:
            return _text
        match name:
            case Field.STREET:
                return lambda cell: houses.put_back(cell) if isinstance(cell, dt.date) else _text(cell)
            case _ if name in _BLOCKS:
                return text.clean_block
            case Field.KIND:
                letters = self._context.letters[column]
                flag = style.unit if style.unit in ("collection", "delivery") else ""
                return lambda cell: choices.kind(cell, letters, flag)
            case Field.PRIORITY:
                highest = self._context.highest[column]
                return lambda cell: choices.priority(text.clean(cell), highest)
            case Field.WEIGHT | Field.WEIGHT_EACH | Field.WEIGHT_LINE:
                return lambda cell: quantities.grams(cell, style)
            case Field.VOLUME | Field.VOLUME_EACH | Field.VOLUME_LINE:
                return lambda cell: quantities.litres(cell, style)
            case Field.PIECES | Field.ITEM_QUANTITY:
                return lambda cell: quantities.pieces(cell, style)
            case Field.GOODS:
                yes = text.clean(self._mapping.headers[column]) if column in self._context.flags else ""
                return lambda cell: choices.classes(cell, yes)
            case Field.NOT_DRIVERS | Field.KNOWN_BY:
                return lambda cell: drivers.read(cell, self._drivers)
            case Field.SERVICE | Field.PARKING:
                return lambda cell: quantities.duration(cell, style)
            case Field.COD | Field.TOTAL | Field.LATE:
                return lambda cell: money.money(cell, style.decimal)
            case Field.DAY:
                return self._day
            case Field.WINDOW:
                return self._window if style.unit == "date" else windows.windows
            case Field.RELEASE if style.unit != "date":
                return _clock_from
            case Field.WINDOW_FROM | Field.WINDOW_TO | Field.RELEASE:
                return self._moment if style.unit == "date" else windows.clock
            case _:
                return _SIMPLE.get(name, text.clean)

    def _day(self, cell: Cell) -> dt.date | Fault | None:
        return dates.day(cell, self._mapping.choices.date_order, self._today)

    def _moment(self, cell: Cell) -> tuple[dt.date | None, int | None] | Fault | None:
        """Day and time of a cell that holds both."""
        day, time = self._day(cell), windows.clock(cell)
        if isinstance(day, Fault):
            return day
        return time if isinstance(time, Fault) else (day, time)

    def _window(self, cell: Cell) -> tuple[dt.date | None, tuple[Window, ...]] | Fault | None:
        if isinstance(cell, str):
            date = windows.date_in(shown := text.clean(cell))
            is_bare = date == text.fold(shown)
        else:
            date, is_bare = cell, _is_midnight(cell)
        found = None if is_bare else windows.windows(cell)  # the day alone: at any time
        if isinstance(found, Fault):
            return found
        day = self._day(date)
        return day if isinstance(day, Fault) else (day, found or ())


def _clock_from(cell: Cell) -> int | Fault | None:
    """A time from which something holds: `-2` is no "until two"."""
    if isinstance(cell, str) and text.clean(cell)[:1] in ("-", "−", "–"):
        return Fault(Problem.BAD_WINDOW, "is not a time of day")
    return windows.clock(cell)


def _is_midnight(cell: Cell) -> bool:
    return isinstance(cell, dt.datetime) and cell.time() == dt.time()


def _text(cell: Cell) -> str:
    """The error of a formula is no text."""
    found = text.clean(cell)
    return "" if found[:1] == "#" and found.upper() in FORMULA_ERRORS else found


def _number_text(cell: Cell) -> str:
    """Programs that take order numbers for amounts write 100231.0."""
    found = _text(cell)
    return found[:-2] if found.endswith(".0") and found[:-2].isdecimal() else found


_PLAIN = frozenset(
    {
        Field.REFERENCE, Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.COMPANY, Field.PHONE, Field.EMAIL,
        Field.POSTCODE, Field.CITY, Field.TOWN, Field.COUNTRY, Field.CURRENCY, Field.PAYMENT,
        Field.ITEM_SKU, Field.ITEM_DESCRIPTION, Field.LINE, Field.SKILLS, Field.WEIGHT_UNIT,
        Field.ZONE,
    }
)  # fmt: skip

_SIMPLE: dict[Field, Parser] = {
    Field.HOUSE_NUMBER: houses.put_back,
    Field.HOUSE_ADDITION: text.clean,
    Field.LAT: places.latitude,
    Field.LON: places.longitude,
    Field.LAT_LON: places.pair,
}
