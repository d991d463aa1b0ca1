"""The first plan of a search: everything that is missing is put in, one task after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from dispatch_console.optimiser.core.anneal import fill
from dispatch_console.optimiser.core.compile import Ints
from dispatch_console.optimiser.core.fields import *
from dispatch_console.optimiser.core.state import *

#: What tasks of one rank are put in order by, columns of `Ground.sorts`: early opening, narrow windows, far from
#: the depot, by size. The first is the usual one where there are times.
ORDERS = (4, 3, 1, 0)
_FAR = 1
#: Tasks put in at once.
BATCH = 100


class Kept(NamedTuple):
    """A state to come back to, without what is best."""

    nodes: Ints
    routes: Ints
    missing: Ints
    here: Ints

    def bring_back(self, s: Stand) -> None:
        s.nodes[:], s.routes[:], s.missing[:] = self.nodes, self.routes, self.missing
        s.here[H_LOST_3 : H_COST + 1] = self.here[H_LOST_3 : H_COST + 1]
        s.here[H_MISSING] = self.here[H_MISSING]


def keep(s: Stand) -> Kept:
    return Kept(s.nodes.copy(), s.routes.copy(), s.missing.copy(), s.here.copy())


def fill_in(
    g: Ground, s: Stand, over: Callable[[], bool], rule: int | None = None, hard: Ints | None = None
) -> None:
    """Put in what is missing, the important ones first, and of these those that were `hard` to place. Leaves off
    between two batches when it is `over`."""
    if rule is None:
        rule = ORDERS[0] if g.flags[TIMED] else _FAR
    missing = s.missing[: s.here[H_MISSING]].copy()
    easy = np.zeros(len(missing), bool) if hard is None else ~np.isin(missing, hard)
    keys = np.stack((g.sorts[missing, rule], easy, -g.quick[missing, Q_RANK]))
    order = missing[np.lexsort(keys)].astype(np.int32)
    for first in range(0, len(order), BATCH):
        if first and over():
            return
        part = order[first : first + BATCH]
        fill(g, s, part, len(part))


def fill_in_best(g: Ground, s: Stand, over: Callable[[], bool], tries: int) -> Ints:
    """Put in what is missing, `tries` times, and go on from what leaves out least and costs least. What found no
    place comes first the next time. What is left out although it had a place in one of the tries."""
    begin = keep(s)
    best: tuple[list[int], Kept] | None = None
    hard = np.zeros(0, np.int32)
    hopeless = s.missing[: s.here[H_MISSING]].copy()
    for number in range(tries):
        begin.bring_back(s)
        fill_in(g, s, over, ORDERS[number % len(ORDERS)], hard)
        missing = s.missing[: s.here[H_MISSING]]
        hard, hopeless = np.union1d(hard, missing), np.intersect1d(hopeless, missing)
        worth = s.here[H_LOST_3 : H_COST + 1].tolist()
        if best is None or worth < best[0]:
            best = worth, keep(s)
        if over():
            break
    if best is not None:
        best[1].bring_back(s)
    return np.setdiff1d(s.missing[: s.here[H_MISSING]], hopeless)
