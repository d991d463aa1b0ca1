"""The compiled twin of `domain.schedule`: one route, driven behind its head. A property test holds it to that.

`walk` tells the sums and what is broken, `trace` also every visit, break and reload. Both go once over the route on
two ways, as `timing.advance` does: without the break so far, and with it behind, so that the break lies where the
rest gets least late, then soonest finished. `trace` then drives the better way once more and writes it down.
Nothing is allocated; all is integers.
"""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.optimiser.core.compile import Ints, compiled, inlined
from dispatch_console.optimiser.core.fields import *
from dispatch_console.optimiser.core.steps import *

#: Columns of what `trace` writes: visits, breaks, reloads.
W_ARRIVE, W_BEGIN, W_DEPART, W_LATE, W_DRIVE_S, W_DRIVE_M, W_LOAD_0, W_LOAD_1, W_LOAD_2, W_FIELDS = range(10)
P_BEGIN, P_END, P_BEFORE, P_FIELDS = range(4)
R_ARRIVE, R_DEPART, R_BEFORE, R_FIELDS = range(4)


class _Found(NamedTuple):
    """The way that `_pass` found: whether it holds, when he leaves for it, and when the break begins: before which
    visit (−1: he has none, −2: it was in the head), on which leg there (0: to the depot, 1: to the visit)."""

    holds: bool
    leaves: int
    visit: int
    leg: int
    moment: int


@compiled
def walk(
    seq: Ints, n: int, van: int, tasks: Ints, windows: Ints, vans: Ints, seconds: Ints, bounds: Ints, metres: Ints,
    dear: Ints, out: Ints, strict: bool,
) -> bool:  # fmt: skip
    """Drive the tasks `seq[:n]` with a van behind its head; fill `out` (fields `O_…`). Whether no rule is broken.

    `strict`: leave at the first broken rule, with `out` half filled. Else `out` holds the amounts of all of them.
    """
    if vans[van, V_PLAIN] > 0:
        return _plain(seq, n, van, tasks, vans, seconds, metres, dear, out, strict)
    found = _pass(seq, n, van, tasks, windows, vans, seconds, bounds, metres, dear, out, strict, windows, n < 0)
    return found.holds


@inlined
def _plain(
    seq: Ints, n: int, van: int, tasks: Ints, vans: Ints, seconds: Ints, metres: Ints, dear: Ints, out: Ints,
    strict: bool,
) -> bool:  # fmt: skip
    """As `_pass`, for vans to which nothing matters but single hard windows, capacities and sums."""
    here, time, start = vans[van, V_START], vans[van, V_LEAVE], vans[van, V_PAID]
    floor, slides = vans[van, V_FLOOR], vans[van, V_HEAD] == 0 and vans[van, V_OUT] == 0
    drive = length = service = wait = late = soft = far = 0
    peak_0, peak_1, peak_2 = vans[van, V_PEAK_0], vans[van, V_PEAK_1], vans[van, V_PEAK_2]
    load_0, load_1, load_2 = vans[van, V_LOAD_0], vans[van, V_LOAD_1], vans[van, V_LOAD_2]
    for k in range(n):
        i = seq[k]
        at = tasks[i, T_AT]
        leg = seconds[0, here, at] + 0
        length += metres[here, at]
        drive += leg
        if leg >= NO_WAY:
            far += 1
        arrive = time + leg
        if arrive < floor:
            arrive = floor
        begin = arrive
        if arrive > tasks[i, T_CLOSES]:
            if strict:
                return False
            late += arrive - tasks[i, T_CLOSES]
        elif begin < tasks[i, T_OPENS]:
            begin = tasks[i, T_OPENS]
        if slides:
            start += begin - arrive
        else:
            wait += begin - arrive
        time = begin + tasks[i, T_SERVICE]
        service += tasks[i, T_SERVICE]
        here, slides, floor = at, False, ALWAYS
        peak_0 = max(peak_0 + tasks[i, T_DELIVER_0], load_0 + tasks[i, T_CHANGE_0])
        peak_1 = max(peak_1 + tasks[i, T_DELIVER_1], load_1 + tasks[i, T_CHANGE_1])
        peak_2 = max(peak_2 + tasks[i, T_DELIVER_2], load_2 + tasks[i, T_CHANGE_2])
        load_0 += tasks[i, T_CHANGE_0]
        load_1 += tasks[i, T_CHANGE_1]
        load_2 += tasks[i, T_CHANGE_2]
        if dear.shape[0] > 0:
            soft += dear[i, van]
    end = vans[van, V_END]
    if end >= 0 and n + vans[van, V_HEAD] > 0:
        leg = seconds[0, here, end] + 0
        drive += leg
        time += leg
        length += metres[here, end]
    out[:] = 0
    out[O_START], out[O_END], out[O_DRIVE_S], out[O_DRIVE_M] = start, time, drive, length
    out[O_SERVICE], out[O_WAIT], out[O_LATE], out[O_WINDOW], out[O_FAR] = service, wait, late, late, far
    out[O_LOAD_0], out[O_LOAD_1], out[O_LOAD_2] = peak_0, peak_1, peak_2
    out[O_SOFT], out[O_REST_BEFORE] = soft, -1
    return _settled(n, van, vans, out, 0)


@inlined
def _settled(n: int, van: int, vans: Ints, out: Ints, cents: int) -> bool:
    """Make what `out` says behind the head, with most on board in `O_LOAD_…`, say what `walk` tells.

    `cents`: what lateness costs. The result is whether all amounts of broken rules are 0.
    """
    stops = n + vans[van, V_HEAD]
    out[O_DRIVE_S] += vans[van, V_HEAD_S]
    out[O_DRIVE_M] += vans[van, V_HEAD_M]
    if stops == 0:
        out[:] = 0
        out[O_START] = out[O_END] = vans[van, V_PAID]
        return True
    end, metres = out[O_END], out[O_DRIVE_M]
    paid = end - out[O_START]
    over = max(0, end - vans[van, V_OVER_FROM])
    out[O_COST] = (
        vans[van, V_FIXED]
        + (vans[van, V_HOUR] * paid + 1800) // 3600
        + (vans[van, V_KM] * metres + 500) // 1000
        + (vans[van, V_OVER_RATE] * over + 1800) // 3600
        + cents
    )
    out[O_SOFT] += (
        vans[van, V_HEAD_SOFT]
        + (vans[van, V_BAL_HOURS] * paid * paid + 6480000) // 12960000
        + vans[van, V_BAL_STOPS] * stops * stops
    )
    for measure in range(3):
        out[O_LOAD_0 + measure] = max(0, out[O_LOAD_0 + measure] - vans[van, V_LIMIT_0 + measure])
    out[O_STOPS] = max(0, n - vans[van, V_MOST_STOPS])
    out[O_SHIFT] = max(0, end - vans[van, V_SHIFT_END])
    out[O_DRIVING] = max(0, out[O_DRIVE_S] - vans[van, V_MOST_S])
    out[O_DISTANCE] = max(0, metres - vans[van, V_MOST_M])
    broken = out[O_FAR]
    for field in range(O_LOAD_0, O_APART + 1):
        broken += out[field]
    return broken == 0


@compiled
def _pass(
    seq: Ints, n: int, van: int, tasks: Ints, windows: Ints, vans: Ints, seconds: Ints, bounds: Ints, metres: Ints,
    dear: Ints, out: Ints, strict: bool, cuts: Ints, keeps: bool,
) -> _Found:  # fmt: skip
    """The whole walk, one call after another: stops, reloads, the end.

    `keeps`: write into `cuts` before which stop a reload lies, and its earliest beginning.
    """
    rest, law, both = rest_of(vans, van), law_of(vans, van), behind_head(vans, van)
    slides, floor = vans[van, V_HEAD] == 0 and vans[van, V_OUT] == 0, vans[van, V_FLOOR]
    wheel = Wheel(vans[van, V_DRIVEN], vans[van, V_PART], 0)
    here, parked, before = vans[van, V_START], vans[van, V_PARKED], -2
    visit, onto, moment = -1, 0, 0
    length = service = soft = stable = pairs = apart = peak_0 = peak_1 = peak_2 = 0
    k, reloads, tour_end, leaves = 0, -1, 0, vans[van, V_LEAVE]
    while True:
        i, at = -1, vans[van, V_DEPOT]
        if k < tour_end:
            i = seq[k] + 0
            at = tasks[i, T_AT]
            call = Call(i, service_of(tasks, i, parked), max(floor, tasks[i, T_FLOOR]), slides)
        elif k < n or reloads < 0:
            avail = both.free.time
            if reloads >= 0:
                leg = leg_at(seconds, bounds, here, at, avail)
                avail += leg + (at_wheel(wheel, leg, law)[0] if law.counts else 0) + vans[van, V_RELOAD]
            tour = tour_of(seq, n, k + 0, tasks, vans, van, avail, reloads < 0, reloads + 2 < vans[van, V_TOURS])
            tour_end, pairs, apart = tour.end, pairs + tour.pairs, apart + tour.apart
            peak_0, peak_1, peak_2 = max(peak_0, tour.peak_0), max(peak_1, tour.peak_1), max(peak_2, tour.peak_2)
            if strict and (pairs + apart > 0 or over(vans, van, peak_0, peak_1, peak_2)):
                return _Found(False, 0, -1, 0, 0)
            reloads += 1
            if reloads == 0:
                if slides:
                    both, leaves = leaving(both, tour.base), tour.base
                continue
            call = Call(i, vans[van, V_RELOAD], tour.base - vans[van, V_RELOAD], False)
            if keeps:
                cuts[reloads - 1, R_BEFORE], cuts[reloads - 1, R_DEPART] = k, call.floor
        else:
            at = vans[van, V_END] if n + vans[van, V_HEAD] > 0 else -1
            call = Call(i, 0, ALWAYS, False)
        leg = leg_at(seconds, bounds, here, at, both.free.time)
        if not law.counts:
            both = advance(tasks, windows, seconds, bounds, both, rest, leg, here, at, call)
            if both.moment < NEVER:
                visit, onto, moment = k, 0 if i < 0 and k < n else 1, both.moment
        elif at >= 0:
            way, wheel = rolled(tasks, windows, both.free, wheel, law, leg, call)
            both = Both(way, both.taken, False, NEVER)
        if at >= 0:
            length += metres[here, at]
        if i < 0 and k >= n:
            break
        here, parked, slides = at, at if i >= 0 else -1, False
        if i < 0:
            continue
        if strict and both.free.hard > 0 and (not both.done or both.taken.hard > 0):
            return _Found(False, 0, -1, 0, 0)
        service += call.service
        soft += dear[i, van] if dear.shape[0] > 0 else 0
        if tasks[i, T_HOME] >= 0 and tasks[i, T_HOME] != van:
            stable += tasks[i, T_AWAY]
        if tasks[i, T_PRIOR] != -1 and tasks[i, T_PRIOR] != before:
            stable += tasks[i, T_MOVED]
        before, floor = i, ALWAYS
        k += 1
    due = rest.duration >= 0 and both.free.time > rest.latest
    way = both.taken if due and both.done else both.free
    out[:] = 0
    out[O_START], out[O_END], out[O_DRIVE_S], out[O_DRIVE_M] = way.start, way.time, way.drive, length
    out[O_SERVICE], out[O_WAIT], out[O_LATE], out[O_WINDOW] = service, way.wait, way.late, way.hard
    out[O_SOFT], out[O_STABLE], out[O_TOURS] = soft, stable + way.stable, reloads
    out[O_LOAD_0], out[O_LOAD_1], out[O_LOAD_2] = peak_0, peak_1, peak_2
    out[O_PAIR], out[O_APART], out[O_FAR], out[O_BREAK] = pairs, apart, way.far, 1 if due and not both.done else 0
    if not due or not both.done:
        visit = -1
    elif visit < 0:
        visit = -2
    out[O_PAUSES] = wheel.pauses + (1 if visit >= 0 else 0)
    out[O_REST_BEFORE], out[O_REST_AT] = visit, moment
    return _Found(_settled(n, van, vans, out, way.cents), leaves, visit, onto, moment)


@compiled
def trace(
    seq: Ints, n: int, van: int, tasks: Ints, windows: Ints, vans: Ints, seconds: Ints, bounds: Ints, metres: Ints,
    dear: Ints, visits: Ints, pauses: Ints, reloads: Ints, out: Ints,
) -> bool:  # fmt: skip
    """As `walk`, not strict, and fill `visits` (n rows, fields `W_…`), `pauses` (`P_…`) and `reloads` (`R_…`).

    `out[O_PAUSES]` and `out[O_TOURS]` say how many of them there are. There must be room for n + 1 reloads; of
    pauses, those that find no room are left out.
    """
    found = _pass(seq, n, van, tasks, windows, vans, seconds, bounds, metres, dear, out, n < 0, reloads, n >= 0)
    _tell(
        seq, n, van, tasks, windows, vans, seconds, bounds, metres, visits, pauses, reloads, out[O_TOURS], found
    )  # fmt: skip
    return found.holds


@inlined
def _arrived(
    time: int, leg: int, wheel: Wheel, law: Law, rest: Rest, moment: int, pauses: Ints, told: int,
    k: int,
) -> tuple[int, int, Wheel, int]:  # fmt: skip
    """(arrival, ready, at the wheel then, breaks written down) of a leg to visit `k` that is begun at `time`.

    `moment`: when the break in a window begins on it; `NEVER`: not on this leg.
    """
    if moment < NEVER:
        arrive, ready = after_break(time, leg, moment, rest.duration)
        return arrive, ready, wheel, _paused(pauses, told, moment, moment + rest.duration, k)
    if not law.counts:
        return time + leg, time + leg, wheel, told
    after = at_wheel(wheel, leg, law)[1]
    behind, part = wheel.driven, wheel.part
    for _ in range(after.pauses - wheel.pauses):
        piece = max(0, law.limit - behind)
        time, leg = time + piece, leg - piece
        long = law.second if part > 0 else law.whole
        told = _paused(pauses, told, time, time + long, k)
        time, behind, part = time + long, 0, 0
    return time + leg, time + leg, after, told


@inlined
def _paused(pauses: Ints, told: int, begin: int, end: int, before: int) -> int:
    if told < pauses.shape[0]:
        pauses[told, P_BEGIN], pauses[told, P_END], pauses[told, P_BEFORE] = begin, end, before
    return told + 1


@compiled
def _tell(
    seq: Ints, n: int, van: int, tasks: Ints, windows: Ints, vans: Ints, seconds: Ints, bounds: Ints, metres: Ints,
    visits: Ints, pauses: Ints, reloads: Ints, tours: int, found: _Found,
) -> None:  # fmt: skip
    """Drive the way that `_pass` found once more, and write it down."""
    rest, law = rest_of(vans, van), law_of(vans, van)
    both, wheel = behind_head(vans, van), Wheel(vans[van, V_DRIVEN], vans[van, V_PART], 0)
    slides = vans[van, V_HEAD] == 0 and vans[van, V_OUT] == 0
    if slides:
        both = leaving(both, found.leaves)
    way = both.taken if found.visit == -2 else both.free
    slides = slides and found.visit != 0
    here, parked, floor, told, r = vans[van, V_START], vans[van, V_PARKED], vans[van, V_FLOOR], 0, 0
    for k in range(n + 1):
        length = 0
        if r < tours and reloads[r, R_BEFORE] == k:
            at = vans[van, V_DEPOT]
            leg = leg_at(seconds, bounds, here, at, way.time)
            pause = found.moment if found.visit == k and found.leg == 0 else NEVER
            arrive, ready, wheel, told = _arrived(
                way.time, leg, wheel, law, rest, pause, pauses, told, k
            )  # fmt: skip
            call = Call(-1, vans[van, V_RELOAD], reloads[r, R_DEPART], False)
            way = called(tasks, windows, call, driven(way, leg), arrive, ready)
            if law.counts:
                wheel = waited(wheel, way.time - call.service - ready, law)
            reloads[r, R_ARRIVE], reloads[r, R_DEPART] = arrive, way.time
            length = metres[here, at]
            here, parked, r = at, -1, r + 1
        if k == n and vans[van, V_END] < 0:
            break
        at = vans[van, V_END] if k == n else tasks[seq[k], T_AT]
        leg = leg_at(seconds, bounds, here, at, way.time)
        pause, before = found.moment if found.visit == k and found.leg == 1 else NEVER, told
        arrive, ready, wheel, told = _arrived(way.time, leg, wheel, law, rest, pause, pauses, told, k)
        if k == n:
            break
        i = seq[k] + 0
        call = Call(i, service_of(tasks, i, parked), max(floor, tasks[i, T_FLOOR]), slides and told == before)
        was = driven(way, leg)
        way = called(tasks, windows, call, was, arrive, ready)
        begin = way.time - call.service
        if law.counts and not call.slides:
            wheel = waited(wheel, begin - max(ready, call.floor), law)
        visits[k, W_ARRIVE] = begin - (way.wait - was.wait)
        visits[k, W_BEGIN], visits[k, W_DEPART] = begin, way.time
        visits[k, W_LATE], visits[k, W_DRIVE_S] = way.late - was.late, was.leg
        visits[k, W_DRIVE_M] = length + metres[here, at]
        here, parked, slides, floor = at, at, False, ALWAYS
    _weigh(seq, n, van, tasks, vans, visits, reloads, tours)


@compiled
def _weigh(seq: Ints, n: int, van: int, tasks: Ints, vans: Ints, visits: Ints, reloads: Ints, tours: int) -> None:
    """Write down what is on board after each visit."""
    load_0, load_1, load_2 = vans[van, V_LOAD_0], vans[van, V_LOAD_1], vans[van, V_LOAD_2]
    first, r = n - n, n - n
    while True:
        end = reloads[r, R_BEFORE] if r < tours else n
        for k in range(first, end):
            here = goods(seq, n, k, tasks, is_aboard(seq, first, k, tasks, r == 0))
            load_0, load_1, load_2 = load_0 + here.brings_0, load_1 + here.brings_1, load_2 + here.brings_2
        for k in range(first, end):
            here = goods(seq, n, k, tasks, is_aboard(seq, first, k, tasks, r == 0))
            load_0 += here.more_0 - here.brings_0
            load_1 += here.more_1 - here.brings_1
            load_2 += here.more_2 - here.brings_2
            visits[k, W_LOAD_0], visits[k, W_LOAD_1], visits[k, W_LOAD_2] = load_0, load_1, load_2
        if r == tours:
            break
        load_0, load_1, load_2, first, r = 0, 0, 0, end, r + 1
