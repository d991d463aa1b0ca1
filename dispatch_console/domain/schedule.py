"""The one meaning of a schedule: (route, shift, basis) → arrivals, waits, breaks, loads, broken rules.

What the dispatcher sees, what is printed, what the optimiser is held to and what `plan.json` says all come from
`schedule`. Times are integer seconds of the plan day, sizes integers, costs integer cents.

Meaning of a plain route
- The driver leaves the start place at the beginning of the shift (on a day of which that is over, as `leaving` has
  it: who calls gives the shift so), or later if he would only wait at the first stop.
- A stop begins at its arrival, or when the first of its windows still open begins. Beginning after the last window
  ends is late by the difference. A stop ends after its service time.
- A break lies as a whole within its window, on the way between two places or on waiting at one, never within a
  service. It is due only if the shift begins before, and the route without it would end after, the break's latest
  beginning. Of the places where it can lie, the one is taken that makes the rest least late, then soonest
  finished.
- Goods to deliver are on board from the start, collected goods from their stop to the end; goods with a `pickup`
  before them on the route come on board there.
- A stop without a place, or at one that no road reaches (`TravelMatrix.off_road`), is passed by: it breaks a rule,
  and no way and no service of it is counted.
- Paid time runs from leaving the start place to the end. A route without stops costs nothing.

Of a rich one (`course`, `tours`, `driving`)
- Goods that are not ready (`release_s`) hold up the tour that they ride on: it leaves when the last of them are.
- Tours: with `tours` > 1 a route is cut while it is driven. A stop joins the tour if all that is on board then fits
  in every measure, and if its goods are ready when the tour leaves, or at most `TOUR_WAIT_S` later: then the tour
  waits for them. Else a new tour begins with it, as long as one is left; after that it joins in any case. A tour
  that has left, as is told or since a stop of it was reached, waits for nothing.
- A tour after the first begins when he could be back at the start place, if he had no break, and has loaded
  (`reload_s`), and its goods are ready. The reload is a call like a stop's that begins so long before it leaves. At
  a reload all goods leave the van; goods with a `pickup` on an earlier tour come on board again with its own.
- Parking: `parking_s` of the service fall away where the last stop with a place, with no reload between, is at the
  same place.
- Soft windows: with `late_per_min` lateness costs and breaks no rule. It counts as late all the same.
- Breaks by driving time: whoever reaches the limit on a leg has his break there and then. Waiting for a window, or
  for the goods of a tour, is a break, or the first part of one, if it is long enough. Being held up is none, nor is
  waiting at the first stop if he leaves later instead. On a leg whose end is told of no break lies for which there
  was no time; then the next leg begins with it.
- Durations by time of day: those of the moment at which a leg is begun, whatever breaks lie on it. Leaving later to
  wait less at the first stop does not change them.
- Overtime: the shift is over `overtime_s` after its end; what is worked after its end costs by the hour on top.
- `max_drive_s`, `max_drive_m` hold for the whole route, its reloads and the way to its end in it. A stop whose
  `pickup` does not stand before it breaks a rule, unless it is done; so does one with goods that may not ride with
  those of an earlier stop of its tour, delivered already or not.
- `soft` adds up the weights: by the stop for strange drivers and zones, and the squares of paid hours and of stops.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dispatch_console.domain import broken, costs, course, timing, tours
from dispatch_console.domain.basis import Basis
from dispatch_console.domain.broken import Totals
from dispatch_console.domain.course import RELOAD, Way
from dispatch_console.domain.facts import Facts
from dispatch_console.domain.fleet import Shift
from dispatch_console.domain.plan import Route
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.tours import Loads
from dispatch_console.domain.visits import Pause, Reload, RouteSchedule, Visit

__all__ = ["Basis", "Pause", "Reload", "RouteSchedule", "Visit", "legs_of", "loads_of", "schedule"]

_NOTHING = Size()


def schedule(route: Route, shift: Shift, basis: Basis) -> RouteSchedule:
    """The schedule of `route` driven as `shift`. Never raises for a broken rule, a missing place or a far one."""
    stops = [basis.stops[id] for id in route.stops]
    plain = all(stop.plain for stop in stops)
    rich = course.is_rich(stops, shift, basis, plain=plain)
    way = course.drive(route, shift, basis) if rich else _plain_way(route, stops, shift, basis)
    calls, start, end = _walk(way, basis.facts)
    loads = _loads(stops, way.cuts, basis, plain=plain)
    visits, reloads = _joined(calls, loads.after) if way.cuts else (_loaded(calls, loads.after), ())
    drive_s = sum(leg[0] for leg in way.legs)
    drive_m = sum(leg[1] for leg in way.legs)
    paid_s = end - start if visits else 0
    totals = Totals(loads.peak, end, way.fits, drive_s, drive_m)
    late_s = sum(v.late_s for v in visits)
    cost = costs.cost(shift, paid_s, drive_m, end) if visits else 0
    return RouteSchedule(
        route=route.id,
        start=start,
        end=end,
        visits=visits,
        pauses=_pauses(way),
        load_start=loads.start,
        load_peak=loads.peak,
        drive_s=drive_s,
        drive_m=drive_m,
        service_s=sum(v.depart - v.begin for v in visits),
        wait_s=sum(v.begin - v.arrive for v in visits),
        late_s=late_s,
        cost=cost + costs.late(visits, basis) if late_s else cost,
        broken=tuple(broken.broken(route, shift, basis, visits, totals, way.cuts, plain=plain)),
        reloads=reloads,
        soft=costs.soft(stops, shift, paid_s, basis),
    )


def legs_of(route: Route, shift: Shift, basis: Basis) -> list[tuple[int, int]]:
    """(seconds, metres) to each stop and, last, to the end place (0, 0 for an open end); reloads not counted, and
    where durations change over the day, the shortest."""
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


def _plain_way(route: Route, stops: Sequence[Stop], shift: Shift, basis: Basis) -> Way:
    """The way of a route that is its stops one by one; see `course` for all others."""
    legs = legs_of(route, shift, basis)
    calls = timing.calls(stops, basis.facts, basis.now, route.id, basis.sheet(route.id))
    halts = timing.halts_of(basis.facts, basis.now, route.id)
    passed = timing.run([leg[0] for leg in legs], calls, shift, basis.facts, halts)
    pause = passed.pause() if stops else None
    left = basis.facts.left_at(route.id)
    start = shift.start if left is None else left
    return Way(route.stops, calls, legs, start, left is None, halts, pause, passed.end[2])


def _walk(way: Way, facts: Facts) -> tuple[list[Visit], int, int]:
    """All calls with the breaks where they were placed, and when the route starts and ends."""
    legs, halts, stood = way.legs, way.halts, way.halts.stood
    pause_at = way.pause[2] if way.pause is not None else -1
    slides = way.slides and pause_at != 0 and 0 not in way.breaks
    paused = {pause_at, *way.breaks}
    time = start = way.start
    visits: list[Visit] = []
    for i, (id, call) in enumerate(zip(way.ids, way.calls, strict=True)):
        drive_s, drive_m = legs[i]
        if i in paused:
            arrive, ready = _arrival(way, i, time)
        else:
            arrive = ready = timing.elapse(time, drive_s, stood) if stood else time + drive_s
        if call.arrived is not None:
            at = timing.came(call, ready)
            _, late = timing.begin(call.windows, at)
            visits.append(Visit(id, at, at, call.departed, late, drive_s, drive_m, _NOTHING, id in facts.ended))
            time = call.departed
            continue
        if call.presumed:
            at = min(ready, call.not_after)
            time = min(at + (call.service_s if call.placed else 0), call.not_after)
            visits.append(Visit(id, at, at, time, 0, drive_s, drive_m, _NOTHING, presumed=True))
            continue
        free = timing.ready_at(call, ready, halts) if call.placed else max(ready, call.not_before)
        arrive, ready = (free, free) if free > ready else (max(arrive, call.not_before), ready)
        begin, late = timing.begin(call.windows, ready) if call.placed else (ready, 0)
        if i == 0 and slides:
            start, arrive = start + begin - arrive, begin
        depart = timing.elapse(begin, call.service_s, stood) if call.placed else begin
        visits.append(Visit(id, arrive, begin, depart, late, drive_s, drive_m, _NOTHING))
        time = depart
    return visits, start, _arrival(way, len(way.calls), time)[1]


def _arrival(way: Way, index: int, leave: int) -> tuple[int, int]:
    """(arrival, ready for service) at a call, with the breaks before it: on the road, or waiting at its end."""
    pause, stood = way.pause, way.halts.stood
    if pause is not None and pause[2] == index:
        return timing.after_break(leave, way.legs[index][0], pause[0], pause[1] - pause[0], stood)
    known = way.arrivals.get(index)
    arrive = timing.elapse(leave, way.legs[index][0], stood) if known is None else known
    return arrive, arrive


def _loaded(calls: Sequence[Visit], loads: Sequence[Size]) -> tuple[Visit, ...]:
    return tuple(visit._replace(load=load) for visit, load in zip(calls, loads, strict=True))


def _joined(calls: Sequence[Visit], loads: Sequence[Size]) -> tuple[tuple[Visit, ...], tuple[Reload, ...]]:
    """The visits, each with the whole way that leads to it, and the reloads between them."""
    visits: list[Visit] = []
    reloads: list[Reload] = []
    over: Visit | None = None
    for call in calls:
        if call.stop == RELOAD:
            over = call
            continue
        if over is not None:
            # a stop that somebody told of was reached when he said, whatever the reload before it would have taken
            arrive, depart = min(over.arrive, call.arrive), min(over.depart, call.arrive)
            reloads.append(Reload(arrive, depart, len(visits)))
            call = call._replace(drive_s=over.drive_s + call.drive_s, drive_m=over.drive_m + call.drive_m)
            over = None
        visits.append(call)
    return _loaded(visits, loads), tuple(reloads)


def _pauses(way: Way) -> tuple[Pause, ...]:
    """All breaks, by the visits that they lie before."""
    found = [] if way.pause is None else [way.pause]
    found += [(begin, end, k) for k, breaks in way.breaks.items() for begin, end in breaks]
    if not way.cuts:
        return tuple(Pause(*one) for one in found)
    reloads = [k for k, id in enumerate(way.ids) if id == RELOAD]
    return tuple(Pause(begin, end, k - bisect_left(reloads, k)) for begin, end, k in found)


def loads_of(route: Route, basis: Basis) -> list[Size]:
    """What is on board at the start and after each stop; what a later tour starts with is not among it."""
    stops = [basis.stops[id] for id in route.stops]
    shift = basis.shifts.get(route.id)
    cuts = course.drive(route, shift, basis).cuts if stops and shift is not None and shift.tours > 1 else ()
    loads = _loads(stops, cuts, basis, plain=all(stop.plain for stop in stops))
    return [loads.start, *loads.after]


def _loads(stops: Sequence[Stop], cuts: Sequence[int], basis: Basis, *, plain: bool) -> Loads:
    failed = basis.facts.failed
    return tours.plain_loads(stops) if plain and not cuts and not failed else tours.loads(stops, cuts, failed)
