"""The incidents pane: list, buttons, keys, and that each button does what it says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Capacity, ShiftId
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.domain.plan import POOL
from dispatch_console.services import dispatch
from dispatch_console.services.session import DaySession
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.incidents import IncidentsPane
from dispatch_console.ui.incidents.delegate import fitting
from dispatch_console.ui.incidents.model import row_of
from tests import factories
from tests.unit.test_incidents import day_with, driver, vehicle

HOUR = 3600
ONE, TWO = ShiftId(1), ShiftId(2)
LATE_3: dict[int, dict[str, Any]] = {3: {"windows": (Window(7 * HOUR, 8 * HOUR + 35 * 60),)}}


class Hand:
    def __init__(self, qtbot: QtBot, day: Day) -> None:
        self.qtbot = qtbot
        self.desk = Desk(DaySession(day))
        self.pane = IncidentsPane(self.desk)
        qtbot.addWidget(self.pane)
        self.pane.resize(380, 266)
        self.pane.show()
        self.said: list[str] = []
        self.desk.message.connect(lambda text, kind: self.said.append(text))

    @property
    def titles(self) -> list[str]:
        return [row_of(incident).title for incident in self.pane.model.incidents]

    def settle(self) -> None:
        """Wait until the pane has looked at the day again."""
        self.qtbot.waitUntil(lambda: not self.pane._soon.isActive())

    def press(self, row: int) -> None:
        """Click the button of a row."""
        listed = self.pane.list
        area = listed.visualRect(self.pane.model.index(row, 0))
        at = listed._delegate.button_rect(area, row_of(self.pane.model.incidents[row]))
        self.qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=at.center())

    def menu(self) -> list[str]:
        menu = self.pane.deeds.menu
        assert isinstance(menu, QMenu)
        return [action.text() for action in menu.actions()]

    def choose(self, at: int) -> None:
        menu = self.pane.deeds.menu
        assert isinstance(menu, QMenu)
        menu.actions()[at].trigger()
        menu.close()


def test_all_quiet(qtbot: QtBot) -> None:
    hand = Hand(qtbot, factories.small_day())
    assert hand.pane.empty.isVisible()
    assert hand.pane.head.count == "0"


def test_worst_first_and_counted(qtbot: QtBot) -> None:
    day = day_with({**LATE_3, 6: {"place": None}}, {2: vehicle(2, inspection_until=dt.date(2026, 11, 25))})
    hand = Hand(qtbot, day)
    assert hand.titles == [
        "Late 5 min · Customer 3",
        "1 order has no place",
        "Van 02: inspection ends 25 Nov",
    ]
    assert hand.pane.head.count == "3"
    buttons = [row_of(i).button for i in hand.pane.model.incidents]
    assert buttons == ["Move up", "Drop pins", "Remind"]


def test_move_up_moves_up(qtbot: QtBot) -> None:
    hand = Hand(qtbot, day_with(LATE_3))
    hand.press(0)
    assert hand.desk.day.late_stops == 0
    hand.settle()
    assert hand.titles == []
    assert hand.pane.empty.isVisible()
    hand.desk.session.undo()
    hand.settle()
    assert hand.titles == ["Late 5 min · Customer 3"]


def test_where_no_place_helps_other_drivers_are_offered(qtbot: QtBot) -> None:
    # 08:09 cannot be met: place 1 is 10 min from the depot, first or not.
    hand = Hand(qtbot, day_with({1: {"windows": (Window(7 * HOUR, 8 * HOUR + 540),)}}))
    hand.press(0)
    assert hand.said == ["No place in this route makes it better; another driver could help."]
    # With Ben it lies on the way to place 4, 10 min from the depot too: 1 min late, as with Ada.
    assert hand.menu()[0].startswith("A1 to Ben Rook, 1st: +5 min")
    hand.choose(0)
    assert hand.desk.day.plan.where[StopId(1)] == TWO


def test_offer_stops_relieves_a_full_van(qtbot: QtBot) -> None:
    hand = Hand(qtbot, day_with(shifts={1: vehicle(1, capacity=Capacity(25_000, 1000, 10))}))
    assert hand.titles == ["Ada Quill: 5 kg over"]
    hand.press(0)
    assert hand.menu()
    assert all(" to Ben Rook, " in text for text in hand.menu())
    hand.choose(0)
    assert hand.desk.day.overloaded == 0
    assert len(hand.desk.selected) == 1
    hand.settle()
    assert hand.titles == []


def test_without_a_way_out_it_says_so(qtbot: QtBot) -> None:
    day = day_with(shifts={1: vehicle(1, capacity=Capacity(25_000, 1000, 10)), 2: {"absent": False}})
    hand = Hand(qtbot, day)
    dispatch.set_locked(hand.desk.session, TWO, True)
    hand.press(0)
    assert hand.said == ["No other driver can take a stop without breaking a rule."]


def test_unassign_empties_the_route_of_an_absent_driver(qtbot: QtBot) -> None:
    hand = Hand(qtbot, day_with(shifts={2: {"absent": True}}))
    assert row_of(hand.pane.model.incidents[0]).button == "Unassign 2"
    hand.press(0)
    assert hand.desk.day.plan.route(TWO).stops == ()
    assert hand.desk.day.plan.where[StopId(4)] == POOL
    assert hand.desk.session.history.done[-1].label == "Unassign 2 stops"


def test_drop_pins_selects_what_needs_a_place(qtbot: QtBot) -> None:
    hand = Hand(qtbot, day_with({6: {"place": None}, 5: {"place": None}}))
    row = hand.titles.index("2 orders have no place")
    with qtbot.waitSignal(hand.desk.reveal):
        hand.press(row)
    assert hand.desk.selected == {5, 6}


def test_remind_hides_until_tomorrow(qtbot: QtBot) -> None:
    hand = Hand(qtbot, day_with(shifts={2: driver(2, licence_until=dt.date(2026, 11, 24))}))
    now = [dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)]
    hand.desk.clock = lambda: now[0]
    hand.press(0)
    assert hand.titles == []
    assert hand.said == ["Ben Rook: licence ends 24 Nov: comes back tomorrow."]
    now[0] += dt.timedelta(days=1)
    hand.pane.refresh()
    assert hand.titles == ["Ben Rook: licence ends 24 Nov"]


def test_a_click_selects_and_reveals(qtbot: QtBot) -> None:
    hand = Hand(qtbot, day_with(LATE_3))
    area = hand.pane.list.visualRect(hand.pane.model.index(0, 0))
    with qtbot.waitSignal(hand.desk.reveal) as caught:
        qtbot.mouseClick(
            hand.pane.list.viewport(), Qt.MouseButton.LeftButton, pos=area.topLeft() * 1 + area.center() / 3
        )
    assert caught.args == [3]
    assert hand.desk.selected == {3}
    assert hand.desk.day.late_stops == 1  # looking changes nothing


def test_keys_walk_and_act(qtbot: QtBot) -> None:
    late: dict[int, dict[str, Any]] = {n: {"windows": (Window(7 * HOUR, 8 * HOUR + 300),)} for n in (1, 2, 4)}
    hand = Hand(qtbot, day_with(late))
    hand.desk.actions["incidents.focus"].run()
    assert hand.pane.list.currentIndex().row() == 0
    assert hand.desk.actions["incidents.focus"].keys == "F4"
    qtbot.keyClick(hand.pane.list, Qt.Key.Key_Down)
    assert hand.desk.selected == {2}  # 35 min, 20 min, 5 min: the second is stop 2
    hand.desk.actions["incidents.next"].run()
    assert hand.desk.selected == {1}
    hand.desk.actions["incidents.next"].run()
    assert hand.desk.selected == {4}
    qtbot.keyClick(hand.pane.list, Qt.Key.Key_Return)
    # Stop 4 stands first already: no place helps, drivers are offered.
    assert hand.said == ["No place in this route makes it better; another driver could help."]
    hand.pane.deeds.menu.close()


def test_the_list_keeps_its_place_when_others_go(qtbot: QtBot) -> None:
    late: dict[int, dict[str, Any]] = {n: {"windows": (Window(7 * HOUR, 8 * HOUR + 300),)} for n in (1, 2, 4)}
    hand = Hand(qtbot, day_with(late))
    hand.pane.list.choose(2)
    assert hand.desk.selected == {1}
    dispatch.unassign(hand.desk.session, [StopId(4)])
    hand.settle()
    assert hand.pane.list.currentIndex().row() == 1
    assert hand.pane.model.incidents[1].stops == (1,)


def test_model_holds_qt_to_its_word(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    hand = Hand(qtbot, day_with(LATE_3))
    model: QAbstractItemModel = hand.pane.model
    qtmodeltester.check(model)
    dispatch.unassign(hand.desk.session, [StopId(3)])
    hand.settle()
    hand.desk.session.undo()
    hand.settle()
    assert hand.titles == ["Late 5 min · Customer 3"]


@pytest.mark.parametrize("width", [300, 380])
def test_numbers_are_not_cut_in_a_narrow_pane(qtbot: QtBot, width: int) -> None:
    hand = Hand(qtbot, day_with(LATE_3))
    hand.pane.resize(width, 266)
    row = row_of(hand.pane.model.incidents[0])
    assert row.shorter == ("A3 · AQ 3 · due 08:35, arrives 08:40", "AQ 3 · due 08:35, arrives 08:40")
    assert [fitting(row, room) for room in (1000, 200, 20)] == [row.sentence, *row.shorter]
