"""A stop that no road reaches is to every reckoning what a stop without a place is, and no other stop notices."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.off_road import OffRoad
from dispatch_console.domain.places import Place
from dispatch_console.domain.schedule import RouteSchedule
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.options import Options
from tests.factories import PLACES
from tests.property.rich import rich_days

_LOST = st.sets(st.sampled_from(PLACES[1:]), max_size=4)


def on_roads(day: Day, lost: set[Place]) -> Day:
    t = day.travel
    times = t.durations if t.durations_by is None else t.durations_by
    roads = TravelMatrix(t.places, times, t.distances, t.provider, t.bounds, dict.fromkeys(lost, OffRoad(900)))
    return day.with_travel(roads)


def without(day: Day, lost: set[Place]) -> Day:
    """The same day with no place for the orders there."""
    orders = [replace(o, place=None) if o.place in lost else o for o in day.orders.values()]
    rest = {"facts": day.facts, "now": day.now, "apart": day.apart, "weights": day.weights}
    return open_day(day.depot, day.date, orders, day.shifts.values(), day.travel, day.plan, **rest)


def silent(schedule: RouteSchedule) -> RouteSchedule:
    """Without what is said of how far a place is."""
    return replace(schedule, broken=tuple(broken._replace(what="") for broken in schedule.broken))


@given(rich_days(halts=True), _LOST)
def test_it_is_passed_by_as_one_without_a_place(day: Day, lost: set[Place]) -> None:
    seen, blank = on_roads(day, lost), without(day, lost)
    assert {id: silent(s) for id, s in seen.schedules.items()} == {
        id: silent(s) for id, s in blank.schedules.items()
    }
    assert set(seen.unassigned) == set(blank.unassigned)
    assert set(seen.needs_pin) == set(blank.needs_pin)
    assert on_roads(seen, set()).schedules == day.schedules


@given(rich_days(), _LOST)
def test_the_search_is_asked_the_same(day: Day, lost: set[Place]) -> None:
    seen, blank = (problem.build(one, one.now, Options()) for one in (on_roads(day, lost), without(day, lost)))
    assert seen.tasks == blank.tasks
    assert seen.vehicles == blank.vehicles
    assert (seen.durations == blank.durations).all()
