"""The plan as it was approved, frozen with its times: what the day is measured against later."""

from __future__ import annotations

import datetime as dt

from dispatch_console.domain.baseline import Baseline, PlannedRoute, PlannedStop, frozen
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.store.base import Row
from dispatch_console.store.fleet_rows import Frame
from dispatch_console.store.types import JsonMap
from dispatch_console.store.values import Approved


def approved(day: Day) -> Approved:
    """What the approval of `day` writes."""
    stops = {route: day.plan.route(route).stops for route in day.approval.printed}
    return Approved(day.approval, stops, None if day.approval.state is DayState.DRAFT else baseline(day))


def baseline(day: Day) -> JsonMap:
    """JSON of all routes that have stops, as frozen; instants are ISO 8601 in UTC, ids those of the store."""
    base = day.baseline or frozen(day.schedules)
    return {
        "revision": day.revision,
        "roads": day.travel.provider,
        "routes": [_route(day, base, id) for id in day.shifts if id in base.routes],
        "unassigned": list(day.plan.pool.stops),
    }


def _route(day: Day, base: Baseline, id: ShiftId) -> Row:
    midnight = Frame(day.date, day.depot.timezone).instant(0)
    shift, route = day.shifts[id], base.routes[id]

    def utc(seconds: int) -> str:
        return (midnight + dt.timedelta(seconds=seconds)).isoformat()

    planned = sorted((stop.number, number, stop) for number, stop in base.stops.items() if stop.route == id)
    stops = [
        {
            "stop": number,
            "orders": _orders(day, number),
            "arrive": utc(stop.arrive),
            "begin": utc(stop.begin),
            "depart": utc(stop.depart),
            "late_s": stop.late_s,
            "drive_s": stop.drive_s,
            "drive_m": stop.drive_m,
        }
        for _, number, stop in planned
    ]
    return {
        "shift": id,
        "driver": shift.driver.id,
        "vehicle": shift.vehicle.id,
        "start": utc(route.start),
        "end": utc(route.end),
        "drive_s": route.drive_s,
        "drive_m": route.drive_m,
        "service_s": route.service_s,
        "cost": route.cost,
        "stops": stops,
    }


def _orders(day: Day, number: StopId) -> list[OrderId]:
    """Of a visit that was planned and is gone since there are none."""
    stop = day.stops.get(number)
    return [order.id for order in stop.orders] if stop else []


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
