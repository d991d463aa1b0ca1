"""Roads of the day on the map: drawn by clicks, shown with a sign and words, changed from the menu of a place."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Area
from dispatch_console.domain.road_changes import around, holds
from dispatch_console.services import road_changes
from dispatch_console.services.road_changes import Wanted
from tests import factories
from tests.map.conftest import Hand

NOW = dt.datetime(2026, 11, 23, 6, 52, tzinfo=dt.UTC)
CORNERS = [QPoint(60, 90), QPoint(160, 90), QPoint(160, 190), QPoint(60, 190)]


def key(hand: Hand, key: Qt.Key) -> None:
    QTest.keyClick(hand.pane.view.surface.focusProxy(), key)


@pytest.fixture
def drawn(hand: Hand) -> list[tuple[Place, ...] | None]:
    """What came of an outline that is asked for."""
    answers: list[tuple[Place, ...] | None] = []
    hand.pane.ask_outline("Click the corners", answers.append)
    hand.until(lambda shown: shown["pill"] == "Click the corners")
    return answers


def put_corners(hand: Hand, corners: list[QPoint]) -> None:
    for n, corner in enumerate(corners, 1):
        hand.click(corner)
        hand.until(lambda shown, n=n: shown["sketch"] == n)


def test_corners_are_clicked_and_enter_ends_it(hand: Hand, drawn: list[tuple[Place, ...] | None]) -> None:
    put_corners(hand, CORNERS)
    key(hand, Qt.Key.Key_Backspace)
    hand.until(lambda shown: shown["sketch"] == 3)
    assert drawn == []
    key(hand, Qt.Key.Key_Return)
    (corners,) = drawn
    assert corners is not None
    assert len(corners) == 3
    hand.until(lambda shown: shown["sketch"] == 0 and not shown["pill"])
    assert corners[0].lat == pytest.approx(corners[1].lat, abs=1e-4)  # drawn from left to right, then down
    assert corners[2].lat < corners[1].lat
    assert hand.desk.selected == frozenset()


def test_a_click_on_the_first_corner_ends_it(hand: Hand, drawn: list[tuple[Place, ...] | None]) -> None:
    put_corners(hand, CORNERS)
    hand.click(CORNERS[0] + QPoint(3, -3))
    hand.until(lambda shown: shown["sketch"] == 0)
    (corners,) = drawn
    assert corners is not None
    assert len(corners) == 4


def test_esc_gives_it_up_and_so_does_another_question(hand: Hand, drawn: list[tuple[Place, ...] | None]) -> None:
    put_corners(hand, CORNERS[:2])
    key(hand, Qt.Key.Key_Escape)
    hand.until(lambda shown: shown["sketch"] == 0 and not shown["pill"])
    assert drawn == [None]
    hand.pane.ask_outline("Again", drawn.append)
    hand.until(lambda shown: shown["pill"] == "Again")
    put_corners(hand, CORNERS[:1])
    places: list[Place | None] = []
    hand.pane.ask_place("One place", places.append)
    assert drawn == [None, None]
    hand.until(lambda shown: shown["pill"] == "One place")
    hand.click(CORNERS[2])
    hand.until(lambda shown: not shown["pill"])
    assert len(places) == 1


def test_areas_are_drawn_with_a_sign_and_a_name_until_they_are_taken_back(hand: Hand) -> None:
    assert hand.shown()["areas"] == []
    session = hand.desk.session
    hostile = "<b>`${alert(1)}`</b>"
    road_changes.add(session, Wanted(Area("closed", around(factories.PLACES[2], 900), note=hostile)), NOW)
    road_changes.add(session, Wanted(Area("slow", around(factories.PLACES[4], 900), 1.2, "snow")), NOW)
    shown = hand.until(lambda shown: len(shown["areas"]) == 2)
    assert shown["areas"] == [["closed", f"Closed: {hostile}", 12], ["slow", "+20 %: snow", 12]]
    session.undo()
    hand.until(lambda shown: [kind for kind, *_ in shown["areas"]] == ["closed"])


def test_the_menu_of_a_place_hits_a_road_as_well_as_the_map_shows_it(hand: Hand) -> None:
    asked: list[tuple[Place, float]] = []
    hand.pane.view.gestures.ground_menu = lambda place, metres: asked.append((place, metres))
    hand.right_click(QPoint(70, 120))
    hand.qtbot.waitUntil(lambda: bool(asked))
    place, metres = asked[0]
    assert metres > 10  # the map shows 60 km: no road is hit to the metre
    assert not holds(around(factories.PLACES[1], metres), place)
    hand.right_click(hand.at(2))
    hand.qtbot.wait(50)
    assert len(asked) == 1
