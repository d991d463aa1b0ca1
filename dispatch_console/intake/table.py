"""A file as it was found: rows of cells, and how it was read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

#: A cell of a text file is text; a cell of a sheet keeps the type the sheet gave it. Empty is "".
Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta

Kind = Literal["csv", "xlsx", "xls", "ods"]

EPOCH = dt.date(1899, 12, 30)  # day 0 of the serial numbers of spreadsheets


class Row(NamedTuple):
    """`number` counts from 1: the line of a text file in which the record begins, or the sheet's own row."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def cell(self, column: int) -> Cell:
        """The cell, or "" where the record is shorter."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Format:
    """How a file was read. Everything here was found, is shown, and can be changed by a `FormatChoice`.

    `header_row` is the row number of the header, 0 if the file has none.
    """

    kind: Kind
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    header_row: int = 0

    @property
    def is_text(self) -> bool:
        return self.kind == "csv"


class FormatChoice(NamedTuple):
    """What the user set by hand; None: find it. `header_row` 0 says that there is no header."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None


#: Find everything.
FIND = FormatChoice()


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of the chosen sheet or text file, blank ones and those above the header included.

    `headers` has one text per column, "" where a column has none; `above` is a second header line over it, which
    says what a group of columns is about ("Delivery address").
    """

    name: str
    format: Format
    rows: tuple[Row, ...]
    headers: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = ()  # every row that belongs to the header, units below it included

    @property
    def data(self) -> tuple[Row, ...]:
        """The rows below the header (all rows if there is none)."""
        last = max(self.header_rows, default=0)
        return tuple(row for row in self.rows if row.number > last)

    @property
    def width(self) -> int:
        return len(self.headers)


def number_of(cell: Cell) -> float | None:
    """The number of a numeric cell; None for text, for true and false, and for what no person can have meant."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    return float(cell) if -1e15 < cell < 1e15 else None


def text_of(cell: Cell) -> str:
    """A cell as a person would type it: 15.0 is `15`, a time is `08:30`, a date is `2026-11-23`."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else _decimal(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, dt.time):
        return cell.isoformat("seconds" if cell.second else "minutes")
    if isinstance(cell, dt.timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return str(cell)


def _decimal(number: float) -> str:
    """A float without an exponent and without the noise of binary fractions in the last digits."""
    text = f"{number:.12g}"
    return f"{number:.12f}".rstrip("0") if "e-" in text else text


def is_blank(row: Row) -> bool:
    return all(isinstance(cell, str) and not cell.strip(" \t\r\n\f\v\xa0\u202f\u200b\ufeff'") for cell in row.cells)
