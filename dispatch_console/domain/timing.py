"""The forward pass over a route: when it gets where, how late, and where its break lies. Plain integers, for speed.

`schedule` builds its visits on this pass; `insertion` runs it from the middle of a route to judge a place without
scheduling everything. What it means is told in `schedule`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dispatch_console.domain.facts import Delay, FactKind, Facts, joined
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.domain.stops import Stop


class Call(NamedTuple):
    """A stop as the pass sees it. `arrived` and `departed` are facts; `not_before`: now, if under way.

    `not_after`: nobody told of this stop, but the driver was at a later one then: it was over by that time.
    `came_by`: only the end was told, so that `arrived` is a guess, and this the latest it can be, see `came`.
    """

    windows: tuple[Window, ...]
    service_s: int
    placed: bool
    arrived: int | None = None
    departed: int = 0
    not_before: int = 0
    not_after: int = -1
    came_by: int = -1

    @property
    def presumed(self) -> bool:
        return self.not_after >= 0


class State(NamedTuple):
    """Where a route stands after some visits, on the two ways to have come there.

    `free`: no break yet. `taken`: with the break behind (−1: no such way). Each way is (seconds late so far, time
    of leaving). `pause` is when the break began if the better taken way has it on the last leg, else −1.
    """

    free_late: int
    free: int
    taken_late: int
    taken: int
    pause: int


class Rest(NamedTuple):
    """A break: its earliest and latest beginning and its duration, in seconds."""

    first: int
    latest: int
    duration: int


def rest_of(shift: Shift) -> Rest | None:
    """The break of a shift; None if it has none, or begins after the break could have been taken."""
    pause = shift.fixed_pause
    if pause is None or pause.window.end - pause.duration < shift.start:
        return None
    return Rest(pause.window.start, pause.window.end - pause.duration, pause.duration)


def begin(windows: Sequence[Window], arrive: int) -> tuple[int, int]:
    """(begin, seconds late) of a service for an arrival: in the first window still open, else late for the last."""
    if not windows:
        return arrive, 0
    for start, end in windows:
        if arrive <= end:
            return (arrive if arrive > start else start), 0
    return arrive, arrive - windows[-1][1]


def came(call: Call, ready: int) -> int:
    """When the driver arrived at a stop that is told of, if he could be there by `ready`.

    As somebody told. Where only the end was told: so long before it as the service takes (at once, if the stop was
    passed by), but not before he could be there, and not after the end; of a stop that serves several orders, not
    after the first of them ended.
    """
    assert call.arrived is not None
    return min(max(call.arrived, ready), call.came_by) if call.came_by >= 0 else call.arrived


def known_by(call: Call) -> int:
    """By when the driver is known to have been at a stop; −1: nothing is known."""
    if call.arrived is None:
        return call.not_after
    return max(call.arrived, call.came_by)


class Halts(NamedTuple):
    """What holds a driver up besides his stops. `stood`: times (from, until) in which he neither drives nor serves,
    in order; `delays`: his own words, see `ready_at`."""

    stood: tuple[tuple[int, int], ...] = ()
    delays: tuple[Delay, ...] = ()


NONE = Halts()


def halts_of(facts: Facts, now: int, route: ShiftId) -> Halts:
    """A van that is down, or whose driver is sick, stands from then until now, and until it goes again."""
    stuck = [fact.at for fact in (facts.down.get(route), facts.sick.get(route)) if fact is not None]
    stood, delays = facts.stood.get(route, ()), facts.held.get(route, ())
    if stuck and min(stuck) < now:
        stood = joined((*stood, (min(stuck), now)))
    return Halts(stood, delays) if stood or delays else NONE


def elapse(at: int, seconds: int, stood: Sequence[tuple[int, int]]) -> int:
    """When work of `seconds` that begins at `at` is over, if nothing is done in the times of `stood`."""
    for begin, end in stood:
        if at + seconds <= begin:
            break
        if at < begin:
            seconds += end - begin
        elif at < end:
            at = end
    return at + seconds


def ready_at(call: Call, ready: int, halts: Halts) -> int:
    """When a driver who gets to a stop at `ready` can begin there: not before what holds him up lets him.

    A delay that he told counts from the stop on that he was driving to by the forecast of that moment.
    """
    ready = max(ready, call.not_before)
    for told, until in halts.delays:
        if told <= ready < until:
            ready = until
    return ready


def calls(
    stops: Sequence[Stop], facts: Facts, now: int, route: ShiftId, sheet: frozenset[StopId] | None = None
) -> list[Call]:
    """The stops of a route as the pass sees them. `sheet`: those on the driver's papers; None: not known.

    Stops before the last one that is known of are presumed done by then. Where a driver tells of most of his stops
    (`reports`), his next stop cannot be before now; where he only phones in what goes wrong, silence means that it
    goes on as forecast: with the stops that he knows of, see `not_before`. A driver who is at a door stays there
    until now at least.
    """
    arrived = facts.arrived
    if not facts.entries:
        return [Call(stop.windows, stop.service_s, stop.place is not None) for stop in stops]
    last = max((i for i, stop in enumerate(stops) if stop.id in arrived), default=-1)
    known = [arrived.get(stop.id, -1) for stop in stops]
    found: list[Call] = []
    for i, stop in enumerate(stops):
        placed = stop.place is not None
        if known[i] >= 0:
            found.append(_told(stop, known[i], facts, now, route))
        elif i < last:
            by = next(at for at in known[i + 1 :] if at >= 0)
            found.append(Call((), stop.service_s, placed, not_after=by))
        else:
            floor = not_before(stop.id, facts, now, route, sheet)
            if i == last + 1 and last >= 0 and reports(stops, facts):
                floor = max(floor, now, facts.delays.get(route, 0))
            elif i == len(stops) - 1:  # who says that he is late has something left to do
                floor = max(floor, facts.delays.get(route, 0))
            found.append(Call(stop.windows, stop.service_s, placed, not_before=floor))
    return found


def not_before(stop: StopId, facts: Facts, now: int, route: ShiftId, sheet: frozenset[StopId] | None) -> int:
    """The earliest time at which a stop that nobody told of can be reached: not before it was opened again, and not
    before its driver knows of it. On his papers it was from the start; what came later he knows once he was phoned
    (before that, at the earliest now), and what he left with since he left.
    """
    floor = facts.again.get(stop, 0)
    if sheet is not None and stop not in sheet:
        floor = max(floor, facts.hears.get(route, {}).get(stop, now))
    return floor


def reports(stops: Sequence[Stop], facts: Facts) -> bool:
    """Whether the driver tells of most of his stops: at least half of those up to the last one known of."""
    known = [i for i, stop in enumerate(stops) if stop.id in facts.arrived]
    return bool(known) and 2 * len(known) >= known[-1] + 1


def _told(stop: Stop, arrived: int, facts: Facts, now: int, route: ShiftId) -> Call:
    """A stop that somebody told of."""
    placed, end = stop.place is not None, facts.outcome(stop.id)
    if end is None:
        leaves = elapse(arrived, stop.service_s, halts_of(facts, now, route).stood)
        return Call(stop.windows, stop.service_s, placed, arrived, max(leaves, now))
    if stop.id in facts.seen:
        return Call(stop.windows, stop.service_s, placed, arrived, end.at)
    service_s = 0 if end.kind is FactKind.SKIPPED else stop.service_s
    ends = (facts.outcome(stop.id, order.id) for order in stop.orders) if len(stop.orders) > 1 else ()
    first = max(0, min((one.at for one in ends if one is not None), default=end.at))
    return Call(stop.windows, stop.service_s, placed, min(first, end.at - service_s), end.at, came_by=first)


def start_state(shift: Shift, facts: Facts) -> State:
    """The driver leaves when his shift starts, or when he was seen to leave."""
    left = facts.left_at(shift.id)
    return State(0, shift.start if left is None else left, 0, -1, -1)


def advance(
    state: State, drive: int, call: Call | None, rest: Rest | None, halts: Halts = NONE, later: int | None = None
) -> State:
    """One leg of `drive` seconds and the service at its end (`call` None: the end of the route).

    `later`: seconds for who has had his break and so leaves at another time; None: as many.
    """
    free_late, free, taken_late, taken, _ = state
    late_2, ready_2, pause = -1, -1, -1
    stood = halts.stood
    if rest is not None:
        if taken >= 0:
            along = drive if later is None else later
            late_2, ready_2 = taken_late, elapse(taken, along, stood) if stood else taken + along
        at = free if free > rest.first else rest.first
        if at <= rest.latest:
            ready = _after_break(free, drive, at, rest, call, halts)
            if ready >= 0 and (ready_2 < 0 or _better(free_late, ready, late_2, ready_2, call, halts)):
                late_2, ready_2, pause = free_late, ready, at
    free_late, free = serve(free_late, elapse(free, drive, stood) if stood else free + drive, call, halts)
    if ready_2 >= 0:
        late_2, ready_2 = serve(late_2, ready_2, call, halts)
    return State(free_late, free, late_2, ready_2, pause)


def after_break(
    leave: int, drive: int, at: int, duration: int, stood: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """(arrival, ready for service) of a leg with a break from `at` in it: on the road, or waiting at its end."""
    arrive = elapse(leave, drive, stood) if stood else leave + drive
    if at <= arrive:
        ready = elapse(arrive, duration, stood) if stood else arrive + duration
        return ready, ready
    return arrive, elapse(at, duration, stood) if stood else at + duration


def _after_break(leave: int, drive: int, at: int, rest: Rest, call: Call | None, halts: Halts) -> int:
    """When the driver is ready at the end of a leg with the break in it; −1: known times leave no room for it."""
    if call is not None and call.arrived is not None:
        fits = call.arrived - leave - drive >= rest.duration and at + rest.duration <= call.arrived
        return call.arrived if fits else -1
    return after_break(leave, drive, at, rest.duration, halts.stood)[1]


def _better(late: int, ready: int, other_late: int, other_ready: int, call: Call | None, halts: Halts) -> bool:
    """Whether a way is better than another once the service is done: less late, then sooner."""
    return serve(late, ready, call, halts) < serve(other_late, other_ready, call, halts)


def serve(late: int, ready: int, call: Call | None, halts: Halts) -> tuple[int, int]:
    """(seconds late, time of leaving) after the service of a driver who is `ready` at the stop."""
    if call is None:
        return late, ready
    windows, service_s, placed, arrived, departed, not_before, not_after, _ = call
    if arrived is not None:
        return late, departed
    if not_after >= 0:
        return late, min(ready + service_s if placed else ready, not_after)
    if not placed:
        return late, ready
    if ready < not_before:
        ready = not_before
    if halts is NONE:
        at, more = begin(windows, ready)
        return late + more, at + service_s
    at, more = begin(windows, ready_at(call, ready, halts))
    return late + more, elapse(at, service_s, halts.stood)


class Pass(NamedTuple):
    """All states of a route: entry k after k visits, the last one at the end place."""

    states: tuple[State, ...]
    rest: Rest | None
    halts: Halts = NONE

    @property
    def due(self) -> bool:
        """Whether the break has to be taken: without it the route would end after its latest beginning."""
        return self.rest is not None and self.states[-1].free > self.rest.latest

    @property
    def end(self) -> tuple[int, int, bool]:
        """(seconds late, end, whether the break found its place or is not due)."""
        return outcome(self.states[-1], self.rest)

    def pause(self) -> tuple[int, int, int] | None:
        """(begin, end, index of the visit it lies before) of the break; None: none is taken."""
        if not self.due or self.rest is None or self.states[-1].taken < 0:
            return None
        index = max(k for k, state in enumerate(self.states) if state.pause >= 0)
        at = self.states[index].pause
        return at, at + self.rest.duration, index - 1


def outcome(last: State, rest: Rest | None) -> tuple[int, int, bool]:
    """(seconds late, end, whether the break is in order) of a route whose pass ended in `last`."""
    if rest is None or last.free <= rest.latest:
        return last.free_late, last.free, True
    if last.taken < 0:
        return last.free_late, last.free, False
    return last.taken_late, last.taken, True


def run(legs: Sequence[int], visits: Sequence[Call], shift: Shift, facts: Facts, halts: Halts = NONE) -> Pass:
    """The whole pass. `legs` holds the seconds to each visit and, last, to the end place."""
    rest = rest_of(shift)
    state = start_state(shift, facts)
    states = [state]
    for drive, call in zip(legs, (*visits, None), strict=True):
        state = advance(state, drive, call, rest, halts)
        states.append(state)
    return Pass(tuple(states), rest, halts)
