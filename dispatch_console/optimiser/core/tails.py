"""Two routes exchange their tails: what comes behind a gap of one for what comes behind a gap of the other.

Strings of ten tasks (`ruin`) come but slowly from one long route to another; an exchange of tails (2-opt*; Potvin
and Rousseau, Journal of the Operational Research Society 46 (1995)) moves half a route at once.
"""

from __future__ import annotations

from dispatch_console.optimiser.core.compile import compiled, inlined, wide
from dispatch_console.optimiser.core.fields import *
from dispatch_console.optimiser.core.plain import *
from dispatch_console.optimiser.core.ruin import *
from dispatch_console.optimiser.core.state import *

#: So many tasks close to the one drawn are tried as the one before it.
_TRIES = 12


@compiled
def swap_tails(g: Ground, s: Stand, dearest: int) -> bool:
    """Let a random task, with all behind it, follow a task close to it in another route, whose tail comes to its
    place, if the ways at both joints cost no more than `dearest` on top.

    False: no such exchange was found, and nothing was changed. `H_BROKEN`: what came of it breaks a rule.
    """
    nodes, width = s.nodes, g.close.shape[1]
    c = wide(s.free[draw(s, s.here[H_FREE])])
    r = wide(nodes[c, ROUTE])
    if r < 0 or s.routes[r, OWNER] != s.here[H_ME]:
        return False
    for _ in range(_TRIES):
        u = wide(g.close[c, draw(s, width)])
        q = wide(nodes[u, ROUTE]) if u >= 0 else -1
        if q < 0 or q == r or s.routes[q, OWNER] != s.here[H_ME]:
            continue
        p, x = wide(nodes[c, PREV]), wide(nodes[u, NEXT])
        more = _way(g, s, u, c, q) + _way(g, s, p, x, r) - _way(g, s, p, c, r) - _way(g, s, u, x, q)
        if more > dearest or not _in_time(g, s, u, c) or not _in_time(g, s, p, x):
            continue
        if _may_go(g, s, c, q) and _may_go(g, s, x, r):
            keep(g, s, r)
            keep(g, s, q)
            _cross(g, s, p, c, u, x)
            if not _sound(g, s, r) or not _sound(g, s, q):
                s.here[H_BROKEN] = 1
            return True
    return False


@inlined
def _way(g: Ground, s: Stand, a: int, b: int, r: int) -> int:
    """What the way from node `a` to node `b` costs route `r`."""
    n, to = g.tasks.shape[0], wide(s.nodes[b, AT])
    if to < 0 or (a >= n and b >= n):
        return 0
    at = wide(s.nodes[a, AT])
    return g.metres[at, to] * g.vans[r, V_KM] * METRE + g.fast[at, to] * g.vans[r, V_HOUR] * SECOND


@inlined
def _in_time(g: Ground, s: Stand, a: int, b: int) -> bool:
    """Whether he is at node `b` in time when he goes there from node `a`: as far as constant time can tell."""
    to = wide(s.nodes[b, AT])
    if not g.flags[TIMED] or to < 0:
        return True
    return bool(s.nodes[a, FREE] + g.fast[s.nodes[a, AT], to] <= s.nodes[b, LATEST])


@inlined
def _may_go(g: Ground, s: Stand, node: int, r: int) -> bool:
    """Whether route `r` may take `node` and all behind it."""
    n = g.tasks.shape[0]
    while node < n:
        if s.nodes[node, STAYS] or not g.able[node, r] or g.quick[node, Q_GROUP] >= 0:
            return False
        node = wide(s.nodes[node, NEXT])
    return True


@inlined
def _cross(g: Ground, s: Stand, p: int, c: int, u: int, x: int) -> None:
    """The route of `p` goes on to `x` …, that of `u` to `c` …, each to its own end."""
    nodes, n, rs = s.nodes, g.tasks.shape[0], g.vans.shape[0]
    r, q = route_of(g, s, p), route_of(g, s, u)
    end_r, end_q = n + rs + r, n + rs + q
    last_r, last_q = wide(nodes[end_r, PREV]), wide(nodes[end_q, PREV])
    nodes[u, NEXT], nodes[c, PREV] = c, u
    nodes[last_r, NEXT], nodes[end_q, PREV] = end_q, last_r
    if x == end_q:
        nodes[p, NEXT], nodes[end_r, PREV] = end_r, p
    else:
        nodes[p, NEXT], nodes[x, PREV] = x, p
        nodes[last_q, NEXT], nodes[end_r, PREV] = end_r, last_q
    drive(g, s, r)
    if s.here[H_BROKEN] == 0:
        drive(g, s, q)


@inlined
def _sound(g: Ground, s: Stand, r: int) -> bool:
    """Whether route `r`, driven anew, holds what `drive` takes for granted."""
    nodes, routes, n, rs = s.nodes, s.routes, g.tasks.shape[0], g.vans.shape[0]
    if s.here[H_BROKEN]:
        return False
    if routes[r, EXACT] or routes[r, COUNT] == 0:
        return True
    if g.flags[TIMED] and (
        nodes[nodes[n + rs + r, PREV], FREE] >= FAR or routes[r, UNTIL] > g.vans[r, V_SHIFT_END]
    ):
        return False
    if routes[r, COUNT] > g.vans[r, V_MOST_STOPS]:
        return False
    if g.flags[MIXED]:
        first = wide(nodes[n + r, NEXT])
        for k in range(3):
            if nodes[first, ROOM_0 + k] < 0 or nodes[first, REST_0 + k] < 0:
                return False
        return True
    return bool(routes[r, SPARE_0] >= 0 and routes[r, SPARE_1] >= 0 and routes[r, SPARE_2] >= 0)
