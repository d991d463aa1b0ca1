"""The page of the carry-over list: groups, edits, slots, and the step that makes tomorrow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from dispatch_console.domain import clock
from dispatch_console.domain.day import Approval, DayState
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.orders import NextKind, NextStep, OrderId, StopId, Window
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import reschedule, statuses
from dispatch_console.services.statuses import Said
from dispatch_console.ui.carryover import CarryoverPage
from dispatch_console.ui.widgets.grouped import Head
from tests import factories
from tests.gui import office
from tests.patience import PATIENCE_S

H, M = 3600, 60
TUESDAY, WEDNESDAY = dt.date(2026, 11, 24), dt.date(2026, 11, 25)


class Hand:
    """The page on the small day of a real store: 1 absent, 2 refused, 6 without a driver."""

    def __init__(self, qtbot: QtBot, place: office.Office) -> None:
        self.qtbot, self.place, self.desk = qtbot, place, place.desk
        self.desk.clock = lambda: clock.to_instant(17 * H, factories.DAY, factories.DEPOT.timezone)
        session = self.desk.session
        session.set_approval(Approval(DayState.APPROVED, "Kim", self.desk.clock()))
        for stop, reason in ((1, Reason.ABSENT), (2, Reason.REFUSED)):
            said = Said("Kim", 8 * H + stop * 15 * M)
            statuses.status(session, StopId(stop), FactKind.FAILED, said, reason=reason)
        self.page = CarryoverPage(self.desk, place.store)
        qtbot.addWidget(self.page)
        self.page.resize(1366, 700)
        self.page.show()
        self.said: list[str] = []
        self.desk.message.connect(lambda text, kind: self.said.append(text))

    def rows(self) -> list[str]:
        return [f"# {r.title} {r.count}" if isinstance(r, Head) else r.reference for r in self.page.rows.rows]

    def choose(self, order: int) -> None:
        self.page.list.choose(OrderId(order))

    def step(self, order: int) -> NextStep | None:
        return self.desk.day.orders[OrderId(order)].next

    def pick(self, box: object, data: object) -> None:
        box.setCurrentIndex(box.findData(data.isoformat() if isinstance(data, dt.date) else str(data)))
        box.activated.emit(box.currentIndex())

    def carry(self) -> None:
        self.page.list.setFocus()
        self.qtbot.keyClick(self.page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.waitUntil(lambda: not self.page._busy)


@pytest.fixture
def hand(qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    with office.opened(tmp_path) as place:
        yield Hand(qtbot, place)


def test_groups_by_what_becomes_of_them(hand: Hand) -> None:
    assert hand.rows() == ["# Again on Tue 24 Nov 2", "A1", "A6", "# Back to the sender 1", "A2"]
    note = "Mon 23 Nov · 3 orders not told of yet: they can go on once somebody says how they ended"
    assert hand.page.head._note.text() == note
    assert hand.page.make.text() == "Carry over to Tue 24 Nov"


def test_ctrl_enter_makes_tomorrow(hand: Hand) -> None:
    hand.carry()
    assert hand.said == ["Carried over: 2 orders to Tue 24 Nov."]
    hand.place.saver.flush(PATIENCE_S)
    there = hand.place.store.load_day(factories.DEPOT.id, TUESDAY).orders
    assert [order.reference for order in there] == ["A1", "A6"]
    assert hand.rows() == ["# Back to the sender 1", "A2", "# Carried over: again on Tue 24 Nov 2", "A1", "A6"]
    assert hand.page.why_not() == "Nothing of this day goes on, or all of it is in its new day already."
    hand.desk.session.undo()
    hand.place.saver.flush(PATIENCE_S)
    assert hand.place.store.load_day(factories.DEPOT.id, TUESDAY).orders == ()
    assert hand.rows()[0] == "# Again on Tue 24 Nov 2"


def test_an_edit_is_a_decision_at_once_and_can_be_undone(hand: Hand) -> None:
    hand.choose(1)
    hand.pick(hand.page.side.day, WEDNESDAY)
    assert hand.step(1) == NextStep(NextKind.AGAIN, WEDNESDAY)
    hand.pick(hand.page.side.kind, NextKind.HOLD)
    assert hand.step(1) == NextStep(NextKind.HOLD, until=WEDNESDAY)
    hand.pick(hand.page.side.kind, NextKind.CANCEL)
    assert hand.step(1) == NextStep(NextKind.CANCEL)
    line = hand.page.list.line
    assert line is not None
    assert line.reference == "A1"  # it is still the one that is chosen, in another group
    hand.desk.session.undo()
    assert hand.step(1) == NextStep(NextKind.HOLD, until=WEDNESDAY)


def test_a_window_and_a_note_are_typed(hand: Hand) -> None:
    hand.choose(1)
    hand.page.side.within.setText("8-10:30")
    hand.page.side.within.editingFinished.emit()
    assert hand.step(1) == NextStep(NextKind.AGAIN, TUESDAY, (Window(8 * H, 10 * H + 30 * M),))
    hand.page.side.note.setText("driver Ben Rook")
    hand.page.side.note.editingFinished.emit()
    step = hand.step(1)
    assert step is not None
    assert (step.note, step.windows) == ("driver Ben Rook", (Window(8 * H, 10 * H + 30 * M),))
    hand.carry()
    hand.place.saver.flush(PATIENCE_S)
    assert hand.place.store.load_day(factories.DEPOT.id, TUESDAY).orders[0].notes == "driver Ben Rook"


def test_a_window_that_is_none_is_said_and_forgotten(hand: Hand) -> None:
    hand.choose(1)
    hand.page.side.within.setText("soon")
    hand.page.side.within.editingFinished.emit()
    assert hand.said == ["Write a time window such as 08–12, or nothing for any time."]
    assert hand.step(1) is None
    assert hand.page.side.within.text() == ""


def test_the_best_slots_come_by_a_key_and_are_taken_by_their_number(qtbot: QtBot, hand: Hand) -> None:
    from dispatch_console.domain.plan import PlanChange, Swap
    from dispatch_console.store.base import new_command

    shifts = [factories.shift(1, "Ada Quill", id=31), factories.shift(2, "Ben Rook", id=32)]
    change = PlanChange("Shifts", shifts=tuple(Swap(None, one) for one in shifts))
    hand.place.store.save_change(change, factories.DEPOT.id, TUESDAY, 0, "tester", new_command())
    hand.choose(1)
    hand.page.list.setFocus()
    qtbot.keyClick(hand.page.list, Qt.Key.Key_S)
    side = hand.page.side
    qtbot.waitUntil(side.slots[0].isVisible)
    assert side.slots[0].text().startswith("1  Tue 24 Nov, ")
    assert [button.isVisible() for button in side.slots] == [True, True, False, False, False, False]
    qtbot.keyClick(hand.page.list, Qt.Key.Key_1)
    step = hand.step(1)
    assert step is not None
    assert (step.day, len(step.windows), step.note) == (TUESDAY, 1, "driver Ada Quill")


def test_what_was_carried_over_cannot_be_edited_here(hand: Hand) -> None:
    hand.carry()
    hand.choose(1)
    assert not hand.page.side.kind.isEnabled()
    assert "in its new day already" in hand.page.side.why.text()


def test_an_empty_list_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    with office.opened(tmp_path, empty=True) as place:
        page = CarryoverPage(place.desk, place.store)
        qtbot.addWidget(page)
        page.show()
        assert page.empty.isVisible()
        assert page.why_not() == "Nothing of this day goes on, or all of it is in its new day already."


def test_a_status_that_comes_in_meanwhile_is_seen(hand: Hand) -> None:
    statuses.status(hand.desk.session, StopId(1), FactKind.DELIVERED, Said("Kim", 9 * H))
    assert hand.rows()[:2] == ["# Again on Tue 24 Nov 1", "A6"]
    reschedule.decide(hand.desk.session, [OrderId(6)], NextStep(NextKind.CANCEL))
    assert hand.rows() == ["# Back to the sender 1", "A2", "# Cancelled 1", "A6"]


def test_the_model_keeps_its_word(hand: Hand, qtmodeltester: ModelTester) -> None:
    model: QAbstractItemModel = hand.page.rows
    qtmodeltester.check(model)
