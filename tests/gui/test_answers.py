"""F2 and Shift+F2: what is said about a stop, and what Enter and the numbers do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain import edits
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Capacity, ShiftId, Vehicle, VehicleId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.plan import POOL, PlanChange, Swap
from dispatch_console.domain.sizes import Size
from dispatch_console.services.fleet import Fleet
from dispatch_console.services.session import DaySession
from dispatch_console.ui.answers import AnswerPopup, found
from dispatch_console.ui.board import BoardPane, menus
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.orders.pane import OrdersPane
from tests.factories import small_day

ADA, BEN, SIX = ShiftId(1), ShiftId(2), StopId(6)
H = 3600


def changed_day(end: int = 16 * H, **order: object) -> Day:
    day = small_day()
    was = day.orders[OrderId(6)]
    shifts = tuple(Swap(shift, replace(shift, end=end)) for shift in day.shifts.values())
    return day.apply(PlanChange("", (), (Swap(was, replace(was, **order)),), shifts))


class Place:
    """A window with the orders and the board."""

    def __init__(self, day: Day, qtbot: QtBot) -> None:
        self.desk, self._qtbot = Desk(DaySession(day)), qtbot
        self.orders, self.board = OrdersPane(self.desk), BoardPane(self.desk)
        for pane in (self.orders, self.board):
            qtbot.addWidget(pane)
            pane.resize(600, 500)
            pane.show()

    def ask(self, stop: StopId, action: str) -> AnswerPopup:
        """The popup, once it says all."""
        self.desk.select([stop], stop)
        assert self.desk.run(action)
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, AnswerPopup)
        self._qtbot.waitUntil(lambda: popup.do.isVisible() or popup.others.isVisible() or "No single" in popup.text)
        return popup


@pytest.fixture
def place(qtbot: QtBot, themed: QApplication) -> Iterator[Place]:
    yield Place(changed_day(end=10 * H), qtbot)


def test_the_smallest_change_is_said_and_enter_does_it(place: Place, qtbot: QtBot) -> None:
    """Ben passes 6 on the way and is back at 10:15."""
    popup = place.ask(SIX, "orders.why")
    assert "Given up" not in popup.verdict.text()
    assert popup.verdict.text().startswith("Impossible as the day stands")  # alone: 10:05
    assert popup.sentence.text() == "Smallest change: Ben Rook works 15 min longer, until 10:15."
    # 20 min of driving and 5 of service more; 20 km; 25 × 0.50 + 20 × 0.50
    assert popup.then.text() == "Ben Rook takes it as 2nd stop: arrives 09:05, +25 min, +20.0 km, +CHF 22.50."
    qtbot.waitUntil(lambda: "Ada Quill: back 20 min after the shift ends." in popup.text)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    desk = place.desk
    assert desk.day.plan.route(BEN).stops == (4, 6, 5)
    assert (desk.day.shifts[BEN].end, desk.day.shifts[BEN].overtime_s) == (10 * H, 900)
    assert not desk.day.schedules[BEN].broken
    assert desk.session.undo().label == "Fit in A6, Ben Rook"
    assert desk.day.shifts[BEN].end == 10 * H
    assert desk.day.plan.where[SIX] == POOL


def test_given_up_and_fits_are_told_apart(qtbot: QtBot, themed: QApplication) -> None:
    given_up = Place(changed_day(end=10 * H + 600), qtbot).ask(SIX, "orders.why")
    assert (
        given_up.verdict.text()
        == "Given up for others: Ada Quill and Ben Rook could take it with nothing else to do."
    )
    given_up.close()
    fits = Place(changed_day(), qtbot).ask(SIX, "orders.why")
    assert fits.verdict.text() == "It fits as the routes are."
    assert fits.sentence.text().startswith("Ben Rook takes it as 2nd stop")


def test_a_vehicle_that_nobody_drives_is_offered_once_the_fleet_is_known(
    qtbot: QtBot, themed: QApplication
) -> None:
    place = Place(changed_day(size=Size(95_000, 950, 1)), qtbot)
    popup = place.ask(SIX, "orders.why")
    assert popup.sentence.text() == "No single change lets it fit."
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    lorry = Vehicle(VehicleId(9), "Lorry 09", capacity=Capacity(200_000, 2_000, 20))
    found.of(place.desk).set_fleet(Fleet((), (lorry,), ()))
    popup = place.ask(SIX, "orders.why")
    assert popup.sentence.text().endswith("drives Lorry 09, which nobody drives today.")
    qtbot.mouseClick(popup.do, Qt.MouseButton.LeftButton)
    assert lorry in {shift.vehicle for shift in place.desk.day.shifts.values()}


def test_why_this_driver_and_a_number_gives_it_to_another(place: Place, qtbot: QtBot) -> None:
    popup = place.ask(StopId(3), "board.choice")
    assert popup.verdict.text() == "Why Ada Quill?"
    # without 3 Ada turns round at 2: 20 min of driving and 5 of service, 20 km; 25 × 0.50 + 20 × 0.50
    assert popup.sentence.text() == (
        "3rd stop, arrives 08:40. Without it the route takes 25 min, 20.0 km and CHF 22.50 less. "
        "Ben Rook could take it for CHF 20.00 less."
    )
    (ben,) = popup.others.rows
    assert (ben.name, ben.place, ben.arrive) == ("Ben Rook", "1st", "08:30")
    assert (ben.minutes, ben.km, ben.cost, ben.rules) == ("−20", "−20.0", "−20.00", "")
    qtbot.keyClick(popup, Qt.Key.Key_2)
    assert place.desk.day.plan.where[StopId(3)] == ADA  # there is no second
    qtbot.keyClick(popup, Qt.Key.Key_1)
    assert place.desk.day.plan.route(BEN).stops == (3, 4, 5)
    place.desk.session.undo()
    popup = place.ask(StopId(3), "orders.why")  # F2 says the same of a stop that has a driver
    qtbot.mouseClick(popup.others, Qt.MouseButton.LeftButton, pos=popup.others.row_rect(0).center())
    assert place.desk.day.plan.where[StopId(3)] == BEN


def test_rules_that_would_break_are_named(qtbot: QtBot, themed: QApplication) -> None:
    day = small_day()
    day = day.apply(edits.set_locked(day.plan, BEN, True, ""))
    popup = Place(day, qtbot).ask(StopId(3), "board.choice")
    (ben,) = popup.others.rows
    assert ben.rules == "locked"
    assert "Nobody else could take it for less without breaking a rule." in popup.sentence.text()


def test_the_menu_asks_what_fits_the_stop(place: Place) -> None:
    desk = place.desk
    for stop, text, other in ((SIX, "orders.why", "board.choice"), (StopId(3), "board.choice", "orders.why")):
        desk.select([stop], stop)
        texts = [action.text().split("\t")[0] for action in menus.stop_menu(desk, place.board).actions()]
        assert desk.actions[text].text in texts
        assert desk.actions[other].text not in texts
    desk.select([SIX], SIX)
    assert desk.actions["board.choice"].why_not() == "It has no driver. F2 says why."
