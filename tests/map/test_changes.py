"""What changes in the day changes on the map, and no more than that is sent."""

from __future__ import annotations

import json
from dataclasses import replace

from dispatch_console.domain.day import open_day
from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.services import dispatch
from dispatch_console.services.session import DaySession
from dispatch_console.ui.map import payload
from tests import factories
from tests.map import days
from tests.map.conftest import Hand

ONE, TWO = ShiftId(1), ShiftId(2)


def test_a_move_and_its_undo_are_drawn(hand: Hand) -> None:
    dispatch.move(hand.desk.session, [StopId(3)], TWO, 0)
    shown = hand.until(lambda shown: [2, 2, [3, 4, 5]] in shown["routes"])
    assert [1, 1, [1, 2]] in shown["routes"]
    hand.desk.session.undo()
    hand.until(lambda shown: [1, 1, [1, 2, 3]] in shown["routes"])


def test_another_day_is_fetched_and_fitted(hand: Hand) -> None:
    day = days.town_day(30, 3, unplaced=0)
    with hand.qtbot.waitSignal(hand.pane.view.shown):
        hand.desk.session.replace_day(day)
    shown = hand.until(lambda shown: shown["stops"] == 30)
    assert len(shown["routes"]) == 3
    assert all(0 < x < 460 and 0 < y < 490 for x, y in shown["places"].values())
    assert hand.pane.head.count == "24 stops, 6 open"


def test_only_touched_routes_are_sent() -> None:
    day = days.town_day(60, 6, unplaced=0)
    stop = day.plan.route(ONE).stops[0]
    session = DaySession(day)
    dispatch.move(session, [stop], TWO, 0)
    delta = json.loads(payload.difference(day, session.day) or "null")
    assert [route["id"] for route in delta["routes"]] == [1, 2]
    assert {row[3] for row in delta["stops"]} == {1, 2}
    assert delta["gone"] == []


def test_nothing_is_sent_when_nothing_on_the_map_changed() -> None:
    day = days.town_day(20, 2)
    same = replace(day, revision=day.revision + 1)
    assert json.loads(payload.difference(day, same) or "null") == {"stops": [], "routes": [], "gone": []}


def test_another_date_is_fetched_as_a_whole() -> None:
    day = factories.small_day()
    assert payload.difference(day, replace(day, date=day.date.replace(day=24))) is None


def test_the_first_orders_of_a_day_are_fetched_and_fitted() -> None:
    day = factories.small_day()
    empty = open_day(day.depot, day.date, [], day.shifts.values(), day.travel)
    filled = open_day(day.depot, day.date, day.orders.values(), day.shifts.values(), day.travel)
    assert filled.plan.pool.stops and payload.difference(empty, filled) is None


def test_a_stop_that_loses_its_place_is_gone() -> None:
    day = factories.small_day()
    stops = {**day.stops, StopId(6): replace(day.stops[StopId(6)], place=None)}
    delta = json.loads(payload.difference(day, replace(day, stops=stops)) or "null")
    assert delta["gone"] == [6]


def test_the_way_between_two_tours_goes_through_the_depot() -> None:
    data = json.loads(payload.whole(factories.tours_day()))
    assert [route["reloads"] for route in data["routes"]] == [[3], []]


def test_whole_day_holds_late_and_done() -> None:
    small = factories.small_day()
    fact = Fact(StopId(1), ONE, FactKind.DELIVERED, 9 * 3600)
    day = small.with_facts(Facts((fact,)), 9 * 3600)
    data = json.loads(payload.whole(day))
    states = {row[0]: row[5] for row in data["stops"]}
    assert states[1] == payload.DONE
    assert states[2] == 0
    assert data["routes"][0]["driven"] == 1
    assert data["depot"] == [50.0, 10.0]
    assert {row[0]: row[4] for row in data["stops"]} == dict(zip(range(1, 7), "123121", strict=True))


def test_towns_need_some_stops_to_be_named() -> None:
    day = factories.small_day()
    # Places 1 … 6 of one town: the median of 50.1 … 50.6 is 50.35.
    assert payload.towns(day) == [("Lindmoor", 50.35, 10.0, 6)]
    few = replace(day, stops={id: stop for id, stop in day.stops.items() if id <= 2})
    assert payload.towns(few) == []


def test_stops_at_one_place_lie_side_by_side(hand: Hand) -> None:
    places = hand.shown()["places"]
    assert len({tuple(place) for place in places.values()}) == 6
    both = Place(50.4, 10.0)
    day = hand.day
    stops = {**day.stops, StopId(5): replace(day.stops[StopId(5)], place=both)}
    hand.desk.day_changed.emit(day, replace(day, stops=stops), None)
    shown = hand.until(lambda shown: abs(shown["places"]["5"][1] - shown["places"]["4"][1]) < 30)
    (ax, ay), (bx, by) = shown["places"]["4"], shown["places"]["5"]
    assert (ax - bx) ** 2 + (ay - by) ** 2 > 8**2
