"""PostgreSQL's text form of rows, as `COPY` and `pg_dump` write it, read without a server."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Integer, LargeBinary, Text
from sqlalchemy.types import Float, TypeEngine

from dispatch_console.store.types import UtcDateTime

_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_MEANT = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
_OCTAL = re.compile(rb"\\(\\|[0-3][0-7]{2})")
_NULL = b"\\N"


def values(lines: Iterable[bytes], kinds: Sequence[TypeEngine[Any]]) -> Iterator[list[Any]]:
    """A row of each line, in columns of these kinds. Raises ValueError for what is none."""
    read = [_reader(kind) for kind in kinds]
    for line in lines:
        fields = line.rstrip(b"\r\n").split(b"\t")
        yield [None if f == _NULL else r(_plain(f).decode("utf-8")) for r, f in zip(read, fields, strict=True)]


def _plain(field: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), field) if b"\\" in field else field


def _reader(kind: TypeEngine[Any]) -> Callable[[str], Any]:
    match kind:
        case Text():
            return str
        case Boolean():
            return _truth
        case Integer():
            return int
        case Float():
            return float
        case UtcDateTime():
            return dt.datetime.fromisoformat
        case Date():
            return dt.date.fromisoformat
        case LargeBinary():
            return _binary
        case JSON():
            return json.loads
        case _:
            raise TypeError(f"a column of the store is of no known kind: {kind!r}")


def _truth(text: str) -> bool:
    if text not in ("t", "f"):
        raise ValueError("neither true nor false")
    return text == "t"


def _binary(text: str) -> bytes:
    """Servers may be set to write the older form, in which bytes stand as they are or as three digits."""
    if text.startswith("\\x"):
        return bytes.fromhex(text[2:])
    return _OCTAL.sub(lambda found: _byte(found[1]), text.encode("ascii"))


def _byte(told: bytes) -> bytes:
    return told if told == b"\\" else bytes([int(told, 8)])
