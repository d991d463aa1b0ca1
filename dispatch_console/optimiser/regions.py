"""A large problem in regions: all share one state, and each changes the routes that lie near one another."""

from __future__ import annotations

import numpy as np

from dispatch_console.optimiser.core.compile import Ints
from dispatch_console.optimiser.core.fields import *
from dispatch_console.optimiser.core.ground import framed
from dispatch_console.optimiser.core.state import *

#: Who owns a route that nobody may change.
NOBODY = -2
#: What those who search regions of one state share.
_SHARED = ("nodes", "routes")


class Regions:
    """`share_out` once for each spell, `gather` behind it. `base`: the whole state; `size`: how many regions."""

    def __init__(self, g: Ground, base: Stand, size: int) -> None:
        self._ground, self._base, self._size = g, base, size
        self._tasks, self._vans = len(g.tasks), len(g.vans)
        self._parts: list[Stand] = []

    def share_out(self, closed: Ints) -> list[Stand]:
        """Stands on the same nodes and routes, each with the routes that lie nearest to a random task. `closed`:
        vans that nobody may use."""
        base, g, n = self._base, self._ground, self._tasks
        random = np.random.default_rng(int(base.here[H_RANDOM]) & 0x7FFFFFFF)
        base.here[H_RANDOM] = int(random.integers(1, 1 << 60))
        routes, nodes = base.routes, base.nodes
        placed = np.flatnonzero(nodes[:n, ROUTE] >= 0)
        centre = g.tasks[int(random.choice(placed)), T_AT]
        away = np.zeros(self._vans)
        np.add.at(away, nodes[placed, ROUTE], g.fast[centre, nodes[placed, AT]])
        used = np.flatnonzero(routes[:, COUNT] > 0)
        ranked = used[np.argsort(away[used] / routes[used, COUNT])]
        order = np.concatenate((ranked, np.flatnonzero(routes[:, COUNT] == 0)))
        stops = np.cumsum(routes[ranked, COUNT])
        routes[ranked, OWNER] = np.minimum((stops - 1) * self._size // max(1, int(stops[-1])), self._size - 1)
        idle = order[len(ranked) :]
        routes[idle, OWNER] = np.arange(len(idle)) % self._size
        routes[closed, OWNER] = NOBODY
        free = self._in_turn(ranked)
        owner = np.where(nodes[free, ROUTE] >= 0, routes[nodes[free, ROUTE], OWNER], random.integers(self._size))
        missing = base.missing[: base.here[H_MISSING]]
        parts: list[Stand] = []
        for me in range(self._size):
            part = self._part(me)
            mine = free[owner == me]
            lost = missing[np.arange(len(missing)) % self._size == me]
            part.here[H_ME], part.here[H_RANDOM] = me, int(random.integers(1, 1 << 60))
            part.here[H_BEST_3] = -1  # of half a state nobody can say whether it is the best
            part.free[: len(mine)], part.here[H_FREE] = mine, len(mine)
            part.missing[: len(lost)], part.here[H_MISSING] = lost, len(lost)
            part.here[H_TURN] = int(random.integers(max(1, len(mine))))
            parts.append(part)
        return [part for part in parts if part.here[H_FREE]]

    def _in_turn(self, ranked: Ints) -> Ints:
        """What may be taken out, route by route: rounds that follow one another read what is at hand still."""
        base, n = self._base, self._tasks
        links = base.nodes[:, NEXT].tolist()
        turn: list[int] = []
        for van in ranked.tolist():
            node = links[n + van]
            while node < n:
                turn.append(node)
                node = links[node]
        free = base.free[: base.here[H_FREE]]
        may = np.zeros(n, bool)
        may[free] = True
        driven = np.array(turn, np.int32)
        return np.concatenate((driven[may[driven]], free[base.nodes[free, ROUTE] < 0]))

    def gather(self, parts: list[Stand], closed: Ints) -> None:
        """What `parts` have done is what `base` tells of itself."""
        base = self._base
        for field in range(H_LOST_3, H_COST + 1):
            base.here[field] += sum(int(s.here[field]) - int(base.here[field]) for s in parts)
        base.here[H_ROUND] = max(int(s.here[H_ROUND]) for s in parts)
        base.routes[:, OWNER] = 0
        base.routes[closed, OWNER] = NOBODY
        missing = np.flatnonzero((base.nodes[: self._tasks, ROUTE] < 0) & self._ground.able.any(axis=1))
        base.missing[: len(missing)], base.here[H_MISSING] = missing, len(missing)

    def _part(self, me: int) -> Stand:
        base = self._base
        while len(self._parts) <= me:
            own = {name: np.zeros_like(getattr(base, name)) for name in Stand._fields if name not in _SHARED}
            self._parts.append(framed(self._ground, base._replace(**own)))
        part = self._parts[me]
        stamp, place = int(part.here[H_STAMP]), int(part.here[H_FRAME])
        part.here[:] = base.here
        part.here[H_STAMP], part.here[H_FRAME] = stamp, place
        return part
