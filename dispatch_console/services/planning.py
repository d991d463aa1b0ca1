"""Planning by the search: start it, watch it, keep or drop what it found.

A `Run` belongs to the day it was started on. What changes on the screen meanwhile is never overwritten: the result
leaves routes that somebody touched as they are, names them, and is repaired around them (`planning_repair`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable
from enum import StrEnum
from time import monotonic, sleep
from typing import NamedTuple, Protocol

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.schedule import schedule
from dispatch_console.domain.slices import at_once
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.options import Changes, Options, Scope
from dispatch_console.optimiser.tasks import Found, Problem
from dispatch_console.optimiser.worker import Begun, Done, Failed, First, Message, Ready, Worker
from dispatch_console.services.planning_result import Result, Totals, result_steps, totals_of

__all__ = [
    "Changes",
    "Options",
    "Planner",
    "Point",
    "Result",
    "Run",
    "Scope",
    "State",
    "Totals",
    "search",
    "why_not",
]

log = logging.getLogger(__name__)

#: How long a search that was told to end may take to say its last word. Then the best plan so far counts.
_PATIENCE_S = 0.25
#: How long past its time a search may be before it is taken for lost.
_OVERTIME_S = 10.0
#: How long a worker may take to load the search, and after a new version to compile it: an old machine in the
#: morning, with a virus scanner at it.
_LOADING_S = 300.0

_POLL_S = 0.05
#: How long making the question may take at a time.
_SLICE_S = 0.01

_CRASHED = "The search ended unexpectedly. The plan is as it was; start it again."


class State(StrEnum):
    RUNNING = "running"
    ENDING = "ending"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Point(NamedTuple):
    """A better plan: seconds since the start; cents, metres and stops without a driver of the whole day."""

    at: float
    cost: int
    metres: int
    unassigned: int


class Searcher(Protocol):
    """What a run needs of the worker."""

    def submit(self, problem: Problem) -> int: ...

    def end(self) -> None: ...

    def poll(self) -> list[Message]: ...

    def kill(self) -> None: ...


class Run:
    """One search. All calls return at once. `poll` it all the time until it `is_asked`: making the question of a
    large day takes a while; then every 100 ms.
    """

    def __init__(
        self, worker: Searcher, day: Day, options: Options, building: Generator[None, None, Problem]
    ) -> None:
        self.day, self.options = day, options
        self.question: Problem | None = None
        self.state = State.RUNNING
        self.points: list[Point] = []
        self.best: Found | None = None
        self.trouble = ""
        self.before = totals_of(day)
        self._worker = worker
        self._elsewhere = self._rest_cost = self._rest_m = 0
        self._asked = monotonic()
        self._began: float | None = None
        self._ended_at: float | None = None
        self._told_at = 0.0
        self._building, self._job = building, -1
        self._build()

    @property
    def is_asked(self) -> bool:
        """Whether the question is made and the worker has it."""
        return self.question is not None

    @property
    def begun(self) -> bool:
        """Whether it is searched: before that the question is made, and a worker that is still cold loads."""
        return self._began is not None

    @property
    def loading_s(self) -> float:
        """For how long it has waited for the search to begin; 0 since then."""
        return 0.0 if self.begun or self.over else monotonic() - self._asked

    @property
    def over(self) -> bool:
        return self.state in (State.DONE, State.CANCELLED, State.FAILED)

    @property
    def elapsed_s(self) -> float:
        """Of the search itself: 0 until it has begun."""
        return 0.0 if self._began is None else (self._ended_at or monotonic()) - self._began

    @property
    def remaining_s(self) -> float:
        return max(0.0, self.options.seconds - self.elapsed_s) if not self.over else 0.0

    @property
    def left_alone(self) -> list[str]:
        """Drivers whose routes no search can plan around what is held there."""
        return [] if self.question is None else [self.day.shifts[id].driver.name for id in self.question.left_alone]

    def poll(self) -> bool:
        """Take in what the worker said. True if there is anything new to show."""
        if self.over:
            return False
        before = self.state, len(self.points)
        if self.question is None:
            self._build()
        for message in self._worker.poll():
            self._take(message)
        if not self.over:
            self._lose_patience()
        return (self.state, len(self.points)) != before

    def stop_and_keep(self) -> None:
        """End the search; its best plan so far is the result. `poll` until it is over: at most 0.3 s."""
        if self.state is State.RUNNING:
            self.state, self._told_at = State.ENDING, monotonic()
            self._worker.end()

    def cancel(self) -> None:
        """End the search and forget what it found."""
        if not self.over:
            self._worker.end()
            self._finish(State.CANCELLED)

    def result(self, day: Day) -> Result:
        """What accepting the best plan would do to `day`, which is the run's day or a later state of it.

        Raises UserError if there is no plan.
        """
        return at_once(self.result_steps(day))

    def result_steps(self, day: Day) -> Generator[None, None, Result]:
        """As `result`, a few milliseconds at each step, for a thread that has a window to show."""
        if self.best is None or self.question is None:
            raise UserError(self.trouble or "The search has not found a plan yet. Give it more time.")
        return (yield from result_steps(self.day, day, self.best, self.question, self.options))

    def _build(self) -> None:
        """A slice of making the question; when it is made, ask it."""
        until = monotonic() + _SLICE_S
        while monotonic() < until:
            try:
                next(self._building)
            except StopIteration as end:
                self._ask(end.value)
                return

    def _ask(self, question: Problem) -> None:
        self.question = question
        asked = {task.stop for task in question.tasks}
        self._elsewhere = sum(1 for stop in self.day.unassigned if stop not in asked)
        self._rest_cost, self._rest_m = _not_planned(self.day, question)
        self._job = self._worker.submit(question)
        if self.state is State.ENDING:
            self._worker.end()

    def _take(self, message: Message) -> None:
        if isinstance(message, Ready) or message.job != self._job:
            return  # the last words of an earlier job
        if not isinstance(message, First):
            self._began = self._began or monotonic()
        if isinstance(message, Begun):
            return
        if isinstance(message, Failed):
            self._fail(message)
            return
        found = message.found
        if self.best is None or found.worth < self.best.worth:
            self.best = found
            left = self._elsewhere + len(found.unassigned)
            cost, metres = self._rest_cost + found.cost, self._rest_m + found.drive_m
            self.points.append(Point(found.at, cost, metres, left))
        if isinstance(message, Done):
            self._finish(State.DONE)

    def _fail(self, message: Failed) -> None:
        log.error("the search failed\n%s", message.trace or "its process ended")
        if self.best is not None:
            self._finish(State.DONE)
            return
        self.trouble = _CRASHED
        self._finish(State.FAILED)

    def _lose_patience(self) -> None:
        """Who does not end in time is put down; the best plan is here already."""
        now = monotonic()
        told = self.state is State.ENDING and now - self._told_at > _PATIENCE_S
        late = now - self._asked > _LOADING_S
        if self._began is not None:
            late = now - self._began > self.options.seconds + _OVERTIME_S
        if not told and not late:
            return
        if late or self.best is not None:
            self._worker.kill()
            self.trouble = "" if self.best else _CRASHED
            self._finish(State.DONE if self.best else State.FAILED)

    def _finish(self, state: State) -> None:
        self.state, self._ended_at = state, monotonic()


class Planner:
    """Holds the warm worker. One run at a time; starting another one ends the first."""

    def __init__(self, worker: Worker | None = None) -> None:
        self._worker = worker or Worker()
        self.run: Run | None = None

    def start(self, day: Day, options: Options, now: int | None = None) -> Run:
        """Search for a better plan of `day`. `now`: elapsed seconds of the day, if it is under way.

        Raises UserError if there is nothing to plan.
        """
        reason = why_not(day, options)
        if reason is not None:
            raise UserError(reason)
        if self.run is not None:
            self.run.cancel()
        building = problem.building(day, day.now if now is None else now, options)
        self.run = Run(self._worker, day, options, building)
        return self.run

    @property
    def worker_pid(self) -> int | None:
        return self._worker.pid

    def close(self) -> None:
        """End the worker; no process is left."""
        self._worker.close()


def search(day: Day, options: Options, tell: Callable[[Point], None]) -> Result:
    """Plan and wait for it; each better plan goes to `tell`.

    For commands without a window. Raises UserError if no plan came about.
    """
    planner = Planner()
    try:
        run, told = planner.start(day, options), 0
        while not run.over:
            sleep(_POLL_S)
            run.poll()
            for point in run.points[told:]:
                tell(point)
            told = len(run.points)
        return run.result(day)
    finally:
        planner.close()


def _not_planned(day: Day, question: Problem) -> tuple[int, int]:
    """(cents, metres) of routes that are no part of a found plan's sums: locked, left alone, absent drivers'."""
    planned = {vehicle.shift for vehicle in question.vehicles}
    heads = {route.id: schedule(route, day.leaving[route.id], day.basis) for route in question.emptied}
    rest = [heads.get(id, timed) for id, timed in day.schedules.items() if id not in planned]
    return sum(timed.cost for timed in rest), sum(timed.drive_m for timed in rest)


def why_not(day: Day, options: Options) -> str | None:
    """Why there is nothing to plan, in one sentence; None: there is."""
    if not day.stops:
        return "There are no orders on this day yet. Import some first."
    if not day.shifts:
        return "No driver works on this day. Add drivers and shifts first."
    drivers = [id for id, shift in day.shifts.items() if not shift.absent]
    if not drivers:
        return "All drivers are absent on this day. Bring one back first."
    free = [id for id in drivers if not day.plan.route(id).locked]
    if options.scope is Scope.ROUTES:
        free = [id for id in free if id in options.routes]
        if not options.routes:
            return "Select the routes to optimise first: click the head of a lane."
    if not free:
        return "All these routes are locked. Unlock one first."
    if options.scope is Scope.UNASSIGNED and not day.unassigned:
        return "Every order that has a place has a driver already."
    if not _movable(day, free, options):
        return "There is no order with a place to plan yet. Give the orders their places first."
    return None


def _movable(day: Day, routes: Iterable[ShiftId], options: Options) -> bool:
    pool = day.unassigned if options.scope is not Scope.ROUTES else ()
    absent = [stop for id, shift in day.shifts.items() if shift.absent for stop in day.plan.route(id).stops]
    return bool(pool or absent) or any(day.plan.route(id).stops for id in routes)
