"""Where a route is cut into tours, and what is on board on each of them.

A tour leaves the start place with all that it delivers and comes back with all that it collects: at a reload
everything leaves the van. How tours are cut, and why, is told in `schedule`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from dispatch_console.domain.fleet import Capacity
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.stops import Stop

#: A tour waits so long in the depot for goods of one more stop, in seconds.
TOUR_WAIT_S = 1800
_NOTHING = Size()


class Goods(NamedTuple):
    """What a stop means to its tour: `brought` from the start of the tour on, and `change`, what is on board more
    after it than what the tour brought for later stops."""

    brought: Size
    change: Size


class Load(NamedTuple):
    """A tour so far, if it had no more stops: most on board, on board at its end, and its stops."""

    peak: Size = _NOTHING
    left: Size = _NOTHING
    stops: frozenset[StopId] = frozenset()

    def fits(self, capacity: Capacity) -> bool:
        limits = zip(self.peak, capacity, strict=True)
        return all(limit is None or most <= limit for most, limit in limits)


class Freight:
    """The goods of a route. Goods that a failed stop did not take stay on board, goods that it did not give never
    come; what goes on board at a stop for a later one (`pickup`) is given there."""

    def __init__(self, stops: Sequence[Stop], failed: Container[StopId]) -> None:
        self._failed = failed
        self._given = _given(stops)

    def goods(self, stop: Stop, tour: Container[StopId]) -> Goods:
        """`tour`: the stops of its tour before it."""
        failed, aboard = stop.id in self._failed, stop.pickup in tour
        change = self._given.get(stop.id, _NOTHING)
        if not failed:
            change = change.plus(stop.collection)
            return Goods(_NOTHING, change.minus(stop.delivery)) if aboard else Goods(stop.delivery, change)
        return Goods(_NOTHING, change) if aboard else Goods(stop.delivery, change.plus(stop.delivery))

    def add(self, load: Load, stop: Stop) -> Load:
        """A tour with one more stop."""
        brought, change = self.goods(stop, load.stops)
        left = load.left.plus(change)
        return Load(load.peak.plus(brought).peak(left), left, load.stops | {stop.id})


def _given(stops: Sequence[Stop]) -> Mapping[StopId, Size]:
    """Stop → what comes on board there for stops behind it."""
    if not any(stop.pickup for stop in stops):
        return {}
    found: dict[StopId, Size] = {}
    seen: set[StopId] = set()
    for stop in stops:
        if stop.pickup in seen:
            found[stop.pickup] = found.get(stop.pickup, _NOTHING).plus(stop.delivery)
        seen.add(stop.id)
    return found


class Loads(NamedTuple):
    """What is on board at the start of a route or tour and after each of its stops, and most of all, by part."""

    start: Size
    after: Sequence[Size]
    peak: Size


def loads(stops: Sequence[Stop], cuts: Sequence[int], failed: Container[StopId]) -> Loads:
    """`cuts`: indices of the stops with which tours after the first begin."""
    tours = by_tour(stops, cuts, failed)
    after = [load for tour in tours for load in tour.after]
    return Loads(tours[0].start, after, _most([tour.peak for tour in tours]))


def by_tour(stops: Sequence[Stop], cuts: Sequence[int], failed: Container[StopId]) -> list[Loads]:
    """The loads of each tour by itself."""
    freight = Freight(stops, failed)
    found: list[Loads] = []
    for first, end in zip((0, *cuts), (*cuts, len(stops)), strict=True):
        before: set[StopId] = set()
        tour: list[Goods] = []
        for stop in stops[first:end]:
            tour.append(freight.goods(stop, before))
            before.add(stop.id)
        start = load = Size(*(sum(goods.brought[k] for goods in tour) for k in range(3)))
        after: list[Size] = []
        for brought, change in tour:
            load = load.minus(brought).plus(change)
            after.append(load)
        found.append(Loads(start, after, _most((start, *after))))
    return found


def plain_loads(stops: Sequence[Stop]) -> Loads:
    """One tour on which nothing has failed and nothing is handed over: as plain integers, for speed."""
    parts: list[list[int]] = []
    for part in range(3):
        goods = [(stop.delivery[part], stop.collection[part]) for stop in stops]
        steps = (collected - delivered for delivered, collected in goods)
        parts.append(list(accumulate(steps, initial=sum(delivered for delivered, _ in goods))))
    after = list(map(Size, *parts))
    return Loads(after[0], after[1:], Size(*map(max, parts)))


def _most(sizes: Sequence[Size]) -> Size:
    return Size(*map(max, zip(*sizes, strict=True)))


def numbered(cuts: Sequence[int], n: int) -> list[int]:
    """The number of the tour of each of `n` stops, from 0 on."""
    begun = Counter(cuts)
    return list(accumulate(begun[i] for i in range(n)))
