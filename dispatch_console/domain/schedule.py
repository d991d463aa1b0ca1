"""The one meaning of a schedule: (route, shift, basis) → arrivals, waits, breaks, loads, broken rules.

What the dispatcher sees, what is printed, what the optimiser is held to and what `plan.json` says all come from
`schedule`. Times are integer seconds of the plan day, sizes integers, costs integer cents.

Meaning
- The driver leaves the start place at the beginning of the shift, or later if he would only wait at the first stop.
- A stop begins at its arrival, or when the first of its windows still open begins. Beginning after the last window
  ends is late by the difference. A stop ends after its service time.
- A break lies as a whole within its window, on the way between two places or on waiting at one, never within a
  service. It is due only if the route without it would end after the break's latest beginning. Of the places where
  it can lie, the one is taken that makes the rest least late, then soonest finished.
- Goods to deliver are on board from the start, collected goods from their stop to the end.
- Paid time runs from leaving the start place to the end. A route without stops costs nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from dispatch_console.domain.facts import Facts
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.rules import BrokenRule, Rule
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.travel import UNREACHABLE, TravelMatrix


@dataclass(frozen=True)
class Basis:
    """What schedules rest on besides the plan. `now` counts only for routes that are under way."""

    day: dt.date
    timezone: str
    stops: Mapping[StopId, Stop]
    shifts: Mapping[ShiftId, Shift]
    travel: TravelMatrix
    facts: Facts = field(default_factory=Facts)
    now: int = 0


class Visit(NamedTuple):
    """A stop in time. `drive_s` and `drive_m` are the leg that leads to it; `load` is on board after it.

    A stop without a place takes no time: its times are those of the stop before it, its leg is 0.
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

    @property
    def wait_s(self) -> int:
        return self.begin - self.arrive


class Pause(NamedTuple):
    """A break in time; it lies before the visit of index `before` (the number of visits: before the end)."""

    begin: int
    end: int
    before: int


@dataclass(frozen=True, slots=True)
class RouteSchedule:
    """The schedule of one route. Sums include the leg to the end; `load_peak`: most on board, by component."""

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

    @property
    def late_stops(self) -> int:
        return sum(1 for visit in self.visits if visit.late_s)


class _Label(NamedTuple):
    """The best way to have come so far, without or with the break taken. Compared by lateness, then time."""

    late: int
    time: int
    pause: tuple[int, int, int] | None  # begin, end, index of the visit it lies before


def schedule(route: Route, shift: Shift, basis: Basis) -> RouteSchedule:
    """The schedule of `route` driven as `shift`. Never raises for a broken rule, a missing place or a far one."""
    legs = _legs(route, shift, basis)
    pause = _place_break(route, shift, basis, legs)
    visits, start, end = _walk(route, shift, basis, legs, pause)
    loads = _loads(route, basis)
    visits = tuple(v._replace(load=load) for v, load in zip(visits, loads[1:], strict=True))
    peak = loads[0]
    for load in loads:
        peak = peak.peak(load)
    drive_s = sum(leg[0] for leg in legs)
    drive_m = sum(leg[1] for leg in legs)
    return RouteSchedule(
        route=route.id,
        start=start,
        end=end,
        visits=visits,
        pauses=() if pause is None or pause[0] < 0 else (Pause(*pause),),
        load_start=loads[0],
        load_peak=peak,
        drive_s=drive_s,
        drive_m=drive_m,
        service_s=sum(v.depart - v.begin for v in visits),
        wait_s=sum(v.begin - v.arrive for v in visits),
        late_s=sum(v.late_s for v in visits),
        cost=_cost(shift, end - start, drive_m) if visits else 0,
        broken=tuple(_broken(route, shift, basis, visits, peak, end, pause)),
    )


def begin_of(stop: Stop, arrive: int) -> tuple[int, int]:
    """(begin, late seconds) of the service at `stop` for an arrival time."""
    if not stop.windows:
        return arrive, 0
    for start, end in stop.windows:
        if arrive <= end:
            return (arrive if arrive > start else start), 0
    return arrive, arrive - stop.windows[-1].end


def _legs(route: Route, shift: Shift, basis: Basis) -> list[tuple[int, int]]:
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


def _place_break(
    route: Route, shift: Shift, basis: Basis, legs: list[tuple[int, int]]
) -> tuple[int, int, int] | None:
    """(begin, end, index) of the break; None if none is due; begin −1 if one is due and does not fit."""
    pause = shift.pause
    if pause is None or not route.stops:
        return None
    first, latest, duration = pause.window.start, pause.window.end - pause.duration, pause.duration
    arrived, ended, now = basis.facts.arrived, basis.facts.ended, basis.now
    free, taken = _Label(0, shift.start, None), None
    last = len(route.stops)
    for i, (drive, _) in enumerate(legs):
        stop = basis.stops[route.stops[i]] if i < last else None
        done_at = arrived.get(stop.id) if stop is not None else None
        options: list[_Label] = [] if taken is None else [_drive(taken, drive)]
        leave = free.time
        if done_at is None and latest >= max(leave, first):
            begin = max(leave, first)
            ready = leave + drive + duration if first <= leave + drive else first + duration
            options.append(_Label(free.late, ready, (begin, begin + duration, i)))
        elif done_at is not None and _had_time(leave, drive, done_at, first, latest, duration):
            begin = max(leave, first)
            options.append(_Label(free.late, done_at, (begin, begin + duration, i)))
        free = _drive(free, drive)
        if stop is not None:
            under_way = now if done_at is None and i and route.stops[i - 1] in arrived else 0
            free = _serve(free, stop, done_at, ended, under_way)
            options = [_serve(option, stop, done_at, ended, under_way) for option in options]
        taken = min(options, default=None, key=lambda label: (label.late, label.time))
    if free.time <= latest:
        return None
    return (-1, -1, 0) if taken is None else taken.pause


def _had_time(leave: int, drive: int, arrive: int, first: int, latest: int, duration: int) -> bool:
    """True if a driver who left and arrived at these known times can have had his break between."""
    begin = max(leave, first)
    return begin <= latest and arrive - leave - drive >= duration and begin + duration <= arrive


def _drive(label: _Label, seconds: int) -> _Label:
    return _Label(label.late, label.time + seconds, label.pause)


def _serve(label: _Label, stop: Stop, done_at: int | None, ended: Mapping[StopId, int], now: int) -> _Label:
    if done_at is not None:
        return _Label(label.late, ended.get(stop.id, done_at + stop.service_s), label.pause)
    if stop.place is None:
        return label
    begin, late = begin_of(stop, max(label.time, now))
    return _Label(label.late + late, begin + stop.service_s, label.pause)


def _walk(
    route: Route, shift: Shift, basis: Basis, legs: list[tuple[int, int]], pause: tuple[int, int, int] | None
) -> tuple[tuple[Visit, ...], int, int]:
    """All visits with the break where it was placed, and when the route starts and ends."""
    arrived, ended = basis.facts.arrived, basis.facts.ended
    pause_at = pause[2] if pause is not None and pause[0] >= 0 else -1
    time = start = shift.start
    none = Size()
    visits: list[Visit] = []
    for i, id in enumerate(route.stops):
        stop, (drive_s, drive_m) = basis.stops[id], legs[i]
        done_at = arrived.get(id)
        if done_at is not None:
            _, late = begin_of(stop, done_at)
            depart = ended.get(id, done_at + stop.service_s)
            visits.append(Visit(id, done_at, done_at, depart, late, drive_s, drive_m, none, id in ended))
            time = depart
            continue
        arrive = time + drive_s
        ready = arrive
        if i == pause_at and pause is not None:
            arrive, ready = _with_break(time, drive_s, pause)
        if i and route.stops[i - 1] in arrived:
            arrive, ready = max(arrive, basis.now), max(ready, basis.now)
        begin, late = begin_of(stop, ready) if stop.place is not None else (ready, 0)
        if i == 0 and pause_at != 0:
            start, arrive = start + begin - arrive, begin
        depart = begin + (stop.service_s if stop.place is not None else 0)
        visits.append(Visit(id, arrive, begin, depart, late, drive_s, drive_m, none))
        time = depart
    end = time + legs[-1][0]
    if pause_at == len(route.stops) and pause is not None:
        _, end = _with_break(time, legs[-1][0], pause)
    return tuple(visits), start, end


def _with_break(leave: int, drive: int, pause: tuple[int, int, int]) -> tuple[int, int]:
    """(arrival, ready for service) of a leg with the break in it: on the road, or on waiting at its end."""
    if pause[0] <= leave + drive:
        arrive = leave + drive + pause[1] - pause[0]
        return arrive, arrive
    return leave + drive, pause[1]


def _loads(route: Route, basis: Basis) -> list[Size]:
    """What is on board at the start and after each stop."""
    stops = [basis.stops[id] for id in route.stops]
    load = Size()
    for stop in stops:
        load = load.plus(stop.delivery)
    loads = [load]
    for stop in stops:
        load = load.minus(stop.delivery).plus(stop.collection)
        loads.append(load)
    return loads


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
    pause: tuple[int, int, int] | None,
) -> list[BrokenRule]:
    """All rules that the route breaks; of the route first, then stop by stop."""
    broken: list[BrokenRule] = []
    if not visits:
        return broken
    if shift.absent:
        broken.append(BrokenRule(Rule.ABSENT, None, 1))
    for rule, limit, most in zip(
        (Rule.CAPACITY_KG, Rule.CAPACITY_M3, Rule.CAPACITY_PIECES), shift.vehicle.capacity, peak, strict=True
    ):
        if limit is not None and most > limit:
            broken.append(BrokenRule(rule, None, most - limit))
    if shift.max_stops is not None and len(visits) > shift.max_stops:
        broken.append(BrokenRule(Rule.MAX_STOPS, None, len(visits) - shift.max_stops))
    if end > shift.end:
        broken.append(BrokenRule(Rule.SHIFT, None, end - shift.end))
    if pause is not None and pause[0] < 0:
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
