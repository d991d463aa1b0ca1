"""The best few places of a whole day for one stop, quickly enough for a drag: no two in one route.

All gaps of all routes are ranked at once by the detour over them; only the nearest are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain import freeze
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import Offer, compare, trial_of
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.domain.schedule import Basis, RouteSchedule, schedule

#: So many places are told.
MOST = 3
#: So many gaps are looked at, those with the smallest detour first, until so many routes are found that hold it.
_TRIED, _HELD = 20, 4

_Gap = tuple[Route, int]


def best_places(
    stop: StopId, plan: Plan, basis: Basis, known: Mapping[ShiftId, RouteSchedule], most: int = MOST
) -> tuple[Offer, ...]:
    """The `most` best places for `stop`: first those that newly break no rule, by what the day then takes more.

    `known`: the schedules of the routes as they are. An offer is as one for a drop there: `at` counts in the route
    as it is, and what it adds is what that route takes more. Locked routes, absent drivers and the place where it
    stands are left out; so is everything for a stop without a place, or one that has been visited.
    """
    place, home = basis.stops[stop].place, plan.route(plan.where[stop])
    if place is None or (home.id != POOL and stop in freeze.head(home, basis.facts)):
        return ()
    routes = [_without(stop, plan.route(id)) for id in basis.shifts if _is_open(id, plan, basis)]
    gaps, others = _nearest(stop, place, routes, home, basis)
    if len(gaps) < most:
        gaps += others[: most - len(gaps)]
    spared = _spared(stop, home, basis, known)

    def rank(offer: Offer) -> tuple[int, int, int, int]:
        net = offer.added_cost - (0 if offer.route == home.id else spared)
        return len(offer.broken), net, offer.added_s, offer.route

    offers = (_offer(stop, gap, home, plan, basis, known) for gap in gaps)
    return tuple(sorted(offers, key=rank)[:most])


def _is_open(id: ShiftId, plan: Plan, basis: Basis) -> bool:
    return not basis.shifts[id].absent and not plan.route(id).locked and not basis.facts.stuck(id)


def _without(stop: StopId, route: Route) -> Route:
    if stop not in route.stops:
        return route
    return route.with_stops(tuple(one for one in route.stops if one != stop))


def _nearest(
    stop: StopId, place: Place, routes: list[Route], home: Route, basis: Basis
) -> tuple[list[_Gap], list[_Gap]]:
    """The nearest gap of each route that holds the stop as far as a quick look tells, and the nearest of others."""
    held: dict[ShiftId, _Gap] = {}
    others: dict[ShiftId, _Gap] = {}
    stays = home.id, home.stops.index(stop)
    for tried, (route, at) in enumerate(_by_detour(place, routes, basis)):
        if len(held) == _HELD or (tried >= _TRIED and len(held) + len(others) >= MOST):
            break
        if route.id in held or (route.id, at) == stays or at < trial_of(route, basis).first:
            continue
        if tried < _TRIED and trial_of(route, basis).holds(basis.stops[stop], at):
            held[route.id] = route, at
        else:
            others.setdefault(route.id, (route, at))
    return list(held.values()), [gap for id, gap in others.items() if id not in held]


def _by_detour(place: Place, routes: list[Route], basis: Basis) -> Iterator[_Gap]:
    """All gaps, those first in which the way over `place` costs least."""
    index, stops = basis.travel.index, basis.stops
    before: list[int] = []
    after: list[int] = []
    firsts: list[int] = []
    for route in routes:
        shift = basis.shifts[route.id]
        firsts.append(len(before))
        here = index[shift.start_place]
        before.append(here)
        for id in route.stops:
            there = stops[id].place
            here = here if there is None else index[there]
            before.append(here)
            after.append(here)
        after.append(here if shift.end_place is None else index[shift.end_place])
    cents = _cents(index[place], np.array(before, np.intp), np.array(after, np.intp), firsts, routes, basis)
    starts = np.array(firsts)
    for k in np.argsort(cents, kind="stable").tolist():
        number = int(np.searchsorted(starts, k, side="right")) - 1
        yield routes[number], k - firsts[number]


def _cents(
    here: int,
    before: NDArray[np.intp],
    after: NDArray[np.intp],
    firsts: list[int],
    routes: list[Route],
    basis: Basis,
) -> NDArray[np.float64]:
    """What the way over `here` costs in each gap, waiting and breaks not counted. Behind an open end nothing is
    driven on, and an empty route is not driven without the stop."""
    lengths = np.diff([*firsts, len(before)])
    shifts = [basis.shifts[route.id] for route in routes]
    driven = np.repeat([bool(route.stops) for route in routes], lengths)
    on = np.ones(len(before), bool)
    on[[first + n - 1 for first, n, s in zip(firsts, lengths, shifts, strict=True) if s.end_place is None]] = False

    def over(legs: NDArray[np.int32]) -> NDArray[np.int64]:
        return legs[before, here].astype(np.int64) + legs[here, after] * on - legs[before, after] * (on & driven)

    hour, km, fixed = (np.repeat(part, lengths) for part in np.array([shift.costs for shift in shifts]).T)
    seconds, metres = over(basis.travel.durations), over(basis.travel.distances)
    return seconds * (hour / 3600) + metres * (km / 1000) + fixed * ~driven


def _offer(
    stop: StopId, gap: _Gap, home: Route, plan: Plan, basis: Basis, known: Mapping[ShiftId, RouteSchedule]
) -> Offer:
    """As `dispatch.offer` tells of a drop there."""
    route, at = gap
    new = route.with_stops((*route.stops[:at], stop, *route.stops[at:]))
    offer = compare(stop, plan.route(route.id), new, basis, known.get(route.id))
    behind = route.id == home.id and at >= home.stops.index(stop)
    return offer._replace(at=at + 1) if behind else offer


def _spared(stop: StopId, home: Route, basis: Basis, known: Mapping[ShiftId, RouteSchedule]) -> int:
    """Cents that its route takes less without it."""
    if home.id == POOL:
        return 0
    shift = basis.shifts[home.id]
    now = known.get(home.id) or schedule(home, shift, basis)
    return now.cost - schedule(_without(stop, home), shift, basis).cost
