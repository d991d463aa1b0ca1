"""The rich day (see `manifests_day`) after its van broke down: a spare van takes over what was left."""

from __future__ import annotations

from dataclasses import replace

from dispatch_console.domain import fleet
from dispatch_console.domain.day import Day, DayState, open_day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import Capacity, Driver, ShiftId, Vehicle
from dispatch_console.domain.orders import StopId
from dispatch_console.services import day as days
from dispatch_console.services import statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards import breakdown, draft
from tests.unit.manifests_day import PRINTED, K, at, rich_day
from tests.wizard_days import IDS

SPARE = ShiftId(4722)


def handed_over(done: int = 12, day: Day | None = None) -> Day:
    """Stops 1 … `done` are delivered as planned; two minutes after the last one Van 21 stands at the next stop.

    For 12: stop 12 is left at 12:30, it stands since 12:32. Van 30 can be there 15 min later, at 12:47:
    they meet at 12:50, so it leaves at 12:35.
    """
    base = day or rich_day(DayState.DRAFT)
    driver = Driver(fleet.DriverId(2), "Hollis Marchbank", "+447700900316", base.shifts[K].skills)
    van = Vehicle(fleet.VehicleId(2), "Van 30", "QQ20 VSB", Capacity(1_050_000, 11_000, None))
    spare = replace(base.shifts[K], id=SPARE, slot=9, driver=driver, vehicle=van, pause=None)
    shifts = [*base.shifts.values(), spare]
    session = DaySession(open_day(base.depot, base.date, base.orders.values(), shifts, base.travel, base.plan))
    days.approve(session, "S. Halloran", PRINTED)
    session.set_approval(replace(session.day.approval, printed={K: 1}))
    statuses.on_route(session, K, FactKind.OUT, Said("S", at("08:00")))
    now = at("08:00")
    for visit in session.day.schedules[K].visits[:done]:
        now = visit.depart
        statuses.status(session, visit.stop, FactKind.DELIVERED, Said("S", now))
    now += 120
    place = session.day.stops[StopId(done + 1)].place
    said = Said("S", now)
    statuses.on_route(session, K, FactKind.BROKEN_DOWN, said, note="Tow truck 12:15.", place=place)
    case = breakdown.case(session.day, K)
    draft.accept(session, breakdown.plan(session.day, case, [SPARE], IDS))
    return session.day
