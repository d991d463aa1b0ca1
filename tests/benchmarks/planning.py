"""The search: `python -m tests.benchmarks.planning [--seconds S] [--stops N …]`.

From the click to the first plan that breaks no rule (floor 2 s for 300 orders), with a worker that is warm, as it
is in the window; what the plan costs as time goes by; what the worker takes of memory.
"""

from __future__ import annotations

import argparse
import time

import psutil

from dispatch_console.domain.day import Day
from dispatch_console.services.planning import Options, Planner, Run
from tests.benchmarks.planning_day import unplanned

FIRST_S = 2.0
_MARKS = (1, 2, 5, 10, 20, 30, 60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--stops", type=int, nargs="+", default=[300, 1000])
    args = parser.parse_args()
    planner = Planner()
    try:
        _warm(planner)
        for stops in args.stops:
            _plan(planner, unplanned(stops), Options(seconds=args.seconds))
    finally:
        planner.close()


def _warm(planner: Planner) -> None:
    day = unplanned(300)
    _watch(planner.start(day, Options(seconds=0.1)))


def _plan(planner: Planner, day: Day, options: Options) -> None:
    began = time.perf_counter()
    run = planner.start(day, options)
    started = time.perf_counter() - began
    first = _watch(run, began)
    assert run.best is not None
    result = run.result(day)
    broken = sum(len(result.after.schedules[id].broken) for id in result.after.shifts)
    print(f"{len(day.orders)} orders, {len(day.shifts)} drivers")
    print(f"  first plan after {first:.2f} s (floor {FIRST_S:.0f} s for 300 orders)")
    print(f"  the call that starts it took {started * 1000:.0f} ms")
    for mark in (m for m in _MARKS if m <= options.seconds):
        known = [point for point in run.points if point.at <= mark]
        if known:
            at = known[-1]
            print(f"  {mark:3} s: {at.cost / 100:9.2f}  {at.metres / 1000:6.0f} km  {at.unassigned:4} unassigned")
    left = run.points[-1].unassigned
    print(f"  end: {len(day.orders) - left} stops assigned, {left} not; rules broken {broken} (goal 0)")
    assert planner.worker_pid is not None
    worker = psutil.Process(planner.worker_pid).memory_info().rss / 1e6
    print(f"  memory of the worker {worker:.0f} MB")


def _watch(run: Run, began: float = 0.0) -> float:
    """Poll until it is over; when the first plan was here, in seconds since `began`."""
    first = 0.0
    while not run.over:
        run.poll()
        if run.points and not first:
            first = time.perf_counter() - began
        time.sleep(0.005)
    return first


if __name__ == "__main__":
    main()
