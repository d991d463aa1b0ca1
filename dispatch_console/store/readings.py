"""What routes of other days have left behind: where an odometer stood, on which day a sheet belongs."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import DepotId, ShiftId, VehicleId
from dispatch_console.store.base import Connected
from dispatch_console.store.schema import DayRow, FactRow, ShiftRow


class Readings(Connected):
    def last_odometer(self, vehicle: VehicleId, before: dt.date) -> tuple[int, dt.date] | None:
        """(km, day) as a vehicle came home on the last day before `before` on which somebody read it."""
        query = (
            select(FactRow.value, DayRow.date)
            .join(ShiftRow, (ShiftRow.day_id == FactRow.day_id) & (ShiftRow.id == FactRow.shift_id))
            .join(DayRow, DayRow.id == FactRow.day_id)
            .where(ShiftRow.vehicle_id == vehicle, DayRow.date < before)
            .where(FactRow.kind == FactKind.ODOMETER_IN.value)
            .order_by(DayRow.date.desc(), FactRow.id.desc())
            .limit(1)
        )
        with self.read() as db:
            found = db.execute(query).first()
        return (found[0], found[1]) if found is not None else None

    def day_of_route(self, depot: DepotId, route: ShiftId) -> dt.date | None:
        """The day of a route, whose sheet was scanned; None: there is no such route in this depot."""
        query = select(DayRow.date).join(ShiftRow, ShiftRow.day_id == DayRow.id)
        with self.read() as db:
            return db.scalar(query.where(ShiftRow.id == route, DayRow.depot_id == depot))
