"""A first plan without the compiled search: while that is still being compiled, once after each new version.

Stop by stop, the important ones first, where each adds least cost and breaks no rule, by `domain.cheapest`.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from dispatch_console.domain.cheapest import cheapest
from dispatch_console.domain.plan import Route
from dispatch_console.optimiser.report import Reporter, Sequences
from dispatch_console.optimiser.tasks import Found, Problem

#: Seconds between two plans handed on.
_EVERY_S = 1.0
#: What a search finds that leaves out no more is better in any case.
_WORST = 1 << 60


def first_plan(problem: Problem, stop: Callable[[], bool], on_best: Callable[[Found], None]) -> Found | None:
    """What is planned, and what fits beside it; better plans go to `on_best` on the way. None if it may not tell
    any: something fixed would move."""
    reporter = Reporter(problem, on_best, monotonic(), stop)
    routes = [_begin(problem, van) for van in range(len(problem.vehicles))]
    placed = {stop for route in routes for stop in route.stops}
    waiting = [task for task in problem.tasks if task.stop not in placed]
    told_at = monotonic()
    for task in sorted(waiting, key=lambda task: (-task.rank, task.windows[-1].end if task.windows else 1 << 40)):
        if stop():
            break
        able = [van for van in task.drivers if _room(problem, van, routes[van])]
        open_to = [(routes[van], _first(problem, van, routes[van])) for van in able]
        offer = cheapest(task.stop, open_to, problem.basis)
        if offer is None:
            continue
        van = next(k for k, route in enumerate(routes) if route.id == offer.route)
        stops = routes[van].stops
        routes[van] = routes[van].with_stops((*stops[: offer.at], task.stop, *stops[offer.at :]))
        if monotonic() - told_at > _EVERY_S:
            reporter.note(lambda: _sequences(problem, routes), _WORST)
            reporter.flush()
            told_at = monotonic()
    reporter.note(lambda: _sequences(problem, routes), _WORST)
    reporter.flush()
    return reporter.told


def _begin(problem: Problem, van: int) -> Route:
    vehicle = problem.vehicles[van]
    stops = (*vehicle.head, *(problem.tasks[number].stop for number in vehicle.start))
    return problem.held[van].route.with_stops(stops)


def _first(problem: Problem, van: int, route: Route) -> int:
    """The first index at which something may come in: behind the head and behind what is fixed."""
    vehicle = problem.vehicles[van]
    fixed = {problem.tasks[number].stop for number, _ in vehicle.places}
    return max((at + 1 for at, stop in enumerate(route.stops) if stop in fixed), default=len(vehicle.head))


def _room(problem: Problem, van: int, route: Route) -> bool:
    vehicle = problem.vehicles[van]
    return len(route.stops) - len(vehicle.head) < vehicle.max_stops


def _sequences(problem: Problem, routes: list[Route]) -> Sequences:
    numbers = {task.stop: number for number, task in enumerate(problem.tasks)}
    return [
        tuple(numbers[stop] for stop in route.stops[len(vehicle.head) :])
        for route, vehicle in zip(routes, problem.vehicles, strict=True)
    ]
