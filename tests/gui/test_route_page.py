"""The page of one route: its commands, the newest first, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.services import dispatch
from dispatch_console.services.saving import StoreSaver
from dispatch_console.ui.order_page.model import Entry
from dispatch_console.ui.route_page.page import ID, RoutePage, register
from tests.gui import office
from tests.patience import PATIENCE_S

TWO = ShiftId(2)


class Hand:
    def __init__(self, qtbot: QtBot, place: office.Office) -> None:
        self.qtbot, self.place, self.desk = qtbot, place, place.desk
        self.page = RoutePage(self.desk, place.store)
        qtbot.addWidget(self.page)
        self.page.resize(1366, 700)
        self.page.show()

    def open(self) -> None:
        self.place.saver.flush(PATIENCE_S)
        self.page.open_route(TWO)
        self.qtbot.waitUntil(lambda: bool(self.lines()))

    def lines(self) -> list[str]:
        return [row.title for row in self.page.rows.rows if isinstance(row, Entry)]


@pytest.fixture
def hand(qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    office.dress(QGuiApplication.instance())
    with office.opened(tmp_path) as place:
        hand = Hand(qtbot, place)
        yield hand
        hand.page.close_page()


def test_the_newest_command_is_at_the_top_and_new_ones_come_by_themselves(hand: Hand, qtbot: QtBot) -> None:
    dispatch.move(hand.desk.session, [StopId(2)], TWO, 0)
    hand.open()
    assert hand.page.head.title.text() == "Ben Rook"
    assert hand.lines()[0] == "Move A2 to Ben Rook"
    assert not hand.page.people.isVisible()
    dispatch.unassign(hand.desk.session, [StopId(4)])
    qtbot.waitUntil(lambda: hand.lines()[0] == "Unassign A4")


def test_one_persons_changes_can_be_looked_at_alone(hand: Hand) -> None:
    dispatch.move(hand.desk.session, [StopId(2)], TWO, 0)
    hand.place.saver.flush(PATIENCE_S)
    day, session = hand.desk.day, hand.desk.session
    session._saver = StoreSaver(hand.place.store, "Zoe")  # somebody else comes to the console
    dispatch.unassign(session, [StopId(4)])
    assert isinstance(session._saver, StoreSaver)
    session._saver.flush(PATIENCE_S)
    assert day.depot == hand.desk.day.depot
    hand.open()
    people = hand.page.people
    assert people.isVisible()
    people.setCurrentIndex(people.findText("Zoe"))
    people.activated.emit(people.currentIndex())
    assert hand.lines() == ["Unassign A4"]


def test_it_can_be_copied_and_left_by_keys(hand: Hand, qtbot: QtBot) -> None:
    dispatch.move(hand.desk.session, [StopId(2)], TWO, 0)
    hand.open()
    QTest.keyClick(hand.page.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Move A2 to Ben Rook · A2 from Ada Quill, ETA" in QGuiApplication.clipboard().text()
    with qtbot.waitSignal(hand.page.closed):
        QTest.keyClick(hand.page.list, Qt.Key.Key_Escape)


def test_the_action_is_for_the_route_that_is_current(hand: Hand) -> None:
    opened: list[int] = []
    register(hand.desk, opened.append)
    action = hand.desk.actions[ID]
    hand.desk.select((), None, None, None)
    assert action.why_not() is not None
    hand.desk.select((StopId(4),), StopId(4), None, TWO)
    assert action.why_not() is None
    action.run()
    assert opened == [TWO]
