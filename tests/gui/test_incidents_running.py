"""The incidents pane while the vans are out: tabs, owner, putting off, the proposal by Enter, what is kept."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from dispatch_console.domain import clock
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import NextKind, StopId, Window
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import statuses
from dispatch_console.services.incidents.records import StoreRecords
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.incidents import IncidentsPane
from dispatch_console.ui.incidents.delegate import button_words
from tests import factories
from tests.gui import office
from tests.patience import PATIENCE_S
from tests.unit.test_incidents_running import running, tell

H, M = 3600, 60


class Hand:
    """The pane on the small day under way, at 08:50: stop 1 failed, stop 3 will be late."""

    def __init__(self, qtbot: QtBot, session: DaySession | None = None) -> None:
        if session is None:
            session = running({3: {"windows": (Window(8 * H, 9 * H),)}})
            tell(session, 1, FactKind.FAILED, 8 * H + 45 * M, reason=Reason.WRONG_ADDRESS)
        self.qtbot = qtbot
        self.desk = Desk(session)
        self.now = 8 * H + 50 * M
        self.desk.clock = lambda: clock.to_instant(self.now, factories.DAY, factories.DEPOT.timezone)
        self.desk.who = lambda: "Kim"
        self.pane = IncidentsPane(self.desk)
        qtbot.addWidget(self.pane)
        self.pane.resize(380, 400)
        self.pane.show()
        self.said: list[str] = []
        self.desk.message.connect(lambda text, kind: self.said.append(text))

    def rows(self) -> list[tuple[str, str, str]]:
        """(title, time, button) of each row."""
        found = [self.pane.model.row(at) for at in range(self.pane.model.rowCount())]
        return [(row.title, row.time, row.button) for row in found]

    def key(self, key: Qt.Key, row: int = 0) -> None:
        self.pane.list.choose(row)
        self.qtbot.keyClick(self.pane.list, key)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.pane._soon.isActive())

    def tab(self, at: int) -> None:
        self.pane.tabs.choose(at)
        self.pane.tabs.chosen.emit(at)

    @property
    def tabs(self) -> list[str]:
        return [button.text() for button in self.pane.tabs._buttons]


def test_rows_say_since_when_and_what_to_do(qtbot: QtBot) -> None:
    hand = Hand(qtbot)
    # From 1 at 08:45: 2 at 08:55, 3 at 09:10; told at 08:45.
    assert hand.rows() == [
        ("Will be 10 min late", "08:45", "Move up"),
        ("Failed: wrong address", "08:45", "Hold to Wed 25 Nov, ask for the address"),
    ]
    assert hand.tabs == ["All", "Mine 0", "Later 0"]
    assert hand.pane.footer.isVisible()


def test_a_draft_has_no_tabs_and_no_keys_at_its_foot(qtbot: QtBot) -> None:
    hand = Hand(qtbot, DaySession(factories.small_day()))
    assert not hand.pane.tabs.isVisible()
    assert not hand.pane.footer.isVisible()


def test_enter_takes_the_proposal(qtbot: QtBot) -> None:
    hand = Hand(qtbot)
    hand.key(Qt.Key.Key_Return, 1)
    step = hand.desk.day.stops[StopId(1)].order.next
    assert step is not None
    assert step.kind is NextKind.HOLD
    hand.settle()
    assert [title for title, _, _ in hand.rows()] == ["Will be 10 min late"]
    assert hand.said == [
        "Hold in the depot until Wed 25 Nov, ask for the address, goods back to the depot tonight."
    ]


def test_the_arrow_offers_another_way_and_enter_takes_that(qtbot: QtBot) -> None:
    hand = Hand(qtbot)
    hand.key(Qt.Key.Key_Right, 1)
    assert hand.rows()[1][2] == "Later today"
    hand.key(Qt.Key.Key_Right, 1)
    assert hand.rows()[1][2] == "Again Tue 24 Nov"
    hand.key(Qt.Key.Key_Left, 1)
    hand.key(Qt.Key.Key_Right, 1)
    hand.key(Qt.Key.Key_Return, 1)
    step = hand.desk.day.stops[StopId(1)].order.next
    assert step is not None
    assert (step.kind, step.day) == (NextKind.AGAIN, dt.date(2026, 11, 24))


def test_o_owns_it_and_lets_go_again(qtbot: QtBot) -> None:
    hand = Hand(qtbot)
    hand.key(Qt.Key.Key_O, 1)
    assert hand.tabs[1] == "Mine 1"
    assert hand.pane.model.row(1).sentence.endswith(" · Kim")
    hand.tab(1)
    assert [title for title, _, _ in hand.rows()] == ["Failed: wrong address"]
    hand.key(Qt.Key.Key_O, 0)
    assert hand.rows() == []
    assert hand.pane.empty.isVisible()


def test_z_puts_it_off_until_its_time_comes(qtbot: QtBot) -> None:
    hand = Hand(qtbot)
    hand.key(Qt.Key.Key_Z, 0)
    menu = hand.pane.deeds.menu
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["For &15 min", "For &30 min", "For &60 min"]
    menu.actions()[1].trigger()
    menu.close()
    assert [title for title, _, _ in hand.rows()] == ["Failed: wrong address"]
    assert hand.tabs[2] == "Later 1"
    hand.tab(2)
    assert hand.rows() == [("Will be 10 min late", "until 09:20", "Move up")]
    hand.tab(0)
    hand.now = 9 * H + 20 * M
    hand.pane.refresh()
    assert len(hand.rows()) == 2


def test_z_again_brings_it_back(qtbot: QtBot) -> None:
    hand = Hand(qtbot)
    hand.pane._put_off(hand.pane.model.incidents[0], 60)
    hand.tab(2)
    hand.key(Qt.Key.Key_Z, 0)
    hand.tab(0)
    assert len(hand.rows()) == 2


def test_a_customer_is_told_by_one_key(qtbot: QtBot) -> None:
    session = running({2: {"windows": (Window(8 * H, 8 * H + 40 * M),), "phone": "+423 555 01 42"}})
    tell(session, 1, FactKind.DELIVERED, 8 * H + 45 * M)
    hand = Hand(qtbot, session)
    assert hand.rows()[0][2] == "Phone: 08:55"
    hand.key(Qt.Key.Key_Return, 0)
    assert hand.said == ["Phone Customer 2, +423 555 01 42: we come at 08:55. Noted as told."]
    assert hand.desk.day.facts.entries[-1].who == "Kim"
    hand.settle()
    assert hand.rows() == []


def test_vans_that_left_are_written_down_by_one_key(qtbot: QtBot) -> None:
    session = running(out=False)
    session.tick(8 * H + 50 * M)
    hand = Hand(qtbot, session)
    assert hand.rows() == [("2 vans are not out", "08:50", "Left as planned")]
    hand.key(Qt.Key.Key_Return, 0)
    assert len(hand.desk.day.facts.states) == 2


def test_the_keys_belong_to_the_list_only_while_a_row_is_chosen(qtbot: QtBot) -> None:
    hand = Hand(qtbot)
    assert hand.desk.actions["incidents.own"].why_not() == "Choose an incident first: F4."
    hand.pane.list.choose(1)
    hand.desk.actions["incidents.own"].run()
    assert hand.tabs[1] == "Mine 1"


def test_the_board_hears_since_when_a_stop_is_known_to_be_late(qtbot: QtBot) -> None:
    hand = Hand(qtbot)
    assert hand.desk.known_since(StopId(3)) == 8 * H + 45 * M
    assert hand.desk.known_since(StopId(2)) is None


@pytest.mark.parametrize(("width", "words"), [(300, "Hold"), (640, "Hold to Wed 25 Nov, ask for the address")])
def test_a_long_button_leaves_room_for_what_it_is_about(qtbot: QtBot, width: int, words: str) -> None:
    row = Hand(qtbot).pane.model.row(1)
    assert button_words(row, width).startswith(words)
    assert (button_words(row, width) == row.button) == (width == 640)


def test_what_people_did_is_there_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    with office.opened(tmp_path) as place:
        records = StoreRecords(place.store)
        hand = Hand(qtbot)
        hand.pane.use(records)
        hand.key(Qt.Key.Key_O, 1)
        hand.pane._put_off(hand.pane.model.incidents[0], 30)
        again = Hand(qtbot)
        again.now = 9 * H
        loaded: Future[object] = records.load(factories.DEPOT.id, factories.DAY)
        again.pane.use(records)
        assert loaded.result(PATIENCE_S)
        qtbot.waitUntil(lambda: again.tabs[1:] == ["Mine 1", "Later 1"])


@pytest.mark.parametrize(
    ("kind", "wizard"), [(FactKind.BROKEN_DOWN, "wizard.breakdown"), (FactKind.SICK, "wizard.sick")]
)
def test_enter_opens_the_wizard_of_a_route_that_stands(qtbot: QtBot, kind: FactKind, wizard: str) -> None:
    hand = Hand(qtbot)
    opened: list[ShiftId | None] = []
    hand.desk.actions.add(Action(wizard, "Wizard", lambda: opened.append(hand.desk.current_route)))
    statuses.on_route(hand.desk.session, ShiftId(1), kind, Said("Kim", 8 * H + 50 * M))
    hand.settle()
    hand.key(Qt.Key.Key_Return, 0)
    assert opened == [ShiftId(1)]


def test_enter_on_the_worst_of_several_late_stops_asks_who_could_help(qtbot: QtBot) -> None:
    window = (Window(8 * H, 8 * H + 40 * M),)
    session = running({2: {"windows": window}, 3: {"windows": window}})
    tell(session, 1, FactKind.DELIVERED, 8 * H + 45 * M)
    hand = Hand(qtbot, session)
    opened: list[ShiftId | None] = []
    hand.desk.actions.add(Action("wizard.late", "Wizard", lambda: opened.append(hand.desk.current_route)))
    assert hand.rows()[0][2] == "Hand over"
    hand.key(Qt.Key.Key_Return, 0)
    assert opened == [ShiftId(1)]
