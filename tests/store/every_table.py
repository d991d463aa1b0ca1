"""Rows in every table of a store of any version, with values that two databases could take differently."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, Engine, Integer, LargeBinary, Text
from sqlalchemy.types import Float, TypeEngine

from dispatch_console.store import checksums, migrate
from dispatch_console.store.checksums import Content
from dispatch_console.store.types import UtcDateTime

ROWS = 12
#: Sorted by bytes in another order than by any language; the second hour of the night the clocks go back.
_WORDS = ("Zürich", "zebra", "Ärger", "apple", "Apple", "é", "e", "“quoted” 'it' \\ ${x}", "北", "😀", "ß", "_")
_NIGHT = dt.datetime(2026, 10, 25, 1, 30, 0, 123456, dt.UTC)


def made_at(engine: Engine, revision: str) -> None:
    """A store of a version, with rows in every table it has."""
    migrate.upgrade(engine, revision)
    with engine.begin() as connection:
        fill(connection)


def fill(connection: Connection, rows: int = ROWS) -> None:
    for content in checksums.contents(connection):
        connection.execute(content.insert(), [_row(content, n) for n in range(1, rows + 1)])


def _row(content: Content, n: int) -> Mapping[str, Any]:
    return {column.name: _value(column, n) for column in content.table.columns if column.name in content.names}


def _value(column: Column[Any], n: int) -> Any:
    if column.foreign_keys or column.name in ("id", "number", "shift_id", "version", "revision"):
        return n if not isinstance(column.type, Text) else f"{_WORDS[n % len(_WORDS)]} {n}"
    if column.nullable and n % 3 == 0:
        return None
    return _of_kind(column.type, column.unique or column.primary_key, n)


def _of_kind(kind: TypeEngine[Any], alone: bool | None, n: int) -> Any:
    word = _WORDS[n % len(_WORDS)]
    match kind:
        case Text():
            return f"{word} {n}" if alone else word
        case Boolean():
            return n % 2 == 0
        case Integer():
            return 2**53 + n
        case Float():
            return (-1) ** n * (0.1 + 1 / n)
        case UtcDateTime():
            return _NIGHT + dt.timedelta(minutes=30 * n, microseconds=n)
        case Date():
            return dt.date(2026, 2, 28) + dt.timedelta(days=n)
        case LargeBinary():
            return bytes(range(256)) * n
        case JSON():
            return json.loads(json.dumps([{"word": word, "b": [1.5, None, True], "a": {"é": n}}, 2**53 + n]))
        case _:
            raise AssertionError(f"no value for {kind!r}")
