"""How a search ends, and the process with 10,000 stops that `searching` watches:
`python -m tests.benchmarks.searching_child SECONDS` prints figures as JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from time import perf_counter
from typing import NamedTuple

import numpy as np

from dispatch_console.optimiser import search
from dispatch_console.optimiser.tasks import Found, Problem
from tests.benchmarks import instance_problem
from tests.benchmarks.instances import Instance, enough

LATE_S, CANCEL_S = 0.2, 0.1
#: When searches are told to end: at once, while the first plan is made, and later.
_CANCELS = (0.0, 0.05, 0.3, 1.0)

_STOPS, _CAPACITY = 10_000, 50


class Ends(NamedTuple):
    """`late`: seconds given → how much later it ended. `cancels`: told to end after → how much later it did."""

    late: dict[str, float]
    cancels: dict[str, float]


def ends(question: Problem, times: tuple[float, ...] = (0.5, 2.0)) -> Ends:
    """How exactly searches of a question end."""
    late = {str(seconds): _took(replace(question, seconds=seconds)) - seconds for seconds in times}
    cancels = {str(after): _took(replace(question, seconds=60.0), after) - after for after in _CANCELS}
    return Ends(late, cancels)


def tell(found: Ends, indent: str) -> None:
    late = ", ".join(f"{1000 * by:+.0f} ms at {seconds} s" for seconds, by in found.late.items())
    print(f"{indent}ends after the time given: {late} (goal {1000 * LATE_S:.0f} ms)")
    cancels = ", ".join(f"{1000 * by:.0f} ms at {after} s" for after, by in found.cancels.items())
    print(f"{indent}ends after being told to: {cancels} (goal {1000 * CANCEL_S:.0f} ms)")


def _took(question: Problem, cancelled_after: float | None = None) -> float:
    began = perf_counter()

    def stop() -> bool:
        return cancelled_after is not None and perf_counter() - began >= cancelled_after

    search.solve(question, stop, lambda _: None)
    return perf_counter() - began


def small(seconds: float) -> Problem:
    """Twenty stops."""
    return instance_problem.build(_scattered(20, 5), seconds, 1, 2)


def _scattered(stops: int, capacity: int) -> Instance:
    """Stops by chance on a square around the depot, of one to three pieces each."""
    draw = np.random.default_rng(1)
    xy = draw.integers(0, 2000, (stops + 1, 2)).astype(float)
    xy[0] = 1000
    demand = draw.integers(1, 4, stops + 1)
    demand[0] = 0
    return Instance(
        name="scattered",
        xy=xy,
        demand=demand,
        capacity=capacity,
        windows=None,
        service=np.zeros(stops + 1, dtype=np.int64),
        vehicles=enough(int(demand.sum()), capacity),
        scale=1,
    )


def main() -> None:
    seconds = float(sys.argv[1])
    question = instance_problem.build(_scattered(_STOPS, _CAPACITY), seconds, 1, 2)
    firsts: list[float] = []

    def better(found: Found) -> None:
        if not found.unassigned:
            firsts.append(found.at)

    found = search.solve(question, lambda: False, better)
    told = {
        "stops": len(question.tasks),
        "drivers": len(question.vehicles),
        "first_s": firsts[0] if firsts else -1.0,
        "left": len(found.unassigned),
        "ends": ends(question)._asdict(),
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
