"""A drag without its repaint: `python -m tests.benchmarks.drag [--stops N] [--routes N]`.

From the call of the service to the day with new arrivals and loads of the touched routes. Together with the repaint
it must stay under 30 ms at 1,000 stops and 40 routes; `board` measures it with the repaint.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import dispatch
from dispatch_console.services.session import DaySession
from tests.gui.board_day import big_day

FLOOR_MS = 30.0
BEST_MS = 5.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stops", type=int, default=1000)
    parser.add_argument("--routes", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=200)
    args = parser.parse_args()
    session = DaySession(big_day(args.stops, args.routes))
    rnd = random.Random(1)
    print(f"{args.stops} stops, {args.routes} routes; floor {FLOOR_MS:.0f} ms with the repaint")
    _tell("to a position", _timed(args.rounds, lambda: _move(session, rnd, best=False)))
    _tell("to the best place", _timed(args.rounds, lambda: _move(session, rnd, best=True)))
    _tell("to the pool", _timed(args.rounds, lambda: _unassign(session, rnd)))
    _tell("undo", _timed(args.rounds, session.undo))
    _tell("hint under the pointer", _timed(args.rounds, lambda: _hint(session, rnd)))
    _tell("best places of the day", _timed(args.rounds, lambda: _best(session, rnd)))
    print(f"  floor of the best places: {BEST_MS:.0f} ms")


def _move(session: DaySession, rnd: random.Random, *, best: bool) -> None:
    stop = rnd.choice([stop for route in session.day.routes for stop in route.stops])
    to = ShiftId(rnd.randint(1, len(session.day.shifts)))
    at = None if best else rnd.randint(0, len(session.day.plan.route(to).stops))
    dispatch.move(session, [stop], to, at)


def _unassign(session: DaySession, rnd: random.Random) -> None:
    dispatch.unassign(session, [rnd.choice([stop for route in session.day.routes for stop in route.stops])])


def _hint(session: DaySession, rnd: random.Random) -> None:
    day = session.day
    stop = rnd.choice([stop for stop, route in day.plan.where.items() if route != POOL])
    dispatch.offer(day, [stop], ShiftId(rnd.randint(1, len(day.shifts))), 0)


def _best(session: DaySession, rnd: random.Random) -> None:
    dispatch.best_places(session.day, rnd.choice([*session.day.stops]))


def _timed(rounds: int, work: Callable[[], object]) -> list[float]:
    """Milliseconds of each round."""
    found: list[float] = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return found


def _tell(what: str, took: list[float]) -> None:
    print(f"  {what:24} median {statistics.median(took):5.2f} ms, worst {max(took):5.2f} ms")


if __name__ == "__main__":
    main()
