"""The one meaning of a schedule: (route, shift, basis) → arrivals, waits, breaks, loads, broken rules.

What the dispatcher sees, what is printed, what the optimiser is held to and what `plan.json` says all come from
`schedule`. Times are integer seconds of the plan day, sizes integers, costs integer cents.

Meaning
- The driver leaves the start place at the beginning of the shift, or later if he would only wait at the first stop.
- A stop begins at its arrival, or when the first of its windows still open begins. Beginning after the last window
  ends is late by the difference. A stop ends after its service time.
- A break lies as a whole within its window, on the way between two places or on waiting at one, never within a
  service. It is due only if the shift begins before, and the route without it would end after, the break's latest
  beginning. Of the places where it can lie, the one is taken that makes the rest least late, then soonest
  finished.
- Goods to deliver are on board from the start, collected goods from their stop to the end.
- Paid time runs from leaving the start place to the end. A route without stops costs nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from dispatch_console.domain import timing
from dispatch_console.domain.facts import Facts
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.rules import BrokenRule, Rule
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.timing import Call, Halts
from dispatch_console.domain.travel import UNREACHABLE, TravelMatrix
from dispatch_console.domain.weights import UNWEIGHED, Weights


@dataclass(frozen=True)
class Basis:
    """What schedules rest on besides the plan. `now` counts only for routes that are under way.

    `sheets`: the stops on the papers of each driver, once the plan is approved; a driver who is not in it has none.
    `apart`: pairs of classes of goods that may not ride together. `weights`: prices that are counted in `soft`.
    `trials` is where `insertion` keeps routes made ready for trying stops in.
    """

    day: dt.date
    timezone: str
    stops: Mapping[StopId, Stop]
    shifts: Mapping[ShiftId, Shift]
    travel: TravelMatrix
    facts: Facts = field(default_factory=Facts)
    now: int = 0
    sheets: Mapping[ShiftId, frozenset[StopId]] | None = None
    apart: frozenset[frozenset[str]] = frozenset()
    weights: Weights = UNWEIGHED
    trials: dict[ShiftId, object] = field(
        default_factory=dict[ShiftId, object], init=False, compare=False, repr=False
    )

    def sheet(self, route: ShiftId) -> frozenset[StopId] | None:
        """The stops on the papers of a driver; None: there are no papers yet."""
        return None if self.sheets is None else self.sheets.get(route, _NONE)


_NOTHING = Size()
_NONE: frozenset[StopId] = frozenset()


class Visit(NamedTuple):
    """A stop in time. `drive_s` and `drive_m` are the leg that leads to it; `load` is on board after it.

    A stop without a place takes no time: its times are those of the stop before it, its leg is 0. `done`: somebody
    told that it is over; `presumed`: nobody did, but the driver has been at a later stop since. Where only the end
    was told, `arrive` and `begin` are reckoned back from it, see `timing.came`.
    """

    stop: StopId
    arrive: int
    begin: int
    depart: int
    late_s: int
    drive_s: int
    drive_m: int
    load: Size
    done: bool = False
    presumed: bool = False

    @property
    def wait_s(self) -> int:
        return self.begin - self.arrive


class Pause(NamedTuple):
    """A break in time; it lies before the visit of index `before` (the number of visits: before the end)."""

    begin: int
    end: int
    before: int


class Reload(NamedTuple):
    """A call at the start place between two tours, before the visit of index `before`. He may wait in it for goods
    that are not ready yet."""

    arrive: int
    depart: int
    before: int


@dataclass(frozen=True, slots=True)
class RouteSchedule:
    """The schedule of one route. Sums include the legs by reloads and to the end, `service_s` and `wait_s` those of
    stops only; `load_peak`: most on board, by component. `soft`: cents of the weights, not in `cost`."""

    route: ShiftId
    start: int
    end: int
    visits: tuple[Visit, ...]
    pauses: tuple[Pause, ...]
    load_start: Size
    load_peak: Size
    drive_s: int
    drive_m: int
    service_s: int
    wait_s: int
    late_s: int
    cost: int
    broken: tuple[BrokenRule, ...]
    reloads: tuple[Reload, ...] = ()
    soft: int = 0

    @property
    def late_stops(self) -> int:
        return sum(1 for visit in self.visits if visit.late_s)


def schedule(route: Route, shift: Shift, basis: Basis) -> RouteSchedule:
    """The schedule of `route` driven as `shift`. Never raises for a broken rule, a missing place or a far one."""
    legs = legs_of(route, shift, basis)
    stops = [basis.stops[id] for id in route.stops]
    calls = timing.calls(stops, basis.facts, basis.now, route.id, basis.sheet(route.id))
    halts = timing.halts_of(basis.facts, basis.now, route.id)
    passed = timing.run([leg[0] for leg in legs], calls, shift, basis.facts, halts)
    pause = passed.pause() if route.stops else None
    visits, start, end = _walk(stops, calls, shift, legs, pause, basis.facts, halts)
    loads = loads_of(route, basis)
    visits = tuple(v._replace(load=load) for v, load in zip(visits, loads[1:], strict=True))
    peak = Size(*map(max, zip(*loads, strict=True)))
    drive_s = sum(leg[0] for leg in legs)
    drive_m = sum(leg[1] for leg in legs)
    return RouteSchedule(
        route=route.id,
        start=start,
        end=end,
        visits=visits,
        pauses=() if pause is None else (Pause(*pause),),
        load_start=loads[0],
        load_peak=peak,
        drive_s=drive_s,
        drive_m=drive_m,
        service_s=sum(v.depart - v.begin for v in visits),
        wait_s=sum(v.begin - v.arrive for v in visits),
        late_s=sum(v.late_s for v in visits),
        cost=_cost(shift, end - start, drive_m) if visits else 0,
        broken=tuple(_broken(route, shift, basis, visits, peak, end, passed.end[2])),
    )


def legs_of(route: Route, shift: Shift, basis: Basis) -> list[tuple[int, int]]:
    """(seconds, metres) to each stop and, last, to the end place (0, 0 for an open end)."""
    travel, stops = basis.travel, basis.stops
    legs: list[tuple[int, int]] = []
    here = shift.start_place
    for id in route.stops:
        place = stops[id].place
        if place is None:
            legs.append((0, 0))
            continue
        legs.append(travel.leg(here, place))
        here = place
    ends = shift.end_place is not None and bool(route.stops)
    legs.append(travel.leg(here, shift.end_place) if ends and shift.end_place is not None else (0, 0))
    return legs


def _walk(
    stops: Sequence[Stop],
    calls: Sequence[Call],
    shift: Shift,
    legs: Sequence[tuple[int, int]],
    pause: tuple[int, int, int] | None,
    facts: Facts,
    halts: Halts,
) -> tuple[tuple[Visit, ...], int, int]:
    """All visits with the break where it was placed, and when the route starts and ends."""
    pause_at = pause[2] if pause is not None else -1
    left = facts.left_at(shift.id)
    time = start = shift.start if left is None else left
    visits: list[Visit] = []
    for i, (stop, call) in enumerate(zip(stops, calls, strict=True)):
        drive_s, drive_m = legs[i]
        if call.arrived is not None:
            at = timing.came(call, _with_break(time, drive_s, pause if i == pause_at else None, halts)[1])
            _, late = timing.begin(call.windows, at)
            done = stop.id in facts.ended
            visits.append(Visit(stop.id, at, at, call.departed, late, drive_s, drive_m, _NOTHING, done))
            time = call.departed
            continue
        arrive, ready = _with_break(time, drive_s, pause if i == pause_at else None, halts)
        if call.presumed:
            at = min(ready, call.not_after)
            time = min(at + (call.service_s if call.placed else 0), call.not_after)
            visits.append(Visit(stop.id, at, at, time, 0, drive_s, drive_m, _NOTHING, presumed=True))
            continue
        free = timing.ready_at(call, ready, halts) if call.placed else max(ready, call.not_before)
        arrive, ready = (free, free) if free > ready else (max(arrive, call.not_before), ready)
        begin, late = timing.begin(call.windows, ready) if call.placed else (ready, 0)
        if i == 0 and pause_at != 0 and left is None:
            start, arrive = start + begin - arrive, begin
        depart = timing.elapse(begin, call.service_s, halts.stood) if call.placed else begin
        visits.append(Visit(stop.id, arrive, begin, depart, late, drive_s, drive_m, _NOTHING))
        time = depart
    _, end = _with_break(time, legs[-1][0], pause if pause_at == len(stops) else None, halts)
    return tuple(visits), start, end


def _with_break(leave: int, drive: int, pause: tuple[int, int, int] | None, halts: Halts) -> tuple[int, int]:
    """(arrival, ready for service) of a leg, with the break in it if given: on the road, or waiting at its end."""
    if pause is None:
        arrive = timing.elapse(leave, drive, halts.stood)
        return arrive, arrive
    return timing.after_break(leave, drive, pause[0], pause[1] - pause[0], halts.stood)


def loads_of(route: Route, basis: Basis) -> list[Size]:
    """What is on board at the start and after each stop.

    Goods that a failed stop did not take stay on board, goods that it did not give never come.
    """
    stops = [basis.stops[id] for id in route.stops]
    failed = basis.facts.failed
    later = _taken_over(stops)
    if not failed and not later:
        return _plain_loads(stops)
    load = Size()
    for stop in stops:
        if stop.id not in later:
            load = load.plus(stop.delivery)
    loads = [load]
    for stop in stops:
        if stop.id not in failed:
            load = load.minus(stop.delivery).plus(stop.collection)
        for given in _given_at(stop, later, basis):
            load = load.plus(given)
        loads.append(load)
    return loads


def _plain_loads(stops: Sequence[Stop]) -> list[Size]:
    """Where nothing has failed and nothing is handed over on the way: as plain integers, for speed."""
    parts: list[list[int]] = []
    for part in range(3):
        goods = [(stop.delivery[part], stop.collection[part]) for stop in stops]
        steps = (collected - delivered for delivered, collected in goods)
        parts.append(list(accumulate(steps, initial=sum(delivered for delivered, _ in goods))))
    return list(map(Size, *parts))


def _taken_over(stops: Sequence[Stop]) -> dict[StopId, StopId]:
    """Stop → the earlier stop of this route at which its goods come on board; others' are there from the start."""
    if not any(stop.pickup for stop in stops):
        return {}
    seen: set[StopId] = set()
    found: dict[StopId, StopId] = {}
    for stop in stops:
        if stop.pickup in seen:
            found[stop.id] = stop.pickup
        seen.add(stop.id)
    return found


def _given_at(stop: Stop, later: Mapping[StopId, StopId], basis: Basis) -> list[Size]:
    return [basis.stops[id].delivery for id, at in later.items() if at == stop.id] if later else []


def _cost(shift: Shift, paid_s: int, metres: int) -> int:
    """Cents, rounded half up by part."""
    hour, km, fixed = shift.costs
    return fixed + (hour * paid_s + 1800) // 3600 + (km * metres + 500) // 1000


def _broken(
    route: Route,
    shift: Shift,
    basis: Basis,
    visits: tuple[Visit, ...],
    peak: Size,
    end: int,
    break_fits: bool,
) -> list[BrokenRule]:
    """All rules that the route breaks; of the route first, then stop by stop."""
    broken: list[BrokenRule] = []
    if not visits:
        return broken
    if shift.absent:
        broken.append(BrokenRule(Rule.ABSENT, None, 1))
    if basis.facts.stuck(route.id) and any(not visit.done and not visit.presumed for visit in visits):
        rule = Rule.BREAKDOWN if route.id in basis.facts.down else Rule.SICK
        broken.append(BrokenRule(rule, None, 1))
    for rule, limit, most in zip(
        (Rule.CAPACITY_KG, Rule.CAPACITY_M3, Rule.CAPACITY_PIECES), shift.vehicle.capacity, peak, strict=True
    ):
        if limit is not None and most > limit:
            broken.append(BrokenRule(rule, None, most - limit))
    if shift.max_stops is not None and len(visits) > shift.max_stops:
        broken.append(BrokenRule(Rule.MAX_STOPS, None, len(visits) - shift.max_stops))
    if end > shift.end:
        broken.append(BrokenRule(Rule.SHIFT, None, end - shift.end))
    if not break_fits:
        broken.append(BrokenRule(Rule.BREAK, None, 1))
    skills = shift.skills
    for visit in visits:
        broken.extend(_broken_at(visit, basis.stops[visit.stop], skills))
    return broken


def _broken_at(visit: Visit, stop: Stop, skills: frozenset[str]) -> list[BrokenRule]:
    broken: list[BrokenRule] = []
    if stop.place is None:
        broken.append(BrokenRule(Rule.NO_PLACE, stop.id, 1))
    if visit.drive_s >= UNREACHABLE:
        broken.append(BrokenRule(Rule.UNREACHABLE, stop.id, 1))
    if stop.skills and not stop.skills <= skills:
        broken.append(BrokenRule(Rule.SKILL, stop.id, 1, ", ".join(sorted(stop.skills - skills))))
    if visit.late_s:
        broken.append(BrokenRule(Rule.WINDOW, stop.id, visit.late_s))
    return broken
