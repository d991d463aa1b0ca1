"""What a dispatcher asks of a plan: why has it no driver, what would let it fit, why this driver, where is it best.

Finding an answer takes some hundredths of a second for a day of 300 stops: in slices, for a thread with a window.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from dispatch_console.domain import alternatives, clock, easing, edits, fitting, freeze, levers
from dispatch_console.domain.alternatives import Choice
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import StaleChange, UserError
from dispatch_console.domain.fitting import Fitting, Verdict
from dispatch_console.domain.fleet import Vehicle
from dispatch_console.domain.levers import Change, Lever
from dispatch_console.domain.orders import DAY_S, Order, StopId, Window
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap
from dispatch_console.services.session import DaySession
from dispatch_console.services.wizards.sick import spare_vehicles

__all__ = [
    "Change",
    "Choice",
    "Fitting",
    "Lever",
    "Verdict",
    "do",
    "finding_fit",
    "finding_why",
    "spare_vehicles",
    "why_no_choice",
    "why_not_do",
]

_WINDOWS = (Lever.EARLIER, Lever.LATER)


def finding_fit(day: Day, stop: StopId, spare: Sequence[Vehicle] = ()) -> Generator[None, None, Fitting]:
    """Why an unassigned stop has no driver, and the smallest change with which it fits; a few ms at each step.

    `spare`: vehicles that nobody drives that day.
    """
    return fitting.finding_fit(stop, day.plan, day.basis, spare)


def finding_why(day: Day, stop: StopId) -> Generator[None, None, Choice | None]:
    """What a stop takes where it stands, and with the next best drivers; None: nobody else can have it."""
    return alternatives.finding_why(stop, day.plan, day.basis)


def why_no_choice(day: Day, stop: StopId) -> str | None:
    """Why nobody else can have a stop, in one sentence; None: somebody can."""
    if stop not in day.stops:
        return "This stop is no longer part of the day."
    route = day.plan.where[stop]
    if day.stops[stop].place is None:
        return day.stops[stop].off_road or "It has no place on the map yet. Give it one first."
    if route == POOL:
        return "It has no driver. F2 says why."
    if stop in freeze.head(day.plan.route(route), day.facts):
        return "It has been visited."
    return None


def why_not_do(day: Day, change: Change) -> str | None:
    """Why a change cannot be done from here, in one sentence; None: it can."""
    if change.stop not in day.stops or day.plan.where[change.stop] != POOL:
        return "This stop has a driver by now."
    if change.lever in _WINDOWS:
        windows = [_told(window, day) for window in levers.widened(day.stops[change.stop], change).windows]
        if any(window.start < 0 or window.end > DAY_S for window in windows):
            return "The window would reach beyond midnight. Change it in the order, if that is what is meant."
    return None


def do(session: DaySession, change: Change, initiator: object = None) -> None:
    """Make the change and give the stop to its driver, as one step that can be undone.

    Raises UserError where it cannot be done from here, StaleChange if it no longer lets the stop fit.
    """
    day = session.day
    reason = why_not_do(day, change)
    if reason is not None:
        raise UserError(reason)
    if change.route not in day.shifts or easing.holds(change, day.plan, day.basis) is None:
        raise StaleChange("The plan has changed since, and that is no longer enough. Ask again with F2.")
    session.apply(plan_change(day, change), initiator)


def plan_change(day: Day, change: Change) -> PlanChange:
    """What `do` does to the day."""
    reference = day.stops[change.stop].order.reference
    label = f"Fit in {reference}, {day.shifts[change.route].driver.name}"
    moved = edits.move(day.plan, [change.stop], change.route, change.at, label)
    if change.lever is Lever.UNLOCK:
        return replace(moved, routes=tuple(_unlocked(swap, change) for swap in moved.routes))
    if change.lever in _WINDOWS:
        return replace(moved, orders=_order_swaps(day, change))
    made = levers.shifts_after(change, day.shifts)
    return replace(moved, shifts=tuple(Swap(day.shifts[id], shift) for id, shift in made.items()))


def _unlocked(swap: Swap[Route], change: Change) -> Swap[Route]:
    if swap.after is None or swap.after.id != change.route:
        return swap
    return Swap(swap.before, replace(swap.after, locked=False))


def _order_swaps(day: Day, change: Change) -> tuple[Swap[Order], ...]:
    """The orders of the stop with windows so wide that what they share is the stop's window then.

    Each keeps what it has: (A ∪ N) ∩ (B ∪ N) = (A ∩ B) ∪ N, and the new windows N hold the old ones of the stop.
    """
    stop = day.stops[change.stop]
    wanted = [_told(window, day) for window in levers.widened(stop, change).windows]
    return tuple(
        Swap(order, replace(order, windows=levers.merged([*order.windows, *wanted])))
        for order in stop.orders
        if order.windows
    )


def _told(window: Window, day: Day) -> Window:
    """A window of the plan day as the clock on the wall shows it."""
    return Window(*(_wall(seconds, day) for seconds in window))


def _wall(seconds: int, day: Day) -> int:
    local = clock.to_instant(seconds, day.date, day.depot.timezone)
    days = (local.date() - day.date).days
    return days * DAY_S + local.hour * 3600 + local.minute * 60 + local.second
