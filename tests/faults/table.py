"""What a row of the table of faults says, and how much of it is tried."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum


class Size(StrEnum):
    """The shorter column, for each run of all tests, and the longer one."""

    CI = "ci"
    FULL = "full"


@dataclass(frozen=True)
class Figure:
    """One line: what was tried, and what may be at most. A `clock` tells seconds: it is told, and no test fails by
    it. `notes`: what else is worth a line, and each case that went wrong."""

    test: str
    done: str
    figure: float
    goal: float = 0
    unit: str = ""
    clock: bool = False
    notes: Sequence[str] = field(default=())

    @property
    def held(self) -> bool:
        return self.figure <= self.goal


#: A row: all its figures, at a size, for a seed.
Row = Callable[[Size, int], Sequence[Figure]]


def broken(test: str, done: str, wrong: Sequence[str], notes: Sequence[str] = ()) -> Figure:
    """A figure that counts what went wrong, of which none may."""
    return Figure(test, done, len(wrong), notes=[*notes, *wrong[:10]])


def assert_held(figures: Sequence[Figure]) -> None:
    """For tests: all that is counted is as it must be. What a clock says is another matter."""
    missed = [figure for figure in figures if not figure.clock and not figure.held]
    assert figures and not missed, "\n".join(
        f"{f.test}: {f.figure:g} (goal {f.goal:g}) of {f.done}\n  " + "\n  ".join(f.notes) for f in missed
    )


def dice(seed: int, *names: object) -> random.Random:
    """Chance of its own for each part of a row, so that one case can be tried again by itself."""
    return random.Random("/".join(map(str, (seed, *names))))


@contextmanager
def timed(into: list[float]) -> Iterator[None]:
    """Adds the seconds that the block took."""
    began = time.perf_counter()
    yield
    into.append(time.perf_counter() - began)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]
