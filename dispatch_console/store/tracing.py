"""All that is known of one order on all its days: what its page is put together from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Text, and_, or_, select
from sqlalchemy import cast as as_type
from sqlalchemy.orm import Session

from dispatch_console.domain.baseline import PlannedStop
from dispatch_console.domain.facts import NO_STOP, Fact
from dispatch_console.domain.fleet import Depot, Shift, ShiftId
from dispatch_console.domain.orders import Order, OrderId, StopId
from dispatch_console.domain.plan import POOL, Route
from dispatch_console.domain.proofs import Proof
from dispatch_console.store import proofs, reading
from dispatch_console.store.base import Connected
from dispatch_console.store.baseline import baseline_of
from dispatch_console.store.fleet_rows import Frame, depot_of
from dispatch_console.store.import_rows import record_of
from dispatch_console.store.memory import entry_of
from dispatch_console.store.order_rows import order_of
from dispatch_console.store.schema import (
    AuditRow,
    DayRow,
    DepotRow,
    FactRow,
    ImportRow,
    OrderRow,
    PersonalRow,
    ProofRow,
    SheetRow,
)
from dispatch_console.store.values import AuditEntry, ImportRecord


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet on which the order stands, as stop `number` (`9A`)."""

    route: ShiftId
    version: int
    number: str
    at: dt.datetime
    who: str


@dataclass(frozen=True, slots=True)
class TracedDay:
    """One day of an order. `facts`: of its stop, and of the routes as a whole; `audit`: the commands that touched
    it, oldest first. `stops`: all visits that it was part of on this day, its own of now last.
    """

    date: dt.date
    order: Order
    stops: tuple[StopId, ...]
    shifts: tuple[Shift, ...]
    route: Route
    facts: tuple[Fact, ...]
    audit: tuple[AuditEntry, ...]
    sheets: tuple[PrintedSheet, ...]
    proofs: tuple[Proof, ...]
    planned: PlannedStop | None = None
    imported: ImportRecord | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """The days of one identity, oldest first; at least one."""

    depot: Depot
    days: tuple[TracedDay, ...]


class Tracing(Connected):
    def trace(self, order: OrderId) -> Trace | None:
        """All days of the order that this one is or goes on with; None: it is not in the store any more."""
        with self.read() as db:
            origin = db.scalar(select(OrderRow.origin).where(OrderRow.id == order))
            if origin is None:
                return None
            identity = origin or order
            query = (
                select(OrderRow, PersonalRow, DayRow)
                .outerjoin(PersonalRow, PersonalRow.order_id == OrderRow.id)
                .join(DayRow, DayRow.id == OrderRow.day_id)
                .where(or_(OrderRow.id == identity, OrderRow.origin == identity))
                .order_by(DayRow.date, OrderRow.id)
            )
            rows = db.execute(query).all()
            depot = depot_of(db.get_one(DepotRow, rows[0][2].depot_id))
            return Trace(depot, tuple(_day(db, depot, day, order_of(row, person)) for row, person, day in rows))


def _day(db: Session, depot: Depot, day: DayRow, order: Order) -> TracedDay:
    frame = Frame(day.date, depot.timezone)
    audit, stops = _audit(db, day.id, order)
    routes = reading.routes_of(db, day.id).values()
    route = next((route for route in routes if order.stop in route.stops), Route(POOL))
    base = baseline_of(day.baseline, frame)
    source = db.get(ImportRow, order.source) if order.source is not None else None
    return TracedDay(
        day.date,
        order,
        stops,
        reading.shifts_of(db, day.id, frame),
        route,
        _facts(db, day.id, order, stops, frame),
        audit,
        _sheets(db, day.id, stops),
        _proofs(db, day.id, order, route),
        base.stops.get(order.stop) if base is not None else None,
        record_of(source) if source is not None else None,
    )


def _facts(db: Session, day: int, order: Order, stops: tuple[StopId, ...], frame: Frame) -> tuple[Fact, ...]:
    query = select(FactRow).where(
        FactRow.day_id == day, FactRow.stop_id.in_([NO_STOP, *stops]), FactRow.order_id.in_([0, order.id])
    )
    return tuple(reading.fact_of(row, frame) for row in db.scalars(query.order_by(FactRow.id)))


def _proofs(db: Session, day: int, order: Order, route: Route) -> tuple[Proof, ...]:
    """Its own, and the signed sheets of its route."""
    its = ProofRow.order_id == order.id
    of_route = and_(ProofRow.order_id.is_(None), ProofRow.day_id == day, ProofRow.shift_id == route.id)
    return tuple(proofs.listed(db, or_(its, of_route) if route.id != POOL else its))


def _sheets(db: Session, day: int, stops: tuple[StopId, ...]) -> tuple[PrintedSheet, ...]:
    query = select(SheetRow).where(SheetRow.day_id == day).order_by(SheetRow.printed_at, SheetRow.shift_id)
    return tuple(
        PrintedSheet(ShiftId(row.shift_id), row.number, _printed_as(row, stop), row.printed_at, row.who)
        for row in db.scalars(query)
        for stop in stops
        if stop in row.stops
    )


def _printed_as(row: SheetRow, stop: StopId) -> str:
    """The number of a stop on a sheet; sheets of before numbers were kept count from 1."""
    printed = dict(reading.said_of(row.content).numbers) if row.content is not None else {}
    return printed.get(stop) or str(row.stops.index(stop) + 1)


# --- the audit ---


def _audit(db: Session, day: int, order: Order) -> tuple[tuple[AuditEntry, ...], tuple[StopId, ...]]:
    """The commands that touched the order, and its visits, the one of now last.

    A visit can be divided later, so an order may have stood in another one: that is found in the audit itself.
    """
    stops: tuple[StopId, ...] = (order.stop,)
    while True:
        entries = _touching(db, day, order.id, stops)
        told = (part for entry in entries for part in (*entry.before, *entry.after))
        known = {StopId(its["stop_id"]) for its in map(_order_of, told) if _is(its, order.id) and "stop_id" in its}
        if known <= {*stops}:
            return entries, stops
        stops = (*sorted(known - {order.stop}), order.stop)


def _touching(db: Session, day: int, order: OrderId, stops: tuple[StopId, ...]) -> tuple[AuditEntry, ...]:
    """The database leaves out what does not even hold the numbers; the rest is looked at here."""
    numbers = {str(id) for id in (order, *stops)}
    holds: list[ColumnElement[bool]] = [
        as_type(column, Text).contains(number) for column in (AuditRow.before, AuditRow.after) for number in numbers
    ]
    query = select(AuditRow).where(AuditRow.day_id == day, or_(AuditRow.what == "Approval", *holds))
    entries = map(entry_of, db.scalars(query.order_by(AuditRow.id)))
    return tuple(entry for entry in entries if _concerns(entry, order, {*stops}))


def _concerns(entry: AuditEntry, order: OrderId, stops: set[StopId]) -> bool:
    return any(
        _is(_order_of(part), order) or not stops.isdisjoint(_stops_of(part)) or "state" in _map(part)
        for part in (*entry.before, *entry.after)
    )


def _map(part: Any) -> dict[str, Any]:
    """Facts are told by their ids alone, everything else by a map."""
    return cast("dict[str, Any]", part) if isinstance(part, dict) else {}


def _order_of(part: Any) -> dict[str, Any]:
    return _map(_map(part).get("order"))


def _is(told: dict[str, Any], order: OrderId) -> bool:
    return told.get("id") == order


def _stops_of(part: Any) -> Iterable[StopId]:
    return _map(part).get("stops", ())
