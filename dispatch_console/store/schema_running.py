"""The tables of the running day: what happened, its proofs, what people did with incidents, what was printed,
and what is said of roads."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from dispatch_console.store.columns import Base, Counted, Versioned, counted_id, day_ref, depot_ref, given_id
from dispatch_console.store.types import JsonList, JsonMap


class FactRow(Base):
    """Append-only: what happened, when, and when it was recorded by whom."""

    __tablename__ = "facts"
    id: Mapped[int] = counted_id()
    day_id: Mapped[int] = day_ref()
    stop_id: Mapped[int]
    shift_id: Mapped[int]
    kind: Mapped[str]
    at: Mapped[dt.datetime]
    note: Mapped[str]
    recorded_at: Mapped[dt.datetime]
    who: Mapped[str]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    order_id: Mapped[int] = mapped_column(default=0, server_default="0", index=True)
    value: Mapped[int] = mapped_column(default=0, server_default="0")
    items: Mapped[JsonList | None]
    lat: Mapped[float | None]
    lon: Mapped[float | None]


class ProofRow(Base):
    """A picture, a signature or a scanned sheet, kept with the order (or with the route: `order_id` NULL)."""

    __tablename__ = "proofs"
    id: Mapped[int] = counted_id()
    day_id: Mapped[int] = day_ref()
    shift_id: Mapped[int]
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    data: Mapped[bytes]
    note: Mapped[str]
    added_at: Mapped[dt.datetime]
    who: Mapped[str]


class IncidentRow(Counted, Base):
    """What people did with an incident of a day; the incident itself follows from the day. `key` names it.

    `first_by` is what a forecast was off by when it was first seen, in seconds.
    """

    __tablename__ = "incidents"
    day_id: Mapped[int] = mapped_column(ForeignKey("days.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[dt.datetime]
    owner: Mapped[str]
    snoozed_until: Mapped[dt.datetime | None]
    first_by: Mapped[int] = mapped_column(default=0, server_default="0")


class SheetRow(Base):
    """A printed sheet: the version of a route's stops that a driver has on paper, and in `content` what it said."""

    __tablename__ = "sheets"
    day_id: Mapped[int] = mapped_column(ForeignKey("days.id"), primary_key=True)
    shift_id: Mapped[int] = given_id()
    number: Mapped[int] = given_id()
    stops: Mapped[JsonList]
    content: Mapped[JsonMap | None]
    printed_at: Mapped[dt.datetime]
    who: Mapped[str]


class RoadChangeRow(Versioned, Base):
    """Where roads are closed, avoided or slow, and from which day until which. `corners`: [latitude, longitude]."""

    __tablename__ = "road_changes"
    id: Mapped[str] = mapped_column(primary_key=True)
    depot_id: Mapped[int] = depot_ref()
    kind: Mapped[str]
    corners: Mapped[JsonList]
    factor: Mapped[float]
    note: Mapped[str]
    first_day: Mapped[dt.date]
    until_day: Mapped[dt.date]
    made_at: Mapped[dt.datetime]


class ConsoleRow(Base):
    """A console at work: which day it shows, and the route in hand (0: none). Not seen for long: it is gone."""

    __tablename__ = "consoles"
    id: Mapped[str] = mapped_column(primary_key=True)
    who: Mapped[str]
    depot_id: Mapped[int]
    date: Mapped[dt.date]
    shift_id: Mapped[int]
    opened_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
