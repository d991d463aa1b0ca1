"""Text files: CSV and its relatives. Row numbers are the lines of the editor in which records begin."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.errors import UserError
from dispatch_console.intake import encoding
from dispatch_console.intake.headers import likely_header_score
from dispatch_console.intake.limits import Limits
from dispatch_console.intake.table import FormatChoice, Row

#: What separates cells: as the file has it, and what to call it.
DELIMITERS = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
    "|": "bar",
    "^": "caret",
    "~": "tilde",
    "¦": "broken bar",
}

_SEP_LINE = re.compile(r"^\"?sep=(.)\"?$", re.IGNORECASE)
_SAMPLE = 400
_LONGEST_LINE = 2_000_000
_LONG_LINE = 20_000  # characters of a line that are looked at to find the separator
_LONGEST_CELL = 60  # lines; a longer one is a quotation mark that nobody closed


class TextFile(NamedTuple):
    encoding: str
    delimiter: str
    rows: tuple[Row, ...]


def read(path: Path, choice: FormatChoice, limits: Limits) -> TextFile:
    """Raises UserError if the file is no text or too large."""
    data = path.read_bytes()
    if data.count(b"\n") > 5 * limits.rows:
        raise _too_long(limits)
    name = choice.encoding or encoding.find(data)
    text = encoding.decode(data, name)
    _refuse_binary(text, path.name)
    lines = io.StringIO(text, newline=None).readlines()
    if max(map(len, lines), default=0) > _LONGEST_LINE:
        raise UserError(
            f"{path.name} has a line of {_LONGEST_LINE:,} characters and more. This is no table of orders."
        )
    csv.field_size_limit(_LONGEST_LINE)
    delimiter = choice.delimiter or find_delimiter(lines)
    rows = tuple(_records(lines, delimiter, limits))
    return TextFile("utf-16" if name.startswith("utf-16") else name, delimiter, rows)


def _refuse_binary(text: str, name: str) -> None:
    sample = text[:20_000]
    odd = sum(c < " " and c not in "\t\r\n\f\v\x1a\x1c\x1d\x1e\x1f" for c in sample) + sample.count("\ufffd")
    if odd > 10 + len(sample) // 50:
        raise UserError(f"{name} is not a table. Choose a CSV, TSV, XLSX, XLS or ODS file.")


def find_delimiter(lines: list[str]) -> str:
    """A `sep=` line says it; else the character that cuts the lines into the most regular, most telling table."""
    if lines and (said := _SEP_LINE.match(lines[0].strip("\n").strip())):
        return said[1]
    sample = [line[:_LONG_LINE] for line in lines[: _SAMPLE * 2] if line.strip()][:_SAMPLE]
    return max(DELIMITERS, key=lambda mark: _merit(sample, mark)) if sample else ","


def _merit(sample: list[str], mark: str) -> float:
    """Regular width counts, and above all a line whose cells are names of columns."""
    records = [record for record in csv.reader(sample, delimiter=mark) if any(cell.strip() for cell in record)]
    widths = Counter(len(record) for record in records)
    width, times = max(widths.items(), key=lambda item: (item[1], item[0])) if widths else (1, 0)
    if width < 2 and max(widths, default=1) < 2:
        return 0.0
    header = max((likely_header_score(record) for record in records[:30]), default=0.0)
    regular = times / len(records) if width > 1 else 0.0
    return header * 2 + regular * min(width, 12)


def _records(lines: list[str], delimiter: str, limits: Limits) -> Iterator[Row]:
    if '"' in delimiter or len(delimiter) != 1 or delimiter in "\r\n":
        raise UserError("The separator must be a single character, such as ; or a tab.")
    quoted = _quick(lines, delimiter, limits) or _careful(lines, delimiter)
    for count, (number, cells) in enumerate(quoted):
        if count >= limits.rows:
            raise _too_long(limits)
        if len(cells) > limits.columns:
            raise UserError(f"Row {number} has more than {limits.columns:,} cells. This is not a table of orders.")
        yield Row(number, tuple(cell[: limits.letters] for cell in cells))


def _too_long(limits: Limits) -> UserError:
    return UserError(f"The file has more than {limits.rows:,} rows. Split it and import the parts.")


def _quick(lines: list[str], delimiter: str, limits: Limits) -> list[tuple[int, list[str]]]:
    """Empty if an opening quotation mark swallows much of the file, or is never closed."""
    reader = csv.reader(lines, delimiter=delimiter)
    found: list[tuple[int, list[str]]] = []
    usual = _usual_marks(lines, delimiter)
    before = filled = 0
    try:
        for cells in reader:
            if reader.line_num - before > _LONGEST_CELL:
                return []
            if reader.line_num - before > 1 and _swallows(lines[before : reader.line_num], delimiter, usual):
                return []
            found.append((before + 1, cells))
            before = reader.line_num
            filled += len(cells)
            if len(found) > limits.rows:
                return found
            if filled > limits.cells:
                raise UserError(f"The file has more than {limits.cells:,} cells. This is no table of orders.")
    except csv.Error:
        return []
    last = found[-1][1] if found else []
    return [] if last and "\n" in last[-1] and _is_open(lines, last[-1]) else found


def _usual_marks(lines: list[str], delimiter: str) -> int:
    """How many separators a line of the file usually has; lines without any do not count."""
    counts = Counter(marks for line in lines[:300] if (marks := line.count(delimiter)))
    return counts.most_common(1)[0][0] if counts else 0


def _swallows(lines: list[str], delimiter: str, usual: int) -> bool:
    """Whether lines inside one record are whole records: a quotation mark was opened by mistake."""
    return usual > 2 and any(line.count(delimiter) >= usual for line in lines[1:])


def _is_open(lines: list[str], last_cell: str) -> bool:
    """Whether the last cell of the file ran to its end for want of a closing mark."""
    return not lines[-1].rstrip().endswith('"') and last_cell.endswith(lines[-1])


def _careful(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """As csv, but a quotation mark that is not closed within a cell's length is an ordinary character."""
    at = 0
    usual = _usual_marks(lines, delimiter)
    while at < len(lines):
        record, used = _one_record(lines[at : at + _LONGEST_CELL], delimiter, usual)
        yield at + 1, record
        at += used


def _one_record(lines: list[str], delimiter: str, usual: int) -> tuple[list[str], int]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        found = next(reader)
    except csv.Error:  # no closing mark, or something behind it
        return _with_stray_quote(lines[0].rstrip("\n"), delimiter), 1
    if not _swallows(lines[: reader.line_num], delimiter, usual):
        return found, reader.line_num
    return _with_stray_quote(lines[0].rstrip("\n"), delimiter), 1


def _with_stray_quote(line: str, delimiter: str) -> list[str]:
    """The last cell that opens with a quotation mark is taken as it stands."""
    head, mark, tail = line.rpartition(delimiter + '"')
    if not mark:
        return line.split(delimiter)
    before = next(csv.reader([head], delimiter=delimiter), []) if head else [""]
    rest = tail.split(delimiter)
    return [*before, '"' + rest[0], *rest[1:]]


def is_blank_line(cells: Iterable[str]) -> bool:
    return not any(cell.strip() for cell in cells)
