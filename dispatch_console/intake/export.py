"""Writes the rejected rows to a file that a person can mend and import again."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.formulas import harmless
from dispatch_console.intake.orders import ImportResult
from dispatch_console.intake.table import Cell, Row, Table, text_of

REASON, ORIGIN = "Rejected because", "Origin"


def export_rejected(table: Table, result: ImportResult, path: Path) -> int:
    """All columns as they were, the reasons and the row numbers; CSV or XLSX by the name. Returns how many rows.

    Raises UserError if the file cannot be written.
    """
    rows = list(_rows(table, result))
    write(path, table.headers, rows, table.format.delimiter or ";")
    return len(rows)


def write(path: Path, headers: Sequence[str], rows: Sequence[Sequence[Cell]], delimiter: str = ";") -> None:
    """Rows of cells, reason and origin last, under the headers of their file. UserError if it cannot be written."""
    header = [name or f"Column {i}" for i, name in enumerate(headers, 1)] + [REASON, ORIGIN]
    try:
        if path.suffix.lower() == ".xlsx":
            _write_xlsx(path, header, rows)
        else:
            _write_csv(path, header, rows, delimiter)
    except OSError:
        raise UserError(
            f"{path.name} cannot be written. Close it in other programs or choose another folder."
        ) from None


def _rows(table: Table, result: ImportResult) -> Iterator[list[Cell]]:
    reasons: dict[int, list[str]] = {}
    for error in result.rejected:
        name = table.headers[error.column] if error.column is not None else ""
        said = ": ".join(part for part in (name, error.text, error.message) if part)
        reasons.setdefault(error.row, []).append(said)
    for row in table.rows:
        if row.number in result.rejected_rows:
            yield [
                *_cells(row, table.width),
                "; ".join(reasons.get(row.number, [])),
                f"{table.name}, row {row.number}",
            ]


def _cells(row: Row, width: int) -> list[Cell]:
    """Padded to the width; surplus cells are joined to the last one, so that nothing is lost."""
    cells = [row.cell(i) for i in range(width)]
    surplus = [text for cell in row.cells[width:] if (text := text_of(cell).strip())]
    if surplus and cells:
        cells[-1] = " ".join(filter(None, [text_of(cells[-1]), *surplus]))
    return cells


def _write_csv(path: Path, header: list[str], rows: Sequence[Sequence[Cell]], delimiter: str) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream, delimiter=delimiter)
        out.writerow(map(harmless, header))
        out.writerows([harmless(text_of(cell)) for cell in row] for row in rows)


def _write_xlsx(path: Path, header: list[str], rows: Sequence[Sequence[Cell]]) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rejected")
    for row in [header, *rows]:
        cells: list[Any] = []
        for value in row:
            if isinstance(value, int | float) and math.isfinite(value):
                plain = value
            else:
                plain = ILLEGAL_CHARACTERS_RE.sub("", text_of(value))
            cell = WriteOnlyCell(sheet, plain)
            if isinstance(plain, str):
                cell.data_type = "s"  # never a formula
            cells.append(cell)
        sheet.append(cells)
    book.save(path)
