"""Makes the words of a PDF searchable: figures that a font feature draws must still be read as figures.

Inter keeps its tabular figures, slashed zeros and other alternates at private code points, and the web engine
writes those into the PDF as what the glyphs mean. A search for an order number, a copy of it or a screen reader
would get nothing of use. So the tables "glyph → character" are written once more with the real characters, as an
incremental update at the end of the file (ISO 32000-1, 7.5.6 and 9.10.3).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

#: Private code point of the first → what the glyphs from there on stand for, in Inter 4.001.
_ALTERNATES = {
    0xE00C: "IÏḮƗḬÌÍÎĨĪĬĮİǏȈȊỈỊἸἹἺἻἼἽἾἿῘῙῚΊІЇ",
    0xE050: "lłƚɫɬŀĺļľḷḹḻḽ",
    0xE06A: "ß0",
    0xE071: "01234567890",
    0xE081: "()[]{}@-–‒—•◦⁃‣⁌⁍:,.:;<>≤≥=≠+−×÷±≈~*",
    0xE1D2: "←⟵🡐⇐⟸→⟶🡒⇒⟹↔⟷⇔⟺",
    0xEE47: ":(){}[](){}[]--<>≤≥=≠+−×÷±≈~*<>≤≥=≠+−×÷±≈~*",
}
_PLAIN = {first + i: character for first, line in _ALTERNATES.items() for i, character in enumerate(line)}

_TABLE = re.compile(rb"/ToUnicode (\d+) 0 R")
_BLOCK = re.compile(rb"(\d+) beginbf(char|range)(.*?)endbf\2\s*", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_STREAM = re.compile(rb"\d+ 0 obj\s*<<([^>]*)>>\s*stream\r?\n")
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*$", re.DOTALL)
_MOST_IN_A_BLOCK = 100


def readable(pdf: bytes) -> bytes:
    """`pdf` with plain characters for all alternates; as it was if it is not built as we know it."""
    trailer = _TRAILER.search(pdf)
    if trailer is None:
        return pdf
    update = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    places: list[tuple[int, int]] = []
    for number in sorted({int(found) for found in _TABLE.findall(pdf)}):
        table = _stream(pdf, number)
        if table is not None and (plain := _plain_table(table)) != table:
            places.append((number, len(update)))
            data = zlib.compress(plain)
            head = b"%d 0 obj\n<</Filter /FlateDecode\n/Length %d>> stream\n" % (number, len(data))
            update += head + data + b"\nendstream\nendobj\n"
    if not places:
        return pdf
    start = len(update)
    update += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % place for place in places)
    update += b"trailer\n<<%b\n/Prev %b>>\nstartxref\n%d\n%%%%EOF\n" % (trailer[1], trailer[2], start)
    return bytes(update)


def _stream(pdf: bytes, number: int) -> bytes | None:
    """The data of stream object `number`, unpacked; None if it is not there or packed in another way."""
    found = _STREAM.match(pdf, pdf.find(b"\n%d 0 obj" % number) + 1)
    length = re.search(rb"/Length (\d+)", found[1]) if found else None
    if found is None or length is None:
        return None
    data = pdf[found.end() : found.end() + int(length[1])]
    if b"/FlateDecode" not in found[1]:
        return data
    try:
        return zlib.decompress(data)
    except zlib.error:
        return None


def _plain_table(table: bytes) -> bytes:
    """A ToUnicode table with every entry on a line of its own and alternates replaced."""
    entries = [entry for block in _BLOCK.finditer(table) for entry in _entries(block)]
    if not any(_is_alternate(text) for _, text in entries):
        return table
    first = _BLOCK.search(table)
    assert first is not None, "entries come from blocks"
    lines = [b"<%b> <%b>\n" % (glyph, _plain_text(text)) for glyph, text in entries]
    blocks = [lines[i : i + _MOST_IN_A_BLOCK] for i in range(0, len(lines), _MOST_IN_A_BLOCK)]
    made = b"".join(b"%d beginbfchar\n%bendbfchar\n" % (len(block), b"".join(block)) for block in blocks)
    return table[: first.start()] + made + _BLOCK.sub(b"", table[first.start() :])


def _entries(block: re.Match[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """(glyph, text) in hexadecimal, ranges written out."""
    numbers = _HEX.findall(block[3])
    if block[2] == b"char":
        yield from zip(numbers[::2], numbers[1::2], strict=True)
        return
    for low, high, text in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        for i in range(int(high, 16) - int(low, 16) + 1):
            yield b"%0*X" % (len(low), int(low, 16) + i), b"%0*X" % (len(text), int(text, 16) + i)


def _is_alternate(text: bytes) -> bool:
    return len(text) == 4 and int(text, 16) in _PLAIN


def _plain_text(text: bytes) -> bytes:
    return _PLAIN[int(text, 16)].encode("utf-16-be").hex().upper().encode() if _is_alternate(text) else text
