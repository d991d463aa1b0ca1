"""Files made to hurt: each is read or refused by the real child process, in its time and its memory."""

from __future__ import annotations

import io
import re
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from openpyxl import Workbook

from dispatch_console.domain.errors import UserError
from dispatch_console.intake import limits
from dispatch_console.intake.child import read_in_child
from dispatch_console.intake.table import Table
from tests import hostile
from tests.unit.intake.old_workbooks import compound_file

MB = 1_000_000
#: What the child may be over its limit before that is seen.
SLACK = 300 * MB


@contextmanager
def watched() -> Iterator[list[int]]:
    """The most memory that any child of ours took, in bytes."""
    most, ended = [0], threading.Event()

    def look() -> None:
        while not ended.wait(0.01):
            for child in psutil.Process().children():
                try:
                    most[0] = max(most[0], child.memory_info().rss)
                except psutil.Error:
                    continue

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield most
    finally:
        ended.set()
        thread.join()


def sentence(path: Path) -> str:
    """What the user is told of a file that is not taken."""
    with watched() as most, pytest.raises(UserError) as caught:
        read_in_child(path)
    assert most[0] < limits.DEFAULT.memory_bytes + SLACK
    assert caught.value.message.endswith(".")
    assert "\n" not in caught.value.message
    return caught.value.message


def book(rows: int = 3) -> dict[str, bytes]:
    """The members of a good workbook."""
    made, good = io.BytesIO(), Workbook()
    for row in [["Auftrag", "Straße", "Ort"], *([n, f"Weg {n}", "Vaduz"] for n in range(1, rows))]:
        good.worksheets[0].append(row)
    good.save(made)
    with zipfile.ZipFile(made) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def save(path: Path, members: dict[str, bytes], level: int = 1) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def with_cells(cells: bytes) -> dict[str, bytes]:
    """A workbook whose sheet has these rows."""
    members = book()
    sheet = "xl/worksheets/sheet1.xml"
    members[sheet] = re.sub(
        rb"<sheetData>.*</sheetData>", lambda _: b"<sheetData>" + cells + b"</sheetData>", members[sheet]
    )
    members[sheet] = re.sub(rb"<dimension[^>]*>", b"", members[sheet])
    return members


# --- archives ---


def test_a_bomb(tmp_path: Path) -> None:
    members = book() | {"xl/media/image1.png": bytes(700 * MB)}
    assert "unpacks to 700 MB" in sentence(save(tmp_path / "bomb.xlsx", members))


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    """The list of members says 10 bytes; reading on would give as many as one likes."""
    path = save(tmp_path / "lies.xlsx", with_cells(b"<row><c><v>1</v></c></row>" + b" " * 200 * MB))
    data = bytearray(path.read_bytes())
    for found in re.finditer(rb"PK\x01\x02", bytes(data)):
        name = data[found.start() + 46 :][: struct.unpack_from("<H", data, found.start() + 28)[0]]
        if name.endswith(b"sheet1.xml"):
            struct.pack_into("<I", data, found.start() + 24, 10)
    path.write_bytes(data)
    assert "is damaged" in sentence(path)


def test_six_million_rows(tmp_path: Path) -> None:
    path = save(tmp_path / "rows.xlsx", with_cells(b'<row><c t="n"><v>1</v></c></row>' * 6_000_000))
    assert path.stat().st_size < 2 * MB
    assert "more than 200,000 rows" in sentence(path)


@pytest.mark.parametrize("cell", ['r="XFD200000"', 't="n" r="XFD200000"', "r='XFD200000' s='1'", 'r="A90000000"'])
def test_one_cell_far_away(tmp_path: Path, cell: str) -> None:
    near = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    far = f"{near.format(1)}<row><c {cell}><v>2</v></c></row>{near.format(3)}"
    path = save(tmp_path / "far.xlsx", with_cells(far.encode()))
    assert "more than 200,000 rows" in sentence(path)


@pytest.mark.parametrize("tag", [b"<c", b"<row", b"<row " + b"x" * 500_000, b"<c r"])
def test_tags_that_nobody_closes(tmp_path: Path, tag: bytes) -> None:
    """Each would be looked for to the end of the sheet."""
    path = save(
        tmp_path / "open.xlsx", with_cells(b'<row r="1"><c r="A1"><v>1</v></c></row>' + tag * (2 * MB // len(tag)))
    )
    assert "damaged" in sentence(path)


def test_colours_far_away_are_no_reason(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row><c s="1" r="A900000"/><c r="XFD900000"/></row>'
    assert len(read_in_child(save(tmp_path / "styled.xlsx", with_cells(rows))).rows) == 1


def test_entities_that_multiply_or_look_elsewhere(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET", encoding="utf-8")
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    with hostile.ear() as ear:
        outside = f'<!ENTITY f SYSTEM "{secret.as_uri()}"><!ENTITY u SYSTEM "{ear.url}/x">'
        for n, name in enumerate(["&a11;", "&f;", "&u;"]):
            members = with_cells(f'<row><c t="str"><v>{name}</v></c></row>'.encode())
            for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
                head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lol">{laughs}{outside}]>'
                members[part] = head.encode() + re.sub(rb"^<\?xml.*?\?>", b"", members[part].strip())
            told = _told(save(tmp_path / f"dtd{n}.xlsx", members))
            assert "TOPSECRET" not in told
            assert "lollol" not in told
        assert not ear.heard


def test_links_to_other_books(tmp_path: Path) -> None:
    with hostile.ear() as ear:
        members = with_cells(f'<row><c><f>[1]A!A1+WEBSERVICE("{ear.url}")</f><v>7</v></c></row>'.encode())
        rels = "xl/_rels/workbook.xml.rels"
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
        link = f'<Relationship Id="rId99" Type="{kind}" TargetMode="External" Target="{ear.url}/other.xlsx"/>'
        members[rels] = members[rels].replace(b"</Relationships>", link.encode() + b"</Relationships>")
        table = read_in_child(save(tmp_path / "links.xlsx", members))
        assert table.rows[0].cells == (7.0,)
        assert not ear.heard


def _told(path: Path) -> str:
    """All that comes of a file, whether it is read or not."""
    try:
        return str(read_in_child(path))
    except UserError as error:
        return error.message


# --- ODS, XLS ---

NAMES = "urn:oasis:names:tc:opendocument:xmlns:"


def ods(path: Path, rows: str) -> Path:
    head = f'xmlns:office="{NAMES}office:1.0" xmlns:table="{NAMES}table:1.0" xmlns:text="{NAMES}text:1.0"'
    body = f'<office:body><office:spreadsheet><table:table table:name="A">{rows}</table:table></office:spreadsheet>'
    content = f"<office:document-content {head}>{body}</office:body></office:document-content>"
    return save(
        path,
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{NAMES}manifest:1.0"/>'.encode(),
            "content.xml": content.encode(),
        },
    )


def repeated(cell: str) -> str:
    row = f'<table:table-row table:number-rows-repeated="1000000000">{cell}</table:table-row>'
    return row + row.replace("1000000000", "1")


@pytest.mark.parametrize("across", [1, 1_000_000_000])
def test_rows_repeated_a_billion_times(tmp_path: Path, across: int) -> None:
    much = f'office:value-type="string" table:number-columns-repeated="{across}"'
    path = ods(tmp_path / "many.ods", repeated(f"<table:table-cell {much}><text:p>x</text:p></table:table-cell>"))
    assert "more than 200,000 rows" in sentence(path)


def test_empty_rows_repeated_a_billion_times(tmp_path: Path) -> None:
    """As programs write those below the last one."""
    path = ods(tmp_path / "empty.ods", repeated('<table:table-cell table:number-columns-repeated="1000000000"/>'))
    assert len(_table(path).rows) == 0


def test_many_hidden_rows_take_no_time(tmp_path: Path) -> None:
    """As a filter leaves them: one by one."""
    one = '<table:table-row table:visibility="filter"><table:table-cell/></table:table-row>'
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    seen = f"<table:table-row>{cell}</table:table-row>"
    table = read_in_child(ods(tmp_path / "filtered.ods", seen + one * 150_000 + seen))
    assert [row.number for row in table.rows if not row.hidden and row.cells[0]] == [1, 150_002]


def _record(number: int, data: bytes) -> bytes:
    return struct.pack("<HH", number, len(data)) + data


_BOF = _record(0x0809, struct.pack("<HH", 0x0600, 5) + bytes(12))


@pytest.mark.parametrize(
    "stream",
    [
        _BOF + _record(0x0085, b"\xff" * 12),
        _BOF + b"\x08\x02\xff\xff" * 500,
        _BOF + _record(0x00FC, struct.pack("<II", 2**31, 2**31)),
        _BOF + _record(0x0200, b"\xff" * 14),
        b"\xff" * 4_000,
    ],
)
def test_old_workbooks_with_a_broken_inside(tmp_path: Path, stream: bytes) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(compound_file(stream))
    assert sentence(path)


def test_an_old_workbook_whose_sectors_go_in_a_circle(tmp_path: Path) -> None:
    data = bytearray(compound_file(bytes(20_000)))
    struct.pack_into("<40I", data, 512, *([2] * 40))
    path = tmp_path / "circle.xls"
    path.write_bytes(data)
    assert sentence(path)


# --- text ---


def endless_line() -> bytes:
    return b"Auftrag;Ort\n" + b"x" * 90 * MB


def too_large() -> bytes:
    return b"1;" * 100 * MB


def nothing_but_marks() -> bytes:
    return b"Auftrag;Ort\n" + b'"' * 40 * MB


def mark_on_each_line() -> bytes:
    return b"Auftrag;Ort;Name;PLZ\n" + b'1;"Vaduz;x;y\n' * 60_000


def nulls() -> bytes:
    return b"Auftrag;Ort\n1;Vaduz\n" + bytes(60 * MB)


def too_many_cells() -> bytes:
    return b"Auftrag;Ort\n" + (b"1;" * 1_900 + b"\n") * 24_000


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (endless_line, "has a line of 2,000,000 characters and more"),
        (too_large, "has 200 MB"),
        (nothing_but_marks, "has a line of 2,000,000 characters and more"),
        (too_many_cells, "more than 12,000,000 cells"),
    ],
)
def test_text_without_an_end(tmp_path: Path, make: Callable[[], bytes], says: str) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(make())
    assert re.search(says, sentence(path))


@pytest.mark.parametrize(("make", "rows"), [(mark_on_each_line, 60_001), (nulls, 2)])
def test_text_that_is_read_all_the_same(tmp_path: Path, make: Callable[[], bytes], rows: int) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(make())
    assert len(_table(path).rows) == rows


def test_a_cell_is_cut_where_no_word_is_so_long(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(b"Auftrag;Ort\n1;" + b"x" * MB)
    assert len(str(_table(path).rows[1].cells[1])) == limits.DEFAULT.letters


def _table(path: Path) -> Table:
    with watched() as most:
        table = read_in_child(path)
    assert most[0] < limits.DEFAULT.memory_bytes
    return table
