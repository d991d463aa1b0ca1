"""What can be wrong with a row, as values: bad input is never lost and never an exception."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Problem(StrEnum):
    """The words under which rows are rejected. The command line prints them, so they are a contract."""

    MISSING_ADDRESS = "missing_address"
    BAD_DATE = "bad_date"
    BAD_WINDOW = "bad_window"
    NEGATIVE = "negative"
    NOT_A_NUMBER = "not_a_number"
    BAD_COORDINATES = "bad_coordinates"
    UNKNOWN_KIND = "unknown_kind"
    TOO_MANY_CELLS = "too_many_cells"
    TOO_FEW_CELLS = "too_few_cells"
    BAD_SHIFT = "bad_shift"
    DUPLICATE_VEHICLE = "duplicate_vehicle"
    MISSING_DRIVER = "missing_driver"


class Fault(NamedTuple):
    """Why one cell cannot be read. `message` is a short plain clause ("November has 30 days").

    `suggestions` are texts that could stand in the cell instead, best first.
    """

    problem: Problem
    message: str
    suggestions: tuple[str, ...] = ()


class Suggestion(NamedTuple):
    """One way to repair a row: what a button says, and the cells (column, new text) it would write."""

    label: str
    edits: tuple[tuple[int, str], ...]


class RowError(NamedTuple):
    """One problem of one row. `column` counts from 0 and is None where no single cell is at fault.

    `rows` are all the rows that go down with it (the lines of one order), in the order of the file.
    """

    row: int
    column: int | None
    text: str
    problem: Problem
    message: str
    suggestions: tuple[Suggestion, ...] = ()
    rows: tuple[int, ...] = ()


class Notice(NamedTuple):
    """Something the order was taken without: a phone number with lost digits, an unreadable amount.

    `instead`: what became of it.
    """

    row: int
    column: int
    text: str
    message: str
    instead: str = "taken without it"

    @property
    def sentence(self) -> str:
        return f"{self.message}: {self.instead}"
