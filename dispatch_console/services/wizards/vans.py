"""Stops given out to other vans, one after the other, each by truly trying it in.

A van takes what no hard rule forbids: capacities, skills, number of stops. Windows, breaks and the end of the shift
are kept as long as any van can; only what nobody could take in time is then given to the van where it hurts least.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import NamedTuple

from dispatch_console.domain import insertion
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.insertion import Trial
from dispatch_console.domain.orders import OrderId, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Route
from dispatch_console.domain.rules import BrokenRule, Rule
from dispatch_console.domain.schedule import Basis, RouteSchedule, schedule
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.services.wizards import meeting
from dispatch_console.services.wizards.goods import only_collects, waits_at_a_customer
from dispatch_console.services.wizards.ids import Ids
from dispatch_console.services.wizards.whereabouts import there_at, whereabouts

#: Rules that may be broken, and are then shown, where nobody can take a stop otherwise.
_SOFT = frozenset({Rule.WINDOW, Rule.SHIFT, Rule.BREAK})
#: So many steps of time are looked at beyond the last place for a meeting.
_LATEST = 6
#: So many places for the meeting are tried in a route, from the next stop on.
_TRIED = 3


class Rendezvous(NamedTuple):
    """Where goods change over: `place`, not before `from_s`; `name` is what the stop is called.

    `fixed`: at a time to agree on; else from then on (a depot is always there). `taken`: how many other meetings
    have their number before it.
    """

    place: Place
    from_s: int
    name: str
    phone: str
    ids: tuple[OrderId, StopId]
    fixed: bool = True
    taken: int = 0


#: A stop taken over may make no other stop, nor the end of the shift, later by more; else it goes another day.
MOST_LATE_S = 30 * 60


class Bid(NamedTuple):
    """What taking one more stop would make of a van: sorts by rank."""

    van: ShiftId
    stop: StopId
    route: Route
    stops: Mapping[StopId, Stop]
    planned: RouteSchedule
    broken: tuple[BrokenRule, ...]
    added_s: int

    @property
    def rank(self) -> tuple[int, int, int]:
        return len(self.broken), sum(b.by for b in self.broken), self.added_s

    @property
    def arrive(self) -> int:
        """When the driver gets to the stop."""
        return self.planned.visits[self.route.stops.index(self.stop)].arrive

    @property
    def is_clean(self) -> bool:
        return not self.broken

    @property
    def is_possible(self) -> bool:
        """Whether it breaks nothing but times, and those by little enough to be worth not waiting a day."""
        return all(b.rule in _SOFT and b.by <= MOST_LATE_S for b in self.broken)


#: What vans offer as they stand, by van and stop; None: nothing.
_Bids = dict[tuple[ShiftId, StopId], Bid | None]


class _Start(NamedTuple):
    """A route into which one more stop is put at `first` or behind, and its stops; with the meeting, if any."""

    route: Route
    stops: dict[StopId, Stop]
    first: int


class _Ready(NamedTuple):
    """A start made ready to try stops in. `stops` is what `basis` rests on: what is tried is put into it first."""

    start: _Start
    stops: dict[StopId, Stop]
    basis: Basis
    trial: Trial


class Van:
    """A van while stops are given to it. `at`: where it gets goods that are not in it yet; None: it needs no such
    place (it is still in the depot, where they are).

    What it bids follows from what it has taken, one after the other, so each bid is worked out once (see `again`).
    """

    def __init__(self, day: Day, id: ShiftId, travel: TravelMatrix, at: Rendezvous | None) -> None:
        self.id, self.at = id, at
        self.route = day.plan.route(id)
        self.stops: Mapping[StopId, Stop] = {stop: day.stops[stop] for stop in self.route.stops}
        self.taken: list[StopId] = []
        self._day, self._travel = day, travel
        self._where = whereabouts(day, id)
        self.shift = self._leaving_now(day.leaving[id])
        same = self.shift is day.leaving[id]
        self.was = day.schedules[id] if same else schedule(self.route, self.shift, self.basis(self.stops))
        self.planned = self.was
        self._starts: list[_Start] = []  # with the meeting, nothing given yet
        self._ready: dict[int, list[_Ready]] = {}  # by how long the meeting takes
        self._bids: dict[tuple[StopId, ...], dict[StopId, Bid | None]] = {}  # by what was taken before

    def again(self) -> Van:
        """The same van, to be given stops anew; what is known of its bids is shared. It must not have taken any."""
        assert not self.taken, "a van that has taken something is another van"
        van = copy(self)
        van.taken = []
        return van

    def meeting(self, at: Rendezvous | None) -> Van:
        """The same van with all it has taken, but for goods it is at `at`."""
        if at == self.at:
            return self
        van = Van(self._day, self.id, self._travel, at)
        for stop in self.taken:
            bid = van.bid(stop)
            assert bid is not None, "it was bid before"
            van.take(bid)
        return van

    @property
    def meets(self) -> bool:
        """Whether it has taken goods for which it has to be somewhere."""
        return self.at is not None and self.at.ids[1] in self.stops

    @property
    def goods(self) -> Size:
        """What it takes over where it meets."""
        meet = self.at.ids[1] if self.at else StopId(0)
        given = [one.delivery for one in self.stops.values() if meet and one.pickup == meet]
        total = Size()
        for size in given:
            total = total.plus(size)
        return total

    @property
    def added_s(self) -> int:
        return paid(self.planned) - paid(self.was)

    def bid(self, id: StopId) -> Bid | None:
        """What it would be to take stop `id` of the day too; None: it cannot be there before now.

        (Who drives home unheard cannot be told where he turns; a meeting has a time.)
        """
        known = self._bids.setdefault(tuple(self.taken), {})
        if id not in known:
            known[id] = self._bid(id)
        return known[id]

    def _bid(self, id: StopId) -> Bid | None:
        stop = self._day.stops[id]
        if waits_at_a_customer(self._day, id):
            return self._best(stop, self._made_ready(None, 0))
        if self.at is None or only_collects(self._day, id):
            stop = meeting.with_pickup(stop, StopId(0)) if stop.pickup else stop
            return self._best(stop, self._made_ready(None, 0))
        stop = meeting.with_pickup(stop, self.at.ids[1])
        service_s = meeting.service_s(self.goods.plus(stop.delivery).pieces)
        return self._best(stop, self._made_ready(self.at, service_s))

    def _best(self, stop: Stop, starts: Iterable[_Ready]) -> Bid | None:
        """`stop` at its best place in the best of the routes."""
        bids = [self._put_in(stop, start) for start in starts]
        real = [bid for bid in bids if bid.arrive >= self._day.now]
        return min(real, key=lambda bid: bid.rank, default=None)

    def _put_in(self, stop: Stop, ready: _Ready) -> Bid:
        (route, stops, first), trial = ready.start, ready.trial
        ready.stops[stop.id] = stop
        at = min(range(min(first, len(route.stops)), len(route.stops) + 1), key=lambda k: trial.judge(stop, k))
        route = route.with_stops((*route.stops[:at], stop.id, *route.stops[at:]))
        planned = schedule(route, self.shift, ready.basis)
        broken = insertion.newly_broken(self.was, planned)
        added_s = paid(planned) - paid(self.planned)
        return Bid(self.id, stop.id, route, {**stops, stop.id: stop}, planned, broken, added_s)

    def _made_ready(self, at: Rendezvous | None, service_s: int) -> list[_Ready]:
        """The routes into which a stop can be put as it stands now; with a meeting, if `at`, of so many seconds."""
        known = self._ready.get(service_s)
        if known is None:
            plain = [_Start(self.route, dict(self.stops), self._where.free_from)]
            known = self._ready[service_s] = [
                self._ready_for(one) for one in (plain if at is None else self._with_meeting(at, service_s))
            ]
        return known

    def _ready_for(self, start: _Start) -> _Ready:
        stops = dict(start.stops)
        basis = self.basis(stops)
        return _Ready(start, stops, basis, Trial(start.route, self.shift, basis))

    def take(self, bid: Bid) -> None:
        """Make the bid what this van drives. Taking the same once more changes nothing."""
        if bid.stop in self.taken:
            return
        self.route, self.stops, self.planned = bid.route, bid.stops, bid.planned
        self.taken.append(bid.stop)
        self._starts, self._ready = [], {}

    def basis(self, stops: Mapping[StopId, Stop]) -> Basis:
        """What its schedules rest on: its own stops only, with places that the day may not know yet."""
        day = self._day
        shifts = {**day.leaving, self.id: self.shift}
        return replace(day.basis, stops=stops, shifts=shifts, travel=self._travel)

    def ready_s(self) -> int:
        """When it is at the meeting, from which the agreed time was made."""
        assert self.at is not None, "only a van that meets is anywhere at a time"
        return self._arrival(self.route.stops.index(self.at.ids[1]), self.at.place)

    def met_between(self) -> tuple[int, int] | None:
        """The first and the last time, in steps of an agreed time, at which it can be at the meeting and break
        nothing that it keeps now. None: it cannot, without being late somewhere."""
        places = range(self._where.next, len(self.route.stops) + 1)
        soonest = [(self._soonest(k), k) for k in places]
        first = next((at for at, k in soonest if self._keeps(k, at)), None)
        late = next(((at, k) for at, k in reversed(soonest) if self._keeps(k, at)), None)
        if first is None or late is None:
            return None
        at, k = late
        steps = 0
        while steps < _LATEST and self._keeps(k, at + (steps + 1) * meeting.STEP_S):
            steps += 1
        return first, at + steps * meeting.STEP_S

    def _soonest(self, k: int) -> int:
        """When a meeting before the stop of index `k` can begin."""
        assert self.at is not None, "only a van that meets is anywhere at a time"
        return meeting.agreed(max(self.at.from_s, self._arrival(k, self.at.place))).start

    def _keeps(self, k: int, at_s: int) -> bool:
        """Whether a meeting at `at_s` before the stop of index `k` breaks nothing that is kept now."""
        at = self.at
        assert at is not None, "only a van that meets is anywhere at a time"
        window = Window(at_s, at_s + meeting.PATIENCE_S)
        order = meeting.order(self._day, at.ids, at.place, window, Size(), name=at.name, phone=at.phone)
        route = self.route.with_stops((*self.route.stops[:k], order.stop, *self.route.stops[k:]))
        basis = self.basis({**self.stops, order.stop: meeting.stop_of(order, self._day)})
        return not insertion.newly_broken(self.was, schedule(route, self.shift, basis))

    def _leaving_now(self, shift: Shift) -> Shift:
        """A van that is still in the depot in the middle of the day leaves now at the soonest; those of a draft do
        so anyway."""
        day = self._day
        waits = not self._where.out and day.approval.state is not DayState.DRAFT and day.now > shift.start
        return replace(shift, start=day.now) if waits else shift

    def _with_meeting(self, at: Rendezvous, service_s: int) -> list[_Start]:
        """The routes with the meeting that takes so long, and the first index behind it."""
        id = at.ids[1]
        if id in self.stops:
            starts = [_Start(self.route, {**self.stops}, self.route.stops.index(id) + 1)]
        else:
            starts = self._starts = self._starts or self._meetings(at)
        return [one._replace(stops={**one.stops, id: _lasting(one.stops[id], service_s)}) for one in starts]

    def _meetings(self, at: Rendezvous) -> list[_Start]:
        begin, end = self._where.next, len(self.route.stops) + 1
        tried = range(begin, min(begin + _TRIED, end) if at.fixed else end)
        return [self._meeting_at(k, at) for k in tried]

    def _meeting_at(self, k: int, at: Rendezvous) -> _Start:
        ready = max(at.from_s, self._arrival(k, at.place))
        window = meeting.agreed(ready) if at.fixed else meeting.from_then_on(ready)
        route, stops = self._put_meeting(k, at, window)
        if at.fixed:
            begin = schedule(route, self.shift, self.basis(stops)).visits[k].begin
            if begin > window.start:  # he has his break first: nobody agrees on 12:46
                route, stops = self._put_meeting(k, at, meeting.agreed(begin))
        return _Start(route, stops, k + 1)

    def _put_meeting(self, k: int, at: Rendezvous, window: Window) -> tuple[Route, dict[StopId, Stop]]:
        order = meeting.order(
            self._day, at.ids, at.place, window, Size(), name=at.name, phone=at.phone, taken=at.taken
        )
        route = self.route.with_stops((*self.route.stops[:k], order.stop, *self.route.stops[k:]))
        return route, {**self.stops, order.stop: meeting.stop_of(order, self._day)}

    def _arrival(self, k: int, place: Place) -> int:
        """When it is at `place` if that comes before its stop of index `k`, as its route stands now."""
        if k <= self._where.next:
            return there_at(self._where, place, self._travel, self._day.now)
        visit = self.planned.visits[k - 1]
        here = self.stops[visit.stop].place or self._where.behind
        return visit.depart + self._travel.leg(here, place)[0]


def _lasting(stop: Stop, service_s: int) -> Stop:
    return replace(stop, service_s=service_s, orders=(replace(stop.order, service_s=service_s),))


def share(vans: Sequence[Van], stops: Iterable[StopId], *, late: bool = True) -> tuple[StopId, ...]:
    """Give `stops` to `vans`, always the one that is cheapest to take next. Returns those that nobody can take.

    First only where no rule is broken; then, if `late`, where only times are.
    """
    left = list(stops)
    bids: _Bids = {}
    for strict in (True, False) if late else (True,):
        left = _round(vans, left, bids, strict=strict)
    return tuple(left)


def at_depot(day: Day, id: ShiftId, ids: Ids, k: int) -> Rendezvous | None:
    """Where a van gets goods that wait in the depot: it has to come back for them, if it has left."""
    if not whereabouts(day, id).out:
        return None
    name, phone = "Reload at the depot", day.depot.phone
    return Rendezvous(day.depot.place, day.now, name, phone, (ids.orders[k], ids.stops[k]), False, k)


def able(day: Day, besides: ShiftId) -> list[ShiftId]:
    """Who can take anything over: there, driving, not locked, not back yet."""
    return [
        id
        for id, shift in day.shifts.items()
        if id != besides
        and not shift.absent
        and not day.facts.stuck(id)
        and not day.plan.route(id).locked
        and day.facts.state(id) in (FactKind.IN_DEPOT, FactKind.OUT)
    ]


def _round(vans: Sequence[Van], left: list[StopId], bids: _Bids, *, strict: bool) -> list[StopId]:
    left = list(left)
    while left:
        for van in vans:
            for stop in left:
                if (van.id, stop) not in bids:
                    bids[van.id, stop] = van.bid(stop)
        fit = [bid for bid in bids.values() if bid and (bid.is_clean if strict else bid.is_possible)]
        if not fit:
            return left
        best = min(fit, key=_first)
        next(van for van in vans if van.id == best.van).take(best)
        left.remove(best.stop)
        for key in [key for key in bids if key[0] == best.van or key[1] == best.stop]:
            del bids[key]
    return left


def _first(bid: Bid) -> tuple[tuple[int, int, int], int, int]:
    return bid.rank, bid.van, bid.stop


def paid(planned: RouteSchedule) -> int:
    """Seconds on the road; nothing for a route without stops."""
    return planned.end - planned.start if planned.visits else 0
