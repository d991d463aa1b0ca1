"""Opening a depot's day, and putting the weekday's shifts into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from dispatch_console.domain import clock, saying
from dispatch_console.domain import day as days
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Break, Depot, DepotId, Shift, ShiftId, ShiftPattern
from dispatch_console.domain.orders import Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import PlanChange, Route, Swap
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.services import travel
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import Store
from dispatch_console.store.values import DayCount, DayRecord, Fleet

TravelFor = Callable[[Sequence[Place]], TravelMatrix]


def open_day(
    store: Store, depot: DepotId, date: dt.date, travel_for: TravelFor = travel.matrix_now, now: int = 0
) -> Day:
    """The day as the store has it, with travel times. Touches the database: not for the window's thread."""
    return from_record(store.load_day(depot, date), travel_for, now)


def from_record(record: DayRecord, travel_for: TravelFor, now: int = 0) -> Day:
    places = [record.depot.place]
    for shift in record.shifts:
        places += [place for place in (shift.start_place, shift.end_place) if place is not None]
    places += [order.place for order in record.orders if order.place is not None]
    return days.open_day(
        record.depot,
        record.date,
        record.orders,
        record.shifts,
        travel_for(list(dict.fromkeys(places))),
        record.plan,
        facts=record.facts,
        now=now,
        revision=record.revision,
        approval=record.approval,
        baseline=record.baseline,
        apart=record.policy.apart,
        weights=record.policy.weights,
        road_changes=record.road_changes,
        seen=record.seen,
    )


def list_days(store: Store, depot: DepotId) -> list[DayCount]:
    """All days that anything is known of, newest first."""
    return store.list_days(depot)


class Roster(NamedTuple):
    """What a day's shifts are made from: the fleet, and an id for each shift that may come new."""

    fleet: Fleet
    ids: tuple[ShiftId, ...]


def roster(store: Store, depot: DepotId, date: dt.date) -> Roster:
    """Touches the database: not for the window's thread."""
    fleet = store.load_fleet(depot)
    n = len(_patterns(fleet, date))
    return Roster(fleet, tuple(map(ShiftId, store.new_ids("shift", n))) if n else ())


def shifts_for(roster: Roster, depot: Depot, date: dt.date) -> list[Shift]:
    """The weekday's patterns as shifts of `date`, in slots from 1, resolved to elapsed seconds and places."""
    patterns = _patterns(roster.fleet, date)
    return [
        _shift(pattern, roster.fleet, depot, date, slot, id)
        for slot, (pattern, id) in enumerate(zip(patterns, roster.ids, strict=True), 1)
    ]


def use_shifts(session: DaySession, roster: Roster, initiator: object = None) -> None:
    """Give the day the shifts of its weekday, as one step that can be undone.

    A driver who is in the day already keeps his lane, colour, stops and absence, and gets the pattern's times and
    vehicle. A shift without a pattern goes if its lane is empty; otherwise it stays, so that no stop is lost.
    """
    day = session.day
    waiting: dict[int, list[Shift]] = {}
    for shift in day.shifts.values():
        waiting.setdefault(shift.driver.id, []).append(shift)
    swaps: list[Swap[Shift]] = []
    slot = max((shift.slot for shift in day.shifts.values()), default=0)
    for made in shifts_for(roster, day.depot, day.date):
        old = waiting[made.driver.id].pop(0) if waiting.get(made.driver.id) else None
        if old is None:
            slot += 1
            swaps.append(Swap(None, replace(made, slot=slot)))
        else:
            swaps.append(Swap(old, replace(made, id=old.id, slot=old.slot, absent=old.absent)))
    gone = [shift for left in waiting.values() for shift in left if not day.plan.route(shift.id).stops]
    swaps += [Swap(shift, None) for shift in gone]
    routes = [Swap[Route](day.plan.routes[shift.id], None) for shift in gone if shift.id in day.plan.routes]
    changed = tuple(swap for swap in swaps if swap.before != swap.after)
    label = f"Shifts of {saying.weekday(day.date)}"
    session.apply(PlanChange(label, tuple(routes), shifts=changed), initiator, _travel(day, changed))


def places_of(roster: Roster, day: Day) -> list[Place]:
    """Where the shifts of a roster start and end: what `use_shifts` may bring to the day."""
    return _places(shifts_for(roster, day.depot, day.date))


def shifts_on(fleet: Fleet, date: dt.date) -> int:
    """How many shifts `shifts_for` makes for a date: so many ids a roster needs."""
    return len(_patterns(fleet, date))


def _patterns(fleet: Fleet, date: dt.date) -> list[ShiftPattern]:
    """Those of the weekday whose driver and vehicle are still in use."""
    drivers, vehicles = {d.id for d in fleet.drivers}, {v.id for v in fleet.vehicles}
    return [
        pattern
        for pattern in fleet.patterns
        if date.weekday() in pattern.weekdays and pattern.driver in drivers and pattern.vehicle in vehicles
    ]


def _shift(pattern: ShiftPattern, fleet: Fleet, depot: Depot, date: dt.date, slot: int, id: ShiftId) -> Shift:
    def elapsed(wall: int) -> int:
        return clock.wall_to_seconds(wall, date, depot.timezone)

    start_place = pattern.start_place or depot.place
    pause = pattern.pause
    if isinstance(pause, Break):
        pause = Break(pause.duration, Window(elapsed(pause.window.start), elapsed(pause.window.end)))
    return Shift(
        id,
        slot,
        next(driver for driver in fleet.drivers if driver.id == pattern.driver),
        next(vehicle for vehicle in fleet.vehicles if vehicle.id == pattern.vehicle),
        elapsed(pattern.start),
        elapsed(pattern.end),
        start_place,
        None if pattern.open_end else pattern.end_place or start_place,
        pause,
        pattern.costs,
        pattern.max_stops,
        max_drive_s=pattern.max_drive_s,
        max_drive_m=pattern.max_drive_m,
        overtime_s=pattern.overtime_s,
        overtime_per_hour=pattern.overtime_per_hour,
        tours=pattern.tours,
        reload_s=pattern.reload_s,
        zones=pattern.zones,
    )


def _travel(day: Day, swaps: Sequence[Swap[Shift]]) -> TravelMatrix:
    return travel.covering(day.travel, _places(swap.after for swap in swaps if swap.after is not None))


def _places(shifts: Iterable[Shift]) -> list[Place]:
    return [place for shift in shifts for place in (shift.start_place, shift.end_place) if place is not None]
