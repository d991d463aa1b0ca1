"""Where a search stands: the tours, who is missing, and the one way to change them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from dispatch_console.optimiser.gaps import Gaps
from dispatch_console.optimiser.tasks import Missed, Problem
from dispatch_console.optimiser.tours import Tour, drive, ground, least


class Worth(NamedTuple):
    """What a state is worth; smaller is better. `missed`: stops left out, by rank, critical first."""

    missed: Missed
    cost: int


class State:
    """Tours that break no rule, by driver; `where`: task → driver, −1 if it is missing."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.tasks = problem, problem.tasks
        self._ground = ground(problem)
        self.gaps = Gaps(problem, self._ground)
        self.tours: list[Tour] = []
        self._least: list[Tour] = []
        self.where = [-1] * len(problem.tasks)
        self._missed = [0, 0, 0, 0]
        self.cost = 0
        self._fixed = [dict(vehicle.places) for vehicle in problem.vehicles]
        self._held = [i for i, task in enumerate(problem.tasks) if task.held]
        for task in problem.tasks:
            self._missed[3 - task.rank] += 1
        for driver in range(len(problem.vehicles)):
            tour = least(driver, problem, self._ground)
            assert tour is not None, "routes that cannot be driven are not part of a problem"
            self.tours.append(tour)
            self._least.append(tour)
            self.cost += tour.cost
            self._note(driver, (), tour.seq)
            self.gaps.set(driver, tour, self._shut(driver, tour.seq))

    @property
    def worth(self) -> Worth:
        a, b, c, d = self._missed
        return Worth((a, b, c, d), self.cost)

    @property
    def missing(self) -> list[int]:
        """Tasks that nobody has and somebody may take, the most important ones first."""
        found = [i for i, driver in enumerate(self.where) if driver < 0 and self.tasks[i].drivers]
        return sorted(found, key=lambda i: -self.tasks[i].rank)

    def try_out(self, driver: int, seq: tuple[int, ...]) -> Tour | None:
        """The tour of `driver` if he drove `seq`; None if it breaks a rule."""
        return drive(driver, seq, self._ground, self.tours[driver] if driver < len(self.tours) else None)

    def put(self, driver: int, tour: Tour) -> None:
        """Replace the tour of a driver. Stops that it gains must be missing."""
        old = self.tours[driver]
        self._note(driver, old.seq, tour.seq)
        self.cost += tour.cost - old.cost
        self.tours[driver] = tour
        self.gaps.set(driver, tour, self._shut(driver, tour.seq))

    def insert(self, number: int, driver: int, gap: int) -> bool:
        """Put a missing task into a gap. False, and nothing done, if that breaks a rule after all."""
        seq = self.tours[driver].seq
        return self._try_put(driver, (*seq[:gap], number, *seq[gap:]))

    def remove(self, driver: int, numbers: Iterable[int]) -> bool:
        """Take stops out of a tour. False, and nothing done, if that breaks a rule (roads can be odd)."""
        out = set(numbers)
        return self._try_put(driver, tuple(n for n in self.tours[driver].seq if n not in out))

    def _try_put(self, driver: int, seq: tuple[int, ...]) -> bool:
        tour = self.try_out(driver, seq)
        if tour is not None:
            self.put(driver, tour)
        return tour is not None

    def clear(self) -> None:
        """Take all stops out of all tours, as far as tours hold without them."""
        self.restore({driver: self._least[driver] for driver in range(len(self.tours))})

    def restore(self, tours: Mapping[int, Tour]) -> None:
        """Put tours back that stood beside the others before."""
        for driver in tours:
            self.put(driver, self._least[driver])
        for driver, tour in tours.items():
            self.put(driver, tour)

    def in_order(self) -> bool:
        """Whether all held tasks have a driver and all fixed ones their position."""
        if any(self.where[i] < 0 for i in self._held):
            return False
        tours = zip(self._fixed, self.tours, strict=True)
        return all(tour.seq[at : at + 1] == (number,) for fixed, tour in tours for number, at in fixed.items())

    def _note(self, driver: int, old: Sequence[int], new: Sequence[int]) -> None:
        for number in set(old).difference(new):
            self.where[number] = -1
            self._missed[3 - self.tasks[number].rank] += 1
        for number in set(new).difference(old):
            self.where[number] = driver
            self._missed[3 - self.tasks[number].rank] -= 1

    def _shut(self, driver: int, seq: Sequence[int]) -> list[int]:
        """Gaps before a fixed stop that stands where it should, or too far back already."""
        fixed = self._fixed[driver]
        if not fixed:
            return []
        last = max((i for i, number in enumerate(seq) if number in fixed and i >= fixed[number]), default=-1)
        return list(range(last + 1))
