"""The immutable snapshot of one depot's day: everything a window shows and a service works on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from dispatch_console.domain import clock, freeze, leaving, off_road, stops
from dispatch_console.domain.approval import Approval as Approval
from dispatch_console.domain.approval import DayState as DayState
from dispatch_console.domain.approval import Said as Said
from dispatch_console.domain.baseline import Baseline
from dispatch_console.domain.errors import StaleChange
from dispatch_console.domain.facts import ROUTE_STATES, Fact, Facts
from dispatch_console.domain.fleet import Depot, Shift, ShiftId
from dispatch_console.domain.orders import Order, OrderId, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, Plan, PlanChange, Route, Swap, roads_on, swapped
from dispatch_console.domain.region import Area
from dispatch_console.domain.road_changes import RoadChange
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import Basis, RouteSchedule, schedule
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.domain.weights import UNWEIGHED, Policy, Weights


class Elsewhere(NamedTuple):
    """What other consoles have made of a day since: `change` leads from the day here to theirs; `facts` and
    `approval` (with `baseline`) as they are there, None: as here. `seen`: the newest command of the store in it.
    """

    change: PlanChange
    revision: int
    seen: int
    facts: Facts | None = None
    approval: Approval | None = None
    baseline: Baseline | None = None


@dataclass(frozen=True)
class Day:
    """Snapshot. `apply` gives the next one; whatever a change does not touch stays the same object.

    `orders` and `shifts` are in the order of their ids and slots. `schedules` holds one entry per shift.
    `revision` counts changes of the day and is what other consoles compare. `apart`, `weights`: see `Basis`.
    `road_changes`: what the dispatcher says of this day's roads; whoever reckons travel times has to follow it.
    """

    depot: Depot
    date: dt.date
    orders: Mapping[OrderId, Order]
    shifts: Mapping[ShiftId, Shift]
    travel: TravelMatrix
    plan: Plan
    stops: Mapping[StopId, Stop]
    schedules: Mapping[ShiftId, RouteSchedule]
    facts: Facts = field(default_factory=Facts)
    now: int = 0
    revision: int = 0
    approval: Approval = field(default_factory=Approval)
    baseline: Baseline | None = None
    apart: frozenset[frozenset[str]] = frozenset()
    weights: Weights = UNWEIGHED
    road_changes: tuple[RoadChange, ...] = ()
    #: The newest command of the store that is in it.
    seen: int = 0

    @cached_property
    def state(self) -> DayState:
        """Out once a van has left; back, debriefed when all that drive are; closed when somebody said so."""
        if self.approval.state is DayState.DRAFT:
            return DayState.DRAFT
        if self.facts.day_closed is not None:
            return DayState.CLOSED
        steps = [ROUTE_STATES.index(self.facts.state(route.id)) for route in self.routes if route.stops]
        if not any(steps):
            return DayState.APPROVED
        return {0: DayState.OUT, 1: DayState.OUT, 2: DayState.BACK}.get(min(steps), DayState.DEBRIEFED)

    @cached_property
    def basis(self) -> Basis:
        place = self.date, self.depot.timezone, self.stops, self.leaving, self.travel
        return Basis(*place, self.facts, self.now, self._sheets(), self.apart, self.weights)

    @cached_property
    def leaving(self) -> Mapping[ShiftId, Shift]:
        """The shifts as routes are scheduled: with a start that is not in the past, see `leaving`."""
        return leaving.leaving(self.shifts, self.plan, self.facts, self.leaves)

    @cached_property
    def leaves(self) -> int:
        """No van of a plan of today leaves before (seconds of the day): a draft's not in the past, those of an
        approved plan not before it was approved; 0: each when its shift begins."""
        if self.approval.state is DayState.DRAFT:
            return leaving.soonest(self.now)
        at = self.approval.at
        if at is None or self.baseline is None:
            return leaving.WHENEVER
        seconds = clock.to_seconds(at, self.date, self.depot.timezone)
        return leaving.as_approved(seconds, self.baseline)

    @property
    def policy(self) -> Policy:
        """What its depot plans by."""
        return Policy(self.weights, self.apart)

    def _sheets(self) -> Mapping[ShiftId, frozenset[StopId]] | None:
        """The stops on the papers of each driver: as approved, and as printed since. None: nothing is approved."""
        if self.baseline is None:
            return None
        printed = {id: said.etas for id, said in self.approval.said.items() if said.etas}
        if not printed:
            return self.baseline.sheets
        approved = self.baseline.sheets
        more = {id: frozenset(stop for stop, _ in etas) for id, etas in printed.items()}
        return {**approved, **{id: approved.get(id, frozenset()) | stops for id, stops in more.items()}}

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """The routes in lane order, empty ones included."""
        return tuple(self.plan.route(id) for id in self.shifts)

    @cached_property
    def without_place(self) -> tuple[StopId, ...]:
        """Stops that wait for their pin."""
        return tuple(id for id, stop in self.stops.items() if stop.pin is None)

    @cached_property
    def off_road(self) -> tuple[StopId, ...]:
        """Stops whose pin no road of the day leads to."""
        return tuple(id for id, stop in self.stops.items() if stop.away is not None)

    @property
    def needs_pin(self) -> tuple[StopId, ...]:
        """Stops that nobody can be sent to before their pin is set."""
        return (*self.without_place, *self.off_road)

    @property
    def starts_off_road(self) -> Mapping[Place, str]:
        """Places where drivers start that no road leads to, each with what is told of it."""
        lost = self.travel.off_road
        if not lost:
            return {}
        named = {shift.start_place: f"{shift.driver.name}'s start" for shift in self.shifts.values()}
        named[self.depot.place] = self.depot.name
        return {place: off_road.of_start(name, lost[place]) for place, name in named.items() if place in lost}

    @property
    def unassigned(self) -> tuple[StopId, ...]:
        """Stops of the pool that have a place and are not settled: what a plan could still take."""
        pool = ((id, self.stops[id]) for id in self.plan.pool.stops)
        return tuple(id for id, stop in pool if stop.place is not None and not stop.settled)

    @cached_property
    def late_stops(self) -> int:
        return sum(s.late_stops for s in self.schedules.values())

    @cached_property
    def overloaded(self) -> int:
        """Routes that carry more than their vehicle may."""
        over = {Rule.CAPACITY_KG, Rule.CAPACITY_M3, Rule.CAPACITY_PIECES}
        return sum(1 for s in self.schedules.values() if any(b.rule in over for b in s.broken))

    def position(self, stop: StopId) -> tuple[ShiftId, int]:
        """(route, index) of a stop; route POOL: unassigned."""
        route = self.plan.where[stop]
        return route, self.plan.route(route).stops.index(stop)

    def apply(
        self,
        change: PlanChange,
        travel: TravelMatrix | None = None,
        known: Mapping[ShiftId, RouteSchedule] | None = None,
    ) -> Day:
        """The day after `change`, with the touched routes scheduled anew.

        `travel` replaces the matrix where the change brings new places; it must hold all old ones. If it is of
        other roads, all routes are scheduled anew. `known`: the schedules of routes after the change, where they
        have been computed already.
        Raises StaleChange or FrozenHead and then changes nothing. What is the depot's alone leaves the revision.
        """
        freeze.check(change, self.facts)
        return self._after(change, travel, known)

    def followed(self, there: Elsewhere, travel: TravelMatrix | None = None) -> Day:
        """The day as another console has left it in the store. `travel` as for `apply`.

        What was done there was in order when it was done, facts and all, so nothing is checked again.
        """
        day = self._after(there.change, travel, None)
        facts = there.facts or self.facts
        told = {fact.route for fact in {*facts.entries} ^ {*self.facts.entries}} - {POOL}
        day = replace(day, facts=facts, revision=there.revision, seen=there.seen)
        if there.approval is not None:
            day = replace(day, approval=there.approval, baseline=there.baseline)
        return (day.rescheduled(told) if told else day).papers_changed(self)

    def _after(
        self, change: PlanChange, travel: TravelMatrix | None, known: Mapping[ShiftId, RouteSchedule] | None
    ) -> Day:
        plan = self.plan.apply(change)
        travel = travel or self.travel
        orders, all_stops, changed = self._orders_after(change.orders, travel)
        shifts = swapped(self.shifts, change.shifts, lambda shift: shift.id)
        day = replace(
            self,
            plan=plan,
            orders=orders,
            stops=all_stops,
            shifts=dict(sorted(shifts.items(), key=lambda e: e[1].slot)) if change.shifts else self.shifts,
            travel=travel,
            revision=self.revision + change.on_day,
            road_changes=roads_on(self.date, self.road_changes, change.roads),
        )
        moved = {swap.after.id for swap in change.shifts if swap.after is not None}
        touched = {*change.touched, *moved, *(plan.where.get(stop, POOL) for stop in changed)}
        all_anew = change.policy is not None or day.travel.provider != self.travel.provider
        return day._by(change.policy).rescheduled(shifts if all_anew else touched, known)

    def _by(self, policy: Swap[Policy] | None) -> Day:
        """The same day, planned by what its depot plans by after `policy`; the schedules stay as they are."""
        if policy is None or policy.after is None:
            return self
        if policy.before != self.policy:
            raise StaleChange("Somebody changed the settings of planning meanwhile. Look at them and do it again.")
        return replace(self, weights=policy.after.weights, apart=policy.after.apart)

    def rescheduled(self, routes: Iterable[ShiftId], known: Mapping[ShiftId, RouteSchedule] | None = None) -> Day:
        """The same day with the schedules of `routes` computed anew, or taken from `known`."""
        basis = self.basis
        schedules = {id: s for id, s in self.schedules.items() if id in self.shifts}
        for id in routes:
            if known is not None and id in known:
                schedules[id] = known[id]
            elif id in self.shifts:
                schedules[id] = schedule(self.plan.route(id), basis.shifts[id], basis)
        return replace(self, schedules=schedules)

    def with_travel(self, travel: TravelMatrix) -> Day:
        after = {id: stops.on_roads(stop, travel.off_road) for id, stop in self.stops.items()}
        same = all(after[id] is stop for id, stop in self.stops.items())
        day = replace(self, travel=travel, stops=self.stops if same else after)
        return day.rescheduled(self.shifts)

    def with_facts(self, facts: Facts, now: int) -> Day:
        return replace(self, facts=facts, now=now).rescheduled(self.shifts)

    def record(self, facts: Iterable[Fact], now: int) -> Day:
        """The day after more facts: the routes they tell of are scheduled anew, all under way once a minute."""
        more = tuple(facts)
        here = self.at(now) if now // 60 > self.now // 60 else self
        after = replace(here, facts=here.facts.add(more))
        return after.rescheduled({fact.route for fact in more} - {POOL})

    def at(self, now: int) -> Day:
        """The same day a little later: routes under way cannot be ahead of the clock, those of a draft not leave
        in the past. Or sooner, where a clock that was wrong is put right."""
        after = replace(self, now=now)
        moved = {id for id, shift in after.leaving.items() if shift.start != self.leaving[id].start}
        if now < self.now:
            moved |= self.shifts.keys()
        elif self.facts.entries:
            moved |= {route.id for route in self.routes if self._is_overtaken(route, now)}
        if not moved:
            return after
        later = after.rescheduled(moved)
        same = {id: was for id, was in self.schedules.items() if later.schedules.get(id) == was}
        return replace(later, schedules={**later.schedules, **same})

    def _is_overtaken(self, route: Route, now: int) -> bool:
        """Whether the clock has passed what is forecast of a route: the end of the stop where the driver stands, or
        of one before that was not told to be done; his arrival at the next one, or at one that he was not told of;
        or he cannot go on. Else a later `now` changes nothing in its schedule.
        """
        if self.facts.stuck(route.id):
            return True
        visits, sheet = self.schedules[route.id].visits, self.basis.sheet(route.id)
        if sheet is not None and any(v.stop not in sheet and v.arrive < now and not v.done for v in visits):
            return True
        head = freeze.head_length(route, self.facts)
        if not head:
            return False
        if any(now > visit.depart for visit in visits[:head] if not visit.done and not visit.presumed):
            return True
        return visits[head - 1].done and head < len(visits) and visits[head].arrive < now

    def papers_changed(self, before: Day) -> Day:
        """The same day with the routes scheduled anew whose driver has other papers than in `before`: where nobody
        phones, it counts what he knows of. Those too whose vans can leave sooner or later."""
        was, now = before.basis, self.basis
        moved = {id for id, shift in self.leaving.items() if shift.start != before.leaving[id].start}
        if self.facts.entries:
            moved |= {id for id in self.shifts if was.sheet(id) != now.sheet(id)}
        return self.rescheduled(moved) if moved else self

    def places(self) -> list[Place]:
        """Every place that the day's travel matrix must hold, each once."""
        found = [self.depot.place]
        for shift in self.shifts.values():
            found.append(shift.start_place)
            if shift.end_place is not None:
                found.append(shift.end_place)
        found.extend(stop.pin for stop in self.stops.values() if stop.pin is not None)
        return list(dict.fromkeys(found))

    @property
    def areas(self) -> tuple[Area, ...]:
        """Where this day's roads are others than usual."""
        return tuple(change.area for change in self.road_changes)

    def _orders_after(
        self, swaps: tuple[Swap[Order], ...], travel: TravelMatrix
    ) -> tuple[Mapping[OrderId, Order], Mapping[StopId, Stop], set[StopId]]:
        if not swaps:
            return self.orders, self.stops, set()
        orders = dict(sorted(swapped(self.orders, swaps, lambda order: order.id).items()))
        changed = {order.stop for swap in swaps for order in swap if order is not None}
        groups: dict[StopId, list[Order]] = {stop: [] for stop in changed}
        for order in orders.values():
            if order.stop in groups:
                groups[order.stop].append(order)
        after = dict(self.stops)
        for stop, group in groups.items():
            if group:
                made = stops.from_orders(tuple(group), self.date, self.depot)
                after[stop] = stops.on_roads(made, travel.off_road)
            else:
                after.pop(stop, None)
        return orders, after, changed


def open_day(
    depot: Depot,
    date: dt.date,
    orders: Iterable[Order],
    shifts: Iterable[Shift],
    travel: TravelMatrix,
    plan: Plan | None = None,
    *,
    facts: Facts | None = None,
    now: int = 0,
    revision: int = 0,
    approval: Approval | None = None,
    baseline: Baseline | None = None,
    apart: frozenset[frozenset[str]] = frozenset(),
    weights: Weights = UNWEIGHED,
    road_changes: tuple[RoadChange, ...] = (),
    seen: int = 0,
) -> Day:
    """Build a day with all its schedules. Stops that the plan does not name go to the pool."""
    by_id = {order.id: order for order in orders}
    by_shift = {shift.id: shift for shift in sorted(shifts, key=lambda s: s.slot)}
    all_stops = stops.build(by_id.values(), date, depot, travel.off_road)
    plan = plan or Plan()
    loose = tuple(stop for stop in all_stops if stop not in plan.where)
    if loose:
        plan = Plan({**plan.routes, POOL: plan.pool.with_stops((*plan.pool.stops, *loose))})
    day = Day(
        depot,
        date,
        by_id,
        by_shift,
        travel,
        plan,
        all_stops,
        {},
        facts or Facts(),
        now,
        revision,
        approval or Approval(),
        baseline,
        apart,
        weights,
        road_changes,
        seen,
    )
    return day.rescheduled(by_shift)
