"""The tables. One schema for SQLite (STRICT) and PostgreSQL; made and changed only by the migrations in `db/`.

- Ids of orders, stops, shifts, drivers … come from `counters`, so that a change can be undone and redone with the
  ids it had; `days`, `facts`, `audit` and the like number themselves.
- What is known of customers as persons is in `personal` alone, so that an erasure has one place to go.
- Instants are UTC. Sizes are grams, litres, pieces; money is cents; places are WGS84 degrees.
- `version` counts the changes of a row, `days.revision` those of a day's plan: whoever writes names the one he has
  seen.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dispatch_console.store.columns import Base as Base
from dispatch_console.store.columns import Counted, Versioned, counted_id, day_ref, depot_ref, given_id
from dispatch_console.store.schema_running import ConsoleRow as ConsoleRow
from dispatch_console.store.schema_running import FactRow as FactRow
from dispatch_console.store.schema_running import IncidentRow as IncidentRow
from dispatch_console.store.schema_running import ProofRow as ProofRow
from dispatch_console.store.schema_running import RoadChangeRow as RoadChangeRow
from dispatch_console.store.schema_running import SheetRow as SheetRow
from dispatch_console.store.types import JSON_TYPE, JsonList, JsonMap


class CounterRow(Base):
    __tablename__ = "counters"
    kind: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class DepotRow(Versioned, Base):
    """`weights` and `apart`: what is planned by, see `Policy`; written apart from the rest."""

    __tablename__ = "depots"
    id: Mapped[int] = given_id()
    name: Mapped[str]
    lat: Mapped[float]
    lon: Mapped[float]
    timezone: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str]
    emergency_phone: Mapped[str]
    currency: Mapped[str]
    country: Mapped[str]
    service_s: Mapped[int]
    weights: Mapped[JsonMap | None]
    apart: Mapped[JsonList | None]


class DriverRow(Versioned, Base):
    """`retired` rows are hidden, never deleted: shifts of past days name them."""

    __tablename__ = "drivers"
    id: Mapped[int] = given_id()
    depot_id: Mapped[int] = depot_ref()
    name: Mapped[str]
    phone: Mapped[str]
    skills: Mapped[JsonList]
    licence_until: Mapped[dt.date | None]
    retired: Mapped[bool] = mapped_column(default=False)


class VehicleRow(Versioned, Base):
    __tablename__ = "vehicles"
    id: Mapped[int] = given_id()
    depot_id: Mapped[int] = depot_ref()
    name: Mapped[str]
    plate: Mapped[str]
    grams: Mapped[int | None]
    litres: Mapped[int | None]
    pieces: Mapped[int | None]
    skills: Mapped[JsonList]
    inspection_until: Mapped[dt.date | None]
    no_zones: Mapped[JsonList | None]
    retired: Mapped[bool] = mapped_column(default=False)


class _Working:
    """What patterns and shifts have in common. `drive_pause`: limit, whole, first, second of breaks by driving."""

    start_lat: Mapped[float | None]
    start_lon: Mapped[float | None]
    end_lat: Mapped[float | None]
    end_lon: Mapped[float | None]
    pause_s: Mapped[int | None]
    per_hour: Mapped[int]
    per_km: Mapped[int]
    fixed_cost: Mapped[int]
    max_stops: Mapped[int | None]
    max_drive_s: Mapped[int | None]
    max_drive_m: Mapped[int | None]
    overtime_s: Mapped[int] = mapped_column(default=0, server_default="0")
    overtime_per_hour: Mapped[int] = mapped_column(default=0, server_default="0")
    tours: Mapped[int] = mapped_column(default=1, server_default="1")
    reload_s: Mapped[int] = mapped_column(default=0, server_default="0")
    zones: Mapped[JsonList | None]
    drive_pause: Mapped[JsonList | None]


class PatternRow(_Working, Versioned, Base):
    """Times are what the clock on the wall shows, in seconds from 00:00."""

    __tablename__ = "shift_patterns"
    id: Mapped[int] = given_id()
    depot_id: Mapped[int] = depot_ref()
    driver_id: Mapped[int] = mapped_column(ForeignKey("drivers.id"))
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicles.id"))
    weekdays: Mapped[JsonList]
    start_s: Mapped[int]
    end_s: Mapped[int]
    pause_from_s: Mapped[int | None]
    pause_until_s: Mapped[int | None]
    open_end: Mapped[bool]


class DayRow(Base):
    """`baseline` is the plan as it was approved, with its times: what the day is measured against."""

    __tablename__ = "days"
    id: Mapped[int] = counted_id()
    depot_id: Mapped[int] = mapped_column(ForeignKey("depots.id"))
    date: Mapped[dt.date]
    revision: Mapped[int]
    state: Mapped[str]
    approved_by: Mapped[str]
    approved_at: Mapped[dt.datetime | None]
    baseline: Mapped[JsonMap | None]

    @classmethod
    def constraints(cls) -> tuple[object, ...]:
        return (UniqueConstraint("depot_id", "date"),)


class ShiftRow(_Working, Versioned, Base):
    """`driver` and `vehicle` are copies as of the day: what becomes of them later does not change the past."""

    __tablename__ = "shifts"
    id: Mapped[int] = given_id()
    day_id: Mapped[int] = day_ref()
    slot: Mapped[int]
    driver_id: Mapped[int] = mapped_column(ForeignKey("drivers.id"))
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicles.id"))
    driver: Mapped[JsonMap]
    vehicle: Mapped[JsonMap]
    start_at: Mapped[dt.datetime]
    end_at: Mapped[dt.datetime]
    pause_from: Mapped[dt.datetime | None]
    pause_until: Mapped[dt.datetime | None]
    absent: Mapped[bool]


class RouteRow(Versioned, Base):
    """`shift_id` 0 is the pool. `stops` in driving order; `pinned` and `fixed` are subsets of them."""

    __tablename__ = "routes"
    day_id: Mapped[int] = mapped_column(ForeignKey("days.id"), primary_key=True)
    shift_id: Mapped[int] = given_id()
    stops: Mapped[JsonList]
    locked: Mapped[bool]
    pinned: Mapped[JsonList]
    fixed: Mapped[JsonList]


class ImportRow(Counted, Base):
    __tablename__ = "imports"
    id: Mapped[int] = given_id()
    depot_id: Mapped[int] = depot_ref()
    at: Mapped[dt.datetime]
    who: Mapped[str]
    file: Mapped[str]
    fingerprint: Mapped[str]
    mapping: Mapped[JsonMap]
    counts: Mapped[JsonMap]
    undone: Mapped[bool] = mapped_column(default=False)


class OrderRow(Versioned, Base):
    """`day_id` is the day it stands in, `asked_day` the one the customer asked for. Windows are wall-clock
    seconds. `origin` is the id an order had on its first day (0: this is it); `next_…` say what becomes of it when
    it was not done, `carried` as which order it goes on. `not_drivers` and `known_by` hold ids of drivers.
    """

    __tablename__ = "orders"
    id: Mapped[int] = given_id()
    day_id: Mapped[int] = day_ref()
    stop_id: Mapped[int]
    reference: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    asked_day: Mapped[dt.date | None]
    windows: Mapped[JsonList]
    service_s: Mapped[int | None]
    grams: Mapped[int]
    litres: Mapped[int]
    pieces: Mapped[int]
    priority: Mapped[str]
    skills: Mapped[JsonList]
    cod_cents: Mapped[int | None]
    cod_currency: Mapped[str | None]
    items: Mapped[JsonList]
    attempts: Mapped[int]
    source: Mapped[int | None] = mapped_column(ForeignKey("imports.id"), index=True)
    origin: Mapped[int] = mapped_column(default=0, server_default="0", index=True)
    pickup_stop: Mapped[int] = mapped_column(default=0, server_default="0")
    next_kind: Mapped[str] = mapped_column(default="", server_default="")
    next_day: Mapped[dt.date | None] = mapped_column(index=True)
    next_until: Mapped[dt.date | None]
    next_windows: Mapped[JsonList | None]
    next_note: Mapped[str] = mapped_column(default="", server_default="")
    carried: Mapped[int] = mapped_column(default=0, server_default="0")
    release_s: Mapped[int] = mapped_column(default=0, server_default="0")
    late_per_min: Mapped[int] = mapped_column(default=0, server_default="0")
    parking_s: Mapped[int] = mapped_column(default=0, server_default="0")
    zone: Mapped[str] = mapped_column(default="", server_default="")
    goods: Mapped[JsonList | None]
    not_drivers: Mapped[JsonList | None]
    known_by: Mapped[JsonList | None]


class RejectRow(Base):
    """A row of a file that did not become an order. Its cells are in `personal`."""

    __tablename__ = "import_rejects"
    id: Mapped[int] = counted_id()
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), index=True)
    row: Mapped[int]
    column: Mapped[str]
    problem: Mapped[str]
    reason: Mapped[str]


class PersonalRow(Base):
    """Everything that is known of a customer as a person; belongs to an order, or to a rejected row (`cells`).

    `search` holds the reference, name, address and phone digits folded, for finding an order on the phone.
    """

    __tablename__ = "personal"
    id: Mapped[int] = counted_id()
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), unique=True)
    reject_id: Mapped[int | None] = mapped_column(ForeignKey("import_rejects.id", ondelete="CASCADE"), unique=True)
    name: Mapped[str] = mapped_column(default="")
    company: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    house_number: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    quality: Mapped[str | None]
    notes: Mapped[str] = mapped_column(default="")
    cells: Mapped[JsonList | None]
    search: Mapped[str] = mapped_column(default="")


class MappingRow(Counted, Base):
    """How the columns of files with this header were last read."""

    __tablename__ = "mappings"
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    mapping: Mapped[JsonMap]
    used_at: Mapped[dt.datetime]


class AddressRow(Counted, Base):
    """A pin that a dispatcher set for an address, kept for good."""

    __tablename__ = "address_book"
    address: Mapped[str] = mapped_column(primary_key=True)
    lat: Mapped[float]
    lon: Mapped[float]
    set_at: Mapped[dt.datetime]
    who: Mapped[str]


class AuditRow(Base):
    """Append-only: who did what, by ids and values, never a customer. `command_id` makes a command happen once.

    `at` is when it was given, by the clock of the console that ran as `console`; `recorded_at` when the database
    wrote it, by its own.
    """

    __tablename__ = "audit"
    id: Mapped[int] = counted_id()
    at: Mapped[dt.datetime]
    who: Mapped[str]
    what: Mapped[str]
    day_id: Mapped[int | None] = mapped_column(ForeignKey("days.id"))
    revision: Mapped[int | None]
    before: Mapped[JsonList]
    after: Mapped[JsonList]
    command_id: Mapped[str] = mapped_column(unique=True)
    recorded_at: Mapped[dt.datetime | None]
    console: Mapped[str] = mapped_column(default="", server_default="")

    @classmethod
    def constraints(cls) -> tuple[object, ...]:
        return (Index(None, "day_id", "id"),)


class SettingRow(Counted, Base):
    __tablename__ = "settings"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON_TYPE, nullable=False)
