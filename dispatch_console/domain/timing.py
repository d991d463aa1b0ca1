"""The forward pass over a route: when it gets where, how late, and where its break lies. Plain integers, for speed.

`schedule` builds its visits on this pass; `insertion` runs it from the middle of a route to judge a place without
scheduling everything. What it means is told in `schedule`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dispatch_console.domain.facts import Facts
from dispatch_console.domain.fleet import Shift
from dispatch_console.domain.orders import Window
from dispatch_console.domain.stops import Stop


class Call(NamedTuple):
    """A stop as the pass sees it. `arrived` and `departed` are facts; `not_before`: now, if under way."""

    windows: tuple[Window, ...]
    service_s: int
    placed: bool
    arrived: int | None = None
    departed: int = 0
    not_before: int = 0


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


def calls(stops: Sequence[Stop], facts: Facts, now: int) -> list[Call]:
    """The stops of a route as the pass sees them."""
    arrived, ended = facts.arrived, facts.ended
    found: list[Call] = []
    under_way = False
    for stop in stops:
        at = arrived.get(stop.id)
        if at is not None:
            departed = ended.get(stop.id, at + stop.service_s)
            found.append(Call(stop.windows, stop.service_s, stop.place is not None, at, departed))
        else:
            floor = now if under_way else 0
            found.append(Call(stop.windows, stop.service_s, stop.place is not None, not_before=floor))
        under_way = at is not None
    return found


def start_state(shift: Shift) -> State:
    return State(0, shift.start, 0, -1, -1)


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
    windows, service_s, placed, arrived, departed, not_before = call
    if arrived is not None:
        return late, departed
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


def run(legs: Sequence[int], visits: Sequence[Call], shift: Shift) -> Pass:
    """The whole pass. `legs` holds the seconds to each visit and, last, to the end place."""
    rest = rest_of(shift)
    state = start_state(shift)
    states = [state]
    for drive, call in zip(legs, (*visits, None), strict=True):
        state = advance(state, drive, call, rest)
        states.append(state)
    return Pass(tuple(states), rest)
