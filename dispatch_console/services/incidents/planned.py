"""What a plan itself says: broken rules, orders without a place or a driver, papers that run out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from dispatch_console.domain import numbers, saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import Priority
from dispatch_console.domain.rules import BrokenRule, Rule, describe, hours, minutes
from dispatch_console.domain.saying import listed
from dispatch_console.domain.schedule import RouteSchedule
from dispatch_console.services.incidents.values import NAMED, Deed, Incident, Kind, hhmm

#: Of a van that is back nothing can be mended any more.
_ON_THE_WAY = (FactKind.IN_DEPOT, FactKind.OUT)
#: A paper that runs out within these days is an incident.
NOTICE = dt.timedelta(days=3)


def of_plan(day: Day, *, late: bool = True) -> Iterator[Incident]:
    """The broken rules of the routes. `late` False: forecasts of arrivals are looked at elsewhere."""
    for id, planned in day.schedules.items():
        if planned.visits and not day.facts.stuck(id) and day.facts.state(id) in _ON_THE_WAY:
            yield from _of_route(day, id, planned, late)


def of_orders(day: Day) -> Iterator[Incident]:
    """Orders without a place, and urgent ones without a driver."""
    yield from _unplaced(day)
    yield from _critical(day)


def of_papers(day: Day) -> Iterator[Incident]:
    """Licences and inspections that run out."""
    yield from _papers(day)


# --- finding ---


def _of_route(day: Day, id: ShiftId, planned: RouteSchedule, late: bool) -> Iterator[Incident]:
    """One for each broken rule of a route; all that is over in its vehicle is one."""
    over = [broken for broken in planned.broken if broken.rule in _SIZES]
    for broken in planned.broken:
        make = _MAKERS.get(broken.rule)
        if make is not None and broken not in over[1:] and (late or broken.rule is not Rule.WINDOW):
            yield make(day, id, planned, broken)


def _late(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    assert broken.stop is not None
    stop = day.stops[broken.stop]
    at = day.plan.route(id).stops.index(broken.stop)
    due, comes = hhmm(day, stop.windows[-1].end), hhmm(day, planned.visits[at].arrive)
    driver, number = day.shifts[id].driver, numbers.at(day, id, at)
    brief = f"{driver.initials} {number} · due {due}, arrives {comes}"
    return Incident(
        Kind.LATE,
        f"Late {minutes(broken.by)} min",
        stop.label,
        f"{stop.order.reference} · {driver.name} stop {number} · due {due}, arrives {comes}",
        Deed.MOVE_UP,
        stops=(stop.id,),
        route=id,
        short=f"{stop.order.reference} · {brief}",
        brief=brief,
        by=broken.by,
    )


def _overload(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    shift, part = day.shifts[id], list(_SIZES).index(broken.rule)
    show = _SIZES[broken.rule]
    limit = shift.vehicle.capacity[part] or 0
    loads = f"carries {show(limit)}, loaded {show(planned.load_peak[part])}"
    more = [_SIZES[b.rule](b.by) for b in planned.broken if b.rule in _SIZES and b.rule is not broken.rule]
    if more:
        loads += f" · also {' and '.join(more)} over"
    what = f"{shift.driver.name}: {show(broken.by)} over"
    sentence = f"{shift.vehicle.name} {loads}"
    return Incident(Kind.OVERLOAD, what, "", sentence, _relief(day, id), route=id, brief=loads)


def _relief(day: Day, id: ShiftId) -> Deed:
    """What is on board of a van that is out changes hands at a meeting: offered where it may save lateness."""
    out = day.facts.state(id) is FactKind.OUT
    late = any(v.late_s and not v.done and not v.presumed for v in day.schedules[id].visits)
    return Deed.HAND_OVER if out and late else Deed.OFFER_STOPS


def _too_many(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    shift = day.shifts[id]
    sentence = f"{len(planned.visits)} stops, takes {shift.max_stops} at most"
    what = f"{shift.driver.name}: {saying.count(broken.by, 'stop')} too many"
    return Incident(Kind.TOO_MANY, what, "", sentence, _relief(day, id), route=id)


def _overtime(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    shift = day.shifts[id]
    over = f" and {minutes(shift.overtime_s)} min of overtime" if shift.overtime_s else ""
    sentence = f"shift ends {hhmm(day, shift.end)}{over}, back {hhmm(day, planned.end)}"
    what = f"{shift.driver.name}: back {minutes(broken.by)} min late"
    return Incident(Kind.OVERTIME, what, "", sentence, _relief(day, id), route=id)


def _no_break(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    shift = day.shifts[id]
    pause = shift.fixed_pause
    assert pause is not None, "only a shift with a break can break this rule"
    window = f"{hhmm(day, pause.window.start)}–{hhmm(day, pause.window.end)}"
    sentence = f"{pause.duration // 60} min do not fit into {window}"
    return Incident(Kind.NO_BREAK, f"{shift.driver.name}: no break", "", sentence, _relief(day, id), route=id)


def _driving(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    shift = day.shifts[id]
    what = f"{shift.driver.name}: {hours(minutes(broken.by) * 60)} too much driving"
    return Incident(Kind.DRIVING, what, "", describe(broken, shift), _relief(day, id), route=id)


def _distance(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    shift = day.shifts[id]
    what = f"{shift.driver.name}: {-(-broken.by // 1000)} km too far"
    return Incident(Kind.DISTANCE, what, "", describe(broken, shift), _relief(day, id), route=id)


def _skill(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    assert broken.stop is not None
    stop, driver = day.stops[broken.stop], day.shifts[id].driver.name
    sentence = f"{stop.order.reference} · {driver} does not have it"
    return Incident(
        Kind.SKILL, f"Needs {broken.what}", stop.label, sentence, Deed.OFFER_DRIVERS, stops=(stop.id,), route=id
    )


def _zone(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    return _at_stop(day, id, broken, Kind.ZONE, f"Zone {broken.what}", describe(broken, day.shifts[id]))


def _forbidden(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    sentence = f"{day.shifts[id].driver.name} may not serve this customer"
    return _at_stop(day, id, broken, Kind.FORBIDDEN, "Wrong driver", sentence)


def _apart(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    sentence = f"may not ride together: {broken.what}"
    return _at_stop(day, id, broken, Kind.APART, "Mixed load", sentence)


def _pair(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    assert broken.stop is not None
    pickup = day.stops.get(day.stops[broken.stop].pickup)
    where = f"at {pickup.label}" if pickup is not None else "elsewhere"
    return _at_stop(day, id, broken, Kind.PAIR, "No pickup", f"goods come on board {where}, not before it here")


def _at_stop(day: Day, id: ShiftId, broken: BrokenRule, kind: Kind, what: str, says: str) -> Incident:
    """Of a stop that another driver or vehicle may serve."""
    assert broken.stop is not None
    stop, shift = day.stops[broken.stop], day.shifts[id]
    where = f"{shift.driver.initials} {numbers.of_stop(day, broken.stop)}"
    sentence = f"{stop.order.reference} · {where} · {says}"
    return Incident(
        kind, what, stop.label, sentence, Deed.OFFER_DRIVERS, stops=(stop.id,), route=id, short=f"{where} · {says}"
    )


def _unreachable(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    assert broken.stop is not None
    stop = day.stops[broken.stop]
    sentence = f"{stop.order.reference} · {day.shifts[id].driver.name} · is its pin right?"
    return Incident(Kind.UNREACHABLE, "No way to", stop.label, sentence, Deed.SHOW, stops=(stop.id,), route=id)


def _absent(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    stops = day.plan.route(id).stops
    what = f"{day.shifts[id].driver.name} is absent"
    sentence = f"{saying.count(len(stops), 'stop')} still in this route"
    return Incident(Kind.ABSENT, what, "", sentence, Deed.UNASSIGN, stops=stops, route=id)


_MAKERS: dict[Rule, Callable[[Day, ShiftId, RouteSchedule, BrokenRule], Incident]] = {
    Rule.WINDOW: _late,
    Rule.CAPACITY_KG: _overload,
    Rule.CAPACITY_M3: _overload,
    Rule.CAPACITY_PIECES: _overload,
    Rule.MAX_STOPS: _too_many,
    Rule.SHIFT: _overtime,
    Rule.BREAK: _no_break,
    Rule.MAX_DRIVING: _driving,
    Rule.MAX_DISTANCE: _distance,
    Rule.SKILL: _skill,
    Rule.FORBIDDEN: _forbidden,
    Rule.ZONE: _zone,
    Rule.APART: _apart,
    Rule.PAIR: _pair,
    Rule.UNREACHABLE: _unreachable,
    Rule.ABSENT: _absent,
}


def _unplaced(day: Day) -> Iterator[Incident]:
    stops = day.without_place
    if not stops:
        return
    refs = [day.stops[stop].order.reference for stop in stops]
    what = "1 order has no place" if len(stops) == 1 else f"{len(stops)} orders have no place"
    named = listed(refs, NAMED)
    sentence = f"{named}: address not found on the map"
    yield Incident(Kind.NO_PLACE, what, "", sentence, Deed.DROP_PINS, hard=False, stops=stops, brief=named)


def _critical(day: Day) -> Iterator[Incident]:
    for id in day.unassigned:
        stop = day.stops[id]
        if stop.priority is Priority.CRITICAL:
            sentence = f"{stop.order.reference} · {stop.order.address.city or 'critical priority'}"
            what = "Critical, no driver"
            yield Incident(Kind.CRITICAL, what, stop.label, sentence, Deed.OFFER_DRIVERS, hard=False, stops=(id,))


def _papers(day: Day) -> Iterator[Incident]:
    for id, shift in day.shifts.items():
        if shift.absent:
            continue
        driver, vehicle = shift.driver, shift.vehicle
        yield from _paper(day, id, f"{driver.name}: licence", vehicle.name, driver.licence_until)
        yield from _paper(day, id, f"{vehicle.name}: inspection", driver.name, vehicle.inspection_until)


def _paper(day: Day, id: ShiftId, what: str, other: str, until: dt.date | None) -> Iterator[Incident]:
    if until is None or until - day.date > NOTICE:
        return
    left = (until - day.date).days
    words = {0: "last day today", 1: "one day left", 2: "two days left", 3: "three days left"}
    text = f"{what} {'ends' if left >= 0 else 'ended'} {saying.day_month(until)}"
    sentence = f"{other} · {words.get(left, 'not to be used today')}"
    yield Incident(Kind.PAPERS, text, "", sentence, Deed.REMIND, hard=left < 0, route=id)


# --- words ---


def _kg(grams: int) -> str:
    return f"{-(-grams // 1000)} kg"


def _m3(litres: int) -> str:
    return f"{litres / 1000:.1f} m³"


def _pieces(number: int) -> str:
    return f"{number} pc"


#: In the order of `Size` and `Capacity`: the rule on each component, and how it is written.
_SIZES: dict[Rule, Callable[[int], str]] = {
    Rule.CAPACITY_KG: _kg,
    Rule.CAPACITY_M3: _m3,
    Rule.CAPACITY_PIECES: _pieces,
}
