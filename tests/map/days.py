"""Days with many stops in a few towns, the same for the same numbers: what maps and timelines are tried on."""

from __future__ import annotations

import math
import random
from dataclasses import replace

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fleet import Break, Depot, DepotId, Shift, ShiftId
from dispatch_console.domain.orders import Address, Order, OrderId, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.domain.sizes import Size
from dispatch_console.services import travel
from tests import factories

HOUR = 3600
DEPOT = Depot(DepotId(1), "Lindmoor depot", Place(54.8892, 2.6297), "Europe/Amsterdam", currency="EUR")

#: name, latitude, longitude, how far its houses lie out (degrees of latitude), weight
TOWNS = (
    ("Lindmoor", 54.9065, 2.6080, 0.016, 30),
    ("Northcote", 54.9720, 2.6109, 0.010, 16),
    ("Saltby", 54.9525, 2.6890, 0.011, 14),
    ("Thornley", 54.9040, 2.7200, 0.010, 11),
    ("Fernhill", 54.8500, 2.7050, 0.011, 13),
    ("Millbrook", 54.8190, 2.6150, 0.012, 13),
    ("Brackwater", 54.8485, 2.5050, 0.011, 11),
    ("Westerby", 54.8960, 2.4880, 0.009, 9),
    ("Oakhaven", 54.9470, 2.5130, 0.010, 10),
)
FIRST = ("Mara", "Tomas", "Ines", "Jonas", "Lea", "Piet", "Nadia", "Oskar", "Ruth", "Cem", "Greta", "Finn")
LAST = (
    "Keller",
    "Brandt",
    "Falk",
    "Reuter",
    "Sommer",
    "Aldous",
    "Voss",
    "Lindt",
    "Hallam",
    "Aydar",
    "Nyberg",
    "Marlow",
)


def town_day(stops: int = 240, drivers: int = 12, *, seed: int = 7, loose: int = 6, unplaced: int = 2) -> Day:
    """`stops` orders, each its own stop, swept into the routes of `drivers` around the depot.

    The last `unplaced` have no place; `loose` more are unassigned. Every third planned stop has a window of two
    hours that suits its driver; of every fortieth it closes ten minutes before he comes.
    """
    rng = random.Random(seed)
    orders = [_order(rng, number, placed=number <= stops - unplaced) for number in range(1, stops + 1)]
    shifts = [_shift(slot) for slot in range(1, drivers + 1)]
    places = [DEPOT.place, *(order.place for order in orders if order.place is not None)]
    sweep = sorted((order for order in orders if order.place is not None), key=_angle)
    pool = [sweep.pop(rng.randrange(len(sweep))).stop for _ in range(loose)]
    routes = {POOL: Route(POOL, tuple(pool))}
    for at, shift in enumerate(shifts):
        share = sweep[at * len(sweep) // drivers : (at + 1) * len(sweep) // drivers]
        routes[shift.id] = Route(shift.id, _near_first(share))
    day = open_day(DEPOT, factories.DAY, orders, shifts, travel.matrix(places), Plan(routes))
    promised = _windows(day)
    orders = [replace(order, windows=promised.get(order.stop, ())) for order in orders]
    return open_day(DEPOT, factories.DAY, orders, shifts, day.travel, day.plan)


def _windows(day: Day) -> dict[StopId, tuple[Window, ...]]:
    found: dict[StopId, tuple[Window, ...]] = {}
    visits = [visit for schedule in day.schedules.values() for visit in schedule.visits]
    for at, visit in enumerate(visits):
        if at % 40 == 39:
            end = visit.arrive // 300 * 300 - 600
            found[visit.stop] = (Window(end - 2 * HOUR, end),)
        elif at % 3 == 2:
            start = (visit.arrive + 600 * (at % 2)) // HOUR * HOUR - HOUR * (at % 9 == 5)
            found[visit.stop] = (Window(start, start + 2 * HOUR),)
    return found


def _order(rng: random.Random, number: int, *, placed: bool) -> Order:
    town, lat, lon, out, _ = rng.choices(TOWNS, [t[4] for t in TOWNS])[0]
    angle, far = rng.random() * 2 * math.pi, out * math.sqrt(rng.random()) * 1.6
    place = Place(round(lat + far * math.sin(angle), 6), round(lon + 1.7 * far * math.cos(angle), 6))
    return factories.order(
        number,
        reference=str(4100 + number),
        name=f"{rng.choice(FIRST)} {rng.choice(LAST)}",
        address=Address("Linden Row", str(rng.randrange(1, 90)), "4100", town, "NL"),
        place=place if placed else None,
        service_s=rng.choice((480, 600, 840, 1080)),
        size=Size(rng.randrange(2_000, 60_000), rng.randrange(20, 200), rng.randrange(1, 5)),
        id=OrderId(number),
        stop=StopId(number),
    )


def _shift(slot: int) -> Shift:
    name = f"{FIRST[(slot - 1) % 12]} {LAST[(slot - 1 + (slot - 1) // 12) % 12]}"
    return factories.shift(
        slot,
        name,
        id=ShiftId(slot),
        start=7 * HOUR + 1800 * (slot % 2),
        end=15 * HOUR + 1800,
        start_place=DEPOT.place,
        end_place=DEPOT.place,
        pause=Break(1800, Window(11 * HOUR, 13 * HOUR + 1800)),
    )


def _angle(order: Order) -> float:
    assert order.place is not None
    return math.atan2(order.place.lat - DEPOT.place.lat, (order.place.lon - DEPOT.place.lon) * 0.57)


def _near_first(orders: list[Order]) -> tuple[StopId, ...]:
    """From the depot always on to the nearest."""
    left, here, route = list(orders), DEPOT.place, list[StopId]()
    while left:
        nearest = min(left, key=lambda order: _far(here, order.place))
        left.remove(nearest)
        assert nearest.place is not None
        here = nearest.place
        route.append(nearest.stop)
    return tuple(route)


def _far(a: Place, b: Place | None) -> float:
    assert b is not None
    return math.hypot(a.lat - b.lat, (a.lon - b.lon) * 0.57)
