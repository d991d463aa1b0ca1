"""Going to other days in the background, saying what is saved, offering the weekday's shifts, colours."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.errors import StaleChange, UserError
from dispatch_console.domain.fleet import Driver, DriverId, ShiftId, ShiftPattern, Vehicle, VehicleId
from dispatch_console.services.days import Roster
from dispatch_console.services.saving import SaveState
from dispatch_console.services.session import DaySession
from dispatch_console.store.values import Fleet
from dispatch_console.ui.board import BoardPane
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell.colours import Colours, wants_dark
from dispatch_console.ui.shell.daybook import DayBook
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.newday import NewDay
from dispatch_console.ui.shell.savesign import SaveSign
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button
from tests.factories import DAY, DEPOT, line_matrix, small_day
from tests.gui.conftest import MORNING, OpenWindow

TUESDAY = DAY + dt.timedelta(days=1)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk(DaySession(small_day()))
    desk.clock = lambda: MORNING
    return desk


# -- other days --------------------------------------------------------------------------------------


class Loader:
    """Days that come when the test says so."""

    def __init__(self) -> None:
        self.asked: list[tuple[dt.date, Future[Day]]] = []

    def __call__(self, date: dt.date) -> Future[Day]:
        self.asked.append((date, Future()))
        return self.asked[-1][1]

    def come(self, at: int) -> None:
        date, future = self.asked[at]
        future.set_result(open_day(DEPOT, date, [], [], line_matrix()))


def _known(*dates: dt.date) -> Future[list[dt.date]]:
    future: Future[list[dt.date]] = Future()
    future.set_result(list(dates))
    return future


def test_the_last_day_asked_for_is_shown(desk: Desk, qtbot: QtBot) -> None:
    load = Loader()
    book = DayBook(desk, load, _known)
    working: list[str] = []
    book.working.connect(working.append)
    desk.select([next(iter(desk.day.stops))])
    for days in (1, 2):
        book.go_to(DAY + dt.timedelta(days=days))
    load.come(1)
    qtbot.waitUntil(lambda: desk.day.date == DAY + dt.timedelta(days=2))
    load.come(0)
    qtbot.wait(20)
    assert desk.day.date == DAY + dt.timedelta(days=2)
    assert working == ["Opening Tue 24 Nov", "Opening Wed 25 Nov", ""]
    assert desk.selected == frozenset()


def test_coming_back_before_it_is_loaded_stays_here(desk: Desk, qtbot: QtBot) -> None:
    load = Loader()
    book = DayBook(desk, load, _known)
    book.go_to(TUESDAY)
    book.go_to(DAY)
    load.come(0)
    qtbot.wait(20)
    assert desk.day.date == DAY


def test_a_day_that_cannot_be_opened_is_told(desk: Desk, qtbot: QtBot) -> None:
    load = Loader()
    book = DayBook(desk, load, _known)
    with qtbot.waitSignal(desk.message) as told:
        book.go_to(TUESDAY)
        load.asked[0][1].set_exception(UserError("The store is locked. Try again."))
    assert told.args == ["The store is locked. Try again.", "error"]
    assert desk.day.date == DAY


def test_an_unsaved_day_is_not_left(desk: Desk) -> None:
    book = DayBook(desk, Loader(), _known)
    book.why_not = lambda: "This day is not saved yet."
    with pytest.raises(UserError, match="not saved yet"):
        book.go_to(TUESDAY)


def test_the_calendar_marks_days_with_orders(desk: Desk, qtbot: QtBot) -> None:
    book = DayBook(desk, Loader(), lambda: _known(TUESDAY))
    assert set(book.days()) == {DAY}
    qtbot.waitUntil(lambda: set(book.days()) == {DAY, TUESDAY})


# -- saved -------------------------------------------------------------------------------------------


def test_what_is_saved_is_said(desk: Desk, qtbot: QtBot) -> None:
    shown: list[tuple[str, str]] = []
    calls: list[str] = []
    sign = SaveSign(
        desk,
        lambda state, text: shown.append((state, text)),
        lambda: calls.append("retry"),
        lambda: calls.append("reload"),
    )
    assert shown == [("saved", "saved 06:52")]
    sign.report(SaveState(2))
    sign.report(SaveState(0, MORNING + dt.timedelta(minutes=3)))
    qtbot.waitUntil(lambda: len(shown) == 3)
    assert shown[1:] == [("saving", "saving…"), ("saved", "saved 06:55")]
    assert calls == []


def test_trouble_is_told_once_and_a_stale_day_is_loaded_anew(desk: Desk, qtbot: QtBot) -> None:
    shown: list[str] = []
    told: list[str] = []
    calls: list[str] = []
    desk.message.connect(lambda text, _kind: told.append(text))
    sign = SaveSign(desk, lambda state, _text: shown.append(state), lambda: None, lambda: calls.append("reload"))
    full = SaveState(1, None, UserError("The disk is full. Make room."))
    sign.report(full)
    sign.report(full)
    qtbot.waitUntil(lambda: shown == ["saved", "failed", "failed"])
    assert told == ["The disk is full. Make room."]
    assert calls == []
    stale = StaleChange("Somebody else changed this day.")
    sign.report(SaveState(1, None, refusal=stale))  # what follows may still be saved
    sign.report(SaveState(0, None, refusal=stale))
    sign.report(SaveState(0, None, refusal=stale))
    qtbot.waitUntil(lambda: len(shown) == 6)
    assert calls == ["reload"]


# -- a new day ---------------------------------------------------------------------------------------


def _roster(weekdays: frozenset[int]) -> Roster:
    drivers = tuple(Driver(DriverId(k), f"Driver {k}") for k in (1, 2))
    vehicles = tuple(Vehicle(VehicleId(k), f"Van {k}") for k in (1, 2))
    patterns = tuple(
        ShiftPattern(DriverId(k), VehicleId(k), 8 * 3600, 16 * 3600, weekdays=weekdays, id=k) for k in (1, 2)
    )
    n = 2 if TUESDAY.weekday() in weekdays else 0
    return Roster(Fleet(drivers, vehicles, patterns), tuple(ShiftId(10 + k) for k in range(n)))


def test_a_day_without_shifts_offers_those_of_its_weekday(desk: Desk, qtbot: QtBot) -> None:
    board = BoardPane(desk)
    qtbot.addWidget(board)
    asked: list[dt.date] = []

    def ask(date: dt.date) -> Future[Roster]:
        asked.append(date)
        future: Future[Roster] = Future()
        future.set_result(_roster(frozenset({TUESDAY.weekday()})))
        return future

    NewDay(desk, board, ask, lambda: None)
    assert asked == []
    desk.session.replace_day(open_day(DEPOT, TUESDAY, [], [], line_matrix()))

    def take() -> Button | None:
        return next((b for b in board.findChildren(Button) if b.text() == "Use Tuesday’s 2 shifts"), None)

    qtbot.waitUntil(lambda: take() is not None)
    take().click()
    assert [shift.driver.name for shift in desk.day.shifts.values()] == ["Driver 1", "Driver 2"]
    assert [change.label for change in desk.session.history.done] == ["Shifts of Tuesday"]


# -- colours -----------------------------------------------------------------------------------------


def test_colours_change_at_run_time_and_are_remembered(
    open_window: OpenWindow, themed: QApplication, qtbot: QtBot
) -> None:
    memory = Memory()
    window = open_window(memory=memory)
    colours = Colours(themed, window.desk, memory)
    window.theme_wanted.connect(colours.choose)
    light = window.toolbar.grab().toImage().pixelColor(5, 5)
    with qtbot.waitSignal(window.desk.theme_changed):
        window.run_id("view.theme_dark")
    assert look.is_dark()
    assert memory.theme == "dark"
    dark = window.toolbar.grab().toImage().pixelColor(5, 5)
    assert (light.name(), dark.name()) == ("#ffffff", "#1c2025")
    assert themed.palette().highlight().color() == look.colour("accbg")
    window.run_id("view.theme_light")
    assert window.toolbar.grab().toImage().pixelColor(5, 5) == light
    colours.deleteLater()


def test_what_dark_means() -> None:
    assert wants_dark("dark")
    assert not wants_dark("light")


def test_texts_follow_the_colours(open_window: OpenWindow, themed: QApplication) -> None:
    memory = Memory()
    window = open_window(memory=memory)
    colours = Colours(themed, window.desk, memory)
    window.set_theme("dark")
    colours.choose()
    label = window.status.saving.label
    assert label.palette().color(label.foregroundRole()) == look.colour("tx2")
    colours.deleteLater()


def test_approval_is_shown_with_who_and_when(open_window: OpenWindow) -> None:
    window = open_window()
    window.run_id("day.approve")
    approval = window.desk.day.approval
    window.desk.session.set_approval(replace(approval, at=MORNING))
    QApplication.processEvents()
    assert window.toolbar.state.toolTip().startswith("Approved by Mara, Mon 23 Nov")
