"""Loads the compiled search, or compiles it where the cache has nothing: by solving a day of three stops."""

from __future__ import annotations

import datetime as dt

import numpy as np

from dispatch_console.domain.fleet import Driver, DriverId, Shift, ShiftId, Vehicle, VehicleId
from dispatch_console.domain.orders import Order, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Route
from dispatch_console.domain.schedule import Basis, schedule
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.optimiser import search, tasks
from dispatch_console.optimiser.tasks import Held, Problem, Task

_END = 80_000


def warm() -> None:
    """Everything that a search calls has been called once."""
    search.solve(_smallest(), lambda: False, lambda _: None)


def _smallest() -> Problem:
    places = [Place(0.0, k / 100) for k in range(4)]
    away = np.abs(np.arange(4)[:, None] - np.arange(4)[None]).astype(np.int32) * 100
    windows = (Window(0, _END),)
    stops = {StopId(k): Stop(StopId(k), (Order("", stop=StopId(k)),), places[k], windows, 60) for k in range(1, 4)}
    shift = Shift(ShiftId(1), 1, Driver(DriverId(1), ""), Vehicle(VehicleId(1), ""), 0, _END, places[0], places[0])
    travel = TravelMatrix(places, away, away, "line")
    basis = Basis(dt.date(2000, 1, 3), "UTC", stops, {shift.id: shift}, travel)
    route = Route(shift.id)
    return Problem(
        vehicles=(tasks.Vehicle(shift.id, 0, 0, 0, 0, _END),),
        tasks=tuple(
            Task(stop, k, windows, 60, stops[stop].delivery, stops[stop].collection, (0,))
            for k, stop in enumerate(stops, 1)
        ),
        basis=basis,
        held=(Held(route, schedule(route, shift, basis)),),
        rounds=10,
    )
