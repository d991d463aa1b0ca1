"""A day in Liechtenstein for pictures of the window: orders at real addresses of the extract, planned by the
search. Depot, customers and drivers are invented."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from dispatch_console.domain.day import open_day
from dispatch_console.domain.fleet import (
    Capacity,
    Costs,
    Depot,
    DepotId,
    Driver,
    DriverId,
    Shift,
    ShiftId,
    Vehicle,
    VehicleId,
)
from dispatch_console.domain.orders import Address, Order, OrderId, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap
from dispatch_console.domain.region import House
from dispatch_console.domain.sizes import Size
from dispatch_console.optimiser.options import Options
from dispatch_console.roads.pack import reading
from dispatch_console.services import fleet, planning, travel
from dispatch_console.services.regions import use
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from tests.end2end.windows import Fill

DAY = dt.date(2026, 11, 23)
WHO = "pictures"
DEPOT = Depot(
    DepotId(0),
    "Rheinau depot",
    Place(47.1747, 9.5163),
    "Europe/Vaduz",
    "",
    currency="CHF",
    country="LI",
    service_s=240,
)
_GIVEN = (
    "Ada Ben Cleo Dario Elin Finn Greta Hugo Ida Jonas Kira Leo Mira Nils Olga Pia Rolf Selma Timo Ursin".split()
)
_NAMES = "Amsel Birnbaum Falk Gantenrot Hagedorn Immergrün Kranich Lerchen Moosmann Quendel Rotkehl Sandor".split()
_DRIVERS = ("Elin Rotkehl", "Jonas Falk", "Mira Sandor", "Nils Amsel", "Selma Kranich")
_WINDOWS = (Window(8 * 3600, 12 * 3600), Window(9 * 3600, 11 * 3600), Window(10 * 3600, 14 * 3600))


def fill(extract: Path, pack: Path, cache: Path, stops: int = 60) -> Fill:
    """Puts the day into a store."""

    def filled(store: Store) -> dt.date:
        depot = fleet.save_depot(store, None, DEPOT, WHO)
        shifts = [_shift(store, depot, k, name) for k, name in enumerate(_DRIVERS, 1)]
        orders = _orders(reading.read(extract).houses, stops)
        for kind, count in (("order", stops), ("stop", stops), ("shift", len(shifts))):
            store.new_ids(kind, count)
        store.save_change(_planned(depot, orders, shifts, pack, cache), depot.id, DAY, 0, WHO, new_command())
        return DAY

    return filled


def _shift(store: Store, depot: Depot, number: int, name: str) -> Shift:
    driver = fleet.save_driver(
        store, depot.id, None, Driver(DriverId(0), name, phone=f"+423 000 00 {number:02d}"), WHO
    )
    van = Vehicle(VehicleId(0), f"Van {number}", "", Capacity(400_000, 9_000, None))
    vehicle = fleet.save_vehicle(store, depot.id, None, van, WHO)
    return Shift(
        ShiftId(number),
        number,
        driver,
        vehicle,
        7 * 3600,
        14 * 3600,
        depot.place,
        depot.place,
        costs=Costs(3200, 60, 0),
    )


def _orders(houses: list[House], count: int) -> list[Order]:
    rng = random.Random(11)
    whole = sorted({house for house in houses if house.street and house.number and house.city})
    return [_order(rng, k, house) for k, house in enumerate(rng.sample(whole, count), 1)]


def _order(rng: random.Random, number: int, house: House) -> Order:
    kilograms = rng.randint(2, 60)
    return Order(
        reference=f"{4200 + number}",
        id=OrderId(number),
        stop=StopId(number),
        name=f"{rng.choice(_GIVEN)} {rng.choice(_NAMES)}",
        address=Address(house.street, house.number, house.postcode, house.city, "LI"),
        place=house.place,
        place_quality="house",
        day=DAY,
        windows=(rng.choice(_WINDOWS),) if rng.random() < 0.4 else (),
        size=Size(kilograms * 1000, kilograms * 6, rng.randint(1, 6)),
    )


def _planned(depot: Depot, orders: list[Order], shifts: list[Shift], pack: Path, cache: Path) -> PlanChange:
    """Orders, shifts and the plan that the search has found on the pack's roads."""
    with use.roads(str(pack), cache=cache) as roads:
        places = [depot.place, *(order.place for order in orders if order.place is not None)]
        day = open_day(depot, DAY, orders, shifts, travel.matrix(places, roads))
        plan = planning.search(day, Options(seconds=4.0), lambda point: None).after.plan
    routes = tuple(Swap(Route(id), plan.route(id)) for id in (POOL, *(shift.id for shift in shifts)))
    return PlanChange(
        "The day", routes, tuple(Swap(None, order) for order in orders), tuple(Swap(None, one) for one in shifts)
    )
