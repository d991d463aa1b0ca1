"""What a row of the timeline paints, as arrays: made once per schedule, painted often."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain import numbers
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.domain.schedule import Pause, Reload, RouteSchedule, Visit
from dispatch_console.domain.stops import Stop
from dispatch_console.services import actuals
from dispatch_console.ui.models import standing

#: A window that closes within this long after the arrival is marked.
SOON_S = 25 * 60
#: Waits shorter than this are not drawn.
_WAIT_S = 60

Times = NDArray[np.float64]


@dataclass(frozen=True)
class RowData:
    """One driver's route. Times are seconds of the plan day, one entry per visit; NaN: there is none.

    `missed`: end of the window that the visit missed. `soon`: end of a window that closes soon after arrival.
    `over`: end of the shift and its overtime, if the route goes on after it; `overtime`: what it takes of that.
    `priced`: lateness there costs, and breaks no rule. `done`: behind the driver; `stuck`: the rest cannot be
    driven. `driven`: until when the line is driven; `planned_end`: when it was to be back, if that differs.
    """

    shift: Shift
    stops: tuple[StopId, ...]
    numbers: tuple[str, ...]
    start: float
    end: float
    arrive: Times
    begin: Times
    depart: Times
    missed: Times
    soon: Times
    done: NDArray[np.bool_]
    windows: tuple[tuple[Window, ...], ...]
    pauses: tuple[Pause, ...]
    reloads: tuple[Reload, ...]
    over: float | None
    overtime: tuple[float, float] | None
    priced: NDArray[np.bool_]
    stuck: bool = False
    driven: float = 0.0
    planned_end: float | None = None

    @property
    def waits(self) -> NDArray[np.bool_]:
        return self.begin - self.arrive >= _WAIT_S

    def slot_at(self, seconds: float) -> int:
        """Index before which a stop dropped at this time goes: behind every visit whose middle lies earlier."""
        middles = ((self.begin + self.depart) / 2).tolist()
        return bisect.bisect_left(middles, seconds)

    def slot_time(self, at: int) -> float:
        """Where between its neighbours the slot before index `at` lies."""
        before = float(self.depart[at - 1]) if at > 0 else self.start
        after = float(self.arrive[at]) if at < len(self.stops) else self.end
        return (before + max(before, after)) / 2


def of_route(day: Day, id: ShiftId) -> RowData:
    shift, schedule = day.shifts[id], day.schedules[id]
    visits, named = schedule.visits, numbers.numbers(day, id)
    stops = [day.stops[visit.stop] for visit in visits]
    over = [standing.is_over(outcome) for outcome in standing.outcomes(day, day.plan.route(id))]
    return RowData(
        shift=shift,
        stops=tuple(visit.stop for visit in visits),
        numbers=tuple(named[visit.stop] for visit in visits),
        start=schedule.start,
        end=schedule.end,
        arrive=_array([visit.arrive for visit in visits]),
        begin=_array([visit.begin for visit in visits]),
        depart=_array([visit.depart for visit in visits]),
        missed=_array([_missed(visit, stop) for visit, stop in zip(visits, stops, strict=True)]),
        soon=_array([_soon(visit, stop) for visit, stop in zip(visits, stops, strict=True)]),
        done=np.array(over, dtype=np.bool_),
        windows=tuple(stop.windows for stop in stops),
        pauses=schedule.pauses,
        reloads=schedule.reloads,
        over=float(shift.latest_end) if visits and schedule.end > shift.latest_end else None,
        overtime=_overtime(shift, schedule),
        priced=np.array([bool(stop.late_per_min) for stop in stops], dtype=np.bool_),
        stuck=day.facts.stuck(id),
        driven=_driven(schedule, over),
        planned_end=_planned_end(day, id),
    )


def _overtime(shift: Shift, schedule: RouteSchedule) -> tuple[float, float] | None:
    end = min(schedule.end, shift.latest_end)
    return (float(shift.end), float(end)) if schedule.visits and end > shift.end else None


def _driven(schedule: RouteSchedule, over: Sequence[bool]) -> float:
    """Until when the route is behind the driver: the end of the last visit that is over."""
    last = max((at for at, done in enumerate(over) if done), default=-1)
    return float(schedule.visits[last].depart) if last >= 0 else float(schedule.start)


def _planned_end(day: Day, id: ShiftId) -> float | None:
    late = actuals.delay_s(day, id) if day.facts.entries else None
    planned = day.baseline.routes.get(id) if day.baseline is not None else None
    return float(planned.end) if planned is not None and late is not None and abs(late) >= 60 else None


def _missed(visit: Visit, stop: Stop) -> float:
    return float(stop.windows[-1].end) if visit.late_s and stop.windows else float("nan")


def _soon(visit: Visit, stop: Stop) -> float:
    if visit.late_s or visit.done:
        return float("nan")
    end = next((w.end for w in stop.windows if visit.arrive <= w.end), None)
    return float(end) if end is not None and end - visit.arrive <= SOON_S else float("nan")


def _array(values: list[float] | list[int]) -> Times:
    return np.array(values, dtype=np.float64)
