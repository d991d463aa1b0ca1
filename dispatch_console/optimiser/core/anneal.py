"""Rounds of ruin and recreate with simulated annealing, and the first plan by insertion."""

from __future__ import annotations

import math

from dispatch_console.optimiser.core.compile import compiled, inlined, wide
from dispatch_console.optimiser.core.fields import *
from dispatch_console.optimiser.core.place import *
from dispatch_console.optimiser.core.plain import *
from dispatch_console.optimiser.core.ruin import *
from dispatch_console.optimiser.core.state import *
from dispatch_console.optimiser.core.tails import swap_tails

#: Tails are exchanged if both joints together cost no more than so many times the temperature on top.
_DEARER = 10.0
#: In so many rounds of a thousand a whole route is taken out, where it costs something to use a van.
_WHOLE_ROUTES = 10
#: So many of the missing tasks are tried again in a round.
_AGAIN = 10
#: Rules to put tasks in order by, and how often each is drawn (of 17, or 11 where there are no times): at random,
#: by size, far from the depot first, near it first, narrow windows first, early opening, early closing.
_RULES = (-1, -1, -1, -1, 0, 0, 0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 5)


@compiled
def rounds(
    g: Ground, s: Stand, count: int, heat: float, average: float, cuts: float, longest: float, tails: int
) -> None:
    """`count` rounds at a temperature of `heat` parts of a cent. The best state is kept in `best`.

    `average`: stops a route; `cuts`, `longest`: see `ruin`; `tails` rounds in a hundred try `swap_tails` in its
    place.
    """
    here = s.here
    for _ in range(count):
        _fresh(s)
        cost, l3, l2, l1, l0 = (
            here[H_COST], here[H_LOST_3], here[H_LOST_2], here[H_LOST_1], here[H_LOST_0],
        )  # fmt: skip
        if draw(s, 100) >= tails or not swap_tails(g, s, int(_DEARER * heat)):
            if g.flags[USED] and draw(s, 1000) < _WHOLE_ROUTES and take_route(g, s):
                here[H_SHUT] = 1
            ruin(g, s, average, cuts, longest)
        taken = here[H_OUT]
        for k in range(taken):
            _lost(g, s, wide(s.out[k]), 1)
        _again(g, s, taken)
        _order(g, s)
        holds = here[H_BROKEN] == 0 and _recreate(g, s)
        if holds:
            slack = -heat * math.log((draw(s, 1 << 30) + 1) / (1 << 30))
            holds = not _more(here[H_LOST_3], l3, here[H_LOST_2], l2, here[H_LOST_1], l1, here[H_LOST_0], l0,
                              here[H_COST], cost + int(slack))  # fmt: skip
        if not holds:
            undo(s)
            here[H_COST], here[H_LOST_3], here[H_LOST_2], here[H_LOST_1], here[H_LOST_0] = cost, l3, l2, l1, l0
            continue
        _gather(g, s)
        if _more(here[H_BEST_3], here[H_LOST_3], here[H_BEST_2], here[H_LOST_2], here[H_BEST_1], here[H_LOST_1],
                 here[H_BEST_0], here[H_LOST_0], here[H_BEST], here[H_COST]):  # fmt: skip
            snapshot(s)


@inlined
def _more(a3: int, b3: int, a2: int, b2: int, a1: int, b1: int, a0: int, b0: int, a: int, b: int) -> bool:
    """Whether `a` misses more, or as much and costs more, than `b`; critical stops first."""
    if a3 != b3:
        return a3 > b3
    if a2 != b2:
        return a2 > b2
    if a1 != b1:
        return a1 > b1
    if a0 != b0:
        return a0 > b0
    return a > b


@compiled
def snapshot(s: Stand) -> None:
    """What stands is the best state."""
    here = s.here
    here[H_BEST_3], here[H_BEST_2], here[H_BEST_1] = here[H_LOST_3], here[H_LOST_2], here[H_LOST_1]
    here[H_BEST_0], here[H_BEST] = here[H_LOST_0], here[H_COST]
    for k in range(s.nodes.shape[0]):
        s.best[k] = s.nodes[k, NEXT]
    here[H_BETTER] += 1


@compiled
def fill(g: Ground, s: Stand, tasks: Ints, count: int) -> None:
    """Put `tasks[:count]` in, one after the other; those that fit nowhere are missing."""
    here = s.here
    for k in range(count):
        c = tasks[k]
        if s.nodes[c, ROUTE] >= 0:
            continue
        _fresh(s)
        s.out[0] = c
        here[H_OUT] = 1
        _with_partners(g, s, 0)
        cost, l3, l2, l1, l0 = (
            here[H_COST], here[H_LOST_3], here[H_LOST_2], here[H_LOST_1], here[H_LOST_0],
        )  # fmt: skip
        if not _recreate(g, s) or here[H_BROKEN]:
            undo(s)
            here[H_COST], here[H_LOST_3], here[H_LOST_2], here[H_LOST_1], here[H_LOST_0] = cost, l3, l2, l1, l0
        _gather(g, s)


@inlined
def _fresh(s: Stand) -> None:
    """A new round."""
    s.here[H_ROUND] += 1
    s.here[H_KEPT] = s.here[H_TOUCHED] = s.here[H_OUT] = s.here[H_BROKEN] = s.here[H_SHUT] = 0


@inlined
def _lost(g: Ground, s: Stand, c: int, one: int) -> None:
    """Task `c` goes missing (`one` 1) or is back (−1)."""
    if g.quick[c, Q_PRIZE]:
        s.here[H_COST] += one * g.quick[c, Q_PRIZE] * CENT
    else:
        s.here[H_LOST_0 - g.quick[c, Q_RANK]] += one


@compiled
def _again(g: Ground, s: Stand, taken: int) -> None:
    """Add some of the missing tasks, with what goes in one van with them, to those that are out."""
    here = s.here
    missing = here[H_MISSING]
    for _ in range(min(missing, _AGAIN)):
        c = wide(s.missing[draw(s, missing)])
        fresh = True
        for k in range(taken, here[H_OUT]):
            fresh = fresh and s.out[k] != c
        if fresh:
            s.out[here[H_OUT]] = c
            here[H_OUT] += 1
    _with_partners(g, s, taken)


@compiled
def _with_partners(g: Ground, s: Stand, first: int) -> None:
    """Add to what is out, from index `first` on, what goes in one van with it: whatever a round puts in has to be
    among what is out, or `undo` would leave it half in a route."""
    here = s.here
    if g.groups.shape[0] == 0:
        return
    k = first
    while k < here[H_OUT]:
        group = g.quick[s.out[k], Q_GROUP]
        for j in range(g.groups.shape[1] if group >= 0 else 0):
            c = wide(g.groups[group, j])
            fresh = c >= 0 and s.nodes[c, ROUTE] < 0
            for other in range(first, here[H_OUT]):
                fresh = fresh and s.out[other] != c
            if fresh:
                s.out[here[H_OUT]] = c
                here[H_OUT] += 1
        k += 1


@compiled
def _order(g: Ground, s: Stand) -> None:
    """Sort what is out: the important ones first, then by a rule drawn at random."""
    rule = _RULES[draw(s, 17 if g.flags[TIMED] else 11)]
    for k in range(s.here[H_OUT]):
        c = wide(s.out[k])
        key = draw(s, 1 << 20) if rule < 0 else g.sorts[c, rule]
        key -= g.quick[c, Q_RANK] << 40
        j = k - 1
        while j >= 0 and s.keys[j] > key:
            s.keys[j + 1], s.out[j + 1] = s.keys[j], s.out[j]
            j -= 1
        s.keys[j + 1], s.out[j + 1] = key, c


@compiled
def _recreate(g: Ground, s: Stand) -> bool:
    """Put in what is out. False: something that is held, or half of a pair, finds no place."""
    here = s.here
    for k in range(here[H_OUT]):
        c = wide(s.out[k])
        group = g.quick[c, Q_GROUP]
        if group >= 0:
            if s.nodes[c, ROUTE] < 0 and g.groups[group, 0] == c and place_group(g, s, group):
                for j in range(g.groups.shape[1]):
                    if g.groups[group, j] >= 0:
                        _lost(g, s, wide(g.groups[group, j]), -1)
            elif s.nodes[c, ROUTE] < 0 and g.quick[c, Q_HELD]:
                return False
        elif place(g, s, c, True):
            _lost(g, s, c, -1)
        elif g.quick[c, Q_HELD]:
            return False
        if here[H_BROKEN]:
            return False
    return True


@compiled
def _gather(g: Ground, s: Stand) -> None:
    """List anew who is missing: those listed, and those that this round left out."""
    here, nodes = s.here, s.nodes
    left = 0
    for k in range(here[H_MISSING]):
        c = wide(s.missing[k])
        if nodes[c, ROUTE] < 0:
            s.missing[left] = c
            left += 1
    listed = left
    for k in range(here[H_OUT]):
        c = wide(s.out[k])
        if nodes[c, ROUTE] < 0:
            fresh = True
            for j in range(listed):
                fresh = fresh and s.missing[j] != c
            if fresh:
                s.missing[left] = c
                left += 1
    here[H_MISSING] = left
