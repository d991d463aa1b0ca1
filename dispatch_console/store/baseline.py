"""The plan as it was approved, frozen with its times: what the day is measured against later."""

from __future__ import annotations

import datetime as dt

from dispatch_console.domain.baseline import Baseline, PlannedRoute, PlannedStop
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.store.base import Row
from dispatch_console.store.fleet_rows import Frame
from dispatch_console.store.types import JsonMap
from dispatch_console.store.values import Approved


def approved(day: Day) -> Approved:
    """What the approval of `day` writes."""
    stops = {route: day.plan.route(route).stops for route in day.approval.printed}
    return Approved(day.approval, stops, None if day.approval.state is DayState.DRAFT else baseline(day))


def baseline(day: Day) -> JsonMap:
    """JSON of all routes that have stops; instants are ISO 8601 in UTC, ids those of the store."""
    return {
        "revision": day.revision,
        "roads": day.travel.provider,
        "routes": [_route(day, id) for id in day.shifts if day.plan.route(id).stops],
        "unassigned": list(day.plan.pool.stops),
    }


def _route(day: Day, id: ShiftId) -> Row:
    midnight = Frame(day.date, day.depot.timezone).instant(0)
    shift, schedule = day.shifts[id], day.schedules[id]

    def utc(seconds: int) -> str:
        return (midnight + dt.timedelta(seconds=seconds)).isoformat()

    stops = [
        {
            "stop": visit.stop,
            "orders": [order.id for order in day.stops[visit.stop].orders],
            "arrive": utc(visit.arrive),
            "begin": utc(visit.begin),
            "depart": utc(visit.depart),
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
        "start": utc(schedule.start),
        "end": utc(schedule.end),
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
