"""Before the vans leave: what a dispatcher would want to know, each with where to look. A warning, never a lock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from dispatch_console.domain import clock, numbers, saying
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import Priority, StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.rules import BrokenRule, Rule, describe, minutes
from dispatch_console.domain.schedule import Visit
from dispatch_console.manifests.flags import SPARE_S, spare_s
from dispatch_console.services import day as day_service

#: A licence or an inspection that runs out within these days is worth a word.
SOON = dt.timedelta(days=14)


class Kind(StrEnum):
    """In the order in which they are listed."""

    RULE = "rule"
    OVERLOAD = "overload"
    SKILL = "skill"
    LATE = "late"
    NO_PLACE = "no_place"
    LICENCE = "licence"
    INSPECTION = "inspection"
    UNASSIGNED = "unassigned"
    SHEET = "sheet"
    LATE_RISK = "late_risk"


@dataclass(frozen=True, slots=True)
class Problem:
    """`what` is the title, `sentence` says more. `hard`: a rule is broken, else it is a risk.

    `stop` None: it is about the route as a whole; `route` POOL: the stop has no driver.
    """

    kind: Kind
    what: str
    sentence: str
    hard: bool
    route: ShiftId = POOL
    stop: StopId | None = None


def problems(day: Day, routes: Collection[ShiftId] | None = None) -> list[Problem]:
    """What is wrong with `routes` before they leave; None: with the day and all whose vans are still here."""
    chosen = day_service.in_depot(day) if routes is None else [id for id in day.shifts if id in routes]
    found = [problem for id in chosen for problem in _of_route(day, id)]
    found += _sheets(day, chosen)
    if routes is None:
        found += (
            Problem(Kind.NO_PLACE, "No road to the start", told, True) for told in day.starts_off_road.values()
        )
        found += _pool(day)
    order = list(Kind)
    return sorted(found, key=lambda problem: (not problem.hard, order.index(problem.kind)))


def _of_route(day: Day, id: ShiftId) -> Iterator[Problem]:
    schedule = day.schedules[id]
    for broken in schedule.broken:
        yield _broken(day, id, broken)
    yield from _papers(day, id)
    for visit in schedule.visits:
        spare = spare_s(day.stops[visit.stop], visit)
        open_ = not visit.done and not visit.presumed
        if open_ and spare is not None and 0 <= spare < SPARE_S:
            yield _risk(day, id, visit, spare)


def _broken(day: Day, id: ShiftId, broken: BrokenRule) -> Problem:
    kind = _KINDS.get(broken.rule, Kind.RULE)
    shift = day.shifts[id]
    text = describe(broken, shift)
    if broken.stop is None:
        if kind is Kind.OVERLOAD:
            return Problem(kind, f"{shift.vehicle.name} is overloaded", text, True, id)
        return Problem(kind, shift.driver.name, f"{text[:1].upper()}{text[1:]}.", True, id)
    where = (
        f"{day.stops[broken.stop].order.reference} · {shift.driver.name} stop {numbers.of_stop(day, broken.stop)}"
    )
    if kind is Kind.LATE:
        text = f"{minutes(broken.by)} min late"
    return Problem(kind, f"{day.stops[broken.stop].label}: {text}", where, True, id, broken.stop)


_KINDS = {
    Rule.CAPACITY_KG: Kind.OVERLOAD,
    Rule.CAPACITY_M3: Kind.OVERLOAD,
    Rule.CAPACITY_PIECES: Kind.OVERLOAD,
    Rule.SKILL: Kind.SKILL,
    Rule.WINDOW: Kind.LATE,
    Rule.NO_PLACE: Kind.NO_PLACE,
}


def _risk(day: Day, id: ShiftId, visit: Visit, spare: int) -> Problem:
    stop = day.stops[visit.stop]
    times = f"arrives {_hhmm(day, visit.arrive)}, due {_hhmm(day, visit.begin + spare)}"
    where = (
        f"{stop.order.reference} · {day.shifts[id].driver.name} stop {numbers.of_stop(day, visit.stop)} · {times}"
    )
    return Problem(Kind.LATE_RISK, f"{stop.label}: {spare // 60} min to spare", where, False, id, visit.stop)


def _papers(day: Day, id: ShiftId) -> Iterator[Problem]:
    shift = day.shifts[id]
    papers = (
        (Kind.LICENCE, f"{shift.driver.name}: licence", shift.driver.licence_until, shift.vehicle.name),
        (Kind.INSPECTION, f"{shift.vehicle.name}: inspection", shift.vehicle.inspection_until, shift.driver.name),
    )
    for kind, whose, until, other in papers:
        if until is None or until - day.date > SOON:
            continue
        left = (until - day.date).days
        over = left < 0
        ends = f"{'ended' if over else 'ends'} {saying.day_month(until)}"
        days = "not to be used today" if over else "last day today" if not left else f"{_count(left, 'day')} left"
        yield Problem(kind, f"{whose} {ends}", f"{other} · {days}", over, id)


def _sheets(day: Day, routes: Collection[ShiftId]) -> Iterator[Problem]:
    """Routes that leave without a sheet, or with one that reads differently by now. A draft has none."""
    if day.approval.state is DayState.DRAFT:
        return
    from dispatch_console.services import sheet_versions  # loads what prints: not before it is needed

    printed, known = day.approval.printed, day.approval.said
    old = frozenset(sheet_versions.differing(day, {id: known[id] for id in printed if id in known}))
    driven = [id for id in routes if day.plan.route(id).stops]
    missing = [id for id in driven if id not in printed]
    if len(missing) > 1:
        names = ", ".join(day.shifts[id].driver.name for id in missing)
        yield Problem(Kind.SHEET, f"{len(missing)} sheets not printed", names, False)
    elif missing:
        name = day.shifts[missing[0]].driver.name
        yield Problem(Kind.SHEET, f"{name}: sheet not printed", "No paper to drive by", False, missing[0])
    for id in driven:
        if id in old:
            text = f"Version {printed[id]} is not what the plan says now"
            yield Problem(Kind.SHEET, f"{day.shifts[id].driver.name}: sheet is out of date", text, True, id)


def _pool(day: Day) -> Iterator[Problem]:
    """Orders that stay behind though they must not, and those whose place nobody knows."""
    for id in day.plan.pool.stops:
        stop = day.stops[id]
        where = f"{stop.order.reference} · {stop.order.address.city or stop.order.address.one_line or 'no address'}"
        if stop.place is None:
            what = "no place" if stop.away is None else "no road"
            yield Problem(Kind.NO_PLACE, f"{stop.label}: {what}", stop.off_road or where, False, stop=id)
        elif stop.priority in (Priority.HIGH, Priority.CRITICAL):
            hard = stop.priority is Priority.CRITICAL
            what = f"{stop.label}: no driver"
            yield Problem(Kind.UNASSIGNED, what, f"{where} · {stop.priority} priority", hard, stop=id)


def _hhmm(day: Day, seconds: int) -> str:
    return clock.hhmm(seconds, day.date, day.depot.timezone)


def _count(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else one + 's'}"
