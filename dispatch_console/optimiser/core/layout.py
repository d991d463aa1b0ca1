"""`Problem` → the arrays that compiled code reads. Columns are named in `fields`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.fleet import DrivingBreaks
from dispatch_console.optimiser.core.fields import *
from dispatch_console.optimiser.tasks import NEVER, Problem, Task, Vehicle

#: Bits of a word that classes of goods can have; of more classes the search does not know what may not ride
#: together (plans are checked by `domain.schedule` before they are handed on).
_CLASSES = 62
_NO_LAW = DrivingBreaks(0, 0, 0, 0)


class Layout(NamedTuple):
    """`tasks` (n, T_FIELDS), `windows` (all, 2), `vans` (v, V_FIELDS); `seconds` (b, p, p) by `bounds` (b) of the
    day, and `metres` (p, p), between places; `able` (n, v): 1: that van may have that task; `dear` (n, v): cents
    that it costs there besides, shape (0, 0): nothing. All are C-contiguous and writable, but nobody writes to
    them.
    """

    tasks: NDArray[np.int64]
    windows: NDArray[np.int64]
    vans: NDArray[np.int64]
    seconds: NDArray[np.int32]
    bounds: NDArray[np.int64]
    metres: NDArray[np.int32]
    able: NDArray[np.uint8]
    dear: NDArray[np.int64]


def lay_out(problem: Problem) -> Layout:
    bits = _bits(problem)
    tasks, windows = _tasks(problem.tasks, bits)
    vans = _vans(problem, bits)
    able, dear = _able(problem), _dear(problem)
    travel = problem.basis.travel
    by = travel.durations_by
    seconds = plain(travel.durations[None] if by is None else by)
    _markplain(tasks, vans, seconds.shape[0])
    _sort_out(tasks, vans, able, dear)
    bounds = np.array(travel.bounds or (0,), np.int64)
    return Layout(tasks, windows, vans, seconds, bounds, plain(travel.distances), able, dear)


def plain(matrix: NDArray[np.int32]) -> NDArray[np.int32]:
    """The matrix as compiled code can read it: without a copy if it lies in memory as it should. Nobody writes to
    it, but only what could be written to is of the type that the search is compiled for."""
    matrix = np.require(matrix, np.int32, ["C"])
    return matrix if matrix.flags.writeable else np.asarray(_Lent(matrix))


class _Lent:
    """Memory of an array that says of itself that it may be written to."""

    def __init__(self, array: NDArray[np.int32]) -> None:
        self.array = array
        lent = dict(array.__array_interface__)
        self.__array_interface__ = {**lent, "data": (lent["data"][0], False)}


class _Bits(NamedTuple):
    """Per class of goods its own bit, and those of the classes that may not ride with it."""

    own: dict[str, int]
    apart: dict[str, int]


def _bits(problem: Problem) -> _Bits:
    enemies = problem.basis.enemies
    classes = sorted(enemies)[:_CLASSES] if enemies else []
    own = {name: 1 << k for k, name in enumerate(classes)}
    return _Bits(own, {name: _joined(enemies[name], own) for name in classes})


def _joined(classes: Iterable[str], bits: dict[str, int]) -> int:
    found = 0
    for name in classes:
        found |= bits.get(name, 0)
    return found


def _tasks(tasks: Sequence[Task], bits: _Bits) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Column by column: that takes a quarter of the time of row by row."""
    windows = np.array([window for t in tasks for window in t.windows], np.int64).reshape(-1, 2)
    many = [len(t.windows) for t in tasks]
    columns: list[Sequence[int]] = [
        [t.at for t in tasks],
        [t.service_s for t in tasks],
        [t.parking_s for t in tasks],
        [t.windows[0].start if t.windows else -NEVER for t in tasks],
        [t.windows[-1].end if t.windows else NEVER - 1 for t in tasks],
        list(accumulate(many, initial=0))[: len(tasks)],
        many,
        [t.late_per_min for t in tasks],
        [t.release_s for t in tasks],
        *zip(*(t.delivery for t in tasks), strict=True),
        *zip(*(t.collection for t in tasks), strict=True),
        [t.pick for t in tasks],
        [_joined(t.goods, bits.own) for t in tasks],
        [_joined(t.goods, bits.apart) for t in tasks],
        [t.rank for t in tasks],
        [t.held for t in tasks],
        _cents(t.prize for t in tasks),
        [t.prior for t in tasks],
        [t.eta for t in tasks],
        _cents(t.moved for t in tasks),
        _cents(t.minute for t in tasks),
        [t.home for t in tasks],
        _cents(t.away for t in tasks),
        [t.gives for t in tasks],
        [t.not_before for t in tasks],
    ]
    if not tasks:
        return np.zeros((0, T_FIELDS), np.int64), windows
    return np.ascontiguousarray(np.array(columns, np.int64).T), windows


def _cents(prices: Iterable[int]) -> list[int]:
    """Prices that fit into a column, whatever somebody has set."""
    return [price and max(0, min(price, NEVER)) for price in prices]


def _vans(problem: Problem, bits: _Bits) -> NDArray[np.int64]:
    weights = problem.basis.weights
    balance = weights.balance_hours, weights.balance_stops
    rows = [_van(vehicle, bits, balance) for vehicle in problem.vehicles]
    return np.array(rows, np.int64).reshape(-1, V_FIELDS)


def _van(v: Vehicle, bits: _Bits, balance: tuple[int, int]) -> tuple[int, ...]:
    rest = (-1, 0, -NEVER) if v.rest is None else v.rest
    law = v.law or _NO_LAW
    return (
        v.start_at, v.end_at, v.leave, v.rested, v.paid_from, v.shift_end, *v.overtime,
        *rest, v.not_before,
        *v.limits, *v.head_peak, *v.head_load,
        _joined(v.head_goods, bits.own), len(v.head), v.head_m, v.head_s, v.max_stops, v.max_drive_s, v.max_drive_m,
        v.tours, v.depot, v.reload_s, int(v.law is not None), *law,
        v.driven, int(v.part), *v.costs, *balance, v.head_late, int(v.gone), 0,
        v.leave if v.base is None else v.base, v.parked, v.head_soft, v.rested_late, v.rested_s, 0,
    )  # fmt: skip


def _able(problem: Problem) -> NDArray[np.uint8]:
    """Tasks share the tuples of their drivers: each is turned into a row once."""
    vehicles = len(problem.vehicles)
    if not vehicles or not problem.tasks:
        return np.zeros((len(problem.tasks), vehicles), np.uint8)
    kinds = {id(task.drivers): task.drivers for task in problem.tasks}
    rows = np.zeros((len(kinds), vehicles), np.uint8)
    for row, drivers in zip(rows, kinds.values(), strict=True):
        row[list(drivers)] = 1
    numbers = {kind: number for number, kind in enumerate(kinds)}
    return rows[[numbers[id(task.drivers)] for task in problem.tasks]]


def _by_kind[T: Hashable](things: Sequence[T], row: Callable[[T], Sequence[bool]]) -> NDArray[np.int64]:
    """A row for each thing, worked out once for those that are alike."""
    numbers = {thing: number for number, thing in enumerate(dict.fromkeys(things))}
    return np.array([row(thing) for thing in numbers], np.int64)[[numbers[thing] for thing in things]]


def _dear(problem: Problem) -> NDArray[np.int64]:
    """What the weights say of a stop and a driver: see `domain.costs.soft`."""
    weights = problem.basis.weights
    stops = [problem.basis.stops[task.stop] for task in problem.tasks]
    shifts = [problem.basis.shifts[vehicle.shift] for vehicle in problem.vehicles]
    dear = np.zeros((len(stops), len(shifts)), np.int64)
    drivers = [shift.driver.id for shift in shifts]
    if weights.unfamiliar and any(stop.known_by for stop in stops):
        strange = _by_kind(
            [stop.known_by for stop in stops], lambda known: [bool(known) and one not in known for one in drivers]
        )
        dear += weights.unfamiliar * strange
    if weights.off_zone and any(stop.zone for stop in stops):
        away = _by_kind(
            [stop.zone for stop in stops],
            lambda zone: [bool(zone and s.zones) and zone not in s.zones for s in shifts],
        )
        dear += weights.off_zone * away
    return dear if dear.any() else np.zeros((0, 0), np.int64)


def _markplain(tasks: NDArray[np.int64], vans: NDArray[np.int64], buckets: int) -> None:
    """See `V_PLAIN`: `walk` has a shorter way for these."""
    if not len(vans):
        return
    rich = (
        buckets > 1
        or (tasks[:, T_WINS] > 1).any()
        or tasks[:, [T_LATE, T_PARKING, T_APART, T_GIVES, T_AWAY, T_MOVED, T_MINUTE, T_FLOOR]].any()
        or (tasks[:, T_PICK] != -1).any()
    )
    ready = tasks[:, T_RELEASE].max(initial=-NEVER) <= vans[:, V_BASE]
    alone = (vans[:, V_REST_LONG] < 0) & (vans[:, V_DRIVING] == 0) & (vans[:, V_TOURS] == 1)
    vans[:, V_PLAIN] = alone & (ready | (vans[:, V_OUT] > 0)) & (not rich)


def _sort_out(
    tasks: NDArray[np.int64], vans: NDArray[np.int64], able: NDArray[np.uint8], dear: NDArray[np.int64]
) -> None:
    """Number the kinds of vans: those that may have the same tasks, at the same prices, and drive them alike."""
    free = tasks[:, T_HELD] == 0
    may, costs = np.ascontiguousarray(able[free].T), np.ascontiguousarray(dear.T)
    kinds: dict[tuple[bytes, ...], int] = {}
    for van, row in enumerate(vans):
        key = row.tobytes(), may[van].tobytes(), costs[van].tobytes() if dear.size else b""
        vans[van, V_KIND] = kinds.setdefault(key, len(kinds))
