"""Rows that are no orders and were never meant as such."""

from __future__ import annotations

import re
from typing import NamedTuple

from dispatch_console.intake.fields import Field
from dispatch_console.intake.mapping import Mapping
from dispatch_console.intake.notations.text import clean, fold
from dispatch_console.intake.table import Cell, Row, Table, is_blank
from dispatch_console.intake.words.rows import CLOSINGS, TOTALS

_DECORATION = re.compile(r"^[\s\-=_*+#~.|/\\]*$")
_FIRST_WORD = re.compile(r"^[\W_]*([^\W\d_]+(?:-[^\W\d_]+)*)")


class Ignored(NamedTuple):
    row: int
    reason: str


class Sieve:
    """Tells for each row of a table why it is not read, or "" if it is."""

    def __init__(self, table: Table, mapping: Mapping) -> None:
        self._header = table.format.header_row
        self._header_rows = table.header_rows
        self._last_header = max(table.header_rows, default=0)
        self._names = [fold(clean(header)) for header in table.headers]
        fields = (Field.STREET, Field.LAT, Field.LAT_LON, Field.PLATE)
        self._places = [column for field in fields for column in mapping.columns(field)]
        self._key = mapping.column(Field.REFERENCE, Field.VEHICLE)
        self._shapes = self._key_shapes(table)
        self._width = sum(map(bool, mapping.uses)) or table.width

    def reason(self, row: Row) -> str:
        if row.number <= self._last_header:
            return (
                ""
                if row.number == self._header
                else "part of the header"
                if self._is_header(row)
                else "above the header"
            )
        if row.hidden:
            return "hidden"
        if is_blank(row):
            return "empty"
        return self._content_reason(row.cells)

    def is_header(self, row: Row) -> bool:
        return row.number == self._header

    def _is_header(self, row: Row) -> bool:
        return row.number in self._header_rows

    def _content_reason(self, cells: tuple[Cell, ...]) -> str:
        first = cells[0] if cells else ""
        plausible = (
            len(cells) > 2 and isinstance(first, str) and first and first[0].isalnum() and self._has_place(cells)
        )
        if plausible and first != self._names[0]:
            return self._repeated(cells)
        texts = [text for text in map(clean, cells) if text]
        if all(_DECORATION.match(text) for text in texts):
            return "a line"
        if texts and fold(texts[0]).strip(" :.") in TOTALS and len(texts) <= max(4, self._width / 2):
            return "totals"
        if self._has_place(cells):
            return self._repeated(cells)
        opening = _FIRST_WORD.match(fold(texts[0]))
        if opening and opening[1] in TOTALS and len(texts) <= max(4, self._width / 2):
            return "totals"
        if len(texts) <= 3 and self._is_remark(texts, cells):
            closing = len(texts) > 1 or fold(texts[0]).lstrip("*-=# ").startswith(CLOSINGS)
            return "end of the list" if closing else "a remark"
        return self._repeated(cells)

    def _is_remark(self, texts: list[str], cells: tuple[Cell, ...]) -> bool:
        """A closing line; or a single cell that is no order number, in a table of many columns."""
        plain = fold(texts[0]).lstrip("*-=# ")
        if plain.startswith(CLOSINGS) and not self._looks_like_key(cells):
            return True
        return (
            len(texts) == 1 and self._width > 3 and clean(cells[0]) == texts[0] and not self._looks_like_key(cells)
        )

    def _looks_like_key(self, cells: tuple[Cell, ...]) -> bool:
        """An order number in its column: the record is cut, not a remark."""
        if self._key is None or self._key >= len(cells):
            return False
        text = clean(cells[self._key])
        return any(c.isdecimal() for c in text) and _shape(text) in self._shapes

    def _key_shapes(self, table: Table) -> frozenset[str]:
        """What order numbers of this table look like."""
        column = self._key
        if column is None:
            return frozenset()
        full = (row for row in table.data[:5000] if sum(cell != "" for cell in row.cells) > 3)
        return frozenset(_shape(clean(row.cell(column))) for row in full)

    def _has_place(self, cells: tuple[Cell, ...]) -> bool:
        return any(column < len(cells) and cells[column] not in ("", None) for column in self._places)

    def _repeated(self, cells: tuple[Cell, ...]) -> str:
        """The header once more, as at the top of each printed page."""
        if not self._names or (clean(cells[0] if cells else "") and fold(clean(cells[0])) != self._names[0]):
            return ""
        same = filled = 0
        for name, cell in zip(self._names, cells, strict=False):
            text = clean(cell)
            filled += bool(text)
            same += bool(text) and fold(text) == name
        return "the header again" if filled > 1 and same >= 0.8 * filled else ""


def _shape(text: str) -> str:
    """`ORD-00012` → `a-9`."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", text))
