"""Column types that mean the same on SQLite and on PostgreSQL.

SQLite's STRICT tables know INTEGER, REAL, TEXT and BLOB only, and SQLAlchemy writes other names for some types, so
those are compiled by hand. Text columns are `Text` on both.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from sqlalchemy import JSON, BigInteger, Boolean, Date, DateTime, Dialect, Double, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator

#: What JSON columns hold.
JsonList = list[Any]
JsonMap = dict[str, Any]

#: JSON whose None is SQL's NULL.
JSON_TYPE = JSON(none_as_null=True)


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An instant, stored in UTC. Refuses naive times: in the night the clocks go back they mean two instants."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone has no place in the store")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        found = cast(dt.datetime, value)
        return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)


@compiles(BigInteger, "sqlite")
@compiles(Boolean, "sqlite")
def _integer(_type: object, _compiler: object, **_words: object) -> str:
    return "INTEGER"


@compiles(Double, "sqlite")
def _real(_type: object, _compiler: object, **_words: object) -> str:
    return "REAL"


@compiles(JSON, "sqlite")
@compiles(Date, "sqlite")
@compiles(DateTime, "sqlite")
@compiles(String, "sqlite")
def _text(_type: object, _compiler: object, **_words: object) -> str:
    return "TEXT"
