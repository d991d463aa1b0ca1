"""The first plan: the current one as far as it holds, then every missing stop where it costs least, by regret.

A stop that has only one good driver left goes first; critical stops before all others. After Potvin and Rousseau,
"A parallel route building algorithm for the vehicle routing and scheduling problem with time windows", European
Journal of Operational Research 66 (1993).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dispatch_console.optimiser.gaps import CLOSED, Floats, Ints, ints
from dispatch_console.optimiser.state import State

#: What a second choice is taken to cost where there is none: it makes such stops go first.
_NO_CHOICE = 1e9
#: Beside a new stop so many tasks near it may find a better place; among few tasks all are asked.
_NEAR, _FEW = 200, 1500
#: Gaps priced at once.
_SLICE = 100_000


def load(state: State) -> None:
    """Begin with the sequences of the problem; where one does not hold, with as much of it as does."""
    for driver, vehicle in enumerate(state.problem.vehicles):
        load_tour(state, driver, vehicle.start)


def load_tour(state: State, driver: int, seq: tuple[int, ...]) -> None:
    """Give `seq` to a driver; where it breaks a rule, what is held first, then the others as far as they fit."""
    tour = state.try_out(driver, seq)
    if tour is not None:
        state.put(driver, tour)
        return
    kept = tuple(number for number in seq if state.tasks[number].held)
    for number in (None, *(n for n in seq if n not in kept)):
        wanted = {*kept, number}
        tour = state.try_out(driver, tuple(n for n in seq if n in wanted))
        if tour is not None:
            kept = tour.seq
            state.put(driver, tour)


def fill(state: State, numbers: list[int], stop: Callable[[], bool]) -> None:
    """Insert those of `numbers` (missing tasks) that fit anywhere, rank by rank."""
    for rank in (3, 2, 1, 0):
        chosen = [n for n in numbers if state.tasks[n].rank == rank]
        if chosen and state.tours:
            _Filler(state, ints(chosen)).run(stop)


class _Filler:
    """The prices of all missing tasks with all drivers, kept up as tours change.

    Among many tasks a changed tour is priced anew only for those that look at it (their first or second choice) and
    for those near the stop that came into it; an older price is looked up again before it is used.
    """

    def __init__(self, state: State, tasks: Ints) -> None:
        self._state, self._tasks = state, tasks
        self._best, self._gap = _choices(state, tasks, np.arange(len(state.tours)))
        self._known = np.zeros(self._best.shape, np.int64)
        self._version = np.zeros(len(state.tours), np.int64)
        self._waiting = np.ones(len(tasks), np.bool_)
        self._at = ints(state.tasks[n].at for n in tasks)

    def run(self, stop: Callable[[], bool]) -> None:
        """One task after the other, the one first that would lose most by waiting."""
        first, second = self._first_two(np.arange(len(self._tasks)))
        regret = self._regret(first, second)
        while not stop():
            row = int(np.argmax(regret))
            if regret[row] == -np.inf:
                return
            driver = int(first[row])
            looked_at = self._insert(row, driver)
            if not self._waiting[row]:
                looking = (first == driver) | (second == driver) | self._near(row)
                looked_at = np.flatnonzero(looking & self._waiting)
                self._price(looked_at, driver)
            first[looked_at], second[looked_at] = self._first_two(looked_at)
            regret[looked_at] = self._regret(first, second, looked_at)
            if not self._waiting[row]:
                regret[row] = -np.inf

    def _insert(self, row: int, driver: int) -> Ints:
        """Put a task where it was priced, if the price is of today and holds. The rows to look at again."""
        rows = np.array([row])
        if self._known[row, driver] < self._version[driver]:
            self._price(rows, driver)
            return rows
        if self._state.insert(int(self._tasks[row]), driver, int(self._gap[row, driver])):
            self._waiting[row] = False
            self._version[driver] += 1
        else:
            self._best[row, driver] = CLOSED
        return rows

    def _price(self, rows: Ints, driver: int) -> None:
        if len(rows):
            best, gap = _choices(self._state, self._tasks[rows], np.array([driver]))
            self._best[rows, driver], self._gap[rows, driver] = best[:, 0], gap[:, 0]
            self._known[rows, driver] = self._version[driver]

    def _near(self, row: int) -> NDArray[np.bool_]:
        """The tasks nearest to one."""
        if len(self._tasks) <= _FEW:
            return np.ones(len(self._tasks), np.bool_)
        away = self._state.problem.durations[self._at[row], self._at]
        return away <= np.partition(away, _NEAR)[_NEAR]

    def _first_two(self, rows: Ints) -> tuple[Ints, Ints]:
        """The first and second choice of these rows."""
        best = self._best[rows]
        first = best.argmin(axis=1)
        if best.shape[1] == 1:
            return first, first
        best[np.arange(len(rows)), first] = CLOSED
        return first, best.argmin(axis=1)

    def _regret(self, first: Ints, second: Ints, rows: Ints | None = None) -> Floats:
        """How much each task would lose if it did not get its first choice; −∞ for those without any."""
        rows = np.arange(len(self._tasks)) if rows is None else rows
        one, two = self._best[rows, first[rows]], self._best[rows, second[rows]]
        two = np.where(first[rows] == second[rows], -one, np.where(two == CLOSED, one + _NO_CHOICE, two))
        regret = np.full(len(rows), -np.inf)
        return np.subtract(two, one, out=regret, where=one != CLOSED)


def _choices(state: State, tasks: Ints, drivers: Ints) -> tuple[Floats, Ints]:
    """The least cost of each task with each driver and the gap for it, both of shape (tasks, drivers)."""
    # In slices: ten thousand tasks in all gaps at once would not fit into memory.
    best = np.empty((len(tasks), len(drivers)))
    gap = np.empty((len(tasks), len(drivers)), np.int64)
    step = max(1, _SLICE // max(1, len(drivers) * state.gaps.width))
    for i in range(0, len(tasks), step):
        part = slice(i, i + step)
        cost = state.gaps.judge(tasks[part], drivers)
        gap[part] = cost.argmin(axis=2)
        best[part] = np.take_along_axis(cost, gap[part][:, :, None], axis=2)[:, :, 0]
    return best, gap
