"""Drivers, vehicles and the weekdays' shift patterns: kept from day to day."""

from __future__ import annotations

from dataclasses import replace

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Depot, DepotId, Driver, DriverId, ShiftPattern, Vehicle, VehicleId
from dispatch_console.domain.plan import Swap
from dispatch_console.store.base import new_command
from dispatch_console.store.fleets import FleetSwap
from dispatch_console.store.store import Store
from dispatch_console.store.values import Fleet

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

# All functions touch the database: not for the window's thread. All raise StaleChange if what they change is no
# longer as it was shown.


def load(store: Store, depot: DepotId) -> Fleet:
    return store.load_fleet(depot)


def save_depot(store: Store, before: Depot | None, after: Depot, who: str) -> Depot:
    """Write a depot; a new one (`before` None) gets its id. UserError for values that cannot be."""
    if not after.name.strip():
        raise UserError("A depot needs a name.")
    if before is None:
        after = replace(after, id=DepotId(store.new_ids("depot", 1)[0]))
    store.save_depot(Swap(before, after), who, new_command())
    return after


def save_driver(store: Store, depot: DepotId, before: Driver | None, after: Driver, who: str) -> Driver:
    """Write a driver; a new one (`before` None) gets its id."""
    if not after.name.strip():
        raise UserError("A driver needs a name.")
    if before is None:
        after = replace(after, id=DriverId(store.new_ids("driver", 1)[0]))
    store.save_fleet(depot, [Swap(before, after)], _label(before, after.name), who, new_command())
    return after


def remove_driver(store: Store, depot: DepotId, driver: Driver, who: str) -> None:
    """Take a driver out of use, with his patterns. Past days keep him."""
    patterns = [pattern for pattern in store.load_fleet(depot).patterns if pattern.driver == driver.id]
    swaps: list[FleetSwap] = [Swap(pattern, None) for pattern in patterns]
    store.save_fleet(depot, [*swaps, Swap(driver, None)], f"Remove {driver.name}", who, new_command())


def save_vehicle(store: Store, depot: DepotId, before: Vehicle | None, after: Vehicle, who: str) -> Vehicle:
    """Write a vehicle; a new one (`before` None) gets its id."""
    if not after.name.strip():
        raise UserError("A vehicle needs a name.")
    if any(limit is not None and limit < 0 for limit in after.capacity):
        raise UserError(f"{after.name} cannot carry less than nothing. Leave a capacity empty for “no limit”.")
    if before is None:
        after = replace(after, id=VehicleId(store.new_ids("vehicle", 1)[0]))
    store.save_fleet(depot, [Swap(before, after)], _label(before, after.name), who, new_command())
    return after


def remove_vehicle(store: Store, depot: DepotId, vehicle: Vehicle, who: str) -> None:
    """Take a vehicle out of use. UserError while a pattern names it."""
    fleet = store.load_fleet(depot)
    users = {pattern.driver for pattern in fleet.patterns if pattern.vehicle == vehicle.id}
    if users:
        names = ", ".join(driver.name for driver in fleet.drivers if driver.id in users)
        raise UserError(f"{vehicle.name} is driven by {names}. Give them another vehicle first.")
    store.save_fleet(depot, [Swap(vehicle, None)], f"Remove {vehicle.name}", who, new_command())


def save_pattern(
    store: Store, depot: DepotId, before: ShiftPattern | None, after: ShiftPattern, who: str
) -> ShiftPattern:
    """Write a pattern; a new one (`before` None) gets its id."""
    check_pattern(after)
    if before is None:
        after = replace(after, id=store.new_ids("pattern", 1)[0])
    store.save_fleet(depot, [Swap(before, after)], _label(before, "shift"), who, new_command())
    return after


def remove_pattern(store: Store, depot: DepotId, pattern: ShiftPattern, who: str) -> None:
    store.save_fleet(depot, [Swap(pattern, None)], "Remove shift", who, new_command())


def check_pattern(pattern: ShiftPattern) -> None:
    """Raises UserError for a shift that cannot be worked."""
    if pattern.end <= pattern.start:
        raise UserError("The shift ends before it starts. After midnight, count on: 26:00 is two at night.")
    if not pattern.weekdays:
        raise UserError("The shift is on no weekday. Choose at least one.")
    pause = pattern.pause
    if pause is not None and (pause.duration <= 0 or pause.window.end - pause.window.start < pause.duration):
        raise UserError("The break does not fit into its window. Make the window longer.")


def label_of(weekdays: frozenset[int]) -> str:
    """`Mon–Fri`, `Sat`, `Mon, Wed, Fri`, `every day`."""
    days = sorted(weekdays)
    if len(days) == 7:
        return "every day"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{WEEKDAYS[days[0]]}–{WEEKDAYS[days[-1]]}"
    return ", ".join(WEEKDAYS[day] for day in days)


def _label(before: object, name: str) -> str:
    return f"{'Add' if before is None else 'Change'} {name}"
