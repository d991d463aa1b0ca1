"""The panel of the wizards on the small day: by keys from the question to the accepted plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import NextKind, OrderId, OrderKind, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.services import day as days
from dispatch_console.services import statuses
from dispatch_console.services.planning import Planner
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards.meeting import Meeting
from dispatch_console.ui.board import menus
from dispatch_console.ui.wizards.actions import Wizards
from dispatch_console.ui.wizards.panel import WizardPanel
from tests.factories import PLACES
from tests.gui import office
from tests.gui.office import Office

ADA, BEN = ShiftId(1), ShiftId(2)


def at(hour: int, minute: int) -> int:
    return 3600 * hour + 60 * minute


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    office.dress(qapp)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Office]:
    """08:20 of the small day: both vans left at 08:00, Ada has done A1."""
    with office.opened(tmp_path) as made:
        made.desk.clock = lambda: dt.datetime(2026, 11, 23, 7, 20, tzinfo=dt.UTC)  # 08:20 in Vaduz
        days.approve(made.desk.session, "Mara", made.desk.clock())
        for route in (ADA, BEN):
            statuses.on_route(made.desk.session, route, FactKind.OUT, Said("Mara", at(8, 0)))
        statuses.status(made.desk.session, StopId(1), FactKind.DELIVERED, Said("Mara", at(8, 15)))
        made.desk.session.tick(at(8, 20))
        yield made


@pytest.fixture
def printed() -> list[Meeting]:
    return []


@pytest.fixture
def panel(place: Office, printed: list[Meeting], qtbot: QtBot) -> Iterator[WizardPanel]:
    panel = WizardPanel(place.desk, lambda: "Mara", lambda day, meetings: printed.extend(meetings))
    panel.wizards = Wizards(place.desk, place.store, panel)
    qtbot.addWidget(panel)
    panel.resize(500, 800)
    yield panel
    panel.stop()


def begin(place: Office, panel: WizardPanel, qtbot: QtBot, wizard: str, stop: int = 0) -> None:
    """Open a wizard on Ada's route, or on a stop, and give it the keyboard."""
    desk = place.desk
    if stop:
        desk.select([StopId(stop)], StopId(stop))
    else:
        desk.select((), None, None, ADA)
    assert desk.actions[f"wizard.{wizard}"].why_not() is None
    with qtbot.waitSignal(panel.shown):
        desk.actions[f"wizard.{wizard}"].run()
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    settle(panel)
    panel.body.set_key_focus()


def settle(panel: WizardPanel) -> None:
    """Until nothing is worked out any more."""
    for _ in range(2000):
        QTest.qWait(5)
        if not panel.busy:
            return
    raise AssertionError("the wizard is still at work")


def press(panel: WizardPanel, key: Qt.Key, control: bool = False) -> None:
    target = panel.focusWidget() or panel
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(target, key, modifier)
    settle(panel)


def test_the_key_goes_on_wherever_the_focus_is(place: Office, panel: WizardPanel, qtbot: QtBot) -> None:
    go_on = place.desk.actions["wizard.go_on"]
    assert go_on.keys == "Ctrl+Return"
    assert go_on.why_not() == "No wizard is open."
    begin(place, panel, qtbot, "breakdown")
    assert go_on.why_not() is None
    go_on.run()
    go_on.run()
    assert panel.stage == "done"
    press(panel, Qt.Key.Key_Space)  # the first call has the keyboard now
    assert [call.done for call in panel.body.calls.calls][:2] == [True, False]
    go_on.run()
    assert panel.case is None


def test_a_breakdown_by_keys(place: Office, panel: WizardPanel, qtbot: QtBot, printed: list[Meeting]) -> None:
    begin(place, panel, qtbot, "breakdown")
    assert panel.head.title == "Breakdown: Van 01, Ada Quill"
    assert panel.body.where.note == "Linden Row 1, Lindmoor · not written down yet"
    (row,) = panel.body.choosers.rows
    assert (row.name, row.ticked, row.cells[3]) == ("Ben Rook", True, "2 stops")
    assert row.cells[1].startswith("08:")
    assert panel.body.meet.title.startswith("Meet at the van, 08:")
    assert panel.footer.sheets.text() == "2 hand-over sheets"
    assert not panel.footer.sheets.isEnabled()
    press(panel, Qt.Key.Key_Return, control=True)
    assert panel.stage == "preview"
    assert [(m.name, m.after) for m in panel.body.moves.moves] == [
        ("Meet Ada Quill", "BR 1"),
        ("Customer 2", "BR 2"),
        ("Customer 3", "BR 3"),
    ]
    assert "Accepting writes down that the van stands." in panel.body.lines.text()
    assert place.labels == []
    press(panel, Qt.Key.Key_Return, control=True)
    assert panel.stage == "done"
    assert place.labels == ["Breakdown Van 01: to Ben Rook"]
    assert ADA in place.desk.day.facts.down
    assert len(place.desk.day.plan.route(BEN).stops) == 5
    assert panel.footer.sheets.isEnabled()
    panel.footer.sheets.click()
    assert [(m.giver, m.taker, m.pieces) for m in printed] == [(ADA, BEN, 2)]
    saved = place.saved()
    assert saved.plan.route(BEN).stops == place.desk.day.plan.route(BEN).stops
    assert [o.kind for o in saved.orders.values()].count(OrderKind.HANDOVER) == 1
    assert ADA in saved.facts.down
    place.desk.session.undo()
    assert place.saved().plan.route(ADA).stops == (1, 2, 3)
    assert ADA in place.desk.day.facts.down, "what has happened stays"


def test_a_tick_taken_away_leaves_the_stops_for_another_day(
    place: Office, panel: WizardPanel, qtbot: QtBot
) -> None:
    begin(place, panel, qtbot, "breakdown")
    press(panel, Qt.Key.Key_Space)
    (row,) = panel.body.choosers.rows
    assert not row.ticked
    assert "Not today" in panel.body.lines.text()
    press(panel, Qt.Key.Key_Space)
    (row,) = panel.body.choosers.rows
    assert row.ticked


def test_where_the_van_stands_is_clicked_on_the_map_or_left(
    place: Office, panel: WizardPanel, qtbot: QtBot
) -> None:
    pick = place.desk.actions["wizard.place"]
    assert pick.why_not() == "No wizard is open."
    begin(place, panel, qtbot, "breakdown")
    (stands, _first) = panel.body.picks
    with qtbot.waitSignal(panel.place_wanted) as asked:
        pick.run()
    assert asked.args == ["Click where Van 01 stands  (Esc goes back)"]
    was = stands.text()
    panel.place_found(None)
    settle(panel)
    assert stands.text() == was
    here = Place(PLACES[2].lat + 0.001, PLACES[2].lon)
    panel.place_found(here)
    settle(panel)
    assert stands.text() == "Stands at: near Linden Row, Lindmoor"
    panel.go_on()
    panel.go_on()
    assert place.desk.day.facts.down[ADA].place == here
    assert [order.place for order in place.desk.day.orders.values() if order.kind is OrderKind.HANDOVER] == [here]


def test_goods_that_cannot_be_reached(place: Office, panel: WizardPanel, qtbot: QtBot) -> None:
    begin(place, panel, qtbot, "breakdown")
    assert panel.body.segments is not None
    panel.body.segments.chosen.emit(1)
    settle(panel)
    panel.go_on()
    panel.go_on()
    step = place.desk.day.orders[OrderId(2)].next
    assert step is not None
    assert step.kind is NextKind.AGAIN


def test_esc_goes_back_and_away_and_nothing_is_changed(place: Office, panel: WizardPanel, qtbot: QtBot) -> None:
    begin(place, panel, qtbot, "breakdown")
    press(panel, Qt.Key.Key_Return, control=True)
    press(panel, Qt.Key.Key_Escape)
    assert panel.stage == "choose"
    with qtbot.waitSignal(panel.shown) as left:
        press(panel, Qt.Key.Key_Escape)
    assert left.args == [False]
    assert place.labels == []
    assert ADA not in place.desk.day.facts.down


def test_what_happens_meanwhile_is_taken_in(place: Office, panel: WizardPanel, qtbot: QtBot) -> None:
    begin(place, panel, qtbot, "breakdown")
    statuses.status(place.desk.session, StopId(2), FactKind.DELIVERED, Said("Mara", at(8, 20)))
    settle(panel)
    (row,) = panel.body.choosers.rows
    assert row.cells[3] == "1 stop"


def test_running_late_writes_down_what_the_driver_says(place: Office, panel: WizardPanel, qtbot: QtBot) -> None:
    begin(place, panel, qtbot, "late")
    assert panel.body.empty.text() == "No stop of this route is late."
    assert not panel.footer.go.isEnabled()
    assert panel.body.segments is not None
    panel.body.segments.chosen.emit(2)  # 20 min behind the plan
    settle(panel)
    baseline = place.desk.day.baseline
    assert baseline is not None
    assert place.desk.day.facts.delays == {ADA: baseline.stops[StopId(2)].arrive + 20 * 60}


def test_sick_on_the_way_and_somebody_drives_on(place: Office, panel: WizardPanel, qtbot: QtBot) -> None:
    begin(place, panel, qtbot, "sick")
    assert panel.body.segments is not None
    panel.body.segments.chosen.emit(1)
    settle(panel)
    assert panel.body.empty.text() == "All drivers of the fleet have a shift today."
    assert not panel.footer.go.isEnabled()
    assert panel.footer.go.toolTip() == "Tick who drives instead."


def test_an_urgent_order_and_its_places(place: Office, panel: WizardPanel, qtbot: QtBot) -> None:
    begin(place, panel, qtbot, "urgent", stop=6)
    assert [row.detail.split(",")[0] for row in panel.body.choosers.rows] == ["reloads", "reloads"]
    assert panel.body.choosers.rows[0].ticked
    press(panel, Qt.Key.Key_Down)
    press(panel, Qt.Key.Key_Space)
    assert panel.body.choosers.rows[1].ticked
    chosen = ShiftId(panel.body.choosers.rows[1].key)
    panel.go_on()
    panel.go_on()
    assert place.desk.day.plan.where[StopId(6)] == chosen


def test_cancelling_and_splitting(place: Office, panel: WizardPanel, qtbot: QtBot) -> None:
    begin(place, panel, qtbot, "split", stop=5)
    assert "A5 has 1 piece" in panel.body.lines.text()
    assert not panel.footer.go.isEnabled()
    panel.leave()
    begin(place, panel, qtbot, "cancel", stop=5)
    panel.go_on()
    panel.go_on()
    assert place.labels == ["Cancel A5"]
    assert place.desk.day.plan.route(BEN).stops == (4,)


def test_calls_made_are_facts(place: Office, panel: WizardPanel, qtbot: QtBot) -> None:
    begin(place, panel, qtbot, "breakdown")
    panel.go_on()
    panel.go_on()
    assert [call.done for call in panel.body.calls.calls] == [False] * len(panel.body.calls.calls)
    panel.body.calls.setFocus()
    press(panel, Qt.Key.Key_Space)
    assert panel.body.calls.calls[0].done
    told = [fact for fact in place.desk.day.facts.entries if fact.kind is FactKind.CALLED]
    assert len(told) == 1
    assert told[0].note == panel.body.calls.calls[0].sentence


def test_menus_lead_to_the_wizards(place: Office, panel: WizardPanel, qtbot: QtBot) -> None:
    texts = [a.text().split("\t")[0] for a in menus.lane_menu(place.desk, ADA, panel).actions()]
    assert texts[-4:] == ["Vehicle broken down", "Driver sick", "Running late", "Swap drivers or vehicles"]
    place.desk.select([StopId(2)], StopId(2))
    entries = {a.text().split("\t")[0]: a for a in menus.stop_menu(place.desk, panel).actions()}
    assert entries["Customer cancels"].isEnabled()
    assert not entries["Urgent order"].isEnabled()
    assert entries["Urgent order"].toolTip() == "This order has a driver already. Unassign it first."


def test_who_is_not_chosen_is_asked_for(place: Office, panel: WizardPanel, qtbot: QtBot) -> None:
    place.desk.select(())
    assert place.desk.actions["wizard.sick"].why_not() is not None
    with qtbot.waitSignal(place.desk.message) as told:
        place.desk.actions["wizard.sick"].run()
    assert "Select a driver first" in told.args[0]


def test_a_van_that_goes_again_is_told_from_the_panel(place: Office, panel: WizardPanel, qtbot: QtBot) -> None:
    begin(place, panel, qtbot, "breakdown")
    assert not panel.again.isVisible()  # nobody has told yet that it stands
    statuses.on_route(place.desk.session, ADA, FactKind.BROKEN_DOWN, Said("Mara", at(8, 20)))
    panel.leave()
    begin(place, panel, qtbot, "breakdown")
    assert panel.again.isVisible()
    assert panel.again.text() == "Van repaired"
    panel.again.click()
    assert place.desk.day.facts.down == {}
    assert panel.case is None


def test_the_lane_menu_says_what_can_go_again_or_why_not(place: Office, panel: WizardPanel) -> None:
    statuses.on_route(place.desk.session, ADA, FactKind.SICK, Said("Mara", at(8, 20)))
    menu = menus.lane_menu(place.desk, ADA, panel)
    entries = {a.text().split("\t")[0]: a for a in menu.actions()}
    assert not entries["Van repaired"].isEnabled()
    assert entries["Van repaired"].toolTip() == "Nobody said that Van 01 has broken down."
    entries["Driver well again"].trigger()
    assert place.desk.day.facts.sick == {}


def test_the_panel_is_there_at_once_and_remembers_a_key(place: Office, panel: WizardPanel, qtbot: QtBot) -> None:
    place.desk.select((), None, None, ADA)
    place.desk.actions["wizard.breakdown"].run()
    panel.show()
    assert panel.is_open
    assert panel.case is None
    assert panel.body.lines.text() == "Working out who can help…"
    panel.go_on()
    panel.go_on()  # nobody accepts what he has not seen: only one step is remembered
    settle(panel)
    assert panel.stage == "preview"
    assert place.labels == []
    panel.leave()
    place.desk.actions["wizard.late"].run()
    panel.leave()  # nobody waits any more: it does not come back
    QTest.qWait(100)
    assert not panel.is_open


def test_sick_before_the_start_is_one_preview_and_one_step(tmp_path: Path, qtbot: QtBot) -> None:
    planner = Planner()
    with office.opened(tmp_path) as made:
        panel = WizardPanel(made.desk, lambda: "Mara", None, lambda: planner)
        panel.wizards = Wizards(made.desk, made.store, panel)
        qtbot.addWidget(panel)
        begin(made, panel, qtbot, "sick")
        assert panel.body.replans is True
        panel.go_on()
        assert panel.body.plan.text() == "Ada Quill sick: to Ben Rook"
        panel.go_on()
        assert made.labels == ["Ada Quill sick: to Ben Rook"]
        assert made.desk.day.plan.route(ADA).stops == ()
        assert len(made.desk.day.plan.route(BEN).stops) > 2
        made.desk.session.undo()
        assert made.desk.day.plan.route(ADA).stops == (1, 2, 3)
        panel.stop()
    planner.close()


def test_who_hears_that_it_gets_late_is_ticked_without_a_plan(
    place: Office, panel: WizardPanel, qtbot: QtBot
) -> None:
    order = place.desk.day.orders[OrderId(3)]
    early = replace(order, windows=(Window(at(8, 0), at(8, 50)),))  # he comes at 08:40 by the plan
    place.desk.session.apply(PlanChange("Wanted earlier", orders=(Swap(order, early),)))
    begin(place, panel, qtbot, "late")
    assert panel.body.segments is not None
    panel.body.segments.chosen.emit(2)  # 20 min
    settle(panel)
    calls = panel.body.calls.calls
    assert calls
    panel.body.calls.setFocus()
    press(panel, Qt.Key.Key_Space)
    assert panel.body.calls.calls[0].done
    told = [fact for fact in place.desk.day.facts.entries if fact.kind is FactKind.CALLED]
    assert [(fact.note, fact.value > 0) for fact in told] == [(calls[0].sentence, True)]
    assert place.labels == ["Wanted earlier"]


def test_drivers_vehicles_and_routes_are_matched(qtbot: QtBot, tmp_path: Path) -> None:
    """06:52, nobody has left. Ben costs twice as much a kilometre: he gets the shorter route."""
    with office.opened(tmp_path) as place:
        session = place.desk.session
        ben = session.day.shifts[BEN]
        dear = replace(ben, costs=ben.costs._replace(per_km=100))
        session.apply(PlanChange("Dear", shifts=(Swap(ben, dear),)))
        panel = WizardPanel(place.desk, lambda: "Mara", lambda day, meetings: None)
        panel.wizards = Wizards(place.desk, place.store, panel)
        qtbot.addWidget(panel)
        panel.resize(500, 800)
        begin(place, panel, qtbot, "match")
        assert panel.head.title == "Match drivers, vehicles and routes"
        go_on = place.desk.actions["wizard.go_on"]
        go_on.run()
        settle(panel)
        go_on.run()
        settle(panel)
        assert place.desk.day.shifts[ADA].driver.name == "Ben Rook"
        assert place.desk.day.shifts[BEN].driver.name == "Ada Quill"
        assert session.history.done[-1].label == "Match drivers and vehicles"
        panel.stop()
