"""Whatever is in a file, reading it ends in a result or in one sentence; and no row is lost or counted twice."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch_console.domain.errors import UserError
from dispatch_console.intake import report
from dispatch_console.intake.fields import Field
from dispatch_console.intake.fleet import to_fleet
from dispatch_console.intake.guess import guess
from dispatch_console.intake.mapping import Mapping, Use, from_json, to_json
from dispatch_console.intake.notations import (
    choices,
    countries,
    dates,
    houses,
    money,
    numbers,
    phones,
    places,
    quantities,
    text,
    weekdays,
    windows,
)
from dispatch_console.intake.orders import ImportResult, OrderReader
from dispatch_console.intake.reader import read, with_header
from dispatch_console.intake.table import Cell, Format, Row, Table

TODAY = dt.date(2026, 11, 20)

#: Texts that look like what cells hold, cut up and mixed, besides any text at all.
_PARTS = st.sampled_from(
    "12 12,5 1.249,00 -3 -- 08:00 25:00 12h30 8am pm Uhr bis von entre y e las und , ; / + - – . ' = \" 31 11 2026 "
    "Mai kg g m³ € CHF +41 0041 079 (0) E+10 47,14 9.52 ° N Lieferung Abholung x X hoch L/A 9490 Vaduz D-80331 AB "
    "a bis ter 00 0 \x00 \n % ( ) # @ ٣ ² ½ 🚚 ß İ ﷽".split(" ")
)
TEXTS = st.one_of(
    st.text(max_size=30), st.lists(_PARTS, max_size=6).map(" ".join), st.lists(_PARTS, max_size=4).map("".join)
)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    TEXTS,
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
HEADERS = st.sampled_from(
    "Bestellnr.|Name|Straße|Nr.|PLZ|Ort|Land|Telefon|Lieferdatum|Zeitfenster|von|bis|Gewicht (kg)|Kolli|"
    "lat|lon|Menge|Artikel|Nachnahme|Priorität|Abholung|L/A|Notes||Fahrer|Kennzeichen|Dienst|Nutzlast|Pause|Vorname".split(
        "|"
    )
)


@settings(max_examples=2500)
@given(CELLS)
def test_every_cell_can_be_read_as_anything(cell: Cell) -> None:
    plain = text.clean(cell)
    assert text.clean(plain) == plain or plain.startswith(("'", "="))
    text.clean_block(cell)
    for order in dates.DateOrder:
        dates.day(cell, order, TODAY)
    for parse in (
        windows.windows, windows.clock, quantities.grams, quantities.litres, quantities.pieces, quantities.duration,
        money.money, places.latitude, places.longitude, places.pair, houses.put_back, choices.kind,
    ):  # fmt: skip
        parse(cell)
    for read_text in (numbers.number, countries.country, countries.split_town, weekdays.weekdays, choices.priority):
        read_text(plain)
    for country in ("", "DE", "IT", "US", "ZZ"):
        phones.phone(plain, country)
        countries.postcode(plain, country)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(HEADERS, min_size=1, max_size=14),
    st.lists(st.tuples(st.lists(CELLS, max_size=16), st.booleans()), max_size=12),
    st.booleans(),
)
def test_every_row_stands_exactly_once(
    header: list[str], rows: list[tuple[list[Cell], bool]], is_text: bool
) -> None:
    kind = "csv" if is_text else "xlsx"
    numbered = [Row(1, tuple(header))] + [Row(i, tuple(cells), hidden) for i, (cells, hidden) in enumerate(rows, 2)]
    table = with_header(Table("any", Format(kind), tuple(numbered)), 1)
    mapping = guess(table, TODAY, target="orders")
    assert from_json(to_json(mapping)) == mapping
    result = OrderReader(table, mapping, TODAY).result()
    assert _rows_of(result) == list(range(2, len(rows) + 2))
    report.as_json(table, mapping, result)
    fleet = to_fleet(table, guess(table, TODAY, target="fleet"), TODAY)
    seen = (
        {row.row for row in fleet.vehicles}
        | {error.row for error in fleet.rejected}
        | {i.row for i in fleet.ignored}
    )
    assert seen == set(range(2, len(rows) + 2))


def _rows_of(result: ImportResult) -> list[int]:
    groups = {error.rows or (error.row,) for error in result.rejected}
    rows = [row for order in result.orders for row in order.rows]
    rows += [row for group in groups for row in group]
    rows += [row for double in result.duplicates for row in double.rows]
    return sorted(rows + [ignored.row for ignored in result.ignored])


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(st.sampled_from([*Field]), min_size=1, max_size=10),
    st.lists(st.lists(CELLS, max_size=10), max_size=6),
    st.booleans(),
)
def test_any_mapping_can_be_applied_to_any_cells(
    fields: list[Field], rows: list[list[Cell]], grouped: bool
) -> None:
    header = tuple(f"Column {i}" for i in range(len(fields)))
    numbered = [Row(1, header)] + [Row(i, tuple(cells)) for i, cells in enumerate(rows, 2)]
    table = with_header(Table("any", Format("csv"), tuple(numbered)), 1)
    uses = tuple(
        Use(field, 50, unit) for field, unit in zip(fields, ["", "date", "g", "collection"] * 3, strict=False)
    )
    mapping = Mapping(table.headers, (uses + (None,) * table.width)[: table.width]).with_choices(grouped=grouped)
    result = OrderReader(table, mapping, TODAY).result({(2, 0): "repaired"} if rows else None)
    assert _rows_of(result) == list(range(2, len(rows) + 2))


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400), st.text(max_size=300).map(lambda t: t.encode("utf-16")), TEXTS.map(str.encode)
    )
)
def test_any_bytes_end_in_a_table_or_one_sentence(data: bytes) -> None:
    _read_all(data, "any.csv")


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]), st.binary(max_size=1500))
def test_broken_workbooks_end_in_one_sentence(mark: bytes, data: bytes) -> None:
    _read_all(mark + data, "any.xlsx")


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.lists(TEXTS, max_size=8), max_size=8), st.sampled_from(",;\t|"))
def test_any_csv_is_read(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["Bestellnr.", "Straße", "Ort", "kg"], *rows])
    _read_all(out.getvalue().encode("utf-8", errors="replace"), "any.csv")


def _read_all(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        try:
            table = read(path)
        except UserError as error:
            assert error.message.endswith(".")
            assert "\n" not in error.message
            return
    mapping = guess(table, TODAY)
    result = OrderReader(table, mapping, TODAY).result()
    header = {table.format.header_row} - {0}
    assert _rows_of(result) == sorted({row.number for row in table.rows} - header)
