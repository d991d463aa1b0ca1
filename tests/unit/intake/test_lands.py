"""Whole lists as eight languages write them, with planted faults; columns, notations and encodings by chance."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from dispatch_console.intake.notations.dates import DateOrder, day
from dispatch_console.intake.reader import read
from dispatch_console.intake.table import EPOCH, Cell, Table
from tests.unit.intake.lands import LANDS
from tests.unit.intake.lists import Listing, make
from tests.unit.intake.tables import TODAY, as_read

#: Our columns in the words of the command line.
NAMES = {
    "house": "house_number", "service": "service_minutes", "weight": "weight_kg", "volume": "volume_m3",
    "cod": "cod_amount", "window": "windows", "from": "windows", "to": "windows", "town": "city",
}  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("land", LANDS)
def test_text_files(tmp_path: Path, land: str, seed: int) -> None:
    listing = make(land, seed)
    chance = random.Random(seed)
    delimiter = "," if land in ("us", "uk") else chance.choice(";;\t|")
    encoding = chance.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    path = tmp_path / "orders.csv"
    text = listing.text(delimiter)
    path.write_bytes(text.encode(encoding))
    table = read(path)
    shown = "utf-8" if encoding == "cp1252" and text.isascii() else encoding
    assert (table.format.delimiter, table.format.encoding) == (delimiter, shown)
    _compare(table, listing)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("land", LANDS)
def test_workbooks(tmp_path: Path, land: str, seed: int) -> None:
    listing = make(land, seed)
    path = tmp_path / "orders.xlsx"
    _write_book(path, listing, random.Random(seed), DateOrder.MDY if land == "us" else DateOrder.DMY)
    table = read(path)
    assert table.format.sheet == "Data"
    _compare(table, listing)


def _compare(table: Table, listing: Listing) -> None:
    assert table.format.header_row == listing.header_row
    found = as_read(table)
    for column, header in listing.columns.items():
        sources = found["mapping"].get(NAMES.get(column, column), [])
        assert header in ([sources] if isinstance(sources, str) else sources), (column, header)
    orders = {order["row"]: order for order in found["orders"]}
    assert set(orders) == {order["row"] for order in listing.orders}
    given = {NAMES.get(column, column) for column in listing.columns} | {"row", "postcode", "city"}
    for expected in listing.orders:
        assert _only(expected, given) == _only(orders[expected["row"]], given & set(expected))
    assert {error["row"]: error["problem"] for error in found["rejected"]} == listing.rejected
    assert {double["row"]: double["kind"] for double in found["duplicates"]} == listing.duplicates
    assert set(found["ignored_rows"]) == listing.ignored


def _only(order: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """Values of these names; whatever is empty is left out."""
    return {name: value for name, value in order.items() if name in names and value}


def _write_book(path: Path, listing: Listing, chance: random.Random, order: DateOrder) -> None:
    """Dates, times and numbers as sheets have them: some typed, some as text, some dates as bare numbers."""
    book = Workbook()
    book.worksheets[0].append(["Info"])
    sheet = book.create_sheet("Data")
    header = listing.cells[listing.header_row - 1]
    meaning = {header.index(text): column for column, text in listing.columns.items()}
    for number, row in enumerate(listing.cells, 1):
        for i, text in enumerate(row):
            is_data = number > listing.header_row and chance.random() < 0.7
            value = _typed(meaning.get(i, ""), text, order, chance) if is_data and text else text
            sheet.cell(number, i + 1, value)
    book.save(path)


def _typed(column: str, text: str, order: DateOrder, chance: random.Random) -> Cell:
    if column in ("weight", "volume", "cod", "pieces", "service"):
        plain = text.replace(",", ".")
        return float(plain) if plain.replace(".", "", 1).isdecimal() else text
    if column == "day" and isinstance(date := day(text, order, TODAY), dt.date):
        return (date - EPOCH).days if chance.random() < 0.3 else date
    if column in ("from", "to") and len(text) == 5:
        return dt.time.fromisoformat(text)
    return int(text) if column in ("house", "postcode") and text.isdecimal() else text
