"""All that was done to one route of a day: what its history is put together from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_console.domain.facts import Fact
from dispatch_console.domain.fleet import Depot, DepotId, Shift, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.store import reading
from dispatch_console.store.base import Connected
from dispatch_console.store.fleet_rows import Frame, depot_of
from dispatch_console.store.memory import entry_of
from dispatch_console.store.schema import AuditRow, DayRow, DepotRow, FactRow, OrderRow, SheetRow
from dispatch_console.store.values import AuditEntry


@dataclass(frozen=True, slots=True)
class TracedRoute:
    """One route on its day. `audit`: the commands that touched it, oldest first; `facts`: of it and its stops;
    `sheets`: (version, when, by whom). `references`: stop → the number of its order.
    """

    depot: Depot
    date: dt.date
    route: ShiftId
    shifts: tuple[Shift, ...]
    audit: tuple[AuditEntry, ...]
    facts: tuple[Fact, ...]
    sheets: tuple[tuple[int, dt.datetime, str], ...]
    references: Mapping[StopId, str]


class Routes(Connected):
    def trace_route(self, depot: DepotId, date: dt.date, route: ShiftId) -> TracedRoute | None:
        """None: nothing of this day was ever saved."""
        with self.read() as db:
            home = db.get(DepotRow, depot)
            day = db.scalar(select(DayRow.id).where(DayRow.depot_id == depot, DayRow.date == date))
            if home is None or day is None:
                return None
            frame = Frame(date, home.timezone)
            facts = select(FactRow).where(FactRow.day_id == day, FactRow.shift_id == route).order_by(FactRow.id)
            stops = select(OrderRow.stop_id, OrderRow.reference).where(OrderRow.day_id == day)
            sheets = select(SheetRow.number, SheetRow.printed_at, SheetRow.who)
            sheets = sheets.where(SheetRow.day_id == day, SheetRow.shift_id == route).order_by(SheetRow.number)
            return TracedRoute(
                depot_of(home),
                date,
                route,
                reading.shifts_of(db, day, frame),
                _audit(db, day, route),
                tuple(reading.fact_of(row, frame) for row in db.scalars(facts)),
                tuple((number, at, who) for number, at, who in db.execute(sheets)),
                {StopId(stop): reference for stop, reference in db.execute(stops.order_by(OrderRow.id.desc()))},
            )


def _audit(db: Session, day: int, route: ShiftId) -> tuple[AuditEntry, ...]:
    query = select(AuditRow).where(AuditRow.day_id == day, AuditRow.revision.is_not(None))
    entries = map(entry_of, db.scalars(query.order_by(AuditRow.id)))
    return tuple(entry for entry in entries if _touches(entry, route))


def _touches(entry: AuditEntry, route: ShiftId) -> bool:
    """See `changes.for_audit` for what the parts are. What is said of the day as a whole touches every route."""
    for part in (*entry.before, *entry.after):
        told = cast("dict[str, Any]", part) if isinstance(part, dict) else {}
        if route in (told.get("route"), told.get("shift")) or "state" in told:
            return True
    return False
