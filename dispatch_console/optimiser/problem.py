"""Day and options → `Problem`: what is fixed is split off, what the rules allow is worked out, the rest are tasks.

Fixed are what has happened (the heads), locked routes, and what the dispatcher holds: stops pinned to a driver or
to a position, or all that has a driver where only the pool is to be placed. Where what is held breaks a rule by
itself (a pinned stop that is late in any case), the rule is widened by just so much and no more.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import replace

import numpy as np

from dispatch_console.domain import freeze
from dispatch_console.domain.baseline import Baseline
from dispatch_console.domain.broken import never
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import Costs
from dispatch_console.domain.orders import DriverId, Priority, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Route
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import Basis
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.slices import at_once
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.optimiser import bounds
from dispatch_console.optimiser.check import RANKS
from dispatch_console.optimiser.lanes import Lane, behind_head, lane, vehicle
from dispatch_console.optimiser.options import Changes, Options, Scope
from dispatch_console.optimiser.relations import fetched, paired, steady
from dispatch_console.optimiser.tasks import Problem, Task

_NOTHING = Size()
#: Cents by the hour and kilometre: of a driver who has none beside others who have, and in a fleet without any.
_A_LITTLE, _USUAL = Costs(60, 2), Costs(2500, 30)


def build(day: Day, now: int, options: Options) -> Problem:
    """The problem of planning `day` from `now` (elapsed seconds) on. Never raises for what a day may hold."""
    return at_once(building(day, now, options))


def building(day: Day, now: int, options: Options) -> Generator[None, None, Problem]:
    """As `build`, some milliseconds at each step."""
    basis = replace(day.basis, now=now, weights=bounds.weights(day.weights, len(day.stops)))
    routes = [route for route in day.routes if _takes_part(route, basis, options)]
    absent = [route for route in routes if _cannot_drive(route, basis)]
    lanes: list[Lane] = []
    for route in routes:
        if not _cannot_drive(route, basis):
            lanes.append(lane(route, basis, options))
            yield
    loose = _loose(day, absent, options)
    published = day.baseline if options.from_now else None
    problem = yield from _problem([one for one in lanes if not one.hopeless], loose, basis, options, published)
    planned = {vehicle.shift for vehicle in problem.vehicles}
    return replace(
        problem,
        emptied=tuple(_head_only(route, basis) for route in absent),
        left_alone=tuple(one.route.id for one in lanes if one.route.id not in planned),
    )


def _problem(
    lanes: list[Lane], loose: list[StopId], basis: Basis, options: Options, published: Baseline | None
) -> Generator[None, None, Problem]:
    basis = _lean(basis, lanes, loose)
    yield
    costs = _costs(lanes)
    tasks = _tasks(lanes, loose, basis, options, _price(options, costs))
    yield
    numbers = {task.stop: i for i, task in enumerate(tasks)}
    behind = [
        behind_head(one, stops, basis) for one, stops in zip(lanes, fetched(tasks, lanes, basis), strict=True)
    ]
    tasks = paired(tasks, numbers, lanes, behind, basis)
    tasks = steady(tasks, numbers, lanes, basis.weights, published)
    yield
    return bounds.bounded(
        Problem(
            vehicles=tuple(
                vehicle(one, stand, basis, numbers, cost)
                for one, stand, cost in zip(lanes, behind, costs, strict=True)
            ),
            tasks=tasks,
            basis=basis,
            held=tuple(one.held for one in lanes),
            seconds=options.seconds,
            seed=options.seed,
            workers=options.workers,
        )
    )


def _costs(lanes: list[Lane]) -> list[Costs]:
    """What the search counts with. Who costs nothing by the hour or kilometre would drive in circles: he counts a
    little; and where the whole fleet has no costs, all count alike, so that time and distance get small."""
    known = any(one.shift.costs.per_hour or one.shift.costs.per_km for one in lanes)
    instead = _A_LITTLE if known else _USUAL
    return [
        one.shift.costs
        if one.shift.costs.per_hour or one.shift.costs.per_km
        else instead._replace(fixed=one.shift.costs.fixed)
        for one in lanes
    ]


def _cannot_drive(route: Route, basis: Basis) -> bool:
    return basis.shifts[route.id].absent or basis.facts.stuck(route.id)


def _takes_part(route: Route, basis: Basis, options: Options) -> bool:
    """Whether a route is planned. Of a day under way only those that still drive: the goods of a van that cannot go
    on are where it is, and move only if they may be handed over."""
    if route.locked or (options.scope is Scope.ROUTES and route.id not in options.routes):
        return False
    if not options.from_now:
        return True
    if basis.facts.stuck(route.id) and not options.hand_over:
        return False
    return basis.facts.state(route.id) in (FactKind.IN_DEPOT, FactKind.OUT)


def _head_only(route: Route, basis: Basis) -> Route:
    return route.with_stops(route.stops[: freeze.head_length(route, basis.facts)])


def _loose(day: Day, absent: Iterable[Route], options: Options) -> list[StopId]:
    """Stops with a place that no working driver has: of the pool (but what is settled) and of absent drivers."""
    every = () if options.scope is Scope.ROUTES else day.plan.pool.stops
    pool = [stop for stop in every if not day.stops[stop].settled]
    left = [stop for route in absent for stop in route.stops[freeze.head_length(route, day.facts) :]]
    return [stop for stop in (*pool, *left) if day.stops[stop].place is not None]


def _price(options: Options, costs: list[Costs]) -> int:
    """What a stop that changes its driver while the vans are out has to save at least, in cents of working time."""
    if not options.from_now or not costs:
        return 0
    hour = sum(one.per_hour or _USUAL.per_hour for one in costs) / len(costs)
    return round(hour * options.least_saved_s / 3600)


def _tasks(lanes: list[Lane], loose: list[StopId], basis: Basis, options: Options, price: int) -> tuple[Task, ...]:
    able: dict[_Demands, tuple[int, ...]] = {}
    for stop in basis.stops.values():
        if _demands(stop) not in able:
            able[_demands(stop)] = tuple(i for i, one in enumerate(lanes) if not never(stop, one.shift))
    tasks = [_task(basis.stops[stop], None, lanes, basis, options, able) for stop in loose]
    for number, one in enumerate(lanes):
        placed = [basis.stops[stop] for stop in one.tail if basis.stops[stop].place is not None]
        own = (_task(stop, number, lanes, basis, options, able) for stop in placed)
        tasks.extend(task._replace(home=number, away=price) for task in own)
    return tuple(tasks)


#: What a stop asks of a driver and his vehicle.
_Demands = tuple[frozenset[str], frozenset[DriverId], str]


def _demands(stop: Stop) -> _Demands:
    return stop.skills, stop.not_drivers, stop.zone


def _task(
    stop: Stop,
    at: int | None,
    lanes: list[Lane],
    basis: Basis,
    options: Options,
    able_for: dict[_Demands, tuple[int, ...]],
) -> Task:
    """The task of a stop that stands in lane `at` (None: in none). `able_for`: what is asked → who has it."""
    assert stop.place is not None
    able = able_for[_demands(stop)]
    if options.from_now and not options.hand_over and stop.delivery != _NOTHING:
        # Goods travel with the van they are on; those in the depot with a van that is still there.
        able = tuple(i for i in able if i == at or (not lanes[i].out and (at is None or not lanes[at].out)))
    held = at is not None and stop.id in lanes[at].held.route.stops
    if at is not None and held:
        able = (at,)
    elif at is not None and options.changes is Changes.KEEP_DRIVERS:
        able = tuple(i for i in able if i == at)
    broken = _broken_at(stop.id, lanes[at]) if at is not None and held else frozenset[Rule]()
    return Task(
        stop=stop.id,
        at=basis.travel.index[stop.place],
        windows=_windows(stop, lanes[at]) if at is not None and held and not stop.late_per_min else stop.windows,
        service_s=stop.service_s,
        delivery=stop.delivery,
        collection=stop.collection,
        drivers=able,
        rank=RANKS[stop.priority],
        held=held,
        still=at is not None and held and (options.keeps_order or stop.tied or stop.id in lanes[at].route.fixed),
        release_s=stop.release_s,
        late_per_min=stop.late_per_min,
        parking_s=stop.parking_s,
        goods=stop.goods if Rule.APART not in broken else frozenset(),
        not_before=basis.facts.again.get(stop.id, 0),
        pick=-1 if not stop.pickup or Rule.PAIR in broken else -2,
        prize=max(0, basis.weights.optional_prize) if stop.priority is Priority.LOW else 0,
    )


def _broken_at(stop: StopId, one: Lane) -> frozenset[Rule]:
    """What a held stop breaks already, so that it must not matter."""
    return frozenset(broken.rule for broken in one.held.schedule.broken if broken.stop == stop)


def _windows(stop: Stop, one: Lane) -> tuple[Window, ...]:
    """The windows of a held stop, the last of them as late as what is held makes it."""
    late = next(visit.late_s for visit in one.held.schedule.visits if visit.stop == stop.id)
    if not late:
        return stop.windows
    *others, last = stop.windows
    return (*others, Window(last.start, last.end + late))


def _lean(basis: Basis, lanes: list[Lane], loose: list[StopId]) -> Basis:
    """`basis` with nothing in it but what the lanes and the loose stops need."""
    ids = dict.fromkeys([*loose, *(stop for one in lanes for stop in one.route.stops)])
    stops = {id: basis.stops[id] for id in ids}
    places: dict[Place, None] = {}
    for one in lanes:
        places[one.shift.start_place] = None
        if one.shift.end_place is not None:
            places[one.shift.end_place] = None
    places.update(dict.fromkeys(stop.place for stop in stops.values() if stop.place is not None))
    return replace(
        basis,
        stops=stops,
        shifts={one.shift.id: one.shift for one in lanes},
        travel=_submatrix(basis.travel, list(places)),
    )


def _submatrix(travel: TravelMatrix, places: list[Place]) -> TravelMatrix:
    rows = [travel.index[place] for place in places]
    if rows == list(range(len(travel.places))):
        return travel
    return travel.among(np.array(rows, np.intp))
