"""Finds the header of a table: the row whose cells read most like names of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from dispatch_console.intake import grammar
from dispatch_console.intake.notations.text import clean
from dispatch_console.intake.table import Cell, Row

_SEARCHED = 50  # rows
_KNOWN = 60  # a header cell counts as understood from this score on
_SURELY_DATA = re.compile(r"\d{3}|@|^[\d.,:/ -]+$")
_DATA = re.compile(r"\d{3}|^[\d.,:/-]+$|@|\d[.:/-]\d|^https?:", re.IGNORECASE)
_UNIT_LIKE = re.compile(
    r"^[(\[]?\s*(?:[a-z€$£%³²/.]{1,6}|m[23]|tt\.mm\.jjjj|dd[./-]mm[./-]yyyy|hh:mm)\s*[)\]]?$", re.IGNORECASE
)


class HeaderAt(NamedTuple):
    """`row`: number of the header row, 0 if there is none. `rows`: all rows that belong to it."""

    row: int = 0
    names: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()


def find(rows: Sequence[Row]) -> HeaderAt:
    """The best row near the top; none if no row reads like a header."""
    top = [row for row in rows if row.number][:_SEARCHED]
    scores = [(_row_score(row.cells), -i) for i, row in enumerate(top)]
    best, place = max(scores, default=(0.0, 0))
    return _with_neighbours(rows, -place) if best > 0 else HeaderAt()


def at(rows: Sequence[Row], number: int) -> HeaderAt:
    """The header in that row; 0, or a row that does not exist, means none."""
    place = next((i for i, row in enumerate(rows) if row.number == number), -1)
    return _with_neighbours(rows, place) if place >= 0 and number else HeaderAt()


def likely_header_score(record: Sequence[str]) -> float:
    return _row_score(record)


def best_header_score(rows: Sequence[Sequence[Cell]]) -> float:
    return max((_row_score(row) for row in rows[:_SEARCHED]), default=0.0)


def _row_score(cells: Sequence[Cell]) -> float:
    """Understood cells, less those that look like data; 0 unless at least two, and two in five, are understood."""
    known = other = 0.0
    count = filled = 0
    for cell in cells:
        text = clean(cell) if isinstance(cell, str) else "0000"
        if not text:
            continue
        filled += 1
        score = _cell_score(text)
        if score > 0:
            known += score
            count += 1
        else:
            other += score
    enough = count >= 2 or (count == filled == 1)
    return known + other if enough and count >= 0.4 * filled else 0.0


@lru_cache(maxsize=5_000)
def _cell_score(text: str) -> float:
    if len(text) > 60:
        return -0.5
    if _SURELY_DATA.search(text):
        return -0.6
    best = max(grammar.read(text).best, grammar.read(text, fleet=True).best)
    if best >= _KNOWN and not (_DATA.search(text) and best < 90):
        return best / 100
    return -0.6 if _DATA.search(text) else -0.1


def _with_neighbours(rows: Sequence[Row], place: int) -> HeaderAt:
    header = rows[place]
    names = [clean(cell) for cell in header.cells]
    used = [header.number]
    below = rows[place + 1] if place + 1 < len(rows) else None
    if below and below.number == header.number + 1 and _continues(below, names):
        names = _joined(names, [clean(cell) for cell in below.cells])
        used.append(below.number)
    above: tuple[str, ...] = ()
    over = rows[place - 1] if place else None
    if over and over.number == header.number - 1:
        above = _groups([clean(cell) for cell in over.cells], len(names))
        used += [over.number] if above else []
    return HeaderAt(header.number, tuple(names), above, tuple(sorted(used)))


def _continues(row: Row, names: list[str]) -> bool:
    """A second line of the header: units, or `from | to` below a cell that spans two columns."""
    texts = [(i, clean(cell)) for i, cell in enumerate(row.cells) if not isinstance(cell, str) or clean(cell)]
    if not texts or any(not isinstance(row.cells[i], str) for i, _ in texts):
        return False
    known = sum(bool(_UNIT_LIKE.match(text)) or _cell_score(text) > 0 for _, text in texts)
    gaps = any(i < len(names) and not names[i] for i, _ in texts)
    units = sum(bool(_UNIT_LIKE.match(text)) for _, text in texts)
    return known == len(texts) and (gaps or units == len(texts)) and len(texts) < max(3, len(names))


def _joined(names: list[str], below: list[str]) -> list[str]:
    found: list[str] = []
    last = ""
    for i in range(max(len(names), len(below))):
        name = names[i] if i < len(names) else ""
        more = below[i] if i < len(below) else ""
        last = name or (last if more else "")
        found.append(f"{last} {more}".strip() if more else name)
    return found


def _groups(cells: list[str], width: int) -> tuple[str, ...]:
    """`Invoice address | | | Delivery address | |` over the header, spread over the columns it stands for."""
    roles = {grammar.read(text).role for text in cells if text} - {""}
    if len(roles) < 2:
        return ()
    spread: list[str] = []
    for i in range(width):
        text = cells[i] if i < len(cells) else ""
        spread.append(text or (spread[-1] if spread else ""))
    return tuple(spread)
