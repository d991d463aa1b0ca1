"""Which rules a route breaks, and by how much: all of them, of the route first, then stop by stop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dispatch_console.domain import off_road
from dispatch_console.domain.basis import Basis
from dispatch_console.domain.fleet import Shift
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.rules import BrokenRule, Rule
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.tours import numbered
from dispatch_console.domain.travel import UNREACHABLE
from dispatch_console.domain.visits import Visit


class Totals(NamedTuple):
    """Of a route: most on board, when it ends, whether the break fits, seconds and metres driven."""

    peak: Size
    end: int
    break_fits: bool
    drive_s: int
    drive_m: int


def broken(
    route: Route,
    shift: Shift,
    basis: Basis,
    visits: Sequence[Visit],
    totals: Totals,
    cuts: Sequence[int],
    *,
    plain: bool = False,
) -> list[BrokenRule]:
    """`cuts`: indices of the visits with which tours after the first begin. `plain`: all its stops are."""
    if not visits:
        return []
    found = list(_of_route(route, shift, basis, visits, totals))
    between = {} if plain and not basis.apart else _between(visits, basis, cuts)
    skills = shift.skills
    for visit in visits:
        found += _at(visit, basis.stops[visit.stop], shift, skills)
        if between:
            found += between.get(visit.stop, ())
    return found


def _of_route(
    route: Route, shift: Shift, basis: Basis, visits: Sequence[Visit], totals: Totals
) -> Iterator[BrokenRule]:
    if shift.absent:
        yield BrokenRule(Rule.ABSENT, None, 1)
    if basis.facts.stuck(route.id) and any(not visit.done and not visit.presumed for visit in visits):
        yield BrokenRule(Rule.BREAKDOWN if route.id in basis.facts.down else Rule.SICK, None, 1)
    for rule, limit, most in zip(_CAPACITIES, shift.vehicle.capacity, totals.peak, strict=True):
        if limit is not None and most > limit:
            yield BrokenRule(rule, None, most - limit)
    if shift.max_stops is not None and len(visits) > shift.max_stops:
        yield BrokenRule(Rule.MAX_STOPS, None, len(visits) - shift.max_stops)
    if totals.end > shift.latest_end:
        yield BrokenRule(Rule.SHIFT, None, totals.end - shift.latest_end)
    if not totals.break_fits:
        yield BrokenRule(Rule.BREAK, None, 1)
    if shift.max_drive_s is not None and totals.drive_s > shift.max_drive_s:
        yield BrokenRule(Rule.MAX_DRIVING, None, totals.drive_s - shift.max_drive_s)
    if shift.max_drive_m is not None and totals.drive_m > shift.max_drive_m:
        yield BrokenRule(Rule.MAX_DISTANCE, None, totals.drive_m - shift.max_drive_m)


_CAPACITIES = (Rule.CAPACITY_KG, Rule.CAPACITY_M3, Rule.CAPACITY_PIECES)


def _at(visit: Visit, stop: Stop, shift: Shift, skills: frozenset[str]) -> list[BrokenRule]:
    found = [] if not (stop.not_drivers or stop.zone) else list(_never(stop, shift))
    if stop.place is None:
        found.append(no_place(stop))
    if visit.drive_s >= UNREACHABLE:
        found.append(BrokenRule(Rule.UNREACHABLE, stop.id, 1))
    if stop.skills and not stop.skills <= skills:
        found.append(BrokenRule(Rule.SKILL, stop.id, 1, ", ".join(sorted(stop.skills - skills))))
    if visit.late_s and not stop.late_per_min:
        found.append(BrokenRule(Rule.WINDOW, stop.id, visit.late_s))
    return found


def no_place(stop: Stop) -> BrokenRule:
    """Of a stop that has no place, or none that a road leads to."""
    return BrokenRule(Rule.NO_PLACE, stop.id, 1, "" if stop.away is None else off_road.words(stop.away))


def _never(stop: Stop, shift: Shift) -> Iterator[BrokenRule]:
    """What keeps a driver and his vehicle from a stop at any time."""
    if shift.driver.id in stop.not_drivers:
        yield BrokenRule(Rule.FORBIDDEN, stop.id, 1)
    if stop.zone in shift.vehicle.no_zones:
        yield BrokenRule(Rule.ZONE, stop.id, 1, stop.zone)


def never(stop: Stop, shift: Shift) -> tuple[BrokenRule, ...]:
    """The rules that `stop` breaks wherever it stands in a route of `shift`: skills, forbidden drivers, zones."""
    if stop.skills <= shift.skills and not (stop.not_drivers or stop.zone):
        return ()
    missing = stop.skills - shift.skills
    skill = (BrokenRule(Rule.SKILL, stop.id, 1, ", ".join(sorted(missing))),) if missing else ()
    return (*skill, *_never(stop, shift))


def _between(visits: Sequence[Visit], basis: Basis, cuts: Sequence[int]) -> dict[StopId, list[BrokenRule]]:
    """Rules between stops: goods that come on board before they go, and goods that may not ride together."""
    found: dict[StopId, list[BrokenRule]] = {}
    seen: set[StopId] = set()
    tour, aboard = 0, set[str]()
    for number, visit in zip(numbered(cuts, len(visits)), visits, strict=True):
        stop = basis.stops[visit.stop]
        if number != tour:
            tour, aboard = number, set()
        here: list[BrokenRule] = []
        if stop.pickup and stop.pickup not in seen and not visit.done:
            here.append(BrokenRule(Rule.PAIR, stop.id, 1))
        clash = _clash(stop, aboard, basis)
        if clash:
            here.append(BrokenRule(Rule.APART, stop.id, 1, clash))
        if here:
            found[stop.id] = here
        seen.add(stop.id)
        aboard |= stop.goods
    return found


def _clash(stop: Stop, aboard: set[str], basis: Basis) -> str:
    """Two classes of goods, of the stop and of what came before, that may not ride together; empty: none."""
    for one in sorted(stop.goods):
        others = basis.enemies.get(one, frozenset()) & aboard
        if others:
            return f"{one} with {min(others)}"
    return ""
