"""The page of one order: where it is, its history, its pictures, and the ways to it and from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from dispatch_console.domain import clock
from dispatch_console.domain.day import Approval, DayState
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.proofs import Proof, ProofKind
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import dispatch, statuses
from dispatch_console.services.statuses import Said
from dispatch_console.store.base import new_command
from dispatch_console.ui.order_page import actions
from dispatch_console.ui.order_page.model import Entry
from dispatch_console.ui.order_page.page import OrderPage
from dispatch_console.ui.widgets.grouped import Head
from tests import factories
from tests.gui import office
from tests.patience import PATIENCE_S

H = 3600


class Hand:
    """The page in the office with the small day approved, at 09:00."""

    def __init__(self, qtbot: QtBot, place: office.Office) -> None:
        self.qtbot, self.place, self.desk = qtbot, place, place.desk
        self.desk.clock = lambda: clock.to_instant(9 * H, factories.DAY, factories.DEPOT.timezone)
        self.desk.session.set_approval(Approval(DayState.APPROVED, "Kim", self.desk.clock()))
        self.page = OrderPage(self.desk, place.store)
        qtbot.addWidget(self.page)
        self.page.resize(1366, 700)
        self.page.show()
        self.said: list[str] = []
        self.desk.message.connect(lambda text, kind: self.said.append(text))

    def open(self, order: int) -> None:
        self.place.saver.flush(PATIENCE_S)
        self.page.open_order(OrderId(order))
        self.qtbot.waitUntil(lambda: self.page.seen is not None and self.page.seen.order.id == order)

    def tell(self, stop: int, kind: FactKind, **more: object) -> None:
        statuses.status(self.desk.session, StopId(stop), kind, Said("Kim", 9 * H), **more)

    def lines(self) -> list[str]:
        return [row.title for row in self.page.rows.rows if isinstance(row, Entry)]


@pytest.fixture
def hand(qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    office.dress(QGuiApplication.instance())
    with office.opened(tmp_path) as place:
        hand = Hand(qtbot, place)
        yield hand
        hand.page.close_page()


def test_it_says_first_where_the_order_is_and_whom_to_phone(hand: Hand) -> None:
    hand.open(2)
    page = hand.page
    assert page.head.title.text() == "A2 · Customer 2"
    assert page.band.headline.text() == "Ada Quill will be there about " + _eta(hand, 2)
    assert page.band.driver.number.text() == "+423 555 0001"
    assert page.band.customer.isHidden()  # no number is known
    assert hand.lines()[-1] == "Plan approved"
    head = page.rows.rows[0]
    assert isinstance(head, Head)
    assert head.count >= 1


def _eta(hand: Hand, stop: int) -> str:
    day = hand.desk.day
    route, at = day.position(StopId(stop))
    return hand.desk.hhmm(day.schedules[route].visits[at].begin)


def test_what_happens_while_it_is_open_comes_by_itself(hand: Hand) -> None:
    hand.open(2)
    hand.tell(2, FactKind.FAILED, reason=Reason.ABSENT)
    hand.qtbot.waitUntil(lambda: "Not delivered: absent" in hand.lines())
    assert hand.page.band.headline.text() == "Not delivered: absent, 09:00"
    assert hand.page.band.more.text() == "Nothing is decided yet"


def test_an_answer_that_nobody_waits_for_any_more_is_dropped(hand: Hand) -> None:
    hand.place.saver.flush(PATIENCE_S)
    hand.page.open_order(OrderId(1))
    hand.open(5)
    hand.qtbot.wait(50)
    assert hand.page.head.title.text() == "A5 · Customer 5"


def test_the_rows_are_a_sound_model(hand: Hand, qtmodeltester: ModelTester) -> None:
    hand.open(2)
    model: QAbstractItemModel = hand.page.rows
    qtmodeltester.check(model)


def test_enter_goes_to_the_day_and_escape_goes_back(hand: Hand) -> None:
    hand.open(2)
    with hand.qtbot.waitSignal(hand.page.day_wanted) as wanted:
        QTest.keyClick(hand.page.list, Qt.Key.Key_Return)
    assert wanted.args == [factories.DAY, 2]
    with hand.qtbot.waitSignal(hand.page.closed):
        QTest.keyClick(hand.page.list, Qt.Key.Key_Escape)


def test_control_e_opens_the_form(hand: Hand) -> None:
    hand.open(2)
    with hand.qtbot.waitSignal(hand.page.edit_wanted) as wanted:
        QTest.keyClick(hand.page.list, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert wanted.args == [factories.DAY, 2]


def test_it_can_be_copied_as_text(hand: Hand) -> None:
    dispatch.move(hand.desk.session, [StopId(2)], ShiftId(2), 0)
    hand.open(2)
    QTest.keyClick(hand.page.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("A2, Customer 2\nBen Rook will be there about ")
    assert "From Ada Quill to Ben Rook, stop 1, ETA 08:40 → 08:29 · Move A2 to Ben Rook · tester" in text
    assert hand.said == ["The history is on the clipboard."]


def test_a_picture_is_drawn_and_opens_over_the_page(hand: Hand) -> None:
    proof = Proof(ShiftId(1), ProofKind.PHOTO, "box.png", "image/png", OrderId(2), "the corner")
    hand.place.store.add_proof(hand.desk.day.depot.id, factories.DAY, proof, _png(), "Kim", new_command())
    drawn: list[QImage] = []
    hand.page.pictures.drawn.connect(lambda _id, image: drawn.append(image))
    hand.open(2)
    hand.qtbot.waitUntil(lambda: bool(drawn))
    assert not drawn[0].isNull()
    at = next(n for n, row in enumerate(hand.page.rows.rows) if isinstance(row, Entry) and row.proof is not None)
    hand.page.list.setCurrentIndex(hand.page.rows.index(at, 0))
    whole: list[QImage] = []
    hand.page.pictures.whole.connect(lambda _id, image: whole.append(image))
    QTest.keyClick(hand.page.list, Qt.Key.Key_Return)
    assert hand.page.picture.isVisible()
    hand.qtbot.waitUntil(lambda: bool(whole))
    QTest.keyClick(hand.page.picture, Qt.Key.Key_Escape)
    assert not hand.page.picture.isVisible()
    assert hand.page.isVisible()


def _png() -> bytes:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def test_an_order_that_is_gone_says_so(hand: Hand) -> None:
    hand.page.open_order(OrderId(4000))
    hand.qtbot.waitUntil(lambda: bool(hand.said))
    assert hand.said == ["This order is not in the store any more."]
    assert hand.page.empty.isVisible()


def test_the_key_needs_a_stop(hand: Hand) -> None:
    opened: list[int] = []
    actions.register(hand.desk, opened.append)
    action = hand.desk.actions[actions.ID]
    assert action.why_not() == "Select an order first."
    hand.desk.select((StopId(5),))
    assert action.why_not() is None
    action.run()
    assert opened == [5]


def test_times_are_those_of_the_depot(hand: Hand) -> None:
    hand.tell(1, FactKind.DELIVERED)
    hand.open(1)
    row = next(row for row in hand.page.rows.rows if isinstance(row, Entry) and row.title == "Delivered")
    assert row.time == "09:00"
