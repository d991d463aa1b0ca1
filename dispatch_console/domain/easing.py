"""The smallest single change of the day with which a stop fits into a route.

A change is told only if it is true: with it done, the insertion breaks no rule that is not broken now. Of one that
counts in units (minutes, kilograms, stops) a unit less would not do in that place.

Every gap is judged quickly first (`insertion.Trial`): what the judge says no to is certain, and of most changes it
tells the amount. Candidates are then tried for good, with `schedule`, from the smallest on.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from dispatch_console.domain import levers
from dispatch_console.domain.fleet import Shift, Vehicle
from dispatch_console.domain.insertion import Trial, newly_broken, trial_of
from dispatch_console.domain.levers import PRICES, Change, Lever, units
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Plan, Route
from dispatch_console.domain.progress import is_out
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import Basis, RouteSchedule, schedule
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.slices import at_once
from dispatch_console.domain.stops import Stop

#: So much work is done in a step: what scheduling a stop takes is 1, judging a gap somewhat more.
_A_STEP = 150
#: No window grows by more.
_MOST_S = 24 * 3600
#: So many equally small changes are compared, those with the shortest way first.
_ALIKE = 12

_LOADS = (Lever.KG, Lever.M3, Lever.PIECES)


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
            gaps = _Gaps(self._stop, self._plan.route(id), shift, self._basis)
            for at in range(gaps.trial.first, len(gaps.route.stops) + 1):
                self._look(gaps, at)
                effort += len(gaps.route.stops) - at + 4
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

    def _look(self, gaps: _Gaps, at: int) -> None:
        """What could make the stop fit there, of all that a single change can do."""
        found = gaps.trouble(self._stop, at)
        place = Change(Lever.UNLOCK, self._stop.id, gaps.route.id, at)
        kinds = [found.timed, bool(found.over), bool(found.missing), found.stops > 0]
        if gaps.route.locked:
            if not any(kinds):
                self._offer(gaps, found, self._by(place, Lever.UNLOCK, 1))
            return
        if sum(kinds) <= 1:
            for change in self._amounts(place, found):
                self._offer(gaps, found, change)
        if not found.over and not found.missing and found.stops <= 0 and self._stop.windows:
            self._look_at_windows(gaps, at, place, found)
        if not found.timed and found.stops <= 0 and (found.over or found.missing):
            for change in self._vehicles(place, gaps, found):
                self._offer(gaps, found, change)

    def _offer(self, gaps: _Gaps, found: _Trouble, change: Change) -> None:
        self._add(change, found, gaps, lambda: holds(change, self._plan, self._basis))

    def _add(self, least: Change, found: _Trouble, gaps: _Gaps, try_it: Callable[[], Change | None]) -> None:
        added = max(found.end - gaps.was.end, gaps.detour(least.at))
        effort = 3 * (len(gaps.route.stops) + 1)
        heappush(self._heap, _Candidate(least.price, added, next(self._numbers), try_it, effort))

    def _by(self, place: Change, lever: Lever, by: int) -> Change:
        by = units(lever, by)
        return place._replace(lever=lever, by=by, price=PRICES[lever].of(by))

    def _amounts(self, place: Change, found: _Trouble) -> Iterator[Change]:
        """What is over, of the one thing that is over."""
        if found.timed and found.overtime and not found.late and not found.no_break:
            yield self._by(place, Lever.OVERTIME, found.overtime)
        if len(found.over) == 1:
            lever, by = found.over[0]
            yield self._by(place, lever, by)
        if found.stops > 0:
            yield self._by(place, Lever.STOPS, found.stops)
        if len(found.missing) == 1:
            yield self._by(place, Lever.SKILL, 1)._replace(what=next(iter(found.missing)))

    # -- windows -------------------------------------------------------------------------------------

    def _look_at_windows(self, gaps: _Gaps, at: int, place: Change, found: _Trouble) -> None:
        """Served as soon as the driver is there, does the stop fit? Then the windows next to that time may grow."""
        if gaps.trouble(replace(self._stop, windows=()), at).timed:
            return
        soonest, latest = gaps.reached(at)
        for k, window in enumerate(self._stop.windows):
            if window.end < latest:
                least = max(60, soonest - window.end)
                self._grow(gaps, found, place._replace(lever=Lever.LATER, window=k), least)
            if window.start > soonest:
                self._grow(gaps, found, place._replace(lever=Lever.EARLIER, window=k), 60)

    def _grow(self, gaps: _Gaps, found: _Trouble, change: Change, least_s: int) -> None:
        least = self._by(change, change.lever, least_s)
        self._add(least, found, gaps, lambda: self._least(gaps, change, least_s))

    def _least(self, gaps: _Gaps, change: Change, least_s: int) -> Change | None:
        """The least by which the window has to grow, if that can still be the best; `least_s`: not by less."""
        price = PRICES[change.lever]
        high = _MOST_S // price.unit
        if self._best is not None:
            high = (self._best.price - price.first) // price.each

        def judged(n: int) -> bool:
            grown = levers.widened(self._stop, change._replace(by=n * price.unit))
            return not gaps.trouble(grown, change.at).timed

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

    def _vehicles(self, place: Change, gaps: _Gaps, found: _Trouble) -> Iterator[Change]:
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
        return fits and self._stop.skills <= shift.driver.skills | vehicle.skills


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


class _Trouble(NamedTuple):
    """What gets worse with a stop in a gap. `timed`: late stops, overtime or a break that does not fit. `overtime`
    in seconds and `over` (measure, by how much) are whole, not only what gets worse."""

    timed: bool
    late: bool
    no_break: bool
    overtime: int
    over: tuple[tuple[Lever, int], ...]
    missing: frozenset[str]
    stops: int
    end: int
    peak: Size


class _Gaps:
    """A route with what is needed to judge its gaps."""

    def __init__(self, stop: Stop, route: Route, shift: Shift, basis: Basis) -> None:
        self.route, self.shift, self._stop, self._basis = route, shift, stop, basis
        self.trial: Trial = trial_of(route, basis)
        self.was: RouteSchedule = schedule(route, shift, basis)
        self._missing = stop.skills - shift.skills
        self._break_fits = all(broken.rule is not Rule.BREAK for broken in self.was.broken)
        self._stops = 0 if shift.max_stops is None else len(route.stops) + 1 - shift.max_stops
        loads = [self.was.load_start, *(visit.load for visit in self.was.visits)]
        self._ahead, self._behind = _peaks(loads), _peaks(loads[::-1])[::-1]

    def trouble(self, stop: Stop, at: int) -> _Trouble:
        """`stop`: the one of these gaps, perhaps with other windows."""
        no_break, late, _, end = self.trial.judge(stop, at)
        overtime = max(0, end - self.shift.end)
        was_over = max(0, self.was.end - self.shift.end) if self.was.visits else 0
        is_late, no_break = late - overtime > self.was.late_s, no_break and self._break_fits
        more = overtime if overtime > was_over else 0
        peak = self._ahead[at].plus(stop.delivery).peak(self._behind[at].plus(stop.collection))
        over = tuple(
            (lever, most - limit)
            for lever, most, limit, was in zip(
                _LOADS, peak, self.shift.vehicle.capacity, self.was.load_peak, strict=True
            )
            if limit is not None and most > limit and most > was
        )
        timed = bool(is_late or no_break or more)
        return _Trouble(timed, is_late, no_break, more, over, self._missing, self._stops, end, peak)

    def detour(self, at: int) -> int:
        """Seconds of driving that the way over the stop takes more."""
        places = (self._basis.stops[id].place for id in self.route.stops)
        way = [self.shift.start_place, *places, self.shift.end_place]
        here, there, place = way[at], way[at + 1], self._stop.place
        leg = self._basis.travel.leg
        to = leg(here, place)[0] if here and place else 0
        on = leg(place, there)[0] if there and place else 0
        return to + on - (leg(here, there)[0] if here and there and self.route.stops else 0)

    def reached(self, at: int) -> tuple[int, int]:
        """Between when and when the driver would be at the stop, if nothing but his break came between."""
        here, place = self.shift.start_place, self._stop.place
        leaves = self.shift.start
        if at:
            visit = self.was.visits[at - 1]
            leaves, here = visit.depart, self._basis.stops[visit.stop].place or here
        elif (left := self._basis.facts.left_at(self.route.id)) is not None:
            leaves = left
        assert place is not None
        arrive = leaves + self._basis.travel.leg(here, place)[0]
        pause = sum(pause.end - pause.begin for pause in self.was.pauses)
        rest = self.shift.pause.duration if self.shift.pause else 0
        return arrive - pause, max(arrive, self._basis.now) + rest


def _peaks(loads: Sequence[Size]) -> list[Size]:
    """The most of each measure in all beginnings of `loads`."""
    found = [loads[0]]
    for load in loads[1:]:
        found.append(found[-1].peak(load))
    return found
