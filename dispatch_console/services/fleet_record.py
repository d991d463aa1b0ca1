"""A driver with his usual vehicle and shift, as one record: saved in one go, and taken into a day that is open."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import DepotId, Driver, DriverId, Shift, ShiftPattern, Vehicle, VehicleId
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.services import days, fleet, travel
from dispatch_console.services.days import Roster
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import Store
from dispatch_console.store.values import Fleet, FleetSwap, WideChange

__all__ = [
    "Fleet",
    "Record",
    "Roster",
    "Saving",
    "Store",
    "WideChange",
    "also_today",
    "records",
    "saving",
    "set_weekday",
    "usual_shifts",
]


@dataclass(frozen=True, slots=True)
class Record:
    """What one line of the fleet shows. A driver without a usual shift has no pattern; a spare vehicle no driver.

    New things have the id 0.
    """

    driver: Driver | None = None
    vehicle: Vehicle | None = None
    pattern: ShiftPattern | None = None

    @property
    def key(self) -> tuple[int, int, int]:
        """(pattern, driver, vehicle): the same as long as the record is."""
        return (
            self.pattern.id if self.pattern else 0,
            self.driver.id if self.driver else 0,
            self.vehicle.id if self.vehicle else 0,
        )


def records(kept: Fleet) -> tuple[Record, ...]:
    """Each shift of each driver by name, then the drivers without one, then the vehicles that nobody drives."""
    drivers = {driver.id: driver for driver in kept.drivers}
    vehicles = {vehicle.id: vehicle for vehicle in kept.vehicles}
    working = [
        Record(drivers[pattern.driver], vehicles.get(pattern.vehicle), pattern)
        for pattern in kept.patterns
        if pattern.driver in drivers
    ]
    busy = {pattern.driver for pattern in kept.patterns}
    driven = {pattern.vehicle for pattern in kept.patterns if pattern.driver in drivers}
    idle = [Record(driver) for driver in kept.drivers if driver.id not in busy]
    spare = [Record(vehicle=vehicle) for vehicle in kept.vehicles if vehicle.id not in driven]
    by_name = sorted([*working, *idle], key=_by_name)
    return (*by_name, *sorted(spare, key=_by_name))


def usual_pattern(kept: Fleet) -> ShiftPattern:
    """The hours, break and weekdays that most shifts of the fleet have, and their costs; 08:00–17:00, Monday to
    Friday, where there is none. Of nobody, from and to the depot."""
    if not kept.patterns:
        return ShiftPattern(DriverId(0), VehicleId(0), 8 * 3600, 17 * 3600)
    hours = Counter((pattern.start, pattern.end, pattern.pause, pattern.weekdays) for pattern in kept.patterns)
    costs = Counter(pattern.costs for pattern in kept.patterns)
    start, end, pause, weekdays = hours.most_common(1)[0][0]
    usual = ShiftPattern(DriverId(0), VehicleId(0), start, end, pause, costs=costs.most_common(1)[0][0])
    return replace(usual, weekdays=weekdays)


def _by_name(record: Record) -> tuple[str, int]:
    name = record.driver.name if record.driver else record.vehicle.name if record.vehicle else ""
    return name.casefold(), record.pattern.start if record.pattern else 0


class Saving(NamedTuple):
    """A record with its ids, and the step of the history that makes the fleet so; an empty one changes nothing."""

    record: Record
    change: WideChange


def saving(store: Store, depot: DepotId, before: Record, after: Record) -> Saving:
    """What saving a record comes to: what differs, as one step; new things get ids. Nothing else is written.

    A pattern that is gone in `after` is deleted. Touches the database: not for the window's thread. Raises
    UserError for what cannot be, StaleChange for what was changed meanwhile.
    """
    _check(after)
    return _saving(store, depot, before, after, _label(before, after))


def _saving(store: Store, depot: DepotId, before: Record, after: Record, label: str) -> Saving:
    kept = store.load_fleet(depot)
    after = _numbered(store, after)
    driver, vehicle, pattern = after.driver, after.vehicle, after.pattern
    swaps: list[FleetSwap] = []
    if driver is not None:
        swaps.append(Swap(_known(before.driver, driver.id), driver))
    if vehicle is not None:
        swaps.append(Swap(_vehicle_before(kept, before, vehicle), vehicle))
    if pattern is not None or before.pattern is not None:
        swaps.append(Swap(before.pattern, pattern))
    return Saving(after, fleet.change(label, swaps, kept))


def _numbered(store: Store, record: Record) -> Record:
    driver, vehicle, pattern = record.driver, record.vehicle, record.pattern
    if driver is not None and not driver.id:
        driver = replace(driver, id=DriverId(store.new_ids("driver", 1)[0]))
    if vehicle is not None and not vehicle.id:
        vehicle = replace(vehicle, id=VehicleId(store.new_ids("vehicle", 1)[0]))
    if pattern is not None and driver is not None and vehicle is not None:
        id = pattern.id or store.new_ids("pattern", 1)[0]
        pattern = replace(pattern, id=id, driver=driver.id, vehicle=vehicle.id)
    return Record(driver, vehicle, pattern)


def _label(before: Record, after: Record) -> str:
    """`Driver Ben Arlt`, `New vehicle Van 05`."""
    word, thing = ("driver", after.driver) if after.driver is not None else ("vehicle", after.vehicle)
    name = thing.name if thing is not None else ""
    return f"{word.capitalize()} {name}" if any(before.key) else f"New {word} {name}"


def _known(before: Driver | None, id: DriverId) -> Driver | None:
    return before if before is not None and before.id == id else None


def _vehicle_before(kept: Fleet, before: Record, vehicle: Vehicle) -> Vehicle | None:
    """As the record had it, or, where the driver changes to another vehicle, as the store has it."""
    if before.vehicle is not None and before.vehicle.id == vehicle.id:
        return before.vehicle
    return next((known for known in kept.vehicles if known.id == vehicle.id), None)


def _check(record: Record) -> None:
    if record.driver is not None and not record.driver.name.strip():
        raise UserError("A driver needs a name.")
    if record.vehicle is not None and not record.vehicle.name.strip():
        raise UserError("A vehicle needs a name.")
    if record.pattern is not None:
        if record.driver is None or record.vehicle is None:
            raise UserError("A shift needs a driver and a vehicle.")
        fleet.check_pattern(record.pattern)


def set_weekday(store: Store, depot: DepotId, record: Record, weekday: int, on: bool) -> Saving:
    """Let a driver work on a weekday (0: Monday) or not, as `saving`. UserError for the last one that is left."""
    pattern = record.pattern
    if pattern is None:
        raise UserError("Give the driver hours and a vehicle first.")
    days_on = pattern.weekdays | {weekday} if on else pattern.weekdays - {weekday}
    if not days_on:
        raise UserError("This is the last day of this shift. Remove the shift, or choose another day first.")
    name = record.driver.name if record.driver else ""
    after = replace(record, pattern=replace(pattern, weekdays=days_on))
    return _saving(store, depot, record, after, f"Weekdays of {name}")


# --- the day that is open ---


def shifts_today(day: Day, driver: DriverId) -> list[Shift]:
    """The shifts of a driver on the open day, in lane order."""
    return [shift for shift in day.shifts.values() if shift.driver.id == driver]


def usual_shifts(kept: Fleet, date: dt.date) -> int:
    """How many shifts the fleet has for the weekday of `date`."""
    drivers, vehicles = {d.id for d in kept.drivers}, {v.id for v in kept.vehicles}
    return sum(
        date.weekday() in pattern.weekdays and pattern.driver in drivers and pattern.vehicle in vehicles
        for pattern in kept.patterns
    )


def also_today(session: DaySession, roster: Roster, driver: DriverId, initiator: object = None) -> None:
    """Give the driver's shifts of the open day the values of his patterns, as one step that can be undone.

    He keeps his lanes, stops and absence; a shift he does not have yet gets a lane of its own. UserError if he does
    not work on this weekday.
    """
    day = session.day
    made = [shift for shift in days.shifts_for(roster, day.depot, day.date) if shift.driver.id == driver]
    if not made:
        raise UserError(f"He does not work on a {saying.weekday(day.date)}. Tick the day first.")
    waiting = shifts_today(day, driver)
    slot = max((shift.slot for shift in day.shifts.values()), default=0)
    swaps: list[Swap[Shift]] = []
    for shift in made:
        if waiting:
            old = waiting.pop(0)
            swaps.append(Swap(old, replace(shift, id=old.id, slot=old.slot, absent=old.absent)))
        else:
            slot += 1
            swaps.append(Swap(None, replace(shift, slot=slot)))
    changed = tuple(swap for swap in swaps if swap.before != swap.after)
    change = PlanChange(f"Shift of {made[0].driver.name}", shifts=changed)
    session.apply(change, initiator, _travel(day, changed))


def _travel(day: Day, swaps: Sequence[Swap[Shift]]) -> TravelMatrix:
    shifts = [swap.after for swap in swaps if swap.after is not None]
    places = [place for shift in shifts for place in (shift.start_place, shift.end_place) if place is not None]
    return travel.covering(day.travel, places)
