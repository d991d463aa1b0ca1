"""A planned day as `plan.json`: the schedule's own figures, nothing computed anew.

Times are ISO 8601 with offset, durations whole seconds, distances whole metres, money in the depot's currency with
two decimals. The order of fields is that of the contract; a route of several tours has `reloads` besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from dispatch_console.domain import clock, insertion
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.rules import BrokenRule, Rule, describe
from dispatch_console.domain.schedule import Reload, RouteSchedule, Visit
from dispatch_console.domain.sizes import Size
from dispatch_console.services import travel

Json = dict[str, Any]


class Searched(NamedTuple):
    """How the plan came about."""

    seed: int
    seconds: float


def document(day: Day, searched: Searched) -> Json:
    """The whole file as plain values. Trying every driver for each unassigned stop takes some milliseconds each."""
    routes = [route.id for route in day.routes if route.stops]
    return {
        "day": day.date.isoformat(),
        "timezone": day.depot.timezone,
        "seed": searched.seed,
        "searched_s": round(searched.seconds),
        "currency": day.depot.currency,
        "roads": travel.about(day.travel.provider),
        "routes": [_route(day, id) for id in routes],
        "unassigned": [entry for stop in day.plan.pool.stops for entry in _unassigned(day, stop)],
        "totals": _totals(day, routes),
    }


def _route(day: Day, id: ShiftId) -> Json:
    shift, timed = day.shifts[id], day.schedules[id]
    visits = timed.visits
    last = day.stops[visits[-1].stop].place
    return {
        "driver": shift.driver.name,
        "vehicle": shift.vehicle.name,
        "start": {**_at(shift.start_place), "time": _time(day, timed.start)},
        "end": {**_at(shift.end_place or last), "time": _time(day, timed.end)},
        "stops": [_stop(day, visit) for visit in visits],
        "breaks": [{"begin": _time(day, p.begin), "end": _time(day, p.end)} for p in timed.pauses],
        "load": _load(timed.load_peak),
        "drive_s": timed.drive_s,
        "drive_m": timed.drive_m,
        "service_s": timed.service_s,
        "cost": _money(timed.cost),
        "violations": [_violation(day, broken, shift) for broken in timed.broken],
        **({"reloads": [_reload(day, shift, reload) for reload in timed.reloads]} if timed.reloads else {}),
    }


def _stop(day: Day, visit: Visit) -> Json:
    stop = day.stops[visit.stop]
    return {
        "orders": [order.reference for order in stop.orders],
        **_at(stop.pin),
        "arrive": _time(day, visit.arrive),
        "begin": _time(day, visit.begin),
        "depart": _time(day, visit.depart),
        "wait_s": visit.wait_s,
        "late_s": visit.late_s,
        "drive_s": visit.drive_s,
        "drive_m": visit.drive_m,
    }


def _unassigned(day: Day, stop: StopId) -> list[Json]:
    """One entry for each order of the stop, all with its reasons."""
    reasons = _reasons(day, stop)
    return [{"order": order.reference, "reasons": reasons} for order in day.stops[stop].orders]


def _reasons(day: Day, stop: StopId) -> list[Json]:
    """Why each driver cannot take a stop; what concerns all of them is said once, with no driver's name."""
    if day.stops[stop].place is None:
        return [_reason("", Rule.NO_PLACE, day.stops[stop].off_road or "The address has no place on the map yet.")]
    if not day.shifts:
        return [_reason("", Rule.SHIFT, "No driver works on this day.")]
    found = insertion.reasons(stop, day.plan, day.basis)
    return [_reason(day.shifts[reason.route].driver.name, reason.rule, reason.detail) for reason in found]


def _reason(driver: str, rule: Rule, detail: str) -> Json:
    return {"driver": driver, "rule": rule.value, "detail": detail}


def _reload(day: Day, shift: Shift, reload: Reload) -> Json:
    """`before`: the index, from 0, of the stop with which the next tour begins."""
    arrive, depart = _time(day, reload.arrive), _time(day, reload.depart)
    return {**_at(shift.start_place), "arrive": arrive, "depart": depart, "before": reload.before}


def _violation(day: Day, broken: BrokenRule, shift: Shift) -> Json:
    orders = [] if broken.stop is None else [order.reference for order in day.stops[broken.stop].orders]
    return {"rule": broken.rule.value, "orders": orders, "by": broken.by, "detail": describe(broken, shift)}


def _totals(day: Day, routes: Sequence[ShiftId]) -> Json:
    timed: list[RouteSchedule] = [day.schedules[id] for id in routes]
    assigned = sum(len(day.stops[visit.stop].orders) for one in timed for visit in one.visits)
    return {
        "orders": len(day.orders),
        "assigned": assigned,
        "unassigned": len(day.orders) - assigned,
        "routes": len(routes),
        "drive_m": sum(one.drive_m for one in timed),
        "drive_s": sum(one.drive_s for one in timed),
        "late_stops": sum(one.late_stops for one in timed),
        "cost": _money(sum(one.cost for one in timed)),
    }


def _at(place: Place | None) -> Json:
    return {"lat": None, "lon": None} if place is None else {"lat": place.lat, "lon": place.lon}


def _time(day: Day, seconds: int) -> str:
    return clock.to_instant(seconds, day.date, day.depot.timezone).isoformat()


def _load(size: Size) -> Json:
    """Most on board at any moment."""
    return {"kg": size.kg, "m3": size.m3, "pieces": size.pieces}


def _money(cents: int) -> float:
    return cents / 100
