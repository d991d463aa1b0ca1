"""Small help for tests: tables from text, and the whole walk in one call."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from dispatch_console.intake import report
from dispatch_console.intake.guess import guess
from dispatch_console.intake.mapping import Mapping
from dispatch_console.intake.orders import ImportResult, OrderReader
from dispatch_console.intake.reader import read
from dispatch_console.intake.table import FIND, FormatChoice, Table

TODAY = dt.date(2026, 11, 20)


def table_of(
    folder: Path, text: str, *, encoding: str = "utf-8", name: str = "orders.csv", choice: FormatChoice = FIND
) -> Table:
    """The text without its first line end, written with Windows line ends."""
    path = folder / name
    path.write_bytes(text.removeprefix("\n").replace("\n", "\r\n").encode(encoding))
    return read(path, choice)


def orders_of(
    table: Table, mapping: Mapping | None = None, edits: dict[tuple[int, int], str] | None = None
) -> ImportResult:
    return OrderReader(table, mapping or guess(table, TODAY), TODAY).result(edits)


def as_read(table: Table, mapping: Mapping | None = None) -> dict[str, Any]:
    """What the command line would say about the table."""
    mapping = mapping or guess(table, TODAY)
    return report.as_json(table, mapping, orders_of(table, mapping))
