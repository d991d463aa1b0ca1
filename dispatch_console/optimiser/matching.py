"""Who drives which planned route, with which vehicle: found by CP-SAT, each pair judged by scheduling it.

A driver brings his times, break, places, costs and skills, a vehicle what it carries, where it may go and its own
skills. Sequences stay as they are. First as few rules as possible are broken, then it costs as little as possible.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dispatch_console.domain.fleet import Capacity, Shift, ShiftId, Vehicle
from dispatch_console.domain.plan import Route
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import Basis, RouteSchedule, schedule

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

#: Cents that a broken rule counts, and each second, gram, … by which it is: a rule is more than any plan costs.
_A_RULE, _A_UNIT, _MOST = 100_000_000, 1, 50_000_000
#: What another driver, or another vehicle, has to save at least, in cents: loads and papers are made anew.
_ANOTHER = 300
#: Rules that hang on the vehicle; with one that carries everything everywhere they are not broken.
_MEASURES = (Rule.CAPACITY_KG, Rule.CAPACITY_M3, Rule.CAPACITY_PIECES)


class Manning(NamedTuple):
    """Who drives a route: the driver of that shift, with all that is his, in that vehicle."""

    driver: ShiftId
    vehicle: Vehicle


def driven_by(shift: Shift, who: Shift, vehicle: Vehicle) -> Shift:
    """`shift` with the driver of `who` and all that belongs to him (times, break, places, costs), in `vehicle`."""
    return replace(who, id=shift.id, slot=shift.slot, vehicle=vehicle)


def mannings(
    routes: Sequence[Route],
    basis: Basis,
    spare: Sequence[Vehicle] = (),
    *,
    drivers_stay: frozenset[ShiftId] = frozenset(),
    vehicles_stay: frozenset[ShiftId] = frozenset(),
    seconds: float = 5.0,
) -> dict[ShiftId, Manning]:
    """The best driver and vehicle of each of `routes`, among those of their shifts and `spare` vehicles.

    Empty routes take part: their drivers may get something to do. `drivers_stay`, `vehicles_stay`: routes that keep
    theirs. As it is now if nothing better is found within `seconds`.
    """
    judge = _Judge(routes, basis)
    ids = [route.id for route in routes]
    vans = [*(basis.shifts[id].vehicle for id in ids), *spare]  # by number: two shifts may share one
    model = _Model(seconds)

    def driver(route: ShiftId, who: ShiftId) -> int | None:
        return None if route in drivers_stay and who != route else judge.driver_price(route, who)

    def van(route: ShiftId, number: int) -> int | None:
        own = number < len(ids) and ids[number] == route
        return None if route in vehicles_stay and not own else judge.vehicle_price(route, vans[number], own=own)

    drive = model.pairs(ids, ids, driver)
    carry = model.pairs(ids, range(len(vans)), van)
    for id in ids:
        for skill in judge.skills(id):
            able = [drive[id, who] for who in ids if (id, who) in drive and judge.has(who, skill)]
            able += [carry[id, k] for k, one in enumerate(vans) if (id, k) in carry and skill in one.skills]
            model.any_of(able, _A_RULE * judge.asking(id, skill))
    model.begin_with([*(drive[id, id] for id in ids), *(carry[id, k] for k, id in enumerate(ids))])
    chosen = model.solved()
    if chosen is None:
        return {id: Manning(id, basis.shifts[id].vehicle) for id in ids}
    drivers = {route: who for (route, who), variable in drive.items() if chosen(variable)}
    vehicles = {route: vans[number] for (route, number), variable in carry.items() if chosen(variable)}
    return {id: Manning(drivers[id], vehicles[id]) for id in ids}


class _Judge:
    """What a driver, or a vehicle, costs on a route, in cents, with broken rules counted above all else."""

    def __init__(self, routes: Sequence[Route], basis: Basis) -> None:
        self._routes = {route.id: route for route in routes}
        self._basis = basis
        self._known: dict[tuple[ShiftId, ShiftId], RouteSchedule] = {}

    def driver_price(self, route: ShiftId, driver: ShiftId) -> int:
        """In a vehicle that carries everything everywhere. Who has nothing to drive costs nothing."""
        if not self._routes[route].stops:
            return 0
        timed = self._timed(route, driver)
        broken = sum(_A_RULE + min(_MOST, _A_UNIT * one.by) for one in timed.broken)
        return broken + timed.cost + timed.soft + (_ANOTHER if driver != route else 0)

    def vehicle_price(self, route: ShiftId, vehicle: Vehicle, *, own: bool) -> int:
        """What it cannot carry, and where it may not go, of what the route needs. `own`: the route has it now."""
        stops = [self._basis.stops[stop] for stop in self._routes[route].stops]
        if not stops:
            return 0
        peak = self._timed(route, route).load_peak
        over = [
            m - limit for m, limit in zip(peak, vehicle.capacity, strict=True) if limit is not None and m > limit
        ]
        zones = sum(1 for stop in stops if stop.zone and stop.zone in vehicle.no_zones)
        another = 0 if own else _ANOTHER
        return another + _A_RULE * (len(over) + zones) + sum(min(_MOST, _A_UNIT * by) for by in over)

    def skills(self, route: ShiftId) -> list[str]:
        return sorted({skill for stop in self._routes[route].stops for skill in self._basis.stops[stop].skills})

    def asking(self, route: ShiftId, skill: str) -> int:
        """How many stops need the skill."""
        return sum(1 for stop in self._routes[route].stops if skill in self._basis.stops[stop].skills)

    def has(self, driver: ShiftId, skill: str) -> bool:
        return skill in self._basis.shifts[driver].driver.skills

    def _timed(self, route: ShiftId, driver: ShiftId) -> RouteSchedule:
        known = self._known.get((route, driver))
        if known is None:
            own, skills = self._basis.shifts[route], frozenset(self.skills(route))
            able = replace(own.vehicle, capacity=Capacity(), skills=skills, no_zones=frozenset())
            shift = driven_by(own, self._basis.shifts[driver], able)
            known = self._known[route, driver] = schedule(self._routes[route], shift, self._basis)
        return known


class _Model:
    """An assignment for CP-SAT. It is loaded with the first one: that takes a second or two."""

    def __init__(self, seconds: float) -> None:
        from ortools.sat.python import cp_model

        self._cp, self._model, self._seconds = cp_model, cp_model.CpModel(), seconds
        self._terms: list[tuple[IntVar, int]] = []

    def pairs[A: Hashable, B: Hashable](
        self, rows: Sequence[A], columns: Sequence[B], price: Callable[[A, B], int | None]
    ) -> dict[tuple[A, B], IntVar]:
        """A variable for each pair that has a price. Every row gets one column, no column goes to two rows."""
        made: dict[tuple[A, B], IntVar] = {}
        for row in rows:
            for column in columns:
                cents = price(row, column)
                if cents is not None:
                    made[row, column] = variable = self._model.new_bool_var("")
                    self._terms.append((variable, cents))
            self._model.add_exactly_one(made[row, column] for column in columns if (row, column) in made)
        for column in columns:
            self._model.add_at_most_one(made[row, column] for row in rows if (row, column) in made)
        return made

    def any_of(self, variables: Sequence[IntVar], price: int) -> None:
        """At least one of them, or `price` is paid."""
        missing = self._model.new_bool_var("")
        self._terms.append((missing, price))
        self._model.add_bool_or([*variables, missing])

    def begin_with(self, variables: Sequence[IntVar]) -> None:
        for variable in variables:
            self._model.add_hint(variable, True)

    def solved(self) -> Callable[[IntVar], bool] | None:
        """Whether a variable holds in the best that was found; None: nothing was."""
        self._model.minimize(sum(cents * variable for variable, cents in self._terms))
        solver = self._cp.CpSolver()
        solver.parameters.max_time_in_seconds = self._seconds
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        if solver.solve(self._model) not in (self._cp.OPTIMAL, self._cp.FEASIBLE):
            return None
        return lambda variable: bool(solver.boolean_value(variable))
