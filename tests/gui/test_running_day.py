"""The window from approval to the closed day: state, figures, what to look at, orders, timeline. The small day."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import Day, DayState, open_day
from dispatch_console.domain.facts import NO_STOP, Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import NextKind, NextStep, OrderId, StopId, Window
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.weights import Weights
from dispatch_console.services import day as days
from dispatch_console.services import reschedule, sheet_versions
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said, on_route, status
from dispatch_console.ui.board import menus
from dispatch_console.ui.departure.panel import DeparturePanel
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.map import payload
from dispatch_console.ui.models.idle import Idle
from dispatch_console.ui.models.orders_model import OrdersModel
from dispatch_console.ui.models.plan_model import PlanModel
from dispatch_console.ui.models.why import Why
from dispatch_console.ui.shell import daystate, figures
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.theme import apply
from dispatch_console.ui.timeline import rowdata
from tests.factories import DAY, DEPOT, line_matrix, small_day
from tests.gui.conftest import MORNING, OpenWindow

ADA, BEN = ShiftId(1), ShiftId(2)
S = [StopId(k) for k in range(7)]
EIGHT = 8 * 3600
MARA = Said("Mara", EIGHT)


@pytest.fixture(scope="module", autouse=True)
def _fonts(qapp: object) -> None:
    apply.load_fonts()


def approved(day: Day | None = None) -> DaySession:
    session = DaySession(day or small_day())
    days.approve(session, "Mara", MORNING)
    return session


def running() -> DaySession:
    session = approved()
    days.set_out(session, session.day.shifts, MARA)
    return session


def tell(session: DaySession, stop: int, at: int, kind: FactKind = FactKind.DELIVERED, **more: object) -> None:
    status(session, S[stop], kind, Said("Mara", EIGHT + at), **more)


# --- the state in words ---


def test_the_pill_says_how_far_the_day_is() -> None:
    assert daystate.pill(small_day()) == "Draft"
    session = approved()
    assert daystate.pill(session.day) == "Approved"
    days.set_out(session, [ADA], MARA)
    assert daystate.pill(session.day) == "Approved · 1 out"
    days.set_out(session, [BEN], Said("Jo", EIGHT + 300))
    assert daystate.pill(session.day) == "Approved · 2 out"
    days.set_back(session, [ADA], Said("Mara", 50_400))
    assert daystate.pill(session.day) == "1 out · 1 back"
    days.set_back(session, [BEN], Said("Mara", 50_500))
    assert daystate.pill(session.day) == "2 back"
    closing = [Fact(NO_STOP, id, FactKind.CLOSED, 60_000, recorded=60_000, who="Jo") for id in (ADA, BEN)]
    session.record(closing, 60_000)
    assert daystate.pill(session.day) == "2 closed"
    for stop in (1, 2, 3, 4, 5):
        tell(session, stop, 40_000)
    reschedule.decide(session, [OrderId(6)], NextStep(NextKind.CANCEL))
    days.close(session, Said("Mara", 61_200))
    assert (daystate.pill(session.day), daystate.dot(session.day)) == ("Closed", "tx3")
    assert daystate.history(session.day) == [
        "Approved by Mara, Mon 23 Nov 06:52",
        "2 closed, 16:40, told by Jo",
        "Day closed by Mara, 17:00",
    ]


def test_the_history_names_who_told_and_from_when_to_when() -> None:
    session = approved()
    days.set_out(session, [ADA], MARA)
    days.set_out(session, [BEN], Said("Jo", EIGHT + 300))
    assert daystate.history(session.day)[1:] == ["2 out, 08:00–08:05, told by Mara, Jo"]
    assert daystate.history(small_day()) == ["Draft: nothing is fixed yet"]


# --- the toolbar ---


def test_the_next_step_takes_the_place_of_the_last(open_window: OpenWindow) -> None:
    window = open_window(pages={"debrief": QWidget})
    bar, session = window.toolbar, window.desk.session
    window.desk.who = lambda: "Mara"
    assert (bar.approve.isVisible(), bar.out.isVisible(), bar.debrief.isVisible()) == (True, False, False)
    bar.approve.click()
    session.set_approval(sheet_versions.after_printing(session.day, {ADA: 1, BEN: 1}))
    QApplication.processEvents()
    assert (bar.approve.isVisible(), bar.out.isVisible(), bar.debrief.isVisible()) == (False, True, False)
    assert bar.optimise.main.text() == "Optimise"
    bar.out.click()
    assert session.day.state is DayState.OUT
    assert session.day.facts.states[ADA].who == "Mara"
    assert (bar.approve.isVisible(), bar.out.isVisible(), bar.debrief.isVisible()) == (False, False, True)
    assert (bar.optimise.main.text(), bar.state.text) == ("Re-optimise", "Approved · 2 out")
    assert "2 out, 06:52, told by Mara" in bar.state.toolTip()


def test_without_a_page_there_is_no_debrief_button(window: MainWindow) -> None:
    days.approve(window.desk.session, "Mara", MORNING)
    days.set_out(window.desk.session, [ADA, BEN], MARA)
    QApplication.processEvents()
    assert not window.toolbar.debrief.isVisible()


def test_the_pill_opens_what_can_be_done_next(window: MainWindow) -> None:
    window.run_id("day.approve")
    menu = window.toolbar.state.menu
    assert menu is not None
    window.run_id("day.state")
    texts = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    assert texts[0] == "Approved by Mara, Mon 23 Nov 06:52"
    assert {"Undo the approval", "All vans are out", "Close the day"} <= set(texts)
    out = next(action for action in menu.actions() if action.text().startswith("All vans are out"))
    out.trigger()
    menu.close()
    assert window.desk.day.state is DayState.OUT
    closing = next(action for action in menu.actions() if action.text().startswith("Close the day"))
    assert not closing.isEnabled()
    window.toolbar.state.menu.popup(window.pos())
    closing = next(action for action in menu.actions() if action.text().startswith("Close the day"))
    assert closing.toolTip() == "These routes are not closed yet: Ada Quill, Ben Rook."
    menu.close()


def test_keys_set_the_route_in_talk_out_and_back(window: MainWindow) -> None:
    desk = window.desk
    window.run_id("day.approve")
    window.run_id("board.out")
    assert "Select a stop or click a driver first." in window.status.texts()
    desk.select((), None, None, ADA)
    window.show_pane("board")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
    assert days.out(desk.day) == [ADA]
    window.run_id("board.back")
    assert desk.day.facts.state(ADA) is FactKind.BACK
    window.run_id("board.not_out")
    assert days.out(desk.day) == [ADA]
    window.run_id("day.back")
    assert daystate.pill(desk.day) == "Approved · 1 back"


def test_the_menu_of_a_lane_says_what_can_be_told(window: MainWindow) -> None:
    desk = window.desk
    days.approve(desk.session, "Mara", MORNING)
    menu = menus.lane_menu(desk, ADA, window)

    def entry(menu: QMenu, start: str):
        return next(action for action in menu.actions() if action.text().startswith(start))

    assert entry(menu, "Van is out").isEnabled()
    assert (entry(menu, "Van is back").isEnabled(), entry(menu, "Van is back").toolTip()) == (
        False,
        "Ada Quill has not left yet.",
    )
    entry(menu, "Van is out").trigger()
    assert days.out(desk.day) == [ADA]
    assert entry(menus.lane_menu(desk, ADA, window), "Has not left after all").isEnabled()
    days.set_back(desk.session, [ADA], MARA)
    entry(menus.lane_menu(desk, ADA, window), "Not back yet after all").trigger()
    assert days.out(desk.day) == [ADA]


# --- the status bar ---


def test_the_figures_count_what_happened() -> None:
    session = running()
    tell(session, 1, 900)
    tell(session, 2, 1800, FactKind.FAILED, reason=Reason.ABSENT)
    tell(session, 3, 2600, FactKind.ARRIVED)
    tell(session, 5, 3900, FactKind.FAILED, reason=Reason.REFUSED)
    shown = figures.figures(session.day)
    # Ben told only of his second stop: the first is presumed.
    assert [count.text for count in shown.counts] == [
        "6 orders",
        "1 delivered",
        "1 presumed",
        "2 failed",
        "1 at the door",
        "1 unassigned",
    ]
    assert shown.broken == ""


def test_what_has_a_price_is_not_broken_and_weights_stand_apart() -> None:
    day = small_day()
    late = [replace(o, windows=(Window(EIGHT, EIGHT + 300),), late_per_min=20) for o in day.orders.values()]
    priced = open_day(
        DEPOT, DAY, late, day.shifts.values(), line_matrix(), day.plan, weights=Weights(balance_stops=100)
    )
    shown = figures.figures(priced)
    cost = sum(timed.cost for timed in priced.schedules.values())
    assert cost > sum(timed.cost for timed in day.schedules.values())
    assert (shown.broken, shown.cost) == ("", f"CHF {(cost + 50) // 100} + 13 soft"), "(3² + 2²) × 1.00"


def test_only_open_stops_will_be_late_and_vans_are_down() -> None:
    day = small_day()
    late = (Window(EIGHT, EIGHT + 300),)
    orders = [replace(o, windows=late) if o.id in (1, 4) else o for o in day.orders.values()]
    session = approved(open_day(DEPOT, DAY, orders, day.shifts.values(), line_matrix(), day.plan))
    assert figures.figures(session.day).broken == "2 late"
    days.set_out(session, [ADA, BEN], MARA)
    tell(session, 1, 900)
    assert figures.figures(session.day).broken == "1 will be late"
    on_route(session, BEN, FactKind.BROKEN_DOWN, MARA)  # what is on a van that stands still is its own trouble
    on_route(session, ADA, FactKind.SICK, MARA)
    assert figures.figures(session.day).broken == "1 van down · 1 driver sick"


def test_the_status_bar_shows_them(open_window: OpenWindow) -> None:
    window = open_window(running().day)
    tell(window.desk.session, 1, 900)
    QApplication.processEvents()
    assert [t for t in window.status.texts() if "delivered" in t or "to do" in t] == ["1 delivered", "4 to do"]


def test_the_minute_of_the_window_lets_the_day_go_on(open_window: OpenWindow) -> None:
    window = open_window(running().day)
    window.desk.clock = lambda: dt.datetime(2026, 11, 23, 7, 20, tzinfo=dt.UTC)
    window._on_minute()
    QApplication.processEvents()
    assert window.desk.day.now == EIGHT + 1200
    assert "1 presumed" in window.status.texts()


# --- what to look at ---


@pytest.fixture
def panel(qtbot: QtBot) -> DeparturePanel:
    day = small_day()
    shifts = dict(day.shifts)
    driver = replace(shifts[BEN].driver, licence_until=DAY - dt.timedelta(days=1))
    shifts[BEN] = replace(shifts[BEN], driver=driver)
    orders = [replace(o, windows=(Window(EIGHT, EIGHT + 1000),)) if o.id == 1 else o for o in day.orders.values()]
    panel = DeparturePanel(Desk(DaySession(open_day(DEPOT, DAY, orders, shifts.values(), line_matrix(), day.plan))))
    qtbot.addWidget(panel)
    panel.resize(400, 600)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def test_the_list_leads_to_each_problem(panel: DeparturePanel, qtbot: QtBot) -> None:
    desk, wanted, revealed = panel._desk, [], []
    panel.record_wanted.connect(lambda route, field: wanted.append((route, field)))
    desk.reveal.connect(revealed.append)
    panel.open()
    assert [p.what for p in panel.model.problems] == [
        "Ben Rook: licence ended 22 Nov",
        "Customer 1: 6 min to spare",
    ]
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert wanted == [(BEN, "licence")]
    assert desk.current_route == BEN
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert (revealed, desk.current, desk.selected) == ([1], S[1], frozenset({S[1]}))
    rect = panel.list.visualRect(panel.model.index(0, 0))
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert wanted == [(BEN, "licence")] * 2
    QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_it_follows_the_day_and_sets_the_vans_out(panel: DeparturePanel, qtbot: QtBot) -> None:
    session = panel._desk.session
    panel.open()
    assert not panel.footer.out.isVisible(), "a draft does not leave"
    days.approve(session, "Mara", MORNING)
    qtbot.waitUntil(lambda: panel.head.count == "3")
    assert "2 sheets not printed" in [p.what for p in panel.model.problems]
    shown: list[bool] = []
    panel.shown.connect(shown.append)
    said: list[str] = []
    panel._desk.message.connect(lambda text, _kind: said.append(text))
    panel._desk.departing.connect(panel.warn)
    panel.footer.out.click()
    assert session.day.state is DayState.OUT
    assert shown == [False], "the day is out: the board is what counts, and the orders have their place again"
    assert said == ["All vans are out. 3 to look at: F7 lists them."]
    panel.open()
    assert (shown, panel.head.count) == ([False, True], "3")
    session.tick(EIGHT + 600)
    assert shown == [False, True], "asked for, it stays"


def test_a_stop_without_a_driver_is_shown_among_the_orders(panel: DeparturePanel) -> None:
    """The list stands where the orders are, so it gives way."""
    session, shown = panel._desk.session, []
    panel.shown.connect(shown.append)
    homeless = replace(session.day.orders[OrderId(6)], place=None)
    session.apply(PlanChange("No place", orders=(Swap(session.day.orders[OrderId(6)], homeless),)))
    panel.open()
    row = next(i for i, problem in enumerate(panel.model.problems) if problem.stop == S[6])
    panel.go(row)
    assert (shown, panel._desk.current) == ([True, False], S[6])


def test_it_warns_by_itself_only_if_there_is_something(qtbot: QtBot) -> None:
    session = approved()
    session.set_approval(sheet_versions.after_printing(session.day, {ADA: 1, BEN: 1}))
    panel = DeparturePanel(Desk(session))
    qtbot.addWidget(panel)
    shown: list[bool] = []
    panel.shown.connect(shown.append)
    panel.warn((ADA,))
    assert shown == []
    session.set_approval(replace(session.day.approval, printed={BEN: 1}))
    panel.warn((ADA,))
    assert shown == [True]
    assert [p.what for p in panel.model.problems] == ["Ada Quill: sheet not printed"]


def test_approving_and_setting_out_ask_for_a_look(window: MainWindow) -> None:
    asked: list[object] = []
    window.desk.departing.connect(asked.append)
    window.run_id("day.approve")
    window.desk.select((), None, None, ADA)
    window.run_id("board.out")
    window.run_id("day.out")
    assert asked == [None, (ADA,), (BEN,)]
    assert window.desk.day.state is DayState.OUT, "it warns and blocks nothing"


# --- orders, timeline, map ---


def test_the_table_says_how_each_order_ended(qtbot: QtBot) -> None:
    session = running()
    desk = Desk(session)
    model = OrdersModel(desk, Why(desk, Idle()))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tell(session, 1, 900)
    tell(session, 2, 1800, FactKind.FAILED, reason=Reason.WRONG_ADDRESS)
    tell(session, 5, 3900, FactKind.SKIPPED)
    told = {id: model.standing(model.order(OrderId(id)).stop).told for id in range(1, 7)}
    assert told == {1: "delivered", 2: "wrong address", 3: "", 4: "presumed", 5: "skipped", 6: ""}
    titles = [model.data(model.index(row, 0)) for row in range(model.rowCount())]
    assert "Done" in titles
    texts = {model.data(model.index(row, 6)) for row in range(model.rowCount())}
    assert {"AQ delivered", "AQ wrong address", "BR presumed"} <= texts


def test_the_clock_moves_a_presumed_order_to_done(qtbot: QtBot) -> None:
    session = running()
    desk = Desk(session)
    model = OrdersModel(desk, Why(desk, Idle()))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    plan = PlanModel(desk, model)
    QAbstractItemModelTester(plan, QAbstractItemModelTester.FailureReportingMode.Fatal)
    session.tick(EIGHT + 1000)
    assert model.standing(S[1]).told == "presumed"
    assert model.standing(S[2]).told == ""


def test_the_timeline_knows_done_stuck_and_planned() -> None:
    session = running()
    tell(session, 1, 2100)
    row = rowdata.of_route(session.day, ADA)
    assert row.done.tolist() == [True, False, False]
    assert (row.driven, row.planned_end, row.stuck) == (EIGHT + 2100, EIGHT + 4500, False)
    on_route(session, BEN, FactKind.BROKEN_DOWN, MARA)
    broken = rowdata.of_route(session.day, BEN)
    assert (broken.stuck, broken.driven) == (True, EIGHT)
    assert broken.planned_end == session.day.baseline.routes[BEN].end, "he stands: it will be later"
    assert not np.any(broken.done)


def test_the_map_greys_what_is_presumed_too() -> None:
    session = running()
    tell(session, 2, 1800, FactKind.FAILED)
    states = {row[0]: row[5] for row in payload._stops(session.day, ADA)}
    assert states == {1: payload.DONE, 2: payload.DONE, 3: 0}
    assert payload._route(session.day, ADA)["driven"] == 2
    before = session.day
    session.tick(EIGHT + 2700)
    assert session.day.schedules[BEN] is before.schedules[BEN]
    delta = payload.difference(before, session.day)
    assert delta is not None
    driven = {route["id"]: route["driven"] for route in json.loads(delta)["routes"]}
    assert driven[BEN] == 1, "nobody phoned, but at 08:45 his first stop is over"


def test_the_sample_lives_until_half_past_eleven(tmp_path: Path) -> None:
    from dispatch_console.services import days as opening
    from dispatch_console.services import sample, sample_running
    from dispatch_console.store.store import open_store

    store = open_store(str(tmp_path / "store.db"))
    try:
        depot = sample.ensure(store)
        session = DaySession(opening.open_day(store, depot.id, sample.day()))
        sample_running.lived(session)
        shown = figures.figures(session.day)
        assert daystate.pill(session.day) == "Approved · 8 out"
        assert shown.broken.endswith("1 van down")
        assert {count.text.partition(" ")[2] for count in shown.counts} >= {
            "delivered", "partial", "presumed", "failed", "at the door", "to do",
        }  # fmt: skip
    finally:
        store.close()
