"""All gaps of all tours as arrays, and what it would cost to put stops into them: the inner loop of the search.

The judgement of a gap is exact about rules; its cost is an estimate where breaks move, so a tour is driven before
its cost counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dispatch_console.optimiser.tasks import NEVER, Problem, Task
from dispatch_console.optimiser.tours import NO_REST, Ground, Tour

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: The price of a gap that would break a rule.
CLOSED = float("inf")

#: Fields of a gap; behind them the room before it by measure, and the room behind it.
_BEFORE, _BEHIND, _FREE, _RESTED, _LATE_FREE, _LATE_RESTED, _AHEAD, _LEAST, _LEG_M, _ROOM = range(10)


class Gaps:
    """The gaps of all tours. `set` writes one tour; `judge` prices tasks in all gaps of some tours."""

    def __init__(self, problem: Problem, ground: Ground) -> None:
        vehicles = problem.vehicles
        self._seconds, self._metres, self._ground = problem.durations, problem.distances, ground
        self._measures = [m for m in range(3) if any(v.limits[m] < NEVER for v in vehicles)]
        self._wanted = _wanted(problem.tasks, len(vehicles))
        self._drivers = _drivers(problem)
        self._gaps = np.zeros((_ROOM + 6, len(vehicles), 0), np.int64)
        self._end, self._start = np.zeros(len(vehicles), np.int64), np.zeros(len(vehicles), np.int64)
        self._unused = np.ones((len(vehicles), 1), np.bool_)

    @property
    def width(self) -> int:
        """Gaps that the longest tour had so far, and some spare ones."""
        return self._gaps.shape[2]

    def set(self, driver: int, tour: Tour, shut: Iterable[int] = ()) -> None:
        """Write the tour of one driver. `shut`: gaps into which nothing may come."""
        vehicle, size = self._ground.vehicles[driver], len(tour.seq) + 1
        self._widen(size)
        stops = [self._ground.calls[number].at for number in tour.seq]
        before, behind = [vehicle.start_at, *stops], [*stops, vehicle.end_at]
        late_free, late_rested = list(tour.backward.free), list(tour.backward.rested)
        for gap in shut if size <= vehicle.max_stops else range(size):
            late_free[gap] = late_rested[gap] = -NEVER
        unused = not tour.seq and not vehicle.head
        metres = self._ground.metres
        legs = [metres[a][b] if b >= 0 else 0 for a, b in zip(before, behind, strict=True)]
        self._gaps[:_ROOM, driver, :size] = [
            before, behind, tour.forward.free, tour.forward.rested, late_free, late_rested,
            tour.backward.ahead, tour.backward.least, [0] if unused else legs,
        ]  # fmt: skip
        self._gaps[_ROOM:, driver, :size] = tour.room.reshape(6, size)
        self._gaps[_LATE_FREE : _LATE_RESTED + 1, driver, size:] = -NEVER
        self._start[driver], self._end[driver] = tour.start, tour.start if unused else tour.end
        self._unused[driver] = unused

    def judge(self, tasks: Ints, drivers: Ints) -> Floats:
        """Added cents for each of `tasks` in each gap of the tours of `drivers`; `CLOSED` where a rule forbids it.

        Shape (tasks, drivers, gaps).
        """
        gaps, rates = self._gaps[:, drivers], self._drivers.of(drivers)
        wanted = self._wanted.of(tasks)
        behind = gaps[_BEHIND]
        to, fro = self._seconds[gaps[_BEFORE], wanted.at], self._seconds[wanted.at, behind]
        metres = self._metres[gaps[_BEFORE], wanted.at] - gaps[_LEG_M]
        onward = self._metres[wanted.at, behind]
        away = behind < 0
        if away.any():
            fro, onward = np.where(away, 0, fro), np.where(away, 0, onward)
        end, slide = _times(gaps, to, fro, wanted, rates)
        paid = end - self._end[drivers][:, None]
        paid[:, :, 0] -= np.where(rates.slides[:, 0], gaps[_FREE, :, 0] + slide - self._start[drivers], 0)
        cost = rates.hour * paid + rates.km * (metres + onward) + rates.fixed * self._unused[drivers]
        if wanted.away is not None:
            cost += wanted.away[:, drivers][:, :, None]
        shut = (end >= NEVER) | ~wanted.able[:, drivers][:, :, None]
        for measure in self._measures:
            shut |= gaps[_ROOM + measure] < wanted.goods[:, 0, measure, None, None]
            shut |= gaps[_ROOM + 3 + measure] < wanted.goods[:, 1, measure, None, None]
        cost[shut] = CLOSED
        return cost

    def _widen(self, size: int) -> None:
        fields, drivers, width = self._gaps.shape
        if size <= width:
            return
        wider = np.zeros((fields, drivers, size + 8), np.int64)
        wider[_LATE_FREE : _LATE_RESTED + 1] = -NEVER
        wider[:, :, :width] = self._gaps
        self._gaps = wider


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Tasks as arrays, one entry a task. Windows: (…, most windows of a task), the last one repeated. `goods`:
    (tasks, delivery and collection, measures). `away`: (tasks, drivers), in cents; None: nothing."""

    at: Ints
    service: Ints
    opens: Ints
    closes: Ints
    able: Flags
    goods: Ints
    away: Ints | None

    def of(self, tasks: Ints) -> _Wanted:
        """Those of `tasks`, ready to meet arrays of shape (drivers, gaps)."""
        return _Wanted(
            self.at[tasks][:, None, None],
            self.service[tasks][:, None, None],
            self.opens[tasks][:, None, None],
            self.closes[tasks][:, None, None],
            self.able[tasks],
            self.goods[tasks],
            None if self.away is None else self.away[tasks],
        )


@dataclass(frozen=True, slots=True)
class _Drivers:
    """What is the same for all gaps of a tour, shape (drivers, 1)."""

    duration: Ints
    first: Ints
    latest: Ints
    due: Ints
    floor: Ints
    hour: Floats
    km: Floats
    fixed: Floats
    slides: Flags

    def of(self, drivers: Ints) -> _Drivers:
        return _Drivers(
            self.duration[drivers],
            self.first[drivers],
            self.latest[drivers],
            self.due[drivers],
            self.floor[drivers],
            self.hour[drivers],
            self.km[drivers],
            self.fixed[drivers],
            self.slides[drivers],
        )


def ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)


def _wanted(tasks: Sequence[Task], drivers: int) -> _Wanted:
    most = max((len(task.windows) for task in tasks), default=0) or 1
    opens = np.full((len(tasks), most), -NEVER, np.int64)
    closes = np.full((len(tasks), most), NEVER, np.int64)
    able = np.zeros((len(tasks), drivers), np.bool_)
    for i, task in enumerate(tasks):
        for k in range(most if task.windows else 0):
            opens[i, k], closes[i, k] = task.windows[min(k, len(task.windows) - 1)]
        able[i, list(task.drivers)] = True
    goods = np.array([(task.delivery, task.collection) for task in tasks], np.int64).reshape(-1, 2, 3)
    at, service = ints(task.at for task in tasks), ints(task.service_s for task in tasks)
    return _Wanted(at, service, opens, closes, able, goods, _away(tasks, drivers))


def _away(tasks: Sequence[Task], drivers: int) -> Ints | None:
    """What it costs to give each task to each driver, beside the way; None: nothing for any."""
    if not any(task.away for task in tasks):
        return None
    away = np.repeat(ints(task.away for task in tasks)[:, None], drivers, axis=1)
    for i, task in enumerate(tasks):
        if task.home >= 0:
            away[i, task.home] = 0
    return away


def _drivers(problem: Problem) -> _Drivers:
    vehicles = problem.vehicles
    rests = [v.rest or NO_REST for v in vehicles]
    return _Drivers(
        duration=_column([rest.duration for rest in rests]),
        first=_column([rest.first for rest in rests]),
        latest=_column([rest.latest if rest.first <= rest.latest else -NEVER for rest in rests]),
        due=_column([NEVER if v.rest is None else v.rest.latest for v in vehicles]),
        floor=_column([v.not_before for v in vehicles]),
        hour=_column([v.costs.per_hour for v in vehicles]) / 3600,
        km=_column([v.costs.per_km for v in vehicles]) / 1000,
        fixed=_column([v.costs.fixed for v in vehicles]).astype(np.float64),
        slides=_column([not v.head for v in vehicles]).astype(np.bool_),
    )


def _column(values: Sequence[int]) -> Ints:
    return np.array(values, np.int64).reshape(-1, 1)


def _times(
    gaps: Ints, to: NDArray[np.int32], fro: NDArray[np.int32], wanted: _Wanted, rates: _Drivers
) -> tuple[Ints, Ints]:
    """(end of the route with the task in each gap, `NEVER` or more if it breaks a rule; wait in the first gap).

    `to`, `fro`: seconds from the stop before each gap to the task, and from there to the stop behind.
    """
    arrive = gaps[_FREE] + to
    rested = np.minimum(gaps[_RESTED] + to, _after_rest(gaps[_FREE], arrive, rates))
    if rates.floor.any():
        arrive[:, :, 0] = np.maximum(arrive[:, :, 0], rates.floor[:, 0])
        rested[:, :, 0] = np.maximum(rested[:, :, 0], rates.floor[:, 0])
    begin = _begin(arrive, wanted)
    leave = begin + wanted.service
    ready = leave + fro
    rested = np.minimum(_begin(rested, wanted) + wanted.service + fro, _after_rest(leave, ready, rates))
    end = np.maximum(gaps[_LEAST], ready + gaps[_AHEAD])
    end += rates.duration * (end > rates.due)
    end_rested = np.maximum(gaps[_LEAST], rested + gaps[_AHEAD])
    end = np.where(ready <= gaps[_LATE_FREE], end, NEVER)
    end_rested = np.where(rested <= gaps[_LATE_RESTED], end_rested, NEVER)
    return np.minimum(end, end_rested), begin[:, :, 0] - arrive[:, :, 0]


def _after_rest(leave: Ints, arrive: Ints, rates: _Drivers) -> Ints:
    """When a driver is ready who takes his break on this leg; `NEVER` where it is too late for it."""
    return np.where(leave <= rates.latest, np.maximum(arrive, rates.first) + rates.duration, NEVER)


def _begin(arrive: Ints, wanted: _Wanted) -> Ints:
    """When service begins; `NEVER` or more where that would be late."""
    begin = np.where(arrive >= NEVER, arrive, NEVER)
    for k in reversed(range(wanted.opens.shape[-1])):
        in_time = arrive <= wanted.closes[..., k]
        begin = np.where(in_time, np.maximum(arrive, wanted.opens[..., k]), begin)
    return begin
