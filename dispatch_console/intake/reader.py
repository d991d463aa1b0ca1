"""File → `Table`. What is not chosen by hand is found: kind, encoding, separator, sheet, header row."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from dispatch_console.domain.errors import UserError
from dispatch_console.intake import headers, text_file
from dispatch_console.intake.limits import DEFAULT, Limits
from dispatch_console.intake.table import FIND, Format, FormatChoice, Kind, Row, Table

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ELSEWHERE = {
    b"%PDF": "a PDF document", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
    b"MZ": "a program", b"\x1f\x8b": "a compressed file", b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file", b"SQLite format 3": "a database",
    b"{\\rtf": "a text document", b"PK\x05\x06": "an empty archive",
}  # fmt: skip


def read(path: Path, choice: FormatChoice = FIND, limits: Limits = DEFAULT) -> Table:
    """Raises UserError, one sentence, for whatever cannot be read as a table."""
    head = _head(path, limits)
    kind = _kind(path, head)
    if kind == "csv":
        text = text_file.read(path, choice, limits)
        found = Format("csv", encoding=text.encoding, delimiter=text.delimiter)
        return with_header(Table(path.name, found, text.rows), choice.header_row)
    # Not for text files: they are read without loading the library for workbooks.
    from dispatch_console.intake import sheet_file

    book = sheet_file.read(path, kind, choice, limits)
    found = Format(kind, sheet=book.sheet, sheets=book.sheets)
    return with_header(Table(path.name, found, book.rows), choice.header_row)


def with_header(table: Table, header_row: int | None) -> Table:
    """The table with its header in that row (0: none; None: find it). Reads no file."""
    visible = [row for row in table.rows if not row.hidden]
    at = headers.find(visible) if header_row is None else headers.at(visible, header_row)
    below = [row for row in visible if row.number > max(at.rows, default=0)]
    width = _width(below, len(at.names), is_text=table.format.is_text)
    names = at.names + ("",) * (width - len(at.names))
    return Table(table.name, replace(table.format, header_row=at.row), table.rows, names, at.above, at.rows)


def _width(rows: list[Row], named: int, *, is_text: bool) -> int:
    """Columns of the table. In a text file cells beyond the header are surplus, unless most rows have them."""
    ends = [_last_filled(row) for row in rows]
    longer = sum(end > named for end in ends)
    if is_text and named and longer <= 0.3 * sum(end > 0 for end in ends):
        return named
    return max([named, *ends])


def _last_filled(row: Row) -> int:
    return next((i for i in range(len(row.cells), 0, -1) if row.cells[i - 1] != ""), 0)


def _head(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(4096)
    except FileNotFoundError:
        raise UserError(f"{path} does not exist. Check the name and the folder.") from None
    except OSError:
        raise UserError(
            f"{path.name} cannot be opened. Close it in other programs and check that you may read it."
        ) from None
    if size > limits.file_bytes:
        raise UserError(f"{path.name} has {size // 1_000_000:,} MB, which is no list of orders. Check the file.")
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UserError(f"{path.name} is empty.")
    return head


def _kind(path: Path, head: bytes) -> Kind:
    """By what is inside, not by the name: many a .xls is text."""
    if head.startswith(_COMPOUND):
        return "xls"
    if head.startswith(_ZIP):
        return (
            "ods"
            if b"application/vnd.oasis.opendocument" in head[:200] or path.suffix.lower() == ".ods"
            else "xlsx"
        )
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|table)", head, re.IGNORECASE):
        raise UserError(f"{path.name} is a web page. Open it in a spreadsheet program and save it as XLSX or CSV.")
    for mark, name in _ELSEWHERE.items():
        if head.startswith(mark):
            raise UserError(f"{path.name} is {name}, not a table. Choose a CSV, TSV, XLSX, XLS or ODS file.")
    return "csv"
