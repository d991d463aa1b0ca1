"""What a dispatcher does to the plan by hand: one function per action. Each is one named step of the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dispatch_console.domain import best_places as best
from dispatch_console.domain import edits, insertion
from dispatch_console.domain.day import Day
from dispatch_console.domain.edits import Pin
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import Offer, Reason
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, PlanChange, Swap, change_routes
from dispatch_console.services.session import DaySession


def move(
    session: DaySession, stops: Sequence[StopId], to: ShiftId, at: int | None, initiator: object = None
) -> None:
    """Put `stops` into route `to` before index `at` (as seen before the move), or each at its best place.

    To the pool, `at` does not matter. Stops keep the order in which they are given.
    """
    day = session.day
    if to == POOL:
        unassign(session, stops, initiator)
        return
    label = f"Move {_names(day, stops)} to {day.shifts[to].driver.name}"
    if at is not None:
        session.apply(edits.move(day.plan, stops, to, at, label), initiator)
        return
    session.apply(_move_to_best(day, stops, to, label), initiator)


def unassign(session: DaySession, stops: Sequence[StopId], initiator: object = None) -> None:
    """Send `stops` back to the pool. Stops already there stay where they are."""
    plan = session.day.plan
    leaving = [stop for stop in stops if plan.where[stop] != POOL]
    session.apply(edits.unassign(plan, leaving, f"Unassign {_names(session.day, leaving)}"), initiator)


def resequence(session: DaySession, route: ShiftId, stops: Sequence[StopId], initiator: object = None) -> None:
    label = f"Reorder {session.day.shifts[route].driver.name}"
    session.apply(edits.resequence(session.day.plan, route, stops, label), initiator)


def reverse(session: DaySession, route: ShiftId, initiator: object = None) -> None:
    stops = tuple(reversed(session.day.plan.route(route).stops))
    label = f"Reverse {session.day.shifts[route].driver.name}"
    session.apply(edits.resequence(session.day.plan, route, stops, label), initiator)


def set_locked(session: DaySession, route: ShiftId, locked: bool, initiator: object = None) -> None:
    label = f"{'Lock' if locked else 'Unlock'} {session.day.shifts[route].driver.name}"
    session.apply(edits.set_locked(session.day.plan, route, locked, label), initiator)


def set_pin(session: DaySession, stops: Sequence[StopId], pin: Pin, initiator: object = None) -> None:
    """Hold stops with their driver or at their position, or let them go."""
    words = {Pin.NONE: "Unpin", Pin.DRIVER: "Pin to driver", Pin.POSITION: "Pin to position"}
    label = f"{words[pin]}: {_names(session.day, stops)}"
    session.apply(edits.set_pin(session.day.plan, stops, pin, label), initiator)


def swap_routes(session: DaySession, a: ShiftId, b: ShiftId, initiator: object = None) -> None:
    shifts = session.day.shifts
    label = f"Swap routes of {shifts[a].driver.name} and {shifts[b].driver.name}"
    session.apply(edits.swap_routes(session.day.plan, a, b, label), initiator)


def set_absent(session: DaySession, shift: ShiftId, absent: bool, initiator: object = None) -> None:
    """Mark a driver absent for this day, or back again. His stops stay in his lane, marked, until moved."""
    before = session.day.shifts[shift]
    label = f"{before.driver.name} {'absent' if absent else 'back'}"
    change = replace(
        change_routes(session.day.plan, label, ()), shifts=(Swap(before, replace(before, absent=absent)),)
    )
    session.apply(change, initiator)


def offer(day: Day, stops: Sequence[StopId], to: ShiftId, at: int | None) -> Offer:
    """What dropping `stops` there would do: for hints under the pointer. `at` None: each at its best place.

    Several stops are judged together; `at` and `arrive` of the answer are those of the first one.
    """
    route = day.plan.route(to)
    after = (
        edits.move(day.plan, stops, to, at, "").routes
        if at is not None
        else _move_to_best(day, stops, to, "").routes
    )
    new = next((swap.after for swap in after if swap.after is not None and swap.after.id == to), route)
    return insertion.compare(stops[0], route, new, day.basis)


def offers(day: Day, stop: StopId) -> list[Offer]:
    """The best place of each driver for one stop, best first."""
    return insertion.offers(stop, day.plan, day.basis)


def best_places(day: Day, stop: StopId) -> tuple[Offer, ...]:
    """The best few places of the whole day for one stop, for a drag: at most 5 ms on a day of 1,000 stops."""
    return best.best_places(stop, day.plan, day.basis, day.schedules)


def reasons(day: Day, stop: StopId) -> tuple[Reason, ...]:
    """Why no driver takes an unassigned stop: for each the first rule in the way."""
    return insertion.reasons(stop, day.plan, day.basis)


def _move_to_best(day: Day, stops: Sequence[StopId], to: ShiftId, label: str) -> PlanChange:
    moving = set(stops)
    rest = day.plan.route(to)
    rest = rest.with_stops(tuple(stop for stop in rest.stops if stop not in moving))
    target = insertion.insert_best(stops, rest, day.basis)
    target = replace(target, pinned=day.plan.route(to).pinned, fixed=day.plan.route(to).fixed)
    sources = [day.plan.route(id) for id in {day.plan.where[stop] for stop in stops} - {to}]
    left = [route.with_stops(tuple(s for s in route.stops if s not in moving)) for route in sources]
    return change_routes(day.plan, label, [target, *left])


def _names(day: Day, stops: Sequence[StopId]) -> str:
    """`4193` for one stop, `3 stops` for several."""
    return day.stops[stops[0]].order.reference if len(stops) == 1 else f"{len(stops)} stops"
