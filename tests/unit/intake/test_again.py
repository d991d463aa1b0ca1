"""A file that comes again, and the rejected rows that go out to be mended."""

# ruff: noqa: E501  (rows of files, as they come)

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Order, OrderId
from dispatch_console.domain.places import Place
from dispatch_console.intake.compare import compare, parts_of
from dispatch_console.intake.export import export_rejected, harmless
from dispatch_console.intake.guess import guess
from dispatch_console.intake.reader import read
from tests.unit.intake.tables import TODAY, orders_of, table_of

LIST = "Auftrag;Name;Straße;PLZ;Ort;Zeit;Kolli\n1;Ute;Weg 1;9490;Vaduz;8-12 Uhr;2\n2;Max;Weg 2;9490;Vaduz;;1\n3;Eva;Weg 3;9490;Vaduz;;1\n"


def _orders(folder: Path, text: str) -> list[Order]:
    return [read_order.order for read_order in orders_of(table_of(folder, text)).orders]


def test_new_changed_unchanged_gone(tmp_path: Path) -> None:
    known = [
        dataclasses.replace(o, id=OrderId(i), attempts=1, notes="by hand")
        for i, o in enumerate(_orders(tmp_path, LIST), 1)
    ]
    text = LIST.replace("8-12 Uhr;2", "9-12 Uhr;3").replace("3;Eva;Weg 3", "4;Ida;Weg 4")
    table = table_of(tmp_path, text)
    found = compare(_orders(tmp_path, text), known, parts_of(guess(table, TODAY)))
    assert [order.reference for order in found.new] == ["4"]
    assert [order.reference for order in found.gone] == ["3"]
    assert [order.reference for order in found.unchanged] == ["2"]
    assert found.by_part == {"windows": 1, "size": 1}
    merged = found.changed[0].merged
    assert (merged.id, merged.attempts, merged.notes, merged.size.pieces) == (1, 1, "by hand", 3)


def test_a_pin_set_by_hand_stays(tmp_path: Path) -> None:
    (order, *_) = _orders(tmp_path, LIST)
    pinned = dataclasses.replace(order, place=Place(47.1, 9.5), place_quality="pin")
    moved = dataclasses.replace(order, place=Place(47.2, 9.6), place_quality="file", name="Ute Neu")
    change = compare([moved], [pinned]).changed[0]
    assert change.parts == ("name",)
    assert (change.merged.place, change.merged.place_quality) == (Place(47.1, 9.5), "pin")


def test_a_new_address_forgets_the_place_that_was_found(tmp_path: Path) -> None:
    (order, *_) = _orders(tmp_path, LIST)
    found = dataclasses.replace(order, place=Place(47.1, 9.5), place_quality="house")
    moved = dataclasses.replace(order, address=order.address._replace(street="Gasse 9"))
    assert compare([moved], [found]).changed[0].merged.place is None


def test_orders_without_a_reference_are_known_by_recipient_and_address(tmp_path: Path) -> None:
    orders = [dataclasses.replace(order, reference="") for order in _orders(tmp_path, LIST)]
    assert len(compare(orders, orders).unchanged) == 3


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


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+SUM(A1)", "'+SUM(A1)"),
        ("-2,5", "-2,5"),
        ("+41 79 555", "+41 79 555"),
        ("Weg 1", "Weg 1"),
        ("\tx", "'\tx"),
    ],
)
def test_formulas_are_disarmed(text: str, written: str) -> None:
    assert harmless(text) == written
