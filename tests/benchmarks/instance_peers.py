"""The peers on instances of the literature, each a function: (instance file, seconds, seed) → routes of clients.

Run as a process of its own, because each holds the interpreter and some end when they like:
`python -m tests.benchmarks.instance_peers PEER FILE SECONDS SEED` prints routes and time as JSON. Reading the file
and building the peer's model do not count as its time. No routes: nothing complete was found.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np

from tests.benchmarks import instances
from tests.benchmarks.instances import Instance

Routes = list[list[int]]


class Answer(NamedTuple):
    routes: Routes
    took_s: float


#: First-solution rules of OR-Tools that are tried, by seed.
RULES = ("PATH_CHEAPEST_ARC", "PARALLEL_CHEAPEST_INSERTION")
#: VROOM: -x5, and both cores.
_EFFORT, _THREADS = 5, 2


def pyvrp(path: Path, seconds: float, seed: int) -> Answer:
    """PyVRP's iterated local search with its defaults, on the data as PyVRP itself reads them."""
    from pyvrp import read, solve
    from pyvrp.stop import MaxRuntime

    data = read(path, round_func="round" if instances.read(path).scale == 1 else "dimacs")
    began = perf_counter()
    best = solve(data, stop=MaxRuntime(seconds), seed=seed, collect_stats=False, display=False).best
    took = perf_counter() - began
    if not best.is_feasible():
        return Answer([], took)
    routes = [[activity.idx + 1 for activity in route if activity.is_client()] for route in best.routes()]
    return Answer(routes, took)


def vroom(path: Path, seconds: float, _seed: int) -> Answer:
    """VROOM at its highest level. It ends by itself; `seconds` only bounds it."""
    import vroom as library

    instance = instances.read(path)
    question = library.Input()
    question.set_durations_matrix("car", instance.matrix.astype(np.uint32))
    for number in range(instance.vehicles):
        day = None if instance.windows is None else library.TimeWindow(*map(int, instance.windows[0]))
        capacity = [instance.capacity]
        question.add_vehicle(library.Vehicle(number, start=0, end=0, capacity=capacity, time_window=day))
    for client in range(1, instance.clients + 1):
        windows = [] if instance.windows is None else [library.TimeWindow(*map(int, instance.windows[client]))]
        goods, service = [int(instance.demand[client])], int(instance.service[client])
        job = library.Job(client, client, delivery=goods, default_service=service, time_windows=windows)
        question.add_job(job)
    began = perf_counter()
    found = question.solve(_EFFORT, nb_threads=_THREADS, timeout=dt.timedelta(seconds=seconds))
    took = perf_counter() - began
    if found.unassigned:
        return Answer([], took)
    visits = found.routes[found.routes["type"] == "job"]
    return Answer([visits["id"][visits["vehicle_id"] == v].tolist() for v in visits["vehicle_id"].unique()], took)


def ortools(path: Path, seconds: float, seed: int) -> Answer:
    """OR-Tools' routing model: guided local search from the first-solution rule of this seed."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    instance = instances.read(path)
    manager = pywrapcp.RoutingIndexManager(instance.clients + 1, instance.vehicles, 0)
    model = pywrapcp.RoutingModel(manager)
    model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitMatrix(_lists(instance.matrix)))
    load = model.RegisterUnaryTransitVector(instance.demand.tolist())
    model.AddDimension(load, 0, instance.capacity, True, "load")
    if instance.windows is not None:
        transit = model.RegisterTransitMatrix(_lists(instance.matrix + instance.service[:, None]))
        latest = int(instance.windows[0, 1])
        model.AddDimension(transit, latest, latest, False, "time")
        time = model.GetDimensionOrDie("time")
        for client in range(1, instance.clients + 1):
            time.CumulVar(manager.NodeToIndex(client)).SetRange(*map(int, instance.windows[client]))
        for vehicle in range(instance.vehicles):
            time.CumulVar(model.Start(vehicle)).SetMin(int(instance.windows[0, 0]))
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = getattr(
        routing_enums_pb2.FirstSolutionStrategy, RULES[(seed - 1) % len(RULES)]
    )
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(int(seconds * 1000))
    model.CloseModelWithParameters(parameters)
    began = perf_counter()
    found = model.SolveWithParameters(parameters)
    took = perf_counter() - began
    routes: Routes = []
    for vehicle in range(instance.vehicles) if found is not None else ():
        index, route = found.Value(model.NextVar(model.Start(vehicle))), list[int]()
        while not model.IsEnd(index):
            route.append(manager.IndexToNode(index))
            index = found.Value(model.NextVar(index))
        if route:
            routes.append(route)
    return Answer(routes, took)


def ours(path: Path, seconds: float, seed: int, workers: int = 2) -> Answer:
    """The product's own search, its compiled code loaded before its time begins."""
    from tests.benchmarks import search

    search.warm(workers)
    run = search.run(instances.read(path), seconds, seed, workers)
    return Answer(run.routes, run.took_s)


def _lists(matrix: np.ndarray) -> list[list[int]]:
    """The library takes lists only. Equal numbers are one object: 10,000 stops would need 4 GB without that."""
    numbers = np.array(range(int(matrix.max()) + 1), dtype=object)
    return [numbers[row].tolist() for row in matrix]


PEERS: dict[str, Callable[[Path, float, int], Answer]] = {
    "ortools": ortools,
    "vroom": vroom,
    "pyvrp": pyvrp,
    "ours": ours,
}


def counted(instance: Instance, routes: Routes) -> int | None:
    """What routes cost; None if there are none. Raises ValueError if they are wrong."""
    if not routes:
        return None
    wrong = instances.faults(instance, routes)
    if wrong:
        raise ValueError(" ".join(wrong))
    return instances.cost(instance, routes)


def main() -> None:
    peer, path, seconds, seed = sys.argv[1:]
    json.dump(PEERS[peer](Path(path), float(seconds), int(seed))._asdict(), sys.stdout)


if __name__ == "__main__":
    main()
