"""The forward pass over a route: when it gets where, how late, and where its break lies. Plain integers, for speed.

`schedule` builds its visits on this pass; `insertion` runs it from the middle of a route to judge a place without
scheduling everything. What it means is told in `schedule`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dispatch_console.domain.facts import FactKind, Facts
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import Window
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
    pause = shift.pause
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


def calls(stops: Sequence[Stop], facts: Facts, now: int, route: ShiftId) -> list[Call]:
    """The stops of a route as the pass sees them.

    Stops before the last one that is known of are presumed done by then. Where a driver tells of most of his stops
    (`reports`), his next stop cannot be before now; where he only phones in what goes wrong, silence means that it
    goes on as forecast. A driver who is at a door stays there until now at least.
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
            found.append(_told(stop, known[i], facts, now))
        elif i < last:
            by = next(at for at in known[i + 1 :] if at >= 0)
            found.append(Call((), stop.service_s, placed, not_after=by))
        else:
            floor = _floor(stops, last, facts, now, route) if i == last + 1 else 0
            found.append(Call(stop.windows, stop.service_s, placed, not_before=floor))
    return found


def reports(stops: Sequence[Stop], facts: Facts) -> bool:
    """Whether the driver tells of most of his stops: at least half of those up to the last one known of."""
    known = [i for i, stop in enumerate(stops) if stop.id in facts.arrived]
    return bool(known) and 2 * len(known) >= known[-1] + 1


def _told(stop: Stop, arrived: int, facts: Facts, now: int) -> Call:
    """A stop that somebody told of."""
    placed, end = stop.place is not None, facts.outcome(stop.id)
    if end is None:
        return Call(stop.windows, stop.service_s, placed, arrived, max(arrived + stop.service_s, now))
    if stop.id in facts.seen:
        return Call(stop.windows, stop.service_s, placed, arrived, end.at)
    service_s = 0 if end.kind is FactKind.SKIPPED else stop.service_s
    ends = (facts.outcome(stop.id, order.id) for order in stop.orders) if len(stop.orders) > 1 else ()
    first = max(0, min((one.at for one in ends if one is not None), default=end.at))
    return Call(stop.windows, stop.service_s, placed, min(first, end.at - service_s), end.at, came_by=first)


def _floor(stops: Sequence[Stop], last: int, facts: Facts, now: int, route: ShiftId) -> int:
    """The earliest time at which the first stop that nothing is known of can be reached."""
    said = facts.delays.get(route, 0)
    heard = last >= 0 and reports(stops, facts)
    return max(said, now) if heard else said


def start_state(shift: Shift, facts: Facts) -> State:
    """The driver leaves when his shift starts, or when he was seen to leave."""
    left = facts.left_at(shift.id)
    return State(0, shift.start if left is None else left, 0, -1, -1)


def advance(state: State, drive: int, call: Call | None, rest: Rest | None) -> State:
    """One leg of `drive` seconds and the service at its end (`call` None: the end of the route)."""
    free_late, free, taken_late, taken, _ = state
    late_2, ready_2, pause = -1, -1, -1
    if rest is not None:
        if taken >= 0:
            late_2, ready_2 = taken_late, taken + drive
        at = free if free > rest.first else rest.first
        if at <= rest.latest:
            ready = _after_break(free, drive, at, rest, call)
            if ready >= 0 and (ready_2 < 0 or _better(free_late, ready, late_2, ready_2, call)):
                late_2, ready_2, pause = free_late, ready, at
    free_late, free = _serve(free_late, free + drive, call)
    if ready_2 >= 0:
        late_2, ready_2 = _serve(late_2, ready_2, call)
    return State(free_late, free, late_2, ready_2, pause)


def _after_break(leave: int, drive: int, at: int, rest: Rest, call: Call | None) -> int:
    """When the driver is ready at the end of a leg with the break in it; −1: known times leave no room for it."""
    if call is not None and call.arrived is not None:
        fits = call.arrived - leave - drive >= rest.duration and at + rest.duration <= call.arrived
        return call.arrived if fits else -1
    arrive = leave + drive
    return (arrive if arrive > at else at) + rest.duration


def _better(late: int, ready: int, other_late: int, other_ready: int, call: Call | None) -> bool:
    """Whether a way is better than another once the service is done: less late, then sooner."""
    return _serve(late, ready, call) < _serve(other_late, other_ready, call)


def _serve(late: int, ready: int, call: Call | None) -> tuple[int, int]:
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
    at, more = begin(windows, ready)
    return late + more, at + service_s


class Pass(NamedTuple):
    """All states of a route: entry k after k visits, the last one at the end place."""

    states: tuple[State, ...]
    rest: Rest | None

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


def run(legs: Sequence[int], visits: Sequence[Call], shift: Shift, facts: Facts) -> Pass:
    """The whole pass. `legs` holds the seconds to each visit and, last, to the end place."""
    rest = rest_of(shift)
    state = start_state(shift, facts)
    states = [state]
    for drive, call in zip(legs, (*visits, None), strict=True):
        state = advance(state, drive, call, rest)
        states.append(state)
    return Pass(tuple(states), rest)
