"""The smallest single change of the day with which a stop fits into a route.

A change is told only if it is true: with it done, the insertion breaks no rule that is not broken now. Of one that
counts in units (minutes, kilograms, stops) a unit less would not do in that place.

Every gap is judged first (`gaps`): what is wrong there tells which changes may do, and of most how much it takes.
Those are then tried for good, with `schedule`, from the smallest on.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from dispatch_console.domain import levers
from dispatch_console.domain.fleet import Shift, Vehicle
from dispatch_console.domain.gaps import Gaps, Kind, Trouble
from dispatch_console.domain.insertion import newly_broken
from dispatch_console.domain.levers import PRICES, Change, Lever, units
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Plan, Route
from dispatch_console.domain.progress import is_out
from dispatch_console.domain.schedule import Basis, schedule
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.slices import at_once

#: So much work is done in a step: what scheduling a stop takes is 1, judging a gap somewhat more.
_A_STEP = 150
#: No window grows by more.
_MOST_S = 24 * 3600
#: So many equally small changes are compared, those with the shortest way first.
_ALIKE = 12


def smallest_change(stop: StopId, plan: Plan, basis: Basis, spare: Sequence[Vehicle] = ()) -> Change | None:
    """The smallest single change with which `stop` fits into one of the routes; None: there is none.

    `spare`: vehicles that nobody drives that day.
    """
    return at_once(finding_change(stop, plan, basis, spare))


def finding_change(
    stop: StopId, plan: Plan, basis: Basis, spare: Sequence[Vehicle] = ()
) -> Generator[None, None, Change | None]:
    """As `smallest_change`, a few milliseconds at each step."""
    if basis.stops[stop].place is None:
        return None
    search = _Search(stop, plan, basis, spare)
    yield from search.gather()
    return (yield from search.choose())


def holds(change: Change, plan: Plan, basis: Basis) -> Change | None:
    """`change` with what the stop then adds, if it is enough: the stop stands there and no rule is newly broken, be
    it against the routes of now or against the same with the change done. None: it is not enough."""
    route, then = plan.route(change.route), levers.after(change, basis)
    if route.locked and change.lever is not Lever.UNLOCK:
        return None
    shift = then.shifts[route.id]
    new = schedule(_with(route, change.stop, change.at), shift, then)
    old = schedule(route, shift, then)
    if newly_broken(old, new) or newly_broken(schedule(route, basis.shifts[route.id], basis), new):
        return None
    if change.other is not None and _harms(plan.route(change.other), basis, then):
        return None
    added_s = new.end - new.start - (old.end - old.start if old.visits else 0)
    arrive, metres = new.visits[change.at].arrive, new.drive_m - old.drive_m
    return change._replace(arrive=arrive, added_s=added_s, added_m=metres, added_cost=new.cost - old.cost)


def _harms(route: Route, basis: Basis, then: Basis) -> bool:
    was = schedule(route, basis.shifts[route.id], basis)
    return bool(newly_broken(was, schedule(route, then.shifts[route.id], then)))


def _with(route: Route, stop: StopId, at: int) -> Route:
    return route.with_stops((*route.stops[:at], stop, *route.stops[at:]))


class _Candidate(NamedTuple):
    """What may be tried in a gap. `price`: it cannot be less; `added`: seconds that the way gets longer by."""

    price: int
    added: int
    number: int
    try_it: Callable[[], Change | None]
    effort: int


class _Search:
    """Gathers what may be tried in every gap, then tries it from the smallest on."""

    def __init__(self, stop: StopId, plan: Plan, basis: Basis, spare: Sequence[Vehicle]) -> None:
        self._stop, self._plan, self._basis, self._spare = basis.stops[stop], plan, basis, spare
        self._heap: list[_Candidate] = []
        self._numbers = count()
        self._best: Change | None = None

    def gather(self) -> Generator[None]:
        effort = 0
        for id, shift in self._basis.shifts.items():
            if shift.absent or self._basis.facts.stuck(id):
                continue
            gaps = Gaps(self._stop, self._plan.route(id), shift, self._basis)
            for at in range(gaps.trial.first, len(gaps.route.stops) + 1):
                self._look(gaps, at)
                effort += gaps.effort(at)
                if effort > _A_STEP:
                    yield
                    effort = 0

    def choose(self) -> Generator[None, None, Change | None]:
        effort = alike = 0
        while self._heap:
            candidate = heappop(self._heap)
            if self._best is not None:
                alike += candidate.price == self._best.price
                if candidate.price > self._best.price or alike > _ALIKE:
                    break
            found = candidate.try_it()
            if found is not None and (self._best is None or found.rank < self._best.rank):
                self._best = found
            effort += candidate.effort
            if effort > _A_STEP:
                yield
                effort = 0
        return self._best

    def _look(self, gaps: Gaps, at: int) -> None:
        """What could make the stop fit there, of all that a single change can do."""
        found = gaps.trouble(self._stop, at)
        place = Change(Lever.AS_IS, self._stop.id, gaps.route.id, at)
        if not found.kinds:
            self._offer(gaps, found, self._by(place, Lever.UNLOCK if gaps.route.locked else Lever.AS_IS, 1))
        if gaps.route.locked or Kind.OTHER in found.kinds:
            return
        if len(found.kinds) == 1:
            for change in self._amounts(place, found):
                self._offer(gaps, found, change)
        if found.kinds <= {Kind.TIME} and self._stop.windows:
            self._look_at_windows(gaps, at, place, found)
        if found.kinds and found.kinds <= {Kind.LOAD, Kind.SKILL, Kind.ZONE}:
            for change in self._vehicles(place, gaps, found):
                self._offer(gaps, found, change)

    def _offer(self, gaps: Gaps, found: Trouble, change: Change) -> None:
        self._add(change, found, gaps, lambda: holds(change, self._plan, self._basis))

    def _add(self, least: Change, found: Trouble, gaps: Gaps, try_it: Callable[[], Change | None]) -> None:
        added = max(found.end - gaps.was.end, gaps.detour(least.at))
        effort = 3 * (len(gaps.route.stops) + 1)
        heappush(self._heap, _Candidate(least.price, added, next(self._numbers), try_it, effort))

    def _by(self, place: Change, lever: Lever, by: int) -> Change:
        by = units(lever, by)
        return place._replace(lever=lever, by=by, price=PRICES[lever].of(by))

    def _amounts(self, place: Change, found: Trouble) -> Iterator[Change]:
        """What is over, of the one thing that is over."""
        if len(found.over) == 1:
            lever, by = found.over[0]
            yield self._by(place, lever, by)
        if len(found.missing) == 1:
            yield self._by(place, Lever.SKILL, 1)._replace(what=next(iter(found.missing)))

    # -- windows -------------------------------------------------------------------------------------

    def _look_at_windows(self, gaps: Gaps, at: int, place: Change, found: Trouble) -> None:
        """Served as soon as the driver is there, does the stop fit? Then the windows next to that time may grow."""
        if gaps.trouble(replace(self._stop, windows=()), at).kinds:
            return
        soonest, latest = gaps.reached(at)
        for k, window in enumerate(self._stop.windows):
            if window.end < latest:
                least = max(60, soonest - window.end)
                self._grow(gaps, found, place._replace(lever=Lever.LATER, window=k), least)
            if window.start > soonest:
                self._grow(gaps, found, place._replace(lever=Lever.EARLIER, window=k), 60)

    def _grow(self, gaps: Gaps, found: Trouble, change: Change, least_s: int) -> None:
        least = self._by(change, change.lever, least_s)
        self._add(least, found, gaps, lambda: self._least(gaps, change, least_s))

    def _least(self, gaps: Gaps, change: Change, least_s: int) -> Change | None:
        """The least by which the window has to grow, if that can still be the best; `least_s`: not by less."""
        price = PRICES[change.lever]
        high = _MOST_S // price.unit
        if self._best is not None:
            high = (self._best.price - price.first) // price.each

        def judged(n: int) -> bool:
            grown = levers.widened(self._stop, change._replace(by=n * price.unit))
            return not gaps.trouble(grown, change.at).kinds

        def scheduled(n: int) -> bool:
            return holds(change._replace(by=n * price.unit), self._plan, self._basis) is not None

        low = units(change.lever, least_s) // price.unit - 1
        found = None
        for enough in (judged, scheduled):  # what the judge says yes to is not yet certain
            n = _first(enough, low, high)
            found = None if n is None else holds(self._by(change, change.lever, n * price.unit), *self._on)
            if n is None or found is not None:
                break
        return found

    @property
    def _on(self) -> tuple[Plan, Basis]:
        return self._plan, self._basis

    # -- vehicles ------------------------------------------------------------------------------------

    def _vehicles(self, place: Change, gaps: Gaps, found: Trouble) -> Iterator[Change]:
        """Vehicles that carry the whole of the route; not once one of the two vans has left."""
        facts, shift = self._basis.facts, gaps.shift
        if is_out(gaps.route, facts):
            return
        for vehicle in self._spare:
            if self._carries(shift, vehicle, found.peak):
                yield self._by(place, Lever.SPARE, 1)._replace(vehicle=vehicle)
        for id, other in self._basis.shifts.items():
            theirs = self._plan.route(id)
            if id == shift.id or theirs.locked or is_out(theirs, facts):
                continue
            if self._carries(shift, other.vehicle, found.peak):
                yield self._by(place, Lever.SWAP, 1)._replace(vehicle=other.vehicle, other=id)

    def _carries(self, shift: Shift, vehicle: Vehicle, peak: Size) -> bool:
        fits = all(limit is None or most <= limit for most, limit in zip(peak, vehicle.capacity, strict=True))
        may = self._stop.zone not in vehicle.no_zones
        return fits and may and self._stop.skills <= shift.driver.skills | vehicle.skills


def _first(enough: Callable[[int], bool], low: int, high: int) -> int | None:
    """An n in (low, high] that is enough while n − 1 is not (or is `low`); None: `high` is not enough."""
    if high <= low or not enough(high):
        return None
    step = 1
    while low + step < high and not enough(low + step):  # it is mostly little
        low, step = low + step, 2 * step
    high = min(high, low + step)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
