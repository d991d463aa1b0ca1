"""Ways out of an incident: a better place in the same route, other drivers, stops that a route can give away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dispatch_console.domain import insertion
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.insertion import Offer
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, Route
from dispatch_console.domain.schedule import RouteSchedule, schedule
from dispatch_console.services import dispatch
from dispatch_console.services.session import DaySession

#: So many ways out are offered.
CHOICES = 3
#: So many stops, and for each so many drivers, are tried to relieve a route: about 30 ms of work.
_TRIED_STOPS, _TRIED_DRIVERS = 4, 8


class Relief(NamedTuple):
    """Giving `stop` away as `offer` says."""

    stop: StopId
    offer: Offer


def better_place(day: Day, stop: StopId) -> int | None:
    """Before which index of its own route (as it stands) a stop breaks less; None if nowhere."""
    route_id, at = day.position(stop)
    if route_id == POOL:
        return None
    route, shift = day.plan.route(route_id), day.leaving[route_id]
    rest = route.with_stops(tuple(s for s in route.stops if s != stop))
    best = insertion.best_in_route(stop, rest, day.basis).at
    new = route.with_stops((*rest.stops[:best], stop, *rest.stops[best:]))
    if _harm(schedule(new, shift, day.basis)) >= _harm(day.schedules[route_id]):
        return None
    return best if best <= at else best + 1


def move_up(session: DaySession, stop: StopId, initiator: object = None) -> bool:
    """Put a late stop where its route breaks less. False, and nothing done, if there is no such place."""
    at = better_place(session.day, stop)
    if at is None:
        return False
    dispatch.move(session, [stop], session.day.plan.where[stop], at, initiator)
    return True


def choices(day: Day, stop: StopId) -> list[Offer]:
    """The drivers who could take a stop, best first; those who break no rule by it, if there are any."""
    found = insertion.offers(stop, day.plan, day.basis)
    clean = [offer for offer in found if not offer.broken]
    return (clean or found)[:CHOICES]


def relief(day: Day, id: ShiftId) -> list[Relief]:
    """Which stops of a route that breaks a rule others could take, the most helpful first."""
    planned = day.schedules[id]
    helpful = [stop for stop, _ in _by_help(day, day.plan.route(id), planned)][:_TRIED_STOPS]
    found: list[Relief] = []
    for stop in helpful:
        offers = [o for o in _nearby(day, stop, id) if not o.broken]
        found.extend(Relief(stop, offer) for offer in sorted(offers, key=lambda o: o.rank)[:1])
    return found[:CHOICES]


def _by_help(day: Day, route: Route, planned: RouteSchedule) -> list[tuple[StopId, tuple[int, int, int]]]:
    """The stops that may leave, with what the route breaks without them and what it weighs; least harm first."""
    free = [stop for stop in route.stops if stop not in route.pinned and stop not in day.facts.arrived]
    shift, now = day.leaving[route.id], _harm(planned)
    found: list[tuple[StopId, tuple[int, int, int]]] = []
    for stop in free:
        rest = route.with_stops(tuple(s for s in route.stops if s != stop))
        harm = _harm(schedule(rest, shift, day.basis))
        if harm < now:
            found.append((stop, (*harm, day.stops[stop].size.grams)))
    return sorted(found, key=lambda entry: entry[1])


def _nearby(day: Day, stop: StopId, besides: ShiftId) -> Iterator[Offer]:
    """The best places with the drivers who pass nearest."""
    place = day.stops[stop].place
    if place is None:
        return
    away, _ = day.travel.row(day.travel.index[place])

    def distance(shift: Shift) -> int:
        places = (day.stops[s].place for s in day.plan.route(shift.id).stops)
        return min((away[day.travel.index[p]] for p in places if p is not None), default=0)

    able = [
        shift
        for id, shift in day.shifts.items()
        if id != besides and not shift.absent and not day.plan.route(id).locked
    ]
    for shift in sorted(able, key=distance)[:_TRIED_DRIVERS]:
        yield insertion.best_in_route(stop, day.plan.route(shift.id), day.basis)


def _harm(planned: RouteSchedule) -> tuple[int, int]:
    """How many rules a route breaks, and by how much."""
    return len(planned.broken), sum(broken.by for broken in planned.broken)
