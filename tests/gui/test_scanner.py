"""A scanner types fast, a person slowly: keys as the window system sends them, over the window of the small day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.ui.scanner import PACE_MS, SURE_MS, Scanner
from dispatch_console.ui.shell.window import MainWindow

ADA = ShiftId(1)
_KEYS = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}


@pytest.fixture
def scanned(window: MainWindow, qtbot: QtBot) -> Iterator[list[str]]:
    """What the scanner of the window has recognised. The board has the focus, stop 1 is selected."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    scanner = Scanner(window.desk.scans, window.keys.press)
    found: list[str] = []
    window.desk.scans.scanned.connect(found.append)
    window.area.panes["board"].setFocus()
    window.desk.select((StopId(1),))
    yield found
    scanner.stop()


def press(window: MainWindow, text: str, pause_ms: int = 0) -> None:
    handle = window.windowHandle()
    assert handle is not None
    for letter in text:
        key = _KEYS.get(letter, Qt.Key(ord(letter.upper())))
        shift = Qt.KeyboardModifier.ShiftModifier if letter.isupper() else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(handle, key, shift)
        if pause_ms:
            QTest.qWait(pause_ms)


def settle() -> None:
    QTest.qWait(3 * PACE_MS)


def typed_into(window: MainWindow) -> QLineEdit:
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    return field


@pytest.mark.parametrize("code", ["S00000102", "L00000201", "T00000101", "D00000004", "P0000000402"])
def test_a_scan_is_recognised_and_does_nothing_else(window: MainWindow, scanned: list[str], code: str) -> None:
    day = window.desk.day
    press(window, code + "\r")
    settle()
    assert scanned == [code]
    assert window.desk.day is day  # nothing was pinned, locked or sent to a driver
    assert window.desk.current == StopId(1)


def test_small_letters_are_the_same(window: MainWindow, scanned: list[str]) -> None:
    press(window, "d00000004\r")
    assert scanned == ["D00000004"]


def test_nothing_of_a_scan_gets_into_a_field(window: MainWindow, scanned: list[str]) -> None:
    field = typed_into(window)
    press(window, "x")
    press(window, "D00000004\r")
    settle()
    assert (field.text(), scanned) == ("x", ["D00000004"])


def test_two_scans_one_after_the_other(window: MainWindow, scanned: list[str]) -> None:
    press(window, "D00000004\rP0000000402\r")
    assert scanned == ["D00000004", "P0000000402"]


def test_a_person_keeps_his_keys_on_the_board(window: MainWindow, scanned: list[str], qtbot: QtBot) -> None:
    press(window, "l")
    qtbot.waitUntil(lambda: window.desk.day.plan.route(ADA).locked)  # L locks the route in talk
    press(window, "p")
    qtbot.waitUntil(lambda: StopId(1) in window.desk.day.plan.route(ADA).pinned)
    assert scanned == []


def test_a_person_types_what_he_types(window: MainWindow, scanned: list[str]) -> None:
    field = typed_into(window)
    press(window, "d1 still", pause_ms=2 * PACE_MS)
    assert field.text() == "d1 still"
    press(window, "\r")
    assert scanned == []


def test_fast_fingers_lose_nothing(window: MainWindow, scanned: list[str]) -> None:
    field = typed_into(window)
    press(window, "d12x pils tds")
    settle()
    assert field.text() == "d12x pils tds"
    assert scanned == []


def test_a_scanner_may_be_slow_with_its_last_key(window: MainWindow, scanned: list[str]) -> None:
    press(window, "D00000004")
    QTest.qWait(2 * PACE_MS)
    press(window, "\r")
    assert scanned == ["D00000004"]


def test_a_letter_and_digits_without_enter_are_typed_in_the_end(window: MainWindow, scanned: list[str]) -> None:
    field = typed_into(window)
    press(window, "d12345")
    QTest.qWait(3 * SURE_MS)
    assert (field.text(), scanned) == ("d12345", [])


def test_scanners_that_end_with_tab(window: MainWindow, scanned: list[str]) -> None:
    press(window, "D00000004\tP0000000402\t")
    assert scanned == ["D00000004", "P0000000402"]


def test_too_short_for_a_code(window: MainWindow, scanned: list[str]) -> None:
    field = typed_into(window)
    entered: list[str] = []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    press(window, "d12\r")
    settle()
    assert (scanned, entered) == ([], ["d12"])


def test_keys_with_ctrl_are_not_held(window: MainWindow, scanned: list[str], qtbot: QtBot) -> None:
    field = typed_into(window)
    press(window, "12")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(window, "s")
    settle()
    assert field.text() == "s"


def test_a_page_on_show_comes_before_the_window(window: MainWindow, scanned: list[str]) -> None:
    page, other = QLineEdit(window), QLineEdit(window)
    taken: list[str] = []
    window.desk.scans.register(page, lambda code: taken.append(code) is None and code.startswith("S"))
    window.desk.scans.register(other, lambda code: taken.append("never") is None)
    page.show()
    other.hide()
    press(window, "S00000101\r")
    press(window, "D00000004\r")
    assert taken == ["S00000101", "D00000004"]
    assert scanned == ["D00000004"]  # the page did not want it


def test_after_the_page_is_gone_the_window_gets_all(window: MainWindow, scanned: list[str], qtbot: QtBot) -> None:
    page = QLineEdit(window)
    window.desk.scans.register(page, lambda _: True)
    page.show()
    page.deleteLater()
    qtbot.wait(1)
    press(window, "S00000101\r")
    assert scanned == ["S00000101"]
