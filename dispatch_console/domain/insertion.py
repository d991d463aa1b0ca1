"""Where a stop fits: ranked places, the best place in a route, and why it fits nowhere.

Found by trying the insertion with `schedule`, never read from a solver.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from dispatch_console.domain import course, timing
from dispatch_console.domain.broken import never, no_place
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Plan, Route
from dispatch_console.domain.progress import progress
from dispatch_console.domain.rules import BrokenRule, Rule, describe
from dispatch_console.domain.schedule import Basis, RouteSchedule, legs_of, loads_of, schedule
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.timing import Call, State


class Offer(NamedTuple):
    """Putting a stop into `route` before index `at`: what it adds and which rules it newly breaks.

    `added_s` is driving, waiting and service the route gets longer by; `arrive` is when the driver gets there.
    `added_soft`: cents of the weights, see `RouteSchedule.soft`.
    """

    route: ShiftId
    at: int
    arrive: int
    added_s: int
    added_m: int
    added_cost: int
    broken: tuple[BrokenRule, ...]
    added_soft: int = 0

    @property
    def rank(self) -> tuple[int, int, int]:
        """Sorts offers: fewest newly broken rules, least late, then least added time."""
        return len(self.broken), sum(b.by for b in self.broken if b.rule in _TIMED), self.added_s


_TIMED = frozenset({Rule.WINDOW, Rule.SHIFT})
#: Rules that are broken or not by where in a route a stop stands, besides the timed ones and the break.
_WHOLE = frozenset(
    {
        *(Rule.CAPACITY_KG, Rule.CAPACITY_M3, Rule.CAPACITY_PIECES),
        *(Rule.MAX_DRIVING, Rule.MAX_DISTANCE, Rule.PAIR, Rule.APART),
    }
)


class Reason(NamedTuple):
    """Why one driver cannot take a stop: the first rule in the way, in a sentence."""

    route: ShiftId
    rule: Rule
    detail: str


def compare(stop: StopId, old: Route, new: Route, basis: Basis, before: RouteSchedule | None = None) -> Offer:
    """What turning route `old` into `new`, which holds `stop`, would do. `before`: the schedule of `old`."""
    shift = basis.shifts[old.id]
    was = before or schedule(old, shift, basis)
    will = schedule(new, shift, basis)
    at = new.stops.index(stop)
    paid_before = was.end - was.start if was.visits else 0
    return Offer(
        old.id,
        at,
        will.visits[at].arrive,
        will.end - will.start - paid_before,
        will.drive_m - was.drive_m,
        will.cost - was.cost,
        newly_broken(was, will),
        will.soft - was.soft,
    )


def newly_broken(old: RouteSchedule, new: RouteSchedule) -> tuple[BrokenRule, ...]:
    """The rules that `new` breaks and `old` did not, or breaks by more; `by` is the worsening."""
    known = {(b.rule, b.stop): b.by for b in old.broken}
    worse = ((b, b.by - known.get((b.rule, b.stop), 0)) for b in new.broken)
    return tuple(b._replace(by=by) for b, by in worse if by > 0)


def best_in_route(stop: StopId, route: Route, basis: Basis) -> Offer:
    """The best place for `stop` in `route`, behind what the driver has passed. `route` must not hold the stop.

    Where he only phones in what goes wrong, what lies behind him by the forecast is passed too.

    Best: the break stays possible, least lateness and overtime, fewest capacities exceeded, soonest end.
    """
    trial = trial_of(route, basis)
    at = min(range(trial.first, len(route.stops) + 1), key=lambda k: trial.judge(basis.stops[stop], k))
    return compare(stop, route, route.with_stops((*route.stops[:at], stop, *route.stops[at:])), basis)


def trial_of(route: Route, basis: Basis) -> Trial:
    """The trial of a route, kept with the basis: reasons and offers ask for it once per stop."""
    known = basis.trials.get(route.id)
    if not isinstance(known, Trial) or known.route is not route:
        known = basis.trials[route.id] = Trial(route, basis.shifts[route.id], basis)
    return known


class Trial:
    """A route made ready to judge one more stop at any place, without scheduling the whole route each time.

    That short cut is for routes and stops whose times are plain. Where either is `rich` (tours, breaks by driving
    time, goods that are not ready, limits of the whole route …), the route is scheduled with the stop in it.
    """

    def __init__(self, route: Route, shift: Shift, basis: Basis) -> None:
        stops = [basis.stops[id] for id in route.stops]
        self.route = route
        self._shift, self._travel, self._basis = shift, basis.travel, basis
        limited = shift.max_drive_s is not None or shift.max_drive_m is not None
        plainly = all(stop.timed_plainly for stop in stops)
        self.rich = course.asks_more(shift, basis) or limited or bool(basis.apart) or not plainly
        if self.rich:
            return
        self._calls = timing.calls(stops, basis.facts, basis.now, route.id, basis.sheet(route.id))
        self._halts = timing.halts_of(basis.facts, basis.now, route.id)
        self._legs = [leg[0] for leg in legs_of(route, shift, basis)]
        self._pass = timing.run(self._legs, self._calls, shift, basis.facts, self._halts)
        self._from = [shift.start_place]
        for stop in stops:
            self._from.append(stop.place or self._from[-1])
        self._places = [stop.place for stop in stops]
        self._loads = loads = loads_of(route, basis)
        self._ahead = list(accumulate(loads, Size.peak))
        self._behind = list(accumulate(reversed(loads), Size.peak))[::-1]
        self._pickups = {stop.pickup for stop in stops if stop.pickup}
        self._since: dict[StopId, list[Size]] = {}

    @cached_property
    def first(self) -> int:
        """The first index that is not in the past, by facts and, for a van that is out, by the forecast."""
        if not self._basis.facts.entries:
            return 0
        return progress(self.route, self._planned, self._basis).passed

    @cached_property
    def _planned(self) -> RouteSchedule:
        return schedule(self.route, self._shift, self._basis)

    def judge(self, stop: Stop, at: int) -> tuple[bool, int, int, int]:
        """(break impossible, seconds late and overtime that break a rule, other rules broken that depend on the
        place, as capacities, end) with `stop` before `at`."""
        peak = self._peak(stop, at)
        if peak is None:
            return _judged(self._with(stop, at))
        late, end, break_fits = self._timing(stop, at)
        over = sum(
            1 for most, limit in zip(peak, self._shift.vehicle.capacity, strict=True) if limit and most > limit
        )
        return not break_fits, late + max(0, end - self._shift.latest_end), over + self._pairs_apart, end

    def holds(self, stop: Stop, at: int) -> bool:
        """Whether `stop` before `at` makes nothing worse: a quick look; what it says no to is certain."""
        if never(stop, self._shift):
            return False
        peak = self._peak(stop, at)
        if peak is None:
            return not newly_broken(self._planned, self._with(stop, at))
        (late, end, break_fits), was = self._timing(stop, at), self._pass.end
        limits = self._shift.vehicle.capacity
        return (
            late <= was[0]
            and (end <= self._shift.latest_end or end <= was[1])
            and (break_fits or not was[2])
            and not any(
                limit is not None and most > limit and most > before
                for most, limit, before in zip(peak, limits, self._ahead[-1], strict=True)
            )
        )

    @cached_property
    def _pairs_apart(self) -> int:
        """Stops of the route whose pickup is not before them: no stop put in changes that."""
        return sum(1 for broken in self._planned.broken if broken.rule is Rule.PAIR) if self._pickups else 0

    def _peak(self, stop: Stop, at: int) -> Size | None:
        """Most on board with `stop` before `at`. None: the route has to be scheduled with it to tell."""
        if self.rich or not stop.timed_plainly or stop.id in self._pickups:
            return None
        collected = self._behind[at].plus(stop.collection)
        if not stop.pickup:
            return self._ahead[at].plus(stop.delivery).peak(collected)
        since = self._goods_since(stop.pickup)
        met = len(self._loads) - len(since)  # so many loads are before its goods come on board
        if at < met or not since:
            return None
        return self._ahead[met - 1].peak(since[at - met].plus(stop.delivery)).peak(collected)

    def _goods_since(self, pickup: StopId) -> list[Size]:
        """Most on board from stop `pickup` of the route to each stop from there on; empty: it is not on it."""
        known = self._since.get(pickup)
        if known is None:
            stops = self.route.stops
            loads = self._loads[stops.index(pickup) + 1 :] if pickup in stops else []
            known = self._since[pickup] = list(accumulate(loads, Size.peak))
        return known

    def _with(self, stop: Stop, at: int) -> RouteSchedule:
        stops = self.route.stops
        return schedule(self.route.with_stops((*stops[:at], stop.id, *stops[at:])), self._shift, self._basis)

    def _timing(self, stop: Stop, at: int) -> tuple[int, int, bool]:
        rest, states, calls = self._pass.rest, self._pass.states, self._calls
        if stop.place is None and calls:
            return self._pass.end
        under_way = at > 0 and calls[at - 1].arrived is not None
        placed = stop.place is not None
        call = Call(stop.windows, stop.service_s, placed, not_before=self._floor(stop, under_way))
        here: Place | None = stop.place or self._from[at]  # in an empty route: it is driven to its end now
        drive = self._travel.leg(self._from[at], here)[0] if placed else 0
        state = timing.advance(states[at], drive, call, rest, self._halts)
        for k in range(at, len(calls)):
            drive, place = self._legs[k], self._places[k]
            if here is not None and place is not None:
                drive, here = self._travel.leg(here, place)[0], None
            state = timing.advance(state, drive, calls[k], rest, self._halts)
            old = states[k + 1]
            if here is None and state.free == old.free and state.taken == old.taken:
                return self._same_from_here(state, old)
        drive, end = self._legs[-1], self._shift.end_place
        if here is not None and end is not None:
            drive = self._travel.leg(here, end)[0]
        return timing.outcome(timing.advance(state, drive, None, rest, self._halts), rest)

    def _floor(self, stop: Stop, under_way: bool) -> int:
        basis = self._basis
        if not basis.facts.entries:
            return 0
        floor = timing.not_before(stop.id, basis.facts, basis.now, self.route.id, basis.sheet(self.route.id))
        return max(floor, basis.now) if under_way else floor

    def _same_from_here(self, state: State, old: State) -> tuple[int, int, bool]:
        """The outcome where a wait has swallowed the delay: the old one and what is late before this place."""
        last = self._pass.states[-1]
        end = timing.outcome(last, self._pass.rest)
        taken = end[1] == last.taken and self._pass.due
        more = state.taken_late - old.taken_late if taken else state.free_late - old.free_late
        return end[0] + more, end[1], end[2]


def _judged(made: RouteSchedule) -> tuple[bool, int, int, int]:
    late = sum(broken.by for broken in made.broken if broken.rule in _TIMED)
    over = sum(1 for broken in made.broken if broken.rule in _WHOLE)
    return any(broken.rule is Rule.BREAK for broken in made.broken), late, over, made.end


def insert_best(stops: Sequence[StopId], route: Route, basis: Basis) -> Route:
    """`route` with all of `stops` put in, one after the other, each at its best place."""
    kept = tuple(s for s in route.stops if s not in set(stops))
    route = route.with_stops(kept)
    for stop in stops:
        at = best_in_route(stop, route, basis).at
        route = route.with_stops((*route.stops[:at], stop, *route.stops[at:]))
    return route


def offers(stop: StopId, plan: Plan, basis: Basis) -> list[Offer]:
    """The best place in every route whose driver is there, best first; the stop's own route is left out."""
    return sorted(
        (
            best_in_route(stop, plan.route(id), basis)
            for id, shift in basis.shifts.items()
            if not shift.absent and plan.where.get(stop) != id
        ),
        key=lambda o: o.rank,
    )


def reasons(stop: StopId, plan: Plan, basis: Basis) -> tuple[Reason, ...]:
    """For each driver the first rule that keeps him from taking `stop`; drivers who could take it are left out."""
    found = (_reason(stop, plan.route(id), shift, basis) for id, shift in basis.shifts.items())
    return tuple(reason for reason in found if reason is not None)


def _reason(stop: StopId, route: Route, shift: Shift, basis: Basis) -> Reason | None:
    wanted = basis.stops[stop]
    if wanted.place is None:
        return _say(shift, no_place(wanted))
    if shift.absent:
        return _say(shift, BrokenRule(Rule.ABSENT, None, 1))
    for broken in never(wanted, shift):
        return _say(shift, broken)
    if route.locked:
        return _say(shift, BrokenRule(Rule.LOCKED, None, 1))
    best = best_in_route(stop, route, basis)
    return _say(shift, best.broken[0]) if best.broken else None


def _say(shift: Shift, broken: BrokenRule) -> Reason:
    return Reason(shift.id, broken.rule, f"{shift.driver.name}: {describe(broken, shift)}.")
