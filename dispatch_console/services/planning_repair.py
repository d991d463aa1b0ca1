"""A found plan made to fit the day as it has become while the search ran.

Routes that somebody touched meanwhile stay as he left them. All others get the sequence that was found for them,
without the stops that are elsewhere by now. What is homeless then (found for a touched route, or taken out because
a rule would be broken) is put in where it costs least and breaks nothing. A stop that fits nowhere stays where it
stands today: its route keeps its sequence too. Last, routes that exchange stops among each other keep their
sequences if the repair left them no better than they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Generator, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from dispatch_console.domain import freeze
from dispatch_console.domain.cheapest import finding_cheapest
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import newly_broken
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, Route
from dispatch_console.domain.schedule import Basis, RouteSchedule, schedule
from dispatch_console.optimiser.check import RANKS, mend
from dispatch_console.optimiser.tasks import Found, Problem
from dispatch_console.services.preview import groups_of

Sequences = dict[ShiftId, tuple[StopId, ...]]


class Repaired(NamedTuple):
    """`routes`: those to be taken over, as they will be, with their schedules. `kept`: routes that the search would
    have changed and that stay as they are. `placed`: stops that got another place than the one found for them."""

    routes: dict[ShiftId, tuple[Route, RouteSchedule]]
    kept: frozenset[ShiftId]
    placed: int


def repaired(began: Day, now: Day, found: Found, question: Problem) -> Generator[None, None, Repaired]:
    """What of `found`, searched for on `began`, is taken over into `now`. Each step takes a few milliseconds."""
    repair = _Repair(began, now, found, question)
    while True:
        stuck = yield from repair.attempt()
        if not stuck:
            break
        [(worst, _)] = Counter(now.plan.where[stop] for stop in stuck).most_common(1)
        repair.keep({worst})
    yield from repair.drop_what_is_no_better()
    return (yield from repair.outcome())


class _Repair:
    """`free`: planned routes that may be changed. `drafts`: what they become."""

    def __init__(self, began: Day, now: Day, found: Found, question: Problem) -> None:
        self._began, self._now, self._found, self._question = began, now, found, question
        self._basis: Basis = replace(now.basis)  # its own trials: what is tried here is nobody's route
        self._held = {one.route.id: one for one in question.held}
        self._heads = heads_of(question)
        self._tasks = {task.stop: task for task in question.tasks}
        self._same_world = _same_world(began, now) and question.basis.now == now.now
        self._free = [id for id in found.sequences if _as_it_was(began, now, id)]
        self._wanted = {stop for stops in found.sequences.values() for stop in stops}
        self._schedules: dict[ShiftId, tuple[Route, RouteSchedule]] = {}
        self._drafts: dict[ShiftId, Route] = {}
        self._placed: set[StopId] = set()

    def keep(self, routes: Collection[ShiftId]) -> None:
        self._free = [id for id in self._free if id not in routes]

    def attempt(self) -> Generator[None, None, list[StopId]]:
        """Make the drafts. Returns the stops that have a driver today and fit nowhere any more."""
        self._placed = set()
        while True:
            self._drafts = {}
            spoilt: set[ShiftId] = set()
            for id in self._free:
                draft = self._draft(id)
                if draft is None:
                    spoilt.add(id)
                else:
                    self._drafts[id] = draft
                yield
            if not spoilt:
                break
            self.keep(spoilt)
        stuck: list[StopId] = []
        for stop in self._homeless():
            placed = yield from self._place(stop)
            if not placed and self._now.plan.where[stop] != POOL:
                stuck.append(stop)
            yield
        return stuck

    def drop_what_is_no_better(self) -> Generator[None]:
        """Take back groups of routes that were repaired to no gain. No other route has any of their stops."""
        for group in self._groups():
            as_found = all(self._drafts[id].stops == self._found.sequences[id] for id in group)
            as_today = all(self._drafts[id].stops == self._now.plan.route(id).stops for id in group)
            if not as_found and not as_today:
                yield
                if self._worth(group, self._drafts) >= self._worth(group, self._now.plan.routes):
                    self._placed -= {stop for id in group for stop in self._drafts[id].stops}
                    self.keep(group)

    def outcome(self) -> Generator[None, None, Repaired]:
        plan = self._now.plan
        after = {id: self._drafts[id] for id in self._free if self._drafts[id].stops != plan.route(id).stops}
        wanted = {id for id, stops in self._found.sequences.items() if stops != self._began.plan.route(id).stops}
        routes: dict[ShiftId, tuple[Route, RouteSchedule]] = {}
        for id, route in after.items():
            routes[id] = route, self._scheduled(route)
            yield
        return Repaired(
            routes,
            frozenset(wanted - set(self._free)),
            len(self._placed),
        )

    def _draft(self, id: ShiftId) -> Route | None:
        """The found sequence of a route with what is there of it; None if that cannot be."""
        here, wanted = self._now.plan.route(id), self._found.sequences[id]
        stops = _in_position(tuple(s for s in wanted if self._is_there(s)), _fixed(here, wanted))
        if stops is None:
            return None
        draft = here.with_stops(stops)
        held = self._held.get(id)
        if held is None or (self._same_world and stops == wanted):
            return draft  # of an absent driver: only the head is left; or checked by the search
        draft, timed = mend(draft, held, self._basis)
        self._schedules[id] = draft, timed
        whole = _in_position(draft.stops, _fixed(here, wanted)) == draft.stops
        return None if newly_broken(held.schedule, timed) or not whole else draft

    def _is_there(self, stop: StopId) -> bool:
        """Whether a stop may be taken from where it is: a free route, or the pool if it was there before."""
        where = self._now.plan.where.get(stop)
        if where == POOL:
            return self._began.plan.where.get(stop) == POOL
        return where in self._free

    def _homeless(self) -> list[StopId]:
        """Stops of free routes and of the pool that the found plan gives a driver and the drafts do not; the most
        important and least flexible first. What the search itself left out stays out."""
        has = {stop for route in self._drafts.values() for stop in route.stops}
        missing = [stop for stop in self._wanted - has if self._is_there(stop)]
        stops = self._basis.stops
        return sorted(
            (stop for stop in missing if stop in self._tasks),
            key=lambda s: (-RANKS[stops[s].priority], _room(stops[s].windows), s),
        )

    def _place(self, stop: StopId) -> Generator[None, None, bool]:
        able = {self._question.vehicles[driver].shift for driver in self._tasks[stop].drivers}
        routes = [(self._drafts[id], self._first(id)) for id in self._free if id in able]
        offer = yield from finding_cheapest(stop, routes, self._basis)
        if offer is None:
            return False
        stops = self._drafts[offer.route].stops
        self._drafts[offer.route] = self._drafts[offer.route].with_stops(
            (*stops[: offer.at], stop, *stops[offer.at :])
        )
        self._placed.add(stop)
        return True

    def _first(self, id: ShiftId) -> int:
        """The first index at which a stop may be put in: behind the head and what has to keep its position."""
        here = self._now.plan.route(id)
        fixed = max(_fixed(here, self._found.sequences[id]), default=-1)
        return max(freeze.head_length(here, self._now.facts), self._heads.get(id, 0), fixed + 1)

    def _groups(self) -> Iterable[frozenset[ShiftId]]:
        """Free routes that exchange stops, directly or by others."""
        drafts = {id: self._drafts[id].stops for id in self._free}
        return dict.fromkeys(groups_of(self._now.plan.where, drafts).values())

    def _worth(self, group: Iterable[ShiftId], routes: Mapping[ShiftId, Route]) -> tuple[int, list[int], int]:
        """Smaller is better: rules broken, stops without a driver (critical first), cost as the search counts."""
        members = list(group)
        concerned = {s for id in members for s in (*self._now.plan.route(id).stops, *self._drafts[id].stops)}
        timed = [self._scheduled(routes.get(id) or Route(id)) for id in members]
        missed = [0, 0, 0, 0]
        for stop in concerned - {s for id in members for s in (routes.get(id) or Route(id)).stops}:
            missed[3 - RANKS[self._basis.stops[stop].priority]] += 1
        costs = {vehicle.shift: vehicle.costs for vehicle in self._question.vehicles}
        score = 0
        for one in timed:
            if one.visits and one.route in costs:
                hour, km, fixed = costs[one.route]
                score += fixed * 3_600_000 + hour * 1000 * (one.end - one.start) + km * 3600 * one.drive_m
        return sum(len(one.broken) for one in timed), missed, score

    def _scheduled(self, route: Route) -> RouteSchedule:
        known = self._schedules.get(route.id)
        if known is not None and known[0] is route:
            return known[1]
        today = self._now.schedules.get(route.id)
        if today is not None and route is self._now.plan.route(route.id):
            return today
        timed = schedule(route, self._basis.shifts[route.id], self._basis)
        self._schedules[route.id] = route, timed
        return timed


def heads_of(question: Problem) -> dict[ShiftId, int]:
    """Route → how many of its leading stops the search was told to leave alone."""
    return {vehicle.shift: len(vehicle.head) for vehicle in question.vehicles}


def _same_world(began: Day, now: Day) -> bool:
    """Whether nothing but the plan has changed, so that what the search made sure of still holds."""
    return (
        began.stops is now.stops
        and began.shifts is now.shifts
        and began.travel is now.travel
        and began.facts is now.facts
    )


def _as_it_was(began: Day, now: Day, id: ShiftId) -> bool:
    """Whether a route and its shift are what the search was asked about, and no more of it has happened."""
    if began.shifts.get(id) != now.shifts.get(id) or began.plan.route(id) != now.plan.route(id):
        return False
    route = now.plan.route(id)
    if began.facts.stuck(id) != now.facts.stuck(id):
        return False
    lengths = freeze.head_length(route, began.facts), freeze.head_length(route, now.facts)
    return lengths[0] == lengths[1] and freeze.head(route, began.facts) == freeze.head(route, now.facts)


def _fixed(here: Route, wanted: tuple[StopId, ...]) -> dict[int, StopId]:
    """Index → stop that has to stay there."""
    return {at: stop for at, stop in enumerate(wanted) if stop in here.fixed}


def _in_position(stops: tuple[StopId, ...], fixed: dict[int, StopId]) -> tuple[StopId, ...] | None:
    """`stops` with the fixed ones at their indices; None if too few are left for that."""
    if not fixed:
        return stops
    still = set(fixed.values())
    others = [stop for stop in stops if stop not in still]
    for at, stop in sorted(fixed.items()):
        if at > len(others):
            return None
        others.insert(at, stop)
    return tuple(others)


def _room(windows: Iterable[tuple[int, int]]) -> int:
    """Seconds in which a service may begin; a day if any time will do."""
    return sum(end - start for start, end in windows) or 86_400
