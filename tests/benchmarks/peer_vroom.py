"""A day as VROOM can express it: skills, three capacities with deliveries and collections, windows, breaks, shifts,
most stops, open ends, costs by hour, kilometre and vehicle, priorities.

What it cannot: it pays for time at the wheel only, not for service and waiting; a break has to be taken even where
the route ends before it is due; its priorities add up (0 to 100 a stop), so that many low ones outweigh a high one.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import vroom

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Shift
from dispatch_console.domain.orders import Priority
from dispatch_console.domain.stops import Stop
from tests.benchmarks.rich_days import Sequences

#: -x5 on both cores.
_EFFORT, _THREADS = 5, 2
_PRIORITY = {Priority.CRITICAL: 100, Priority.HIGH: 25, Priority.NORMAL: 5, Priority.LOW: 1}
#: More than any load.
_ANY_LOAD = 1 << 40


def plan(day: Day, seconds: float, _seed: int) -> Sequences:
    """What VROOM finds. It ends by itself; `seconds` only bounds it."""
    question = vroom.Input()
    question.set_durations_matrix("car", day.travel.durations.astype(np.uint32))
    question.set_distances_matrix("car", day.travel.distances.astype(np.uint32))
    skills = sorted(set[str]().union(*(stop.skills for stop in day.stops.values())))
    numbers = {skill: number for number, skill in enumerate(skills)}
    for shift in day.shifts.values():
        question.add_vehicle(_vehicle(shift, day, numbers))
    for stop in day.stops.values():
        if stop.place is not None:
            question.add_job(_job(stop, day, numbers))
    answer = question.solve(_EFFORT, nb_threads=_THREADS, timeout=dt.timedelta(seconds=seconds))
    jobs = answer.routes[answer.routes["type"] == "job"]
    return {id: tuple(jobs["id"][jobs["vehicle_id"] == int(id)].tolist()) for id in day.shifts}


def _vehicle(shift: Shift, day: Day, numbers: dict[str, int]) -> vroom.Vehicle:
    index, pause = day.travel.index, shift.fixed_pause
    breaks = []
    if pause is not None:
        begins = vroom.TimeWindow(pause.window.start, pause.window.end - pause.duration)
        breaks = [vroom.Break(int(shift.id), [begins], pause.duration)]
    return vroom.Vehicle(
        int(shift.id),
        start=index[shift.start_place],
        end=None if shift.end_place is None else index[shift.end_place],
        capacity=[_ANY_LOAD if limit is None else limit for limit in shift.vehicle.capacity],
        skills={numbers[skill] for skill in shift.skills if skill in numbers},
        time_window=vroom.TimeWindow(shift.start, shift.end),
        breaks=breaks,
        costs=vroom.VehicleCosts(*_costs(shift)),
        **({} if shift.max_stops is None else {"max_tasks": shift.max_stops}),
    )


def _costs(shift: Shift) -> tuple[int, int, int]:
    """(vehicle, hour, kilometre) in cents."""
    return shift.costs.fixed, shift.costs.per_hour, shift.costs.per_km


def _job(stop: Stop, day: Day, numbers: dict[str, int]) -> vroom.Job:
    assert stop.place is not None
    return vroom.Job(
        int(stop.id),
        day.travel.index[stop.place],
        default_service=stop.service_s,
        delivery=list(stop.delivery),
        pickup=list(stop.collection),
        skills={numbers[skill] for skill in stop.skills},
        priority=_PRIORITY[stop.priority],
        time_windows=[vroom.TimeWindow(window.start, window.end) for window in stop.windows],
    )
