"""What tasks have to do with each other: whose goods come on board where, and how they were published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dispatch_console.domain.baseline import Baseline
from dispatch_console.domain.course import Behind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.schedule import Basis
from dispatch_console.domain.weights import Weights
from dispatch_console.optimiser.lanes import Lane
from dispatch_console.optimiser.tasks import Task


def fetched(tasks: tuple[Task, ...], lanes: list[Lane], basis: Basis) -> list[tuple[StopId, ...]]:
    """By lane: stops whose goods came on board in its head, wherever they are planned."""
    found: list[tuple[StopId, ...]] = [()] * len(lanes)
    heads = _heads(lanes)
    for task in tasks:
        lane = heads.get(basis.stops[task.stop].pickup) if task.pick != -1 else None
        if lane is not None and lane in task.drivers:
            found[lane] += (task.stop,)
    return found


def paired(
    tasks: tuple[Task, ...],
    numbers: Mapping[StopId, int],
    lanes: list[Lane],
    behind: Sequence[Behind],
    basis: Basis,
) -> tuple[Task, ...]:
    """The tasks with `pick` and `gives`. `behind`: how each lane stands behind its head.

    Goods that are on board already go with their van, others with a driver who may fetch them; nobody has those
    whose pickup is not planned.
    """
    if all(task.pick == -1 for task in tasks):
        return tasks
    heads = _heads(lanes)
    found = list(tasks)
    for i, task in enumerate(tasks):
        if task.pick == -1:
            continue
        pickup = basis.stops[task.stop].pickup
        lane, other = heads.get(pickup), numbers.get(pickup)
        if lane is not None:
            under_way = pickup in behind[lane].tour.load.stops
            found[i] = task._replace(pick=-3 if under_way else -1, drivers=_only(task, (lane,)))
        elif other is not None and other != i:
            found[i] = task._replace(pick=other, drivers=_only(task, tasks[other].drivers))
            found[other] = found[other]._replace(gives=True)
        else:
            found[i] = task._replace(drivers=_only(task, ()))
    return tuple(found)


def _heads(lanes: list[Lane]) -> dict[StopId, int]:
    """Stop of a head → whose it is."""
    return {stop: number for number, one in enumerate(lanes) for stop in one.done}


def _only(task: Task, drivers: tuple[int, ...]) -> tuple[int, ...]:
    """Those of its drivers who are among others; of a held task all."""
    if task.held or task.drivers is drivers:
        return task.drivers
    some = set(drivers)
    return tuple(driver for driver in task.drivers if driver in some)


def steady(
    tasks: tuple[Task, ...],
    numbers: Mapping[StopId, int],
    lanes: list[Lane],
    weights: Weights,
    published: Baseline | None,
) -> tuple[Task, ...]:
    """The tasks with what it costs to move them against the published plan (None: against nothing)."""
    if published is None or not (weights.moved_driver or weights.moved_order or weights.moved_minute):
        return tasks
    lane_of = {one.route.id: number for number, one in enumerate(lanes)}
    prior = _prior(published, numbers, lanes) if weights.moved_order else {}
    found: list[Task] = []
    for task in tasks:
        planned = published.stops.get(task.stop)
        if planned is None:
            found.append(task)
            continue
        home = task.home if task.home >= 0 else lane_of.get(planned.route, -1)
        task = task._replace(home=home, away=max(task.away, weights.moved_driver) if home >= 0 else 0)
        if weights.moved_order:
            task = task._replace(prior=prior[task.stop], moved=weights.moved_order)
        if weights.moved_minute:
            task = task._replace(eta=planned.begin, minute=weights.moved_minute)
        found.append(task)
    return tuple(found)


def _prior(published: Baseline, numbers: Mapping[StopId, int], lanes: list[Lane]) -> dict[StopId, int]:
    """Stop → the task that came before it when the plan was published, or −2: none that is still planned."""
    over = {stop for one in lanes for stop in one.done}
    found: dict[StopId, int] = {}
    before: dict[ShiftId, int] = {}
    for stop, planned in sorted(published.stops.items(), key=lambda item: (item[1].route, item[1].number)):
        found[stop] = before.get(planned.route, -2)
        if stop in numbers:
            before[planned.route] = numbers[stop]
        elif stop in over:
            before[planned.route] = -2
    return found
