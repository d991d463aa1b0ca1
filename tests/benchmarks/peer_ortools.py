"""A day as a model of OR-Tools' routing library, from the values of `domain` alone: an independent check of the
search.

Skills, three capacities with deliveries and collections in one tour, several windows a stop, breaks, shifts, most
stops, open ends, costs by hour, kilometre and vehicle, and stops that are left out by rank. It starts from nothing.
Of all plans that it finds better than those before, the best counts that breaks no rule of `domain.schedule`.

The library tries some tens of plans a second where breaks are intervals, and hardly one where a load has to end as
what was collected: it gets nowhere in half a minute then. So the first 70 % of the time go to a model on the safe
side: without breaks, but shifts and windows end earlier by one; deliveries and collections share the room. From its
best plan on a model with breaks searches, in which `domain.schedule` alone looks at loads on the way.

Traps: `SetAllowedVehiclesForIndex` raises TypeError, hence `VehicleVar`; a break is optional and its presence
follows from when the route ends; the library may place a break before the start, and start later than the schedule
would.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median_low
from time import monotonic

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Break, Shift
from dispatch_console.domain.stops import Stop
from tests.benchmarks.rich_days import RANKS, Sequences, Worth, worth

#: Cost units a cent: all rates of the shared fleet are whole numbers a second then.
_SCALE = 144
_ANY_LOAD = 1 << 45
#: So many of the last plans that were better than those before are looked at.
_LAST = 40

#: What is tried side by side, by seed: a first-solution rule, and whether a driver may start later than his shift.
#: If so he is paid from then on, as if all waiting could be slept through; if not, also for waiting at the first.
#: The schedule lies between the two.
RUNS = (("PARALLEL_CHEAPEST_INSERTION", False), ("LOCAL_CHEAPEST_INSERTION", True))
#: The share of the time for the model on the safe side.
_SAFE = 0.7


def plan(day: Day, seconds: float, seed: int) -> Sequences:
    """The best plan that the library finds in the run of `seed`; empty if there is none."""
    began = monotonic()
    name, late = RUNS[(seed - 1) % len(RUNS)]
    rule = getattr(routing_enums_pb2.FirstSolutionStrategy, name)
    best = _best(day, _Model(day, late, exact=False).search(_SAFE * seconds, rule))
    if best is None:
        return {}
    more = _Model(day, late, exact=True).search(seconds - (monotonic() - began), rule, best)
    return _best(day, [best, *more]) or best


def counted(day: Day, sequences: Sequences) -> int | None:
    """What a plan costs by the library's own counting, in cents, what is left out not counted; None: it says that
    the plan breaks a rule. All times count as paid, so that it is exact where nobody waits at his first stop."""
    return _Model(day, False, exact=True).counted(sequences)


def _best(day: Day, found: list[Sequences]) -> Sequences | None:
    """The best of the last plans that breaks no rule."""
    valid: list[tuple[Worth, Sequences]] = []
    for sequences in found[-_LAST:]:
        value, wrong = worth(day, sequences)
        if not wrong:
            valid.append((value, sequences))
    return min(valid, key=lambda one: one[0], default=(None, None))[1]


class _Model:
    def __init__(self, day: Day, late: bool, *, exact: bool) -> None:
        self._day, self._late, self._exact = day, late, exact
        self._stops = [stop for stop in day.stops.values() if stop.place is not None]
        self._shifts = list(day.shifts.values())
        n, m = len(self._stops), len(self._shifts)
        starts, ends = list(range(n, n + m)), list(range(n + m, n + 2 * m))
        self._manager = pywrapcp.RoutingIndexManager(n + 2 * m, m, starts, ends)
        self._model = pywrapcp.RoutingModel(self._manager)
        self._solver = self._model.solver()
        self._pauses = [pause for shift in self._shifts if (pause := _pause(shift)) is not None]
        self._horizon = horizon(day)
        self._add_time()
        self._add_loads()
        self._add_stops()
        self._best: int | None = None
        self._found: list[Sequences] = []
        self._model.AddAtSolutionCallback(self._at_solution)

    def search(self, seconds: float, rule: int, start: Sequences | None = None) -> list[Sequences]:
        """All plans that were better than the ones before, by the library's own counting."""
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.first_solution_strategy = rule
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        parameters.time_limit.FromMilliseconds(max(1, int(seconds * 1000)))
        self._model.CloseModelWithParameters(parameters)
        if start is None:
            self._model.SolveWithParameters(parameters)
            return self._found
        assignment = self._model.ReadAssignmentFromRoutes(self._tours(start), True)
        if assignment is not None:
            self._model.SolveFromAssignmentWithParameters(assignment, parameters)
        return self._found

    def counted(self, sequences: Sequences) -> int | None:
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        self._model.CloseModelWithParameters(parameters)
        assignment = self._model.ReadAssignmentFromRoutes(self._tours(sequences), True)
        if assignment is None:
            return None
        served = {stop for stops in sequences.values() for stop in stops}
        penalties = dict(zip(RANKS, self._penalties(), strict=True))
        left = sum(penalties[stop.priority] for stop in self._stops if stop.id not in served)
        return (assignment.ObjectiveValue() - left) // _SCALE

    def _tours(self, sequences: Sequences) -> list[list[int]]:
        index = {stop.id: self._index(node) for node, stop in enumerate(self._stops)}
        return [[index[stop] for stop in sequences[shift.id]] for shift in self._shifts]

    def _index(self, node: int) -> int:
        return self._manager.NodeToIndex(node)

    def _matrices(self) -> tuple[np.ndarray, np.ndarray]:
        """(seconds, metres) between nodes; an open end is no way from anywhere."""
        index = self._day.travel.index
        places = [index[stop.place] for stop in self._stops if stop.place is not None]
        places += [index[shift.start_place] for shift in self._shifts]
        places += [-1 if shift.end_place is None else index[shift.end_place] for shift in self._shifts]
        nowhere = np.array(places) < 0
        rows = np.ix_(np.where(nowhere, 0, places), np.where(nowhere, 0, places))
        seconds = self._day.travel.durations[rows].astype(np.int64)
        metres = self._day.travel.distances[rows].astype(np.int64)
        seconds[:, nowhere] = metres[:, nowhere] = 0
        return seconds, metres

    def _add_time(self) -> None:
        model = self._model
        seconds, metres = self._matrices()
        service = np.array([stop.service_s for stop in self._stops] + [0] * (2 * len(self._shifts)))
        transit = model.RegisterTransitMatrix((seconds + service[:, None]).tolist())
        model.AddDimension(transit, self._horizon, self._horizon, False, "time")
        self._time = model.GetDimensionOrDie("time")
        self._service = [0] * model.Size()
        for node in range(len(self._stops)):
            self._service[self._index(node)] = int(service[node])
        by_rate: dict[int, int] = {}
        for number, shift in enumerate(self._shifts):
            rate = shift.costs.per_km
            if rate not in by_rate:
                by_rate[rate] = model.RegisterTransitMatrix((metres * rate * _SCALE // 1000).tolist())
            model.SetArcCostEvaluatorOfVehicle(by_rate[rate], number)
            model.SetFixedCostOfVehicle(shift.costs.fixed * _SCALE, number)
            wage = shift.costs.per_hour * _SCALE // 3600
            if self._late:
                self._time.SetSpanCostCoefficientForVehicle(wage, number)
            else:
                self._time.SetCumulVarSoftUpperBound(model.End(number), shift.start, wage)
            begins_by = shift.end if self._late else shift.start
            self._time.CumulVar(model.Start(number)).SetRange(shift.start, begins_by)
            self._time.CumulVar(model.End(number)).SetRange(shift.start, shift.end)
            self._add_break(number, shift)

    def _add_break(self, number: int, shift: Shift) -> None:
        """It is due if the route ends after its latest beginning, and lies between start and end."""
        pause = _pause(shift)
        begin = self._time.CumulVar(self._model.Start(number))
        end = self._time.CumulVar(self._model.End(number))
        if pause is None:
            return
        if not self._exact:
            end.SetMax(max(shift.start, shift.end - pause.duration))
            return
        first, latest = pause.window.start, pause.window.end - pause.duration
        if first > latest:
            end.SetMax(max(shift.start, latest))
            return
        interval = self._solver.FixedDurationIntervalVar(first, latest, pause.duration, True, f"break {number}")
        due = self._solver.IsGreaterCstVar(end, latest)
        self._solver.Add(interval.PerformedExpr().Var() >= due)
        self._solver.Add(interval.SafeStartExpr(self._horizon).Var() >= begin)
        self._time.SetBreakIntervalsOfVehicle([interval], number, self._service)

    def _add_loads(self) -> None:
        """What is delivered fits, and what is collected fits; on the safe side: both together."""
        for measure in range(3):
            limits = [shift.vehicle.capacity[measure] for shift in self._shifts]
            room = [_ANY_LOAD if limit is None else max(0, limit) for limit in limits]
            brought = [stop.delivery[measure] for stop in self._stops]
            fetched = [stop.collection[measure] for stop in self._stops]
            if self._exact:
                self._add_load(brought, room, f"delivered {measure}")
                self._add_load(fetched, room, f"collected {measure}")
            else:
                self._add_load([a + b for a, b in zip(brought, fetched, strict=True)], room, f"load {measure}")

    def _add_load(self, sizes: list[int], room: list[int], name: str) -> None:
        transit = self._model.RegisterUnaryTransitVector([*sizes, *([0] * (2 * len(self._shifts)))])
        self._model.AddDimensionWithVehicleCapacity(transit, 0, room, True, name)

    def _add_stops(self) -> None:
        model, every = self._model, len(self._shifts)
        one = model.RegisterUnaryTransitVector([1] * len(self._stops) + [0] * (2 * every))
        most = [len(self._stops) if s.max_stops is None else s.max_stops for s in self._shifts]
        model.AddDimensionWithVehicleCapacity(one, 0, most, True, "stops")
        penalties = self._penalties()
        for node, stop in enumerate(self._stops):
            index = self._index(node)
            model.AddDisjunction([index], penalties[RANKS.index(stop.priority)])
            able = [number for number, shift in enumerate(self._shifts) if stop.skills <= shift.skills]
            if len(able) < every:
                model.VehicleVar(index).SetValues([-1, *able])
            self._add_windows(index, stop)

    def _add_windows(self, index: int, stop: Stop) -> None:
        moment, windows = self._time.CumulVar(index), stop.windows
        if not windows:
            return
        first, last = max(0, windows[0].start), max(0, windows[-1].end)
        if not self._exact and last > min((pause.window.start for pause in self._pauses), default=last):
            last = max(first, last - median_low(pause.duration for pause in self._pauses))
        moment.SetRange(first, last)
        for window, following in pairwise(windows):
            moment.RemoveInterval(window.end + 1, following.start - 1)

    def _penalties(self) -> list[int]:
        """For leaving a stop out, by rank as in `RANKS`: more than all stops of the ranks below together."""
        rates = [shift.costs for shift in self._shifts]
        dearest = max(one.fixed + 10 * one.per_hour + 300 * one.per_km for one in rates)
        penalties = [dearest * _SCALE]
        for rank in reversed(RANKS[1:]):
            below = sum(1 for stop in self._stops if stop.priority is rank)
            penalties.append(penalties[-1] * (below + 1))
        return penalties[::-1]

    def _at_solution(self) -> None:
        cost = self._model.CostVar().Min()
        if self._best is None or cost < self._best:
            self._best = cost
            self._found.append({shift.id: self._read(number) for number, shift in enumerate(self._shifts)})

    def _read(self, number: int) -> tuple[int, ...]:
        model, tour = self._model, list[int]()
        index = model.NextVar(model.Start(number)).Value()
        while not model.IsEnd(index):
            tour.append(self._stops[self._manager.IndexToNode(index)].id)
            index = model.NextVar(index).Value()
        return tuple(tour)


def horizon(day: Day) -> int:
    """Later than everything on that day."""
    ends = [shift.end for shift in day.shifts.values()]
    return max(ends + [stop.windows[-1].end for stop in day.stops.values() if stop.windows]) + 1


def _pause(shift: Shift) -> Break | None:
    """The break of a shift, if it can become due."""
    pause = shift.fixed_pause
    return None if pause is None or pause.window.end - pause.duration < shift.start else pause
