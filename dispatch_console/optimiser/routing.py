"""The same problem for OR-Tools' routing library: guided local search as a second way to better plans.

Where the library's meaning differs from the schedule's (it may start a route later than the schedule would, to save
waiting), it only costs quality: every sequence it finds is driven by `tours` before it counts.

Traps: the solver holds the GIL all the time, so nothing outside stops it but a limit that it asks itself;
`SetAllowedVehiclesForIndex` raises TypeError, hence `VehicleVar`; a break is optional and its presence follows from
when the route ends.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from dispatch_console.optimiser.tasks import NEVER, Problem

#: Cost units a cent: integers, fine enough for seconds and metres.
_SCALE = 36
#: More stops than this make the model large and slow beyond use.
MOST_TASKS = 1500
#: More than any load of the model; the library sums loads in 64 bits.
_ANY_LOAD = 1 << 45

Sequences = list[tuple[int, ...]]


def suits(problem: Problem) -> bool:
    """Whether the library can be asked: not too large, and no order among stops to be kept."""
    return 0 < len(problem.tasks) <= MOST_TASKS and not any(task.still for task in problem.tasks)


class Model:
    """Build once, `improve` as often as wanted, `close` at the end: the library holds our callbacks and they hold
    its model, a circle that Python does not see and that would stay in memory for good."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._numbers = [i for i, task in enumerate(problem.tasks) if task.drivers]
        self._node = {number: node for node, number in enumerate(self._numbers)}
        tasks, drivers = len(self._numbers), len(problem.vehicles)
        starts, ends = range(tasks, tasks + drivers), range(tasks + drivers, tasks + 2 * drivers)
        self._manager = pywrapcp.RoutingIndexManager(tasks + 2 * drivers, drivers, list(starts), list(ends))
        self._model = pywrapcp.RoutingModel(self._manager)
        self._solver = self._model.solver()
        self._stop: Callable[[], bool] = lambda: False
        self._asked = 0
        self._found: Callable[[Sequences], None] = lambda _: None
        self._best = NEVER * NEVER
        self._add_time()
        self._add_loads()
        self._add_stops()
        self._model.AddAtSolutionCallback(self._at_solution)
        self._model.AddSearchMonitor(self._solver.CustomLimit(self._ask))
        self._parameters = pywrapcp.DefaultRoutingSearchParameters()
        self._parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        self._parameters.time_limit.FromSeconds(1)  # told anew at each turn; none at all is warned of
        self._model.CloseModelWithParameters(self._parameters)

    def improve(
        self, tours: Sequences, seconds: float, stop: Callable[[], bool], found: Callable[[Sequences], None]
    ) -> bool:
        """Search from `tours` (task numbers by driver); better plans go to `found`. False: it cannot begin so."""
        self._stop, self._found, self._best = stop, found, NEVER * NEVER
        self._parameters.time_limit.FromMilliseconds(max(1, int(seconds * 1000)))
        indices = [[self._index(self._node[number]) for number in tour] for tour in tours]
        start = self._model.ReadAssignmentFromRoutes(indices, True)
        if start is None:
            return False
        self._model.SolveFromAssignmentWithParameters(start, self._parameters)
        return True

    def close(self) -> None:
        """Let go of the library's memory. Nothing can be asked afterwards."""
        del self._model, self._solver, self._manager, self._time

    def _index(self, node: int) -> int:
        return self._manager.NodeToIndex(node)

    def _places(self) -> list[int]:
        tasks, vehicles = self._problem.tasks, self._problem.vehicles
        stops = [tasks[number].at for number in self._numbers]
        return [*stops, *(v.start_at for v in vehicles), *(v.end_at for v in vehicles)]

    def _add_time(self) -> None:
        model, vehicles = self._model, self._problem.vehicles
        places = np.array(self._places())
        nowhere = places < 0
        rows = np.ix_(np.where(nowhere, 0, places), np.where(nowhere, 0, places))
        seconds, metres = (
            self._problem.durations[rows].astype(np.int64),
            self._problem.distances[rows].astype(np.int64),
        )
        seconds[:, nowhere] = metres[:, nowhere] = 0
        service = np.array([self._problem.tasks[n].service_s for n in self._numbers] + [0] * (2 * len(vehicles)))
        # Wide enough for every range set below: an empty one is an error, not a stop that is left out.
        windows = (task.windows[-1].end for task in self._problem.tasks if task.windows)
        horizon = max(1, *(max(v.shift_end, v.leave) for v in vehicles), *windows) + 1
        transit = model.RegisterTransitMatrix((seconds + service[:, None]).tolist())
        model.AddDimension(transit, horizon, horizon, False, "time")
        self._time = model.GetDimensionOrDie("time")
        self._visits = [0] * model.Size()
        for node in range(len(self._numbers)):
            self._visits[self._index(node)] = int(service[node])
        by_rate: dict[int, int] = {}
        for driver, vehicle in enumerate(vehicles):
            rate = vehicle.costs.per_km
            if rate not in by_rate:
                by_rate[rate] = model.RegisterTransitMatrix((metres * rate * _SCALE // 1000).tolist())
            model.SetArcCostEvaluatorOfVehicle(by_rate[rate], driver)
            self._add_shift(driver)

    def _add_shift(self, driver: int) -> None:
        model, vehicle = self._model, self._problem.vehicles[driver]
        begin, end = self._time.CumulVar(model.Start(driver)), self._time.CumulVar(model.End(driver))
        last = max(vehicle.leave, vehicle.shift_end)
        begin.SetRange(vehicle.leave, vehicle.leave if vehicle.head else last)
        end.SetRange(vehicle.leave, last)
        model.SetFixedCostOfVehicle(0 if vehicle.head else vehicle.costs.fixed * _SCALE, driver)
        self._time.SetSpanCostCoefficientForVehicle(vehicle.costs.per_hour * _SCALE // 3600, driver)
        if vehicle.rest is None or vehicle.rested < NEVER:
            return
        duration, first, latest = vehicle.rest
        if first > latest:
            end.SetMax(max(vehicle.leave, latest))
            return
        pause = self._solver.FixedDurationIntervalVar(first, latest, duration, True, f"break {driver}")
        due = self._solver.IsGreaterCstVar(end, latest)
        self._solver.Add(pause.PerformedExpr().Var() >= due)
        self._time.SetBreakIntervalsOfVehicle([pause], driver, self._visits)

    def _add_loads(self) -> None:
        """Goods on board: a load that ends as what was collected has begun as what is to be delivered."""
        model, vehicles = self._model, self._problem.vehicles
        tasks = [self._problem.tasks[number] for number in self._numbers]
        rest = [0] * (2 * len(vehicles))
        for measure in range(3):
            limits = [v.limits[measure] for v in vehicles]
            if min(limits) >= NEVER:
                continue
            room = [
                max(0, min(limit - max(v.head_load[measure], v.head_peak[measure]), _ANY_LOAD))
                for limit, v in zip(limits, vehicles, strict=True)
            ]
            brought = [max(0, task.delivery[measure]) for task in tasks]
            fetched = [max(0, task.collection[measure]) for task in tasks]
            if not any(fetched):
                demand = model.RegisterUnaryTransitVector([*brought, *rest])
                model.AddDimensionWithVehicleCapacity(demand, 0, room, True, f"load {measure}")
                continue
            change = [new - gone for new, gone in zip(fetched, brought, strict=True)]
            on_board = model.RegisterUnaryTransitVector([*change, *rest])
            collected = model.RegisterUnaryTransitVector([*fetched, *rest])
            model.AddDimensionWithVehicleCapacity(on_board, 0, room, False, f"load {measure}")
            model.AddDimensionWithVehicleCapacity(collected, 0, room, True, f"collected {measure}")
            load, sum_ = model.GetDimensionOrDie(f"load {measure}"), model.GetDimensionOrDie(f"collected {measure}")
            for driver in range(len(vehicles)):
                end = model.End(driver)
                self._solver.Add(load.CumulVar(end) == sum_.CumulVar(end))

    def _add_stops(self) -> None:
        model, tasks = self._model, self._problem.tasks
        drivers = len(self._problem.vehicles)
        penalties = self._penalties()
        one = model.RegisterUnaryTransitVector([1] * len(self._numbers) + [0] * (2 * drivers))
        most = [max(0, min(v.max_stops, len(self._numbers))) for v in self._problem.vehicles]
        model.AddDimensionWithVehicleCapacity(one, 0, most, True, "stops")
        for node, number in enumerate(self._numbers):
            task, index = tasks[number], self._index(node)
            if task.held:
                model.VehicleVar(index).SetValues(list(task.drivers))
            else:
                model.AddDisjunction([index], penalties[task.rank])
                if len(task.drivers) < drivers:
                    model.VehicleVar(index).SetValues([-1, *task.drivers])
            moment = self._time.CumulVar(index)
            if task.windows:
                moment.SetRange(max(0, task.windows[0].start), max(0, task.windows[-1].end))
            for one_window, next_window in zip(task.windows, task.windows[1:], strict=False):
                moment.RemoveInterval(one_window.end + 1, next_window.start - 1)

    def _penalties(self) -> list[int]:
        """For leaving a stop out, by rank: more than all stops of the ranks below together."""
        vehicles = self._problem.vehicles
        dearest = max((v.costs.fixed + 24 * v.costs.per_hour + 2000 * v.costs.per_km for v in vehicles), default=0)
        penalties = [(dearest + 1) * _SCALE]
        for rank in range(3):
            below = sum(1 for number in self._numbers if self._problem.tasks[number].rank == rank)
            penalties.append(penalties[-1] * (below + 1))
        return penalties

    def _ask(self) -> bool:
        self._asked += 1
        return self._asked % 64 == 0 and self._stop()

    def _at_solution(self) -> None:
        cost = self._model.CostVar().Min()
        if cost < self._best:
            self._best = cost
            self._found([self._read(driver) for driver in range(len(self._problem.vehicles))])

    def _read(self, driver: int) -> tuple[int, ...]:
        model, tour = self._model, list[int]()
        index = model.NextVar(model.Start(driver)).Value()
        while not model.IsEnd(index):
            tour.append(self._numbers[self._manager.IndexToNode(index)])
            index = model.NextVar(index).Value()
        return tuple(tour)
