"""A file of drivers and vehicles → the fleet in the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Capacity, Depot, Driver, DriverId, ShiftPattern, Vehicle, VehicleId
from dispatch_console.domain.orders import Address, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Swap
from dispatch_console.geocoding import addresses
from dispatch_console.intake.child import read_in_child
from dispatch_console.intake.fields import Field
from dispatch_console.intake.fleet import FleetResult, FleetRow, Limits, StartOrEnd, to_fleet
from dispatch_console.intake.guess import guess
from dispatch_console.intake.mapping import Mapping as Columns
from dispatch_console.services import fleet
from dispatch_console.store.store import Store
from dispatch_console.store.values import Fleet, FleetSwap, WideChange

#: The shift of a driver whose row names none.
USUAL = Window(8 * 3600, 17 * 3600)


class Note(NamedTuple):
    """What was taken otherwise than the file says, in one sentence. `row` counts from 1."""

    row: int
    text: str


class FleetOutcome(NamedTuple):
    """What an import of a fleet did: how many came new or changed, and the rows that were not taken."""

    drivers: int
    vehicles: int
    patterns: int
    result: FleetResult
    notes: tuple[Note, ...]
    change: WideChange


def import_file(store: Store, depot: Depot, path: Path, today: dt.date, who: str) -> FleetOutcome:
    """Read a file and write what it brings; without a window. Raises as `prepare_file`."""
    outcome = prepare_file(store, depot, path, today)
    fleet.write(store, depot.id, outcome.change, who)
    return outcome


def prepare_file(store: Store, depot: Depot, path: Path, today: dt.date) -> FleetOutcome:
    """Read a file; its `change` is the step that takes it in. Nothing is written but numbers for what is new.

    UserError for what is no table, or no list of drivers and vehicles.
    """
    table = read_in_child(path)
    mapping = guess(table, today, depot.country)
    if mapping.target != "fleet":
        raise UserError(f"{path.name} is a list of orders, not of drivers and vehicles. Import it as orders.")
    result = to_fleet(table, mapping, today)
    if not result.vehicles:
        raise UserError(f"No row of {path.name} can be taken as a driver. Repair the rows, or choose another file.")
    return _join(store, depot, mapping, result, path.name)


def _join(store: Store, depot: Depot, mapping: Columns, result: FleetResult, name: str) -> FleetOutcome:
    """Add and change drivers (met by name), vehicles (by plate, else name) and patterns, all or nothing.

    Who and what the file lacks stays. A file that names no weekdays means every day: a lane too many on a Sunday
    does no harm, a missing one on a Saturday does.
    """
    written = (where.text for row in result.vehicles for where in (row.start, row.end) if where is not None)
    pins = store.places_of(key for text in written if (key := _key(text)))
    kept = store.load_fleet(depot.id)
    taker = _Taker(kept, depot, mapping, pins)
    for row in result.vehicles:
        taker.take(row)
    taker.number(store)
    change = fleet.change(f"Import {name}", taker.swaps(), kept)
    kinds = [type(swap.after) for swap in change.fleet]
    counts = [kinds.count(kind) for kind in (Driver, Vehicle, ShiftPattern)]
    return FleetOutcome(counts[0], counts[1], counts[2], result, tuple(taker.notes), change)


class _Taker:
    """Joins the rows of a file to a fleet. New things have negative ids until `number`."""

    def __init__(self, kept: Fleet, depot: Depot, mapping: Columns, pins: Mapping[str, Place]) -> None:
        self._before: dict[Any, Any] = {
            (type(thing), thing.id): thing for thing in (*kept.drivers, *kept.vehicles, *kept.patterns)
        }
        self._after = dict(self._before)
        self._depot, self._mapping, self._pins = depot, mapping, pins
        self._taken: set[int] = (
            set()
        )  # patterns that a row has spoken of; a second row of a driver is a second shift
        self.notes: list[Note] = []

    def take(self, row: FleetRow) -> None:
        driver, vehicle = self._driver(row), self._vehicle(row)
        self._keep(driver)
        self._keep(vehicle)
        self._keep(self._pattern(row, driver, vehicle))

    def number(self, store: Store) -> None:
        """Give what is new its ids."""
        ids: dict[tuple[type, int], int] = {}
        for kind, word in ((Driver, "driver"), (Vehicle, "vehicle"), (ShiftPattern, "pattern")):
            new = [key for key in self._after if key[0] is kind and key[1] < 0]
            ids |= dict(zip(new, store.new_ids(word, len(new)) if new else (), strict=True))
        for key, id in ids.items():
            self._after[key] = replace(self._after[key], id=id)
        for key, pattern in self._after.items():
            if isinstance(pattern, ShiftPattern):
                driver = DriverId(ids.get((Driver, pattern.driver), pattern.driver))
                vehicle = VehicleId(ids.get((Vehicle, pattern.vehicle), pattern.vehicle))
                self._after[key] = replace(pattern, driver=driver, vehicle=vehicle)

    def swaps(self) -> Iterable[FleetSwap]:
        """Drivers and vehicles before the patterns that name them."""
        order = (Driver, Vehicle, ShiftPattern)
        keys = sorted(self._after, key=lambda key: order.index(key[0]))
        return [Swap(self._before.get(key), self._after[key]) for key in keys]

    def _all[T](self, kind: type[T]) -> list[T]:
        return [thing for thing in self._after.values() if isinstance(thing, kind)]

    def _keep(self, thing: Driver | Vehicle | ShiftPattern) -> None:
        self._after[type(thing), thing.id] = thing

    def _new(self) -> int:
        return -len(self._after) - 1

    def _driver(self, row: FleetRow) -> Driver:
        name = row.driver.casefold()
        found = next((driver for driver in self._all(Driver) if driver.name.casefold() == name), None)
        driver = found or Driver(DriverId(self._new()), row.driver)
        skills = frozenset(skill.casefold() for skill in row.skills)
        if self._mapping.has(Field.SKILLS):
            driver = replace(driver, skills=skills)
        return replace(driver, phone=row.phone or driver.phone)

    def _vehicle(self, row: FleetRow) -> Vehicle:
        name = row.vehicle or row.plate or f"Vehicle of {row.driver}"
        known = self._all(Vehicle)
        found = next((v for v in known if row.plate and _plate(v.plate) == _plate(row.plate)), None)
        if found is None:
            same = (v for v in known if v.name.casefold() == name.casefold())
            found = next((v for v in same if not (v.plate and row.plate)), None)
        vehicle = found or Vehicle(VehicleId(self._new()), name)
        limits = zip(row.capacity, vehicle.capacity, _CAPACITIES, strict=True)
        capacity = Capacity(*(new if self._mapping.has(field) else old for new, old, field in limits))
        no_zones = row.limits.no_zones if self._mapping.has(Field.NO_ZONES) else vehicle.no_zones
        name, plate = row.vehicle or vehicle.name, row.plate or vehicle.plate
        return replace(vehicle, name=name, plate=plate, capacity=capacity, no_zones=no_zones)

    def _pattern(self, row: FleetRow, driver: Driver, vehicle: Vehicle) -> ShiftPattern:
        """The driver's pattern of these weekdays (best with this vehicle), or his only one, or a new one."""
        his = [p for p in self._all(ShiftPattern) if p.driver == driver.id and p.id not in self._taken]
        fits = [p for p in his if row.weekdays in (None, p.weekdays) or len(his) == 1]
        found = min(fits, key=lambda p: p.vehicle != vehicle.id, default=None)
        shift = row.shift or (Window(found.start, found.end) if found else None)
        if shift is None:
            shift = USUAL
            self.notes.append(Note(row.row, "No shift is given; 08:00 to 17:00 is taken."))
        start_place = self._start(row)
        pattern = ShiftPattern(
            driver.id,
            vehicle.id,
            shift.start,
            shift.end,
            row.pause if self._mapping.has(Field.BREAK_MINUTES) or found is None else found.pause,
            start_place,
            self._end(row, start_place),
            open_end=row.end is None and self._mapping.has(Field.END_PLACE),
            costs=row.costs,
            max_stops=row.max_stops,
            weekdays=row.weekdays or (found.weekdays if found else frozenset(range(7))),
            id=found.id if found else self._new(),
            **self._limits(row.limits, found),
        )
        self._taken.add(pattern.id)
        return self._checked(row.row, pattern)

    def _limits(self, limits: Limits, found: ShiftPattern | None) -> dict[str, Any]:
        """Hours and rules: as the row says, as they were where the file has no column for them."""
        cents = round((limits.overtime_per_hour or 0) * 100)
        said = (
            (Field.MAX_DRIVE, "max_drive_s", limits.max_drive_s),
            (Field.MAX_KM, "max_drive_m", limits.max_drive_m),
            (Field.OVERTIME, "overtime_s", limits.overtime_s or 0),
            (Field.OVERTIME_COST, "overtime_per_hour", cents),
            (Field.TOURS, "tours", limits.tours or 1),
            (Field.RELOAD, "reload_s", limits.reload_s or 0),
            (Field.HOME_ZONES, "zones", limits.zones),
        )
        kept = {name: getattr(found, name) for _, name, _ in said} if found else {}
        return kept | {name: value for field, name, value in said if self._mapping.has(field)}

    def _checked(self, row: int, pattern: ShiftPattern) -> ShiftPattern:
        try:
            fleet.check_pattern(pattern)
        except UserError as error:
            self.notes.append(Note(row, f"{error.message} It is taken without the break."))
            return replace(pattern, pause=None)
        return pattern

    def _start(self, row: FleetRow) -> Place | None:
        """None: the depot."""
        if row.start is None:
            return None
        place = self._find(row.start)
        if place is None:
            text = f"The start place “{row.start.text}” is not known; the depot is taken."
            self.notes.append(Note(row.row, text))
        return None if place == self._depot.place else place

    def _end(self, row: FleetRow, start: Place | None) -> Place | None:
        """None: where the route started, or nowhere in particular."""
        if row.end is None or row.end == row.start:
            return None
        place = self._find(row.end)
        if place is None:
            text = f"The end place “{row.end.text}” is not known; the route ends where it starts."
            self.notes.append(Note(row.row, text))
        return None if place == (start or self._depot.place) else place

    def _find(self, where: StartOrEnd) -> Place | None:
        return where.place or (
            self._depot.place if self._is_depot(where.text) else self._pins.get(_key(where.text))
        )

    def _is_depot(self, text: str) -> bool:
        return text.casefold() == self._depot.name.casefold() or (
            bool(_key(text)) and _key(text) == _key(self._depot.address)
        )


_CAPACITIES = (Field.CAPACITY_KG, Field.CAPACITY_M3, Field.CAPACITY_PIECES)


def _key(text: str) -> str:
    return addresses.key(Address(text))


def _plate(plate: str) -> str:
    return "".join(c for c in plate.upper() if c.isalnum())
