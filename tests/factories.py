"""Small, round days for tests. `small_day` is known by heart: expected times are added up in comments.

Two drivers, six stops on a line. Places lie 1 minute of driving and 1,000 m apart:

    depot 0 ─ 1 ─ 2 ─ 3 ─ 4 ─ 5 ─ 6        (place k is k × 10 min and k × 10 km from the depot)

Leg i → j takes |i − j| × 600 s and |i − j| × 10,000 m. Service is 300 s at each stop. Shifts run 08:00–16:00
without a break. Each order weighs 10 kg, 100 l, 1 piece; vehicles carry 100 kg, 1,000 l, 10 pieces.
Driver 1 (Ada Quill) drives stops 1, 2, 3; driver 2 (Ben Rook) drives 4, 5; stop 6 is in the pool.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np

from dispatch_console.domain import fleet
from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fleet import Capacity, Costs, Depot, Driver, Shift, ShiftId, Vehicle
from dispatch_console.domain.orders import Address, Order, OrderId, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.travel import TravelMatrix

DAY = dt.date(2026, 11, 23)
PLACES = tuple(Place(50.0 + k / 10, 10.0) for k in range(7))
DEPOT = Depot(fleet.DepotId(1), "Testdepot", PLACES[0], "Europe/Vaduz", country="LI", currency="CHF")


def line_matrix(n: int = 7) -> TravelMatrix:
    """Places on a line, 600 s and 10,000 m apart."""
    k = np.arange(n, dtype=np.int32)
    steps = np.abs(k[:, None] - k[None, :])
    places = PLACES if n == len(PLACES) else tuple(Place(50.0 + i / 10, 10.0) for i in range(n))
    return TravelMatrix(places, steps * np.int32(600), steps * np.int32(10_000), "line")


def order(number: int, **changes: object) -> Order:
    """Order `number` at place `number`, reference `A<number>`, its own stop."""
    base = Order(
        reference=f"A{number}",
        id=OrderId(number),
        stop=StopId(number),
        name=f"Customer {number}",
        address=Address("Linden Row", str(number), f"{4000 + number}", "Lindmoor", "LI"),
        place=PLACES[number] if number < len(PLACES) else Place(50.0 + number / 10, 10.0),
        place_quality="file",
        day=DAY,
        service_s=300,
        size=Size(10_000, 100, 1),
    )
    return replace(base, **changes)


def shift(number: int, name: str = "", **changes: object) -> Shift:
    """Shift `number` in slot `number`: 08:00–16:00 from the depot and back, 30.00 an hour, 0.50 a km."""
    driver = Driver(fleet.DriverId(number), name or f"Driver {number}", phone=f"+423 555 00{number:02d}")
    vehicle = Vehicle(fleet.VehicleId(number), f"Van {number:02d}", f"FL {number}", Capacity(100_000, 1_000, 10))
    base = Shift(
        id=ShiftId(number),
        slot=number,
        driver=driver,
        vehicle=vehicle,
        start=8 * 3600,
        end=16 * 3600,
        start_place=PLACES[0],
        end_place=PLACES[0],
        costs=Costs(3000, 50, 0),
    )
    return replace(base, **changes)


def small_day(**windows: Window) -> Day:
    """See the head of this module. `stop_4=Window(…)`: stop 4 has such a window."""
    plan = Plan(
        {
            POOL: Route(POOL, (StopId(6),)),
            ShiftId(1): Route(ShiftId(1), (StopId(1), StopId(2), StopId(3))),
            ShiftId(2): Route(ShiftId(2), (StopId(4), StopId(5))),
        }
    )
    held = {int(name.removeprefix("stop_")): (window,) for name, window in windows.items()}
    orders = [order(k, windows=held.get(k, ())) for k in range(1, 7)]
    return open_day(DEPOT, DAY, orders, [shift(1, "Ada Quill"), shift(2, "Ben Rook")], line_matrix(), plan)


def tours_day() -> Day:
    """The line of `small_day`: Ada drives twice, Ben has his breaks by driving time.

    Ada's van carries 30 kg and is loaded anew in 20 min: stops 1, 2, 3 (08:10, 08:25, 08:40), 08:45 + 30 min back,
    reload 09:15–09:35, then 4, 5 (10:15, 10:30), back 10:35 + 50 min = 11:25, 25 min after her shift, of which an
    hour is allowed at 24.00 on top: 10.00. Ben drives 40 min at most before 10 of break: to stop 6 08:00–08:40,
    break, 08:50–09:10; 09:15, 20 more min, break 09:35–09:45, 40 min are left, back 10:25.
    """
    ada = shift(1, "Ada Quill", tours=2, reload_s=1200, end=11 * 3600, overtime_s=3600, overtime_per_hour=2400)
    ada = replace(ada, vehicle=replace(ada.vehicle, capacity=Capacity(30_000, 1_000, 10)))
    ben = shift(2, "Ben Rook", pause=fleet.DrivingBreaks(2400, 600, 300, 300))
    plan = Plan(
        {
            POOL: Route(POOL),
            ShiftId(1): Route(ShiftId(1), tuple(map(StopId, (1, 2, 3, 4, 5)))),
            ShiftId(2): Route(ShiftId(2), (StopId(6),)),
        }
    )
    return open_day(DEPOT, DAY, [order(k) for k in range(1, 7)], [ada, ben], line_matrix(), plan)
