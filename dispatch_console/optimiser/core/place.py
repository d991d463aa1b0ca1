"""Putting a task into the gap where it costs least: the innermost loop of the search.

Looked at are the gaps beside the tasks that are close to it, and one idle van of each kind; if none of them takes
it and there are not too many gaps, all of them. A gap is skipped now and then ("blink"), which keeps the search
from doing the same thing again (Christiaens and Vanden Berghe 2020, section 5.2).
"""

from __future__ import annotations

from dispatch_console.optimiser.core.compile import compiled, inlined, wide
from dispatch_console.optimiser.core.fields import *
from dispatch_console.optimiser.core.plain import *
from dispatch_console.optimiser.core.ruin import *
from dispatch_console.optimiser.core.state import *

#: One gap in so many is skipped.
_BLINK = 100
#: So many of the gaps that look cheapest are walked, until so many of them hold.
BIDS, _ENOUGH = 12, 3
#: More gaps than this are not all looked at for a task that fits nowhere near: only the ends of all routes. (Of
#: thousands of tasks at one place, those that are close may all be without a route.)
ALL = 3000


@compiled
def place(g: Ground, s: Stand, c: int, blink: bool) -> bool:
    """Put task `c` into its best gap. False: it fits nowhere, or not for what leaving it out costs."""
    s.here[H_STAMP] += 1
    limit = wide(g.quick[c, Q_PRIZE]) * CENT
    if limit == 0:
        limit = NO_COST
    everywhere = 0
    if g.close[c, 0] < 0 and g.tasks.shape[0] + g.vans.shape[0] <= ALL:
        everywhere = 1  # who is near is not known yet: only idle vans would be looked at
    while True:
        gap = _cheapest(g, s, c, limit, blink and not everywhere, everywhere)
        if gap >= 0:
            keep(g, s, route_of(g, s, gap))
            join(g, s, c, gap)
            return True
        if everywhere or g.vans.shape[0] > ALL:
            return False
        everywhere = 1


@compiled
def _cheapest(g: Ground, s: Stand, c: int, limit: int, blink: bool, everywhere: int) -> int:
    """The cheapest gap below `limit` for `c`, of those near or of all that were not looked at yet; −1: none."""
    here, n, rs = s.here, g.tasks.shape[0], g.vans.shape[0]
    best, gap, close = limit, -1, 2 * g.close.shape[1]
    for k in range(BIDS if g.flags[RICH] else 0):
        s.bids[k, 0] = NO_COST
    first = n + rs if everywhere and n + rs > ALL else 0
    idle = 0 if here[H_SHUT] else g.kinds.shape[0]
    for k in range(first, n + 2 * rs if everywhere else close + idle):
        w, r = k, -1
        if everywhere:
            if n <= w < n + rs:
                continue
            r = route_of(g, s, w)
            if here[H_SHUT] and s.routes[r, COUNT] == 0:
                continue
        elif k < close:
            w = wide(g.close[c, k >> 1])
            if w < 0:
                continue
            r = wide(s.nodes[w, ROUTE])
            if k & 1 and r >= 0:
                w = wide(s.nodes[w, NEXT])
        else:
            r = _idle(g, s, k - close)
            w = n + rs + r
        if r < 0 or s.marks[w] == here[H_STAMP] or s.nodes[w, STAYS] == 2 or not _opens(g, s, c, r):
            continue
        s.marks[w] = here[H_STAMP]
        if blink:
            here[H_BLINK] -= 1
            if here[H_BLINK] <= 0:
                here[H_BLINK] = 1 + draw(s, 2 * _BLINK)
                continue
        cost = price(g, s, c, r, w, best, everywhere)
        if cost < best:
            if g.flags[RICH]:
                _bid(s, cost, w)
            else:
                best, gap = cost, w
    return _walked(g, s, c, limit) if g.flags[RICH] else gap


@inlined
def _idle(g: Ground, s: Stand, kind: int) -> int:
    """The first idle van of a kind; −1: all drive."""
    for k in range(g.kinds.shape[1]):
        r = wide(g.kinds[kind, k])
        if r < 0:
            return -1
        if s.routes[r, COUNT] == 0 and s.routes[r, OWNER] == s.here[H_ME]:
            return r
    return -1


@inlined
def _opens(g: Ground, s: Stand, c: int, r: int) -> bool:
    """Whether route `r` may take task `c` at all."""
    routes = s.routes
    return bool(
        routes[r, OWNER] == s.here[H_ME]
        and g.able[c, r]
        and routes[r, SPARE_0] >= g.quick[c, Q_DELIVER_0]
        and routes[r, SPARE_1] >= g.quick[c, Q_DELIVER_1]
        and routes[r, SPARE_2] >= g.quick[c, Q_DELIVER_2]
        and routes[r, COUNT] < g.vans[r, V_MOST_STOPS]
    )


@inlined
def price(g: Ground, s: Stand, c: int, r: int, w: int, best: int, lenient: int) -> int:
    """What task `c` before node `w` of route `r` costs; NO_COST if it does not hold.

    Where walks have the last word it is an estimate; `lenient`: also where it holds only if the break moves. What
    is not below `best` may be told as anything that is not.
    """
    nodes, vans, n = s.nodes, g.vans, g.tasks.shape[0]
    u = wide(nodes[w, PREV])
    ac, au, aw = wide(nodes[c, AT]), wide(nodes[u, AT]), wide(nodes[w, AT])
    more = g.into_metres[ac, au] - nodes[w, LEG]
    if aw >= 0:
        more += g.metres[ac, aw]
    cost = vans[r, V_KM] * METRE * more
    if g.flags[TIMED]:
        if not g.flags[HOURLY] and cost >= best:
            return NO_COST
        arrive = nodes[u, FREE] + wide(g.into_fast[ac, au])
        if u >= n:
            arrive = max(arrive, vans[r, V_FLOOR])
        begin = begin_at(g, c, arrive)
        ready = begin + g.quick[c, Q_SERVICE]
        if aw >= 0:
            ready += g.fast[ac, aw]
        if ready > nodes[w, LATEST] and not (lenient and ready <= nodes[w, LATEST] + vans[r, V_REST_LONG]):
            return NO_COST
        if g.flags[HOURLY]:
            paid = max(nodes[w, LEAST], ready + nodes[w, AHEAD]) - s.routes[r, UNTIL]
            if u >= n and vans[r, V_HEAD] == 0:
                paid -= vans[r, V_PAID] + begin - arrive - s.routes[r, SINCE]
            cost += paid * vans[r, V_HOUR] * SECOND
    if u >= n and w >= n and vans[r, V_HEAD] == 0:
        cost += vans[r, V_FIXED] * CENT
    if g.flags[DEAR]:
        cost += g.dear[c, r] * CENT
    if g.quick[c, Q_AWAY] and g.quick[c, Q_HOME] != r:
        cost += g.quick[c, Q_AWAY] * CENT
    if g.flags[MIXED] and not (
        nodes[w, ROOM_0] >= g.quick[c, Q_DELIVER_0]
        and nodes[w, ROOM_1] >= g.quick[c, Q_DELIVER_1]
        and nodes[w, ROOM_2] >= g.quick[c, Q_DELIVER_2]
        and nodes[w, REST_0] >= g.quick[c, Q_CHANGE_0]
        and nodes[w, REST_1] >= g.quick[c, Q_CHANGE_1]
        and nodes[w, REST_2] >= g.quick[c, Q_CHANGE_2]
    ):
        return NO_COST
    return cost


@inlined
def _bid(s: Stand, cost: int, w: int) -> None:
    """Keep a gap if it is one of the cheapest."""
    bids = s.bids
    if cost >= bids[BIDS - 1, 0]:
        return
    k = BIDS - 1
    while k > 0 and bids[k - 1, 0] > cost:
        bids[k, 0], bids[k, 1] = bids[k - 1, 0], bids[k - 1, 1]
        k -= 1
    bids[k, 0], bids[k, 1] = cost, w


@compiled
def _walked(g: Ground, s: Stand, c: int, limit: int) -> int:
    """The gap that is cheapest of those that were kept, where a walk says so; −1: none holds for `limit`."""
    best, gap, held = limit, -1, 0
    for k in range(BIDS):
        cost, w = s.bids[k, 0], s.bids[k, 1]
        if cost == NO_COST or held >= _ENOUGH:
            break
        r = route_of(g, s, w)
        if s.routes[r, EXACT]:
            cost = _walk_through(g, s, c, r, w)
        if cost < NO_COST:
            held += 1
            if cost < best:
                best, gap = cost, w
    return gap


@compiled
def _walk_through(g: Ground, s: Stand, c: int, r: int, w: int) -> int:
    """What task `c` before node `w` really costs; NO_COST: it breaks a rule."""
    nodes = s.nodes
    u = wide(nodes[w, PREV])
    nodes[u, NEXT] = c
    nodes[c, NEXT] = w
    holds = exact(g, s, r)
    nodes[u, NEXT] = w
    if not holds:
        return NO_COST
    return told_cost(s) - s.routes[r, COST]


@compiled
def place_group(g: Ground, s: Stand, group: int) -> bool:
    """Put what goes in one van together into one route, in order: pickups first. False: not all of it fits."""
    if not place(g, s, wide(g.groups[group, 0]), True):
        return False
    r = wide(s.nodes[g.groups[group, 0], ROUTE])
    end = g.tasks.shape[0] + g.vans.shape[0] + r
    for k in range(1, g.groups.shape[1]):
        c = wide(g.groups[group, k])
        if c < 0:
            break
        best, gap = NO_COST, -1
        node = wide(s.nodes[g.groups[group, 0], NEXT])
        while g.able[c, r]:
            cost = _walk_through(g, s, c, r, node)
            if cost < best and s.nodes[node, STAYS] != 2:
                best, gap = cost, node
            if node == end:
                break
            node = wide(s.nodes[node, NEXT])
        if gap < 0:
            _take_back(g, s, group, r)
            return False
        join(g, s, c, gap)
    return True


@compiled
def _take_back(g: Ground, s: Stand, group: int, r: int) -> None:
    """Half of a group is in route `r`: take it out again."""
    for k in range(g.groups.shape[1]):
        c = wide(g.groups[group, k])
        if c >= 0 and s.nodes[c, ROUTE] == r:
            cut(g, s, c)
            s.here[H_OUT] -= 1  # it is there already
    drive(g, s, r)
