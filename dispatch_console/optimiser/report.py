"""Hands better plans on: checked as the dispatcher will see them, and not more often than anyone can look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.schedule import RouteSchedule
from dispatch_console.optimiser.check import mend
from dispatch_console.optimiser.tasks import Found, Missed, Problem
from dispatch_console.optimiser.tours import Tour

#: Seconds between two plans handed on: checking one takes some milliseconds.
_EVERY_S = 0.1


class Reporter:
    """`note` a better plan, `tick` now and then, `flush` at the end. `told` is the best plan handed on so far."""

    def __init__(self, problem: Problem, on_best: Callable[[Found], None], began: float) -> None:
        self._problem, self._on_best, self._began = problem, on_best, began
        self._checked: dict[int, tuple[tuple[int, ...], Route, RouteSchedule]] = {}
        self._waiting: list[Tour] | None = None
        self._told_at = 0.0
        self.told: Found | None = None

    def note(self, tours: Sequence[Tour]) -> None:
        """These are the best tours so far."""
        self._waiting = list(tours)
        self.tick()

    def tick(self) -> None:
        """Hand on what waits, if it is time."""
        if self._waiting is not None and monotonic() - self._told_at >= _EVERY_S:
            self.flush()

    def flush(self) -> None:
        """Hand on what waits, if anything."""
        if self._waiting is None:
            return
        found, self._waiting = self._found(self._waiting), None
        self._told_at = monotonic()
        if found is not None and (self.told is None or found.worth < self.told.worth):
            self.told = found
            self._on_best(found)

    def _found(self, tours: Sequence[Tour]) -> Found | None:
        """The plan with what `check` has to say; None if mending it would move a fixed stop."""
        routes: list[Route] = []
        cost = metres = 0
        for driver, tour in enumerate(tours):
            route, timed, mended = self._check(driver, tour)
            if mended and self._problem.vehicles[driver].places:
                return None
            routes.append(route)
            cost += timed.cost
            metres += timed.drive_m
        left, missed = self._left({stop for route in routes for stop in route.stops})
        sequences = {route.id: route.stops for route in (*routes, *self._problem.emptied)}
        score = sum(tour.cost for tour in tours)
        return Found(sequences, left, missed, cost, metres, monotonic() - self._began, score)

    def _check(self, driver: int, tour: Tour) -> tuple[Route, RouteSchedule, bool]:
        """(route without what breaks a rule, its schedule, whether anything had to go)."""
        vehicle, held = self._problem.vehicles[driver], self._problem.held[driver]
        known = self._checked.get(driver)
        stops = (*vehicle.head, *(self._problem.tasks[number].stop for number in tour.seq))
        if known is None or known[0] != tour.seq:
            known = (tour.seq, *mend(held.route.with_stops(stops), held, self._problem.basis))
            self._checked[driver] = known
        return known[1], known[2], len(known[1].stops) != len(stops)

    def _left(self, served: set[StopId]) -> tuple[tuple[StopId, ...], Missed]:
        """(stops that nobody has, how many of each rank)."""
        missed = [0, 0, 0, 0]
        left: list[StopId] = []
        for task in self._problem.tasks:
            if task.stop not in served:
                left.append(task.stop)
                missed[3 - task.rank] += 1
        a, b, c, d = missed
        return tuple(left), (a, b, c, d)
