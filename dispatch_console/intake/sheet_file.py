"""Workbooks: XLSX, XLS and ODS, through calamine; cells keep their types, rows their numbers."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import NamedTuple

import python_calamine as calamine

from dispatch_console.domain.errors import UserError
from dispatch_console.intake import hidden_rows
from dispatch_console.intake.headers import best_header_score
from dispatch_console.intake.limits import Limits
from dispatch_console.intake.table import Cell, FormatChoice, Kind, Row

_LOOK_AT = 60  # rows of each sheet that decide which sheet it is
_NAME = 100  # letters; the name of a column has fewer


class SheetFile(NamedTuple):
    sheet: str
    sheets: tuple[str, ...]
    rows: tuple[Row, ...]


def read(path: Path, kind: Kind, choice: FormatChoice, limits: Limits) -> SheetFile:
    """Raises UserError for a workbook that is damaged, protected or too large."""
    scan = _scan(path, kind, limits)
    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            names = _visible_first(book)
            name = _choose(book, names, choice.sheet)
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (calamine.CalamineError, OSError, ValueError, re.error) as error:
        raise _refusal(path, error) from None
    if len(cells) > limits.rows:
        raise UserError(f"The sheet has more than {limits.rows:,} rows. Split it and import the parts.")
    hidden = scan.hidden.get(name, frozenset())
    rows = tuple(
        Row(number, tuple(_cell(cell, limits.letters) for cell in row), number in hidden)
        for number, row in enumerate(cells, 1)
    )
    return SheetFile(name, tuple(names), rows)


def _scan(path: Path, kind: Kind, limits: Limits) -> hidden_rows.Scan:
    if kind == "xls":
        return hidden_rows.scan_xls(path)
    hidden_rows.check_archive(path, limits)
    try:
        return hidden_rows.scan_ods(path, limits) if kind == "ods" else hidden_rows.scan_xlsx(path, limits)
    except UserError:
        raise
    except Exception as error:  # whatever a broken archive makes zipfile and zlib raise
        raise _refusal(path, error) from None


def _refusal(path: Path, error: Exception) -> UserError:
    if isinstance(error, calamine.PasswordError) or "password" in str(error).lower():
        return UserError(f"{path.name} is protected by a password. Save it without one and import it again.")
    return UserError(f"{path.name} is damaged. Open it in the program it comes from and save it again.")


def _visible_first(book: calamine.CalamineWorkbook) -> list[str]:
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    sheets.sort(key=lambda sheet: sheet.visible != calamine.SheetVisibleEnum.Visible)
    return [sheet.name for sheet in sheets]


def _choose(book: calamine.CalamineWorkbook, names: list[str], wanted: str | None) -> str:
    if wanted is not None and wanted in names:
        return wanted
    if wanted is not None:
        raise UserError(f"There is no sheet called {wanted}. The file has: {', '.join(names)}.")
    if not names:
        raise UserError("The workbook has no sheet with cells in it.")
    return max(names, key=lambda name: (_merit(book, name), -names.index(name)))


def _merit(book: calamine.CalamineWorkbook, name: str) -> float:
    """How much the top of a sheet looks like a table of orders; more rows decide between equals."""
    sheet = book.get_sheet_by_name(name)
    top = sheet.to_python(skip_empty_area=False, nrows=_LOOK_AT)
    visible = book.sheets_metadata[book.sheet_names.index(name)].visible == calamine.SheetVisibleEnum.Visible
    header = best_header_score([[_cell(cell, _NAME) for cell in row] for row in top])
    return (header + min(sheet.total_height, 1000) / 1000) * (1.0 if visible else 0.5)


def _cell(value: object, letters: int) -> Cell:
    if isinstance(value, bool | int | float | dt.date | dt.time | dt.timedelta):
        return value
    return "" if value is None else str(value)[:letters]
