"""Ruin and recreate: take strings of neighbouring stops out of some tours, put them back where they cost least.

After Christiaens and Vanden Berghe, "Slack Induction by String Removals for Vehicle Routing Problems",
Transportation Science 54 (2020), with simulated annealing. Besides, a whole route is closed now and then.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from time import monotonic

import numpy as np

from dispatch_console.optimiser.gaps import CLOSED, Floats, Ints, ints
from dispatch_console.optimiser.state import State
from dispatch_console.optimiser.tours import Tour

#: Stops taken out on average, longest string, chance of leaving some of a string, chance of one more left.
_C, _L_MAX, _SPLIT, _BETA = 10, 10, 0.5, 0.01
#: Chance that a round closes a whole route instead.
_CLOSE = 0.04
#: Chance to put a stop back half blind, and then to take a gap for twice as dear as it is.
_BLIND, _BLINK = 0.1, 0.1
#: Up to so many drivers all are asked; of more, those of so many near stops, and so many without stops.
_ALL, _PASSING, _IDLE = 24, 40, 3
#: Stops tried at most in a round beside those taken out.
_EXTRA = 8
_NEIGHBOURS = 100
#: Temperature at the beginning and the end, as a share of what a stop costs on average.
_HOT, _COLD = 1.0, 0.005


class Ruin:
    """Improves a state in place. `best` are the tours of the best state seen."""

    def __init__(self, state: State, seed: int) -> None:
        self.state = state
        self.random, self._noise = random.Random(seed), np.random.default_rng(seed)
        self.best, self.worth = list(state.tours), state.worth
        self.rounds = 0
        self._near = _neighbours(state)
        self._free = [i for i, task in enumerate(state.tasks) if task.drivers and not task.still]
        self._drivers = np.arange(len(state.tours))
        self._scale = max(1.0, state.cost / max(1, sum(len(tour.seq) for tour in state.tours)))

    def run(
        self,
        began: float,
        seconds: float,
        share: float,
        over: Callable[[], bool],
        note: Callable[[list[Tour]], None],
    ) -> None:
        """Search until `share` of the `seconds` since `began` is gone; better states go to `note`.

        The temperature falls with all of the time, so a search may be run in parts.
        """
        if not self._free or not self.state.tours:
            return
        while (elapsed := monotonic() - began) < seconds * share and not over():
            heat = _HOT * (_COLD / _HOT) ** (elapsed / seconds) * self._scale
            self._step(-heat * math.log(1.0 - self.random.random()), note)

    def at_least(self, rounds: int, stop: Callable[[], bool], note: Callable[[list[Tour]], None]) -> None:
        """Search on until there were so many rounds at all: where a machine is busy, time alone says nothing."""
        if not self._free or not self.state.tours:
            return
        while self.rounds < rounds and not stop():
            self._step(0.0, note)

    def _step(self, slack: float, note: Callable[[list[Tour]], None]) -> None:
        self.round(slack)
        self.rounds += 1
        if self.state.worth < self.worth:
            self.keep()
            note(self.best)

    def keep(self) -> None:
        """The state is the best one now."""
        self.best, self.worth = list(self.state.tours), self.state.worth

    def back_to_best(self) -> None:
        """Go on from the best state."""
        self.state.restore(dict(enumerate(self.best)))

    def round(self, slack: float) -> None:
        """Ruin and recreate once; undo it if the result is worse by more than `slack` cents or misses more."""
        before = self.state.worth
        undo: dict[int, Tour] = {}
        out = self._close_route(undo) if self.random.random() < _CLOSE else self._ruin(undo)
        self._recreate(out, undo)
        after = self.state.worth
        worse = after.missed > before.missed or (after.missed == before.missed and after.cost > before.cost + slack)
        if worse or not self.state.in_order():
            self.state.restore(undo)

    def _ruin(self, undo: dict[int, Tour]) -> list[int]:
        """Take strings out around a random stop; the numbers taken out."""
        state, random = self.state, self.random
        used = [tour for tour in state.tours if tour.seq]
        longest = min(_L_MAX, sum(len(tour.seq) for tour in used) / len(used)) if used else 1.0
        strings = int(random.uniform(1, 4 * _C / (1 + longest)))
        seed = random.choice(self._free)
        out: list[int] = [] if state.where[seed] >= 0 else [seed]
        for number in self._near[seed]:
            if len(undo) >= strings:
                break
            driver = state.where[number]
            if driver < 0 or driver in undo:
                continue
            tour = state.tours[driver]
            length = int(random.uniform(1, min(len(tour.seq), longest) + 1))
            numbers = [n for n in self._string(tour.seq, number, length) if not state.tasks[n].still]
            if numbers and state.remove(driver, numbers):
                undo[driver] = tour
                out.extend(numbers)
        return out

    def _close_route(self, undo: dict[int, Tour]) -> list[int]:
        """Take all stops out of one route, a short one rather: who saves a route saves its fixed cost."""
        state = self.state
        used = [driver for driver, tour in enumerate(state.tours) if tour.seq]
        if not used:
            return []
        driver = min(self.random.sample(used, min(3, len(used))), key=lambda d: len(state.tours[d].seq))
        tour = state.tours[driver]
        numbers = [n for n in tour.seq if not state.tasks[n].still]
        if not state.remove(driver, numbers):
            return []
        undo[driver] = tour
        return numbers

    def _string(self, seq: tuple[int, ...], number: int, length: int) -> tuple[int, ...]:
        """`length` stops in a row around `number`, or of a longer row from which some in the middle stay."""
        spared = 0
        if length > 1 and self.random.random() < _SPLIT:
            while length + spared < len(seq) and self.random.random() > _BETA:
                spared += 1
                if self.random.random() > 0.5:
                    break
        whole = length + spared
        at = seq.index(number)
        begin = self.random.randint(max(0, at - whole + 1), min(at, len(seq) - whole))
        row = seq[begin : begin + whole]
        if not spared:
            return row
        gap = self.random.randint(1, length - 1)
        return (*row[:gap], *row[gap + spared :])

    def _recreate(self, out: list[int], undo: dict[int, Tour]) -> None:
        state = self.state
        taken = set(out)
        others = [n for n in state.missing if n not in taken]
        if len(others) > _EXTRA:
            others = self.random.sample(others, _EXTRA)
        order = self._order([*out, *others])
        if not order:
            return
        drivers = self._drivers_for(order)
        cost = state.gaps.judge(ints(order), drivers)
        for row, number in enumerate(order):
            column = self._insert(number, cost[row], drivers, undo)
            if column >= 0 and row + 1 < len(order):
                cost = self._refresh(cost, order, row + 1, column, drivers)

    def _drivers_for(self, numbers: list[int]) -> Ints:
        """All drivers; of many, those who pass near one of the stops, and some who have none yet."""
        if len(self._drivers) <= _ALL:
            return self._drivers
        where = self.state.where
        chosen = {where[n] for number in numbers for n in self._near[number][:_PASSING]} - {-1}
        idle = [driver for driver, tour in enumerate(self.state.tours) if not tour.seq]
        chosen.update(self.random.sample(idle, min(_IDLE, len(idle))))
        return ints(sorted(chosen)) if chosen else self._drivers

    def _insert(self, number: int, cost: Floats, drivers: Ints, undo: dict[int, Tour]) -> int:
        """Put a stop into its best gap, now and then half blind; the row of `drivers`, or −1: it fits nowhere."""
        state = self.state
        if self.random.random() < _BLIND:
            cost = np.where(self._noise.random(cost.shape) < _BLINK, cost * 2, cost)
        while True:
            row, gap = divmod(int(cost.argmin()), cost.shape[1])
            if cost[row, gap] == CLOSED:
                return -1
            driver = int(drivers[row])
            tour = state.tours[driver]
            if state.insert(number, driver, gap):
                undo.setdefault(driver, tour)
                return row
            cost[row, gap] = CLOSED

    def _refresh(self, cost: Floats, order: list[int], row: int, column: int, drivers: Ints) -> Floats:
        """Price the gaps of a changed tour anew for the stops still to come."""
        fresh = self.state.gaps.judge(ints(order[row:]), drivers[column : column + 1])
        if fresh.shape[2] > cost.shape[2]:
            wider = np.full((*cost.shape[:2], fresh.shape[2]), CLOSED)
            wider[:, :, : cost.shape[2]] = cost
            cost = wider
        cost[row:, column] = fresh[:, 0]
        return cost

    def _order(self, numbers: list[int]) -> list[int]:
        """The order of insertion: by importance, then by one of several rules at random."""
        tasks, random = self.state.tasks, self.random
        random.shuffle(numbers)
        rule = random.choice((0, 0, 0, 0, 1, 1, 1, 2, 2))
        if rule == 1:
            numbers.sort(key=lambda n: -max(*tasks[n].delivery, *tasks[n].collection))
        elif rule == 2:
            numbers.sort(key=lambda n: sum(w.end - w.start for w in tasks[n].windows) or 1 << 30)
        return sorted(numbers, key=lambda n: -tasks[n].rank)


def _neighbours(state: State) -> list[list[int]]:
    """Each task with the nearest ones by driving time, itself first."""
    at = ints(task.at for task in state.tasks)
    found: list[list[int]] = []
    for i in range(len(at)):
        near = state.problem.durations[at[i], at].astype(np.int64)
        near[i] = -1
        most = min(len(at), _NEIGHBOURS)
        closest = np.argpartition(near, most - 1)[:most]
        found.append(closest[np.argsort(near[closest], kind="stable")].tolist())
    return found
