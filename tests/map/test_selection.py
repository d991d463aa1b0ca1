"""Selecting on the map and seeing what others select."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.services import dispatch
from dispatch_console.ui.map.menus import Filter
from tests.map import days
from tests.map.conftest import Hand

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def selected(hand: Hand) -> set[int]:
    return {int(stop) for stop in hand.desk.selected}


def test_what_others_select_is_ringed(hand: Hand) -> None:
    hand.desk.select([StopId(2), StopId(6)])
    shown = hand.until(lambda shown: shown["selected"] == [2, 6] or shown["selected"] == [6, 2])
    assert shown["focus"] == 0
    assert shown["pill"] == ""


def test_one_route_stands_out_when_all_selected_are_its(hand: Hand) -> None:
    hand.desk.select([StopId(4)])
    assert hand.until(lambda shown: shown["selected"] == [4])["focus"] == 2
    dispatch.move(hand.desk.session, [StopId(4)], ShiftId(1), None)
    hand.until(lambda shown: shown["focus"] == 1)


def test_click_selects(hand: Hand) -> None:
    hand.click(hand.at(4))
    hand.qtbot.waitUntil(lambda: selected(hand) == {4})
    assert hand.desk.current == 4
    hand.until(lambda shown: shown["selected"] == [4])


def test_ctrl_click_toggles_and_ground_clears(hand: Hand) -> None:
    hand.click(hand.at(1))
    hand.qtbot.waitUntil(lambda: selected(hand) == {1})
    hand.click(hand.at(6), CTRL)
    hand.qtbot.waitUntil(lambda: selected(hand) == {1, 6})
    hand.click(hand.at(1), CTRL)
    hand.qtbot.waitUntil(lambda: selected(hand) == {6})
    hand.click(QPoint(30, 30))
    hand.qtbot.waitUntil(lambda: selected(hand) == set())


def test_shift_click_takes_all_between(hand: Hand) -> None:
    hand.click(hand.at(1))
    hand.qtbot.waitUntil(lambda: selected(hand) == {1})
    hand.click(hand.at(3), SHIFT)
    hand.qtbot.waitUntil(lambda: selected(hand) == {1, 2, 3})


def test_click_on_a_line_selects_the_route(open_map: Callable[[Day], Hand]) -> None:
    hand = open_map(days.town_day(24, 2, loose=0, unplaced=0))
    stops = hand.day.plan.route(ShiftId(2)).stops
    a, b = max(
        ((hand.at(a), hand.at(b)) for a, b in itertools.pairwise(stops)),
        key=lambda ends: (ends[0] - ends[1]).manhattanLength(),
    )
    hand.click((a + b) / 2)
    hand.qtbot.waitUntil(lambda: hand.desk.current_route == 2)
    assert selected(hand) == set()
    assert hand.until(lambda shown: shown["focus"] == 2)["lines"] == 2


def test_lasso_with_shift_counts_what_it_catches(hand: Hand) -> None:
    # Around 4, 5 and the unassigned 6, which lie in the north: 3 × 10 kg.
    north, south = hand.at(6), hand.at(4)
    box = [QPoint(north.x() - 60, north.y() - 20), QPoint(north.x() + 60, north.y() - 20)]
    box += [QPoint(south.x() + 60, south.y() + 20), QPoint(south.x() - 60, south.y() + 20), box[0]]
    hand.draw(box, SHIFT)
    hand.qtbot.waitUntil(lambda: selected(hand) == {4, 5, 6})
    shown = hand.until(lambda shown: shown["pill"] != "")
    assert shown["pill"] == "3 selected · 1 unassigned · 30 kg1–9 or drag to a lane"
    assert shown["lasso"] > 8
    hand.click(QPoint(30, 30))
    shown = hand.until(lambda shown: shown["pill"] == "")
    assert shown["lasso"] == 0


def test_lasso_button_makes_drags_select(hand: Hand) -> None:
    hand.pane.tools.lasso.click()
    hand.until(lambda shown: shown["tools"]["lasso"])
    at = hand.at(1)
    hand.draw([at + QPoint(dx, dy) for dx, dy in ((-25, -25), (25, -25), (25, 25), (-25, 25), (-25, -20))])
    hand.qtbot.waitUntil(lambda: 1 in selected(hand))
    assert hand.pane.tools.lasso.isChecked()


def test_a_selection_from_elsewhere_takes_the_lasso_away(hand: Hand) -> None:
    at = hand.at(6)
    corners = ((-25, -15), (25, -15), (25, 15), (-25, 15), (-25, -10))
    hand.draw([at + QPoint(dx, dy) for dx, dy in corners], SHIFT)
    hand.until(lambda shown: shown["pill"] != "")
    hand.desk.select([StopId(1)], initiator="the board")
    shown = hand.until(lambda shown: shown["selected"] == [1])
    assert (shown["pill"], shown["lasso"]) == ("", 0)


@pytest.mark.parametrize(
    ("wanted", "stops", "words"),
    [
        (Filter("all"), 6, "All routes"),
        (Filter("unassigned"), 1, "Unassigned only"),
        (Filter("route", ShiftId(2)), 2, "Ben Rook"),
        (Filter("selected"), 3, "Selected routes"),
    ],
)
def test_filter(hand: Hand, wanted: Filter, stops: int, words: str) -> None:
    hand.desk.select([StopId(1)])
    hand.pane.routes.choose(wanted)
    hand.until(lambda shown: shown["stops"] == stops)
    assert hand.pane.routes.words(wanted) == words


def test_arrows_walk_the_route(hand: Hand) -> None:
    hand.click(hand.at(1))
    hand.qtbot.waitUntil(lambda: selected(hand) == {1})
    target = hand.pane.view.surface.focusProxy()
    hand.qtbot.keyClick(target, Qt.Key.Key_Down)
    assert selected(hand) == {2}
    hand.qtbot.keyClick(target, Qt.Key.Key_Right)
    hand.qtbot.keyClick(target, Qt.Key.Key_Right)
    assert selected(hand) == {3}
    hand.qtbot.keyClick(target, Qt.Key.Key_Up)
    assert selected(hand) == {2}


def test_reveal_brings_a_stop_into_view(hand: Hand) -> None:
    hand.pane.view.look_at("in")
    for _ in range(6):
        hand.pane.view.look_at("in")
    hand.until(lambda shown: shown["stops"] < 6 and "6" not in shown["places"])
    hand.desk.reveal.emit(6)
    shown = hand.until(lambda shown: "6" in shown["places"])
    x, y = shown["places"]["6"]
    assert 0 < x < 460
    assert 0 < y < 490
    hand.pane.view.look_at("all")
    hand.until(lambda shown: shown["stops"] == 6)


def test_right_click_opens_the_menu_of_the_stop(hand: Hand) -> None:
    asked: list[set[int]] = []
    hand.pane.view.gestures.menu = lambda: asked.append(selected(hand))
    hand.right_click(hand.at(5))
    hand.qtbot.waitUntil(lambda: asked == [{5}])
    hand.right_click(QPoint(30, 30))
    hand.qtbot.wait(50)
    assert len(asked) == 1
