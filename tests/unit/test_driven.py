"""The places that a route is driven through."""

from __future__ import annotations

from dataclasses import replace

from dispatch_console.domain import driven
from dispatch_console.domain.driven import Point
from dispatch_console.domain.plan import Plan, Route
from tests import factories
from tests.unit import manifests_day as days


def test_from_the_start_over_the_stops_to_the_end() -> None:
    day = factories.small_day()
    home, route = day.depot.place, next(iter(day.shifts))
    places = [day.stops[stop].place for stop in day.plan.route(route).stops]
    assert driven.points(day, route) == [
        Point(home),
        *(Point(p, i) for i, p in enumerate(places) if p),
        Point(home),
    ]
    assert driven.pairs(day, route) == list(zip([home, *places], [*places, home], strict=True))


def test_a_second_tour_begins_at_the_start() -> None:
    day = days.toured_day()  # stops 1–11, then 12–18
    points = driven.points(day, days.K)
    assert [point.at for point in points] == [None, *range(11), None, *range(11, 18), None]
    assert points[12].place == days.DEPOT_PLACE
    assert len(driven.pairs(day, days.K)) == 20


def test_an_open_end_no_stops_stops_without_a_place_and_neighbours_at_one_place() -> None:
    day = factories.small_day()
    route = next(iter(day.shifts))
    first, second, third = day.plan.route(route).stops
    shift = replace(day.shifts[route], end_place=None)
    stops = {
        **day.stops,
        first: replace(day.stops[first], place=None),
        third: replace(day.stops[third], place=day.stops[second].place),
    }
    odd = replace(day, shifts={**day.shifts, route: shift}, stops=stops)
    assert [point.at for point in driven.points(odd, route)] == [None, 1, 2]
    assert driven.pairs(odd, route) == [(day.depot.place, day.stops[second].place)]
    empty = replace(day, plan=Plan({**day.plan.routes, route: Route(route, ())}))
    assert driven.points(empty, route) == [Point(day.depot.place)]
    assert driven.pairs(empty, route) == []
