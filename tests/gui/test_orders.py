"""The table of orders: selecting, sorting, filtering, grouping, why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import open_day
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.services import dispatch
from dispatch_console.services.session import DaySession
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models.arranging import Column, Group
from dispatch_console.ui.orders import OrdersPane
from dispatch_console.ui.orders.columns import slots
from dispatch_console.ui.theme import apply
from dispatch_console.ui.widgets.overlay import OverlayBar
from tests.factories import DAY, DEPOT, line_matrix, order, shift, small_day
from tests.gui.board_day import rich_day

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module", autouse=True)
def _fonts(qapp: object) -> None:
    apply.load_fonts()


def shown(desk: Desk, qtbot: QtBot) -> OrdersPane:
    pane = OrdersPane(desk)
    qtbot.addWidget(pane)
    pane.resize(380, 708)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(DaySession(small_day()))


@pytest.fixture
def pane(desk: Desk, qtbot: QtBot) -> Iterator[OrdersPane]:
    yield shown(desk, qtbot)


def lines(pane: OrdersPane) -> list[str]:
    rows = (pane.model.line(row) for row in range(pane.model.rowCount()))
    return [line.title if isinstance(line, Group) else pane.model.order(line).ref for line in rows]


def at(pane: OrdersPane, row: int) -> QPoint:
    return pane.table.visualRect(pane.model.index(row, 0)).center()


def click(qtbot: QtBot, pane: OrdersPane, row: int, mods: Qt.KeyboardModifier = _NONE) -> None:
    qtbot.mouseClick(pane.table.viewport(), _LEFT, mods, at(pane, row))


def highlighted(pane: OrdersPane) -> list[str]:
    pane.table.catch_up()  # as before it is painted
    rows = sorted(index.row() for index in pane.table.selectionModel().selectedIndexes())
    return [lines(pane)[row] for row in rows]


# rows of the small day: 0 Unassigned, 1 A6, 2 Planned, 3 A1, … 7 A5


def test_clicks_select_as_in_an_explorer(desk: Desk, pane: OrdersPane, qtbot: QtBot) -> None:
    click(qtbot, pane, 3)
    assert (desk.selected, desk.current) == ({1}, 1)
    click(qtbot, pane, 5, _SHIFT)
    assert desk.selected == {1, 2, 3}
    click(qtbot, pane, 1, _CTRL)
    assert desk.selected == {1, 2, 3, 6}
    click(qtbot, pane, 4, _CTRL)
    assert desk.selected == {1, 3, 6}
    click(qtbot, pane, 7)
    assert desk.selected == {5}
    qtbot.keyClick(pane.table, Qt.Key.Key_Up)
    assert (desk.selected, desk.current) == ({4}, 4)
    qtbot.keyClick(pane.table, Qt.Key.Key_Escape)
    assert desk.selected == frozenset()
    assert highlighted(pane) == []


def test_the_selection_of_others_is_shown(desk: Desk, pane: OrdersPane) -> None:
    desk.select([StopId(2), StopId(6)])
    assert highlighted(pane) == ["A6", "A2"]
    dispatch.move(desk.session, [StopId(6)], desk.day.routes[0].id, 0)
    assert lines(pane) == ["Planned", "A1", "A2", "A3", "A4", "A5", "A6"]
    assert highlighted(pane) == ["A2", "A6"], "it went with its order"
    assert desk.selected == {2, 6}
    pane.sort_by(Column.REF, descending=True)
    assert highlighted(pane) == ["A6", "A2"]


def test_ctrl_keeps_what_the_filter_hides(desk: Desk, pane: OrdersPane, qtbot: QtBot) -> None:
    desk.select([StopId(1), StopId(2)])
    pane.filter.setText("A5")
    pane.filter_now()
    assert desk.selected == {1, 2}, "a filter selects nothing and lets nothing go"
    click(qtbot, pane, 1, _CTRL)
    assert desk.selected == {1, 2, 5}
    click(qtbot, pane, 1)
    assert desk.selected == {5}


def test_what_is_selected_elsewhere_is_scrolled_to(qtbot: QtBot) -> None:
    desk = Desk(DaySession(rich_day()))
    pane = shown(desk, qtbot)
    last = desk.day.routes[-1].stops[-1]
    desk.select([last])
    (row,) = pane.model.rows_of(frozenset({last}))
    assert pane.table.viewport().rect().contains(at(pane, row))
    desk.reveal.emit(int(desk.day.plan.pool.stops[0]))
    (row,) = pane.model.rows_of(frozenset({desk.day.plan.pool.stops[0]}))
    assert pane.table.viewport().rect().contains(at(pane, row))


def test_the_scroll_bar_stays_at_its_edge_when_the_list_scrolls(qtbot: QtBot) -> None:
    table = shown(Desk(DaySession(rich_day())), qtbot).table
    bar = table.findChild(OverlayBar)
    assert bar is not None and bar.geometry().right() == table.viewport().rect().right()
    before = bar.geometry()
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert table.verticalScrollBar().value() > 0
    assert bar.geometry() == before


def test_groups_fold(pane: OrdersPane, desk: Desk, qtbot: QtBot) -> None:
    click(qtbot, pane, 2)
    assert lines(pane) == ["Unassigned", "A6", "Planned"]
    assert desk.selected == frozenset()
    click(qtbot, pane, 2)
    pane.table.setCurrentIndex(pane.model.index(0, 0))
    qtbot.keyClick(pane.table, Qt.Key.Key_Left)
    assert lines(pane)[:2] == ["Unassigned", "Planned"]
    qtbot.keyClick(pane.table, Qt.Key.Key_Right)
    assert lines(pane)[:2] == ["Unassigned", "A6"]


def test_the_head_sorts(pane: OrdersPane, qtbot: QtBot) -> None:
    def press(column: Column) -> None:
        qtbot.mouseClick(pane.titles, _LEFT, _NONE, pane.titles.rect_of(column).center())

    press(Column.REF)
    assert lines(pane)[-5:] == ["A5", "A4", "A3", "A2", "A1"], "it was sorted upwards by it"
    press(Column.NAME)
    assert lines(pane)[-5:] == ["A1", "A2", "A3", "A4", "A5"]
    press(Column.STATE)
    press(Column.STATE)
    assert lines(pane)[-5:] == ["A5", "A4", "A3", "A2", "A1"]
    assert (pane.model.view.column, pane.model.view.descending) == (Column.STATE, True)


def test_typing_filters_after_a_moment(pane: OrdersPane, qtbot: QtBot) -> None:
    qtbot.keyClicks(pane.filter, "a4")
    assert "A1" in lines(pane)
    qtbot.waitUntil(lambda: lines(pane) == ["Planned", "A4"])
    assert pane.head.count == "1 of 6"
    qtbot.keyClick(pane.filter, Qt.Key.Key_Down)
    assert pane.table.hasFocus() or QApplication.focusWidget() is pane.table
    assert pane.desk.selected == {4}
    qtbot.keyClick(pane.filter, Qt.Key.Key_Escape)
    assert pane.filter.text() == ""
    assert pane.head.count == "6"


@pytest.mark.parametrize("sought", ["Customer 3", "linden 3", "4003", "A3", "3 customer"])
def test_the_filter_looks_everywhere(pane: OrdersPane, sought: str) -> None:
    pane.filter.setText(sought)
    pane.filter_now()
    assert lines(pane) == ["Planned", "A3"]


def test_slash_leads_to_the_filter(pane: OrdersPane, qtbot: QtBot) -> None:
    action = pane.desk.actions["orders.filter"]
    shortcut = QShortcut(QKeySequence(action.keys), pane)
    shortcut.activated.connect(action.run)
    pane.activateWindow()
    pane.table.setFocus()
    qtbot.keyClick(pane.table, Qt.Key.Key_Slash)
    qtbot.waitUntil(pane.filter.hasFocus)


def test_letters_are_no_search_in_the_table(pane: OrdersPane, desk: Desk, qtbot: QtBot) -> None:
    """They are keys of the window: here one for each letter hears them."""
    heard: list[str] = []
    for letter in "lpu1":
        shortcut = QShortcut(QKeySequence(letter), pane)
        shortcut.activated.connect(lambda letter=letter: heard.append(letter))
    click(qtbot, pane, 3)
    pane.activateWindow()
    qtbot.keyClicks(pane.table, "lpu1")
    assert heard == ["l", "p", "u", "1"]
    assert desk.selected == {1}


def test_grouping_from_the_palette(pane: OrdersPane, desk: Desk) -> None:
    desk.actions["orders.group_driver"].run()
    assert lines(pane) == ["Unassigned", "A6", "Ada Quill", "A1", "A2", "A3", "Ben Rook", "A4", "A5"]
    desk.actions["orders.group_none"].run()
    assert lines(pane) == ["A1", "A2", "A3", "A4", "A5", "A6"]


def test_f2_says_why(qtbot: QtBot) -> None:
    desk = Desk(DaySession(rich_day()))
    pane = shown(desk, qtbot)
    action = desk.actions["orders.why"]
    assert action.why_not() == "Select a stop first."
    crane = desk.day.plan.pool.stops[2]
    desk.select([crane])
    assert action.why_not() is None
    popup = pane.open_why()
    assert popup is not None
    assert "Trying every driver" in popup.text
    qtbot.waitUntil(lambda: "Mara Keller: needs crane." in popup.text)
    qtbot.waitUntil(lambda: "Best places" in popup.text)
    with qtbot.waitSignal(popup.destroyed):
        qtbot.keyClick(popup, Qt.Key.Key_Escape)


def test_the_reason_words_appear(qtbot: QtBot) -> None:
    desk = Desk(DaySession(rich_day()))
    pane = shown(desk, qtbot)
    pool = desk.day.plan.pool.stops

    def words() -> list[str]:
        rows = [pane.model.rows_of(frozenset({stop}))[0] for stop in pool]
        return [str(pane.model.index(row, Column.STATE).data()) for row in rows]

    # 05–06 is before any shift and 800 kg more than any van: as F2 says. 700 kg one carries when it is empty.
    expected = ["impossible", "impossible", "skill", "impossible", "shift end", "kg full", "no place", "no place"]
    qtbot.waitUntil(lambda: words() == expected)


def test_an_empty_day_says_what_to_do(desk: Desk, pane: OrdersPane) -> None:
    assert pane.empty.isHidden() or not pane.empty.isVisible()
    desk.session.replace_day(open_day(DEPOT, DAY, [], [shift(1)], line_matrix()))
    assert pane.empty.isVisible()
    assert pane.head.count == "0"
    desk.session.replace_day(small_day())
    assert pane.table.isVisible()


def test_files_dropped_are_handed_on(pane: OrdersPane, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/somewhere/orders.csv"), QUrl("https://example.org/x")])
    enter = QDragEnterEvent(QPointF(50, 20), Qt.DropAction.CopyAction, data, _LEFT, _NONE)
    QApplication.sendEvent(pane, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(pane.files_dropped) as signal:
        QApplication.sendEvent(pane, QDropEvent(QPointF(50, 20), Qt.DropAction.CopyAction, data, _LEFT, _NONE))
    assert signal.args == [["/somewhere/orders.csv"]]


# --- where things lie ---


def test_columns_lie_where_the_picture_has_them() -> None:
    wide = slots(380)
    assert {column.name: tuple(slot) for column, slot in wide.items()} == {
        "FLAGS": (12, 15),
        "REF": (33, 32),
        "NAME": (71, 98),
        "TOWN": (175, 62),
        "WINDOW": (243, 43),
        "KG": (292, 24),
        "STATE": (322, 50),
    }
    narrow = slots(288)
    assert set(narrow) == set(Column) - {Column.TOWN, Column.KG}
    assert narrow[Column.STATE].end <= 288 - 8
    assert slots(380, {Column.REF: 60})[Column.REF].width == 60, "a reference is not cut: the name gives way"
    all_over = slots(1024)
    assert all_over[Column.TOWN].width == 120 and all_over[Column.WINDOW].width == 72, "names do not hoard the room"


def test_rows_are_24_px(pane: OrdersPane, qtbot: QtBot) -> None:
    heights = {pane.table.visualRect(pane.model.index(row, 0)).height() for row in range(8)}
    assert heights == {24}
    assert pane.titles.height() == 24
    pane.table.set_row_height(32)
    qtbot.waitUntil(lambda: pane.table.visualRect(pane.model.index(0, 0)).height() == 32)


def pixel(widget: QWidget, x: int, y: int) -> str:
    return QImage(widget.grab().toImage()).pixelColor(x, y).name().upper()


def test_selected_rows_have_an_accent_edge(desk: Desk, pane: OrdersPane) -> None:
    desk.select([StopId(1)])
    y = at(pane, 3).y() - 9  # above all words
    port = pane.table.viewport()
    assert [pixel(port, x, y) for x in (0, 1, 2, 300)] == ["#2456C8", "#2456C8", "#E7EEFC", "#E7EEFC"]
    assert pixel(port, 3, at(pane, 5).y()) == "#FFFFFF"


def test_a_window_with_minutes_is_never_cut(qtbot: QtBot) -> None:
    """It takes room from its neighbour; in the narrow table too."""
    day = open_day(DEPOT, DAY, [order(1, windows=(Window(34_200, 37_800),))], [shift(1)], line_matrix())
    pane = shown(Desk(DaySession(day)), qtbot)
    for wide in (380, 288):
        pane.resize(wide, 300)
        assert not pane.grab().isNull()
