"""One route, driven: the schedule's meaning in plain integers, with what a search must know to change it quickly.

A `Tour` of L stops has L + 1 gaps; gap p lies before stop p, the last one before the end. For each gap it knows
when the driver leaves the stop before it, and how late he may be ready at the stop behind it. So whether one more
stop fits into a gap is settled without driving the rest again. Both are known on two ways: with the break still to
come (`free`) and with the break behind (`rested`). A property test holds it to `domain.schedule`.

The loops here run some ten thousand times a second: they spell out what a helper would say shorter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatch_console.optimiser.tasks import NEVER, Problem, Rest, Task, Vehicle

#: A break that cannot be taken: it would have to begin before all time.
NO_REST = Rest(0, 0, -NEVER)

Rows = Sequence[Sequence[int]]


class Call(NamedTuple):
    """A task as the loops see it. `opens`, `closes`: its first and last moment; `windows`: if there are several."""

    at: int
    service_s: int
    opens: int
    closes: int
    windows: tuple[tuple[int, int], ...]


class Ground(NamedTuple):
    """What tours are driven on. Rows of seconds and metres are memory views: plain integers, nothing copied.

    `goods`: shape (tasks, 3, 2), delivery and collection by measure. `away`: (driver, cents if it is another one)
    of each task; empty: no task minds.
    """

    vehicles: Sequence[Vehicle]
    calls: Sequence[Call]
    seconds: Rows
    metres: Rows
    goods: NDArray[np.int64]
    away: Sequence[tuple[int, int]]


class Forward(NamedTuple):
    """`free`, `rested`: leaving the stop before each gap (`NEVER`: not possible on this way). `slid`: how much
    later than at `paid_from` the route starts, on the way `rested`; `slide`: on the way `free`."""

    free: list[int]
    rested: list[int]
    slid: list[int]
    slide: int


class Backward(NamedTuple):
    """Per gap: latest readiness at the stop behind it, on both ways; seconds from there to the end without waits or
    breaks; and the earliest possible end, whenever he is ready there."""

    free: list[int]
    rested: list[int]
    ahead: list[int]
    least: list[int]


class Tour(NamedTuple):
    """`room`: free capacity, shape (2, 3, gaps): least from the start to each gap, and from each gap to the end.

    `cost` in cents, with what it costs that stops change their driver; `metres` with the head."""

    seq: tuple[int, ...]
    cost: int
    metres: int
    start: int
    end: int
    forward: Forward
    backward: Backward
    room: NDArray[np.int64]


def ground(problem: Problem) -> Ground:
    return Ground(
        problem.vehicles,
        [_call(task) for task in problem.tasks],
        [memoryview(row) for row in problem.durations],
        [memoryview(row) for row in problem.distances],
        np.array([(task.delivery, task.collection) for task in problem.tasks], np.int64)
        .reshape(-1, 2, 3)
        .transpose(0, 2, 1),
        [(task.home, task.away) for task in problem.tasks] if any(task.away for task in problem.tasks) else (),
    )


def least(driver: int, problem: Problem, ground: Ground) -> Tour | None:
    """The tour to begin with: no stops; where the way home from the head is odd, what is held; None: neither."""
    held = tuple(n for n in problem.vehicles[driver].start if problem.tasks[n].held)
    return drive(driver, (), ground) or drive(driver, held, ground)


def no_way(problem: Problem) -> list[int]:
    """Drivers who have no tour at all to begin with."""
    roads = ground(problem)
    return [driver for driver in range(len(problem.vehicles)) if least(driver, problem, roads) is None]


def drive(driver: int, seq: tuple[int, ...], ground: Ground, old: Tour | None = None) -> Tour | None:
    """`seq` (task numbers) driven by a driver; None if it breaks a rule. Skills and held places are not looked at.

    `old`: a tour of the same driver; what begins or ends alike is not driven again.
    """
    vehicle = ground.vehicles[driver]
    if len(seq) > vehicle.max_stops:
        return None
    calls = [ground.calls[number] for number in seq]
    legs = _legs(vehicle, calls, ground.seconds)
    same_begin, same_end = (0, 0) if old is None else _alike(old.seq, seq)
    forward = _forward(vehicle, calls, legs, None if old is None else old.forward, same_begin)
    if forward is None:
        return None
    ended = _end(vehicle, forward, legs[-1], len(seq))
    room = _room(vehicle, ground.goods[list(seq)])
    if ended is None or (seq and room[0, :, -1].min() < 0):
        return None
    start, end = ended
    backward = _backward(vehicle, calls, legs, None if old is None else old.backward, same_end)
    metres = vehicle.head_m + sum(_legs(vehicle, calls, ground.metres))
    cost = _cost(vehicle, end - start, metres) if seq or vehicle.head else 0
    if ground.away:
        cost += sum(cents for home, cents in (ground.away[number] for number in seq) if home != driver)
    return Tour(seq, cost, metres, start, end, forward, backward, room)


def _alike(old: Sequence[int], new: Sequence[int]) -> tuple[int, int]:
    """(how many stops both begin with, how many both end with), not overlapping in either."""
    most = min(len(old), len(new))
    begin = 0
    while begin < most and old[begin] == new[begin]:
        begin += 1
    end = 0
    while end < most - begin and old[-1 - end] == new[-1 - end]:
        end += 1
    return begin, end


def _legs(vehicle: Vehicle, calls: Sequence[Call], rows: Rows) -> list[int]:
    """To each stop and, last, to the end (0 for an open end and for a route that never starts)."""
    legs: list[int] = []
    row = rows[vehicle.start_at]
    for call in calls:
        at = call[0]
        legs.append(row[at])
        row = rows[at]
    goes_home = vehicle.end_at >= 0 and (calls or vehicle.head)
    legs.append(row[vehicle.end_at] if goes_home else 0)
    return legs


def _cost(vehicle: Vehicle, paid_s: int, metres: int) -> int:
    """As `domain.schedule` counts it: cents, each part rounded half up."""
    hour, km, fixed = vehicle.costs
    return fixed + (hour * paid_s + 1800) // 3600 + (km * metres + 500) // 1000


def _forward(
    vehicle: Vehicle, calls: Sequence[Call], legs: Sequence[int], old: Forward | None, known: int
) -> Forward | None:
    """Drive it, from gap `known` of `old` on. None if a stop is late."""
    duration, first, latest = vehicle.rest or NO_REST
    if first > latest:
        latest = -NEVER
    if old is None:
        old, known = Forward([vehicle.leave], [vehicle.rested], [0], 0), 0
    frees, resteds, slids = old.free[: known + 1], old.rested[: known + 1], old.slid[: known + 1]
    free, rested, slid, slide = frees[-1], resteds[-1], slids[-1], old.slide if known else 0
    floor = vehicle.not_before if not known else 0
    for at in range(known, len(calls)):
        leg, call = legs[at], calls[at]
        _, service, opens, closes, windows = call
        taken = NEVER
        if free <= latest:
            ready = free + leg
            taken = _serve((ready if ready > first else first) + duration, floor, call)
        arrive = free + leg
        if arrive < floor:
            arrive = floor
        if arrive > closes:
            return None
        free = _serve(arrive, 0, call) if windows else (arrive if arrive > opens else opens) + service
        if not at and not vehicle.head:
            slide = free - service - arrive
        carried = _serve(rested + leg, floor, call) if rested < NEVER else NEVER
        if carried <= taken:
            rested = carried
        else:
            rested, slid = taken, slide if at else 0
        frees.append(free)
        resteds.append(rested)
        slids.append(slid)
        floor = 0
    return Forward(frees, resteds, slids, slide)


def _serve(ready: int, floor: int, call: Call) -> int:
    """When the service of a driver who is `ready` at the stop ends; `NEVER` if that would be late."""
    _, service, opens, closes, windows = call
    if ready < floor:
        ready = floor
    if ready > closes:
        return NEVER
    for start, end in windows:
        if ready <= end:
            return (ready if ready > start else start) + service
    return (ready if ready > opens else opens) + service


def _end(vehicle: Vehicle, forward: Forward, leg: int, stops: int) -> tuple[int, int] | None:
    """(start of paid time, end) of a driven route; None if it ends after the shift or its break fits nowhere."""
    if not stops and not vehicle.head:
        return vehicle.paid_from, vehicle.leave
    free, rested, slid, slide = forward.free[-1], forward.rested[-1], forward.slid[-1], forward.slide
    end = free + leg
    if vehicle.rest is not None and end > vehicle.rest.latest:
        duration, first, latest = vehicle.rest
        slide, home = slid, rested + leg
        if free <= latest and first <= latest and max(end, first) + duration < home:
            slide, home = forward.slide if stops else 0, max(end, first) + duration
        end = home
    return (vehicle.paid_from + slide, end) if end <= vehicle.shift_end else None


def _backward(
    vehicle: Vehicle, calls: Sequence[Call], legs: Sequence[int], old: Backward | None, known: int
) -> Backward:
    """How late he may be, from the end back; the last `known` stops as in `old`."""
    duration, first, latest = vehicle.rest or NO_REST
    if old is None or not known:
        rested = vehicle.shift_end
        free, ahead, least, known = rested if vehicle.rest is None else min(rested, latest), 0, -NEVER, 0
        frees, resteds, aheads, leasts = [free], [rested], [ahead], [least]
    else:
        frees, resteds = old.free[: -known - 2 : -1], old.rested[: -known - 2 : -1]
        aheads, leasts = old.ahead[: -known - 2 : -1], old.least[: -known - 2 : -1]
        free, rested, ahead, least = frees[-1], resteds[-1], aheads[-1], leasts[-1]
    for at in range(len(calls) - known - 1, -1, -1):
        leg, call = legs[at + 1], calls[at]
        _, service, opens, closes, windows = call
        leave = free - leg
        if rested >= first + duration:
            with_rest = rested - leg - duration
            if with_rest > latest:
                with_rest = latest
            if with_rest > leave:
                leave = with_rest
        free, rested = leave - service, rested - leg - service
        if windows:
            free, rested = _latest(windows, free), _latest(windows, rested)
        else:
            free = -NEVER if free < opens else free if free < closes else closes
            rested = -NEVER if rested < opens else rested if rested < closes else closes
        ahead += leg + service
        if opens + ahead > least:
            least = opens + ahead
        frees.append(free)
        resteds.append(rested)
        aheads.append(ahead)
        leasts.append(least)
    return Backward(frees[::-1], resteds[::-1], aheads[::-1], leasts[::-1])


def _latest(windows: Sequence[tuple[int, int]], begin: int) -> int:
    """The latest readiness from which service begins at `begin` or sooner; −NEVER if there is none."""
    for start, end in reversed(windows):
        if start <= begin:
            return min(begin, end)
    return -NEVER


def _room(vehicle: Vehicle, goods: NDArray[np.int64]) -> NDArray[np.int64]:
    """See `Tour.room`. `goods`: of the stops in order, shape (stops, 3, 2)."""
    stops = len(goods)
    room = np.empty((2, 3, stops + 1), np.int64)
    delivered = goods[:, :, 0].sum(axis=0)
    room[0, :, 0] = np.subtract(vehicle.limits, vehicle.head_load) - delivered
    np.cumsum(goods[:, :, 0].T - goods[:, :, 1].T, axis=1, out=room[0, :, 1:])
    room[0, :, 1:] += room[0, :, :1]
    np.minimum.accumulate(room[0, :, ::-1], axis=1, out=room[1])
    room[1] = room[1, :, ::-1].copy()
    if vehicle.head:
        room[0, :, 0] = np.minimum(room[0, :, 0], np.subtract(vehicle.limits, vehicle.head_peak) - delivered)
    np.minimum.accumulate(room[0], axis=1, out=room[0])
    return room


def _call(task: Task) -> Call:
    windows = list(task.windows)
    if not windows:
        return Call(task.at, task.service_s, -NEVER, NEVER - 1, ())
    several = task.windows if len(windows) > 1 else ()
    return Call(task.at, task.service_s, windows[0].start, windows[-1].end, several)
