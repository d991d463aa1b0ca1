"""What the tables of a store hold, as one number each that means the same on SQLite and on PostgreSQL.

A row is written as JSON with its columns in a fixed order, instants in UTC, binary data as its own digest; the rows
follow their primary key, text by its bytes. Two stores with the same digests hold the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    collate,
    column,
    insert,
    inspect,
    select,
    table,
)

from dispatch_console.store.schema import Base

#: Who has a store open now: nothing that outlasts him.
PASSING = frozenset({"consoles"})

#: Rows are fetched so many at a time; of pictures and scans fewer.
ROWS, LARGE_ROWS = 2000, 8


class Sum(NamedTuple):
    """The content of one table."""

    rows: int
    digest: str


class Content(NamedTuple):
    """A table of a store, and those of our columns that it has there: an older store has fewer."""

    table: Table
    columns: tuple[ColumnElement[Any], ...]

    @property
    def names(self) -> list[str]:
        return [str(one.key) for one in self.columns]

    @property
    def at_once(self) -> int:
        """So many rows are in hand at a time."""
        return LARGE_ROWS if any(isinstance(one.type, LargeBinary) for one in self.columns) else ROWS

    def insert(self) -> Insert:
        """Of whole rows: nothing that is not said gets a value of the program's."""
        return insert(table(self.table.name, *(column(c.key or "", c.type) for c in self.columns)))


class Digest:
    """Adds up rows as they come."""

    def __init__(self) -> None:
        self._hash, self._rows = hashlib.sha256(), 0

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        for row in rows:
            text = json.dumps(tuple(row), default=_plain, sort_keys=True, separators=(",", ":"))
            self._hash.update(text.encode("ascii") + b"\n")
        self._rows += len(rows)

    def sum(self) -> Sum:
        return Sum(self._rows, self._hash.hexdigest())


def contents(connection: Connection) -> list[Content]:
    """The tables of a store of any version, those that others refer to first."""
    there = inspect(connection)
    names = set(there.get_table_names()) - PASSING
    found: list[Content] = []
    for ours in Base.metadata.sorted_tables:
        if ours.name in names:
            held = {one["name"] for one in there.get_columns(ours.name)}
            found.append(Content(ours, tuple(one for one in ours.columns if one.name in held)))
    return found


def batches(connection: Connection, content: Content) -> Iterator[Sequence[Row[Any]]]:
    """All rows in the order of their key, some at a time."""
    stream = connection.execution_options(yield_per=content.at_once)
    with stream.execute(_ordered(connection, content)) as result:
        yield from result.partitions()


def sums(connection: Connection) -> dict[str, Sum]:
    """Table → what it holds."""
    return {content.table.name: sum_of(connection, content) for content in contents(connection)}


def sum_of(connection: Connection, content: Content) -> Sum:
    digest = Digest()
    for rows in batches(connection, content):
        digest.add(rows)
    return digest.sum()


def _ordered(connection: Connection, content: Content) -> Select[Any]:
    """A server sorts text by the rules of a language unless it is told otherwise."""
    server = connection.dialect.name != "sqlite"
    keys = content.table.primary_key.columns
    order = [collate(key, "C") if server and isinstance(key.type, Text) else key for key in keys]
    return select(*content.columns).order_by(*order)


def _plain(value: object) -> str:
    match value:
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
        case dt.date():
            return value.isoformat()
        case bytes() | memoryview():
            return hashlib.sha256(value).hexdigest()
        case _:
            raise TypeError(f"{value!r} has no meaning in the store")
