"""The call list beside the incidents: ticking, copying, following the plan, the sheets that changed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.orders import StopId
from dispatch_console.services import dispatch
from dispatch_console.ui.calls import QueuePane
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.incidents import IncidentsPane
from tests.unit.test_calls import ADA, BEN, out


@pytest.fixture
def desk(qtbot: QtBot, themed: QApplication) -> Desk:
    return Desk(out())


@pytest.fixture
def queue(desk: Desk, qtbot: QtBot) -> QueuePane:
    queue = QueuePane(desk, IncidentsPane(desk))
    qtbot.addWidget(queue)
    queue.resize(380, 266)
    with qtbot.waitExposed(queue):
        queue.show()
    return queue


def settle(queue: QueuePane, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not queue.calls._soon.isActive())


def two_calls(queue: QueuePane, desk: Desk, qtbot: QtBot) -> None:
    """Stop 3 goes from Ada to Ben: both have to hear of it."""
    dispatch.move(desk.session, [StopId(3)], BEN, 0)
    settle(queue, qtbot)


def test_it_is_quiet_until_the_plan_changes(queue: QueuePane, desk: Desk, qtbot: QtBot) -> None:
    assert not queue._to_calls.isVisible()
    two_calls(queue, desk, qtbot)
    assert queue._to_calls.isVisible()
    assert queue._to_calls.text() == "Call list 0/2"
    queue.show_new_calls()
    assert queue.calls.isVisible()
    assert queue._to_incidents.text() == "Incidents 0"
    assert [call.who for call in queue.calls.rows.calls] == ["Ada Quill", "Ben Rook"]


def test_space_ticks_a_call_and_takes_the_tick_back(queue: QueuePane, desk: Desk, qtbot: QtBot) -> None:
    two_calls(queue, desk, qtbot)
    queue.show_calls()
    assert queue.calls.isVisible()
    rows = queue.calls.rows
    rows.choose(0)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert [(call.who, call.done) for call in rows.calls] == [("Ben Rook", False), ("Ada Quill", True)]
    assert queue.calls.head.count == "1/2"
    assert desk.day.facts.entries[-1].kind is FactKind.CALLED
    assert rows.at == 0  # the next one to phone
    rows.choose(1)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert [call.done for call in rows.calls] == [False, False]
    # what was told is a fact: it is never undone
    assert [step.label for step in desk.session.history.done][-1].startswith("Move")


def test_a_click_on_the_box_ticks_and_on_the_phone_copies(queue: QueuePane, desk: Desk, qtbot: QtBot) -> None:
    said: list[str] = []
    desk.message.connect(lambda text, _kind: said.append(text))
    two_calls(queue, desk, qtbot)
    queue.show_calls()
    rows = queue.calls.rows
    phone = rows.calls[0].phone
    assert phone
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.phone_rect(0).center())
    assert QGuiApplication.clipboard().text() == phone
    assert said == [f"{phone} of Ada Quill is copied."]
    assert desk.current_route == ADA
    box = rows.rect_of(0)
    box.setWidth(30)
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert [call.done for call in rows.calls] == [False, True]


def test_the_changed_sheets_are_printed_anew(queue: QueuePane, desk: Desk, qtbot: QtBot) -> None:
    wanted: list[list[int]] = []
    queue.calls.reprint_wanted.connect(wanted.append)
    action = desk.actions["calls.reprint"]
    assert action.why_not() == "No sheet on the road has changed."
    two_calls(queue, desk, qtbot)
    queue.show_calls()
    assert queue.calls.reprint.text() == "Reprint 2 sheets"
    assert action.why_not() is None
    qtbot.mouseClick(queue.calls.reprint, Qt.MouseButton.LeftButton)
    assert wanted == [[ADA, BEN]]
    desk.session.undo()
    settle(queue, qtbot)
    assert not queue.calls.reprint.isVisible()
    assert queue.calls.rows.calls == []


def test_keys_lead_to_and_from_the_incidents(queue: QueuePane, desk: Desk, qtbot: QtBot) -> None:
    two_calls(queue, desk, qtbot)
    desk.actions["calls.open"].run()
    assert not queue.incidents.isVisible()
    assert queue.calls.rows.hasFocus() or not queue.window().isActiveWindow()
    desk.actions["incidents.focus"].run()
    assert queue.incidents.isVisible()
    desk.actions["calls.open"].run()
    desk.actions["incidents.next"].run()
    assert queue.incidents.isVisible()
