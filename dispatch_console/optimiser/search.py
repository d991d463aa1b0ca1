"""`solve`: the one way into the search, whatever finds the plans behind it."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from dispatch_console.optimiser import plain_plan
from dispatch_console.optimiser.clock import Clock, State
from dispatch_console.optimiser.crew import Crew
from dispatch_console.optimiser.report import Reporter
from dispatch_console.optimiser.tasks import Found, Problem


def solve(problem: Problem, stop: Callable[[], bool], on_best: Callable[[Found], None]) -> Found:
    """The best plan found within `problem.seconds` or until `stop()`; each better one goes to `on_best` soon.

    Every plan handed on breaks no rule beyond what is held breaks by itself, serves every held stop, and keeps
    fixed stops at their positions.
    """
    began = monotonic()
    reporter = Reporter(problem, on_best, began, stop)
    clock = Clock(problem, began, stop)
    if clock.over() and (begin := plain_plan.first_plan(problem, stop, on_best)) is not None:
        return begin
    crew = Crew(problem, clock.over)
    told: State | None = None

    def better() -> None:
        nonlocal told
        if crew.best is not told:
            told = crew.best
            reporter.note(crew.sequences(), crew.score)
        reporter.tick()
        clock.reserve(reporter.took)

    crew.fill(clock, better)
    better()
    reporter.flush()
    crew.run(clock, better)
    if not reporter.hurried:
        crew.last_gaps(clock.hurried)
        better()
    reporter.flush()
    assert reporter.told is not None, "the plan to begin with is in order"
    return reporter.told
