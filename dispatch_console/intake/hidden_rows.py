"""Which rows of a sheet are hidden, and whether the sheet is too large to be opened: read from the file itself,
as a stream, before anything is unpacked into memory.

Formats: ECMA-376 part 1, 18.3.1.73 (row, attribute hidden) · OpenDocument 1.3 part 3, 19.749 (table:visibility) ·
MS-XLS 2.4.221 (Row, fDyZero) inside MS-CFB.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.errors import UserError
from dispatch_console.intake.limits import Limits

_CHUNK = 1 << 20
# Of cells only those far to the right or far below, and only if they hold something.
_FAR_CELL = rb"c\b(?=[^<>]*[^/]>)[^<>]*?\br=[\"'](?:([A-Z]{3,})(\d+)|[A-Z]{1,2}(\d{6,}))[\"'][^<>]*"
_XLSX_TAG = re.compile(rb"<(?:\w+:)?(?:row\b([^<>]*)|" + _FAR_CELL + rb"|(?:v|is)\b[^<>]*)>")
_ODS_ROW = re.compile(rb"<table:table-row\b([^<>]*)>")
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^<>]*)>")
_ATTRIBUTE = re.compile(rb"(?<![\w:-])([\w:-]+)\s*=\s*[\"']([^\"']*)[\"']")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^<>]*)>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^<>]*)>")
_ODS_TABLE = re.compile(rb"<table:table((?:\s[^<>]*)?)>")


class Scan(NamedTuple):
    """`hidden`: sheet name → numbers of its hidden rows, counted from 1."""

    hidden: dict[str, frozenset[int]]


def check_archive(path: Path, limits: Limits) -> None:
    """Raises UserError for an archive that is broken, encrypted, or unpacks to too much."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                raise UserError(f"{path.name} is protected by a password. Save it without one and import it again.")
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        raise UserError(
            f"{path.name} is damaged. Open it in the program it comes from and save it again."
        ) from None
    if unpacked > limits.unpacked_bytes:
        raise UserError(
            f"{path.name} unpacks to {unpacked // 1_000_000:,} MB, which is no list of orders. Check the file."
        )


def scan_xlsx(path: Path, limits: Limits) -> Scan:
    hidden: dict[str, frozenset[int]] = {}
    with zipfile.ZipFile(path) as archive:
        for name, part in _xlsx_sheets(archive):
            hidden[name] = _scan_xlsx_sheet(archive, part, limits)
    return Scan(hidden)


def _xlsx_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Sheet names with the parts that hold them."""
    parts = set(archive.namelist())
    book = next((name for name in ("xl/workbook.xml", "xl/Workbook.xml") if name in parts), "")
    links = "xl/_rels/workbook.xml.rels"
    if not book or links not in parts:
        return
    target = {a.get(b"Id"): a.get(b"Target", b"") for a in map(_attributes, _RELATION.findall(archive.read(links)))}
    for found in _SHEET.findall(archive.read(book)):
        sheet = _attributes(found)
        where = target.get(next((v for k, v in sheet.items() if k.endswith(b":id")), b""), b"").decode()
        part = where.lstrip("/") if where.startswith("/") else "xl/" + where
        if part in parts:
            yield _unescape(sheet.get(b"name", b"")), part


def _scan_xlsx_sheet(archive: zipfile.ZipFile, part: str, limits: Limits) -> frozenset[int]:
    """Counts what holds a value: empty cells with a colour are no reason to refuse a sheet."""
    hidden: set[int] = set()
    number = last = values = 0
    width = 702
    for block in _blocks(archive, part, b"<"):
        for found in _XLSX_TAG.finditer(block):
            if found[1] is not None:
                attributes = _attributes(found[1])
                number = int(attributes.get(b"r") or number + 1)
                if attributes.get(b"hidden", b"0") in (b"1", b"true"):
                    hidden.add(number)
            elif found[3] or found[4]:
                width = max(width, _column(found[2] or b""))
                number = max(number, int((found[3] or found[4])[:9]))
            else:
                values += 1
                last = max(last, number)
        far = width > 702 and width * last > limits.cells
        if values > limits.cells or last > limits.rows or far or len(hidden) > 1_100_000:
            raise _too_large(limits)
    return frozenset(hidden)


def _column(letters: bytes) -> int:
    """AAA → 703."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def scan_ods(path: Path, limits: Limits) -> Scan:
    hidden: dict[str, set[int]] = {}
    number, cells, here = 0, 0, set[int]()
    repeat, width = 1, 0
    tag = re.compile(b"|".join(p.pattern for p in (_ODS_TABLE, _ODS_ROW, _ODS_CELL)) + rb"|</table:table-row>")
    with zipfile.ZipFile(path) as archive:
        for block in _blocks(archive, "content.xml", b"<"):
            for found in tag.finditer(block):
                table, row, cell = found[1], found[2], found[3]
                if table is not None:
                    number, cells = 0, 0
                    here = hidden[_unescape(_attributes(table).get(b"table:name", b""))] = set()
                elif row is not None:
                    attributes = _attributes(row)
                    repeat, width = int(attributes.get(b"table:number-rows-repeated") or 1), 0
                    if attributes.get(b"table:visibility", b"visible") != b"visible" and number < limits.rows:
                        here.update(range(number + 1, min(number + repeat, limits.rows) + 1))
                    number += repeat
                elif cell is not None:
                    attributes = _attributes(cell)
                    if b"office:value-type" in attributes or b"calcext:value-type" in attributes:
                        width += int(attributes.get(b"table:number-columns-repeated") or 1)
                        cells += width * repeat
                        if cells > limits.cells or number > limits.rows:
                            raise _too_large(limits)
    return Scan({name: frozenset(rows) for name, rows in hidden.items()})


def _blocks(archive: zipfile.ZipFile, part: str, cut: bytes) -> Iterator[bytes]:
    """The unpacked part in pieces that never cut a tag in two."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            chunk = rest + chunk
            at = chunk.rfind(cut)
            at = at if at > 0 and len(chunk) - at < _CHUNK else len(chunk)
            rest = chunk[at:]
            yield chunk[:at]
    if rest:
        yield rest


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return dict(_ATTRIBUTE.findall(text))


def _unescape(text: bytes) -> str:
    plain = text.decode("utf-8", errors="replace")
    for code, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        plain = plain.replace(code, character)
    return plain


def _too_large(limits: Limits) -> UserError:
    return UserError(f"The sheet has more than {limits.rows:,} rows. Split it and import the parts.")


def scan_xls(path: Path) -> Scan:
    """Hidden rows of an old workbook; nothing if its inside is not as the specification says."""
    try:
        return Scan(_xls_hidden(_workbook_stream(path.read_bytes())))
    except (struct.error, IndexError, ValueError, OverflowError):
        return Scan({})


def _xls_hidden(stream: bytes) -> dict[str, frozenset[int]]:
    sheets: list[tuple[int, str]] = []
    hidden: dict[str, set[int]] = {}
    at, current = 0, ""
    while at + 4 <= len(stream):
        record, size = struct.unpack_from("<HH", stream, at)
        if record == 0x0085:  # BoundSheet8: where the sheet begins, and its name
            start, length, wide = (
                *struct.unpack_from("<I", stream, at + 4),
                *struct.unpack_from("<BB", stream, at + 10),
            )
            raw = stream[at + 12 : at + 12 + length * (2 if wide & 1 else 1)]
            sheets.append((start, raw.decode("utf-16-le" if wide & 1 else "latin-1", errors="replace")))
        elif record == 0x0809:  # BOF: a sheet (or the workbook itself) begins
            current = next((name for start, name in sheets if start == at), "")
        elif record == 0x0208 and current:
            (row,) = struct.unpack_from("<H", stream, at + 4)
            (options,) = struct.unpack_from("<H", stream, at + 4 + 12)
            if options & 0x20:
                hidden.setdefault(current, set()).add(row + 1)
        at += 4 + size
    return {name: frozenset(rows) for name, rows in hidden.items()}


def _workbook_stream(data: bytes) -> bytes:
    """The Workbook stream of a compound file (MS-CFB 2.2–2.6). Raises ValueError or IndexError if it is broken."""
    (shift,) = struct.unpack_from("<H", data, 30)
    if not 7 <= shift <= 16:
        raise ValueError("no compound file")
    size = 1 << shift
    (first_directory,) = struct.unpack_from("<I", data, 48)
    cutoff, first_mini = struct.unpack_from("<II", data, 56)
    heads = [s for s in struct.unpack_from("<109I", data, 76) if s < 0xFFFFFFFA]
    heads += _more_heads(data, size)
    table: list[int] = []
    for sector in heads:
        table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    directory = _chain(data, table, first_directory, size)
    entries = [directory[i : i + 128] for i in range(0, len(directory) - 127, 128)]
    for entry in entries:
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", errors="replace")
        if name in ("Workbook", "Book"):
            start, length = struct.unpack_from("<II", entry, 116)
            if length >= cutoff:
                return _chain(data, table, start, size)[:length]
            mini = _chain(data, table, struct.unpack_from("<I", entries[0], 116)[0], size)
            raw = _chain(data, table, first_mini, size)
            links = list(struct.unpack(f"<{len(raw) // 4}I", raw))
            return _chain(mini, links, start, 64, header=0)[:length]
    raise ValueError("no workbook inside")


def _more_heads(data: bytes, size: int) -> list[int]:
    """Sectors of the allocation table beyond the first 109."""
    heads: list[int] = []
    sector, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, 10_000)):
        block = struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
        heads += [s for s in block[:-1] if s < 0xFFFFFFFA]
        sector = block[-1]
    return heads


def _chain(data: bytes, table: list[int], sector: int, size: int, header: int = 1) -> bytes:
    parts: list[bytes] = []
    seen = 0
    while sector < 0xFFFFFFFA and seen <= len(table):
        parts.append(data[(sector + header) * size : (sector + header + 1) * size])
        sector = table[sector]
        seen += 1
    return b"".join(parts)
