"""A planned day in a store of its own: what the start of the window is measured with."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.plan import POOL, PlanChange, Swap
from dispatch_console.services import days, fleet
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import open_store
from tests.map.days import town_day

DAY = dt.date(2026, 11, 23)


def fill(where: str, orders: int = 300, drivers: int = 12) -> None:
    """Write a day of the test towns into the store `where`."""
    day = town_day(orders, drivers)
    store = open_store(where)
    try:
        depot = fleet.save_depot(store, None, replace(day.depot, id=DepotId(0)), "test")
        counts = {"order": orders, "stop": orders, "shift": drivers, "driver": drivers, "vehicle": drivers}
        for kind, n in counts.items():
            store.new_ids(kind, n)
        shifts = list(day.shifts.values())
        people = [Swap(None, one.driver) for one in shifts] + [Swap(None, one.vehicle) for one in shifts]
        store.save_fleet(depot.id, people, "Fleet", "test", "fleet")
        saver = StoreSaver(store, "test")
        session = DaySession(days.open_day(store, depot.id, DAY), saver)
        pool = session.day.plan.route(POOL)
        routes = tuple(Swap(pool if route.id == POOL else None, route) for route in day.plan.routes.values())
        fresh = tuple(Swap(None, order) for order in day.orders.values())
        session.apply(PlanChange("Fill", routes, fresh, tuple(Swap(None, one) for one in shifts)), None, day.travel)
        saver.flush(60)
    finally:
        store.close()
