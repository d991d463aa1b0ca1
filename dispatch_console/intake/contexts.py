"""What a column's other cells say about how its cells are written. Worked out once per table, never from edits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from dispatch_console.intake.fields import NUMERIC, Field
from dispatch_console.intake.mapping import Mapping
from dispatch_console.intake.notations import choices, numbers
from dispatch_console.intake.notations.countries import country, country_in_address
from dispatch_console.intake.notations.quantities import Style
from dispatch_console.intake.notations.text import clean
from dispatch_console.intake.table import Table

_SAMPLE = 4000


class Contexts(NamedTuple):
    """`country` is that of most rows; `code_length` of postcodes where no country is known (0: leave them).

    `flags` are columns of goods that say yes or no to what their header names.
    """

    styles: dict[int, Style]
    letters: dict[int, tuple[str, str]]
    highest: dict[int, int]
    flags: frozenset[int]
    country: str
    code_length: int


def of(table: Table, mapping: Mapping) -> Contexts:
    rows = [row for row in table.data if not row.hidden]
    rows = rows[:: max(1, len(rows) // _SAMPLE)]

    def texts(column: int) -> list[str]:
        return [clean(cell) for row in rows if isinstance(cell := row.cell(column), str) and cell]

    styles = {
        i: Style(_decimal(use.field, texts, i, mapping.choices.decimal), use.unit)
        for i, use in enumerate(mapping.uses)
        if use
    }
    kinds, priorities = mapping.columns(Field.KIND), mapping.columns(Field.PRIORITY)
    return Contexts(
        styles,
        {i: choices.kind_letters(texts(i), mapping.headers[i]) for i in kinds},
        {i: max((int(t) for row in rows if (t := clean(row.cell(i))).isdecimal()), default=0) for i in priorities},
        frozenset(i for i in mapping.columns(Field.GOODS) if _are_flags([clean(row.cell(i)) for row in rows])),
        _country(mapping, texts) or mapping.choices.country,
        _code_length(mapping, texts),
    )


type _Texts = Callable[[int], list[str]]  # column → cleaned texts


def _decimal(field: Field, texts: _Texts, column: int, otherwise: str) -> str:
    return numbers.decimal_mark(texts(column), otherwise) if field in NUMERIC else otherwise


def _are_flags(texts: list[str]) -> bool:
    """Yes and no, and not all figures: a class of dangerous goods is called 1, too."""
    used = {text for text in texts if text}
    return all(map(choices.is_flag, used)) and not all(text.isdecimal() and text != "0" for text in used)


def _country(mapping: Mapping, texts: _Texts) -> str:
    found: Counter[str] = Counter()
    for column in mapping.columns(Field.COUNTRY):
        found.update(country(text) for text in texts(column))
    if not found:
        for column in mapping.columns(Field.STREET):
            found.update(country_in_address(text) for text in texts(column))
    del found[""]
    return found.most_common(1)[0][0] if found else ""


def _code_length(mapping: Mapping, texts: _Texts) -> int:
    """Five, where the column shows five figures with a zero in front, or nearly all of its codes have five."""
    column = mapping.column(Field.POSTCODE)
    codes = texts(column) if column is not None else []
    zeros = [code for code in codes if len(code) == 5 and code.isdecimal() and code[0] == "0"]
    if not all(len(code) <= 5 and code.isdecimal() for code in codes):
        return 0
    full = sum(len(code) == 5 for code in codes)
    return 5 if zeros or (full >= 0.8 * len(codes) and full > 3) else 0
