"""Rejected rows go out to be mended, and come in again."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Order
from dispatch_console.intake.export import export_rejected, write
from dispatch_console.intake.guess import guess
from dispatch_console.intake.reader import read
from tests import hostile
from tests.unit.intake.tables import TODAY, orders_of, table_of

LIST = (
    "Auftrag;Name;Straße;PLZ;Ort;Zeit;Kolli\n"
    "1;Ute;Weg 1;9490;Vaduz;8-12 Uhr;2\n"
    "2;Max;Weg 2;9490;Vaduz;;1\n"
    "3;Eva;Weg 3;9490;Vaduz;;1\n"
)


def _orders(folder: Path, text: str) -> list[Order]:
    return [read_order.order for read_order in orders_of(table_of(folder, text)).orders]


BAD = (
    "Auftrag;Name;Straße;PLZ;Ort;Telefon;kg;Info\n1;=cmd|' /C calc';Weg 1;9490;Vaduz;+41 79 555 12 34;schwer;@x\n"
    "2;Max;Weg 2;9490;Vaduz;;1;\n3;-Eva;Weg 3;9490;Vaduz;;-5;-\n4;Ida;Weg 4;9490;Vaduz;;1;a;zu viel\n"
)


def test_rejected_rows_are_exported_harmless_and_come_back(tmp_path: Path) -> None:
    table = table_of(tmp_path, BAD)
    result = orders_of(table)
    path = tmp_path / "rejected.csv"
    assert export_rejected(table, result, path) == 3
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream, delimiter=";")
    assert header[-2:] == ["Rejected because", "Origin"]
    assert rows[0][1:8] == ["'=cmd|' /C calc'", "Weg 1", "9490", "Vaduz", "+41 79 555 12 34", "schwer", "'@x"]
    assert rows[0][-2:] == ["kg: schwer: is not a number", "orders.csv, row 2"]
    assert (rows[1][1], rows[1][6], rows[1][7]) == ("'-Eva", "-5", "-")
    assert rows[2][7] == "a zu viel"  # the surplus cell is not lost
    again = guess(read(path), TODAY)
    assert again.headers[:8] == table.headers
    assert [use and use.field for use in again.uses[:8]] == [use and use.field for use in guess(table, TODAY).uses]


def test_export_to_a_workbook_holds_no_formula(tmp_path: Path) -> None:
    table = table_of(tmp_path, BAD)
    path = tmp_path / "rejected.xlsx"
    export_rejected(table, orders_of(table), path)
    sheet = load_workbook(path).worksheets[0]
    cell = sheet.cell(2, 2)
    assert (cell.value, cell.data_type) == ("=cmd|' /C calc'", "s")


def test_export_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    table = table_of(tmp_path, BAD)
    with pytest.raises(UserError, match="cannot be written"):
        export_rejected(table, orders_of(table), tmp_path / "no such folder" / "rejected.csv")


def test_no_cell_of_an_export_runs(tmp_path: Path) -> None:
    """In the heads, the cells, the reasons and the name of the file; read with any separator, in either format."""
    texts = hostile.texts("http://127.0.0.1:9", hostile.NOWHERE)
    runs = re.compile(r"\s*(=|@|[+-](?!\s|$|[\d\s().,/'-]*$))")
    names = [text.replace("\x1c", "")[:200] for text in texts]
    rows = [[name, "=1+1", 12.5, float("inf"), "x;=1+1", "x,=1+1\n=2", "+41 79 1", "-2,5"] for name in names]
    write(tmp_path / "x.csv", names, rows, ";")
    data = (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    for separator in ";,\t|":
        for row in csv.reader(io.StringIO(data), delimiter=separator):
            assert [cell for cell in row if runs.match(cell)] == []
        for line in data.splitlines():  # a reader that takes another separator sees no quotation marks either
            assert [cell for cell in line.split(separator) if runs.match(cell.strip('"'))] == []
    write(tmp_path / "x.xlsx", names, rows)
    sheet = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    kinds = {
        (cell.data_type, type(cell.value)) for row in sheet.iter_rows() for cell in row if cell.value is not None
    }
    assert kinds == {("s", str), ("n", float)}
