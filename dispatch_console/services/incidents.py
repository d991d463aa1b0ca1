"""What in a day needs a dispatcher: found from the day itself, worst first, each with one thing to do about it.

Nothing here is kept: an incident is gone when its cause is. Those that come from what happens on the road (failed
deliveries, breakdowns) will join as facts do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dispatch_console.domain import clock
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import Priority, StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.rules import BrokenRule, Rule, minutes
from dispatch_console.domain.schedule import RouteSchedule

#: A paper that runs out within these days is an incident.
NOTICE = dt.timedelta(days=3)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Kind(StrEnum):
    LATE = "late"
    OVERLOAD = "overload"
    TOO_MANY = "too_many"
    OVERTIME = "overtime"
    NO_BREAK = "no_break"
    SKILL = "skill"
    UNREACHABLE = "unreachable"
    ABSENT = "absent"
    NO_PLACE = "no_place"
    CRITICAL = "critical"
    PAPERS = "papers"


class Deed(StrEnum):
    """What the one button of an incident does."""

    MOVE_UP = "move_up"
    OFFER_STOPS = "offer_stops"
    OFFER_DRIVERS = "offer_drivers"
    UNASSIGN = "unassign"
    DROP_PINS = "drop_pins"
    REMIND = "remind"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that needs somebody. `what` and `who` make the title; `hard`: a rule is broken, else it is a risk.
    `short` stands in for `sentence` where there is little room, `brief` where there is still less; empty: there is
    no shorter way to say it.

    `key` stays the same while the cause does, so that a list can keep its place.
    """

    kind: Kind
    what: str
    who: str
    sentence: str
    deed: Deed
    hard: bool = True
    stops: tuple[StopId, ...] = ()
    route: ShiftId = POOL
    short: str = ""
    brief: str = ""

    @property
    def key(self) -> tuple[Kind, ShiftId, tuple[StopId, ...], str]:
        return self.kind, self.route, self.stops[:1], self.who if self.kind is Kind.PAPERS else ""


def incidents(day: Day) -> list[Incident]:
    """All incidents of a day: broken rules first, the latest stop before all, then what needs a person."""
    broken = [found for id, s in day.schedules.items() if s.visits for found in _of_route(day, id, s)]
    late = sorted((found for found in broken if found[0].kind is Kind.LATE), key=lambda found: -found[1])
    rest = [found for found in broken if found[0].kind is not Kind.LATE]
    return [*(i for i, _ in late), *(i for i, _ in rest), *_unplaced(day), *_critical(day), *_papers(day)]


# --- finding ---


def _of_route(day: Day, id: ShiftId, planned: RouteSchedule) -> Iterator[tuple[Incident, int]]:
    """(incident, by how much) for each broken rule of a route; all that is over in its vehicle is one."""
    over = [broken for broken in planned.broken if broken.rule in _SIZES]
    for broken in planned.broken:
        make = _MAKERS.get(broken.rule)
        if make is not None and broken not in over[1:]:
            yield make(day, id, planned, broken), broken.by


def _late(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    assert broken.stop is not None
    stop = day.stops[broken.stop]
    at = day.plan.route(id).stops.index(broken.stop)
    due, comes = _hhmm(day, stop.windows[-1].end), _hhmm(day, planned.visits[at].arrive)
    driver = day.shifts[id].driver
    brief = f"{driver.initials} {at + 1} · due {due}, arrives {comes}"
    return Incident(
        Kind.LATE,
        f"Late {minutes(broken.by)} min",
        stop.label,
        f"{stop.order.reference} · {driver.name} stop {at + 1} · due {due}, arrives {comes}",
        Deed.MOVE_UP,
        stops=(stop.id,),
        route=id,
        short=f"{stop.order.reference} · {brief}",
        brief=brief,
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
    return Incident(Kind.OVERLOAD, what, "", sentence, Deed.OFFER_STOPS, route=id, brief=loads)


def _too_many(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    shift = day.shifts[id]
    sentence = f"{len(planned.visits)} stops, takes {shift.max_stops} at most"
    what = f"{shift.driver.name}: {_count(broken.by, 'stop')} too many"
    return Incident(Kind.TOO_MANY, what, "", sentence, Deed.OFFER_STOPS, route=id)


def _overtime(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    shift = day.shifts[id]
    sentence = f"shift ends {_hhmm(day, shift.end)}, back {_hhmm(day, planned.end)}"
    what = f"{shift.driver.name}: back {minutes(broken.by)} min late"
    return Incident(Kind.OVERTIME, what, "", sentence, Deed.OFFER_STOPS, route=id)


def _no_break(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    shift = day.shifts[id]
    assert shift.pause is not None, "only a shift with a break can break this rule"
    window = f"{_hhmm(day, shift.pause.window.start)}–{_hhmm(day, shift.pause.window.end)}"
    sentence = f"{shift.pause.duration // 60} min do not fit into {window}"
    return Incident(Kind.NO_BREAK, f"{shift.driver.name}: no break", "", sentence, Deed.OFFER_STOPS, route=id)


def _skill(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    assert broken.stop is not None
    stop, driver = day.stops[broken.stop], day.shifts[id].driver.name
    sentence = f"{stop.order.reference} · {driver} does not have it"
    return Incident(
        Kind.SKILL, f"Needs {broken.what}", stop.label, sentence, Deed.OFFER_DRIVERS, stops=(stop.id,), route=id
    )


def _unreachable(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    assert broken.stop is not None
    stop = day.stops[broken.stop]
    sentence = f"{stop.order.reference} · {day.shifts[id].driver.name} · is its pin right?"
    return Incident(Kind.UNREACHABLE, "No way to", stop.label, sentence, Deed.SHOW, stops=(stop.id,), route=id)


def _absent(day: Day, id: ShiftId, planned: RouteSchedule, broken: BrokenRule) -> Incident:
    stops = day.plan.route(id).stops
    what = f"{day.shifts[id].driver.name} is absent"
    sentence = f"{_count(len(stops), 'stop')} still in this route"
    return Incident(Kind.ABSENT, what, "", sentence, Deed.UNASSIGN, stops=stops, route=id)


_MAKERS: dict[Rule, Callable[[Day, ShiftId, RouteSchedule, BrokenRule], Incident]] = {
    Rule.WINDOW: _late,
    Rule.CAPACITY_KG: _overload,
    Rule.CAPACITY_M3: _overload,
    Rule.CAPACITY_PIECES: _overload,
    Rule.MAX_STOPS: _too_many,
    Rule.SHIFT: _overtime,
    Rule.BREAK: _no_break,
    Rule.SKILL: _skill,
    Rule.UNREACHABLE: _unreachable,
    Rule.ABSENT: _absent,
}


def _unplaced(day: Day) -> Iterator[Incident]:
    stops = day.without_place
    if not stops:
        return
    refs = [day.stops[stop].order.reference for stop in stops]
    what = "1 order has no place" if len(stops) == 1 else f"{len(stops)} orders have no place"
    sentence = f"{_listed(refs)}: address not found on the map"
    yield Incident(Kind.NO_PLACE, what, "", sentence, Deed.DROP_PINS, hard=False, stops=stops, brief=_listed(refs))


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
    date = f"{until.day} {_MONTHS[until.month - 1]}"
    words = {0: "last day today", 1: "one day left", 2: "two days left", 3: "three days left"}
    text = f"{what} {'ends' if left >= 0 else 'ended'} {date}"
    sentence = f"{other} · {words.get(left, 'not to be used today')}"
    yield Incident(Kind.PAPERS, text, "", sentence, Deed.REMIND, hard=left < 0, route=id)


# --- words ---


def _hhmm(day: Day, seconds: int) -> str:
    return clock.hhmm(seconds, day.date, day.depot.timezone)


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


def _count(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else one + 's'}"


def _listed(names: Sequence[str]) -> str:
    """`4103 and 4336`; `4103, 4336 and 3 more`."""
    if len(names) <= 2:
        return " and ".join(names)
    if len(names) == 3:
        return f"{names[0]}, {names[1]} and {names[2]}"
    return f"{names[0]}, {names[1]} and {len(names) - 2} more"
