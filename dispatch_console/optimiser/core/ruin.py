"""Taking strings of tasks out of the routes around a place, and putting it all back.

After Christiaens and Vanden Berghe, "Slack Induction by String Removals for Vehicle Routing Problems",
Transportation Science 54 (2020), sections 5.1 and 5.2.
"""

from __future__ import annotations

from dispatch_console.optimiser.core.compile import compiled, inlined, wide
from dispatch_console.optimiser.core.fields import *
from dispatch_console.optimiser.core.plain import *
from dispatch_console.optimiser.core.state import *

#: A route to take out is the shortest of those of so many tasks drawn.
_ROUTES_DRAWN = 4
_WORD = (1 << 57) - 1
_UNIT = 1 << 20


@inlined
def draw(s: Stand, below: int) -> int:
    """A random integer from 0 to `below` − 1, `below` < 2³¹ (Marsaglia, "Xorshift RNGs", 2003)."""
    x = s.here[H_RANDOM]
    x ^= x << 13
    x ^= (x >> 7) & _WORD
    x ^= x << 17
    s.here[H_RANDOM] = x
    return (((x >> 32) & 0x7FFFFFFF) * below) >> 31


@compiled
def keep(g: Ground, s: Stand, r: int) -> None:
    """Save a route before it is changed in this round for the first time."""
    here, nodes = s.here, s.nodes
    if s.routes[r, TOUCHED] == here[H_ROUND]:
        return
    s.routes[r, TOUCHED] = here[H_ROUND]
    n, rs = g.tasks.shape[0], g.vans.shape[0]
    at, node, end = here[H_KEPT], n + r, n + rs + r
    while True:
        for k in range(NODE_FIELDS):
            s.kept[at, k] = nodes[node, k]
        s.kept[at, NODE_FIELDS] = node
        at += 1
        if node == end:
            break
        node = wide(nodes[node, NEXT])
    here[H_KEPT] = at
    touched = here[H_TOUCHED]
    s.touched[touched] = r
    for k in range(OWNER):
        s.kept_routes[touched, k] = s.routes[r, k]
    here[H_TOUCHED] = touched + 1


@compiled
def undo(s: Stand) -> None:
    """Put all touched routes back as they were, and leave out what was missing. Costs are the caller's."""
    for k in range(s.here[H_OUT]):
        s.nodes[s.out[k], ROUTE] = -1
    for k in range(s.here[H_KEPT]):
        node = wide(s.kept[k, NODE_FIELDS])
        for f in range(NODE_FIELDS):
            s.nodes[node, f] = s.kept[k, f]
    for k in range(s.here[H_TOUCHED]):
        r = s.touched[k]
        for f in range(OWNER):
            s.routes[r, f] = s.kept_routes[k, f]


@inlined
def _seed(s: Stand) -> int:
    """The task around which a round is: one drawn, or the next of those that are gone through in turn."""
    here = s.here
    if here[H_TURN] < 0:
        return wide(s.free[draw(s, here[H_FREE])])
    turn = int(here[H_TURN]) + 1
    if turn >= here[H_FREE]:
        turn = 0
    here[H_TURN] = turn
    return wide(s.free[turn])


@compiled
def ruin(g: Ground, s: Stand, average: float, cuts: float, longest: float) -> None:
    """Take strings out around a random task: about `cuts` tasks in all, a string not longer than `longest` or
    than routes are on `average`."""
    here, near = s.here, g.near
    top = min(longest, average)
    strings = int(1.0 + draw(s, _UNIT) / _UNIT * (4.0 * cuts / (1.0 + top) - 1.0))
    seed = _seed(s)
    for k in range(near.shape[1]):
        c = wide(near[seed, k])
        if c < 0 or strings <= 0:
            return
        r = wide(s.nodes[c, ROUTE])
        if r < 0 or s.routes[r, OWNER] != here[H_ME] or s.nodes[c, STAYS]:
            continue
        if s.routes[r, TOUCHED] != here[H_ROUND]:
            _take_string(g, s, r, c, top)
            strings -= 1


@compiled
def take_route(g: Ground, s: Stand) -> bool:
    """Take all of a route out, the shortest of some: whether the day can do without it. False: there is something
    in it that stays."""
    nodes, n = s.nodes, g.tasks.shape[0]
    r = -1
    for _ in range(_ROUTES_DRAWN):
        other = wide(nodes[s.free[draw(s, s.here[H_FREE])], ROUTE])
        if other < 0 or s.routes[other, OWNER] != s.here[H_ME]:
            continue
        if r < 0 or s.routes[other, COUNT] < s.routes[r, COUNT]:
            r = other
    if r < 0:
        return False
    node = wide(nodes[n + r, NEXT])
    while node < n:
        if nodes[node, STAYS]:
            return False
        node = wide(nodes[node, NEXT])
    keep(g, s, r)
    node = wide(nodes[n + r, NEXT])
    while node < n:
        following = wide(nodes[node, NEXT])
        cut(g, s, node)
        node = following
    parted(g, s, r, n + r, n + g.vans.shape[0] + r)
    return True


@compiled
def _take_string(g: Ground, s: Stand, r: int, c: int, top: float) -> None:
    """Take a string of tasks around `c` out, of at most `top`; or a longer one of which some in the middle stay."""
    nodes, n = s.nodes, g.tasks.shape[0]
    keep(g, s, r)
    count = s.routes[r, COUNT]
    length = min(count, int(1.0 + draw(s, _UNIT) / _UNIT * min(float(count), top)))
    spared = 0
    if 1 < length < count and draw(s, 2) == 0:
        while length + spared < count and draw(s, 100) != 0:
            spared += 1
        spared = 1 + draw(s, spared) if spared else 0
    whole = length + spared
    node, before, last, after = c, 0, c, 0
    while before < whole - 1 and nodes[node, PREV] < n:
        node = wide(nodes[node, PREV])
        before += 1
    while after < whole - 1 and nodes[last, NEXT] < n:
        last = wide(nodes[last, NEXT])
        after += 1
    least = max(0, whole - 1 - after)
    for _ in range(before - least - draw(s, before - least + 1)):
        node = wide(nodes[node, NEXT])
    first = wide(nodes[node, PREV])
    gap = 1 + draw(s, length - 1) if spared else length
    for k in range(whole):
        following = wide(nodes[node, NEXT])
        if (k < gap or k >= gap + spared) and nodes[node, STAYS] == 0:
            cut(g, s, node)
        node = following
        if node >= n:
            break
    if g.groups.shape[0] > 0:
        _take_partners(g, s, r)
        drive(g, s, r)
    else:
        parted(g, s, r, first, node)


@compiled
def _take_partners(g: Ground, s: Stand, r: int) -> None:
    """What goes in one van together goes out together."""
    k = 0
    while k < s.here[H_OUT]:
        group = g.quick[s.out[k], Q_GROUP]
        if group >= 0:
            for j in range(g.groups.shape[1]):
                other = wide(g.groups[group, j])
                if other >= 0 and s.nodes[other, ROUTE] == r:
                    cut(g, s, other)
        k += 1
