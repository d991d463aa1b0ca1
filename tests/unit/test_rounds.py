"""A round of the compiled search that is given up leaves everything as it was (`optimiser.core.anneal`)."""

from __future__ import annotations

import numpy as np

from dispatch_console.domain.day import open_day
from dispatch_console.domain.orders import StopId
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.core.anneal import fill, rounds
from dispatch_console.optimiser.core.ground import ground, stand, with_neighbours
from dispatch_console.optimiser.core.state import H_COST, H_LOST_1, H_MISSING, NEXT, ROUTE, Stand
from dispatch_console.optimiser.options import Options
from tests import factories


def _along(s: Stand, n: int) -> list[int]:
    """Tasks met along the only route; of links in a circle, one more than there are tasks."""
    met, node = list[int](), int(s.nodes[n, NEXT])
    while node < n and len(met) <= n:
        met.append(node)
        node = int(s.nodes[node, NEXT])
    return met


def test_of_a_missing_pair_no_half_stays_behind_when_a_round_is_given_up() -> None:
    """One van, three stops at most: 1, 2, 3 at 10 to 30 min, or the pair 5 → 6 at 50 and 60 min and one of them.
    That leaves out as many and costs more, so rounds that put the pair in are given up. Half of it once stayed, and
    the next round walked its links in a circle, for ever. Here they are looked at after each round."""
    orders = [*(factories.order(k) for k in (1, 2, 3, 5)), factories.order(6, pickup=StopId(5))]
    day = open_day(
        factories.DEPOT, factories.DAY, orders, [factories.shift(1, max_stops=3)], factories.line_matrix()
    )
    question = problem.build(day, 0, Options())
    g = with_neighbours(ground(question), lambda: False)
    s, n = stand(question, g, 1), len(question.tasks)
    fill(g, s, np.arange(n, dtype=np.int32), n)
    before = int(s.here[H_COST])
    assert sorted(_along(s, n)) == [0, 1, 2]

    for _ in range(300):
        rounds(g, s, 1, 1.0, 3.0, 10.0, 10.0, 0)
        assert sorted(_along(s, n)) == [task for task in range(n) if s.nodes[task, ROUTE] == 0]
        assert (s.nodes[3, ROUTE], s.nodes[4, ROUTE]) == (-1, -1)
        assert sorted(s.missing[: s.here[H_MISSING]]) == [3, 4]
        assert (s.here[H_LOST_1], s.here[H_COST]) == (2, before)
