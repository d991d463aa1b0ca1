"""Drivers, vehicles and the weekdays' shift patterns: kept from day to day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dispatch_console.domain.errors import StaleChange, UserError
from dispatch_console.domain.fleet import Depot, DepotId, Driver, DriverId, ShiftPattern, Vehicle, VehicleId
from dispatch_console.domain.plan import Swap
from dispatch_console.domain.weights import Policy
from dispatch_console.services import field_ranges as ranges
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from dispatch_console.store.values import Fleet, FleetSwap, WideChange

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

# All functions with a store touch the database: not for the window's thread. All raise StaleChange if what they
# change is no longer as it was shown. Those that give a `WideChange` have written nothing: it is applied to the
# session as a step that can be undone, or, where there is no window, written by `write`.


def load(store: Store, depot: DepotId) -> Fleet:
    return store.load_fleet(depot)


def change(label: str, swaps: Iterable[FleetSwap], kept: Fleet) -> WideChange:
    """The step that does what `swaps` change. Raises StaleChange if `kept` is not as they say."""
    there: dict[tuple[type, int], object] = {
        (type(thing), thing.id): thing for thing in (*kept.drivers, *kept.vehicles, *kept.patterns)
    }
    changed = tuple(swap for swap in swaps if swap.before != swap.after)
    for swap in changed:
        some = swap.after if swap.after is not None else swap.before
        if some is not None and not isinstance(some, Policy) and there.get((type(some), some.id)) != swap.before:
            word = "driver" if isinstance(some, Driver) else "vehicle" if isinstance(some, Vehicle) else "shift"
            raise StaleChange(f"This {word} was changed in the meantime. Look at it and do it again.")
    return WideChange(label, fleet=changed)


def write(store: Store, depot: DepotId, change: WideChange, who: str) -> None:
    """Make a change of the fleet durable without a session."""
    if change:
        store.save_fleet(depot, change.fleet, change.label, who, new_command())


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


def without_driver(store: Store, depot: DepotId, driver: Driver) -> WideChange:
    """Take a driver out of use, with his patterns. Past days keep him."""
    kept = store.load_fleet(depot)
    swaps: list[FleetSwap] = [Swap(pattern, None) for pattern in kept.patterns if pattern.driver == driver.id]
    return change(f"Remove driver {driver.name}", [*swaps, Swap(driver, None)], kept)


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


def without_vehicle(store: Store, depot: DepotId, vehicle: Vehicle) -> WideChange:
    """Take a vehicle out of use. UserError while a pattern names it."""
    kept = store.load_fleet(depot)
    users = {pattern.driver for pattern in kept.patterns if pattern.vehicle == vehicle.id}
    if users:
        names = ", ".join(driver.name for driver in kept.drivers if driver.id in users)
        raise UserError(f"{vehicle.name} is driven by {names}. Give them another vehicle first.")
    return change(f"Remove vehicle {vehicle.name}", [Swap(vehicle, None)], kept)


def save_pattern(
    store: Store, depot: DepotId, before: ShiftPattern | None, after: ShiftPattern, who: str
) -> ShiftPattern:
    """Write a pattern; a new one (`before` None) gets its id."""
    check_pattern(after)
    if before is None:
        after = replace(after, id=store.new_ids("pattern", 1)[0])
    store.save_fleet(depot, [Swap(before, after)], _label(before, "shift"), who, new_command())
    return after


def without_pattern(store: Store, depot: DepotId, pattern: ShiftPattern) -> WideChange:
    kept = store.load_fleet(depot)
    name = next((driver.name for driver in kept.drivers if driver.id == pattern.driver), "")
    return change(f"Remove shift of {name}".removesuffix(" of "), [Swap(pattern, None)], kept)


def check_pattern(pattern: ShiftPattern) -> None:
    """Raises UserError for a shift that cannot be worked."""
    if pattern.end <= pattern.start:
        raise UserError("The shift ends before it starts. After midnight, count on: 26:00 is two at night.")
    if not pattern.weekdays:
        raise UserError("The shift is on no weekday. Choose at least one.")
    pause = pattern.fixed_pause
    if pause is not None and (pause.duration <= 0 or pause.window.end - pause.window.start < pause.duration):
        raise UserError("The break does not fit into its window. Make the window longer.")
    law = pattern.driving
    if law is not None and (min(law) <= 0 or law.limit_s < ranges.LEAST_DRIVING):
        raise UserError("Breaks by driving time come after 15 minutes or more. Usual are 45 minutes after 4:30.")


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
