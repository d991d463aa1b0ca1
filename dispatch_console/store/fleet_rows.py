"""Depots, drivers, vehicles, patterns and shifts as rows and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from dispatch_console.domain import clock
from dispatch_console.domain.fleet import (
    Break,
    Capacity,
    Costs,
    Depot,
    DepotId,
    Driver,
    DriverId,
    DrivingBreaks,
    Shift,
    ShiftId,
    ShiftPattern,
    Vehicle,
    VehicleId,
)
from dispatch_console.domain.orders import Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.weights import Policy, Weights
from dispatch_console.store.base import Row
from dispatch_console.store.order_rows import place_of
from dispatch_console.store.schema import DepotRow, DriverRow, PatternRow, ShiftRow, VehicleRow


class Frame(NamedTuple):
    """What turns seconds of a plan day into instants and back."""

    date: dt.date
    timezone: str

    def instant(self, seconds: int) -> dt.datetime:
        """In UTC."""
        return clock.to_instant(seconds, self.date, self.timezone).astimezone(dt.UTC)

    def seconds(self, instant: dt.datetime) -> int:
        return clock.to_seconds(instant, self.date, self.timezone)


def depot_row(depot: Depot) -> Row:
    return {
        "id": depot.id,
        "name": depot.name,
        "lat": depot.place.lat,
        "lon": depot.place.lon,
        "timezone": depot.timezone,
        "address": depot.address,
        "phone": depot.phone,
        "emergency_phone": depot.emergency_phone,
        "currency": depot.currency,
        "country": depot.country,
        "service_s": depot.service_s,
    }


def depot_of(row: DepotRow) -> Depot:
    return Depot(
        DepotId(row.id),
        row.name,
        Place(row.lat, row.lon),
        row.timezone,
        row.address,
        row.phone,
        row.emergency_phone,
        row.currency,
        row.country,
        row.service_s,
    )


def policy_row(policy: Policy) -> Row:
    """The columns of the depot that hold it; what is usual is not written."""
    return {
        "weights": {name: cents for name, cents in policy.weights._asdict().items() if cents} or None,
        "apart": sorted(sorted(pair) for pair in policy.apart) or None,
    }


def policy_of(row: DepotRow) -> Policy:
    """A price that this version does not know counts as not there."""
    known = {name: cents for name, cents in (row.weights or {}).items() if name in Weights._fields}
    return Policy(Weights(**known), frozenset(map(frozenset, row.apart or ())))


def driver_row(driver: Driver) -> Row:
    return {
        "id": driver.id,
        "name": driver.name,
        "phone": driver.phone,
        "skills": sorted(driver.skills),
        "licence_until": driver.licence_until,
    }


def driver_of(row: DriverRow) -> Driver:
    return Driver(DriverId(row.id), row.name, row.phone, frozenset(row.skills), row.licence_until)


def vehicle_row(vehicle: Vehicle) -> Row:
    return {
        "id": vehicle.id,
        "name": vehicle.name,
        "plate": vehicle.plate,
        **vehicle.capacity._asdict(),
        "skills": sorted(vehicle.skills),
        "inspection_until": vehicle.inspection_until,
        "no_zones": sorted(vehicle.no_zones) or None,
    }


def vehicle_of(row: VehicleRow) -> Vehicle:
    capacity = Capacity(row.grams, row.litres, row.pieces)
    skills, no_zones = frozenset(row.skills), frozenset(row.no_zones or ())
    return Vehicle(VehicleId(row.id), row.name, row.plate, capacity, skills, row.inspection_until, no_zones)


def pattern_row(pattern: ShiftPattern) -> Row:
    pause = pattern.fixed_pause
    window = pause.window if pause else None
    return {
        "id": pattern.id,
        "driver_id": pattern.driver,
        "vehicle_id": pattern.vehicle,
        "weekdays": sorted(pattern.weekdays),
        "start_s": pattern.start,
        "end_s": pattern.end,
        "pause_s": pause.duration if pause else None,
        "pause_from_s": window.start if window else None,
        "pause_until_s": window.end if window else None,
        "open_end": pattern.open_end,
        **_places(pattern.start_place, pattern.end_place),
        **_costs(pattern.costs),
        **_rules(pattern),
    }


def pattern_of(row: PatternRow) -> ShiftPattern:
    return ShiftPattern(
        DriverId(row.driver_id),
        VehicleId(row.vehicle_id),
        row.start_s,
        row.end_s,
        _pause(row, row.pause_from_s, row.pause_until_s),
        place_of(row.start_lat, row.start_lon),
        place_of(row.end_lat, row.end_lon),
        row.open_end,
        Costs(row.per_hour, row.per_km, row.fixed_cost),
        row.max_stops,
        frozenset(row.weekdays),
        row.id,
        **_rules_of(row),
    )


def shift_row(shift: Shift, day_id: int, frame: Frame) -> Row:
    pause = shift.fixed_pause
    window = pause.window if pause else None
    return {
        "id": shift.id,
        "day_id": day_id,
        "slot": shift.slot,
        "driver_id": shift.driver.id,
        "vehicle_id": shift.vehicle.id,
        "driver": driver_json(shift.driver),
        "vehicle": vehicle_json(shift.vehicle),
        "start_at": frame.instant(shift.start),
        "end_at": frame.instant(shift.end),
        "pause_s": pause.duration if pause else None,
        "pause_from": frame.instant(window.start) if window else None,
        "pause_until": frame.instant(window.end) if window else None,
        "absent": shift.absent,
        **_places(shift.start_place, shift.end_place),
        **_costs(shift.costs),
        **_rules(shift),
    }


def shift_of(row: ShiftRow, frame: Frame) -> Shift:
    pause_from = None if row.pause_from is None else frame.seconds(row.pause_from)
    pause_until = None if row.pause_until is None else frame.seconds(row.pause_until)
    start_place = place_of(row.start_lat, row.start_lon)
    assert start_place is not None, "a shift's start place is always written"
    return Shift(
        ShiftId(row.id),
        row.slot,
        _driver_of_json(row.driver),
        _vehicle_of_json(row.vehicle),
        frame.seconds(row.start_at),
        frame.seconds(row.end_at),
        start_place,
        place_of(row.end_lat, row.end_lon),
        _pause(row, pause_from, pause_until),
        Costs(row.per_hour, row.per_km, row.fixed_cost),
        row.max_stops,
        row.absent,
        **_rules_of(row),
    )


def driver_json(driver: Driver) -> Row:
    return {**driver_row(driver), "licence_until": _iso(driver.licence_until)}


def vehicle_json(vehicle: Vehicle) -> Row:
    return {**vehicle_row(vehicle), "inspection_until": _iso(vehicle.inspection_until)}


def _driver_of_json(values: Mapping[str, Any]) -> Driver:
    return driver_of(DriverRow(**{**values, "licence_until": _date(values["licence_until"])}))


def _vehicle_of_json(values: Mapping[str, Any]) -> Vehicle:
    return vehicle_of(VehicleRow(**{**values, "inspection_until": _date(values["inspection_until"])}))


def _pause(row: PatternRow | ShiftRow, start: int | None, end: int | None) -> Break | DrivingBreaks | None:
    if row.drive_pause is not None:
        return DrivingBreaks(*row.drive_pause)
    if row.pause_s is None or start is None or end is None:
        return None
    return Break(row.pause_s, Window(start, end))


def _rules(work: ShiftPattern | Shift) -> Row:
    return {
        **{name: getattr(work, name) for name in _PLAIN},
        "max_stops": work.max_stops,
        "zones": sorted(work.zones) or None,
        "drive_pause": list(work.driving) if work.driving else None,
    }


def _rules_of(row: PatternRow | ShiftRow) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in _PLAIN}, "zones": frozenset(row.zones or ())}


#: Rules of a working time that a column holds as they are.
_PLAIN = ("max_drive_s", "max_drive_m", "overtime_s", "overtime_per_hour", "tours", "reload_s")


def _places(start: Place | None, end: Place | None) -> Row:
    return {
        "start_lat": start.lat if start else None,
        "start_lon": start.lon if start else None,
        "end_lat": end.lat if end else None,
        "end_lon": end.lon if end else None,
    }


def _costs(costs: Costs) -> Row:
    return {"per_hour": costs.per_hour, "per_km": costs.per_km, "fixed_cost": costs.fixed}


def _iso(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
