"""Days with everything that a sheet can show: for the tests and the benchmark of the printed papers.

`rich_day` is one route of 18 stops (letter K, slot 8) with windows, cash, cold goods, an ADR line, a collection, a
break and names that try to break out of the page; four orders are not planned. `big_day` is many like stops.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np

from dispatch_console.domain import fleet
from dispatch_console.domain.day import Approval, Day, DayState, open_day
from dispatch_console.domain.fleet import Break, Capacity, Depot, Driver, Shift, ShiftId, Vehicle
from dispatch_console.domain.orders import Address, Item, Order, OrderId, OrderKind, Priority, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Plan, Route
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.domain.travel import TravelMatrix

DAY = dt.date(2026, 11, 23)
PRINTED = dt.datetime(2026, 11, 23, 6, 52, tzinfo=dt.UTC)
K = ShiftId(4721)
DEPOT_PLACE = Place(50.60, -1.10)
DEPOT = Depot(
    fleet.DepotId(1),
    "Saltwick Depot",
    DEPOT_PLACE,
    "Europe/London",
    "3 Ropery Lane, SW1K 2AA Saltwick",
    "+441632960100",
    "+441632960199",
    "GBP",
    "GB",
)
HOSTILE = "O’Dell & Søn <script>alert(1)</script> ${7*7} `x` \"q\" 'y' {{ 7*7 }} </style>"
LONG_NAME = "Saint Wendreda Community and Rehabilitation Centre of the Lower Marshes, Wing C"
LONG_STREET = (
    "Old Customs Warehouse No. 14, Second Courtyard, Reception Level −1, 218–226 Lower Embankment Promenade North"
)


def at(text: str) -> int:
    """`08:30` → seconds."""
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def windows(*texts: str) -> tuple[Window, ...]:
    """`08:00-10:00` → a window."""
    return tuple(Window(at(text[:5]), at(text[6:])) for text in texts)


def rich_orders() -> list[Order]:
    """Orders 1 … 18 in driving order; number 7 is a collection. 57 pieces go out, 4 come back."""
    pieces = (6, 1, 2, 3, 1, 2, 4, 5, 1, 2, 8, 2, 3, 4, 1, 7, 1, 8)
    grams = (48_040, 2_440, 6_150, 7_500, 3_100, 18_400, 38_000, 31_500, 1_800, 78_000)
    grams += (64_500, 9_600, 12_700, 36_000, 4_200, 52_500, 2_900, 86_000)
    plain = [_plain(i, count, weight) for i, (count, weight) in enumerate(zip(pieces, grams, strict=True), 1)]
    changes: dict[int, dict[str, object]] = {
        1: {"windows": windows("08:00-10:00"), "notes": "Loading door at the rear,\nring twice."},
        2: {"cod": Money(6490, "GBP"), "notes": "Blue door."},
        3: {"windows": windows("08:00-09:30", "13:00-14:30")},
        4: {"skills": ("cold",), "items": (Item("", "cool boxes 2–8 °C"),), "windows": windows("08:30-10:30")},
        6: {"skills": ("Alter 18", "fragile"), "windows": windows("09:00-11:30")},
        7: {"kind": OrderKind.COLLECTION, "items": (Item("", "cartons"),), "windows": windows("09:30-12:00")},
        8: {"name": LONG_NAME, "address": Address(LONG_STREET, "", "SW2 9XW", "Saltwick Riverside", "GB")},
        9: {"attempts": 1, "priority": Priority.HIGH},
        10: {"skills": ("2-Mann",), "items": (Item("", "wardrobe in 2 boxes"),), "windows": windows("10:30-13:00")},
        11: {"windows": windows("11:00-15:00")},
        12: {"cod": Money(14950, "GBP"), "notes": "Dog. Ring and stay at the gate."},
        13: {"name": HOSTILE, "notes": HOSTILE, "windows": windows("12:00-14:00")},
        14: {"items": (Item("", "UN 1263, PAINT, 3, II, (D/E)", 4),), "windows": windows("12:00-15:30")},
        16: {"windows": windows("12:30-14:00")},
        17: {"windows": windows("13:00-14:00")},
        18: {"notes": "Forklift on site.", "windows": windows("13:00-16:00")},
    }
    return [replace(order, **changes.get(i, {})) for i, order in enumerate(plain, 1)]


def open_orders() -> list[Order]:
    """Four orders that no route takes: no place, too heavy, window too early, a skill nobody has."""
    return [
        replace(_plain(31, 3, 11_400), place=None, cod=Money(3500, "GBP"), address=Address("Shed behind the pier")),
        replace(_plain(32, 1, 990_000)),
        replace(_plain(33, 1, 2_200), windows=windows("07:00-07:30")),
        replace(_plain(34, 2, 61_000), skills=("crane",)),
    ]


def rich_day(state: DayState = DayState.APPROVED) -> Day:
    """Leaves at 08:00; 15 minutes from stop to stop, 5 minutes at each; break 11:20–11:50, between 10 and 11.

    Stop k begins at 07:55 + 20 k min, from the break on 30 min later: stop 10 at 11:15, stop 11 at 12:05, stop 16
    at 13:45 (15 min to spare), stop 17 at 14:05 (5 min late), stop 18 at 14:25; back at 14:45.
    """
    orders = [*rich_orders(), *open_orders()]
    places = [DEPOT_PLACE, *(order.place for order in orders if order.place is not None)]
    n = len(places)
    durations = np.full((n, n), 900, np.int32)
    np.fill_diagonal(durations, 0)
    matrix = TravelMatrix(places, durations, np.full((n, n), 3760, np.int32), "test")
    driver = Driver(fleet.DriverId(1), "Ilse Marchmont-Boyd", "+447700900301", frozenset({"cold", "2-mann"}))
    vehicle = Vehicle(fleet.VehicleId(1), "Van 21", "QQ21 VAN", Capacity(1_150_000, 11_000, None))
    shift = Shift(
        K,
        8,
        replace(driver, skills=driver.skills | {"alter 18", "fragile"}),
        vehicle,
        at("08:00"),
        at("16:30"),
        DEPOT_PLACE,
        DEPOT_PLACE,
        Break(1800, Window(at("11:20"), at("12:30"))),
    )
    plan = Plan({K: Route(K, tuple(StopId(i) for i in range(1, 19)))})
    return open_day(DEPOT, DAY, orders, [shift], matrix, plan, approval=Approval(state))


def toured_day() -> Day:
    """The rich day in a van of 270 kg that drives two tours, with breaks by driving time: after 90 min 30 of them.

    Tour 1 is stops 1–11 with the collection, back at 12:25; 25 min of loading; a break at 12:50; tour 2 is 12–18.
    """
    day = rich_day()
    shift = day.shifts[K]
    van = replace(shift.vehicle, capacity=Capacity(270_000, 11_000, None))
    breaks = fleet.DrivingBreaks(5400, 1800, 900, 900)
    shift = replace(shift, tours=3, reload_s=1500, pause=breaks, vehicle=van, end=at("20:00"))
    return replace(day, shifts={K: shift}).rescheduled([K])


def big_day(routes: int, stops: int) -> Day:
    """Approved; `routes` routes of `stops` like stops each, 2 minutes apart."""
    count = routes * stops
    orders = [
        replace(
            _plain(i, 1 + i % 4, 2_000 + 170 * (i % 60)),
            windows=windows("08:00-12:00") if i % 3 else (),
            cod=Money(1250 + i, "GBP") if i % 9 == 0 else None,
            notes="Ring twice, the door is at the rear." if i % 2 else "",
        )
        for i in range(1, count + 1)
    ]
    places = [DEPOT_PLACE, *(order.place for order in orders if order.place is not None)]
    n = len(places)
    matrix = TravelMatrix(places, np.full((n, n), 120, np.int32), np.full((n, n), 1500, np.int32), "test")
    shifts = [
        Shift(
            ShiftId(r),
            r,
            Driver(fleet.DriverId(r), f"Driver Number {r}", "+447700900301"),
            Vehicle(fleet.VehicleId(r), f"Van {r}", f"QQ21 V{r:02d}", Capacity(1_150_000, 11_000, None)),
            at("08:00"),
            at("16:30"),
            DEPOT_PLACE,
            DEPOT_PLACE,
            Break(1800, Window(at("11:20"), at("12:30"))),
        )
        for r in range(1, routes + 1)
    ]
    plan = Plan(
        {
            ShiftId(r): Route(ShiftId(r), tuple(StopId(i) for i in range((r - 1) * stops + 1, r * stops + 1)))
            for r in range(1, routes + 1)
        }
    )
    return open_day(DEPOT, DAY, orders, shifts, matrix, plan, approval=Approval(DayState.APPROVED))


def _plain(number: int, pieces: int, grams: int) -> Order:
    """Order `number` on a spiral around the depot, 7 l a kilogram."""
    angle, far = number * 0.55, 0.008 + 0.0011 * (number % 40)
    return Order(
        reference=str(70841200 + number),
        id=OrderId(70841200 + number),
        stop=StopId(number),
        name=f"Ruth Vantongeren {number}",
        phone=f"+4416329601{number % 100:02d}",
        address=Address(
            f"{number} Long Acre", "", f"SW{number % 9} 7LA", "Eastmere" if number > 9 else "Saltwick", "GB"
        ),
        place=Place(
            DEPOT_PLACE.lat + far * np.sin(angle).item(), DEPOT_PLACE.lon + 1.6 * far * np.cos(angle).item()
        ),
        place_quality="file",
        day=DAY,
        service_s=300,
        size=Size(grams, grams * 7 // 1000, pieces),
    )
