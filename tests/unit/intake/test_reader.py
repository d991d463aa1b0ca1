"""Files as they come: encodings, separators, headers, sheets, hidden rows; and files that are none of ours."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from dispatch_console.domain.errors import UserError
from dispatch_console.intake import hidden_rows, reader
from dispatch_console.intake.child import read_in_child
from dispatch_console.intake.limits import DEFAULT
from dispatch_console.intake.table import FormatChoice
from tests.unit.intake.old_workbooks import compound_file
from tests.unit.intake.tables import table_of

LIST = """
Auftrag;Empfänger;Straße;PLZ;Ort
1;Käthe Größe;Äußere Gasse 1;9490;Vaduz
2;Jörg Öhri;Föhrenweg 2;9494;Schaan
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "mac-roman"])
def test_encodings_are_found(tmp_path: Path, encoding: str) -> None:
    table = table_of(tmp_path, LIST, encoding=encoding)
    assert table.format.encoding == encoding
    assert table.headers == ("Auftrag", "Empfänger", "Straße", "PLZ", "Ort")
    assert table.rows[1].cells[1] == "Käthe Größe"


def test_utf16_without_a_mark(tmp_path: Path) -> None:
    table = table_of(tmp_path, LIST, encoding="utf-16-le")
    assert (table.format.encoding, table.rows[2].cells[2]) == ("utf-16", "Föhrenweg 2")


def test_short_old_german_is_no_chinese(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Name;Straße\nMüller;Höfle 1\n", encoding="cp1252")
    assert table.rows[1].cells == ("Müller", "Höfle 1")


def test_a_broken_character_does_not_spoil_utf8(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(LIST.strip().encode("utf-8") + b"\n3;M\xfcller;Weg 3;9490;Vaduz\n")
    table = reader.read(path)
    assert (table.format.encoding, table.rows[3].cells[1]) == ("utf-8", "Müller")


@pytest.mark.parametrize("delimiter", list(",;\t|^~"))
def test_separators_are_found(tmp_path: Path, delimiter: str) -> None:
    table = table_of(tmp_path, LIST.replace(";", delimiter))
    assert (table.format.delimiter, table.width, table.format.header_row) == (delimiter, 5, 1)


def test_decimal_commas_do_not_pass_for_separators(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Nr;Breitengrad;Längengrad;kg\n" + "1;47,1;9,5;2,5\n" * 5)
    assert (table.format.delimiter, table.width) == (";", 4)


def test_the_separator_line_of_excel(tmp_path: Path) -> None:
    table = table_of(tmp_path, "sep=|\nAuftrag|Straße|Ort\n1|Weg 1|Vaduz\n")
    assert (table.format.delimiter, table.format.header_row) == ("|", 2)


def test_rows_have_the_numbers_of_the_editors_lines(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'Liste\n\nAuftrag;Straße;Hinweis\n1;Weg 1;"zwei\nZeilen"\n\n2;Weg 2;\n')
    assert table.format.header_row == 3
    assert [row.number for row in table.rows] == [1, 2, 3, 4, 6, 7]


def test_a_quotation_mark_nobody_closed_swallows_nothing(tmp_path: Path) -> None:
    text = 'Auftrag;Name;Straße;PLZ;Ort;Hinweis\n1;"Max; Moritz";Weg 1;9490;Vaduz;"unklar\n'
    text += '2;Eva;Weg 2;9490;Vaduz;"zwei\nZeilen"\n'
    table = table_of(tmp_path, text)
    assert [row.number for row in table.rows] == [1, 2, 3]
    assert table.rows[1].cells == ("1", "Max; Moritz", "Weg 1", "9490", "Vaduz", '"unklar')
    assert table.rows[2].cells[-1] == "zwei\nZeilen"


@pytest.mark.parametrize("ends", ["\n", "\r"])
def test_other_line_ends(tmp_path: Path, ends: str) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(LIST.strip().replace("\n", ends).encode("utf-8"))
    assert len(reader.read(path).rows) == 3


def test_what_is_chosen_by_hand_holds(tmp_path: Path) -> None:
    choice = FormatChoice(encoding="iso-8859-15", delimiter=",", header_row=2)
    table = table_of(tmp_path, LIST, encoding="cp1252", choice=choice)
    assert (table.format.encoding, table.format.delimiter, table.format.header_row) == ("iso-8859-15", ",", 2)
    assert reader.with_header(table, 0).headers == ("",)
    with pytest.raises(UserError, match="no encoding called klingon"):
        table_of(tmp_path, LIST, choice=FormatChoice(encoding="klingon"))


def test_a_list_without_a_header_has_none(tmp_path: Path) -> None:
    table = table_of(tmp_path, "R-1,Weg 1,9490,Vaduz\nR-2,Weg 2,9490,Vaduz\n")
    assert (table.format.header_row, table.headers) == (0, ("", "", "", ""))


def test_two_header_rows(tmp_path: Path) -> None:
    text = "Auftrag;Rechnungsadresse;;Lieferadresse;\nNr.;Straße;Ort;Straße;Ort\n1;Büro 1;Zug;Weg 1;Vaduz\n"
    table = table_of(tmp_path, text)
    assert (table.format.header_row, table.header_rows) == (2, (1, 2))
    assert table.above == ("Auftrag", "Rechnungsadresse", "Rechnungsadresse", "Lieferadresse", "Lieferadresse")


def test_units_below_the_header_belong_to_it(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Auftrag;Straße;Ort;Gewicht;Zeitfenster;\n;;;kg;von;bis\n1;Weg 1;Vaduz;2;8;12\n")
    assert table.headers == ("Auftrag", "Straße", "Ort", "Gewicht kg", "Zeitfenster von", "Zeitfenster bis")
    assert table.header_rows == (1, 2)


def _book(path: Path) -> None:
    book = Workbook()
    cover = book.worksheets[0]
    cover.title = "Info"
    cover.append(["Kontakt", "Disposition"])
    sheet = book.create_sheet("Aufträge")
    sheet.append(["Aufträge vom Montag"])
    sheet.append(["Auftrag", "Straße", "Nr.", "Ort", "Liefertag", "von"])
    sheet.append([1, "Weg", dt.date(2026, 3, 1), "Vaduz", dt.date(2026, 11, 23), dt.time(8, 30)])
    sheet.append([2, "Gasse", 5, "Vaduz", 46349, "09:00"])
    sheet.append([3, "Platz", "7a", "Vaduz", "23.11.2026", None])
    sheet.row_dimensions[4].hidden = True
    book.save(path)


def test_workbooks_keep_types_numbers_and_hidden_rows(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    _book(path)
    table = reader.read(path)
    assert (table.format.kind, table.format.sheet, table.format.sheets) == (
        "xlsx",
        "Aufträge",
        ("Info", "Aufträge"),
    )
    assert table.format.header_row == 2
    assert table.rows[2].cells[2] == dt.date(2026, 3, 1)
    assert table.rows[2].cells[5] == dt.time(8, 30)
    assert [row.number for row in table.rows if row.hidden] == [4]
    assert reader.read(path, FormatChoice(sheet="Info")).format.sheet == "Info"
    with pytest.raises(UserError, match="no sheet called Nein"):
        reader.read(path, FormatChoice(sheet="Nein"))


NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
ODS = (
    f'<office:document-content xmlns:office="{NAMES}office:1.0" xmlns:table="{NAMES}table:1.0"'
    f' xmlns:text="{NAMES}text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="Pedidos">ROWS</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)


def _ods(path: Path, rows: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{NAMES}manifest:1.0"/>')
        archive.writestr("content.xml", ODS.replace("ROWS", rows))


def _ods_row(*texts: str, attributes: str = "") -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
    )
    return f"<table:table-row{attributes}>{cells}</table:table-row>"


def test_ods_with_filtered_rows(tmp_path: Path) -> None:
    path = tmp_path / "pedidos.ods"
    empty = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    hidden = _ods_row("2", "Rua 2", "Braga", attributes=' table:visibility="filter"')
    _ods(path, _ods_row("Pedido", "Morada", "Cidade") + _ods_row("1", "Rua 1", "Braga") + empty + hidden)
    table = reader.read(path)
    assert (table.format.kind, table.format.sheet) == ("ods", "Pedidos")
    assert [(row.number, row.hidden) for row in table.rows if row.cells[0] == "2"] == [(5, True)]


def test_an_ods_that_unfolds_to_billions_of_cells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.ods"
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    _ods(path, f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')
    with pytest.raises(UserError, match="more than 200,000 rows"):
        reader.read(path)


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 3_000_000)
    with pytest.raises(UserError, match="unpacks to 3 MB"):
        reader.read(path, limits=DEFAULT._replace(unpacked_bytes=2_000_000))


def test_a_sheet_with_too_many_rows_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for i in range(300):
        sheet.append([i, "Weg"])
    book.save(path)
    with pytest.raises(UserError, match="more than 200 rows"):
        reader.read(path, limits=DEFAULT._replace(rows=200))


def test_a_cell_far_away_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    book = Workbook()
    book.worksheets[0]["XFD200000"] = "far"
    book.save(path)
    with pytest.raises(UserError, match="rows"):
        reader.read(path)


def test_text_files_have_limits_too(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("Auftrag;Straße\n" + "1;Weg\n" * 300, encoding="utf-8")
    with pytest.raises(UserError, match="more than 200 rows"):
        reader.read(path, limits=DEFAULT._replace(rows=200))
    with pytest.raises(UserError, match="no list of orders"):
        reader.read(path, limits=DEFAULT._replace(file_bytes=100))


def test_a_line_without_an_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    path.write_bytes(b"Auftrag;Stra\xc3\x9fe\n" + b";" * 3_000_000)
    with pytest.raises(UserError, match="has a line of 2,000,000 characters"):
        reader.read(path)
    path.write_bytes(b"Auftrag;Stra\xc3\x9fe\n" + b"1;" * 3_000)
    with pytest.raises(UserError, match="Row 2 has more than 2,000 cells"):
        reader.read(path)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\r\n \r\n", "is empty"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture"),
        (b"<!DOCTYPE html><html><table>", "a web page"),
        (bytes(range(256)) * 40, "not a table"),
        (b"PK\x03\x04" + b"\x00\x14" * 60, "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "is damaged"),
    ],
)
def test_what_is_no_table_gets_one_sentence(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "orders.xls"
    path.write_bytes(data)
    with pytest.raises(UserError, match=says) as caught:
        reader.read(path)
    assert caught.value.message.endswith(".")


def test_a_missing_file_gets_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"does not exist\. Check the name"):
        reader.read(tmp_path / "nowhere.csv")


def test_the_child_reads_the_same(tmp_path: Path) -> None:
    here = table_of(tmp_path, LIST, encoding="cp1252")
    assert read_in_child(tmp_path / "orders.csv") == here


def test_the_child_passes_on_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        read_in_child(tmp_path / "nowhere.csv")


def test_the_child_is_given_up_after_its_time(tmp_path: Path) -> None:
    table_of(tmp_path, LIST)
    with pytest.raises(UserError, match="was given up"):
        read_in_child(tmp_path / "orders.csv", limits=DEFAULT._replace(seconds=0.0))
    with pytest.raises(UserError, match="too much memory"):
        read_in_child(tmp_path / "orders.csv", limits=DEFAULT._replace(memory_bytes=1))


def test_hidden_rows_of_an_old_workbook(tmp_path: Path) -> None:
    def record(number: int, data: bytes) -> bytes:
        return struct.pack("<HH", number, len(data)) + data

    name = b"Liste"
    start = len(record(0x0809, bytes(16)) + record(0x0085, bytes(8) + name))
    sheet = struct.pack("<IHBB", start, 0, len(name), 0) + name
    rows = [struct.pack("<HHHHHHI", row, 0, 3, 255, 0, 0, 0x20 if row == 4 else 0) for row in range(6)]
    stream = record(0x0809, bytes(16)) + record(0x0085, sheet) + record(0x0809, bytes(16))
    path = tmp_path / "old.xls"
    path.write_bytes(compound_file(stream + b"".join(record(0x0208, row) for row in rows)))
    assert hidden_rows.scan_xls(path).hidden == {"Liste": frozenset({5})}


def test_an_old_workbook_with_a_broken_inside_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(compound_file(b"\x85\x00\xff")[:700])
    assert hidden_rows.scan_xls(path).hidden == {}
