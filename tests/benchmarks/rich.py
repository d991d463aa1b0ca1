"""Depot days with many rules at once: `python -m tests.benchmarks.rich [--cases N…] [--seconds S] [--only PEER…]`.

The shared days with their fleet, priorities and skills drawn, goods scaled, drivers added: windows, breaks, three
capacities with deliveries and collections in one tour, skills, a mixed fleet, priorities. Ours against

- ortools: OR-Tools' routing model of the same rules and costs, the better of two runs side by side. Goal: ours is
  never worse, and 3 % cheaper in the mean;
- vroom: VROOM -x5 with 2 threads, on the same days with costs by kilometre and vehicle only: it does not pay for
  service and waiting. Goal: ours is never worse.

All get the same time on two cores and begin from nothing. Plans are compared by what is left out, critical stops
first, then by cost; both as `domain.schedule` has it, which also says whether a rule is broken.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Costs, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.options import Options
from tests.benchmarks import rich_days, rich_peers
from tests.benchmarks.planning_day import unplanned
from tests.benchmarks.rich_days import CASES, Case, Worth
from tests.benchmarks.search import warm

PEERS = tuple(name for name in rich_peers.NAMES if name != "ours")
_SIDE_BY_SIDE = {"ours": 1, "ortools": 2, "vroom": 1}
#: What ours may cost at most, of the peer's cost, in the mean.
GOALS = {"ortools": 0.97, "vroom": 1.0}
#: For building models, and for who does not look at the clock.
_PATIENCE_S = 120.0
#: Kilometres that an hour of work is worth where only kilometres are paid.
_KM_AN_HOUR = 30


class Line(NamedTuple):
    case: Case
    ours: Worth
    theirs: Worth | None

    @property
    def worse(self) -> bool:
        return self.theirs is not None and self.ours > self.theirs

    @property
    def ratio(self) -> float | None:
        """Our cost to theirs; None: nothing to compare with."""
        return self.ours.cost / self.theirs.cost if self.theirs is not None and self.theirs.cost else None


def main() -> None:
    args = _arguments()
    cases = [CASES[number - 1] for number in args.cases]
    bases = {stops: unplanned(stops) for stops in sorted({case.stops for case in cases})}
    first = rich_days.vary(bases[cases[0].stops], cases[0])
    warm(2, problem.build(first, 0, Options(workers=2)))  # compiled here once: the processes have only to load it
    for peer in args.only:
        costs = "" if peer == "ortools" else ", costs by kilometre and vehicle only"
        print(f"against {peer}{costs}; stops left out (critical/high/normal/low) and cost")
        lines: list[Line] = []
        for case in cases:
            day = rich_days.vary(bases[case.stops], case)
            if peer == "vroom":
                day = by_kilometre(day)
            seconds = args.seconds or case.seconds
            ours = best("ours", day, seconds, args.seed)
            if ours is None:
                sys.exit(f"No plan of ours on {case.name}.")
            lines.append(Line(case, ours, best(peer, day, seconds, args.seed)))
            _print(lines[-1], seconds)
        _print_mean(lines, GOALS[peer])


def by_kilometre(day: Day) -> Day:
    """The same day where an hour costs nothing and a kilometre so much more."""

    def costs(old: Costs) -> Costs:
        return Costs(0, old.per_km + old.per_hour // _KM_AN_HOUR, old.fixed)

    shifts = {id: replace(shift, costs=costs(shift.costs)) for id, shift in day.shifts.items()}
    return replace(day, shifts=shifts)


def best(name: str, day: Day, seconds: float, seed: int) -> Worth | None:
    """The best plan of a planner's runs; None: there is none that breaks no rule."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "day"
        path.write_bytes(pickle.dumps(day))
        runs = [_start(name, path, seconds, seed + k) for k in range(_SIDE_BY_SIDE[name])]
        found = [_worth(name, run, day, seconds) for run in runs]
    return min((one for one in found if one is not None), default=None)


def _start(name: str, path: Path, seconds: float, seed: int) -> subprocess.Popen[str]:
    child = [sys.executable, "-m", "tests.benchmarks.rich_peers", name, str(path), str(seconds), str(seed)]
    return subprocess.Popen(child, stdout=subprocess.PIPE, encoding="utf-8")


def _worth(name: str, run: subprocess.Popen[str], day: Day, seconds: float) -> Worth | None:
    try:
        out, _ = run.communicate(timeout=seconds + _PATIENCE_S)
    except subprocess.TimeoutExpired:
        run.kill()
        run.communicate()
        print(f"  {name} did not come back", file=sys.stderr)
        return None
    if run.returncode:
        print(f"  {name} ended with {run.returncode}", file=sys.stderr)
        return None
    answer = json.loads(out)
    routes = {ShiftId(int(id)): tuple(map(StopId, stops)) for id, stops in answer["routes"].items()}
    value, wrong = rich_days.worth(day, routes)
    if answer["took_s"] > 1.1 * seconds + 1:
        print(f"  {name} took {answer['took_s']:.1f} s", file=sys.stderr)
    if wrong:
        print(f"  {name}: not counted, {len(wrong)} rules broken: {wrong[0]}", file=sys.stderr)
        return None
    return value


def _print(line: Line, seconds: float) -> None:
    ratio = "" if line.ratio is None else f"{line.ratio:9.3f}"
    verdict = "  WORSE" if line.worse else ""
    print(f"  {line.case.name:52} {seconds:3.0f} s  ours {_told(line.ours)}", end="")
    print(f"  theirs {'–' if line.theirs is None else _told(line.theirs)}{ratio}{verdict}", flush=True)


def _told(value: Worth) -> str:
    return f"{'/'.join(map(str, value.missed)):>13} {value.cost / 100:10.2f}"


def _print_mean(lines: list[Line], goal: float) -> None:
    ratios = [line.ratio for line in lines if line.ratio is not None]
    worse = sum(1 for line in lines if line.worse)
    mean = f"{sum(ratios) / len(ratios):.3f}" if ratios else "–"
    print(f"  cost, ours to theirs: mean {mean} of {len(ratios)} (goal ≤ {goal}); worse on {worse} (goal 0)")
    uneven = sum(1 for line in lines if line.theirs is not None and line.ours.missed < line.theirs.missed)
    if uneven:
        print(f"  on {uneven} of them they left more out, which makes theirs cheaper")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.rich",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    numbers = range(1, len(CASES) + 1)
    parser.add_argument("--cases", nargs="+", type=int, choices=numbers, default=list(numbers), metavar="N")
    parser.add_argument("--seconds", type=float, default=0, help="for each plan (default: 30 or 60 by case)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=PEERS, default=list(PEERS), metavar="PEER")
    return parser.parse_args()


if __name__ == "__main__":
    main()
