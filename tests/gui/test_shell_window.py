"""Toolbar, pages, keys, messages: what the frame of the window does, whoever fills it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.services import dispatch
from dispatch_console.ui.actions import Action
from dispatch_console.ui.shell.keys import caps
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.wizards.actions import Wizards
from dispatch_console.ui.wizards.panel import WizardPanel
from tests.gui import office
from tests.gui.conftest import OpenWindow

S = [StopId(k) for k in range(7)]
ADA, BEN = ShiftId(1), ShiftId(2)
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Page(QWidget):
    """A page with a field."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.setFocusProxy(self.field)


def _press(window: MainWindow, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    window.activateWindow()
    QTest.keyClick(QApplication.focusWidget() or window, key, keys)
    QApplication.processEvents()


def _type(window: MainWindow, keys: str) -> None:
    """A key sequence as it is written; a letter with Shift needs it so."""
    window.activateWindow()
    QApplication.processEvents()
    QTest.keySequence(window, QKeySequence(keys))
    QApplication.processEvents()


def test_no_key_stands_for_two_actions(window: MainWindow, tmp_path: Path) -> None:
    """Qt runs neither of two actions that share a key."""
    with office.opened(tmp_path) as place:
        Wizards(window.desk, place.store, WizardPanel(window.desk, lambda: "Mara", parent=window))
        keys = [action.keys for action in window.desk.actions if action.keys]
    assert {"Ctrl+Shift+B", "Ctrl+Shift+O"} <= set(keys)
    assert [key for key in keys if keys.count(key) > 1] == []


# -- toolbar -----------------------------------------------------------------------------------------


def test_title_and_day(window: MainWindow) -> None:
    assert window.windowTitle() == "Mon 23 Nov 2026 – Testdepot – Dispatch Console"
    assert window.toolbar.day.text() == "Mon 23 Nov"


def test_undo_names_its_step_and_redo_brings_it_back(window: MainWindow) -> None:
    assert not window.toolbar.undo.isEnabled()
    dispatch.move(window.desk.session, [S[4]], ADA, 0)
    QApplication.processEvents()
    assert window.toolbar.undo.text() == "Undo: Move A4 to Ada Quill"
    window.toolbar.undo.click()
    assert window.desk.day.plan.route(BEN).stops == (S[4], S[5])
    assert window.toolbar.undo.text() == ""
    window.toolbar.redo.click()
    assert window.desk.day.plan.route(ADA).stops == (S[4], S[1], S[2], S[3])


def test_keys_undo_and_redo(window: MainWindow) -> None:
    dispatch.move(window.desk.session, [S[4]], ADA, 0)
    _press(window, Qt.Key.Key_Z, CTRL)
    assert window.desk.session.history.done == []
    _press(window, Qt.Key.Key_Y, CTRL)
    assert [change.label for change in window.desk.session.history.done] == ["Move A4 to Ada Quill"]


def test_approve_becomes_undo_approval_until_something_is_printed(window: MainWindow) -> None:
    approve, session = window.toolbar.approve, window.desk.session
    assert (approve.text(), window.toolbar.state.text) == ("Approve", "Draft")
    approve.click()
    assert (approve.text(), window.toolbar.state.text) == ("Undo approval", "Approved")
    approve.click()
    assert (approve.text(), window.toolbar.state.text) == ("Approve", "Draft")
    approve.click()
    session.set_approval(replace(session.day.approval, printed={ADA: 1}))
    QApplication.processEvents()
    assert not approve.isEnabled()
    assert approve.toolTip().startswith("Sheets of this plan are printed already.")
    assert window.toolbar.state.text == "Approved · printed"


def test_what_cannot_be_done_says_why(open_window: OpenWindow) -> None:
    window = open_window(why_not_optimise=lambda _scope: "There are no orders on this day yet.")
    assert not window.toolbar.optimise.main.isEnabled()
    assert window.toolbar.optimise.main.toolTip() == "There are no orders on this day yet."
    window.run_id("plan.all")
    assert "There are no orders on this day yet." in window.status.texts()


def test_optimise_runs_with_the_chosen_time(open_window: OpenWindow, tmp_path: Path) -> None:
    asked: list[tuple[str, int]] = []
    memory = Memory(tmp_path / "window.ini")
    window = open_window(memory=memory, optimise=lambda scope, seconds: asked.append((scope, seconds)))
    window.toolbar.optimise.main.click()
    window.run_id("plan.seconds_120")
    window.run_id("plan.selected")
    assert asked == [("all", 30), ("selected", 120)]
    assert window.commands.is_on("plan.seconds_120") is True
    assert window.commands.is_on("plan.seconds_30") is False
    assert Memory(tmp_path / "window.ini").text("plan/seconds") == "120"


def test_narrow_toolbar_has_icons(open_window: OpenWindow) -> None:
    window = open_window(size=(1366, 736))
    assert window.toolbar.imports.sizeHint().width() == 38
    assert window.toolbar.imports.toolTip() == "Import"
    assert window.toolbar.search.width() == 200
    window.resize(1920, 1048)
    assert window.toolbar.imports.sizeHint().width() == 82
    assert window.toolbar.search.width() == 336


# -- days --------------------------------------------------------------------------------------------


def test_arrows_and_calendar_go_to_days(open_window: OpenWindow) -> None:
    wanted: list[dt.date] = []
    window = open_window(go_to=wanted.append)
    window.toolbar.next.click()
    window.toolbar.previous.click()
    window.run_id("day.today")
    window.open_calendar()
    calendar = window.findChild(QWidget, "calendar")
    QTest.keyClick(calendar, Qt.Key.Key_Down)
    QTest.keyClick(calendar, Qt.Key.Key_PageUp)
    QTest.keyClick(calendar, Qt.Key.Key_Return)
    assert wanted == [dt.date(2026, 11, 24), dt.date(2026, 11, 22), dt.date(2026, 11, 23), dt.date(2026, 10, 30)]
    assert not calendar.isVisible()


# -- pages -------------------------------------------------------------------------------------------


def test_pages_are_made_once_and_esc_leads_back(open_window: OpenWindow) -> None:
    made: list[Page] = []

    def make() -> Page:
        made.append(Page())
        return made[-1]

    window = open_window(pages={"import": make})
    window.show_page("import")
    assert (window.page, len(made)) == ("import", 1)
    assert window.toolbar.isVisible()
    _press(window, Qt.Key.Key_Escape)
    assert window.page == "main"
    window.show_page("import")
    made[0].closed.emit()
    assert (window.page, len(made)) == ("main", 1)


def test_only_one_primary_button(open_window: OpenWindow) -> None:
    window = open_window(pages={"import": Page})
    assert window.toolbar.optimise.main.kind == "primary"
    window.show_page("import")
    assert window.toolbar.optimise.main.kind == "normal"


def test_esc_selects_nothing(window: MainWindow) -> None:
    window.desk.select([S[1], S[2]])
    _press(window, Qt.Key.Key_Escape)
    assert window.desk.selected == frozenset()


def test_keys_of_panes_rest_while_a_page_covers_them(open_window: OpenWindow) -> None:
    window = open_window(pages={"import": Page})
    window.desk.select([S[1]], S[1])
    window.show_page("import")
    window.setFocus()
    _press(window, Qt.Key.Key_U)
    assert window.desk.day.plan.where[S[1]] == ADA
    window.show_main()
    window.setFocus()
    _press(window, Qt.Key.Key_U)
    assert window.desk.day.plan.where[S[1]] == 0


def test_letters_typed_into_a_field_are_text(open_window: OpenWindow) -> None:
    window = open_window()
    window.desk.select([S[1]], S[1])
    field = window.area.panes["orders"].filter
    field.setFocus()
    QTest.keyClicks(field, "ul1")
    assert field.text() == "ul1"
    assert window.desk.day.plan.where[S[1]] == ADA


# -- focus -------------------------------------------------------------------------------------------


def test_f6_walks_the_panes_with_one_ring(window: MainWindow) -> None:
    walked: list[str | None] = []
    for _ in range(6):
        _press(window, Qt.Key.Key_F6)
        walked.append(window.focus_walk.pane)
    assert walked == ["orders", "board", "map", "timeline", "incidents", "orders"]
    _press(window, Qt.Key.Key_F6, SHIFT)
    assert window.focus_walk.pane == "incidents"
    assert window.area.pane_of(QApplication.focusWidget()) == "incidents"


def test_the_mouse_takes_the_ring_away(window: MainWindow) -> None:
    window.show_pane("orders")
    assert window.focus_walk.pane == "orders"
    window.toolbar.next.setFocus()
    assert window.focus_walk.pane is None


# -- keys --------------------------------------------------------------------------------------------


def test_a_changed_key_works_at_once_and_is_remembered(open_window: OpenWindow, tmp_path: Path) -> None:
    ran: list[str] = []
    window = open_window(memory=Memory(tmp_path / "window.ini"))
    action = window.desk.actions.add(Action("test.bell", "Ring the bell", lambda: ran.append("bell"), "Ctrl+B"))
    _type(window, "Ctrl+B")
    assert window.keys.change(action, "Ctrl+Shift+B") is None
    _type(window, "Ctrl+B")
    _type(window, "Ctrl+Shift+B")
    assert ran == ["bell", "bell"]
    again = open_window(memory=Memory(tmp_path / "window.ini"))
    same = again.desk.actions.add(action)
    assert again.keys.of(same) == "Ctrl+Shift+B"
    again.keys.reset()
    assert again.keys.of(same) == "Ctrl+B"


def test_a_key_works_before_its_page_is_made(window: MainWindow) -> None:
    done: list[str] = []
    add = window.desk.actions.add

    def make() -> None:
        done.append("made")
        add(Action("late.thing", "Late thing", lambda: done.append("ran"), "Ctrl+B"))

    window.keys.expect("Ctrl+B", "late.thing", make)
    _type(window, "Ctrl+B")
    _type(window, "Ctrl+B")
    assert done == ["made", "ran"]


def test_who_loses_a_key_is_told(window: MainWindow) -> None:
    bell = window.desk.actions.add(Action("test.bell", "Ring the bell", lambda: None))
    loser = window.keys.change(bell, "F6")
    assert loser is window.desk.actions["view.next_pane"]
    assert window.keys.of(loser) == ""


def test_of_actions_that_share_a_key_the_last_that_can_run_is_meant(window: MainWindow) -> None:
    ran: list[str] = []
    add = window.desk.actions.add
    add(Action("a.one", "One", lambda: ran.append("one"), "Ctrl+B"))
    add(Action("a.two", "Two", lambda: ran.append("two"), "Ctrl+B"))
    add(Action("a.three", "Three", lambda: ran.append("three"), "Ctrl+B", why_not=lambda: "Not now."))
    _press(window, Qt.Key.Key_B, CTRL)
    assert ran == ["two"]


@pytest.mark.parametrize(
    ("keys", "drawn"),
    [
        ("Ctrl+Shift+M", ["Ctrl", "Shift", "M"]),
        ("F5", ["F5"]),
        ("Ctrl++", ["Ctrl", "+"]),
        ("Ctrl+Return", ["Ctrl", "↵"]),
        ("/", ["/"]),
        ("", []),
    ],
)
def test_key_caps(keys: str, drawn: list[str]) -> None:
    assert caps(keys) == drawn


def test_no_two_actions_are_delivered_with_one_key(window: MainWindow) -> None:
    held: dict[str, list[str]] = {}
    for action in window.desk.actions:
        if action.keys:
            held.setdefault(action.keys, []).append(action.id)
    assert {keys: ids for keys, ids in held.items() if len(ids) > 1} == {}


# -- status bar --------------------------------------------------------------------------------------


def test_counts_of_the_small_day(window: MainWindow) -> None:
    window.show_saving("saved", "saved 06:52")
    # Ada drives 30 km out and 30 back: 60 + 3 × 5 = 75 min × 0.50 + 60 km × 0.50 = 67.50. Ben 50 km and 50 back:
    # 100 + 2 × 5 = 110 min × 0.50 + 100 km × 0.50 = 105. Together 172.50.
    assert list(window.status.texts()) == [
        "saved 06:52",
        "roads: line",
        "6 orders",
        "5 planned",
        "1 unassigned",
        "2 drivers · 160 km",
        "CHF 173",
    ]


def test_an_error_stays_until_the_next_action(window: MainWindow) -> None:
    def fails() -> None:
        raise UserError("The disk is full. Make room.")

    window.desk.do(fails)
    assert "The disk is full. Make room." in window.status.texts()
    assert "6 orders" not in window.status.texts()
    dispatch.move(window.desk.session, [S[6]], ADA, None)
    QApplication.processEvents()
    assert "The disk is full. Make room." not in window.status.texts()
    assert "6 planned" in window.status.texts()


def test_progress_says_how_long_and_can_be_stopped(window: MainWindow) -> None:
    stopped: list[bool] = []
    window.show_progress("Searching", 0.4, 18.2, lambda: stopped.append(True))
    progress = window.status.progress
    assert progress.isVisible()
    assert progress.text == "Searching, 18 s left"
    progress.stop.click()
    assert stopped == [True]
    window.end_progress()
    assert not progress.isVisible()


# -- files -------------------------------------------------------------------------------------------


def test_a_dropped_order_file_opens_the_import(open_window: OpenWindow, tmp_path: Path) -> None:
    opened: list[list[Path]] = []
    window = open_window(open_files=opened.append)
    for name in ("picture.png", "orders.CSV"):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
        words = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window, QDragEnterEvent(QPointF(900, 20), *words))
        QApplication.sendEvent(window, QDropEvent(QPointF(900, 20), *words))
    assert opened == [[tmp_path / "orders.CSV"]]


def test_the_window_stays_open_while_something_is_not_saved(open_window: OpenWindow, qtbot: QtBot) -> None:
    answers = [False, True]
    window = open_window(quitting=lambda: answers.pop(0))
    assert not window.close()
    assert window.isVisible()
    assert window.close()
