"""Addresses that are not certain, one after the other: which comes next, and what is left for later."""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.region import Hit
from dispatch_console.geocoding import addresses
from dispatch_console.services.finding_places import Found


class Unsure(NamedTuple):
    """A stop that waits for its place, with what its address may mean, the best first."""

    stop: StopId
    hits: tuple[Hit, ...]


class Counts(NamedTuple):
    """Of `all` that stood in the queue: those that have a place by now, and those left for later."""

    all: int
    placed: int
    later: int


class PlacesQueue:
    """The stops of a day that have no place, in the order of the pool and the routes."""

    def __init__(self) -> None:
        self._found = Found()
        self._later: set[StopId] = set()
        self._seen: dict[StopId, None] = {}
        self._day: Day | None = None

    def begin(self, day: Day) -> None:
        """Anew: nothing is left for later."""
        self._later.clear()
        self._seen.clear()
        self._day = None
        self.follow(day)

    def learn(self, found: Found) -> None:
        self._found = Found(unsure={**self._found.unsure, **found.unsure})

    def follow(self, day: Day) -> frozenset[StopId]:
        """The day as it is now; the stops that lost their place since: what was undone, or came in."""
        known, without = frozenset(self._seen), frozenset(day.without_place)
        back = without - (frozenset() if self._day is None else frozenset(self._day.without_place))
        self._day = day
        self._seen.update(dict.fromkeys(day.without_place))
        self._later = (self._later - back) & without
        return back & known

    def put_off(self, stop: StopId) -> None:
        self._later.add(stop)

    def take_up(self) -> None:
        """What was left for later comes again."""
        self._later.clear()

    @property
    def waiting(self) -> tuple[Unsure, ...]:
        """Those that are not left for later, in the order of the pool and the routes."""
        if self._day is None:
            return ()
        stops = self._day.stops
        return tuple(
            Unsure(stop, self._found.unsure.get(addresses.key(stops[stop].order.address), ()))
            for stop in self._day.without_place
            if stop not in self._later
        )

    def of(self, stop: StopId) -> Unsure | None:
        """What is known of one that waits; None: it does not wait any more."""
        return next((one for one in self.waiting if one.stop == stop), None)

    def after(self, stop: StopId | None) -> Unsure | None:
        """The one that follows `stop`, from the end again the first; None if none waits."""
        waiting = self.waiting
        order = list(self._seen)
        at = order.index(stop) + 1 if stop is not None and stop in self._seen else 0
        by_stop = {one.stop: one for one in waiting}
        return next((by_stop[one] for one in (*order[at:], *order[:at]) if one in by_stop), None)

    @property
    def counts(self) -> Counts:
        without = len(self._day.without_place) if self._day is not None else 0
        return Counts(len(self._seen), len(self._seen) - without, len(self._later))
