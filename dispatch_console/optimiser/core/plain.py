"""Routes with windows and capacities only: brought up to date after each change, then a gap is judged at once.

Of other routes (`EXACT`) the same figures are what would be if breaks stayed where they are and all else were easy;
what they cost and whether they hold is the word of `walk`. Costs are in parts of a cent (`CENT`).
"""

from __future__ import annotations

from dispatch_console.optimiser.core.compile import (
    compiled,
    inlined,
    ints_1,
    ints_2,
    set_apart,
    short_2,
    short_3,
    wide,
)
from dispatch_console.optimiser.core.fields import *
from dispatch_console.optimiser.core.frames import WORDS
from dispatch_console.optimiser.core.state import *
from dispatch_console.optimiser.core.walk import walk


@inlined
def begin_at(g: Ground, c: int, ready: int) -> int:
    """When the service of task `c` begins for an arrival at `ready`; FAR: that is too late."""
    if ready > g.quick[c, Q_CLOSES]:
        return FAR
    if g.quick[c, Q_WINS] <= 1:
        return max(ready, g.quick[c, Q_OPENS])
    k = g.quick[c, Q_WIN]
    while ready > g.windows[k, 1]:
        k += 1
    return max(ready, g.windows[k, 0])


@inlined
def latest_at(g: Ground, c: int, begin: int) -> int:
    """The latest arrival from which service begins at `begin` or sooner; −FAR: there is none."""
    if begin < g.quick[c, Q_OPENS]:
        return -FAR
    if g.quick[c, Q_WINS] <= 1:
        return min(begin, g.quick[c, Q_CLOSES])
    k = g.quick[c, Q_WIN] + g.quick[c, Q_WINS] - 1
    while g.windows[k, 0] > begin:
        k -= 1
    return min(begin, g.windows[k, 1])


@inlined
def route_of(g: Ground, s: Stand, node: int) -> int:
    """The route that a node stands in; −1: none."""
    n, vans = g.tasks.shape[0], g.vans.shape[0]
    if node < n:
        return wide(s.nodes[node, ROUTE])
    return node - n if node < n + vans else node - n - vans


def _walk_frame(at: int, n: int, van: int) -> int:
    """`walk` over the first arrays of a stand's frame: see `ground.framed`."""
    f = ints_2(at, (9, WORDS))
    seq, told = ints_1(f[0, 0], (f[0, 1],)), ints_1(f[8, 0], (f[8, 1],))
    tasks, windows = ints_2(f[1, 0], (f[1, 1], f[1, 2])), ints_2(f[2, 0], (f[2, 1], f[2, 2]))
    vans, dear = ints_2(f[3, 0], (f[3, 1], f[3, 2])), ints_2(f[7, 0], (f[7, 1], f[7, 2]))
    seconds = short_3(f[4, 0], (f[4, 1], f[4, 2], f[4, 3]))
    bounds, metres = ints_1(f[5, 0], (f[5, 1],)), short_2(f[6, 0], (f[6, 1], f[6, 2]))
    return int(walk(seq, n, van, tasks, windows, vans, seconds, bounds, metres, dear, told, True))


_walk = set_apart("dispatch_console_walk", _walk_frame)


@inlined
def exact(g: Ground, s: Stand, r: int) -> bool:
    """Drive route `r` as `domain.schedule` would, into `told`. Whether it breaks no rule."""
    nodes, n = s.nodes, g.tasks.shape[0]
    count = 0
    node = wide(nodes[n + r, NEXT])
    while node < n:
        s.seq[count] = node
        count += 1
        node = wide(nodes[node, NEXT])
    return bool(_walk(s.here[H_FRAME], count, r))


@compiled
def holds(g: Ground, s: Stand, r: int) -> bool:
    """Whether route `r` breaks no rule."""
    return exact(g, s, r)


@inlined
def told_cost(s: Stand) -> int:
    return (s.told[O_COST] + s.told[O_SOFT] + s.told[O_STABLE]) * CENT


@compiled
def drive(g: Ground, s: Stand, r: int) -> None:
    """Work out all figures of route `r` anew from its sequence. `H_BROKEN` if it turns out to break a rule."""
    nodes, routes, vans = s.nodes, s.routes, g.vans
    rest, paid = -1, 0
    if routes[r, EXACT]:
        if not exact(g, s, r):
            s.here[H_BROKEN] = 1
            return
        rest, paid = s.told[O_REST_BEFORE], told_cost(s)
    n, rs = g.tasks.shape[0], vans.shape[0]
    start, end = n + r, n + rs + r
    head = vans[r, V_HEAD] > 0
    used = head or nodes[start, NEXT] != end
    at, time, slide = wide(nodes[start, AT]), vans[r, V_LEAVE], 0
    metres, count, soft, behind_rest = vans[r, V_HEAD_M], 0, 0, -1
    room0, room1, room2 = NO_COST, NO_COST, NO_COST
    if vans[r, V_TOURS] <= 1:  # else walks look at it
        room0 = vans[r, V_LIMIT_0] - vans[r, V_LOAD_0]
        room1 = vans[r, V_LIMIT_1] - vans[r, V_LOAD_1]
        room2 = vans[r, V_LIMIT_2] - vans[r, V_LOAD_2]
    nodes[start, FREE] = min(time, FAR)
    node = wide(nodes[start, NEXT])
    while node != end:
        to = wide(nodes[node, AT])
        leg = g.metres[at, to]
        nodes[node, LEG] = leg
        nodes[node, ROUTE] = r
        metres += leg
        if g.flags[TIMED]:
            arrive = time + g.fast[at, to]
            if count == rest:
                arrive = max(arrive, s.told[O_REST_AT]) + vans[r, V_REST_LONG]
                behind_rest = node
            if count == 0:
                arrive = max(arrive, vans[r, V_FLOOR])
            begin = begin_at(g, node, arrive)
            if count == 0 and not head:
                slide = begin - arrive
            time = min(begin + g.quick[node, Q_SERVICE], FAR)
            nodes[node, FREE] = time
        room0 -= g.quick[node, Q_DELIVER_0]
        room1 -= g.quick[node, Q_DELIVER_1]
        room2 -= g.quick[node, Q_DELIVER_2]
        if g.flags[DEAR]:
            soft += g.dear[node, r]
        count += 1
        at = to
        node = wide(nodes[node, NEXT])
    leg, to = 0, wide(nodes[end, AT])
    if used and to >= 0:
        leg = g.metres[at, to]
        metres += leg
        time += g.fast[at, to]
    if used and count == rest:
        time, behind_rest = max(time, s.told[O_REST_AT]) + vans[r, V_REST_LONG], end
    nodes[end, LEG] = leg
    routes[r, COUNT] = count
    routes[r, SPARE_0], routes[r, SPARE_1], routes[r, SPARE_2] = room0, room1, room2
    since = vans[r, V_PAID] + slide
    routes[r, SINCE], routes[r, UNTIL] = since, time if used else since
    cost = 0
    if used:
        cost = vans[r, V_FIXED] * CENT + vans[r, V_HOUR] * SECOND * (time - since)
        cost += vans[r, V_KM] * METRE * metres + soft * CENT
    if g.flags[TIMED]:
        _back(g, s, r, start, end, behind_rest)
    if g.flags[MIXED]:
        _rooms(g, s, r, start, end, room0, room1, room2)
    if routes[r, EXACT]:
        cost = paid if used else 0
    s.here[H_COST] += cost - routes[r, COST]
    routes[r, COST] = cost


@inlined
def _back(g: Ground, s: Stand, r: int, start: int, end: int, behind_rest: int) -> None:
    """How late he may be, and what lies ahead, from the end to the start; the break on the leg to `behind_rest`."""
    nodes = s.nodes
    latest, ahead, least = min(g.vans[r, V_SHIFT_END], FAR), 0, -FAR
    nodes[end, LATEST], nodes[end, AHEAD], nodes[end, LEAST] = latest, ahead, least
    behind, node = end, wide(nodes[end, PREV])
    while node != start:
        leg = g.quick[node, Q_SERVICE]
        if nodes[behind, AT] >= 0:
            leg += g.fast[nodes[node, AT], nodes[behind, AT]]
        if behind == behind_rest:
            leg += g.vans[r, V_REST_LONG]
        latest = max(latest_at(g, node, latest - leg), -FAR)
        ahead = min(ahead + leg, FAR)
        least = max(least, g.quick[node, Q_OPENS] + ahead)
        nodes[node, LATEST], nodes[node, AHEAD], nodes[node, LEAST] = latest, ahead, least
        behind, node = node, wide(nodes[node, PREV])


@inlined
def _room(free: int) -> int:
    """Free room as the narrow row of a node holds it."""
    return max(-FAR, min(free, FAR))


@inlined
def _rooms(g: Ground, s: Stand, r: int, start: int, end: int, room0: int, room1: int, room2: int) -> None:
    """Free room before and behind each gap; `room0` …: free at the start, with all deliveries on board."""
    nodes, vans = s.nodes, g.vans
    least0, least1, least2 = room0, room1, room2
    if vans[r, V_HEAD] > 0:
        least0 = min(least0, room0 + vans[r, V_LOAD_0] - vans[r, V_PEAK_0])
        least1 = min(least1, room1 + vans[r, V_LOAD_1] - vans[r, V_PEAK_1])
        least2 = min(least2, room2 + vans[r, V_LOAD_2] - vans[r, V_PEAK_2])
    node = wide(nodes[start, NEXT])
    while True:
        nodes[node, ROOM_0], nodes[node, ROOM_1], nodes[node, ROOM_2] = _room(least0), _room(least1), _room(least2)
        nodes[node, REST_0], nodes[node, REST_1], nodes[node, REST_2] = _room(room0), _room(room1), _room(room2)
        if node == end:
            break
        room0 += g.quick[node, Q_DELIVER_0] - g.quick[node, Q_CHANGE_0]
        room1 += g.quick[node, Q_DELIVER_1] - g.quick[node, Q_CHANGE_1]
        room2 += g.quick[node, Q_DELIVER_2] - g.quick[node, Q_CHANGE_2]
        least0, least1, least2 = min(least0, room0), min(least1, room1), min(least2, room2)
        node = wide(nodes[node, NEXT])
    behind, node = end, wide(nodes[end, PREV])
    while node != start:
        for k in range(REST_0, REST_2 + 1):
            nodes[node, k] = min(nodes[node, k], nodes[behind, k])
        behind, node = node, wide(nodes[node, PREV])


@inlined
def _whole(g: Ground, s: Stand, r: int) -> bool:
    """Whether a route has figures that only driving it anew brings up to date."""
    return bool(g.flags[HOURLY] or g.flags[MIXED] or g.flags[DEAR] or s.routes[r, EXACT])


@compiled
def join(g: Ground, s: Stand, c: int, w: int) -> None:
    """Put task `c` before node `w`, and bring the figures of the route up to date."""
    nodes, n = s.nodes, g.tasks.shape[0]
    r, u = route_of(g, s, w), wide(nodes[w, PREV])
    ac, aw, au = wide(nodes[c, AT]), wide(nodes[w, AT]), wide(nodes[u, AT])
    nodes[u, NEXT] = nodes[w, PREV] = c
    nodes[c, PREV], nodes[c, NEXT], nodes[c, ROUTE] = u, w, r
    if _whole(g, s, r):
        drive(g, s, r)
        return
    leg = g.into_metres[ac, au]
    more = leg - nodes[w, LEG]
    nodes[c, LEG] = leg
    if aw >= 0:
        leg = g.metres[ac, aw]
        nodes[w, LEG] = leg
        more += leg
    cost = g.vans[r, V_KM] * METRE * more
    if u >= n and w >= n and g.vans[r, V_HEAD] == 0:
        cost += g.vans[r, V_FIXED] * CENT
    _count(g, s, r, c, 1, cost)
    if g.flags[TIMED]:
        _forth(g, s, r, c, w)
        _back_from(g, s, w, u)


@inlined
def _count(g: Ground, s: Stand, r: int, c: int, one: int, cost: int) -> None:
    """Task `c` comes (`one` 1) or goes (−1)."""
    s.routes[r, COST] += cost
    s.here[H_COST] += cost
    s.routes[r, COUNT] += one
    s.routes[r, SPARE_0] -= one * g.quick[c, Q_DELIVER_0]
    s.routes[r, SPARE_1] -= one * g.quick[c, Q_DELIVER_1]
    s.routes[r, SPARE_2] -= one * g.quick[c, Q_DELIVER_2]


@inlined
def _forth(g: Ground, s: Stand, r: int, node: int, last: int) -> None:
    """Leaving times from `node` on; behind `last` until they are what they were."""
    nodes, n = s.nodes, g.tasks.shape[0]
    u = wide(nodes[node, PREV])
    time, at, beyond = wide(nodes[u, FREE]), wide(nodes[u, AT]), False
    while node < n:
        to = wide(nodes[node, AT])
        arrive = time + g.fast[at, to]
        if u >= n:
            arrive = max(arrive, g.vans[r, V_FLOOR])
        time = min(begin_at(g, node, arrive) + g.quick[node, Q_SERVICE], FAR)
        if beyond and time == nodes[node, FREE]:
            return
        nodes[node, FREE] = time
        beyond = beyond or node == last
        u, at, node = node, to, wide(nodes[node, NEXT])


@inlined
def _back_from(g: Ground, s: Stand, behind: int, first: int) -> None:
    """Latest times before `behind`; before `first` until they are what they were."""
    nodes, n = s.nodes, g.tasks.shape[0]
    node, latest, beyond = wide(nodes[behind, PREV]), wide(nodes[behind, LATEST]), False
    while node < n:
        leg = g.quick[node, Q_SERVICE]
        if nodes[behind, AT] >= 0:
            leg += g.fast[nodes[node, AT], nodes[behind, AT]]
        latest = max(latest_at(g, node, latest - leg), -FAR)
        if beyond and latest == nodes[node, LATEST]:
            return
        nodes[node, LATEST] = latest
        beyond = beyond or node == first
        behind, node = node, wide(nodes[node, PREV])


@compiled
def cut(g: Ground, s: Stand, node: int) -> None:
    """Take a task out of its route and put it to the others that are out; `parted` brings times up to date."""
    nodes, n = s.nodes, g.tasks.shape[0]
    a, b, r = wide(nodes[node, PREV]), wide(nodes[node, NEXT]), wide(nodes[node, ROUTE])
    nodes[a, NEXT] = b
    nodes[b, PREV] = a
    nodes[node, ROUTE] = -1
    s.out[s.here[H_OUT]] = node
    s.here[H_OUT] += 1
    if _whole(g, s, r):
        return
    leg = 0
    unused = a >= n and b >= n and g.vans[r, V_HEAD] == 0
    if nodes[b, AT] >= 0 and not unused:
        at, to = wide(nodes[a, AT]), wide(nodes[b, AT])
        leg = wide(g.metres[at, to])
    cost = g.vans[r, V_KM] * METRE * (leg - nodes[node, LEG] - nodes[b, LEG])
    if unused:
        cost -= g.vans[r, V_FIXED] * CENT
    nodes[b, LEG] = leg
    _count(g, s, r, node, -1, cost)


@compiled
def parted(g: Ground, s: Stand, r: int, first: int, last: int) -> None:
    """Bring a route up to date from which tasks between `first` and `last` (nodes that stayed) were cut."""
    if _whole(g, s, r):
        drive(g, s, r)
    elif g.flags[TIMED] and s.routes[r, COUNT]:
        _forth(g, s, r, s.nodes[first, NEXT], last)
        _back_from(g, s, last, first)
