"""When a van can leave that nobody saw leaving: not in the past.

While a day is a draft its vans are in the depot: whatever is planned, offered or forecast for today leaves from the
next full five minutes on. The plan that is then approved keeps the times that it was approved with, also while the
day goes on. A day that no clock runs for (another date) leaves when its shifts begin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dispatch_console.domain.baseline import Baseline
from dispatch_console.domain.facts import Facts
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.plan import Plan

#: Departures move on in steps of so many seconds, so that a board is not another one each minute.
STEP_S = 5 * 60
#: Where no clock runs.
WHENEVER = 0


def soonest(now: int) -> int:
    """The first full step behind `now` (seconds of the plan day; 0: no clock runs)."""
    return (now // STEP_S + 1) * STEP_S if now > 0 else WHENEVER


def as_approved(at: int, baseline: Baseline | None) -> int:
    """From when on the vans of a plan leave that was approved `at`.

    One that leaves sooner was approved where no clock ran, or after its vans had left.
    """
    floor = soonest(at)
    starts = [route.start for route in baseline.routes.values()] if baseline is not None else []
    return floor if starts and min(starts) >= floor else WHENEVER


def leaving(shifts: Mapping[ShiftId, Shift], plan: Plan, facts: Facts, floor: int) -> Mapping[ShiftId, Shift]:
    """The shifts with the start that their vans can still keep: at `floor`, if that is later.

    Who was seen at a stop before is out since he could be. The same mapping if all can keep theirs.
    """
    if all(shift.start >= floor for shift in shifts.values()):
        return shifts
    arrived = facts.arrived

    def start(shift: Shift) -> Shift:
        if shift.start >= floor or any(arrived.get(stop, floor) < floor for stop in plan.route(shift.id).stops):
            return shift
        return replace(shift, start=floor)

    return {id: start(shift) for id, shift in shifts.items()}
