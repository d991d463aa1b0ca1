"""A found plan kept near the one that runs: a stop moves only if moving it saves enough.

Drivers have printed sheets and loaded vans; every moved stop is a phone call. So what a search found is taken back
stop by stop where it gains too little, and goods that it left out stay where they are: on their van.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from dispatch_console.domain import freeze, insertion
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import newly_broken
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, Route
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import Basis, RouteSchedule, schedule
from dispatch_console.domain.sequences import steady
from dispatch_console.services.preview import groups_of, times_of

Sequences = dict[ShiftId, tuple[StopId, ...]]

#: Passes over all moved stops, at most: taking one back can make another one not worth it. Two or three are usual.
_PASSES = 12


def steadied(
    before: Day, found: Sequences, least_saved_s: int, heads: dict[ShiftId, int]
) -> Generator[None, None, Sequences]:
    """The sequences of all routes that change, once the moves that save less than `least_saved_s` are taken back.

    `found`: the routes that a search would change, whole. `heads`: how many leading stops of a route stay in any
    case. What saves seconds are driving, waiting and lateness together. Each step takes a few milliseconds.
    """
    work = _Steadying(before, found, least_saved_s, heads)
    yield from work.put_back()
    for _ in range(_PASSES):
        back = yield from work.take_back_moves()
        kept = yield from work.keep_orders()
        if not back and not kept:
            break
    yield from work.drop_what_loses()
    return work.sequences()


class _Steadying:
    """`drafts`: the routes as they become."""

    def __init__(self, before: Day, found: Sequences, least_s: int, heads: dict[ShiftId, int]) -> None:
        self._before, self._least_s, self._heads = before, least_s, heads
        self._basis: Basis = replace(before.basis)
        self._drafts = {route.id: route.with_stops(found.get(route.id, route.stops)) for route in before.routes}
        has = {stop for draft in self._drafts.values() for stop in draft.stops}
        self._lost = [stop for route in before.routes for stop in route.stops if stop not in has]
        self._timed: dict[Route, RouteSchedule] = {}

    def put_back(self) -> Generator[None]:
        """Stops that have a driver now and lost him go back to him, where they do least harm."""
        where = self._before.plan.where
        for stop in self._lost:
            self._drafts[where[stop]] = self._with(stop, self._drafts[where[stop]])
            yield

    def take_back_moves(self) -> Generator[None, None, bool]:
        """Stops that changed their driver for too little go back, the least useful move first."""
        undone = False
        savings: list[tuple[int, StopId]] = []
        for stop in self._movers():
            savings.append((self._saving(stop), stop))
            yield
        for _, stop in sorted(savings):
            yield
            back = self._back(stop)
            undone |= back is not None and self._take_back(back)
        return undone

    def keep_orders(self) -> Generator[None, None, bool]:
        """Stops that changed their place in their own route for too little go back, the least useful move first."""
        undone = False
        for id, draft in list(self._drafts.items()):
            old = self._before.plan.route(id).stops
            moved = set(old) & set(draft.stops) - steady(old, draft.stops)
            gains: list[tuple[int, StopId]] = []
            for stop in sorted(moved):
                gains.append((self._gain({id: self._as_before(stop, draft)}), stop))
                yield
            for _, stop in sorted(gains):
                yield
                undone |= self._take_back({id: self._as_before(stop, self._drafts[id])})
        return undone

    def drop_what_loses(self) -> Generator[None]:
        """Groups of routes that end up with no gain worth a move stay as they are."""
        where, done = self._before.plan.where, set[ShiftId]()
        for id, group in groups_of(where, self.sequences()).items():
            yield
            if id in done:
                continue
            done |= group
            today = {one: self._before.plan.route(one) for one in group}
            brings = any(where[s] == POOL for one in group for s in self._drafts[one].stops)
            if not brings and self._gain(today) < self._least_s:
                self._drafts.update(today)

    def sequences(self) -> Sequences:
        return {
            id: draft.stops
            for id, draft in self._drafts.items()
            if draft.stops != self._before.plan.route(id).stops
        }

    def _take_back(self, instead: dict[ShiftId, Route]) -> bool:
        """Have `instead` in place of the drafts, unless they save enough or a rule would be broken."""
        is_so = all(self._drafts[id] == route for id, route in instead.items())
        if is_so or self._gain(instead) >= self._least_s or self._harms(instead):
            return False
        self._drafts.update(instead)
        return True

    # -- one move ------------------------------------------------------------------------------------

    def _movers(self) -> list[StopId]:
        where = self._before.plan.where
        return [s for id, d in self._drafts.items() for s in d.stops if where[s] not in (id, POOL)]

    def _saving(self, stop: StopId) -> int:
        back = self._back(stop)
        return self._gain(back) if back is not None else self._least_s

    def _back(self, stop: StopId) -> dict[ShiftId, Route] | None:
        """The drafts with `stop` at its old driver again; None where it is there already."""
        home = self._before.plan.where[stop]
        now = next(id for id, draft in self._drafts.items() if stop in draft.stops)
        if now == home:
            return None
        here = self._drafts[now]
        without = here.with_stops(tuple(s for s in here.stops if s != stop))
        return {now: without, home: self._as_before(stop, self._drafts[home])}

    def _with(self, stop: StopId, route: Route) -> Route:
        """`route` with `stop` where it stood against its old neighbours, or where it does least harm."""
        as_before = self._as_before(stop, route)
        first = max(self._heads.get(route.id, 0), freeze.head_length(route, self._basis.facts))
        at = max(first, insertion.best_in_route(stop, route, self._basis).at)
        best = route.with_stops((*route.stops[:at], stop, *route.stops[at:]))
        return min(
            (as_before, best), key=lambda r: (len(self._schedule(r).broken), times_of(self._schedule(r)).all_s)
        )

    def _as_before(self, stop: StopId, route: Route) -> Route:
        """`route` with `stop` behind the nearest of its old predecessors that is there and kept its place."""
        rest = tuple(s for s in route.stops if s != stop)
        old = self._before.plan.route(route.id).stops
        firm = steady(old, rest)
        earlier = [s for s in old[: old.index(stop)] if s in firm] if stop in old else []
        at = rest.index(earlier[-1]) + 1 if earlier else min(self._heads.get(route.id, 0), len(rest))
        return route.with_stops((*rest[:at], stop, *rest[at:]))

    def _gain(self, instead: dict[ShiftId, Route]) -> int:
        """Seconds that the drafts save against having `instead` in their place."""
        now = sum(times_of(self._schedule(self._drafts[id])).all_s for id in instead)
        return sum(times_of(self._schedule(route)).all_s for route in instead.values()) - now

    def _harms(self, instead: dict[ShiftId, Route]) -> bool:
        """Whether a rule would be broken that is broken neither today nor in the draft; late is counted in time."""
        for route in instead.values():
            today = self._before.schedules[route.id]
            for base in (today, self._schedule(self._drafts[route.id])):
                if not [b for b in newly_broken(base, self._schedule(route)) if b.rule is not Rule.WINDOW]:
                    break
            else:
                return True
        return False

    def _schedule(self, route: Route) -> RouteSchedule:
        known = self._timed.get(route)
        if known is None:
            known = self._timed[route] = schedule(route, self._basis.shifts[route.id], self._basis)
        return known
