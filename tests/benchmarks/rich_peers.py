"""A planner on a day of `rich_days`, in a process of its own:
`python -m tests.benchmarks.rich_peers PLANNER DAY SECONDS SEED` prints routes and time as JSON.

DAY is a pickled day without a plan. Building models does not count as time, except those of OR-Tools.
"""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path
from time import perf_counter

from dispatch_console.domain.day import Day
from tests.benchmarks.rich_days import Sequences

NAMES = ("ours", "ortools", "vroom")


def plan(name: str, day: Day, seconds: float, seed: int) -> tuple[Sequences, float]:
    """(routes, how long it took)."""
    if name == "ours":
        return _ours(day, seconds, seed)
    began = perf_counter()
    if name == "ortools":
        from tests.benchmarks import peer_ortools

        return peer_ortools.plan(day, seconds, seed), perf_counter() - began
    from tests.benchmarks import peer_vroom

    return peer_vroom.plan(day, seconds, seed), perf_counter() - began


def _ours(day: Day, seconds: float, seed: int) -> tuple[Sequences, float]:
    from dispatch_console.optimiser import problem, search
    from dispatch_console.optimiser.options import Options
    from tests.benchmarks.search import warm

    question = problem.build(day, 0, Options(seconds=seconds, seed=seed, workers=2))
    warm(2, question)
    began = perf_counter()
    found = search.solve(question, lambda: False, lambda _: None)
    return dict(found.sequences), perf_counter() - began


def main() -> None:
    name, path, seconds, seed = sys.argv[1:]
    day = pickle.loads(Path(path).read_bytes())
    sequences, took = plan(name, day, float(seconds), int(seed))
    json.dump({"routes": {int(id): list(stops) for id, stops in sequences.items()}, "took_s": took}, sys.stdout)


if __name__ == "__main__":
    main()
