"""The first plan: the current one as far as it holds, then every missing stop where it costs least, by regret.

A stop that has only one good driver left goes first; critical stops before all others. After Potvin and Rousseau,
"A parallel route building algorithm for the vehicle routing and scheduling problem with time windows", European
Journal of Operational Research 66 (1993).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dispatch_console.optimiser.gaps import CLOSED, Floats, Ints, ints
from dispatch_console.optimiser.state import State

#: What a second choice is taken to cost where there is none: it makes such stops go first.
_NO_CHOICE = 1e9


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
        _fill_rank(state, ints(n for n in numbers if state.tasks[n].rank == rank), stop)


def _fill_rank(state: State, open_: Ints, stop: Callable[[], bool]) -> None:
    drivers = np.arange(len(state.tours))
    if not len(open_) or not len(drivers):
        return
    best, gap = _choices(state, open_, drivers)
    while len(open_) and not stop():
        row = int(np.argmax(_regret(best)))
        driver = int(np.argmin(best[row]))
        if best[row, driver] == CLOSED:
            return
        if not state.insert(int(open_[row]), driver, int(gap[row, driver])):
            best[row, driver] = CLOSED
            continue
        open_ = np.delete(open_, row)
        best, gap = np.delete(best, row, axis=0), np.delete(gap, row, axis=0)
        changed = _choices(state, open_, np.array([driver]))
        best[:, driver], gap[:, driver] = changed[0][:, 0], changed[1][:, 0]


def _choices(state: State, tasks: Ints, drivers: Ints) -> tuple[Floats, Ints]:
    """The least cost of each task with each driver and the gap for it, both of shape (tasks, drivers)."""
    # In slices: ten thousand tasks in all gaps at once would not fit into memory.
    best = np.empty((len(tasks), len(drivers)))
    gap = np.empty((len(tasks), len(drivers)), np.int64)
    step = max(1, 400_000 // max(1, len(drivers) * state.gaps.width))
    for i in range(0, len(tasks), step):
        part = slice(i, i + step)
        cost = state.gaps.judge(tasks[part], drivers)
        gap[part] = cost.argmin(axis=2)
        best[part] = np.take_along_axis(cost, gap[part][:, :, None], axis=2)[:, :, 0]
    return best, gap


def _regret(best: Floats) -> Floats:
    """How much each task would lose if it did not get its first choice; −∞ for those without any."""
    if best.shape[1] == 1:
        return -best[:, 0]
    two = np.partition(best, 1, axis=1)[:, :2]
    second = np.where(two[:, 1] == CLOSED, two[:, 0] + _NO_CHOICE, two[:, 1])
    regret = np.full(len(best), -np.inf)
    return np.subtract(second, two[:, 0], out=regret, where=two[:, 0] != CLOSED)
