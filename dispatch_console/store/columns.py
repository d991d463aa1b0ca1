"""What all tables are made of: the base class, keys, references, versions."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, Boolean, Date, Double, ForeignKey, LargeBinary, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from dispatch_console.store.types import JSON_TYPE, JsonList, JsonMap, UtcDateTime

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {
        int: BigInteger,
        str: Text,
        bool: Boolean,
        float: Double,
        dt.date: Date,
        dt.datetime: UtcDateTime,
        bytes: LargeBinary,
        JsonList: JSON_TYPE,
        JsonMap: JSON_TYPE,
    }

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[object, ...]:
        return (*cls.constraints(), {"sqlite_strict": True})

    @classmethod
    def constraints(cls) -> tuple[object, ...]:
        return ()


def given_id() -> Mapped[int]:
    """A key whose values come from `counters`."""
    return mapped_column(primary_key=True, autoincrement=False)


def counted_id() -> Mapped[int]:
    """A key that the database counts itself."""
    return mapped_column(primary_key=True, autoincrement=True)


def depot_ref() -> Mapped[int]:
    return mapped_column(ForeignKey("depots.id"), index=True)


def day_ref() -> Mapped[int]:
    return mapped_column(ForeignKey("days.id"), index=True)


class Versioned:
    """Rows that are edited: the ORM refuses to write one that has changed since it was read."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.version}


class Counted:
    """Rows that the last word counts for: written whole, their changes counted."""

    version: Mapped[int] = mapped_column(default=1, server_default="1")
