"""Rows → orders: what is joined, refused, doubled, left out, and repaired."""

# ruff: noqa: E501  (rows of files, as they come)

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook

from dispatch_console.domain.orders import Address, DriverId, Item, OrderKind, Priority, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.intake import reader
from dispatch_console.intake.drivers import by_name
from dispatch_console.intake.fields import Field
from dispatch_console.intake.guess import guess
from dispatch_console.intake.orders import ImportResult, OrderReader, to_orders
from tests.unit.intake.tables import TODAY, as_read, orders_of, table_of

GERMAN = """
Bestellnr.;Auftragsart;Name;Telefon;Straße;Hausnr.;PLZ;Ort;Land;Lieferdatum;Zeitfenster;Standzeit (Min.);Gewicht (kg);Volumen (m³);Kolli;Priorität;Anforderungen;Nachnahme;Bemerkung
B-1;Abholung;Ute Muster;237 554 8;Höfle;03. Mai;9490;Vaduz;FL;23.11.2026;8-12 Uhr;3 Min.;5,1 kg;0,035;2;hoch;2-Mann, Kühlung;CHF 1.249,00;Bitte klingeln
B-2;;Max Probe;+423 373 551 7;Weg;4;9494;Schaan;LI;24.11.26;ganztägig;2;1,9;0,007;1;;;;
"""


def _problems(result: ImportResult) -> list[tuple[int, str, str]]:
    return [(error.row, str(error.problem), error.text) for error in result.rejected]


def test_an_order_has_everything_the_row_says(tmp_path: Path) -> None:
    read = orders_of(table_of(tmp_path, GERMAN, encoding="cp1252")).orders
    order = read[0].order
    assert read[0].rows == (2,)
    assert (order.reference, order.kind, order.name, order.phone) == (
        "B-1",
        OrderKind.COLLECTION,
        "Ute Muster",
        "+4232375548",
    )
    assert order.address == Address("Höfle", "3-5", "9490", "Vaduz", "LI")
    assert (order.day, order.windows, order.service_s) == (dt.date(2026, 11, 23), (Window(28800, 43200),), 180)
    assert (order.size, order.priority, order.skills) == (Size(5100, 35, 2), Priority.HIGH, ("2-Mann", "Kühlung"))
    assert (order.cod, order.notes) == (Money(124900, "CHF"), "Bitte klingeln")
    other = read[1].order
    assert (other.kind, other.priority, other.windows, other.cod) == (OrderKind.DELIVERY, Priority.NORMAL, (), None)


ADDRESSES = "Auftrag;Name;Straße;PLZ;Ort;Lieferdatum;kg;Kolli;Art\n"


@pytest.mark.parametrize(
    ("row", "problem", "text"),
    [
        ("1;Ute;Weg 1;9490;Vaduz;31.11.2026;1;1;", "bad_date", "31.11.2026"),
        ("1;Ute;Weg 1;9490;Vaduz;23.11.2026;schwer;1;", "not_a_number", "schwer"),
        ("1;Ute;Weg 1;9490;Vaduz;23.11.2026;1;-1;", "negative", "-1"),
        ("1;Ute;;;;23.11.2026;1;1;", "missing_address", ""),
        ("1;Ute;Weg 1;9490;Vaduz;23.11.2026;1;1;Inventur", "unknown_kind", "Inventur"),
        ("1;Ute;Weg 1;9490;Vaduz;23.11.2026;1;1;;Tor 3", "too_many_cells", "Tor 3"),
        ("1;Ute", "too_few_cells", ""),
    ],
)
def test_bad_rows_are_kept_with_their_reason(tmp_path: Path, row: str, problem: str, text: str) -> None:
    good = "".join(f"{i};Max;Weg {i};9490;Vaduz;23.11.2026;2,5;1;Lieferung\n" for i in range(2, 9))
    result = orders_of(table_of(tmp_path, ADDRESSES + row + "\n" + good))
    assert _problems(result) == [(2, problem, text)]
    assert len(result.orders) == 7


def test_a_record_may_lack_empty_cells_at_its_end(tmp_path: Path) -> None:
    result = orders_of(table_of(tmp_path, ADDRESSES + "1;Ute;Weg 1;9490;Vaduz\n2;Max;Weg 2;9490;Vaduz;;;;;;;\n"))
    assert [read.row for read in result.orders] == [2, 3]


ITEMS = """
order;name;street;zip;city;country;sku;item name;qty;weight
A;Ann;Main St 1;9490;Vaduz;LI;a;Lamp;1;2.5
A;Ann;Main St 1;9490;Vaduz;LI;b;Bulb;2;3.5
B;Bob;Main St 2;9490;Vaduz;LI;a;Lamp;x;1
B;Bob;Main St 2;9490;Vaduz;LI;c;Cup;1;1
A;Eve;Other St 3;9490;Vaduz;LI;c;Cup;1;4
A;Eve;Other St 3;9490;Vaduz;LI;d;Can;1;1
C;Dan;Main St 4;9490;Vaduz;LI;c;Cup;1;4
C;Dan;Main St 4;9490;Vaduz;LI;c;Cup;1;4
"""


def test_lines_of_goods_are_joined_to_orders(tmp_path: Path) -> None:
    result = orders_of(table_of(tmp_path, ITEMS))
    assert [read.rows for read in result.orders] == [(2, 3), (8,)]
    first = result.orders[0].order
    assert first.items == (Item("a", "Lamp", 1), Item("b", "Bulb", 2))
    assert first.size.grams == 6000  # the weight differs from line to line, so it is that of the line
    assert first.size.pieces == 0  # how many goods there are does not say in how many pieces they come
    assert [(e.row, e.problem, e.rows) for e in result.rejected] == [(4, "not_a_number", (4, 5))]
    assert [(d.row, d.of_row, d.kind, d.rows) for d in result.duplicates] == [
        (6, 2, "conflict", (6, 7)),
        (9, 8, "identical", (9,)),
    ]


def test_rows_stay_apart_if_they_are_not_to_be_joined(tmp_path: Path) -> None:
    table = table_of(tmp_path, ITEMS)
    result = orders_of(table, guess(table, TODAY).with_choices(grouped=False))
    assert [read.rows for read in result.orders] == [(2,), (5,), (8,)]


SHOP = """
Name,Email,Total,Currency,Lineitem quantity,Lineitem name,Billing Name,Billing Address1,Shipping Name,Shipping Address1,Shipping Address2,Shipping Zip,Shipping City,Shipping Country,Payment Method
#1001,a@example.org,99.50,CHF,3,Pot,Firm,Box 1,Ann Probe,Weg 1,Flat 2,'9490,Vaduz,LI,Cash on Delivery (COD)
#1001,a@example.org,,,2,Bean,,,,,,,,,
#1002,b@example.org,20.00,CHF,1,Pot,Firm,Box 1,Ben Probe,Weg 2,,'9490,Vaduz,LI,Shopify Payments
#1003,c@example.org,20.00,CHF,1,Pot,Firm,Box 1,Cat Probe,,,,,,PayPal
"""


def test_a_shops_list(tmp_path: Path) -> None:
    result = orders_of(table_of(tmp_path, SHOP))
    first, second = (read.order for read in result.orders)
    assert (first.reference, first.name, first.address.street) == ("#1001", "Ann Probe", "Weg 1")
    assert first.notes == "Flat 2"  # the second line of the address is for the driver's eyes
    assert (first.cod, second.cod) == (Money(9950, "CHF"), None)
    assert [item.quantity for item in first.items] == [3, 2]
    assert _problems(result) == [(5, "missing_address", "")]  # never the address of the invoice


def test_goods_below_an_order_without_its_number_belong_to_it(tmp_path: Path) -> None:
    text = "Auftrag;Empfänger;Straße;PLZ;Ort;Artikel;Menge\n1;Ute;Weg 1;9490;Vaduz;A-1;2\n;;;;;A-2;1\n2;Max;Weg 2;9490;Vaduz;A-1;1\n"
    assert [read.rows for read in orders_of(table_of(tmp_path, text)).orders] == [(2, 3), (4,)]


def test_doubles_of_plain_lists(tmp_path: Path) -> None:
    rows = "1;Ute;Weg 1;9490;Vaduz;;1;1;\n2;Max;Weg 2;9490;Vaduz;;1;1;\n1;Ute;Weg 1;9490;Vaduz;;1;1;\n2;Max;Gasse 9;9490;Vaduz;;1;1;\n"
    result = orders_of(table_of(tmp_path, ADDRESSES + rows))
    assert [(d.row, d.of_row, d.kind) for d in result.duplicates] == [(4, 2, "identical"), (5, 3, "conflict")]
    assert len(result.orders) == 2


def test_without_numbers_only_the_same_row_is_a_double(tmp_path: Path) -> None:
    text = "Name,Address,City,Phone\nAnn,Weg 1,Vaduz,1\nAnn,Weg 1,Vaduz,1\nAnn,Weg 2,Vaduz,1\n"
    result = orders_of(table_of(tmp_path, text))
    assert [(d.row, d.of_row) for d in result.duplicates] == [(3, 2)]
    assert [read.order.reference for read in result.orders] == ["", ""]


def test_rows_that_are_no_orders_are_left_out_with_a_reason(tmp_path: Path) -> None:
    text = (
        "Auftragsliste;;;\n;;;\nAuftrag;Straße;Ort;kg\n1;Weg 1;Vaduz;2\n----;----;----;----\nAuftrag;Straße;Ort;kg\n"
        "2;Weg 2;Vaduz;3\nSumme;;;5\n*** Ende der Liste ***\nSeite 1 von 1\n"
    )
    result = orders_of(table_of(tmp_path, text))
    assert [tuple(ignored) for ignored in result.ignored] == [
        (1, "above the header"), (2, "above the header"), (5, "a line"), (6, "the header again"), (8, "totals"),
        (9, "end of the list"), (10, "end of the list"),
    ]  # fmt: skip
    assert [read.row for read in result.orders] == [4, 7]


PLACES = "Nr;Bezeichnung;Breitengrad;Längengrad\n" + "".join(f"P{i};Ziel {i};47,1{i};9,5{i}\n" for i in range(1, 9))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("P9;Ziel;9,51;47,14", "swapped"),
        ("P9;Ziel;0;0", "0/0"),
        ("P9;Ziel;147,1;9,5", "between -90 and 90"),
        ("P9;Ziel;47.1.4;9,5", "not one number"),
        ("P9;Ziel;47,1;", "missing"),
    ],
)
def test_bad_coordinates(tmp_path: Path, row: str, message: str) -> None:
    result = orders_of(table_of(tmp_path, PLACES + row + "\n"))
    assert [(error.row, error.problem) for error in result.rejected] == [(10, "bad_coordinates")]
    assert message in result.rejected[0].message
    assert result.orders[0].order.place == Place(47.11, 9.51)
    assert result.orders[0].order.place_quality == "file"


def test_swapped_coordinates_are_swapped_back_by_one_click(tmp_path: Path) -> None:
    table = table_of(tmp_path, PLACES + "P9;Ziel;9,51;47,14\n")
    reader = OrderReader(table, guess(table, TODAY), TODAY)
    swap = reader.result().rejected[0].suggestions[0]
    assert swap.label == "swap latitude and longitude"
    mended = reader.result({(10, column): text for column, text in swap.edits})
    assert not mended.rejected
    assert mended.orders[-1].order.place == Place(47.14, 9.51)


def test_a_repair_reads_only_its_row_again(tmp_path: Path) -> None:
    table = table_of(
        tmp_path, ADDRESSES + "1;Ute;Weg 1;9490;Vaduz;31.11.2026;12,5,0;1;\n2;Max;Weg 2;9490;Vaduz;;2,5;1;\n"
    )
    mapping = guess(table, TODAY)
    reader = OrderReader(table, mapping, TODAY)
    before = reader.result()
    assert [[s.label for s in error.suggestions] for error in before.rejected] == [
        ["2026-11-30", "2026-12-01"],
        ["12,50 kg", "125,0 kg"],
    ]
    weight = mapping.column(Field.WEIGHT)
    assert weight is not None
    half = reader.result({(2, weight): "12,50 kg"})
    assert _problems(half) == [(2, "bad_date", "31.11.2026")]
    whole = reader.result({(2, weight): "12,50 kg", (2, 5): "30.11.2026"})
    assert [read.order.size.grams for read in whole.orders] == [12500, 2500]
    assert whole.orders[1] is before.orders[0]
    assert reader.result() == before


def test_rows_can_be_left_out(tmp_path: Path) -> None:
    table = table_of(tmp_path, ADDRESSES + "1;Ute;;;;;1;1;\n2;Max;Weg 2;9490;Vaduz;;2,5;1;\n")
    result = OrderReader(table, guess(table, TODAY), TODAY).result(left_out=frozenset({2}))
    assert not result.rejected
    assert (2, "left out") in [tuple(ignored) for ignored in result.ignored]


def test_a_phone_with_lost_digits_is_told_not_called(tmp_path: Path) -> None:
    text = "Name,Phone,Address,City,Country\nAnn,3.16556E+10,Weg 1,Zeeland,NL\nBen,31655544479.0,Weg 2,Zeeland,NL\nCat,,Weg 3,Zeeland,NL\n"
    result = orders_of(table_of(tmp_path, text))
    assert [read.order.phone for read in result.orders] == ["", "+31655544479", ""]
    assert [(n.row, n.text, n.message) for n in result.notices] == [
        (2, "3.16556E+10", "the spreadsheet has dropped digits")
    ]


def test_day_and_window_from_two_columns_with_date_and_time(tmp_path: Path) -> None:
    text = (
        "Name,Address,City,completeAfter,completeBefore\n"
        "Ann,Weg 1,Vaduz,12/03/2026 8:00 AM,12/03/2026 6:00 PM\nBen,Weg 2,Vaduz,11/23/2026 08:00,11/23/2026 12:00\n"
        "Cat,Weg 3,Vaduz,11/31/2026 08:00,11/31/2026 12:00\nDan,Weg 4,Vaduz,11/23/2026 13:00,11/23/2026 09:00\n"
    )
    found = as_read(table_of(tmp_path, text))
    assert found["mapping"]["day"] == found["mapping"]["windows"] == ["completeAfter", "completeBefore"]
    assert [(o["day"], o["windows"]) for o in found["orders"]] == [
        ("2026-12-03", [["08:00", "18:00"]]),
        ("2026-11-23", [["08:00", "12:00"]]),
    ]
    assert [(r["row"], r["problem"]) for r in found["rejected"]][::2] == [(4, "bad_date"), (5, "bad_window")]


def test_two_windows_in_four_columns(tmp_path: Path) -> None:
    text = (
        "Nr.;Adresse;Ort;Zeitfenster 1 von;Zeitfenster 1 bis;Zeitfenster 2 von;Zeitfenster 2 bis;Gewicht/Stk (kg);Anz. Pal.\n"
        "1;Weg 1;Vaduz;07:00;09:00;14:00;16:00;2,5;4\n2;Weg 2;Vaduz;8;12;;;1,5;2\n"
    )
    first, second = (read.order for read in orders_of(table_of(tmp_path, text)).orders)
    assert first.windows == (Window(25200, 32400), Window(50400, 57600))
    assert second.windows == (Window(28800, 43200),)
    assert (first.size.grams, second.size.grams) == (10000, 3000)


def test_an_empty_country_means_home(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Auftrag;Telefon;Straße;PLZ;Ort\n1;079 555 12 34;Weg 1;8001;Zürich\n")
    order = orders_of(table, guess(table, TODAY, "CH")).orders[0].order
    assert (order.address.country, order.phone) == ("CH", "+41795551234")


@pytest.mark.parametrize(
    ("codes", "meant"),
    [("01067 1099 80331 80333 10115", "01067 01099 80331 80333 10115"), ("6800 9490", "6800 9490")],
)
def test_lost_zeros_of_postcodes_without_a_country(tmp_path: Path, codes: str, meant: str) -> None:
    rows = "".join(f"{i};Weg {i};{code};Stadt\n" for i, code in enumerate(codes.split()))
    found = orders_of(table_of(tmp_path, "Auftrag;Straße;PLZ;Ort\n" + rows)).orders
    assert [read.order.address.postcode for read in found] == meant.split()


def test_a_total_in_any_column_is_no_order(tmp_path: Path) -> None:
    text = "Name;Straße;PLZ;Ort;kg;Kolli\nUte;Weg 1;9490;Vaduz;2;1\nMax;Weg 2;9490;Vaduz;2;1\n;Summe;;;4;2\n"
    result = orders_of(table_of(tmp_path, text))
    assert [tuple(ignored) for ignored in result.ignored] == [(4, "totals")]


def test_what_is_not_known_is_told(tmp_path: Path) -> None:
    text = "Auftrag;Name;Straße;Ort;Land;Priorität;Nachnahme\n1;#NV;Weg 1;Vaduz;Atlantis;lila;viel\n2;Max;Weg 2;Vaduz;LI;hoch;12,50\n3;Eva;Weg 3;Vaduz;LI;normal;5\n"
    result = orders_of(table_of(tmp_path, text))
    assert {(notice.column, notice.text) for notice in result.notices} == {
        (4, "Atlantis"),
        (5, "lila"),
        (6, "viel"),
    }
    assert (result.orders[0].order.name, result.orders[0].order.priority) == ("", Priority.NORMAL)


def test_what_an_order_asks_of_the_plan(tmp_path: Path) -> None:
    """Names nobody bears stay in the note; goods ready the day before are there; yes means what the header names."""
    text = (
        "Auftrag;Straße;Ort;Termin;Ware bereit ab;Gefahrgut;Warenklasse;Fahrer ausgeschlossen;Stammfahrer;Bemerkung;Parkzeit\n"
        "1;Weg 1;Vaduz;24.11.2026;24.11.2026 09:30;ja;Farbe / Lack;Quill, Ada + Cy;;klingeln;-2\n"
        "2;Weg 2;Vaduz;24.11.2026;23.11.2026 18:00;nein;;keine;ben rook, Dee;;bald\n"
        "3;Weg 3;Vaduz;24.11.2026;25.11.2026 07:00;;;;Ada Quill;;2\n"
    )
    table = table_of(tmp_path, text)
    known = by_name([(DriverId(1), "Ada Quill"), (DriverId(2), "Ben Rook"), (DriverId(3), "ada quill")])
    result = to_orders(table, guess(table, TODAY), TODAY, known)
    first, second, third = (read.order for read in result.orders)
    assert (first.release_s, second.release_s, third.release_s) == (9 * 3600 + 1800, 0, 24 * 3600)
    assert (first.goods, second.goods) == ({"Gefahrgut", "Farbe", "Lack"}, frozenset())
    assert (first.not_drivers, second.not_drivers, second.known_by, third.known_by) == ({1, 3}, set(), {2}, {1, 3})
    assert (first.notes, second.notes) == ("klingeln\nNot with driver: Cy", "Usual driver: Dee")
    assert [(n.row, n.text) for n in result.notices] == [(2, "-2"), (2, "Cy"), (3, "bald"), (3, "Dee")]
    assert third.parking_s == 120


def test_classes_of_dangerous_goods_are_no_yes(tmp_path: Path) -> None:
    text = "Auftrag;Straße;Ort;ADR-Klasse\n1;Weg 1;Vaduz;1\n2;Weg 2;Vaduz;3\n3;Weg 3;Vaduz;\n"
    assert [read.order.goods for read in orders_of(table_of(tmp_path, text)).orders] == [{"1"}, {"3"}, set()]


def test_weights_count_in_the_unit_beside_them(tmp_path: Path) -> None:
    text = "Auftrag;Straße;Ort;Gewicht;Gewichtseinheit\n1;Weg 1;Vaduz;500;G\n2;Weg 2;Vaduz;2,5;KG\n3;Weg 3;Vaduz;1 kg;G\n"
    assert [read.order.size.grams for read in orders_of(table_of(tmp_path, text)).orders] == [500, 2500, 1000]


def test_a_day_with_its_window_in_one_cell(tmp_path: Path) -> None:
    text = (
        "Auftrag;Name;Adresse;Termin\n"
        "1;Ute;Weg 1, 9490 Vaduz;23.11.2026 08:00-10:00\n"
        "2;Max;Weg 2, 9490 Vaduz;Di 24.11.2026 ab 14 Uhr\n"
        "3;Eva;Weg 3, 9490 Vaduz;24.11.2026\n"
        "4;Jan;Weg 4, 9490 Vaduz;31.11.2026 8-10\n"
    )
    result = orders_of(table_of(tmp_path, text))
    assert [(read.order.day, read.order.windows) for read in result.orders] == [
        (dt.date(2026, 11, 23), (Window(8 * 3600, 10 * 3600),)),
        (dt.date(2026, 11, 24), (Window(14 * 3600, 24 * 3600),)),
        (dt.date(2026, 11, 24), ()),
    ]
    assert _problems(result) == [(5, "bad_date", "31.11.2026 8-10")]


def test_days_of_a_spreadsheet_that_are_midnights_are_no_windows(tmp_path: Path) -> None:
    text = "Auftrag;Name;Adresse;Termin\n1;Ute;Weg 1;23.11.2026 00:00\n2;Max;Weg 2;24.11.2026 00:00\n"
    assert [read.order.windows for read in orders_of(table_of(tmp_path, text)).orders] == [(), ()]


def test_the_unit_behind_a_weight_counts_whatever_its_column_is_called(tmp_path: Path) -> None:
    text = "Lieferschein;Name;Strasse;Gewicht;Einheit\n1;Ute;Weg 1;12;kg\n2;Max;Weg 2;500;g\n3;Eva;Weg 3;0,5;t\n"
    assert [read.order.size.grams for read in orders_of(table_of(tmp_path, text)).orders] == [12_000, 500, 500_000]


def test_a_header_with_a_unit_is_believed_before_the_column_behind_it(tmp_path: Path) -> None:
    text = "Lieferschein;Name;Strasse;Gewicht (kg);Einheit\n1;Ute;Weg 1;12;g\n2;Max;Weg 2;5;g\n"
    assert [read.order.size.grams for read in orders_of(table_of(tmp_path, text)).orders] == [12_000, 5_000]


def test_a_street_that_a_spreadsheet_took_for_a_date_is_put_back(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for line in (["Order", "Name", "Address", "Town"], ["1", "Ann", "1 High Street", "Leeds"],
                 ["2", "Bob", dt.date(2026, 3, 1), "Leeds"], ["3", "Eve", "2 High Street", "Leeds"]):  # fmt: skip
        sheet.append(line)
    book.save(tmp_path / "orders.xlsx")
    table = reader.read(tmp_path / "orders.xlsx")
    assert [read.order.address.street for read in orders_of(table).orders] == [
        "1 High Street",
        "1-3",
        "2 High Street",
    ]


def test_a_name_that_is_too_long_is_cut_and_told(tmp_path: Path) -> None:
    text = f"Auftrag;Name;Straße;Ort;Hinweis\n1;{'Ute ' * 300};Weg 1;Vaduz;{'klingeln ' * 100}\n"
    result = orders_of(table_of(tmp_path, text))
    assert len(result.orders[0].order.name) == 500
    assert len(result.orders[0].order.notes) == 899
    assert [n.sentence for n in result.notices] == ["is longer than 500 characters: the rest is left out"]
