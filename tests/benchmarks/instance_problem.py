"""An instance as the product's own question to its search: a metre is a cent, time costs nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dispatch_console.domain.fleet import Capacity, Costs, Driver, DriverId, Shift, ShiftId, Vehicle, VehicleId
from dispatch_console.domain.orders import Order, OrderId, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Route
from dispatch_console.domain.schedule import Basis, schedule
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.optimiser import tasks
from dispatch_console.optimiser.tasks import NEVER, Found, Held, Problem, Task
from tests.benchmarks.instances import Instance

#: Cents a kilometre: a metre, which is a unit of the matrix, costs a cent.
A_CENT_A_METRE = Costs(per_hour=0, per_km=1000)
#: Where nothing says when routes end: later than any of them can.
_LATEST = 10**8
_METRES_A_DEGREE = 111_195


def build(instance: Instance, seconds: float, seed: int, workers: int) -> Problem:
    """The problem with stop k for client k. The matrix is not copied: durations are the distances."""
    places = _places(instance)
    travel = TravelMatrix(places, instance.matrix, instance.matrix, instance.name)
    stops = {StopId(client): _stop(instance, client, places[client]) for client in range(1, instance.clients + 1)}
    shifts = [_shift(instance, number, places[0]) for number in range(1, instance.vehicles + 1)]
    basis = Basis(dt.date(2026, 11, 23), "UTC", stops, {shift.id: shift for shift in shifts}, travel)
    everybody = tuple(range(len(shifts)))
    return Problem(
        vehicles=tuple(_vehicle(shift, instance.capacity) for shift in shifts),
        tasks=tuple(
            Task(stop.id, int(stop.id), stop.windows, stop.service_s, stop.delivery, stop.collection, everybody)
            for stop in stops.values()
        ),
        basis=basis,
        held=_held(shifts, basis),
        seconds=seconds,
        seed=seed,
        workers=workers,
    )


def routes(found: Found) -> list[list[int]]:
    """The routes of a plan as lists of clients; empty ones are left out."""
    return [[int(stop) for stop in stops] for stops in found.sequences.values() if stops]


def _places(instance: Instance) -> list[Place]:
    """The nodes around the equator at null, true to scale: a unit of the matrix is about a metre."""
    degrees = instance.xy * (instance.scale / _METRES_A_DEGREE)
    return [Place(lat, lon) for lon, lat in degrees.tolist()]


def _stop(instance: Instance, client: int, place: Place) -> Stop:
    order = Order(str(client), id=OrderId(client), stop=StopId(client), place=place)
    windows = () if instance.windows is None else (Window(*(int(t) for t in instance.windows[client])),)
    goods = Size(pieces=int(instance.demand[client]))
    return Stop(StopId(client), (order,), place, windows, int(instance.service[client]), delivery=goods)


def _shift(instance: Instance, number: int, depot: Place) -> Shift:
    start, end = (0, _LATEST) if instance.windows is None else (int(t) for t in instance.windows[0])
    return Shift(
        id=ShiftId(number),
        slot=number,
        driver=Driver(DriverId(number), f"Driver {number}"),
        vehicle=Vehicle(VehicleId(number), f"Van {number}", capacity=Capacity(pieces=instance.capacity)),
        start=start,
        end=end,
        start_place=depot,
        end_place=depot,
        costs=A_CENT_A_METRE,
    )


def _vehicle(shift: Shift, capacity: int) -> tasks.Vehicle:
    return tasks.Vehicle(
        shift=shift.id,
        start_at=0,
        end_at=0,
        leave=shift.start,
        paid_from=shift.start,
        shift_end=shift.end,
        limits=Size(NEVER, NEVER, capacity),
        costs=shift.costs,
    )


def _held(shifts: list[Shift], basis: Basis) -> tuple[Held, ...]:
    """Nothing is held: the empty route of each vehicle. They are alike, so one schedule serves for all."""
    if not shifts:
        return ()
    empty = schedule(Route(shifts[0].id), shifts[0], basis)
    return tuple(Held(Route(shift.id), replace(empty, route=shift.id)) for shift in shifts)
