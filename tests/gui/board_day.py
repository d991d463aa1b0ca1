"""Days for the board and the table of orders: a rich one with a bit of everything, and big ones. All invented."""

from __future__ import annotations

import datetime as dt
import math
import random
from dataclasses import replace

import numpy as np

from dispatch_console.domain import fleet
from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fleet import Break, Capacity, Costs, Depot, Driver, Shift, ShiftId, Vehicle
from dispatch_console.domain.orders import Address, Order, OrderId, OrderKind, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.domain.travel import TravelMatrix

DATE = dt.date(2026, 11, 23)
DEPOT = Depot(fleet.DepotId(1), "Lindmoor depot", Place(50.0, 10.0), "Europe/Vaduz", country="LI", currency="EUR")

DRIVERS = (
    ("Mara Keller", "Sprinter 01", ("Lindmoor", "Oakhaven"), 20),
    ("Tomas Brandt", "Sprinter 02", ("Lindmoor", "Oakhaven"), 18),
    ("Ines Falk", "Crafter 03", ("Lindmoor", "Northcote"), 21),
    ("Jonas Reuter", "Sprinter 04", ("Lindmoor", "Saltby", "Northcote"), 19),
    ("Lea Sommer", "Daily 05", ("Lindmoor", "Saltby"), 20),
    ("Piet Aldous", "Crafter 06", ("Lindmoor", "Thornley"), 19),
    ("Nadia Voss", "Sprinter 07", ("Lindmoor", "Fernhill"), 20),
    ("Oskar Lindt", "Daily 08", ("Millbrook",), 18),
    ("Ruth Hallam", "Crafter 09", ("Lindmoor", "Millbrook"), 19),
    ("Cem Aydar", "Sprinter 10", ("Brackwater",), 20),
    ("Greta Nyberg", "Daily 11", ("Westerby", "Brackwater"), 21),
    ("Finn Marlow", "Crafter 12", ("Westerby", "Lindmoor"), 17),
)
_TOWNS = {
    "Lindmoor": (0.0, -0.01),
    "Oakhaven": (0.05, -0.14),
    "Northcote": (0.12, 0.0),
    "Saltby": (0.09, 0.13),
    "Thornley": (0.0, 0.16),
    "Fernhill": (-0.07, 0.14),
    "Millbrook": (-0.12, 0.04),
    "Brackwater": (-0.09, -0.13),
    "Westerby": (-0.01, -0.15),
}
_SURNAMES = (
    "Norwell Jessop Osgood Drayton Kettering Tarrant Yardley Elmsford Ashdown Underhill Coldwell Carstone Birkwell "
    "Dunhallow Lorne Selwick Maddox Farrow Redfern Gantry Penrose Ackermoor Vance Wexley Everly Hollis Ingleby "
    "Quarry Foxglove Butcher Bramble"
).split()
_NAMES = "Yara Fritz Carla Rosa Zoe Silas Ada Wanda Nora Tilda Celia Jette Alma Boris Quinn Ulf Igor Lotte".split()
_FIRMS = (
    "Dairy Almgrund",
    "Hotel Drei Eichen",
    "Vet Pfotenhof",
    "Clinic Saltby",
    "Studio Nord",
    "Kindergarten Igel",
)
_WINDOWS = (
    Window(8 * 3600, 12 * 3600),
    Window(9 * 3600, 13 * 3600),
    Window(8 * 3600, 10 * 3600),
    Window(9 * 3600, 11 * 3600),
    Window(10 * 3600, 12 * 3600),
    Window(10 * 3600, 14 * 3600),
    Window(12 * 3600, 16 * 3600),
    Window(9 * 3600 + 1800, 10 * 3600 + 1800),
    Window(10 * 3600 + 900, 11 * 3600 + 900),
)


def rich_day() -> Day:
    """12 drivers, 240 orders: 232 planned (two late, one van overloaded), 6 unassigned, 2 without a place."""
    rnd = random.Random(23)
    towns = [(name, town) for name, _, all_towns, n in DRIVERS for town in _spread(all_towns, n) for _ in (name,)]
    orders = [_order(rnd, 4104 + k, k + 1, town) for k, (_, town) in enumerate(towns)]
    routes: dict[ShiftId, Route] = {}
    at = 0
    for slot, (_, _, _, n) in enumerate(DRIVERS, 1):
        mine = _tour(orders[at : at + n])
        routes[ShiftId(slot)] = Route(ShiftId(slot), tuple(o.stop for o in mine))
        at += n
    loose = [_order(rnd, 4094 + k, len(orders) + 1 + k, "Lindmoor") for k in range(6)]
    pool = [*_hard(loose), *_lost(rnd, len(orders) + 7)]
    shifts = [_shift(slot) for slot in range(1, len(DRIVERS) + 1)]
    plan = Plan({POOL: Route(POOL, tuple(o.stop for o in pool)), **routes})
    day = open_day(DEPOT, DATE, [*orders, *pool], shifts, matrix([*orders, *pool]), plan)
    return _finished(rnd, day)


def big_day(stops: int, routes: int) -> Day:
    """`stops` planned stops over `routes` routes, places at random, a window for every other one."""
    rnd = random.Random(7)
    towns = list(_TOWNS)
    orders = [_order(rnd, 10_000 + k, k + 1, towns[k % len(towns)]) for k in range(stops)]
    orders = [replace(o, windows=(_WINDOWS[k % len(_WINDOWS)],)) if k % 2 else o for k, o in enumerate(orders)]
    share = -(-stops // routes)
    plan = Plan(
        {
            ShiftId(r + 1): Route(ShiftId(r + 1), tuple(o.stop for o in orders[r * share : (r + 1) * share]))
            for r in range(routes)
        }
    )
    return open_day(DEPOT, DATE, orders, [_shift(slot) for slot in range(1, routes + 1)], matrix(orders), plan)


def matrix(orders: list[Order]) -> TravelMatrix:
    """Straight lines × 1.3 at 36 km/h, and a minute to set off."""
    places = list(dict.fromkeys([DEPOT.place, *(o.place for o in orders if o.place is not None)]))
    at = np.array(places) * (111_200, 111_200 * math.cos(math.radians(50)))
    metres = np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1)) * 1.3
    seconds = metres / 10 + 60 * (metres > 0)
    return TravelMatrix(places, seconds.astype(np.int32), metres.astype(np.int32), "straight lines")


def _spread(towns: tuple[str, ...], n: int) -> list[str]:
    return [towns[k * len(towns) // n] for k in range(n)]


def _order(rnd: random.Random, reference: int, id: int, town: str) -> Order:
    north, east = _TOWNS[town]
    firm = rnd.random() < 0.06
    name = "" if firm else f"{rnd.choice(_NAMES)} {rnd.choice(_SURNAMES)}"
    marks: dict[str, object] = {}
    draw = rnd.random()
    if draw < 0.08:
        marks["cod"] = Money(rnd.randrange(900, 20_000), "EUR")
    elif draw < 0.22:
        marks["skills"] = (("two-man",), ("cold",), ("age-check",))[int(draw * 100) % 3]
    elif draw < 0.27:
        marks["kind"] = OrderKind.COLLECTION
    return Order(
        reference=str(reference),
        id=OrderId(id),
        stop=StopId(id),
        name=name,
        company=rnd.choice(_FIRMS) if firm else "",
        phone=f"+00 555 {reference:04d}",
        address=Address("Ropewalk", str(rnd.randrange(1, 90)), "9000", town),
        place=Place(50 + north + rnd.gauss(0, 0.012), 10 + east * 1.5 + rnd.gauss(0, 0.018)),
        place_quality="house",
        day=DATE,
        service_s=rnd.choice((360, 420, 480, 600, 720)),
        size=Size(rnd.randrange(4, 40) * 1000, rnd.randrange(20, 400), rnd.randrange(1, 9)),
        **marks,
    )


def _tour(orders: list[Order]) -> list[Order]:
    """Nearest neighbour from the depot."""
    left, here, tour = list(orders), DEPOT.place, list[Order]()
    while left:
        nearest = min(left, key=lambda o: math.dist(here, o.place or here))
        left.remove(nearest)
        tour.append(nearest)
        here = nearest.place or here
    return tour


def _shift(slot: int) -> Shift:
    name, vehicle, _, _ = DRIVERS[(slot - 1) % len(DRIVERS)]
    return Shift(
        id=ShiftId(slot),
        slot=slot,
        driver=Driver(
            fleet.DriverId(slot), name, f"+00 555 01{slot:02d}", frozenset({"two-man", "cold", "age-check"})
        ),
        vehicle=Vehicle(fleet.VehicleId(slot), vehicle, f"LI {slot}", Capacity(900_000, 9_000, 150)),
        start=7 * 3600,
        end=15 * 3600 + 1800,
        start_place=DEPOT.place,
        end_place=DEPOT.place,
        pause=Break(1800, Window(11 * 3600 + 1800, 13 * 3600)),
        costs=Costs(3000, 40),
    )


def _hard(orders: list[Order]) -> list[Order]:
    """Orders that nobody can take: their windows have no room, they are too heavy, or need what nobody has."""
    rules: list[dict[str, object]] = [
        {"windows": (Window(5 * 3600, 6 * 3600),)},
        {"size": Size(800_000, 100, 1)},
        {"skills": ("crane",)},
        {"windows": (Window(5 * 3600 + 1800, 6 * 3600),)},
        {"service_s": 4 * 3600},
        {"size": Size(700_000, 10, 1)},
    ]
    return [replace(order, **rule) for order, rule in zip(orders, rules, strict=True)]


def _lost(rnd: random.Random, first: int) -> list[Order]:
    lost = [_order(rnd, 4090 + k, first + k, "Lindmoor") for k in range(2)]
    return [replace(o, place=None, place_quality=None, address=Address("Ropewalk 12")) for o in lost]


def _finished(rnd: random.Random, day: Day) -> Day:
    """Windows that suit the times, two that do not, a long wait, pins, a lock, an overload; then all anew."""
    orders = dict(day.orders)
    for route in day.routes:
        for visit in day.schedules[route.id].visits:
            fitting = [w for w in _WINDOWS if w.start <= visit.begin - 300 and visit.begin + 1200 <= w.end]
            if fitting and rnd.random() < 0.55:
                orders[_first(day, visit.stop)] = replace(
                    orders[_first(day, visit.stop)], windows=(rnd.choice(fitting),)
                )
    for route, at, minutes in ((3, 11, 19), (7, 11, 6)):
        visit = day.schedules[ShiftId(route)].visits[at]
        end = visit.arrive - minutes * 60 + 5
        id = _first(day, visit.stop)
        orders[id] = replace(orders[id], windows=(Window(8 * 3600, end // 900 * 900),))
    waiting = day.schedules[ShiftId(5)].visits[9]
    start = -(-(waiting.arrive + 9 * 60) // 900) * 900
    id = _first(day, waiting.stop)
    orders[id] = replace(orders[id], windows=(Window(start, start + 3600),))
    routes = dict(day.plan.routes)
    routes[ShiftId(5)] = replace(routes[ShiftId(5)], locked=True)
    for route, at in ((1, 8), (2, 13), (5, 10), (7, 0)):
        r = routes[ShiftId(route)]
        routes[ShiftId(route)] = replace(r, pinned=frozenset({r.stops[at]}))
    shifts = dict(day.shifts)
    for slot in shifts:
        shifts[slot] = _fitting_van(day, shifts[slot], 107 if slot == 10 else rnd.randrange(56, 90))
    return open_day(DEPOT, DATE, orders.values(), shifts.values(), day.travel, Plan(routes))


def _first(day: Day, stop: StopId) -> OrderId:
    return day.stops[stop].order.id


def _fitting_van(day: Day, shift: Shift, percent: int) -> Shift:
    """A van that the route's weight fills to `percent`."""
    peak = day.schedules[shift.id].load_peak
    capacity = Capacity(peak.grams * 100 // percent, peak.litres * 100 // 62, peak.pieces * 100 // 74)
    return replace(shift, vehicle=replace(shift.vehicle, capacity=capacity))
