"""How the search behaves: `python -m tests.benchmarks.searching [--large-seconds S]`.

The best places for a stop in a day of 1,000 as the window asks for them; when a worker is ready, the first time and
after; how exactly a search ends by its time and when it is told to; whether the same seed is the same plan; memory
with 10,000 stops. Goals stand beside the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace

import psutil

from dispatch_console.domain.cheapest import cheapest
from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import StopId
from dispatch_console.optimiser import problem, search
from dispatch_console.optimiser.options import Options
from dispatch_console.optimiser.tasks import Problem
from dispatch_console.optimiser.worker import Better, Ready, Worker
from dispatch_console.services import dispatch
from tests.benchmarks import rich_days, searching_child
from tests.benchmarks.planning_day import unplanned
from tests.benchmarks.search import warm
from tests.gui.board_day import big_day

INSERTION_MS, READY_S, MEMORY_GB = 5.0, 1.0, 2.0
#: Rounds of the search that is done twice.
_ROUNDS = 5000

_DAY = rich_days.Case(1000, 40, 5, 0, 0)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.searching",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--large-seconds", type=float, default=20, help="of the search with 10,000 stops")
    args = parser.parse_args()
    _tell_ready()
    _tell_insertion(big_day(1000, 40))
    day = rich_days.vary(unplanned(_DAY.stops), _DAY)
    question = problem.build(day, 0, Options(seconds=2.0))
    warm(2, question)
    print(f"{len(day.stops)} stops, {len(day.shifts)} drivers")
    searching_child.tell(searching_child.ends(question), "  ")
    _tell_seed(question)
    _tell_large(args.large_seconds)


def _tell_ready() -> None:
    """With an empty cache of compiled code, then with what the first worker left there."""
    with tempfile.TemporaryDirectory() as cache:
        before = os.environ.get("NUMBA_CACHE_DIR")
        os.environ["NUMBA_CACHE_DIR"] = cache
        try:
            first, planned = _ready()
            print(f"worker ready: the very first time after {first:.2f} s, its first plan {planned:.2f} s later")
            then, planned = _ready()
            print(f"  after that {then:.2f} s (goal {READY_S:.0f} s), its first plan {planned:.2f} s later")
        finally:
            if before is None:
                del os.environ["NUMBA_CACHE_DIR"]
            else:
                os.environ["NUMBA_CACHE_DIR"] = before


def _ready() -> tuple[float, float]:
    """(seconds until a new worker is ready, seconds from a small question to its first plan)."""
    question = searching_child.small(seconds=0.5)
    began = time.perf_counter()
    worker = Worker()
    try:
        _wait_for(worker, Ready)
        ready = time.perf_counter() - began
        worker.submit(question)
        _wait_for(worker, Better)
        return ready, time.perf_counter() - began - ready
    finally:
        worker.close()


def _wait_for(worker: Worker, kind: type) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        if any(isinstance(message, kind) for message in worker.poll()):
            return
        time.sleep(0.002)
    sys.exit(f"the worker never said {kind.__name__}")


def _tell_insertion(day: Day) -> None:
    rnd = random.Random(1)
    stops = [stop for route in day.routes for stop in route.stops]
    print(f"best places for a stop of {len(stops)} (goal {INSERTION_MS:.0f} ms)")

    def loose(stop: StopId) -> object:
        routes = [r.with_stops(tuple(s for s in r.stops if s != stop)) for r in day.routes]
        return cheapest(stop, [(route, 0) for route in routes], day.basis)

    _tell_ms("as a drag asks", lambda: dispatch.best_places(day, rnd.choice(stops)))
    _tell_ms("cheapest that breaks nothing", lambda: loose(rnd.choice(stops)))


def _tell_ms(what: str, work: Callable[[], object]) -> None:
    took: list[float] = []
    for _ in range(200):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    print(f"  {what:30} median {statistics.median(took):5.2f} ms, worst {max(took):5.2f} ms")


def _tell_seed(question: Problem) -> None:
    """Alone and by rounds, a search is repeatable."""
    fixed = replace(question, seconds=600.0, workers=1, rounds=_ROUNDS)
    a, b = (search.solve(fixed, lambda: False, lambda _: None) for _ in range(2))
    other = search.solve(replace(fixed, seed=2), lambda: False, lambda _: None)
    same = "the same plan" if a.sequences == b.sequences else "DIFFERENT PLANS"
    alike = "the same" if a.sequences == other.sequences else "another"
    print(f"  same seed, {_ROUNDS} rounds: {same} (goal: the same); another seed: {alike}")


def _tell_large(seconds: float) -> None:
    """The 10,000 stops in a process of their own, watched from outside."""
    child = [sys.executable, "-m", "tests.benchmarks.searching_child", str(seconds)]
    running = subprocess.Popen(child, stdout=subprocess.PIPE, encoding="utf-8")
    most = 0.0
    while running.poll() is None:
        most = max(most, _memory_gb(running.pid))
        time.sleep(0.1)
    out = running.stdout.read() if running.stdout is not None else ""
    if running.returncode:
        sys.exit(f"the search with 10,000 stops ended with {running.returncode}")
    told = json.loads(out)
    print(f"{told['stops']} stops, {told['drivers']} drivers, {seconds:.0f} s")
    print(f"  memory of the process and its helpers {most:.2f} GB (goal {MEMORY_GB:.0f} GB)")
    print(f"  first plan after {told['first_s']:.1f} s, {told['left']} left out at the end")
    searching_child.tell(searching_child.Ends(**told["ends"]), "  ")


def _memory_gb(pid: int) -> float:
    """What belongs to a process, its children, and their share of what they have in common."""
    total = 0
    try:
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            info = one.memory_full_info()
            total += getattr(info, "pss", 0) or info.uss
    except psutil.Error:  # it ended while it was looked at
        return 0.0
    return total / 2**30


if __name__ == "__main__":
    main()
