"""Instances of the literature: VRPLIB files, their rounding, their best known values, and a check of routes.

Clients are numbered 1…n in file order; row 0 of the matrix is the depot. Inside, all is integers: distances, times
and costs in the unit of the matrix, which is the file's own unit times `Instance.scale`.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import vrplib
from numpy.typing import NDArray

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "instances"

#: Sets whose distances are rounded to the nearest integer (Uchoa et al.; Arnold, Gendreau and Sörensen). All others
#: (Solomon, Gehring and Homberger) count ten times the distance, truncated, as in the DIMACS challenge.
NEAREST = ("X-", "Antwerp", "Ghent", "Leuven", "Brussels", "Flanders")
TENTHS = 10

#: Rows of the matrix that are worked out at once: 10,000 stops need 80 MB for it beside the matrix itself.
_ROWS = 500


class Size(NamedTuple):
    """A line of the goals: instances of up to `most` stops, searched for `seconds`, mean gap in per cent."""

    name: str
    most: int
    seconds: float
    gap: float


SIZES = (
    Size("100–200 stops", 250, 10, 0.5),
    Size("300–400 stops", 500, 30, 1.0),
    Size("600–1,000 stops", 2000, 60, 1.5),
    Size("4,000–10,000 stops", 1 << 30, 60, 1.0),
)


@dataclass(frozen=True)
class Instance:
    """`demand`, `service`: shape (n + 1,), `windows`: shape (n + 1, 2) or None, all with the depot as row 0.

    `vehicles`: how many there are, or enough. `scale`: what distances, times and costs were multiplied by.
    """

    name: str
    xy: NDArray[np.float64]
    demand: NDArray[np.int64]
    capacity: int
    windows: NDArray[np.int64] | None
    service: NDArray[np.int64]
    vehicles: int
    scale: int

    @property
    def clients(self) -> int:
        return len(self.demand) - 1

    @property
    def size(self) -> Size:
        return next(size for size in SIZES if self.clients <= size.most)

    @cached_property
    def matrix(self) -> NDArray[np.int32]:
        """Distances, which are durations too: int32 of shape (n + 1, n + 1), symmetric."""
        n = len(self.xy)
        matrix = np.empty((n, n), dtype=np.int32)
        for begin in range(0, n, _ROWS):
            rows = self.xy[begin : begin + _ROWS]
            squares = np.square(rows[:, None, 0] - self.xy[:, 0])
            squares += np.square(rows[:, None, 1] - self.xy[:, 1])
            matrix[begin : begin + _ROWS] = self._rounded(np.sqrt(squares, out=squares))
        return matrix

    def _rounded(self, distances: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.floor(distances + 0.5) if self.scale == 1 else np.floor(distances * self.scale)

    def told(self, cost: int) -> int | float:
        """A cost in the unit of the `.sol` files."""
        return cost if self.scale == 1 else round(cost / self.scale, 1)


def read(path: Path) -> Instance:
    """The instance of a VRPLIB file. Raises OSError if there is none, ValueError with a sentence if it is odd."""
    data = vrplib.read_instance(path, compute_edge_weights=False)
    missing = [key for key in ("node_coord", "demand", "capacity", "depot") if key not in data]
    if missing or data.get("edge_weight_type") != "EUC_2D":
        raise ValueError(f"{path.name} needs coordinates (EUC_2D), demands, a capacity and a depot.")
    if list(data["depot"]) != [0]:
        raise ValueError(f"{path.name}: the depot must be the first node.")
    scale = 1 if path.stem.startswith(NEAREST) else TENTHS
    demand = np.asarray(data["demand"], dtype=np.int64)
    capacity = int(data["capacity"])
    windows = data.get("time_window")
    service = np.zeros(len(demand), dtype=np.int64)
    service[1:] = data["service_time"][1:] if np.ndim(data.get("service_time", 0)) else data.get("service_time", 0)
    return Instance(
        name=path.stem,
        xy=np.asarray(data["node_coord"], dtype=np.float64),
        demand=demand,
        capacity=capacity,
        windows=None if windows is None else np.asarray(windows, dtype=np.int64) * scale,
        service=service * scale,
        vehicles=int(data.get("vehicles", 0)) or enough(int(demand.sum()), capacity),
        scale=scale,
    )


def enough(demand: int, capacity: int) -> int:
    """Vehicles for a demand where the file does not say how many there are."""
    return int(-(-demand // capacity) * 1.2) + 10


def best_known(name: str, folder: Path = SHARED) -> float | None:
    """The best known cost of an instance in the unit of its `.sol` file; None: not listed."""
    table = folder / "bks.csv"
    if not table.is_file():
        return None
    with table.open(encoding="utf-8", newline="") as lines:
        return next((float(row["bks"]) for row in csv.DictReader(lines) if row["instance"] == name), None)


def gap(cost: float, best: float) -> float:
    """How much dearer, in per cent of the best."""
    return 100 * (cost / best - 1)


def cost(instance: Instance, routes: Sequence[Sequence[int]]) -> int:
    """What the routes cost, in the unit of the matrix."""
    return sum(
        int(instance.matrix[a, b])
        for route in routes
        if route
        for a, b in zip((0, *route), (*route, 0), strict=True)
    )


def faults(instance: Instance, routes: Sequence[Sequence[int]]) -> list[str]:
    """All that is wrong with routes, a sentence each; empty: nothing is."""
    found: list[str] = []
    served = sorted(client for route in routes for client in route)
    if served != list(range(1, instance.clients + 1)):
        once = set(served)
        left = instance.clients - len(once & set(range(1, instance.clients + 1)))
        found.append(f"{left} clients are in no route, {len(served) - len(once)} visits are one too many.")
    used = [route for route in routes if route]
    if len(used) > instance.vehicles:
        found.append(f"{len(used)} routes for {instance.vehicles} vehicles.")
    for number, route in enumerate(used, 1):
        load = int(instance.demand[list(route)].sum())
        if load > instance.capacity:
            found.append(f"Route {number} carries {load}, more than {instance.capacity}.")
        found.extend(f"Route {number}: {late}" for late in _late(instance, route))
    return found


def _late(instance: Instance, route: Sequence[int]) -> list[str]:
    if instance.windows is None:
        return []
    late: list[str] = []
    here, time = 0, int(instance.windows[0, 0])
    for client in (*route, 0):
        time += int(instance.matrix[here, client])
        begin, end = (int(moment) for moment in instance.windows[client])
        time = max(time, begin) if client else time
        if time > end:
            late.append(f"{'client ' + str(client) if client else 'the end'} is late by {time - end}.")
        time += int(instance.service[client])
        here = client
    return late
