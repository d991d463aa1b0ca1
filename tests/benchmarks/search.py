"""The search on instances of the literature:
`python -m tests.benchmarks.search INSTANCE.vrp… --seconds S --seed N --workers N --json OUT`.

Without instances: those of the shared data. Without --seconds: the time that the goals name for the size. Prints
the gap to the best known value beside the goal, and the mean of each size. Each plan is checked here: every client
once, capacity, windows, and its cost counted anew; a plan that fails the check ends the run with exit code 1.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np

from dispatch_console.optimiser import search
from dispatch_console.optimiser.tasks import Found, Problem
from tests.benchmarks import instance_problem, instances
from tests.benchmarks.instances import Instance


class Run(NamedTuple):
    """`routes` of clients, `cost` in the unit of the matrix, `trace` of complete plans: (seconds, cost).
    `took_s`: how long `solve` really took."""

    instance: Instance
    seconds: float
    routes: list[list[int]]
    cost: int
    trace: list[tuple[float, int]]
    took_s: float
    faults: list[str]

    @property
    def gap(self) -> float | None:
        best = instances.best_known(self.instance.name)
        return None if best is None else instances.gap(self.instance.told(self.cost), best)


def main(arguments: list[str] | None = None) -> int:
    args = _arguments(arguments)
    paths = args.instances or sorted(instances.SHARED.glob("*.vrp"), key=lambda path: path.stat().st_size)
    warm(args.workers)
    runs: list[Run] = []
    for path in paths:
        try:
            instance = instances.read(path)
        except (OSError, ValueError) as error:
            print(f"{path} cannot be read: {error}", file=sys.stderr)
            return 1
        runs.append(run(instance, args.seconds or instance.size.seconds, args.seed, args.workers))
        print(line(runs[-1]), flush=True)
        if args.json is not None:
            args.json.write_text(json.dumps([told(one) for one in runs]), encoding="utf-8")
    print_means([(one.instance, one.gap) for one in runs])
    return 1 if any(one.faults for one in runs) else 0


def run(instance: Instance, seconds: float, seed: int, workers: int) -> Run:
    """Search for `seconds`, and check what was found."""
    problem = instance_problem.build(instance, seconds, seed, workers)
    trace: list[tuple[float, int]] = []

    def better(found: Found) -> None:
        if not found.unassigned:
            trace.append((found.at, found.cost))

    began = perf_counter()
    found = search.solve(problem, lambda: False, better)
    took = perf_counter() - began
    routes = instance_problem.routes(found)
    faults = instances.faults(instance, routes)
    cost = instances.cost(instance, routes)
    if cost != found.cost:
        faults.append(f"The routes cost {cost}, the search said {found.cost}.")
    return Run(instance, seconds, routes, cost, trace, took, faults)


def told(one: Run) -> dict[str, object]:
    """A run as the contract of the command line has it, costs in the unit of the `.sol` files."""
    told = one.instance.told
    return {
        "instance": one.instance.name,
        "seconds": one.seconds,
        "cost": told(one.cost),
        "routes": one.routes,
        "trace": [[round(at, 3), told(cost)] for at, cost in one.trace],
        "took_s": round(one.took_s, 3),
    }


def line(one: Run) -> str:
    size, name = one.instance.size, one.instance.name
    gap = "   no best known value" if one.gap is None else f"{one.gap:7.2f} % (goal, mean: {size.gap} %)"
    wrong = "".join(f"\n    WRONG: {fault}" for fault in one.faults)
    cost = one.instance.told(one.cost)
    return f"{name:12} {one.took_s:6.1f} s {len(one.routes):4} routes {cost:>10} {gap}{wrong}"


def print_means(gaps: list[tuple[Instance, float | None]]) -> None:
    """The mean gap of each size beside its goal."""
    for size in instances.SIZES:
        known = [gap for instance, gap in gaps if instance.size is size and gap is not None]
        if known:
            mean = sum(known) / len(known)
            print(f"{size.name} ({size.seconds:.0f} s): mean {mean:.2f} % of {len(known)}, goal {size.gap} %")


def warm(workers: int, *more: Problem) -> None:
    """As the product does at its start: nobody's first plan waits for a compiler. `more`: questions that may need
    other code than small instances do."""
    began = perf_counter()
    small = (instance_problem.build(_square(timed), 0.2, 1, workers) for timed in (True, False))
    for question in (*small, *(replace(one, seconds=0.2) for one in more)):
        search.solve(question, lambda: False, lambda _: None)
    print(f"search ready after {perf_counter() - began:.1f} s", file=sys.stderr)


def _square(timed: bool) -> Instance:
    """Four clients around a depot."""
    return Instance(
        name="square",
        xy=np.array([(0, 0), (0, 9), (9, 0), (0, -9), (-9, 0)], dtype=float),
        demand=np.array([0, 1, 1, 1, 1]),
        capacity=2,
        windows=np.array([(0, 900)] * 5) if timed else None,
        service=np.array([0, 5, 5, 5, 5]),
        vehicles=3,
        scale=instances.TENTHS,
    )


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.search",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("instances", nargs="*", type=Path, metavar="INSTANCE.vrp")
    parser.add_argument("--seconds", type=float, default=0, help="for each instance (default: by its size)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2, help="threads that search (default: 2)")
    parser.add_argument("--json", type=Path, metavar="OUT", help="where routes and traces are written")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
