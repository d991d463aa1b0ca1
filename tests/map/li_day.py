"""A day in Liechtenstein: stops along its streets, for maps of the real extract."""

from __future__ import annotations

import random
from dataclasses import replace

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.domain.region import StreetLine
from dispatch_console.services import travel
from tests import factories
from tests.map import days

DEPOT = Place(47.1655, 9.5083)


def day(streets: tuple[StreetLine, ...], stops: int, drivers: int, seed: int = 3) -> Day:
    """`stops` orders on `streets`, swept into the routes of `drivers`, each van going on to what is nearest."""
    rng = random.Random(seed)
    lines = [street for street in streets if street.kind in ("residential", "tertiary", "secondary", "primary")]
    template = days.town_day(stops, drivers, unplaced=0, loose=0)
    places = {stop: rng.choice(rng.choice(lines).points) for stop in template.stops}
    orders = [replace(s.order, place=places[id], windows=()) for id, s in template.stops.items()]
    depot = replace(template.depot, name="Schaan depot", place=DEPOT)
    shifts = [replace(shift, start_place=DEPOT, end_place=DEPOT) for shift in template.shifts.values()]
    order = sorted(places, key=lambda stop: (places[stop].lat, places[stop].lon))
    routes: dict[ShiftId, Route] = {POOL: Route(POOL, ())}
    for at, shift in enumerate(shifts):
        share = order[at * len(order) // drivers : (at + 1) * len(order) // drivers]
        routes[shift.id] = Route(shift.id, _near_first(share, places))
    matrix = travel.matrix([DEPOT, *places.values()])
    return open_day(depot, factories.DAY, orders, shifts, matrix, Plan(routes))


def _near_first(stops: list[StopId], places: dict[StopId, Place]) -> tuple[StopId, ...]:
    left, here, found = list(stops), DEPOT, list[StopId]()
    while left:
        nearest = min(
            left, key=lambda stop: (places[stop].lat - here.lat) ** 2 + (places[stop].lon - here.lon) ** 2
        )
        left.remove(nearest)
        found.append(nearest)
        here = places[nearest]
    return tuple(found)
