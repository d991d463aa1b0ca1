"""The incidents of a day under way: `python -m tests.benchmarks.incidents [--stops N] [--routes N]`.

Everything the queue does after a fact: look through the forecasts of all routes, find what is late, at risk, failed
or stands too long, look for better places for the latest stops, and say what becomes of the failed ones.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import statistics
import time
from dataclasses import replace

from dispatch_console.domain import clock
from dispatch_console.domain.baseline import frozen
from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.facts import NO_STOP, Fact, FactKind
from dispatch_console.domain.reasons import Reason
from dispatch_console.services.incidents import incidents
from dispatch_console.services.incidents.book import IncidentBook
from tests.gui.board_day import big_day

GOAL_MS = 100.0


def under_way(stops: int, routes: int) -> Day:
    """Half of each route is over, one stop in ten of it failed, every third van is twenty minutes behind."""
    day = big_day(stops, routes)
    day = replace(day, approval=Approval(DayState.APPROVED, "Kim"), baseline=frozen(day.schedules))
    facts: list[Fact] = []
    now = 11 * 3600
    for route in day.routes:
        facts.append(Fact(NO_STOP, route.id, FactKind.OUT, day.schedules[route.id].start, recorded=now))
        behind = 20 * 60 if route.id % 3 == 0 else 0
        for n, visit in enumerate(day.schedules[route.id].visits[: len(route.stops) // 2]):
            kind = FactKind.FAILED if n % 10 == 9 else FactKind.DELIVERED
            why = Reason.ABSENT if kind is FactKind.FAILED else None
            facts.append(Fact(visit.stop, route.id, kind, visit.depart + behind, reason=why, recorded=now))
    return day.record(facts, now)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stops", type=int, default=1500)
    parser.add_argument("--routes", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=20)
    args = parser.parse_args()
    day = under_way(args.stops, args.routes)
    found = incidents(day)
    kinds = {kind: sum(1 for i in found if i.kind is kind) for kind in dict.fromkeys(i.kind for i in found)}
    told = ", ".join(f"{n} {kind}" for kind, n in kinds.items())
    print(f"{args.stops} stops, {args.routes} routes, {len(found)} incidents ({told}); goal {GOAL_MS:.0f} ms")
    book, now = IncidentBook(), clock.to_instant(day.now, day.date, day.depot.timezone)
    gc.freeze()  # as the program does when its window stands
    cold: list[float] = []
    for n in range(args.rounds):
        late = next(r for r in day.routes if r.id % 3 == 0 and r.stops)
        fact = Fact(late.stops[len(late.stops) // 2 + n % 5], late.id, FactKind.DELIVERED, day.now + n)
        fresh = day.record([fact], day.now + n)  # nothing that was computed from the facts before is there
        began = time.perf_counter()
        book.look(fresh, now + dt.timedelta(seconds=n))
        cold.append((time.perf_counter() - began) * 1000)
    print(f"  forecast and queue       median {statistics.median(cold):5.1f} ms, worst {max(cold):5.1f} ms")


if __name__ == "__main__":
    main()
