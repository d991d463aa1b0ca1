"""The compiled twin of `domain.schedule`: one route, driven behind its head. A property test holds it to that.

`walk` tells the sums and what is broken, `trace` also every visit, break and reload. Both go once over the route on
two ways, as `timing.advance` does: without the break so far, and with it behind, so that the break lies where the
rest gets least late, then soonest finished. `trace` then drives the better way once more and writes it down.
Nothing is allocated; all is integers.
"""

from __future__ import annotations

from dispatch_console.optimiser.core.compile import Ints, compiled, inlined
from dispatch_console.optimiser.core.fields import *
from dispatch_console.optimiser.core.steps import *

#: Columns of what `trace` writes: visits, breaks, reloads.
W_ARRIVE, W_BEGIN, W_DEPART, W_LATE, W_DRIVE_S, W_DRIVE_M, W_LOAD_0, W_LOAD_1, W_LOAD_2, W_FIELDS = range(10)
P_BEGIN, P_END, P_BEFORE, P_FIELDS = range(4)
R_ARRIVE, R_DEPART, R_BEFORE, R_FIELDS = range(4)

#: The way `_pass` found: whether it holds; where the break lies (visit, leg to it, moment; visit −1: none).
_Found = tuple[bool, int, int, int]


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
    holds, _, _, _ = _pass(
        seq, n, van, tasks, windows, vans, seconds, bounds, metres, dear, out, strict, windows, False
    )
    return holds


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
        if leg >= FAR:
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
    out[O_SOFT] = soft
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


@inlined
def _over(vans: Ints, van: int, tour: Tour) -> bool:
    return (
        tour.peak_0 > vans[van, V_LIMIT_0]
        or tour.peak_1 > vans[van, V_LIMIT_1]
        or tour.peak_2 > vans[van, V_LIMIT_2]
    )


@compiled
def _pass(
    seq: Ints, n: int, van: int, tasks: Ints, windows: Ints, vans: Ints, seconds: Ints, bounds: Ints, metres: Ints,
    dear: Ints, out: Ints, strict: bool, cuts: Ints, keeps: bool,
) -> _Found:  # fmt: skip
    """The whole walk. `keeps`: write into `cuts` before which stop a reload lies, and its earliest beginning."""
    rest, law = rest_of(vans, van), law_of(vans, van)
    wheeled, wheel = vans[van, V_DRIVING] > 0, Wheel(vans[van, V_DRIVEN], vans[van, V_PART], 0)
    both = behind_head(vans, van)
    slides = vans[van, V_HEAD] == 0 and vans[van, V_OUT] == 0
    floor = vans[van, V_FLOOR]
    visit, onto, moment = -1, 0, 0
    here, parked, before = vans[van, V_START], vans[van, V_PARKED], -2
    length = service = soft = stable = reloads = 0
    tour = tour_of(seq, n, 0, tasks, vans, van, both.free.time, True, vans[van, V_TOURS] > 1)
    if slides:
        both = Both(leaving(both.free, tour.base), both.taken, both.done, NEVER)
    peak_0, peak_1, peak_2, apart, pairs = tour.peak_0, tour.peak_1, tour.peak_2, tour.apart, tour.pairs
    k = 0
    while True:
        if strict and (apart > 0 or pairs > 0 or _over(vans, van, tour)):
            return False, -1, 0, 0
        while k < tour.end:
            i = seq[k]
            at = tasks[i, T_AT]
            call = Call(i, service_of(tasks, i, parked), max(floor, tasks[i, T_FLOOR]), slides)
            if wheeled:
                leg = leg_at(seconds, bounds, here, at, both.free.time)
                way, wheel = rolled(tasks, windows, both.free, wheel, law, leg, call)
                both = Both(way, both.taken, False, NEVER)
            else:
                both = advance(tasks, windows, seconds, bounds, both, rest, here, at, call)
                if both.moment < NEVER:
                    visit, onto, moment = k, 1, both.moment
            if strict and both.free.hard > 0 and (not both.done or both.taken.hard > 0):
                return False, -1, 0, 0
            length += metres[here, at]
            service += call.service
            if dear.shape[0] > 0:
                soft += dear[i, van]
            if tasks[i, T_HOME] >= 0 and tasks[i, T_HOME] != van:
                stable += tasks[i, T_AWAY]
            if tasks[i, T_PRIOR] != -1 and tasks[i, T_PRIOR] != before:
                stable += tasks[i, T_MOVED]
            here, parked, before, slides, floor = at, at, i, False, ALWAYS
            k += 1
        if k >= n:
            break
        at = vans[van, V_DEPOT]
        leg = leg_at(seconds, bounds, here, at, both.free.time)
        avail = both.free.time + leg + vans[van, V_RELOAD]
        if wheeled:
            avail += at_wheel(wheel, leg, law)[0]
        tour = tour_of(seq, n, k, tasks, vans, van, avail, False, reloads + 2 < vans[van, V_TOURS])
        call = Call(-1, vans[van, V_RELOAD], tour.base - vans[van, V_RELOAD], False)
        if wheeled:
            way, wheel = rolled(tasks, windows, both.free, wheel, law, leg, call)
            both = Both(way, both.taken, False, NEVER)
        else:
            both = advance(tasks, windows, seconds, bounds, both, rest, here, at, call)
            if both.moment < NEVER:
                visit, onto, moment = k, 0, both.moment
        if keeps:
            cuts[reloads, R_BEFORE], cuts[reloads, R_DEPART] = k, call.floor
        length += metres[here, at]
        here, parked, slides = at, -1, False
        reloads += 1
        peak_0, peak_1, peak_2 = max(peak_0, tour.peak_0), max(peak_1, tour.peak_1), max(peak_2, tour.peak_2)
        apart, pairs = apart + tour.apart, pairs + tour.pairs
    at = vans[van, V_END] if n + vans[van, V_HEAD] > 0 else -1
    call = Call(-1, 0, ALWAYS, False)
    if not wheeled:
        both = advance(tasks, windows, seconds, bounds, both, rest, here, at, call)
        if both.moment < NEVER:
            visit, onto, moment = n, 1, both.moment
    elif at >= 0:
        leg = leg_at(seconds, bounds, here, at, both.free.time)
        way, wheel = rolled(tasks, windows, both.free, wheel, law, leg, call)
        both = Both(way, both.taken, False, NEVER)
    if at >= 0:
        length += metres[here, at]
    way, due = both.free, rest.duration >= 0 and both.free.time > rest.latest
    if due and both.done:
        way = both.taken
    out[:] = 0
    out[O_START], out[O_END], out[O_DRIVE_S], out[O_DRIVE_M] = way.start, way.time, way.drive, length
    out[O_SERVICE], out[O_WAIT], out[O_LATE], out[O_WINDOW] = service, way.wait, way.late, way.hard
    out[O_SOFT], out[O_STABLE], out[O_TOURS] = soft, stable + way.stable, reloads
    out[O_LOAD_0], out[O_LOAD_1], out[O_LOAD_2] = peak_0, peak_1, peak_2
    out[O_PAIR], out[O_APART], out[O_FAR] = pairs, apart, way.far
    if due and not both.done:
        out[O_BREAK] = 1
    if not due or not both.done:
        visit = -1
    elif visit < 0:
        visit = -2
    out[O_PAUSES] = wheel.pauses + (1 if visit >= 0 else 0)
    return _settled(n, van, vans, out, way.cents), visit, onto, moment


@compiled
def trace(
    seq: Ints, n: int, van: int, tasks: Ints, windows: Ints, vans: Ints, seconds: Ints, bounds: Ints, metres: Ints,
    dear: Ints, visits: Ints, pauses: Ints, reloads: Ints, out: Ints,
) -> bool:  # fmt: skip
    """As `walk`, not strict, and fill `visits` (n rows, fields `W_…`), `pauses` (`P_…`) and `reloads` (`R_…`).

    `out[O_PAUSES]` and `out[O_TOURS]` say how many of them there are. There must be room for n + 1 reloads; of
    pauses, those that find no room are left out.
    """
    holds, visit, onto, moment = _pass(
        seq, n, van, tasks, windows, vans, seconds, bounds, metres, dear, out, False, reloads, True
    )
    _tell(
        seq, n, van, tasks, windows, vans, seconds, bounds, metres, visits, pauses, reloads, out[O_TOURS],
        visit, onto, moment,
    )  # fmt: skip
    return holds


@inlined
def _arrived(
    time: int, leg: int, wheel: Wheel, law: Law, wheeled: bool, rest: Rest, moment: int, pauses: Ints, told: int,
    k: int,
) -> tuple[int, int, Wheel, int]:  # fmt: skip
    """(arrival, ready, at the wheel then, breaks written down) of a leg to visit `k` that is begun at `time`.

    `moment`: when the break in a window begins on it; `NEVER`: not on this leg.
    """
    if moment < NEVER:
        arrive, ready = after_break(time, leg, moment, rest.duration)
        return arrive, ready, wheel, _paused(pauses, told, moment, moment + rest.duration, k)
    if not wheeled:
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
    visits: Ints, pauses: Ints, reloads: Ints, tours: int, visit: int, onto: int, moment: int,
) -> None:  # fmt: skip
    """Drive the way that `_pass` found once more, and write it down."""
    rest, law, wheeled = rest_of(vans, van), law_of(vans, van), vans[van, V_DRIVING] > 0
    wheel = Wheel(vans[van, V_DRIVEN], vans[van, V_PART], 0)
    way = behind_head(vans, van).taken if visit == -2 else behind_head(vans, van).free
    slides = vans[van, V_HEAD] == 0 and vans[van, V_OUT] == 0
    if slides:
        first = tour_of(seq, n, 0, tasks, vans, van, way.time, True, vans[van, V_TOURS] > 1)
        way = leaving(way, first.base)
    here, parked, floor, told, r = vans[van, V_START], vans[van, V_PARKED], vans[van, V_FLOOR], 0, 0
    for k in range(n + 1):
        length = 0
        if r < tours and reloads[r, R_BEFORE] == k:
            at = vans[van, V_DEPOT]
            leg = leg_at(seconds, bounds, here, at, way.time)
            pause = moment if visit == k and onto == 0 else NEVER
            arrive, ready, wheel, told = _arrived(
                way.time, leg, wheel, law, wheeled, rest, pause, pauses, told, k
            )  # fmt: skip
            call = Call(-1, vans[van, V_RELOAD], reloads[r, R_DEPART], False)
            way = called(tasks, windows, call, driven(way, leg), arrive, ready, False)
            if wheeled:
                wheel = waited(wheel, way.time - call.service - ready, law)
            reloads[r, R_ARRIVE], reloads[r, R_DEPART] = arrive, way.time
            length = metres[here, at]
            here, parked, r = at, -1, r + 1
        if k == n and vans[van, V_END] < 0:
            break
        at = vans[van, V_END] if k == n else tasks[seq[k], T_AT]
        leg = leg_at(seconds, bounds, here, at, way.time)
        pause, pauses_before = moment if visit == k and onto == 1 else NEVER, told
        arrive, ready, wheel, told = _arrived(way.time, leg, wheel, law, wheeled, rest, pause, pauses, told, k)
        if k == n:
            break
        i = seq[k]
        call = Call(
            i, service_of(tasks, i, parked), max(floor, tasks[i, T_FLOOR]), slides and told == pauses_before
        )
        before = driven(way, leg)
        way = called(tasks, windows, call, before, arrive, ready, call.slides)
        begin = way.time - call.service
        if wheeled and not call.slides:
            wheel = waited(wheel, begin - max(ready, call.floor), law)
        visits[k, W_ARRIVE] = begin - (way.wait - before.wait)
        visits[k, W_BEGIN], visits[k, W_DEPART] = begin, way.time
        visits[k, W_LATE], visits[k, W_DRIVE_S] = way.late - before.late, before.leg
        visits[k, W_DRIVE_M] = length + metres[here, at]
        here, parked, slides, floor = at, at, False, ALWAYS
    _weigh(seq, n, van, tasks, vans, visits, reloads, tours)


@compiled
def _weigh(seq: Ints, n: int, van: int, tasks: Ints, vans: Ints, visits: Ints, reloads: Ints, tours: int) -> None:
    """Write down what is on board after each visit."""
    for measure in range(3):
        load, first, onward, r = vans[van, V_LOAD_0 + measure], 0, True, 0
        while True:
            end = reloads[r, R_BEFORE] if r < tours else n
            for k in range(first, end):
                load += goods(seq, n, k, tasks, measure, is_aboard(seq, first, k, tasks, onward))[0]
            for k in range(first, end):
                brings, more = goods(seq, n, k, tasks, measure, is_aboard(seq, first, k, tasks, onward))
                load += more - brings
                visits[k, W_LOAD_0 + measure] = load
            if r == tours:
                break
            load, first, onward, r = 0, end, False, r + 1
