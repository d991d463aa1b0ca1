"""The pass over a route that asks for more than its stops one by one: tours with reloads, breaks by driving time,
goods that are not ready, parking that is shared, durations that change over the day.

It goes by the same steps as the plain one (`timing.advance`); what it means is told in `schedule`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from dispatch_console.domain import driving, timing
from dispatch_console.domain.basis import Basis
from dispatch_console.domain.driving import FRESH, Leg, Wheel
from dispatch_console.domain.fleet import Shift
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Route
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.timing import Call, Halts, Pass, State
from dispatch_console.domain.tours import TOUR_WAIT_S, Freight, Load

#: Stands for a stop where the driver loads anew.
RELOAD = StopId(-1)
_END = StopId(0)
_FOREVER = 10**9
_NO_BREAKS: Mapping[int, tuple[tuple[int, int], ...]] = {}
_NO_ARRIVALS: Mapping[int, int] = {}
#: Where nobody stands.
_NOWHERE: Place | None = None


class Way(NamedTuple):
    """A route as it is driven: the calls, reloads among them, and legs (seconds, metres) to each and to the end.

    `start`: when he leaves, `slides`: unless he would only wait at the first stop. `pause`: the break in a window
    (begin, end, index of the call that it lies before); `fits`: it found its place, or is not due. `breaks`: those
    by driving time, (begin, end) by the index of the call; `arrivals`: when he then gets there. `cuts`: indices of
    the stops with which tours after the first begin.
    """

    ids: Sequence[StopId]
    calls: Sequence[Call]
    legs: Sequence[tuple[int, int]]
    start: int
    slides: bool
    halts: Halts
    pause: tuple[int, int, int] | None
    fits: bool
    breaks: Mapping[int, tuple[tuple[int, int], ...]] = _NO_BREAKS
    arrivals: Mapping[int, int] = _NO_ARRIVALS
    cuts: tuple[int, ...] = ()


class Step(NamedTuple):
    """A leg (its seconds without the break behind him, and with it) and the call at its end (None: of the route).
    `state` behind it; `leg`: as it was driven, if it has breaks by driving time."""

    id: StopId
    call: Call | None
    drive: int
    drive_taken: int
    metres: int
    state: State
    leg: Leg | None


class Tour(NamedTuple):
    """A tour: its number from 1 on, when it leaves, and what it carries. `gone`: it waits for nothing any more."""

    number: int
    base: int
    load: Load
    gone: bool


class Behind(NamedTuple):
    """Where a driver stands behind the first stops of a route: what a search goes on from.

    `tour` is the one he is on, with the stops that are behind him; behind none of them he stands at the start, see
    `State`. `seconds` and `metres` that he drove, `wheel`: as he sits at it. `seconds_taken`: those that he
    drove by the way on which he has had his break.
    """

    state: State
    wheel: Wheel
    place: Place
    tour: Tour
    seconds: int
    metres: int
    seconds_taken: int


def is_rich(stops: Sequence[Stop], shift: Shift, basis: Basis, *, plain: bool) -> bool:
    """Whether a route needs this pass; one by itself, of stops that are all `plain`, is driven by `timing.run`, and
    means the same."""
    return bool(stops) and (not plain or asks_more(shift, basis))


def asks_more(shift: Shift, basis: Basis) -> bool:
    """Whether any route of `shift` needs this pass, be its stops as plain as they are."""
    return shift.tours > 1 or shift.driving is not None or bool(basis.travel.bounds)


def drive(route: Route, shift: Shift, basis: Basis) -> Way:
    """The way of a route with at least one stop."""
    return Course(route, shift, basis).way()


def behind(route: Route, shift: Shift, basis: Basis, n: int) -> Behind:
    """How `route` stands behind its first `n` stops. Those after them are known: what they take on board counts,
    and that a tour waited for them."""
    return Course(route, shift, basis, until=n).behind()


class Course:
    """One drive over a route, to the end, or until `until` of its stops are done."""

    def __init__(self, route: Route, shift: Shift, basis: Basis, until: int | None = None) -> None:
        self._stops = [basis.stops[id] for id in route.stops]
        self._until = len(self._stops) if until is None else until
        self._whole = until is None
        self._shift, self._travel = shift, basis.travel
        self._calls, self._parked = _calls(self._stops, route, basis)
        self._halts = timing.halts_of(basis.facts, basis.now, route.id)
        self._left = basis.facts.left_at(route.id)
        self._rest, self._law = timing.rest_of(shift), shift.driving
        self._freight = Freight(self._stops, basis.facts.failed)
        self._weighs = shift.tours > 1 or not self._whole  # on one tour nothing hangs on what is on board
        self._here, self._stood = shift.start_place, _NOWHERE
        out = self._left is not None
        self._tour = Tour(1, shift.start if self._left is None else self._left, Load(), out)
        self._start = self._tour.base
        self._state, self._wheel = State(0, self._start, 0, -1, -1), FRESH
        self._steps: list[Step] = []
        self._cuts: list[int] = []
        self._run()

    def way(self) -> Way:
        steps = self._steps
        states = (State(0, self._start, 0, -1, -1), *(step.state for step in steps))
        passed = Pass(states, self._rest, self._halts)
        pause = passed.pause()
        free = len(steps) if pause is None else pause[2]  # up to there he has not had it
        legs = [(one.drive if k <= free else one.drive_taken, one.metres) for k, one in enumerate(steps)]
        return Way(
            ids=[step.id for step in steps if step.call is not None],
            calls=[step.call for step in steps if step.call is not None],
            legs=legs,
            start=self._start,
            slides=self._left is None,
            halts=self._halts,
            pause=pause,
            fits=passed.end[2],
            breaks={k: step.leg.pauses for k, step in enumerate(steps) if step.leg is not None},
            arrivals={k: step.leg.arrive for k, step in enumerate(steps) if step.leg is not None},
            cuts=tuple(self._cuts),
        )

    def behind(self) -> Behind:
        seconds, metres = sum(step.drive for step in self._steps), sum(step.metres for step in self._steps)
        had = max((k for k, step in enumerate(self._steps) if step.state.pause >= 0), default=len(self._steps))
        taken = sum(step.drive if k <= had else step.drive_taken for k, step in enumerate(self._steps))
        tour, n = self._tour, self._until
        gone = tour.gone or (n > 0 and _is_told(self._calls[n - 1]))
        return Behind(self._state, self._wheel, self._here, tour._replace(gone=gone), seconds, metres, taken)

    def _run(self) -> None:
        """Tour by tour. Each is known as a whole before it is driven, for it waits for what is to come along."""
        first = 0
        while first < self._until:
            if first:
                self._cuts.append(first)
                home = self._leg(self._shift.start_place, self._state.free)[0]
                avail = self._ride(home, at_all=True).arrive + self._shift.reload_s
                self._tour = Tour(self._tour.number + 1, avail, Load(), gone=False)
            end = self._cut(first)
            if first:
                self._reload()
            else:
                self._leave()
            for index in range(first, end):
                self._visit(index)
            first = end
        if self._whole:
            self._go(self._shift.end_place, None, _END)

    def _cut(self, first: int) -> int:
        """The index behind the last stop of the tour that begins with stop `first`, of those that are driven. What
        is known of the tour goes into `_tour`: when it leaves as a whole, what it carries so far."""
        number, base, load, gone = self._tour
        more = number < self._shift.tours
        for index in range(first, len(self._stops)):
            stop = self._stops[index]
            filled = self._freight.add(load, stop) if self._weighs else load
            if index > first:
                gone = gone or _is_told(self._calls[index - 1])
                ready = stop.release_s - base <= (0 if gone else TOUR_WAIT_S)
                if more and not (ready and filled.fits(self._shift.vehicle.capacity)):
                    return min(index, self._until)
            load, base = filled, base if gone else max(base, stop.release_s)
            driven = index < self._until
            self._tour = Tour(number, base, load, gone) if driven else self._tour._replace(base=base)
        return self._until

    def _leave(self) -> None:
        """He leaves when his first tour does. Where he is known to have been at the first stop before he could, he
        left in time for it, but not before his shift."""
        start, by = self._tour.base, timing.known_by(self._calls[0])
        if self._left is None and by >= 0:
            drive = self._leg(self._stops[0].place, start)[0]
            start = max(self._shift.start, min(start, by - drive))
        self._start = start
        self._state = State(0, start, 0, -1, -1)

    def _reload(self) -> None:
        takes_s = self._shift.reload_s
        call = Call((Window(self._tour.base - takes_s, _FOREVER),), takes_s, placed=True)
        self._go(self._shift.start_place, call, RELOAD)
        self._stood = _NOWHERE

    def _visit(self, index: int) -> None:
        stop = self._stops[index]
        near = stop.place is not None and stop.place == self._stood
        self._go(stop.place, (self._parked if near else self._calls)[index], stop.id)
        self._stood = stop.place or self._stood

    def _go(self, to: Place | None, call: Call | None, id: StopId) -> None:
        """One leg and the call at its end. `to` None: he stays where he is."""
        state = self._state
        drive, metres = self._leg(to, state.free)
        later, leg = drive, None
        if self._law is None:
            if self._travel.bounds and state.taken >= 0:
                later = self._leg(to, state.taken)[0]
            self._state = timing.advance(state, drive, call, self._rest, self._halts, later)
        else:
            leg = self._ride(drive, call, at_all=to is not None)
            late, leave = timing.serve(state.free_late, leg.arrive, call, self._halts)
            self._state, self._wheel = State(late, leave, 0, -1, -1), self._waited(leg, call)
        self._here = to or self._here
        self._steps.append(Step(id, call, drive, later, metres, self._state, leg if leg and leg.pauses else None))

    def _leg(self, to: Place | None, at: int) -> tuple[int, int]:
        return (0, 0) if to is None else self._travel.leg(self._here, to, at)

    def _ride(self, drive: int, call: Call | None = None, *, at_all: bool) -> Leg:
        """A leg from here; with its breaks, unless what is known of its end leaves no room for them."""
        leave, stood = self._state.free, self._halts.stood
        if self._law is not None and at_all:
            leg = driving.drive(leave, drive, self._wheel, self._law, stood)
            by = -1 if call is None else timing.known_by(call)
            if by < 0 or leg.arrive <= by or not leg.pauses:
                return leg
        return driving.straight_on(leave, drive, self._wheel, stood)

    def _waited(self, leg: Leg, call: Call | None) -> Wheel:
        """The driver behind a call: waiting for a window was rest, unless he leaves later instead."""
        wheel, law = leg.wheel, self._law
        slides = not self._steps and self._left is None and not leg.pauses
        if law is None or call is None or not call.placed or _is_told(call) or slides:
            return wheel
        ready = timing.ready_at(call, leg.arrive, self._halts)
        return driving.waited(wheel, timing.begin(call.windows, ready)[0] - ready, law)


def _calls(stops: Sequence[Stop], route: Route, basis: Basis) -> tuple[list[Call], list[Call]]:
    """The stops as calls, and as calls of a driver who stands there already, if he may."""
    rest = basis.facts, basis.now, route.id, basis.sheet(route.id)
    found = timing.calls(stops, *rest)
    less, shares, stood = list(stops), False, _NOWHERE
    for k, stop in enumerate(stops):
        if stop.parking_s and stop.place is not None and stop.place == stood:
            less[k], shares = replace(stop, service_s=max(0, stop.service_s - stop.parking_s)), True
        stood = stop.place or stood
    return found, timing.calls(less, *rest) if shares else found


def _is_told(call: Call) -> bool:
    """Whether it is known that the driver was there."""
    return call.arrived is not None or call.presumed
