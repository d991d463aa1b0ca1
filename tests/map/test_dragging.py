"""Stops taken from the map, dropped on it, and pins moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL
from dispatch_console.services import travel
from tests import factories
from tests.map.conftest import Hand

ALT = Qt.KeyboardModifier.AltModifier


def homeless_day() -> Day:
    """`small_day` where order 6 has no place, with travel times that can grow."""
    small = factories.small_day()
    orders = [o if o.id != 6 else replace(o, place=None, place_quality=None) for o in small.orders.values()]
    matrix = travel.matrix(factories.PLACES)
    return open_day(small.depot, small.date, orders, small.shifts.values(), matrix, small.plan)


def test_a_stop_that_is_pulled_becomes_a_drag(hand: Hand) -> None:
    taken: list[list[StopId]] = []
    hand.pane.view.gestures.take = taken.append
    at = hand.at(4)
    hand.press(at)
    hand.move(at + QPoint(3, 0))
    hand.qtbot.wait(50)
    assert taken == []  # not far enough yet
    hand.move(at + QPoint(9, 0))
    hand.qtbot.waitUntil(lambda: taken == [[4]])
    hand.release(at + QPoint(9, 0))
    assert hand.desk.selected == {4}


def test_a_drag_takes_the_whole_selection_in_driving_order(hand: Hand) -> None:
    taken: list[list[StopId]] = []
    hand.pane.view.gestures.take = taken.append
    hand.desk.select([StopId(5), StopId(1), StopId(6)])
    hand.until(lambda shown: len(shown["selected"]) == 3)
    at = hand.at(5)
    hand.press(at)
    hand.move(at + QPoint(12, 0))
    hand.qtbot.waitUntil(lambda: taken == [[6, 1, 5]])
    hand.release(at + QPoint(12, 0))


def test_drop_on_another_route_gives_the_stop_to_that_driver(hand: Hand) -> None:
    hand.drop([StopId(6)], hand.at(4) + QPoint(3, 2))
    hand.qtbot.waitUntil(lambda: hand.day.plan.where[StopId(6)] == 2)
    # Places lie on a line: 6 on the way out or back is the same way, so the earliest of the best places is taken.
    assert hand.day.plan.route(hand.day.plan.where[StopId(6)]).stops == (4, 6, 5)
    assert hand.desk.session.history.done[-1].label == "Move A6 to Ben Rook"
    shown = hand.until(lambda shown: [2, 2, [4, 6, 5]] in shown["routes"])
    assert shown["target"] is None


def test_while_over_a_route_the_map_says_what_a_drop_would_do(hand: Hand) -> None:
    hand.drag_in([StopId(6)], hand.at(2))
    shown = hand.until(lambda shown: shown["target"] is not None and shown["pill"] != "")
    assert shown["target"]["route"] == 1
    # Out to place 6 and back: 3 places further each way (6 × 600 s) and 300 s of service, 65 min.
    assert shown["pill"] == "Ada Quill, best place: 3rd, +65 min"
    assert hand.day.plan.where[StopId(6)] == POOL


def test_drop_beside_all_routes_changes_nothing_and_says_so(hand: Hand) -> None:
    said: list[str] = []
    hand.desk.message.connect(lambda text, kind: said.append(text))
    hand.drop([StopId(6)], QPoint(30, 30))
    hand.qtbot.waitUntil(lambda: said == ["Drop it on a dot or a line: the stop then goes to that driver."])
    assert hand.desk.session.history.done == []


def test_drop_of_an_order_without_a_place_sets_its_pin(open_map: Callable[[Day], Hand]) -> None:
    hand = open_map(homeless_day())
    assert hand.shown()["stops"] == 5
    where = hand.at(5) + QPoint(60, 0)
    hand.drop([StopId(6)], where)
    hand.qtbot.waitUntil(lambda: hand.day.stops[StopId(6)].place is not None)
    shown = hand.until(lambda shown: "6" in shown["places"])
    assert QPoint(*(round(v) for v in shown["places"]["6"])) == where
    assert hand.day.plan.where[StopId(6)] == POOL
    hand.desk.session.undo()
    hand.until(lambda shown: "6" not in shown["places"])


def test_alt_drag_corrects_a_pin(open_map: Callable[[Day], Hand]) -> None:
    hand = open_map(homeless_day())
    before = hand.day.stops[StopId(5)].place
    at = hand.at(5)
    hand.press(at, ALT)
    hand.move(at + QPoint(20, 0), ALT)
    hand.move(at + QPoint(40, 10), ALT)
    hand.release(at + QPoint(40, 10), ALT)
    hand.qtbot.waitUntil(lambda: hand.day.stops[StopId(5)].place != before)
    after = hand.day.stops[StopId(5)].place
    assert before is not None
    assert after is not None
    assert after.lon > before.lon
    assert after.lat < before.lat
    hand.qtbot.waitUntil(lambda: hand.at(5) == at + QPoint(40, 10))


def test_pins_tool_needs_no_alt(open_map: Callable[[Day], Hand]) -> None:
    hand = open_map(homeless_day())
    hand.pane.layers.pins.trigger()
    hand.until(lambda shown: shown["tools"]["pins"])
    before, at = hand.day.stops[StopId(5)].place, hand.at(5)
    hand.draw([at, at + QPoint(30, 0)])
    hand.qtbot.waitUntil(lambda: hand.day.stops[StopId(5)].place != before)


def test_places_are_asked_for_one_after_the_other(open_map: Callable[[Day], Hand]) -> None:
    hand = open_map(homeless_day())
    hand.desk.actions["map.pins"].run()
    shown = hand.until(lambda shown: shown["pill"] != "")
    assert shown["pill"] == "Click the place of A6 · Linden Row 6, 4006 Lindmoor, LI  (Esc ends)"
    assert hand.desk.selected == {6}
    hand.click(QPoint(200, 200))
    hand.qtbot.waitUntil(lambda: hand.day.stops[StopId(6)].place is not None)
    hand.until(lambda shown: shown["pill"] == "" and shown["tools"]["placing"] == "")
    assert hand.desk.actions["map.pins"].why_not() == "Every order has its place."

    # Somebody else wants a place: no stop gets it, and Esc says that there is none.
    told: list[Place | None] = []
    pinned = {id: stop.place for id, stop in hand.day.stops.items()}
    hand.pane.ask_place("Click where Van 01 stands", told.append)
    hand.until(lambda shown: shown["pill"] == "Click where Van 01 stands")
    hand.click(QPoint(220, 240))
    hand.qtbot.waitUntil(lambda: len(told) == 1)
    assert isinstance(told[0], Place)
    assert {id: stop.place for id, stop in hand.day.stops.items()} == pinned
    hand.until(lambda shown: shown["pill"] == "")
    hand.pane.ask_place("Click where Van 01 stands", told.append)
    assert hand.pane.view.surface.escape()
    assert told[1:] == [None]
    assert not hand.pane.view.surface.escape()


@pytest.mark.parametrize("bad", [[True], ["6"], [6.5e300], [None], [[6]], [99]])
def test_a_lasso_of_nonsense_selects_nothing(hand: Hand, bad: list[object]) -> None:
    hand.pane.view.bridge.lasso(bad, False)
    assert hand.desk.selected == frozenset()


@pytest.mark.parametrize(("lat", "lon"), [(float("nan"), 1.0), (91.0, 1.0), (0.0, 0.0), (float("inf"), 0.0)])
def test_a_place_off_the_earth_is_passed_over(hand: Hand, lat: float, lon: float) -> None:
    hand.pane.view.bridge.move_pin(5, lat, lon)
    hand.pane.view.bridge.drop(2, lat, lon)
    assert hand.desk.session.history.done == []
