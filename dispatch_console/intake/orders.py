"""Table and mapping → orders. Every row stands in exactly one of orders, rejected, duplicates and ignored rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dispatch_console.domain.orders import Order
from dispatch_console.intake import coordinates, grouping
from dispatch_console.intake.drivers import NOBODY, Drivers
from dispatch_console.intake.grouping import Group
from dispatch_console.intake.ignored import Ignored, Sieve
from dispatch_console.intake.making import make_order
from dispatch_console.intake.mapping import Mapping
from dispatch_console.intake.problems import Notice, RowError
from dispatch_console.intake.row_reading import RowReading
from dispatch_console.intake.rows import RowReader
from dispatch_console.intake.table import Row, Table

#: Repairs laid over a table: (row number, column from 0) → text.
Edits = MappingOf[tuple[int, int], str]


class ReadOrder(NamedTuple):
    """An order with the rows it came from, first row first. `given` names what the file said (not defaults)."""

    order: Order
    rows: tuple[int, ...]
    given: frozenset[str] = frozenset()
    notices: tuple[Notice, ...] = ()

    @property
    def row(self) -> int:
        return self.rows[0]


class Duplicate(NamedTuple):
    """`rows` came again: all cells the same as in `of_row`, or the same reference with another content."""

    row: int
    of_row: int
    reference: str
    kind: Literal["identical", "conflict"]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ImportResult:
    orders: tuple[ReadOrder, ...] = ()
    rejected: tuple[RowError, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    ignored: tuple[Ignored, ...] = ()

    @property
    def rejected_rows(self) -> frozenset[int]:
        return frozenset(row for error in self.rejected for row in (error.rows or (error.row,)))

    @property
    def notices(self) -> tuple[Notice, ...]:
        return tuple(notice for order in self.orders for notice in order.notices)


class OrderReader:
    """Reads a table once; `result` can be asked again with other repairs, and reads only those rows anew."""

    def __init__(self, table: Table, mapping: Mapping, today: dt.date, known: Drivers = NOBODY) -> None:
        """`known`: whom of the fleet a name means that an order asks for or shuts out."""
        self._mapping = mapping
        self._reader = RowReader(table, mapping, today, known)
        self._ignored: list[Ignored] = []
        self._rows: list[Row] = []
        sieve = Sieve(table, mapping)
        for row in table.rows:
            if reason := sieve.reason(row):
                self._ignored.append(Ignored(row.number, reason))
            elif not sieve.is_header(row):
                self._rows.append(row)
        self._readings = [self._reader.read(row) for row in self._rows]

    def result(self, edits: Edits | None = None, left_out: frozenset[int] = frozenset()) -> ImportResult:
        """`left_out` are rows the user does not want."""
        readings = self._repaired(edits or {})
        ignored = self._ignored + [Ignored(r.number, "left out") for r in readings if r.number in left_out]
        kept = [reading for reading in readings if reading.number not in left_out]
        groups, duplicates = grouping.group(kept, self._mapping)
        coordinates.mark_strays(groups, self._mapping)
        return _sorted_out(groups, duplicates, sorted(ignored))

    def _repaired(self, edits: Edits) -> list[RowReading]:
        if not edits:
            return self._readings
        by_row: dict[int, dict[int, str]] = {}
        for (number, column), text in edits.items():
            by_row.setdefault(number, {})[column] = text
        return [
            self._reader.read(edited(reading.row, by_row[reading.number])) if reading.number in by_row else reading
            for reading in self._readings
        ]


def to_orders(table: Table, mapping: Mapping, today: dt.date, known: Drivers = NOBODY) -> ImportResult:
    """In one go, for callers that repair nothing."""
    return OrderReader(table, mapping, today, known).result()


def edited(row: Row, changes: dict[int, str]) -> Row:
    """The row with these texts in these columns."""
    if not changes:
        return row
    width = max(len(row.cells), *(column + 1 for column in changes))
    return row._replace(cells=tuple(changes.get(i, row.cell(i)) for i in range(width)))


def _made(group: Group) -> ReadOrder:
    """An order of one row is made once, however often the result is asked for."""
    first = group.first
    if len(group.readings) == 1 and isinstance(first.made, ReadOrder):
        return first.made
    order, given = make_order(group)
    notices = tuple(notice for reading in group.readings for notice in reading.notices)
    made = ReadOrder(order, group.numbers, given, notices)
    if len(group.readings) == 1:
        first.made = made
    return made


def _sorted_out(groups: list[Group], doubles: list[grouping.Double], ignored: list[Ignored]) -> ImportResult:
    orders: list[ReadOrder] = []
    rejected: list[RowError] = []
    for group in groups:
        if group.errors:
            rows = group.numbers if len(group.readings) > 1 else ()
            rejected += [error._replace(rows=rows) for error in group.errors]
        else:
            orders.append(_made(group))
    duplicates = [
        Duplicate(d.group.numbers[0], d.of_row, d.group.first.text("reference"), d.kind, d.group.numbers)
        for d in doubles
    ]
    return ImportResult(tuple(orders), tuple(rejected), tuple(duplicates), tuple(ignored))
