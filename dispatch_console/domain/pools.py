"""The pool where two have changed it: its order is nobody's plan, so what left and what came is all that counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, Route, Swap


def missing(swap: Swap[Route], waiting: Collection[StopId]) -> list[StopId]:
    """The stops that `swap` takes out of the pool though they are not `waiting` there any more."""
    before, after = (side or Route(POOL) for side in swap)
    here, kept = set(waiting), set(after.stops)
    return [stop for stop in before.stops if stop not in kept and stop not in here]


def on_top(swap: Swap[Route], now: Route, waiting: Collection[StopId]) -> Swap[Route]:
    """The swap of the pool as it is `now`: with what came to it and left it since. `waiting`: all stops that are
    unassigned now, those of which `now` does not know too.
    """
    if now == (swap.before or Route(POOL)):
        return swap
    before, after = (side or Route(POOL) for side in swap)
    left, came = set(before.stops) - set(after.stops), set(after.stops) - set(before.stops)
    stays = set(waiting) - left | came
    stops = [stop for stop in after.stops if stop in stays]
    weave_in(stops, [stop for stop in now.stops if stop in stays])
    return Swap(now, now.with_stops(tuple(stops)))


def weave_in(mine: list[StopId], others: Iterable[StopId]) -> None:
    """Put the stops of `others` that are missing into `mine`, each behind the one that it follows there."""
    at, here = -1, set(mine)
    for stop in others:
        if stop in here:
            at = mine.index(stop)
        else:
            at += 1
            mine.insert(at, stop)
