"""The cheapest place of all for a stop that may not break anything: what a search would do with one more stop."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from heapq import heapify, heappop

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.insertion import Offer, compare, trial_of
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Route
from dispatch_console.domain.schedule import Basis
from dispatch_console.domain.slices import at_once

#: Of the gaps that hold, so many with the smallest detour are scheduled: waits and breaks may turn them round.
_SCHEDULED = 6
#: So many gaps are looked at in a step; one that has to be scheduled counts as so many.
_A_STEP, _A_RICH_ONE = 64, 8


def cheapest(stop: StopId, routes: Iterable[tuple[Route, int]], basis: Basis) -> Offer | None:
    """The place for `stop` that adds least cost and soft cost (then time, then distance) and breaks no rule newly;
    None: none.

    `routes`: each with the first index at which the stop may be put in. None of them may hold it.
    """
    return at_once(finding_cheapest(stop, routes, basis))


def finding_cheapest(
    stop: StopId, routes: Iterable[tuple[Route, int]], basis: Basis
) -> Generator[None, None, Offer | None]:
    """As `cheapest`, some milliseconds at each step: a stop that fits nowhere is tried in every gap of the day."""
    wanted = basis.stops[stop]
    if wanted.place is None:
        return None
    held: list[Offer] = []
    tried = 0
    for route, at in _by_detour(wanted.place, routes, basis):
        trial = trial_of(route, basis)
        tried += 1 if wanted.timed_plainly and not trial.rich else _A_RICH_ONE
        if tried >= _A_STEP:
            tried = 0
            yield
        if not trial.holds(wanted, at):
            continue
        offer = compare(stop, route, route.with_stops((*route.stops[:at], stop, *route.stops[at:])), basis)
        if not offer.broken:
            held.append(offer)
        if len(held) == _SCHEDULED:
            break
    return min(held, key=lambda o: (o.added_cost + o.added_soft, o.added_s, o.added_m, o.route, o.at), default=None)


def _by_detour(place: Place, routes: Iterable[tuple[Route, int]], basis: Basis) -> Iterator[tuple[Route, int]]:
    """All gaps, those first in which the way over `place` costs least."""
    by_number = list(routes)
    heap: list[tuple[float, int, int, int]] = []
    for number, (route, first) in enumerate(by_number):
        cents, seconds = _detours(place, route, basis)
        heap.extend((cents[at], seconds[at], number, at) for at in range(first, len(route.stops) + 1))
    heapify(heap)
    while heap:
        _, _, number, at = heappop(heap)
        yield by_number[number][0], at


def _detours(place: Place, route: Route, basis: Basis) -> tuple[list[float], list[int]]:
    """(cents, seconds) that the way over `place` adds in each gap of `route`, waiting and breaks not counted."""
    shift, travel = basis.shifts[route.id], basis.travel
    here = travel.index[place]
    at = [travel.index[shift.start_place]]
    for stop in route.stops:
        there = basis.stops[stop].place
        at.append(at[-1] if there is None else travel.index[there])
    before = np.array(at)
    after = before[1:] if shift.end_place is None else np.array([*at[1:], travel.index[shift.end_place]])
    seconds = _over(travel.durations, before, here, after, driven=bool(route.stops))
    metres = _over(travel.distances, before, here, after, driven=bool(route.stops))
    hour, km, fixed = shift.costs
    cents = seconds * (hour / 3600) + metres * (km / 1000) + (0 if route.stops else fixed)
    return cents.tolist(), seconds.tolist()


def _over(
    legs: NDArray[np.int32], before: NDArray[np.int64], here: int, after: NDArray[np.int64], *, driven: bool
) -> NDArray[np.int64]:
    """What the way over `here` adds between each of `before` and its `after`; an open end has none behind the last.

    An empty route (not `driven`) is not driven at all, so all of the way is added.
    """
    added = legs[before, here].astype(np.int64)
    n = len(after)
    added[:n] += legs[here, after]
    if driven:
        added[:n] -= legs[before[:n], after]
    return added
