"""Text files of orders, spoiled: bytes, lines, cells and columns that are not what they were."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests import hostile

#: What patterns that try one thing after the other take long over.
_LONG = [
    sign * 10_000 for sign in ("1 ", "1-", "1:", "1,", ":", " ", "a b ", "ab@", "(", "08:00-", "1 kg ", "Mo-", "a.")
]
#: Values that a cell of any column may hold one day.
ODD = [
    "", " ", "0", "-1", "1e308", "1e400", "nan", "inf", "-0", "9" * 400, "0.1.2.3", "1,2,3,4", "٣٤", "½",
    "x" * 3_000, "31.02.2026", "2026-02-30", "0000-00-00", "99.99.9999", "1.1.1", "9999-12-31", "1/1/1", "46349.5",
    "24:00", "25:61", "08:00-", "-08:00", "08:00-08:00", "99-1", "8-12 8-12 8-12", "ab", "bis", "Mo", "Fr-Mo",
    "91,181", "-90.0000001", "47.1,9.5,3", "°", "N", "TRUE", "#REF!", "#N/A", "=1/0", "'", "''", '"', '""',
    "\u200b", "\ufeff", "\x00", "\x1a", "\x85", "\u2028", "+", "+423", "+" + "1" * 60, "@", "a@", ";;;", ",,,",
    "\t\t",
    "|||", "\\", "None", *_LONG, *hostile.texts("http://127.0.0.1:9", hostile.NOWHERE),
]  # fmt: skip
_RUNS = [
    b"\0",
    b"\n",
    b"\r",
    b";",
    b",",
    b'"',
    b'""',
    b"\t",
    b" ",
    b"9",
    b"-",
    b":",
    b"a",
    b"\xff",
    b"\xe4",
    b"\xc3",
]
_MARKS = [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf\xef\xbb\xbf", b"sep=;\r\n", b'"sep=,"\n']
_CODECS = ["utf-8", "cp1252", "cp850", "mac-roman", "utf-16", "utf-16-le", "utf-16-be", "utf-7", "shift-jis"]

Spoil = Callable[[bytes, random.Random], bytes]


def spoiled(data: bytes, chance: random.Random) -> bytes:
    """One to five things done to a file."""
    for _ in range(chance.choice([1, 1, 1, 2, 3, 5])):
        data = chance.choice(WAYS)(data, chance)[:400_000]
    return data


def flip(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice([1, 2, 8, 64])):
        if spoilt:
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def cut(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] if chance.random() < 0.7 else data[at:]


def leave_out(data: bytes, chance: random.Random) -> bytes:
    a, b = _span(data, chance)
    return data[:a] + data[b:]


def twice(data: bytes, chance: random.Random) -> bytes:
    a, b = _span(data, chance)
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[a:b] * chance.choice([1, 2, 20]) + data[at:]


def put_in(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice([1, 4, 50])) + data[at:]


def run_of(data: bytes, chance: random.Random) -> bytes:
    """The same sign many times: cells, lines and marks without an end."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_RUNS) * chance.choice([2, 60, 3_000, 20_000]) + data[at:]


def quotes(data: bytes, chance: random.Random) -> bytes:
    """Marks where none were, and none where they were."""
    if chance.random() < 0.3:
        return data.replace(b'"', b"")
    spoilt = bytearray(data)
    for _ in range(chance.choice([1, 3, 30])):
        spoilt[(at := chance.randrange(len(spoilt) + 1)) : at] = b'"'
    return bytes(spoilt)


def separators(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    old, new = chance.choice(b",;\t|"), chance.choice(b",;\t|^~ ")
    share = chance.choice([0.1, 0.5, 1.0])
    return b"".join(line.replace(bytes([old]), bytes([new])) if chance.random() < share else line for line in lines)


def line_ends(data: bytes, chance: random.Random) -> bytes:
    ends = [b"\n", b"\r", b"\r\n", b"\n\r", b"\x0b", b"\x0c", b"\x85", b""]
    return b"".join(line + chance.choice(ends) for line in data.splitlines())


def lines(data: bytes, chance: random.Random) -> bytes:
    """Shuffled, doubled, or sorted."""
    kept = data.splitlines(keepends=True)
    match chance.randrange(3):
        case 0:
            chance.shuffle(kept)
        case 1:
            kept += chance.choices(kept, k=len(kept)) if kept else []
        case _:
            kept.sort()
    return b"".join(kept)


def columns(data: bytes, chance: random.Random) -> bytes:
    """The cells of each line in another order: the same for all lines, or for each its own."""
    rows = [re.split(rb"([,;\t|])", line) for line in data.splitlines()]
    seed = chance.random()
    for row in rows:
        cells = row[::2]
        (random.Random(seed) if chance.random() < 0.9 else chance).shuffle(cells)
        row[::2] = cells
    return b"\n".join(b"".join(row) for row in rows)


def cells(data: bytes, chance: random.Random) -> bytes:
    """Odd values, in one column or anywhere."""
    rows = [re.split(rb"([,;\t|])", line) for line in data.splitlines()]
    for _ in range(chance.choice([1, 5, 30])):
        row = chance.choice(rows) if rows else [b""]
        value = chance.choice(ODD).encode("utf-8", errors="replace")
        row[chance.randrange(0, len(row), 2)] = value if chance.random() < 0.5 else b'"' + value + b'"'
    return b"\n".join(b"".join(row) for row in rows)


def encoding(data: bytes, chance: random.Random) -> bytes:
    """Another one, or one for each half."""
    text = data.decode("utf-8", errors="replace")
    at = chance.choice([0, len(text) // 2])
    first, second = chance.choice(_CODECS), chance.choice(_CODECS)
    return text[:at].encode(first, errors="replace") + text[at:].encode(second, errors="replace")


def mark(data: bytes, chance: random.Random) -> bytes:
    return chance.choice(_MARKS) + data


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    a = chance.randrange(len(data) + 1)
    return a, min(len(data), a + chance.choice([1, 10, 100, 1_000]))


WAYS: tuple[Spoil, ...] = (
    flip, cut, leave_out, twice, put_in, run_of, quotes, separators, line_ends, lines, columns, cells, cells, cells,
    encoding, mark,
)  # fmt: skip
