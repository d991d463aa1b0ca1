"""A large problem in regions: who may change what (`optimiser.regions`)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from dispatch_console.domain.day import open_day
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.core.anneal import fill, rounds
from dispatch_console.optimiser.core.ground import ground, stand, with_neighbours
from dispatch_console.optimiser.core.state import H_FREE, H_ME, H_TURN, NEXT, OWNER, ROUTE, TOUCHED
from dispatch_console.optimiser.options import Options
from dispatch_console.optimiser.regions import Regions
from tests import factories

_VANS, _STOPS = 6, 24


def test_a_region_is_gone_through_route_by_route_and_no_other_route_is_touched() -> None:
    orders = [factories.order(k) for k in range(1, _STOPS + 1)]
    shifts = [factories.shift(k, max_stops=_STOPS // _VANS + 1) for k in range(1, _VANS + 1)]
    day = open_day(factories.DEPOT, factories.DAY, orders, shifts, factories.line_matrix(_STOPS + 1))
    question = problem.build(day, 0, Options())
    g = with_neighbours(ground(question), lambda: False)
    base, n = stand(question, g, 1), len(question.tasks)
    fill(g, base, np.arange(n, dtype=np.int32), n)
    nobody = np.zeros(0, np.int64)

    regions = Regions(g, base, 2)
    parts = regions.share_out(nobody)

    listed = [part.free[: part.here[H_FREE]].tolist() for part in parts]
    placed = [[task for task in tasks if base.nodes[task, ROUTE] >= 0] for tasks in listed]
    assert sorted(task for tasks in listed for task in tasks) == list(range(n))
    assert all(len(tasks) > _STOPS // 3 for tasks in placed)
    for part, tasks in zip(parts, placed, strict=True):
        assert {int(base.routes[base.nodes[task, ROUTE], OWNER]) for task in tasks} == {int(part.here[H_ME])}
        for task, following in pairwise(tasks):
            same = base.nodes[task, ROUTE] == base.nodes[following, ROUTE]
            assert base.nodes[task, NEXT] == following if same else base.nodes[task, NEXT] >= n

    first = parts[0]
    turn, before = int(first.here[H_TURN]), base.routes[:, TOUCHED].copy()
    rounds(g, first, 5, 1.0, 4.0, 10.0, 10.0, 0)
    assert first.here[H_TURN] == (turn + 5) % first.here[H_FREE]
    touched = np.flatnonzero(base.routes[:, TOUCHED] != before)
    assert touched.size
    assert set(base.routes[touched, OWNER].tolist()) == {0}
