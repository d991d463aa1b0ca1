"""The palette: what a few letters find, what Enter does, another key for an action."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.services.lookup import Found
from dispatch_console.ui.actions import Action
from dispatch_console.ui.palette import entries
from dispatch_console.ui.palette.palette import Palette
from dispatch_console.ui.palette.ranking import Text, alike, exact
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.window import MainWindow
from tests.gui.conftest import OpenWindow

NAMES = [
    Text(name.casefold()) for name in ("Re-optimise from now", "Optimise the selected routes", "Drop pins", "Copy")
]


def _found(query: str, texts: list[Text]) -> list[int]:
    return [match.at for match in exact(query, texts) or alike(query, texts)]


# -- ranking -----------------------------------------------------------------------------------------


def test_start_of_title_before_start_of_word_before_inside() -> None:
    assert _found("op", NAMES) == [1, 0, 2, 3]
    assert exact("op", NAMES)[1].spans == ((3, 5),)


def test_all_words_count_in_any_order_and_the_rest_counts_least() -> None:
    texts = [Text("jessop clara", "4240\ncastle hill 64"), Text("castle ann", "4241\npark view")]
    assert _found("castle", texts) == [1, 0]
    assert _found("clara 4240", texts) == [0]
    assert _found("clara 4241", texts) == []


def test_a_typing_error_is_forgiven_when_nothing_fits() -> None:
    texts = [Text("jessop clara"), Text("kettering zeno")]
    assert _found("ketering", texts) == [1]
    assert _found("jesop", texts) == [0]
    assert _found("xq", texts) == []


def test_nothing_typed_finds_all_in_order() -> None:
    assert _found("", NAMES) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("typed", "scope", "query"),
    [("op", "", "op"), (">op", ">", "op"), ("# 41", "#", "41"), ("@ada", "@", "ada"), ("", "", "")],
)
def test_first_letter_narrows(typed: str, scope: str, query: str) -> None:
    assert entries.split(typed) == (scope, query)


# -- the window --------------------------------------------------------------------------------------


@pytest.fixture
def palette(window: MainWindow) -> Palette:
    window.run_id("view.palette")
    return window.palette_box


def _type(palette: Palette, text: str) -> None:
    QTest.keyClicks(palette.input, text)
    QApplication.processEvents()


def _groups(palette: Palette, window: MainWindow, text: str) -> dict[str, tuple[str, list[str]]]:
    found = entries.index(window.desk).search(text)
    return {group.name: (group.found, [row.title for row in group.rows]) for group in found}


def test_it_lies_as_drawn(palette: Palette, window: MainWindow) -> None:
    assert palette.geometry() == window.rect()
    panel = palette.panel()
    assert (panel.width(), panel.top(), panel.center().x()) == (720, 64, 959)
    assert palette.input.hasFocus()


def test_groups_with_counts(palette: Palette, window: MainWindow) -> None:
    found = _groups(palette, window, "customer 3")
    assert found == {"Orders": ("1 of 1 today", ["Customer 3"])}
    assert list(_groups(palette, window, "")) == ["Actions", "Drivers"]
    every = _groups(palette, window, "#")["Orders"]
    assert every == ("6 of 6 today", [f"Customer {k}" for k in range(1, 7)])
    assert _groups(palette, window, "@")["Drivers"] == ("2 of 2", ["Ada Quill", "Ben Rook"])


def test_a_typing_error_is_not_believed_where_another_kind_holds_the_word(
    palette: Palette, window: MainWindow
) -> None:
    assert list(_groups(palette, window, "linden")) == ["Orders"], "a street, not the timeline"
    assert "Go to the timeline" in _groups(palette, window, ">linden")["Actions"][1]


def test_optimising_is_found_by_what_the_toolbar_calls_it_in_the_running_day(
    palette: Palette, window: MainWindow
) -> None:
    found = _groups(palette, window, "re-optimise now")["Actions"][1]
    assert "Optimise all routes" in found
    assert "Optimise the selected routes" in found


def test_an_order_says_where_it_stands(window: MainWindow) -> None:
    index = entries.index(window.desk)
    # 08:00 and 10 min of driving to each of 1, 2, 3 with 5 min of service: stop 2 at 08:25.
    (row,) = index.search("#A2")[0].rows
    assert row.hint == "A2 · Linden Row 2, Lindmoor · stop 2 · ETA 08:25"
    assert (row.slot, row.initials) == (1, "AQ")
    (loose,) = index.search("#A6")[0].rows
    assert loose.hint == "A6 · Linden Row 6, Lindmoor · unassigned"
    assert loose.slot == 0


def test_enter_on_an_order_selects_and_shows_it(palette: Palette, window: MainWindow) -> None:
    shown: list[int] = []
    window.desk.reveal.connect(shown.append)
    _type(palette, "#A5")
    QTest.keyClick(palette.input, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.desk.current == StopId(5)
    assert shown == [5]


def test_enter_on_a_driver_shows_his_route(palette: Palette, window: MainWindow) -> None:
    _type(palette, "@ben")
    QTest.keyClick(palette.input, Qt.Key.Key_Return)
    assert window.desk.current_route == ShiftId(2)


def test_enter_runs_the_chosen_action(open_window: OpenWindow) -> None:
    ran: list[str] = []
    window = open_window()
    for name in ("Bell one", "Bell two"):
        window.desk.actions.add(Action(f"test.{name}", name, lambda name=name: ran.append(name)))
    window.open_palette()
    _type(window.palette_box, ">bell")
    QTest.keyClick(window.palette_box.input, Qt.Key.Key_Down)
    QTest.keyClick(window.palette_box.input, Qt.Key.Key_Return)
    window.open_palette(">bell")
    QTest.keyClick(window.palette_box.input, Qt.Key.Key_Up)
    QTest.keyClick(window.palette_box.input, Qt.Key.Key_Return)
    assert ran == ["Bell two", "Bell two"]


def test_what_cannot_run_says_why_and_stays(window: MainWindow) -> None:
    told: list[str] = []
    window.desk.message.connect(lambda text, _kind: told.append(text))
    window.open_palette(">undo")
    (row, *_) = window.palette_box.list.rows
    assert row.why_not == "There is nothing to undo."
    QTest.keyClick(window.palette_box.input, Qt.Key.Key_Return)
    assert told == ["There is nothing to undo."]
    assert window.palette_box.isVisible()


def test_a_click_runs_and_a_click_beside_closes(palette: Palette, window: MainWindow) -> None:
    _type(palette, "#A4")
    first = QRect(0, 26, palette.list.width(), 36).center()
    QTest.mouseClick(palette.list, Qt.MouseButton.LeftButton, pos=first)
    assert window.desk.current == StopId(4)
    window.open_palette()
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(20, 600))
    assert not palette.isVisible()


def test_pills_type_their_letter(palette: Palette) -> None:
    _type(palette, "ada")
    pills = palette.pills
    QTest.mouseClick(pills, Qt.MouseButton.LeftButton, pos=QPoint(pills.width() - 5, 10))
    assert palette.input.text() == "@ada"
    assert [row.title for row in palette.list.rows] == ["Ada Quill"]


def test_escape_closes_and_gives_the_focus_back(window: MainWindow) -> None:
    table = window.area.panes["orders"].focusProxy()
    table.setFocus()
    window.open_palette()
    QTest.keyClick(window.palette_box.input, Qt.Key.Key_Escape)
    assert not window.palette_box.isVisible()
    assert QApplication.focusWidget() is table


def test_work_that_ends_below_it_does_not_take_the_keys(palette: Palette, window: MainWindow) -> None:
    table = window.area.panes["orders"].focusProxy()
    assert QApplication.focusWidget() is palette.input
    table.setFocus()  # as a page does once its file is read
    assert QApplication.focusWidget() is palette.input
    QTest.keyClick(palette.input, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is table


def test_letters_are_not_the_windows_keys(palette: Palette, window: MainWindow) -> None:
    window.desk.select([StopId(1)], StopId(1))
    _type(palette, "u1")
    assert palette.input.text() == "u1"
    assert window.desk.day.plan.where[StopId(1)] == ShiftId(1)


def test_alt_enter_changes_the_key(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window(memory=Memory(tmp_path / "window.ini"))
    bell = window.desk.actions.add(Action("test.bell", "Ring the bell", lambda: None, "Ctrl+B"))
    window.open_palette(">ring")
    field = window.palette_box.input
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(field, Qt.Key.Key_F7)
    assert window.keys.of(bell) == "F7"
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert window.palette_box.isVisible()
    assert window.keys.of(bell) == "F7"
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert window.keys.of(bell) == ""


def test_a_long_list_scrolls_with_the_arrows(open_window: OpenWindow) -> None:
    window = open_window(size=(1000, 560))
    window.open_palette(">")
    rows = window.palette_box.list
    assert len(rows.rows) > 20
    assert rows.height() < rows.whole_height()
    for _ in range(len(rows.rows) - 1):
        QTest.keyClick(window.palette_box.input, Qt.Key.Key_Down)
    assert rows.current == len(rows.rows) - 1
    assert rows.grab().toImage().size() == rows.size()


# -- orders of other days ----------------------------------------------------------------------------


class Finder:
    """Answers when it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Future[list[Found]]]] = []

    def __call__(self, text: str) -> Future[list[Found]]:
        self.asked.append((text, Future()))
        return self.asked[-1][1]

    def answer(self, *found: Found) -> None:
        self.asked[-1][1].set_result(list(found))
        QTest.qWait(5)


def _put(palette: Palette, text: str) -> None:
    """Typed at once, as a scanner or a paste does."""
    palette.input.setText(text)
    palette.input.textEdited.emit(text)


def _past(order: int, day: int, name: str = "Quarry, Zoe") -> Found:
    return Found(OrderId(order), f"B{order}", name, "Mill 1, Oakhaven", "+423 1", dt.date(2026, 11, day))


def _rows(palette: Palette) -> list[str]:
    return [row.title for row in palette.list.rows]


def test_orders_of_other_days_come_below_those_of_the_day(palette: Palette, window: MainWindow) -> None:
    finder = Finder()
    palette.use_finder(finder)
    _put(palette, "#customer 1")
    assert _rows(palette) == ["Customer 1"]
    finder.answer(_past(70, 20), _past(1, 23))  # the second stands in the open day: it is there already
    assert _rows(palette) == ["Customer 1", "Quarry Zoe, Fri 20 Nov"]
    wanted: list[int] = []
    window.desk.history_wanted.connect(wanted.append)
    QTest.keyClick(palette.input, Qt.Key.Key_Down)
    QTest.keyClick(palette.input, Qt.Key.Key_Return)
    assert wanted == [70]
    assert not palette.isVisible()


def test_who_has_walked_on_stays_where_he_is_when_they_come(palette: Palette) -> None:
    finder = Finder()
    palette.use_finder(finder)
    _put(palette, "#customer")
    QTest.keyClick(palette.input, Qt.Key.Key_Down)
    finder.answer(_past(70, 20))
    assert palette.list.current == 1
    assert len(palette.list.rows) == 7


def test_only_the_last_of_what_was_typed_is_asked_for(palette: Palette) -> None:
    finder = Finder()
    palette.use_finder(finder)
    for typed in ("#qu", "#qua", "#quar"):
        _put(palette, typed)
    assert [text for text, _ in finder.asked] == ["qu"]
    finder.answer(_past(70, 20))
    assert "Quarry Zoe, Fri 20 Nov" not in _rows(palette), "an answer to something else is dropped"
    assert [text for text, _ in finder.asked] == ["qu", "quar"]
    finder.answer(_past(70, 20))
    assert _rows(palette)[-1] == "Quarry Zoe, Fri 20 Nov"


def test_a_guess_gives_way_to_what_really_holds_the_word(palette: Palette) -> None:
    finder = Finder()
    palette.use_finder(finder)
    _put(palette, "custamer")
    guessed = _rows(palette)
    assert "Customer 1" in guessed
    finder.answer(_past(70, 20, "Custamer 9"))
    assert _rows(palette) == ["Custamer 9, Fri 20 Nov"]


@pytest.mark.logs_warnings
def test_a_store_that_does_not_answer_leaves_what_the_day_has(
    palette: Palette, caplog: pytest.LogCaptureFixture
) -> None:
    finder = Finder()
    palette.use_finder(finder)
    _put(palette, "#A2")
    finder.asked[-1][1].set_exception(RuntimeError("gone"))
    QTest.qWait(5)
    assert _rows(palette) == ["Customer 2"]
    assert "could not be looked through" in caplog.text
    _put(palette, "#A3")
    assert [text for text, _ in finder.asked] == ["A2", "A3"]


def test_control_enter_opens_the_history_of_an_order_of_the_day(palette: Palette, window: MainWindow) -> None:
    wanted: list[int] = []
    window.desk.history_wanted.connect(wanted.append)
    _put(palette, "#A5")
    QTest.keyClick(palette.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wanted == [5]


def test_a_barcode_finds_its_order(palette: Palette) -> None:
    for scanned in ("D00000005", "P0000000502", "d00000005"):
        _put(palette, scanned)
        assert _rows(palette) == ["Customer 5"]
