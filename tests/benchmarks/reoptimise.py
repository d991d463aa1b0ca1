"""Re-optimise at 11:20: `python -m tests.benchmarks.reoptimise [--stops N] [--seconds S] [--hand-over]`.

From the click to a preview that can be accepted (goal 3 s for the 300-order day), with a worker that is warm; what
it saves, how many stops move, and whether anything that is over has moved (it must not).
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

from dispatch_console.domain import freeze
from dispatch_console.domain.day import Day
from dispatch_console.services import preview
from dispatch_console.services.planning import Options, Planner, Run
from tests.benchmarks.planning_day import unplanned
from tests.benchmarks.running_day import under_way

GOAL_S = 3.0
AT = 11 * 3600 + 20 * 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stops", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--plan-seconds", type=float, default=8.0)
    args = parser.parse_args()
    planner = Planner()
    try:
        day = unplanned(args.stops)
        planned = _finished(planner.start(day, Options(seconds=args.plan_seconds)))
        day = under_way(planned.result(day).after, AT)
        seen = preview.totals(day)
        print(f"{len(day.orders)} orders, {len(day.shifts)} drivers, 11:20; {seen.late_stops} stops will be late")
        plain = Options(seconds=args.seconds, from_now=True, freeze_next=2)
        for name, options in (("goods stay on their van", plain), ("hand-over", replace(plain, hand_over=True))):
            _one(planner, day, name, options)
    finally:
        planner.close()


def _one(planner: Planner, day: Day, name: str, options: Options) -> None:
    began = time.perf_counter()
    run = _finished(planner.start(day, options, AT))
    found = time.perf_counter() - began
    result = run.result(day)
    seen = preview.preview(day, result.after)
    whole = time.perf_counter() - began
    before, after = seen.before, seen.after
    print(f"{name}: preview after {whole:.2f} s (goal {GOAL_S:.0f} s; search {found:.2f} s)")
    drive, wait, late = (b - a for a, b in zip(before.times, after.times, strict=True))
    print(f"  minutes saved {seen.saved_s / 60:.0f}: driving {drive / 60:+.0f}, ", end="")
    print(f"waiting {wait / 60:+.0f}, late {late / 60:+.0f}")
    print(f"  late stops {before.late_stops} → {after.late_stops}, moved {seen.moved}, new {seen.new}, ", end="")
    print(f"without a route {before.unassigned} → {after.unassigned}")
    heads = [(r, freeze.head(r, day.facts)) for r in day.routes]
    moved = sum(1 for r, head in heads if result.after.plan.route(r.id).stops[: len(head)] != head)
    print(f"  heads that moved {moved} (goal 0)")


def _finished(run: Run) -> Run:
    while not run.over:
        run.poll()
        time.sleep(0.005)
    return run


if __name__ == "__main__":
    main()
