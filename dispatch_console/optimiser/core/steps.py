"""Single steps of a walk: a leg, a call, a break, a tour. `walk` puts them together.

Everything here becomes part of the loops there. It says in compiled code what the domain says in `timing`,
`driving` and `tours`.
"""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.optimiser.core.compile import Ints, inlined
from dispatch_console.optimiser.core.fields import *

#: From here on a leg cannot be driven: as `domain.travel.UNREACHABLE`.
NO_WAY = 10**7
#: A tour waits so long in the depot for goods of one more stop, in seconds.
TOUR_WAIT = 1800
#: Sooner than any time, later than any time and more than any load (as `optimiser.tasks`).
ALWAYS, NEVER = -(1 << 60), 1 << 40


class Way(NamedTuple):
    """How a driver came to where he is. `time`: when he leaves there; `late`: seconds late so far, `hard` those at
    hard windows, `cents` what those at soft ones cost; `start` of paid time; `leg`: seconds driven since the last
    visit, `far`: visits that could not be reached; `stable`: cents for times that moved."""

    time: int
    late: int
    hard: int
    cents: int
    wait: int
    start: int
    drive: int
    leg: int
    far: int
    stable: int


class Rest(NamedTuple):
    """A break in a window: its duration (−1: none), earliest and latest beginning."""

    duration: int
    first: int
    latest: int


class Call(NamedTuple):
    """What is done at the end of a leg: the service of a task, or, with task −1, loading or nothing. Not before
    `floor`. `slides`: who only waits there without a break leaves for it later."""

    task: int
    service: int
    floor: int
    slides: bool


class Law(NamedTuple):
    """Breaks by driving time: see `domain.fleet.DrivingBreaks`. Whether it `counts` for him; `limit` 0: it asks for
    none."""

    counts: bool
    limit: int
    whole: int
    first: int
    second: int


class Wheel(NamedTuple):
    """At the wheel: seconds `driven` since the last break, 1 if the first `part` of the next is over; breaks."""

    driven: int
    part: int
    pauses: int


class Both(NamedTuple):
    """A driver without the break so far, and with it behind him, if there is such a way (`done`).

    `moment`: when the break of that way began, if it lies on the last leg; else `NEVER`.
    """

    free: Way
    taken: Way
    done: bool
    moment: int


class Goods(NamedTuple):
    """Of a stop, by measure: what its tour brings for it from the start, and what is on board more behind it."""

    brings_0: int
    brings_1: int
    brings_2: int
    more_0: int
    more_1: int
    more_2: int


class Tour(NamedTuple):
    """A tour: the index behind its last stop, when it leaves, most on board by measure, and the stops on it whose
    goods may not ride with those of others, and whose pickup does not stand before them."""

    end: int
    base: int
    peak_0: int
    peak_1: int
    peak_2: int
    apart: int
    pairs: int


@inlined
def leg_at(seconds: Ints, bounds: Ints, origin: int, to: int, at: int) -> int:
    """Seconds from a place that is left at `at`; `to` −1: nowhere."""
    if to < 0:
        return 0
    bucket = 0
    for k in range(1, bounds.shape[0]):
        if bounds[k] > at:
            break
        bucket = k
    return seconds[bucket, origin, to] + 0  # the sum is in 64 bits


@inlined
def service_at(tasks: Ints, windows: Ints, i: int, ready: int) -> tuple[int, int]:
    """(begin, seconds late) of the service of a driver who is `ready` there."""
    closes = tasks[i, T_CLOSES]
    if tasks[i, T_WINS] > 1:
        first = tasks[i, T_WIN]
        for k in range(first, first + tasks[i, T_WINS]):
            if ready <= windows[k, 1]:
                return max(ready, windows[k, 0]), 0
        return ready, ready - closes
    if ready > closes:
        return ready, ready - closes
    return max(ready, tasks[i, T_OPENS]), 0


@inlined
def after_break(leave: int, drive: int, at: int, duration: int) -> tuple[int, int]:
    """(arrival, ready) of a leg with a break from `at` in it: on the road, or waiting at its end."""
    arrive = leave + drive
    if at <= arrive:
        return arrive + duration, arrive + duration
    return arrive, at + duration


@inlined
def service_of(tasks: Ints, i: int, parked: int) -> int:
    """Seconds of service for who stood at place `parked` before."""
    service = tasks[i, T_SERVICE]
    if tasks[i, T_PARKING] > 0 and tasks[i, T_AT] == parked:
        return max(0, service - tasks[i, T_PARKING])
    return service


@inlined
def driven(way: Way, seconds: int) -> Way:
    """`way` with a leg more behind it; it still says when he left for that leg."""
    return Way(
        way.time, way.late, way.hard, way.cents, way.wait, way.start,
        way.drive + seconds, way.leg + seconds, way.far, way.stable,
    )  # fmt: skip


@inlined
def called(tasks: Ints, windows: Ints, call: Call, way: Way, arrive: int, ready: int) -> Way:
    """`way`, driven on up to a call, behind the service there."""
    if ready < call.floor:
        arrive = ready = call.floor
    elif arrive < call.floor:
        arrive = call.floor
    i = call.task
    if i < 0:
        return Way(
            ready + call.service, way.late, way.hard, way.cents, way.wait, way.start, way.drive, way.leg,
            way.far, way.stable,
        )  # fmt: skip
    begin, late = service_at(tasks, windows, i, ready)
    hard, cents, start, stable = way.hard, way.cents, way.start, way.stable
    if late > 0:
        if tasks[i, T_LATE] > 0:
            cents += (tasks[i, T_LATE] * late + 30) // 60
        else:
            hard += late
    if call.slides:
        start += begin - arrive
        arrive = begin
    if tasks[i, T_ETA] >= 0:
        stable += (tasks[i, T_MINUTE] * abs(begin - tasks[i, T_ETA]) + 30) // 60
    return Way(
        begin + call.service, way.late + late, hard, cents, way.wait + begin - arrive, start, way.drive, 0,
        way.far + (1 if way.leg >= NO_WAY else 0), stable,
    )  # fmt: skip


@inlined
def sooner(a: Way, b: Way) -> bool:
    """Whether `a` is better: less late, then sooner."""
    return a.late < b.late or (a.late == b.late and a.time < b.time)


@inlined
def at_wheel(wheel: Wheel, seconds: int, law: Law) -> tuple[int, Wheel]:
    """(seconds of the breaks that a leg of `seconds` takes, how he sits behind it)."""
    if seconds >= NO_WAY or law.limit <= 0:
        return 0, wheel
    behind, part, pauses, rest = wheel.driven, wheel.part, wheel.pauses, 0
    if behind + seconds > law.limit:
        seconds -= max(0, law.limit - behind)
        more = max(0, seconds - 1) // law.limit
        rest = (law.second if part else law.whole) + more * law.whole
        seconds -= more * law.limit
        behind, part, pauses = 0, 0, pauses + 1 + more
    return rest, Wheel(behind + seconds, part, pauses)


@inlined
def waited(wheel: Wheel, wait: int, law: Law) -> Wheel:
    """How he sits after waiting: that was a break, or the first part of one, if it was long enough."""
    if wait >= (law.second if wheel.part else law.whole):
        return Wheel(0, 0, wheel.pauses)
    if wait >= law.first:
        return Wheel(wheel.driven, 1, wheel.pauses)
    return wheel


@inlined
def advance(
    tasks: Ints, windows: Ints, seconds: Ints, bounds: Ints, both: Both, rest: Rest, leg: int, origin: int, to: int,
    call: Call,
) -> Both:  # fmt: skip
    """One leg (`to` −1: none; `leg`: its seconds without the break) and the call at its end, on both ways; as
    `domain.timing.advance`."""
    here = driven(both.free, leg)
    free = called(tasks, windows, call, here, here.time + leg, here.time + leg)
    if rest.duration < 0:
        return Both(free, both.taken, False, NEVER)
    taken, done, moment = both.taken, both.done, NEVER
    stays = Call(call.task, call.service, call.floor, False)
    if done:
        more = leg_at(seconds, bounds, origin, to, taken.time)
        ready = taken.time + more
        taken = called(tasks, windows, stays, driven(taken, more), ready, ready)
    at = max(here.time, rest.first)
    if at <= rest.latest:
        arrive, ready = after_break(here.time, leg, at, rest.duration)
        fresh = called(tasks, windows, stays, here, arrive, ready)
        if not done or sooner(fresh, taken):
            taken, done, moment = fresh, True, at
    return Both(free, taken, done, moment)


@inlined
def rolled(tasks: Ints, windows: Ints, way: Way, wheel: Wheel, law: Law, leg: int, call: Call) -> tuple[Way, Wheel]:
    """One leg and the call at its end with breaks by driving time; as `domain.course`. Waiting is rest, unless he
    rather leaves later."""
    pauses = wheel.pauses
    rest, wheel = at_wheel(wheel, leg, law)
    ready = way.time + leg + rest
    slides = call.slides and wheel.pauses == pauses
    way = called(tasks, windows, Call(call.task, call.service, call.floor, slides), driven(way, leg), ready, ready)
    if slides:
        return way, wheel
    if call.task >= 0:
        ready = max(ready, call.floor)
    return way, waited(wheel, way.time - call.service - ready, law)


@inlined
def rest_of(vans: Ints, van: int) -> Rest:
    return Rest(vans[van, V_REST_LONG], vans[van, V_REST_FIRST], vans[van, V_REST_LATEST])


@inlined
def law_of(vans: Ints, van: int) -> Law:
    return Law(
        vans[van, V_DRIVING] > 0,
        vans[van, V_DRIVE_LIMIT],
        vans[van, V_DRIVE_WHOLE],
        vans[van, V_DRIVE_FIRST],
        vans[van, V_DRIVE_SECOND],
    )


@inlined
def behind_head(vans: Ints, van: int) -> Both:
    """A driver behind his head, on both ways."""
    free = Way(vans[van, V_LEAVE], 0, 0, vans[van, V_HEAD_LATE], 0, vans[van, V_PAID], 0, 0, 0, 0)
    taken = Way(
        vans[van, V_RESTED], vans[van, V_RESTED_LATE], 0, vans[van, V_HEAD_LATE], 0, vans[van, V_PAID],
        vans[van, V_RESTED_S], 0, 0, 0,
    )  # fmt: skip
    return Both(free, taken, vans[van, V_RESTED] < NEVER, NEVER)


@inlined
def leaving(both: Both, at: int) -> Both:
    """A driver who begins his day with leaving at `at`."""
    w = both.free
    free = Way(at, w.late, w.hard, w.cents, w.wait, at, w.drive, w.leg, w.far, w.stable)
    return Both(free, both.taken, both.done, both.moment)


@inlined
def over(vans: Ints, van: int, peak_0: int, peak_1: int, peak_2: int) -> bool:
    """Whether more is on board than the van takes."""
    return peak_0 > vans[van, V_LIMIT_0] or peak_1 > vans[van, V_LIMIT_1] or peak_2 > vans[van, V_LIMIT_2]


@inlined
def comes_before(seq: Ints, first: int, k: int, task: int) -> bool:
    """Whether a task stands before index `k`, from index `first` on."""
    for other in range(first, k):
        if seq[other] == task:
            return True
    return False


@inlined
def is_aboard(seq: Ints, first: int, k: int, tasks: Ints, onward: bool) -> bool:
    """Whether the goods of stop `k` came on board on its tour, which began with stop `first`, or, if `onward`, with
    the head."""
    pick = tasks[seq[k], T_PICK]
    if pick == -1:
        return False
    return (pick == -3 and onward) or (pick >= 0 and comes_before(seq, first, k, pick))


@inlined
def goods(seq: Ints, n: int, k: int, tasks: Ints, aboard: bool) -> Goods:
    i = seq[k]
    brings_0, brings_1, brings_2 = tasks[i, T_DELIVER_0], tasks[i, T_DELIVER_1], tasks[i, T_DELIVER_2]
    more_0, more_1, more_2 = tasks[i, T_CHANGE_0], tasks[i, T_CHANGE_1], tasks[i, T_CHANGE_2]
    if tasks[i, T_GIVES] > 0:
        for other in range(k + 1, n):
            to = seq[other]
            if tasks[to, T_PICK] == i:
                more_0 += tasks[to, T_DELIVER_0]
                more_1 += tasks[to, T_DELIVER_1]
                more_2 += tasks[to, T_DELIVER_2]
    if aboard:
        return Goods(0, 0, 0, more_0 - brings_0, more_1 - brings_1, more_2 - brings_2)
    return Goods(brings_0, brings_1, brings_2, more_0, more_1, more_2)


@inlined
def tour_of(
    seq: Ints, n: int, first: int, tasks: Ints, vans: Ints, van: int, avail: int, onward: bool, more: bool
) -> Tour:
    """The tour that begins with stop `first` at `avail`, or, if `onward`, goes on with it behind the head.

    `more`: another one may follow. It waits for what is to come along, unless it has left.
    """
    limit_0, limit_1, limit_2 = vans[van, V_LIMIT_0], vans[van, V_LIMIT_1], vans[van, V_LIMIT_2]
    peak_0 = peak_1 = peak_2 = load_0 = load_1 = load_2 = kinds = apart = pairs = 0
    base, began, out = avail, False, False
    if onward:
        peak_0, peak_1, peak_2 = vans[van, V_PEAK_0], vans[van, V_PEAK_1], vans[van, V_PEAK_2]
        load_0, load_1, load_2 = vans[van, V_LOAD_0], vans[van, V_LOAD_1], vans[van, V_LOAD_2]
        kinds, began, out = vans[van, V_HEAD_GOODS], vans[van, V_HEAD] > 0, vans[van, V_OUT] > 0
        base = vans[van, V_BASE]
    patience = 0 if out else TOUR_WAIT
    end = first
    while end < n:
        i = seq[end]
        aboard = is_aboard(seq, first, end, tasks, onward)
        brings_0, brings_1, brings_2, more_0, more_1, more_2 = goods(seq, n, end, tasks, aboard)
        load_0, load_1, load_2 = load_0 + more_0, load_1 + more_1, load_2 + more_2
        most_0, most_1, most_2 = (
            max(peak_0 + brings_0, load_0), max(peak_1 + brings_1, load_1), max(peak_2 + brings_2, load_2)
        )  # fmt: skip
        release = tasks[i, T_RELEASE]
        full = most_0 > limit_0 or most_1 > limit_1 or most_2 > limit_2
        if more and began and (full or release - base > patience):
            break
        if not out and release > base:
            base = release
        peak_0, peak_1, peak_2 = most_0, most_1, most_2
        if tasks[i, T_APART] & kinds:
            apart += 1
        kinds |= tasks[i, T_GOODS]
        pick = tasks[i, T_PICK]
        if pick == -2 or (pick >= 0 and not comes_before(seq, 0, end, pick)):
            pairs += 1
        began = True
        end += 1
    return Tour(end, base, peak_0, peak_1, peak_2, apart, pairs)
