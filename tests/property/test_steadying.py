"""After re-optimising no stop moves that saves less than the setting, whatever a search found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dispatch_console.domain import edits
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import newly_broken
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, Route
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import RouteSchedule, schedule
from dispatch_console.domain.sequences import steady
from dispatch_console.domain.slices import at_once
from dispatch_console.services import preview
from dispatch_console.services.preview import times_of
from dispatch_console.services.steadying import Sequences, steadied
from tests.property.strategies import days


@st.composite
def found(draw: st.DrawFn, day: Day) -> Sequences:
    """What a search might have found: all stops that have a driver, and some of the pool, shuffled."""
    stops = [stop for route in day.routes for stop in route.stops]
    stops += [stop for stop in day.plan.pool.stops if draw(st.booleans())]
    sequences: dict[ShiftId, list[StopId]] = {id: [] for id in day.shifts}
    for stop in draw(st.permutations(stops)):
        home = day.plan.where[stop]
        stays = draw(st.booleans()) and home != POOL
        sequences[home if stays else draw(st.sampled_from(sorted(day.shifts)))].append(stop)
    return {id: tuple(order) for id, order in sequences.items()}


@given(days(), st.sampled_from([1, 240, 1200, 3600]), st.data())
def test_no_stop_moves_that_saves_less_than_the_setting(day: Day, least_s: int, data: st.DataObject):
    sequences = data.draw(found(day))
    kept = at_once(steadied(day, sequences, least_s, {}))
    routes = {route.id: route.with_stops(kept.get(route.id, route.stops)) for route in day.routes}
    assert sorted(s for r in routes.values() for s in r.stops) == sorted(s for o in sequences.values() for s in o)
    for stop, home in day.plan.where.items():
        now = next((id for id, route in routes.items() if stop in route.stops), POOL)
        if POOL in (home, now):
            continue
        here = routes[now]
        if now == home and stop in steady(day.plan.route(home).stops, here.stops):
            continue
        back = _back(stop, day.plan.route(home), routes[home])
        instead = {home: back}
        if now != home:
            instead[now] = here.with_stops(tuple(one for one in here.stops if one != stop))
        saves = sum(_spent(day, route) for route in instead.values()) - sum(
            _spent(day, routes[id]) for id in instead
        )
        assert saves >= least_s or _harms(day, routes, instead) or back == here, (stop, saves)


@given(days(max_stops=6), st.data())
def test_what_each_move_saves_adds_up(day: Day, data: st.DataObject):
    """Minutes and kilometres of all moves are those of the whole plan."""
    after = day.apply(edits.take_over(day.plan, data.draw(found(day)), "Found"))
    seen = preview.preview(day, after)
    shares = at_once(preview.savings(day, after, seen)).values()
    assert sum(share.seconds for share in shares) == seen.saved_s
    assert sum(share.metres for share in shares) == seen.saved_m


def _back(stop: StopId, old: Route, draft: Route) -> Route:
    """Behind the nearest of the stops that stood before it and kept their order."""
    rest = tuple(one for one in draft.stops if one != stop)
    firm = steady(old.stops, rest)
    earlier = [one for one in old.stops[: old.stops.index(stop)] if one in firm]
    at = rest.index(earlier[-1]) + 1 if earlier else 0
    return draft.with_stops((*rest[:at], stop, *rest[at:]))


def _timed(day: Day, route: Route) -> RouteSchedule:
    return schedule(route, day.basis.shifts[route.id], day.basis)


def _spent(day: Day, route: Route) -> int:
    return times_of(_timed(day, route)).all_s


def _harms(day: Day, routes: dict[ShiftId, Route], instead: dict[ShiftId, Route]) -> bool:
    """Whether taking it back would break a rule (other than windows, which count in time) that neither the plan of
    now nor the new one breaks."""
    for id, route in instead.items():
        for base in (day.schedules[id], _timed(day, routes[id])):
            if all(broken.rule is Rule.WINDOW for broken in newly_broken(base, _timed(day, route))):
                break
        else:
            return True
    return False
