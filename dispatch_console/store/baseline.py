"""The plan as it was approved, frozen with its times: what the day is measured against later."""

from __future__ import annotations

import datetime as dt

from dispatch_console.domain.baseline import Baseline, PlannedRoute, PlannedStop
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.store.base import Row
from dispatch_console.store.fleet_rows import Frame
from dispatch_console.store.types import JsonMap


def baseline(day: Day) -> JsonMap:
    """JSON of all routes that have stops; instants are ISO 8601 in UTC, ids those of the store."""
    return {
        "revision": day.revision,
        "roads": day.travel.provider,
        "routes": [_route(day, id) for id in day.shifts if day.plan.route(id).stops],
        "unassigned": list(day.plan.pool.stops),
    }


def _route(day: Day, id: ShiftId) -> Row:
    frame = Frame(day.date, day.depot.timezone)
    shift, schedule = day.shifts[id], day.schedules[id]
    stops = [
        {
            "stop": visit.stop,
            "orders": [order.id for order in day.stops[visit.stop].orders],
            "arrive": _utc(frame, visit.arrive),
            "begin": _utc(frame, visit.begin),
            "depart": _utc(frame, visit.depart),
            "late_s": visit.late_s,
            "drive_s": visit.drive_s,
            "drive_m": visit.drive_m,
        }
        for visit in schedule.visits
    ]
    return {
        "shift": id,
        "driver": shift.driver.id,
        "vehicle": shift.vehicle.id,
        "start": _utc(frame, schedule.start),
        "end": _utc(frame, schedule.end),
        "drive_s": schedule.drive_s,
        "drive_m": schedule.drive_m,
        "service_s": schedule.service_s,
        "cost": schedule.cost,
        "stops": stops,
    }


def baseline_of(saved: JsonMap | None, frame: Frame) -> Baseline | None:
    """What `baseline` wrote, as a value again; None: nothing was frozen."""
    if saved is None:
        return None

    def seconds(text: str) -> int:
        return frame.seconds(dt.datetime.fromisoformat(text))

    stops = {
        StopId(stop["stop"]): PlannedStop(
            ShiftId(route["shift"]),
            number,
            *(seconds(stop[name]) for name in ("arrive", "begin", "depart")),
            *(stop[name] for name in ("late_s", "drive_s", "drive_m")),
        )
        for route in saved["routes"]
        for number, stop in enumerate(route["stops"], 1)
    }
    routes = {
        ShiftId(route["shift"]): PlannedRoute(
            *(seconds(route[name]) for name in ("start", "end")),
            *(route[name] for name in ("drive_s", "drive_m", "service_s", "cost")),
        )
        for route in saved["routes"]
    }
    return Baseline(stops, routes)


def _utc(frame: Frame, seconds: int) -> str:
    return frame.instant(seconds).isoformat()
