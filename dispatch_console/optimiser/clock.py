"""How far a search has come: the share of its time that is over, and the best state so far."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import NamedTuple

from dispatch_console.optimiser.core.compile import Ints
from dispatch_console.optimiser.tasks import Problem

#: Such a share of the time may be set aside for checking the last plan.
_RESERVED = 0.05


class State(NamedTuple):
    """`lost`: stops left out, critical first; `cost` in parts of a cent; `links`: `NEXT` of all nodes."""

    lost: tuple[int, int, int, int]
    cost: int
    links: Ints

    @property
    def worth(self) -> tuple[tuple[int, int, int, int], int]:
        return self.lost, self.cost


class Clock:
    """Share of a search that is over: by time, or by rounds if so many are asked for."""

    def __init__(self, problem: Problem, began: float, stop: Callable[[], bool]) -> None:
        self.began, self.seconds, self.rounds, self._stop = began, problem.seconds, problem.rounds, stop
        self._given = problem.seconds
        self.done, self.ended, self.hurried = 0, False, False

    @property
    def share(self) -> float:
        if self.rounds:
            return min(1.0, self.done / self.rounds)
        return min(1.0, (monotonic() - self.began) / max(1e-9, self.seconds))

    def reserve(self, seconds: float) -> None:
        """The search ends so much sooner, a little of it at most: the last plan has yet to be checked."""
        self.seconds = self._given - min(seconds, _RESERVED * self._given)

    def over(self) -> bool:
        """Asks whoever wants to end it (`hurried`: he waits for it); only the coordinating thread does."""
        if not self.ended and self.share < 1.0:
            self.hurried = self._stop()
        self.ended = self.ended or self.hurried or self.share >= 1.0
        return self.ended
