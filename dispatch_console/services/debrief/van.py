"""The van and the day: odometer, fuel, when it was back, defects; and planned against actual of the route."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future
from typing import NamedTuple

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services import statuses
from dispatch_console.services.debrief import sheet
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.store.store import Store

__all__ = [
    "Reading",
    "Store",
    "Van",
    "back_at",
    "came_back",
    "check",
    "fuel",
    "last_reading",
    "read_odometer",
    "van",
]

#: Nobody drives so much in a day: a digit too many.
_MOST_KM = 2_000
_MOST_CL = 50_000


class Van(NamedTuple):
    """Odometer in km, fuel in centilitres, times in elapsed seconds of the plan day; None: not told.

    `planned_m` and `planned_end` are of the plan as it was approved. `nil_defects` True: looked at, nothing found;
    None: nobody looked.
    """

    odometer_out: int | None
    odometer_in: int | None
    fuel: int | None
    back: int | None
    defects: str
    nil_defects: bool | None
    planned_m: int | None
    planned_end: int | None
    forecast_end: int

    @property
    def driven_km(self) -> int | None:
        out, home = self.odometer_out, self.odometer_in
        return home - out if out is not None and home is not None else None


class Reading(NamedTuple):
    """Where an odometer stood, in km, at the end of an earlier day."""

    km: int
    date: dt.date


def last_reading(store: Store, day: Day, route: ShiftId) -> Future[Reading | None]:
    """How the vehicle of a route came home the last time that somebody read it, on any earlier day."""
    vehicle, date = day.shifts[route].vehicle.id, day.date

    def ask() -> Reading | None:
        found = store.last_odometer(vehicle, date)
        return Reading(*found) if found is not None else None

    return store.submit(ask)


def van(day: Day, route: ShiftId) -> Van:
    planned = day.baseline.routes.get(route) if day.baseline is not None else None
    checked = [
        f for f in day.facts.entries if f.route == route and f.kind in (FactKind.DEFECT, FactKind.NIL_DEFECT)
    ]
    last = checked[-1] if checked else None
    return Van(
        _value(day, route, FactKind.ODOMETER_OUT),
        _value(day, route, FactKind.ODOMETER_IN),
        _value(day, route, FactKind.FUEL),
        back_at(day, route),
        last.note if last is not None and last.kind is FactKind.DEFECT else "",
        None if last is None else last.kind is FactKind.NIL_DEFECT,
        planned.drive_m if planned is not None else None,
        planned.end if planned is not None else None,
        sheet.forecast(day, route).end,
    )


def back_at(day: Day, route: ShiftId) -> int | None:
    """When the van came back, as long as it has not left again."""
    if day.facts.state(route) in (FactKind.IN_DEPOT, FactKind.OUT):
        return None
    fact = day.facts.last.get((route, FactKind.BACK))
    return fact.at if fact is not None else None


def read_odometer(
    session: DaySession,
    route: ShiftId,
    kind: FactKind,
    km: int,
    said: Said,
    initiator: object = None,
    before: Reading | None = None,
) -> None:
    """`kind` ODOMETER_OUT or ODOMETER_IN. Raises UserError for a reading that cannot be right.

    `before`: the last known reading of the vehicle. As long as nobody has read the odometer out, it left with that,
    and the reading in writes that down too.
    """
    sheet.check_open(session.day, route)
    now = van(session.day, route)
    if kind is FactKind.ODOMETER_OUT:
        _check_km(km, now.odometer_in, f"From {km} to {now.odometer_in} km")
    elif now.odometer_out is not None or before is None:
        _check_km(now.odometer_out, km, f"From {now.odometer_out} to {km} km")
    else:
        when = saying.date(before.date)
        _check_km(before.km, km, f"From {before.km} (on {when}) to {km} km")
        note = f"as read on {when}"
        out = FactKind.ODOMETER_OUT
        statuses.on_route(session, route, out, said, value=before.km, note=note, initiator=initiator)
    statuses.on_route(session, route, kind, said, value=km, initiator=initiator)


def _check_km(out: int | None, home: int | None, told: str) -> None:
    known = [km for km in (out, home) if km is not None]
    if min(known, default=0) < 0 or not 0 <= known[-1] - known[0] <= _MOST_KM:
        raise UserError(f"{told} is no day's driving. Read the odometer again, out or in.")


def fuel(session: DaySession, route: ShiftId, centilitres: int, said: Said, initiator: object = None) -> None:
    """Raises UserError for less than nothing or a tanker's load."""
    sheet.check_open(session.day, route)
    if not 0 <= centilitres <= _MOST_CL:
        raise UserError("Fuel is typed in litres, 0 to 500: 31.40.")
    statuses.on_route(session, route, FactKind.FUEL, said, value=centilitres, initiator=initiator)


def came_back(session: DaySession, route: ShiftId, at: int, said: Said, initiator: object = None) -> None:
    """The van was back at `at`. Raises UserError for a time before its last stop or after now."""
    day = session.day
    sheet.check_open(day, route)
    stops = [day.facts.ended[stop] for stop in day.plan.route(route).stops if stop in day.facts.ended]
    if at > said.now:
        raise UserError("That is still to come. Type when the van was back.")
    if stops and at < max(stops):
        raise UserError("The van cannot be back before its last stop. Correct the stop's time, or this one.")
    statuses.on_route(session, route, FactKind.BACK, said, at=at, initiator=initiator)


def check(session: DaySession, route: ShiftId, defects: str, said: Said, initiator: object = None) -> None:
    """The driver's check of his van: what is broken in his words; empty: nil defects."""
    sheet.check_open(session.day, route)
    kind = FactKind.DEFECT if defects.strip() else FactKind.NIL_DEFECT
    statuses.on_route(session, route, kind, said, note=" ".join(defects.split()), initiator=initiator)


def _value(day: Day, route: ShiftId, kind: FactKind) -> int | None:
    fact = day.facts.last.get((route, kind))
    return fact.value if fact is not None else None
