"""`Problem` → what a compiled search reads and writes: neighbours, kinds of vans, the first state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import NamedTuple

import numpy as np

from dispatch_console.optimiser.core.compile import Ints
from dispatch_console.optimiser.core.fields import *
from dispatch_console.optimiser.core.frames import frame
from dispatch_console.optimiser.core.layout import Layout, lay_out, plain
from dispatch_console.optimiser.core.nearest import apart, mirrored, nearest
from dispatch_console.optimiser.core.place import BIDS
from dispatch_console.optimiser.core.plain import drive, holds
from dispatch_console.optimiser.core.state import *
from dispatch_console.optimiser.tasks import Problem, prize_of

#: Neighbours of a task: for taking out, and for putting in.
_NEAR, _CLOSE = 100, 40
#: Waiting counts so much beside driving where tasks are close to one another (after Vidal, "Hybrid genetic search
#: for the CVRP", Computers and Operations Research 140 (2022)); half of that among more than so many tasks.
_WAITING, _WAITING_MANY, _MANY = 0.2, 0.1, 250
#: Rows worked on at once, and how many entries they have at most: ten thousand tasks squared would not fit into
#: memory as floats, and between two bands of rows whoever wants to end the search is heard.
_ROWS, _ENTRIES = 256, 1_000_000
#: How often it is asked whether the search is over, in seconds.
_LOOK_S = 0.02
#: Rows and columns of a matrix that fit into the fast memory together.
_TILE = 64


def ground(problem: Problem, over: Callable[[], bool] = lambda: False) -> Ground:
    """All that stays the same during a search; who is near whom comes later (`with_neighbours`). Once it is `over`,
    nobody will search, and the way back is not looked at."""
    lay = lay_out(problem)
    groups = _groups(problem)
    quick = _quick(lay, groups)
    quick[:, Q_PRIZE] = [prize_of(task) for task in problem.tasks]
    fast = lay.seconds[0] if len(lay.seconds) == 1 else plain(problem.durations)
    same = _same(fast, lay.metres)
    alike = _mirrored(fast, over) and (same or _mirrored(lay.metres, over))
    none = np.full((len(lay.tasks), 1), -1, np.int32)
    return Ground(
        *lay,
        quick=quick,
        fast=fast,
        into_fast=fast if alike else _turned(fast, over),
        into_metres=lay.metres if alike else _turned(lay.metres, over),
        near=none,
        close=none,
        kinds=_table(_by_kind(lay.vans)),
        groups=_table(groups),
        sorts=_sorts(lay, quick, fast),
        flags=_flags(lay, quick),
    )


def _mirrored(matrix: Ints, over: Callable[[], bool]) -> bool:
    n = len(matrix)
    return all(over() or mirrored(matrix, _TILE, first, min(n, first + _ROWS)) for first in range(0, n, _ROWS))


def _turned(matrix: Ints, over: Callable[[], bool]) -> Ints:
    """The ways back: a copy, columns as rows."""
    turned = np.empty_like(matrix)
    for first in range(0, len(matrix), _ROWS):
        if over():
            return matrix
        turned[first : first + _ROWS] = matrix[:, first : first + _ROWS].T
    return turned


def _same(a: Ints, b: Ints) -> bool:
    return a.shape == b.shape and a.ctypes.data == b.ctypes.data


def _table(rows: Sequence[Sequence[int]]) -> Ints:
    """Rows of different lengths, −1 behind the last."""
    width = max((len(row) for row in rows), default=0)
    table = np.full((len(rows), max(1, width)), -1, np.int32)
    for k, row in enumerate(rows):
        table[k, : len(row)] = row
    return table


def _by_kind(vans: Ints) -> list[list[int]]:
    kinds: dict[int, list[int]] = {}
    for van, kind in enumerate(vans[:, V_KIND].tolist()):
        kinds.setdefault(kind, []).append(van)
    return list(kinds.values())


def _groups(problem: Problem) -> list[list[int]]:
    """What goes in one van together: a pickup and all that comes on board there. Held ones stay where they are."""
    groups: dict[int, list[int]] = {}
    for number, task in enumerate(problem.tasks):
        if task.pick >= 0:
            groups.setdefault(task.pick, [task.pick]).append(number)
    return [group for group in groups.values() if not any(problem.tasks[n].still for n in group)]


def _quick(lay: Layout, groups: list[list[int]]) -> Ints:
    """See `Q_…`: tasks as constant-time checks see them, never harder than they are."""
    tasks = lay.tasks
    quick = np.zeros((len(tasks), Q_FIELDS), np.int64)
    quick[:, Q_SERVICE] = np.maximum(0, tasks[:, T_SERVICE] - tasks[:, T_PARKING])
    soft = tasks[:, T_LATE] > 0  # of one whose window is inverted, coming late is what counts, not waiting
    opens = np.where(soft, np.minimum(tasks[:, T_OPENS], tasks[:, T_CLOSES] + 1), tasks[:, T_OPENS])
    quick[:, Q_OPENS] = np.clip(opens, -FAR, FAR - 1)
    quick[:, Q_CLOSES] = np.where(soft, FAR - 1, np.clip(tasks[:, T_CLOSES], -FAR, FAR - 1))
    quick[:, Q_WIN] = tasks[:, T_WIN]
    quick[:, Q_WINS] = np.where(soft, 1, tasks[:, T_WINS])
    alone = (tasks[:, T_PICK] == -1) & (tasks[:, T_GIVES] == 0)
    for measure in range(3):
        quick[:, Q_DELIVER_0 + measure] = np.where(alone, tasks[:, T_DELIVER_0 + measure], 0)
        quick[:, Q_CHANGE_0 + measure] = np.where(alone, tasks[:, T_CHANGE_0 + measure], 0)
    quick[:, Q_RANK], quick[:, Q_HELD] = tasks[:, T_RANK], tasks[:, T_HELD]
    quick[:, Q_HOME], quick[:, Q_AWAY] = tasks[:, T_HOME], tasks[:, T_AWAY]
    quick[:, Q_GROUP] = -1
    for number, group in enumerate(groups):
        quick[group, Q_GROUP] = number
    size = np.zeros(len(tasks))
    for measure in range(3):
        limits = lay.vans[:, V_LIMIT_0 + measure]
        limit = limits[limits < FAR].max(initial=0)
        goods = tasks[:, T_DELIVER_0 + measure] + tasks[:, T_CHANGE_0 + measure]
        size = np.maximum(size, goods / limit if limit > 0 else 0)
    quick[:, Q_SIZE] = np.clip(size, 0, 10_000) * 1_000_000
    return quick


def _flags(lay: Layout, quick: Ints) -> Ints:
    tasks, vans = lay.tasks, lay.vans
    flags = np.zeros(FLAGS, np.int64)
    flags[TIMED] = (tasks[:, T_WINS] > 0).any() or (vans[:, V_SHIFT_END] < FAR).any()
    flags[HOURLY] = (vans[:, V_HOUR] > 0).any()
    flags[TIMED] |= flags[HOURLY]
    flags[MIXED] = quick[:, Q_CHANGE_0 : Q_CHANGE_2 + 1].any() or (vans[:, V_HEAD] > 0).any()
    flags[RICH] = exact_vans(vans).any()
    flags[DEAR] = lay.dear.size > 0
    flags[USED] = flags[HOURLY] or (vans[:, V_FIXED] > 0).any()
    return flags


def exact_vans(vans: Ints) -> Ints:
    """1 for vans of which only a walk says whether and at what cost a route holds."""
    bounded = (vans[:, V_MOST_S] < FAR) | (vans[:, V_MOST_M] < FAR)
    priced = (vans[:, V_OVER_RATE] > 0) | (vans[:, V_BAL_HOURS] > 0) | (vans[:, V_BAL_STOPS] > 0)
    return ((vans[:, V_PLAIN] == 0) | bounded | priced).astype(np.int64)


def with_neighbours(g: Ground, over: Callable[[], bool], threads: int = 1) -> Ground:
    """`g` with who is near whom: some 0.02 s for 1,000 tasks, 2 s for 10,000. Leaves off when it is `over`."""
    if over():
        return g
    n = len(g.tasks)
    near = np.full((n, max(1, min(_NEAR, n))), -1, np.int32)
    close = np.full((n, max(1, min(_CLOSE, n - 1))), -1, np.int32)
    times = _Times(*(np.ascontiguousarray(g.quick[:, k]) for k in (Q_OPENS, Q_CLOSES, Q_SERVICE)))
    with ThreadPoolExecutor(threads) as pool:
        rows = max(1, min(_ROWS, _ENTRIES // max(1, n)))
        bands = [
            pool.submit(_look_around, g, times, first, min(n, first + rows), near, close)
            for first in range(0, n, rows)
        ]
        while wait(bands, timeout=_LOOK_S).not_done:
            if over():
                for band in bands:
                    band.cancel()
    for band in bands:
        if not band.cancelled():
            band.result()
    return g._replace(near=near, close=close)


class _Times(NamedTuple):
    """Of each task: when it opens and closes at the latest, and how long it takes."""

    opens: Ints
    closes: Ints
    service: Ints


def _look_around(g: Ground, times: _Times, first: int, last: int, near: Ints, close: Ints) -> None:
    """Fill in the rows of the tasks from `first` to before `last`."""
    n, at = len(near), g.tasks[:, T_AT]
    rows = np.arange(first, last)
    there = back = g.fast[np.ix_(at[rows], at)]
    if g.into_fast is not g.fast:
        back = g.into_fast[np.ix_(at[rows], at)]
    away = np.minimum(there, back)
    away[np.arange(len(rows)), rows] = -1
    near[rows] = _least(away, near.shape[1])
    if n < 2:
        return
    if not g.flags[TIMED]:
        close[rows] = near[rows, 1 : 1 + close.shape[1]]
        return
    away = np.empty(there.shape, np.int64)
    apart(there, back, *times, first, _WAITING if n <= _MANY else _WAITING_MANY, away)
    away[np.arange(len(rows)), rows] = NO_COST
    found = _least(away, close.shape[1])
    found[np.take_along_axis(away, found, 1) >= FAR] = -1
    close[rows] = found


def _least(away: Ints, most: int) -> Ints:
    """Columns of the `most` least entries of each row, least first."""
    found = np.zeros((len(away), most), np.int32)
    nearest(np.ascontiguousarray(away, np.int64), found, np.zeros(most, np.int64))
    return found


def _sorts(lay: Layout, quick: Ints, fast: Ints) -> Ints:
    """By size, far first, near first, narrow windows first, early opening, early closing."""
    sorts = np.zeros((len(lay.tasks), 6), np.int64)
    if not len(lay.vans):
        return sorts
    far = fast[lay.vans[0, V_START], lay.tasks[:, T_AT]].astype(np.int64)
    opens, closes = quick[:, Q_OPENS], quick[:, Q_CLOSES]
    sorts[:] = np.stack((-quick[:, Q_SIZE], -far, far, closes - opens, opens, closes), axis=1)
    return sorts


def stand(problem: Problem, g: Ground, seed: int, me: int = 0) -> Stand:
    """The state to begin with: the sequences of the problem as far as they hold, all other tasks missing."""
    n, vans = len(g.tasks), len(g.vans)
    nodes = np.zeros((n + 2 * vans, NODE_FIELDS), np.int32)
    routes = np.zeros((vans, ROUTE_FIELDS), np.int64)
    here = np.zeros(H_FIELDS, np.int64)
    nodes[:n, ROUTE], nodes[:n, AT] = -1, g.tasks[:, T_AT]
    number = np.arange(vans)
    nodes[n : n + vans, NEXT], nodes[n + vans :, PREV] = n + vans + number, n + number
    nodes[n : n + vans, ROUTE] = nodes[n + vans :, ROUTE] = number
    nodes[n : n + vans, AT], nodes[n + vans :, AT] = g.vans[:, V_START], g.vans[:, V_END]
    nodes[: n + vans, STAYS] = 0
    routes[:, OWNER], routes[:, EXACT], routes[:, TOUCHED] = me, exact_vans(g.vans), -1
    here[H_RANDOM] = (seed * 0x9E3779B97F4A7C15 + 0x2545F491) & ((1 << 62) - 1) | 1
    here[H_ME], here[H_BLINK], here[H_BEST_3], here[H_TURN] = me, 50, FAR, -1
    s = Stand(
        nodes=nodes,
        routes=routes,
        here=here,
        kept=np.zeros((n + 2 * vans, NODE_FIELDS + 1), np.int32),
        kept_routes=np.zeros((vans, ROUTE_FIELDS), np.int64),
        touched=np.zeros(max(1, vans), np.int64),
        out=np.zeros(n + 64, np.int32),
        keys=np.zeros(n + 64, np.int64),
        missing=np.zeros(n + 64, np.int32),
        free=np.zeros(max(1, n), np.int32),
        best=np.zeros(n + 2 * vans, np.int32),
        marks=np.zeros(n + 2 * vans, np.int32),
        bids=np.zeros((BIDS, 2), np.int64),
        seq=np.zeros(n + 64, np.int64),
        told=np.zeros(O_FIELDS, np.int64),
        frame=np.zeros((0, 4), np.int64),
    )
    s = framed(g, s)
    here[H_LOST_3 : H_LOST_0 + 1] = np.bincount(g.tasks[:, T_RANK], minlength=4)[3::-1]
    _load(problem, g, s)
    return s


def framed(g: Ground, s: Stand) -> Stand:
    """`s` with the frame for walks over its own arrays."""
    words = frame((s.seq, g.tasks, g.windows, g.vans, g.seconds, g.bounds, g.metres, g.dear, s.told))
    s.here[H_FRAME] = words.ctypes.data
    return s._replace(frame=words)


def _load(problem: Problem, g: Ground, s: Stand) -> None:
    """Put the sequences to begin with in, mark what stays, list what is missing and what may be taken out."""
    n = len(g.tasks)
    prized = g.quick[:, Q_PRIZE]
    s.here[H_COST] = int(prized.sum()) * CENT
    for number in np.flatnonzero(prized):
        s.here[H_LOST_0 - problem.tasks[number].rank] -= 1
    for van, vehicle in enumerate(problem.vehicles):
        _load_route(problem, g, s, van, vehicle.start)
    for van, vehicle in enumerate(problem.vehicles):
        seq = sequence(s, n, van)
        last = max((at for number, at in vehicle.places if seq[at : at + 1] == (number,)), default=-1)
        s.nodes[list(seq[: last + 1]), STAYS] = 2
    for number, task in enumerate(problem.tasks):
        if task.still:
            s.nodes[number, STAYS] = max(1, s.nodes[number, STAYS])
        elif task.pick >= 0 and g.quick[number, Q_GROUP] < 0:
            s.nodes[[number, task.pick], STAYS] = np.maximum(1, s.nodes[[number, task.pick], STAYS])
    missing = np.flatnonzero((s.nodes[:n, ROUTE] < 0) & g.able.any(axis=1))
    s.missing[: len(missing)], s.here[H_MISSING] = missing, len(missing)
    free = np.flatnonzero((s.nodes[:n, STAYS] == 0) & g.able.any(axis=1))
    s.free[: len(free)], s.here[H_FREE] = free, len(free)


def restore(g: Ground, s: Stand, links: Ints) -> None:
    """Make `s` stand as `links` (`NEXT` of all nodes) say."""
    n, here = len(g.tasks), s.here
    plan = [sequence(s, n, van, links) for van in range(len(g.vans))]
    here[H_LOST_3 : H_COST + 1] = 0
    s.nodes[:n, ROUTE] = -1
    for van, seq in enumerate(plan):
        s.routes[van, COST] = 0
        _link(g, s, van, seq, clear=False)
        drive(g, s, van)
    lost = s.nodes[:n, ROUTE] < 0
    here[H_COST] += int(g.quick[lost, Q_PRIZE].sum()) * CENT
    for rank in range(4):
        here[H_LOST_0 - rank] = int((lost & (g.quick[:, Q_PRIZE] == 0) & (g.quick[:, Q_RANK] == rank)).sum())
    missing = np.flatnonzero(lost & g.able.any(axis=1))
    s.missing[: len(missing)], here[H_MISSING] = missing, len(missing)


def _load_route(problem: Problem, g: Ground, s: Stand, van: int, seq: Sequence[int]) -> None:
    """`seq`, or as much of it as holds: what is held first, then the others as far as they fit."""
    tasks = problem.tasks
    if not _holds(g, s, van, seq):
        kept = [number for number in seq if tasks[number].held]
        if not _holds(g, s, van, kept):
            # Not even that can be driven: it stays as it is, and nothing comes to it.
            g.able[:, van] = 0
            s.routes[van, EXACT] = 0
        else:
            for number in seq:
                tried = [other for other in seq if other in kept or other == number]
                if number not in kept and _holds(g, s, van, tried):
                    kept = tried
        seq = kept
    _link(g, s, van, seq)
    drive(g, s, van)
    for number in seq:
        if g.quick[number, Q_PRIZE]:
            s.here[H_COST] -= int(g.quick[number, Q_PRIZE]) * CENT
        else:
            s.here[H_LOST_0 - tasks[number].rank] -= 1


def _holds(g: Ground, s: Stand, van: int, seq: Sequence[int]) -> bool:
    _link(g, s, van, seq)
    driven = holds(g, s, van)
    _link(g, s, van, ())
    return driven


def _link(g: Ground, s: Stand, van: int, seq: Sequence[int], clear: bool = True) -> None:
    """Let route `van` be `seq`; what was in it is missing (`clear`), or has gone elsewhere already."""
    n, vans, nodes = len(g.tasks), len(g.vans), s.nodes
    node = n + van
    following = nodes[node, NEXT]
    while clear and following < n:
        nodes[following, ROUTE] = -1
        following = nodes[following, NEXT]
    for number in (*seq, n + vans + van):
        nodes[node, NEXT], nodes[number, PREV], nodes[number, ROUTE] = number, node, van
        node = number


def sequence(s: Stand, n: int, van: int, links: Ints | None = None) -> tuple[int, ...]:
    """The tasks of a route, as they stand or by other `links` (`NEXT` of all nodes)."""
    links = s.nodes[:, NEXT] if links is None else links
    seq: list[int] = []
    node = int(links[n + van])
    while node < n:
        seq.append(node)
        node = int(links[node])
    return tuple(seq)
