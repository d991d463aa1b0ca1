"""Hands better plans on: checked as the dispatcher will see them, and not more often than anyone can look."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.schedule import RouteSchedule
from dispatch_console.optimiser.check import mend
from dispatch_console.optimiser.tasks import Found, Missed, Problem, prize_of

#: Seconds between two plans handed on, and how many times the time that checking the last one took.
_EVERY_S, _TIMES = 0.1, 5

#: Who is told to end hands on what is waiting if checking takes no more seconds than this.
_QUICK_S = 0.05

#: The tasks of each van, in order.
Sequences = list[tuple[int, ...]]


class Reporter:
    """`note` a better plan, `tick` now and then, `flush` at the end. `told` is the best plan handed on so far."""

    def __init__(
        self, problem: Problem, on_best: Callable[[Found], None], began: float, stop: Callable[[], bool]
    ) -> None:
        self._problem, self._on_best, self._began, self._stop = problem, on_best, began, stop
        #: Seconds that checking a plan took at most.
        self.took = 0.0
        self._checked: dict[int, tuple[tuple[int, ...], Route, RouteSchedule]] = {}
        self._waiting: tuple[Callable[[], Sequences], int] | None = None
        self._next_at = 0.0
        self.told: Found | None = None

    def note(self, sequences: Callable[[], Sequences], score: int) -> None:
        """The best plan so far, looked at when it is handed on, and what the search counts for it in cents."""
        self._waiting = sequences, score
        self.tick()

    def tick(self) -> None:
        """Hand on what waits, if it is time."""
        if self._waiting is not None and monotonic() >= self._next_at:
            self.flush()

    def flush(self) -> None:
        """Hand on what waits, if anything."""
        if self._waiting is None:
            return
        began = monotonic()
        (sequences, score), self._waiting = self._waiting, None
        found = self._found(sequences(), score)
        now = monotonic()
        self.took = max(self.took, now - began)
        self._next_at = now + max(_EVERY_S, _TIMES * (now - began))
        if found is not None and (self.told is None or found.worth < self.told.worth):
            self.told = found
            self._on_best(found)

    @property
    def hurried(self) -> bool:
        """Whether somebody waits for the end, there is a plan to end with, and another would take long to check."""
        return self.told is not None and self.took > _QUICK_S and self._stop()

    def _found(self, sequences: Sequences, score: int) -> Found | None:
        """The plan with what `check` has to say; None if mending it would move a fixed stop, or it is `hurried`."""
        routes: list[Route] = []
        cost = metres = 0
        for driver, seq in enumerate(sequences):
            route, timed, mended = self._check(driver, seq)
            if self.hurried or (mended and self._problem.vehicles[driver].places):
                return None
            routes.append(route)
            cost += timed.cost
            metres += timed.drive_m
        left, missed = self._left({stop for route in routes for stop in route.stops})
        stops = {route.id: route.stops for route in (*routes, *self._problem.emptied)}
        return Found(stops, left, missed, cost, metres, monotonic() - self._began, score)

    def _check(self, driver: int, seq: tuple[int, ...]) -> tuple[Route, RouteSchedule, bool]:
        """(route without what breaks a rule, its schedule, whether anything had to go)."""
        vehicle, held = self._problem.vehicles[driver], self._problem.held[driver]
        known = self._checked.get(driver)
        stops = (*vehicle.head, *(self._problem.tasks[number].stop for number in seq))
        if stops == held.route.stops:
            known = seq, held.route, held.schedule
        elif known is None or known[0] != seq:
            known = (seq, *mend(held.route.with_stops(stops), held, self._problem.basis))
            self._checked[driver] = known
        return known[1], known[2], len(known[1].stops) != len(stops)

    def _left(self, served: set[StopId]) -> tuple[tuple[StopId, ...], Missed]:
        """(stops that nobody has, how many of each rank; those with a price are in the costs)."""
        missed = [0, 0, 0, 0]
        left: list[StopId] = []
        for task in self._problem.tasks:
            if task.stop not in served:
                left.append(task.stop)
                missed[3 - task.rank] += not prize_of(task)
        a, b, c, d = missed
        return tuple(left), (a, b, c, d)
