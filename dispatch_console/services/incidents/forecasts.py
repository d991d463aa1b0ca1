"""What is about to go wrong: seen by rolling the schedule forward from what was told, before anybody phones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dispatch_console.domain import numbers
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderKind, StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.progress import Progress, progress
from dispatch_console.domain.rules import minutes
from dispatch_console.domain.saying import listed
from dispatch_console.domain.schedule import RouteSchedule, Visit
from dispatch_console.services import remedies
from dispatch_console.services.incidents.values import NAMED, Deed, Incident, Kind, hhmm

#: A stop that comes so close to the end of its window, later than planned, is at risk; looked for so far ahead.
RISK_S, LOOK_AHEAD_S = 10 * 60, 2 * 3600
#: Less than this is no drift from the plan.
_DRIFT_S = 5 * 60
#: A customer who was told a time need not be told again for so little.
TOLD_S = 10 * 60
#: A stop takes long when it takes so much longer than planned, and at least twice as long.
LONG_S = 15 * 60
#: A van is not out if nobody has said so this long after it was to leave.
NOT_OUT_S = 15 * 60
#: For so many late stops a better place in their route is looked for; the others' customers are to be phoned.
_TRIED = 10


class Ahead(NamedTuple):
    """A stop still to come: number `at` (from 0) of its route, as forecast."""

    route: Route
    at: int
    visit: Visit


class Places:
    """Whether late stops have a better place in their route, kept from one look at a day to the next: the answer
    holds as long as the route, its schedule and what is passed of it stay the same."""

    def __init__(self) -> None:
        self._known: dict[StopId, tuple[Route, RouteSchedule, int, bool]] = {}
        self._asked: dict[StopId, tuple[Route, RouteSchedule, int, bool]] = {}

    def begin(self) -> None:
        """A look begins: what was not asked for in the last one is forgotten."""
        self._known, self._asked = self._asked, {}

    def better(self, day: Day, stop: StopId, route: Route, passed: int) -> bool:
        timed, known = day.schedules[route.id], self._known.get(stop)
        if known is None or known[0] is not route or known[1] is not timed or known[2] != passed:
            known = route, timed, passed, remedies.better_place(day, stop) is not None
        self._asked[stop] = known
        return known[3]


def forecasts(day: Day, places: Places | None = None) -> Iterator[Incident]:
    """Late stops by lateness, stops at risk by time, then stops that take long and vans that are not out."""
    places = places or Places()
    places.begin()
    moving = [(route, progress(route, day.schedules[route.id], day.basis)) for route in _on_the_road(day)]
    ahead = [stop for route, how in moving for stop in _ahead(day, route, how)]
    told, passed = _told(day), {route.id: how.passed for route, how in moving}
    late = sorted((s for s in ahead if s.visit.late_s and not _knows(told, s.visit)), key=lambda s: -s.visit.late_s)
    several = {id for id, n in Counter(s.route.id for s in late).items() if n > 1}
    for n, stop in enumerate(late):
        # The worst stop of a route with several of them asks whether others can help; a single one is phoned about.
        others_help = stop.route.id in several and not _meets(day, stop.route)
        helps = n < _TRIED and places.better(day, stop.visit.stop, stop.route, passed[stop.route.id])
        yield _late(day, stop, helps=helps, others_help=others_help)
        several.discard(stop.route.id)
    close = (stop for stop in ahead if _at_risk(day, stop))
    yield from (_risk(day, stop) for stop in sorted(close, key=lambda stop: stop.visit.arrive))
    yield from _long_stops(day, moving)
    yield from _not_out(day)


def _meets(day: Day, route: Route) -> bool:
    """Whether others help already: a meeting is still ahead of the route."""
    visits = day.schedules[route.id].visits
    meetings = (v for v in visits if day.stops[v.stop].order.kind is OrderKind.HANDOVER)
    return any(not v.done and not v.presumed for v in meetings)


def late_stops(day: Day) -> dict[StopId, int]:
    """Open stop → seconds after its window at which it will begin, of routes that are on the road."""
    return {
        stop.visit.stop: stop.visit.late_s
        for route in _on_the_road(day)
        for stop in _ahead(day, route, progress(route, day.schedules[route.id], day.basis))
        if stop.visit.late_s
    }


def _on_the_road(day: Day) -> list[Route]:
    """Routes with something ahead whose van can drive and is not back."""
    facts, going = day.facts, (FactKind.IN_DEPOT, FactKind.OUT)
    return [r for r in day.routes if r.stops and not facts.stuck(r.id) and facts.state(r.id) in going]


def _ahead(day: Day, route: Route, how: Progress) -> Iterator[Ahead]:
    for index, visit in enumerate(day.schedules[route.id].visits[how.passed :], how.passed):
        if not visit.done and not visit.presumed:
            yield Ahead(route, index, visit)


# --- late, and nearly late ---


def _late(day: Day, ahead: Ahead, *, helps: bool, others_help: bool) -> Incident:
    stop, visit = day.stops[ahead.visit.stop], ahead.visit
    collection = stop.order.kind is OrderKind.COLLECTION
    what = f"{'Collection' if collection else 'Will be'} {minutes(visit.late_s)} min late"
    otherwise = Deed.HAND_OVER if others_help else Deed.TELL
    priced = bool(stop.late_per_min)  # it costs, and breaks no rule
    if priced:
        what += f", {(stop.late_per_min * visit.late_s + 30) // 60 / 100:,.2f}"
    return _about(day, ahead, Kind.LATE, what, Deed.MOVE_UP if helps else otherwise, hard=not priced)


def _risk(day: Day, ahead: Ahead) -> Incident:
    spare = day.stops[ahead.visit.stop].windows[-1].end - ahead.visit.begin
    return _about(day, ahead, Kind.RISK, f"{spare // 60} min to spare", Deed.MOVE_UP, hard=False)


def _about(day: Day, ahead: Ahead, kind: Kind, what: str, deed: Deed, *, hard: bool) -> Incident:
    stop, visit = day.stops[ahead.visit.stop], ahead.visit
    where = f"{day.shifts[ahead.route.id].driver.initials} {numbers.of_stop(day, visit.stop)}"
    due = f"due {hhmm(day, stop.windows[-1].end)}"
    return Incident(
        kind,
        what,
        stop.label,
        f"{where} · {due}, comes {hhmm(day, visit.arrive)}",
        deed,
        hard,
        (stop.id,),
        ahead.route.id,
        f"{where} · {due}",
        where,
        by=visit.late_s,
        at=visit.arrive,
        beside=True,
    )


def _at_risk(day: Day, ahead: Ahead) -> bool:
    visit = ahead.visit
    windows = day.stops[visit.stop].windows
    if visit.late_s or not windows or visit.arrive - day.now > LOOK_AHEAD_S:
        return False
    planned = day.baseline.stops.get(visit.stop) if day.baseline is not None else None
    drifted = planned is None or visit.begin - planned.begin >= _DRIFT_S
    return drifted and windows[-1].end - visit.begin < RISK_S and visit.begin <= windows[-1].end


def _told(day: Day) -> dict[StopId, Fact]:
    """Stop → the last call to its customer."""
    return {fact.stop: fact for fact in day.facts.entries if fact.kind is FactKind.CALLED}


def _knows(told: dict[StopId, Fact], visit: Visit) -> bool:
    """Whether the customer was told a time (`value`) that still holds; a call without one is no promise."""
    fact = told.get(visit.stop)
    return fact is not None and fact.value > 0 and visit.arrive <= fact.value + TOLD_S


# --- stops that take long, vans that are not out ---


def _long_stops(day: Day, moving: Sequence[tuple[Route, Progress]]) -> Iterator[Incident]:
    for route, how in moving:
        if how.current is None:
            continue
        stop, since = day.stops[how.current], day.facts.arrived[how.current]
        there = day.now - since
        if there - stop.service_s < max(LONG_S, stop.service_s):
            continue
        driver = day.shifts[route.id].driver
        sentence = f"{driver.name} · {stop.label} · planned {max(1, stop.service_s // 60)} min"
        what = f"At the door for {there // 60} min"
        yield Incident(
            Kind.LONG_STOP, what, "", sentence, Deed.ASK, False, (stop.id,), route.id, f"{driver.name}", by=there
        )


def _not_out(day: Day) -> Iterator[Incident]:
    """One for all vans: whoever starts to write departures down does so for all of them at once."""
    waiting = [route.id for route in _on_the_road(day) if _overdue(day, route)]
    if not waiting:
        return
    names = listed([day.shifts[id].driver.name for id in waiting], NAMED)
    first = min(start(day, id) for id in waiting)
    one = len(waiting) == 1
    what = f"{day.shifts[waiting[0]].vehicle.name} is not out" if one else f"{len(waiting)} vans are not out"
    sentence = f"{names} · planned {'' if one else 'from '}{hhmm(day, first)}"
    yield Incident(
        Kind.NOT_OUT, what, "", sentence, Deed.SET_OUT, False, brief=names, routes=tuple(waiting), since=None
    )


def _overdue(day: Day, route: Route) -> bool:
    seen = day.facts.state(route.id) is not FactKind.IN_DEPOT
    seen = seen or any(stop in day.facts.arrived for stop in route.stops)
    return not seen and not day.shifts[route.id].absent and day.now > start(day, route.id) + NOT_OUT_S


def start(day: Day, route: ShiftId) -> int:
    """When a van was to leave: as approved, else as planned now."""
    planned = day.baseline.routes.get(route) if day.baseline is not None else None
    return planned.start if planned is not None else day.schedules[route].start
