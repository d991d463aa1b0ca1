"""Where the panes are: the measures of the drawings, tabs, windows of their own, what is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import open_day
from dispatch_console.ui.shell import sizes
from dispatch_console.ui.shell.detached import DetachedPane
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.sizes import Fit
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.widgets import PaneHead
from tests.factories import DAY, DEPOT, line_matrix, shift
from tests.gui.conftest import OpenWindow


def _measures(window: MainWindow) -> dict[str, tuple[int, int]]:
    QApplication.processEvents()
    return {name: (pane.width(), pane.height()) for name, pane in window.area.panes.items()}


def test_full_hd_has_the_measures_of_the_drawing(open_window: OpenWindow) -> None:
    window = open_window(size=(1920, 1048))  # 1080 less the system's title bar of 32
    assert window.toolbar.height() == 48
    assert window.status.height() == 26
    # 1048 − 48 − 26 = 974 = 707 + 1 + 266; 1920 = 380 + 1 + 1078 + 1 + 460 = 1539 + 1 + 380
    assert _measures(window) == {
        "orders": (380, 707),
        "board": (1078, 707),
        "map": (460, 707),
        "timeline": (1539, 266),
        "incidents": (380, 266),
    }


def test_while_the_phone_rings_the_incidents_take_the_place_of_the_pool(open_window: OpenWindow) -> None:
    window = open_window(size=(1920, 1048))
    before = _measures(window)
    window.area.set_queue_first(True)
    found = _measures(window)
    assert (found["incidents"], found["timeline"]) == ((380, 707), (1920, 266))
    assert found["board"] == before["board"]
    assert window.area.shown() == ["board", "map", "timeline", "incidents"]
    window.area.remember()  # what is dragged now is not what it is like without the phone
    window.area.set_queue_first(False)
    assert _measures(window) == before


def test_a_preview_has_the_place_of_the_pool_even_while_the_phone_rings(open_window: OpenWindow) -> None:
    window = open_window(size=(1920, 1048))
    window.area.set_queue_first(True)
    panel = QWidget()
    window.area.show_side(panel)
    assert _measures(window)["incidents"] == (380, 266)
    window.area.show_side(None)
    assert _measures(window)["incidents"] == (380, 707)


def test_small_notebook_has_the_measures_of_the_drawing(open_window: OpenWindow) -> None:
    window = open_window(size=(1366, 736))
    assert window.toolbar.height() == 40
    # 736 − 40 − 26 = 670 = 451 + 1 + 218; 1366 = 288 + 1 + 744 + 1 + 332 = 1065 + 1 + 300
    assert _measures(window) == {
        "orders": (288, 451),
        "board": (744, 451),
        "map": (332, 451),
        "timeline": (1065, 218),
        "incidents": (300, 218),
    }


def test_empty_day_has_low_panes_below(open_window: OpenWindow) -> None:
    empty = open_day(DEPOT, DAY, [], [shift(1)], line_matrix())
    window = open_window(empty, size=(1280, 688))
    found = _measures(window)
    assert found["orders"][0] == 360
    assert found["map"][0] == found["incidents"][0] == 400
    assert found["timeline"][1] == 130


def test_a_wider_window_gives_the_room_to_the_board(open_window: OpenWindow) -> None:
    window = open_window(size=(1920, 1048))
    window.resize(2120, 1148)
    found = _measures(window)
    assert found["board"] == (1278, 807)
    assert (found["orders"][0], found["map"][0], found["timeline"][1]) == (380, 460, 266)


@pytest.mark.parametrize(
    ("size", "fit"),
    [
        ((1920, 1048), Fit.WIDE),
        ((1366, 736), Fit.NARROW),
        ((1280, 688), Fit.NARROW),
        ((1279, 900), Fit.TABS),
        ((1280, 600), Fit.TABS),
    ],
)
def test_what_fits(size: tuple[int, int], fit: Fit) -> None:
    assert sizes.fit(*size) is fit


def test_small_windows_have_tabs_and_large_ones_panes_again(open_window: OpenWindow) -> None:
    window = open_window(size=(1000, 640))
    tabs = window.area.findChild(QTabWidget)
    assert [tabs.tabText(i) for i in range(tabs.count())] == ["Orders", "Routes", "Map", "Timeline", "Incidents"]
    assert window.area.shown() == ["orders"]
    window.area.raise_pane("timeline")
    assert window.area.shown() == ["timeline"]
    window.resize(1920, 1048)
    assert window.area.shown() == ["orders", "board", "map", "timeline", "incidents"]
    assert _measures(window)["board"] == (1078, 707)


def test_a_pane_goes_into_its_own_window_and_comes_back(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.run_id("view.detach_map")
    outside = window.area.panes["map"].window()
    assert isinstance(outside, DetachedPane)
    assert outside.windowTitle() == "Map – Dispatch Console"
    assert _measures(window)["board"][0] == 1078 + 461
    outside.close()
    assert window.area.panes["map"].window() is window
    assert _measures(window)["map"] == (460, 707)
    assert window.area.detached == []


def test_the_button_of_the_board_detaches_it(window: MainWindow) -> None:
    window.area.panes["board"].detach_wanted.emit()
    assert window.area.detached == ["board"]
    window.area.attach("board")
    assert window.area.shown()[1] == "board"


def test_both_lower_panes_outside_leave_the_room_to_the_upper_ones(window: MainWindow) -> None:
    for name in ("timeline", "incidents"):
        window.area.detach(name)
    assert _measures(window)["board"][1] == 974
    for name in ("timeline", "incidents"):
        window.area.attach(name)
    assert _measures(window)["timeline"] == (1539, 266)


def test_layout_is_remembered_for_each_fit(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "window.ini"
    first = open_window(memory=Memory(file))
    first.area.drag_to(first.area.sizes()._replace(pool=500, timeline=300))
    first.area.detach("incidents")
    first.close()
    second = open_window(memory=Memory(file))
    second.area.restore_windows()
    assert second.area.detached == ["incidents"]
    second.area.attach("incidents")
    found = _measures(second)
    assert (found["orders"][0], found["timeline"][1]) == (500, 300)
    second.resize(1366, 736)
    assert _measures(second)["orders"][0] == 288
    second.resize(1920, 1048)
    assert _measures(second)["orders"][0] == 500
    second.run_id("view.reset")
    assert _measures(second)["orders"][0] == 380


def test_settings_that_cannot_be_read_are_as_not_there(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "window.ini")
    memory.set_text("layout/wide", "[1, {")
    memory.set_text("theme", "purple")
    assert memory.numbers("layout/wide") == []
    assert memory.theme == "system"


def test_a_side_panel_takes_the_place_of_the_pool(window: MainWindow) -> None:
    panel = PaneHead("Preview")
    window.area.show_side(panel)
    assert (panel.width(), panel.height() > 0) == (456, True)
    assert "orders" not in window.area.shown()
    assert window.area.panes["board"].width() == 1920 - 457 - 461
    window.area.show_side(None)
    assert _measures(window)["orders"] == (380, 707)


def test_beside_a_preview_a_notebook_shows_map_or_board(open_window: OpenWindow) -> None:
    window = open_window(size=(1366, 736))
    before = _measures(window)
    panel = PaneHead("Preview")
    window.area.show_side(panel, 400, paired=True)
    assert window.area.shown() == ["map", "timeline", "incidents"]
    assert (panel.width(), window.area.panes["map"].width()) == (400, 965)
    window.area.raise_pane("board")
    assert window.area.shown() == ["board", "timeline", "incidents"]
    window.resize(1920, 1048)
    assert window.area.shown() == ["board", "map", "timeline", "incidents"]
    window.resize(1366, 736)
    window.area.show_side(None)
    QApplication.processEvents()
    assert _measures(window) == before


def test_a_panel_at_the_edge_leaves_the_map_whole(window: MainWindow) -> None:
    panel = QWidget()
    panel.setFixedWidth(380)
    for size, board, map_ in (((1920, 1048), 697, 460), ((1366, 736), 363, 332)):
        window.resize(*size)
        QApplication.processEvents()
        before = _measures(window)
        window.area.show_edge(panel)
        QApplication.processEvents()
        found = _measures(window)
        # what the board had, without 380 + 1: 1920 = 380 + 1 + 697 + 1 + 460 + 1 + 380
        assert (found["board"][0], found["map"]) == (board, before["map"]) and map_ == found["map"][0]
        assert panel.height() == window.area.height(), "from top to bottom"
        window.area.show_edge(None)
        QApplication.processEvents()
        assert _measures(window) == before and panel.isHidden()
    window.resize(1000, 640)  # tabs have no room: it lies over them
    window.area.show_edge(panel)
    assert panel.parent() is window.area and panel.isVisible()
    window.resize(1920, 1048)
    QApplication.processEvents()
    assert window.area.panes["board"].width() == 697
    window.area.show_edge(None)


def test_a_right_panel_stands_in_the_place_of_the_map(window: MainWindow) -> None:
    window.resize(1920, 1048)
    before = _measures(window)
    panel = QWidget()
    window.area.show_right(panel, 500, "Wizard")
    QApplication.processEvents()
    # 1920 = 380 + 1 + 1038 + 1 + 500; as high as the board
    assert (panel.width(), panel.height()) == (500, before["map"][1])
    assert window.area.panes["map"].isHidden()
    assert window.area.panes["board"].width() == 1038
    window.resize(1000, 640)
    tabs = window.area.findChild(QTabWidget)
    assert "Wizard" in [tabs.tabText(i) for i in range(tabs.count())]
    window.resize(1920, 1048)
    QApplication.processEvents()
    assert panel.width() == 500
    window.area.show_right(None)
    assert _measures(window) == before
    assert panel.parent() is None
