"""The list of the day's roads: chosen, changed, removed and taken back by keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.region import Area
from dispatch_console.domain.road_changes import RoadChangeId, around
from dispatch_console.services import road_changes
from dispatch_console.services.road_changes import Wanted
from dispatch_console.services.session import DaySession
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.roads import RoadsPanel
from tests import factories

NOW = dt.datetime(2026, 11, 23, 6, 52, tzinfo=dt.UTC)
MARKET = Area("closed", around(factories.PLACES[2], 900), note="market")
SNOW = Area("slow", around(factories.PLACES[4], 900), 1.2, "snow")


@pytest.fixture
def desk(themed: QApplication) -> Desk:
    desk = Desk(DaySession(factories.small_day()))
    desk.clock = lambda: NOW
    return desk


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> Iterator[RoadsPanel]:
    """With a closed market and snow, shown."""
    for area in (MARKET, SNOW):
        road_changes.add(desk.session, Wanted(area), desk.clock())
    panel = RoadsPanel(desk)
    qtbot.addWidget(panel)
    panel.resize(400, 700)
    panel.show()
    panel.open()
    yield panel


def areas(desk: Desk) -> tuple[Area, ...]:
    return desk.day.areas


def test_rows_say_what_and_until_when(panel: RoadsPanel) -> None:
    assert [panel.rows.words_of(row) for row in (0, 1)] == [
        "Closed: market\nthis day only · said 07:52",
        "+20 %: snow\nthis day only · said 07:52",
    ]
    assert panel.told.text().startswith("Estimated times know no roads")
    assert not panel.again.isVisible()


def test_keys_walk_change_and_remove(panel: RoadsPanel, desk: Desk, qtbot: QtBot) -> None:
    chosen: list[RoadChangeId | None] = []
    panel.chosen.connect(chosen.append)
    panel.rows.choose(0)
    QTest.keyClick(panel.rows, Qt.Key.Key_Down)
    assert panel.rows.id == desk.day.road_changes[1].id == chosen[-1]
    assert (panel.form.kind.index, panel.form.percent.text(), panel.form.note.text()) == (2, "20 %", "snow")

    panel.form.percent.setText("+35")
    QTest.keyClick(panel.form.percent, Qt.Key.Key_Return)
    assert areas(desk)[1].factor == pytest.approx(1.35)
    panel.form.note.setText("black ice")
    QTest.keyClick(panel.form.note, Qt.Key.Key_Return)
    assert areas(desk)[1] == replace(SNOW, factor=1.35, note="black ice")
    assert panel.rows.words_of(1).startswith("+35 %: black ice")

    panel.form.until.setCurrentIndex(1)
    panel.form.until.activated.emit(1)
    assert desk.day.road_changes[1].until == factories.DAY + dt.timedelta(days=1)
    assert "until Tue 24 Nov" in panel.rows.words_of(1)

    panel.form.kind._buttons[1].click()
    assert (areas(desk)[1].kind, areas(desk)[1].factor) == ("avoid", 1.0)
    assert not panel.form.percent.isEnabled()

    QTest.keyClick(panel.rows, Qt.Key.Key_Delete)
    assert areas(desk) == (MARKET,)
    assert panel.rows.id == desk.day.road_changes[0].id
    desk.session.undo()
    assert len(areas(desk)) == 2
    for _ in range(6):
        desk.session.undo()
    assert areas(desk) == ()
    assert not panel.form.isVisible()
    assert panel.empty.isVisible()


def test_what_is_no_percentage_is_said_and_shows_again_what_counts(panel: RoadsPanel, desk: Desk) -> None:
    said: list[str] = []
    desk.message.connect(lambda text, _kind: said.append(text))
    panel.rows.choose(1)
    panel.form.percent.setText("a lot")
    QTest.keyClick(panel.form.percent, Qt.Key.Key_Return)
    assert said == ["“a lot” is no percentage. Write how much longer it takes, such as 20 %."]
    assert (panel.form.percent.text(), areas(desk)) == ("20 %", (MARKET, SNOW))


def test_enter_looks_esc_leaves_and_a_click_chooses(panel: RoadsPanel, desk: Desk, qtbot: QtBot) -> None:
    looked: list[RoadChangeId] = []
    panel.looked_for.connect(looked.append)
    QTest.mouseClick(panel.rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 60))
    QTest.keyClick(panel.rows, Qt.Key.Key_Return)
    assert looked == [desk.day.road_changes[1].id]
    with qtbot.waitSignal(panel.shown) as left:
        QTest.keyClick(panel.rows, Qt.Key.Key_Escape)
    assert left.args == [False]


def test_zones_of_the_day_are_offered(panel: RoadsPanel, desk: Desk) -> None:
    assert not panel.zone.isEnabled()
    order = next(iter(desk.day.orders.values()))
    desk.session.apply(PlanChange("Zone", orders=(Swap(order, replace(order, zone="hill")),)))
    panel.open()
    zones: list[str] = []
    panel.zone_wanted.connect(zones.append)
    (action,) = panel._zones.actions()
    action.trigger()
    assert zones == ["hill"]
