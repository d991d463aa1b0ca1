"""What the integers of a search hold: whatever somebody typed or imported, nothing in it overflows.

Compiled code counts times in 32 bits and money in 64 bits of parts of a cent, and checks neither. Values beyond all
reason (a window in ten years, 300 tonnes at a stop, a price of millions) go in as the edge of what it counts with.
The plan is right all the same: every route is scheduled with the values as they are before it is handed on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from dispatch_console.domain.fleet import Costs, DrivingBreaks
from dispatch_console.domain.orders import Window
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.weights import Weights
from dispatch_console.optimiser.tasks import NEVER, Problem, Rest, Task, Vehicle

#: Seconds (eight years) before and after the plan day; grams, litres or pieces; both sum up in 32 bits.
FAR = 1 << 28
#: Cents of all prices of a plan together.
_MONEY = 3 * 10**11
#: Cents an hour and a kilometre, and once: of vans.
_HOUR, _KM, _ONCE = 10**6, 10**5, 10**8
#: Cents for hours² and stops² of a route.
_SQUARES = 10**6
#: Minutes for which there may be a price at a stop.
_MINUTES = 10**4
#: What was driven and paid for before.
_MOST = 1 << 50


def bounded(problem: Problem) -> Problem:
    """`problem` with all its values within what a search counts with."""
    price = _MONEY // max(1, len(problem.tasks))
    return replace(
        problem,
        tasks=tuple(task if _is_usual(task, price) else _task(task, price) for task in problem.tasks),
        vehicles=tuple(map(_vehicle, problem.vehicles)),
    )


def weights(given: Weights, stops: int) -> Weights:
    """The weights that a search of so many stops counts with."""
    price = _MONEY // max(1, stops)
    most = Weights(
        unfamiliar=price,
        off_zone=price,
        balance_hours=_SQUARES,
        balance_stops=_SQUARES,
        moved_driver=price,
        moved_order=price,
        moved_minute=price // _MINUTES,
        optional_prize=price,
    )
    return Weights(*(_within(value, 0, limit) for value, limit in zip(given, most, strict=True)))


def _is_usual(task: Task, price: int) -> bool:
    """A quick look at what nearly all tasks are."""
    windows = task.windows
    times = (task.service_s, task.release_s, task.not_before, task.eta, *task.delivery, *task.collection)
    return (
        min(times) >= -FAR
        and max(times) <= FAR
        and 0 <= task.parking_s <= FAR
        and 0 <= task.late_per_min * _MINUTES <= price
        and max(task.prize, task.away, task.moved, task.minute * _MINUTES) <= price
        and all(-FAR <= time <= FAR for window in windows for time in window)
        and (len(windows) <= 1 or _ascend(windows))
    )


def _ascend(windows: tuple[Window, ...]) -> bool:
    return all(a.end < b.end and a.start <= b.start for a, b in pairwise(windows))


def _task(task: Task, price: int) -> Task:
    return task._replace(
        windows=tuple(_windows(task.windows)),
        service_s=_time(task.service_s),
        parking_s=_within(task.parking_s, 0, FAR),
        release_s=_time(task.release_s),
        not_before=_time(task.not_before),
        eta=_time(task.eta),
        delivery=_goods(task.delivery),
        collection=_goods(task.collection),
        late_per_min=_within(task.late_per_min, 0, price // _MINUTES),
        prize=_within(task.prize, 0, price),
        away=_within(task.away, 0, price),
        moved=_within(task.moved, 0, price),
        minute=_within(task.minute, 0, price // _MINUTES),
    )


def _windows(given: Iterable[Window]) -> Iterable[Window]:
    """Those that anybody can be in time for who was not in time for the ones before."""
    latest = -FAR - 1
    for window in given:
        start, end = _time(window.start), _time(window.end)
        if end > latest:
            latest = end
            yield Window(start, end)


def _vehicle(v: Vehicle) -> Vehicle:
    return replace(
        v,
        leave=_time(v.leave),
        paid_from=_time(v.paid_from),
        shift_end=_within(v.shift_end, -FAR, NEVER),
        rest=None if v.rest is None or v.rest.duration < 0 else Rest(*map(_time, v.rest)),
        rested=v.rested if v.rested == NEVER else _time(v.rested),
        rested_late=_time(v.rested_late),
        rested_s=_within(v.rested_s, -_MOST, _MOST),
        not_before=_time(v.not_before),
        limits=Size(*(_within(limit, -NEVER, NEVER) for limit in v.limits)),
        head_peak=_heap(v.head_peak),
        head_load=_heap(v.head_load),
        head_m=_within(v.head_m, 0, _MOST),
        head_s=_within(v.head_s, 0, _MOST),
        head_late=_within(v.head_late, 0, _MONEY),
        head_soft=_within(v.head_soft, 0, _MONEY),
        max_stops=_within(v.max_stops, 0, NEVER),
        max_drive_s=_within(v.max_drive_s, -NEVER, NEVER),
        max_drive_m=_within(v.max_drive_m, -NEVER, NEVER),
        costs=_costs(v.costs),
        law=None if v.law is None else DrivingBreaks(*map(_time, v.law)),
        driven=_time(v.driven),
        tours=_within(v.tours, 1, FAR),
        reload_s=_time(v.reload_s),
        base=None if v.base is None else _time(v.base),
        overtime=(_time(v.overtime[0]), _within(v.overtime[1], 0, _HOUR)),
    )


def _costs(costs: Costs) -> Costs:
    return Costs(
        _within(costs.per_hour, -_HOUR, _HOUR),
        _within(costs.per_km, -_KM, _KM),
        _within(costs.fixed, -_ONCE, _ONCE),
    )


def _goods(size: Size) -> Size:
    return Size(*map(_time, size))


def _heap(size: Size) -> Size:
    """Goods of many stops."""
    return Size(*(_within(part, -NEVER, NEVER) for part in size))


def _time(value: int) -> int:
    return _within(value, -FAR, FAR)


def _within(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))
