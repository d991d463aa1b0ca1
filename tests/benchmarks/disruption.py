"""50 stops come loose in a plan of 1,000: `python -m tests.benchmarks.disruption [--plan-seconds S] [--draws N]`.

The plan is searched for a minute and its cost is the undisturbed one. Then 50 stops lose their driver: anywhere, or
all in one area. Told is when there is a plan again that breaks no rule (goal: 50 ms from the call of the search),
when there is one that serves as much as before, and how much dearer than undisturbed it is after 1 s (goal 1 %) and
3 s (goal 0.4 %).
Making the question of the day, which comes before, is told by itself.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import replace
from time import perf_counter
from typing import NamedTuple

from dispatch_console.domain import edits
from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.optimiser import problem, search
from dispatch_console.optimiser.options import Options
from dispatch_console.optimiser.tasks import Found, Missed
from tests.benchmarks import rich_days
from tests.benchmarks.planning_day import unplanned
from tests.benchmarks.search import warm

LOOSE = 50
FIRST_MS = 50.0
#: (seconds, per cent dearer than undisturbed)
GOALS = ((1.0, 1.0), (3.0, 0.4))

_DAY = rich_days.Case(1000, 40, 5, 0, 0)


class Course(NamedTuple):
    """`question_ms`: making the question; `first_ms`: until there is a plan; `served_ms`: until nothing is left out
    that was served before."""

    question_ms: float
    first_ms: float
    served_ms: float | None
    dearer: tuple[float | None, ...]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.disruption",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--plan-seconds", type=float, default=60)
    parser.add_argument("--draws", type=int, default=3, help="of each kind (default: 3)")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    day = rich_days.vary(unplanned(_DAY.stops), _DAY)
    question = problem.build(day, 0, Options(seconds=args.plan_seconds, workers=args.workers))
    warm(args.workers, question)
    found = search.solve(question, lambda: False, lambda _: None)
    day = planned(day, found)
    print(
        f"{len(day.stops)} stops, {len(day.shifts)} drivers, {args.plan_seconds:.0f} s: {found.cost / 100:.2f}",
        end="",
    )
    print(f", {len(found.unassigned)} left out; then {LOOSE} stops come loose")
    courses: list[Course] = []
    for number in range(1, args.draws + 1):
        for kind, loose in (("anywhere", anywhere(day, number)), ("one area", around(day, number))):
            courses.append(disturb(day, found, loose, args.workers))
            _print(f"{kind} {number}", courses[-1])
    _print_worst(courses)


def planned(day: Day, found: Found) -> Day:
    """The day with the plan that was found."""
    routes = {id: Route(id, stops) for id, stops in found.sequences.items()}
    plan = Plan({**routes, POOL: Route(POOL, found.unassigned)})
    return replace(day, plan=plan).rescheduled(day.shifts)


def anywhere(day: Day, seed: int) -> list[StopId]:
    """Stops of the routes by chance."""
    return random.Random(seed).sample(_placed(day), LOOSE)


def around(day: Day, seed: int) -> list[StopId]:
    """The stops of the routes that are nearest to one of them."""
    placed = _placed(day)
    index, metres = day.travel.index, day.travel.distances
    centre = index[_place(day, random.Random(seed).choice(placed))]
    return sorted(placed, key=lambda stop: int(metres[centre, index[_place(day, stop)]]))[:LOOSE]


def disturb(day: Day, before: Found, loose: list[StopId], workers: int) -> Course:
    """Take the stops out of their routes and search as long as the last goal says."""
    change = edits.unassign(day.plan, loose, "loose")
    broken = replace(day, plan=day.plan.apply(change)).rescheduled(day.shifts)
    found: list[Found] = []
    began = perf_counter()
    question = problem.build(broken, 0, Options(seconds=GOALS[-1][0], workers=workers))
    question_ms = (perf_counter() - began) * 1000
    search.solve(question, lambda: False, found.append)
    served = next((one.at * 1000 for one in found if one.missed <= before.missed), None)
    return Course(
        question_ms,
        found[0].at * 1000,
        served,
        tuple(_dearer(found, before.missed, before.cost, by) for by, _ in GOALS),
    )


def _dearer(found: list[Found], missed: Missed, cost: int, by: float) -> float | None:
    """Per cent over `cost` of the best plan known after `by` seconds; None: it leaves more out."""
    known = [one for one in found if one.at <= by]
    if not known or min(known, key=lambda one: one.worth).missed > missed:
        return None
    return 100 * (min(known, key=lambda one: one.worth).cost / cost - 1)


def _placed(day: Day) -> list[StopId]:
    return [stop for route in day.routes for stop in route.stops]


def _place(day: Day, stop: StopId) -> object:
    return day.stops[stop].place


def _print(name: str, course: Course) -> None:
    served = "never" if course.served_ms is None else f"{course.served_ms:.0f} ms"
    dearer = ", ".join(
        f"after {by:.0f} s {'not all served' if more is None else f'{more:+.2f} %'}"
        for (by, _), more in zip(GOALS, course.dearer, strict=True)
    )
    plan = f"a plan after {course.first_ms:.0f} ms, all served after {served}"
    print(f"  {name:12} question {course.question_ms:4.0f} ms; {plan}; {dearer}")


def _print_worst(courses: list[Course]) -> None:
    print(
        f"worst: a plan after {max(course.first_ms for course in courses):.0f} ms (goal {FIRST_MS:.0f} ms)", end=""
    )
    served = [course.served_ms for course in courses]
    worst = "never" if None in served else f"{max(one for one in served if one is not None):.0f} ms"
    print(f", all served after {worst}", end="")
    for k, (by, goal) in enumerate(GOALS):
        dearer = [course.dearer[k] for course in courses]
        known = [one for one in dearer if one is not None]
        worst = "not all served" if len(known) < len(dearer) else f"{max(known):+.2f} %"
        print(f"; after {by:.0f} s {worst} (goal {goal} %)", end="")
    print()


if __name__ == "__main__":
    main()
