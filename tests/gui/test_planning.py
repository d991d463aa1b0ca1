"""The optimise panel with a real worker: live figures, accepting, dropping, a day that changes meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain import edits
from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import planning_result
from dispatch_console.services.planning import Changes, Options, Planner, Scope
from dispatch_console.services.session import DaySession
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.planning import PlanPanel, words
from dispatch_console.ui.theme import apply, look
from tests import factories

ONE, TWO = ShiftId(1), ShiftId(2)
#: Room for a busy machine.


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(DaySession(_unplanned()))


@pytest.fixture
def panel(desk: Desk, planner: Planner, qtbot: QtBot) -> Iterator[PlanPanel]:
    panel = PlanPanel(desk, planner)
    qtbot.addWidget(panel)
    panel.resize(456, 800)
    with qtbot.waitExposed(panel):
        panel.show()
    yield panel
    panel.leave()


def _unplanned(count: int = 6) -> Day:
    shifts = [factories.shift(1, "Ada Quill"), factories.shift(2, "Ben Rook")]
    orders = [factories.order(k) for k in range(1, count + 1)]
    return open_day(factories.DEPOT, factories.DAY, orders, shifts, factories.line_matrix())


def _finish(qtbot: QtBot, panel: PlanPanel) -> None:
    """Until it is over and what it means is worked out, which a busy machine does in slices."""
    qtbot.waitUntil(lambda: panel.run is not None and panel.run.over)
    qtbot.waitUntil(lambda: not panel.search.idle.busy)


def _until_a_plan(qtbot: QtBot, panel: PlanPanel) -> None:
    qtbot.waitUntil(lambda: panel.run is not None and bool(panel.run.points))


def test_a_search_is_shown_and_accepted(panel: PlanPanel, desk: Desk, qtbot: QtBot) -> None:
    seen: list[bool] = []
    panel.shown.connect(seen.append)
    panel.start(Options(seconds=0.5))
    assert panel.footer.stop.isVisible()
    assert not panel.footer.accept.isVisible()
    _finish(qtbot, panel)
    assert panel.footer.accept.isVisible()
    assert [line.stops for line in panel.body.routes.lines] == ["0 → 6"]
    assert panel.body.said.text() == "1 route changes, 6 stops get a driver."
    assert desk.day.plan.pool.stops
    desk.actions["plan.accept"].run()
    assert desk.day.plan.pool.stops == ()
    assert desk.session.history.done[-1].label == "Optimise 1 route"
    assert seen == [True, False]
    assert desk.actions["plan.accept"].why_not() == "No plan waits to be accepted."
    desk.session.undo()
    assert len(desk.day.plan.pool.stops) == 6


def test_stop_and_keep_takes_what_is_there(panel: PlanPanel, qtbot: QtBot) -> None:
    panel.start(Options(seconds=60))
    _until_a_plan(qtbot, panel)
    assert desk_says_running(panel)
    qtbot.mouseClick(panel.footer.stop, Qt.MouseButton.LeftButton)
    _finish(qtbot, panel)
    assert panel.footer.mode == "better"


def desk_says_running(panel: PlanPanel) -> bool:
    return panel._desk.actions["plan.stop"].why_not() is None


def test_escape_cancels_a_search_and_drops_a_result(panel: PlanPanel, desk: Desk, qtbot: QtBot) -> None:
    for seconds in (60, 0.3):
        panel.start(Options(seconds=seconds))
        if seconds < 1:
            _finish(qtbot, panel)
        run = panel.run
        qtbot.keyClick(panel, Qt.Key.Key_Escape)
        assert run is not None
        assert run.over
        assert panel.run is None
        assert len(desk.day.plan.pool.stops) == 6


def test_another_choice_searches_anew(panel: PlanPanel, qtbot: QtBot) -> None:
    panel.start(Options(seconds=0.3))
    panel.choices.chosen.emit(2)
    assert panel.run is not None
    assert panel.run.options.changes is Changes.KEEP_ORDER
    _finish(qtbot, panel)


def test_a_drag_while_it_runs_is_named_and_stays(panel: PlanPanel, desk: Desk, qtbot: QtBot) -> None:
    desk.session.apply(edits.move(desk.day.plan, [StopId(1), StopId(2)], ONE, 0, "by hand"))
    desk.session.apply(edits.move(desk.day.plan, [StopId(3)], TWO, 0, "by hand"))
    panel.start(Options(seconds=0.5))
    desk.session.apply(edits.move(desk.day.plan, [StopId(1)], TWO, 0, "by hand"))
    by_hand = desk.day.plan
    _finish(qtbot, panel)
    assert panel.footer.mode == "nothing"
    assert "Ada Quill" in panel.body.noted.text()
    assert desk.day.plan == by_hand


def test_a_drag_before_accepting_changes_what_is_shown(panel: PlanPanel, desk: Desk, qtbot: QtBot) -> None:
    panel.start(Options(seconds=0.3))
    _finish(qtbot, panel)
    used = next(id for id, route in panel.result.after.plan.routes.items() if id != POOL and route.stops)
    desk.session.apply(edits.move(desk.day.plan, [StopId(1)], used, 0, "by hand"))
    _finish(qtbot, panel)
    assert "left as they are" in panel.body.noted.text()
    # the route that was touched stays as it is; what was found for it goes to the other driver
    assert panel.body.said.text() == "1 route changes, 5 stops get a driver."
    assert "5 stops got another place" in panel.body.noted.text()
    desk.actions["plan.accept"].run()
    assert desk.day.plan.route(used).stops == (StopId(1),)
    assert desk.day.plan.pool.stops == ()


def test_selected_routes_come_from_the_selection(panel: PlanPanel, desk: Desk) -> None:
    desk.session.apply(edits.move(desk.day.plan, [StopId(1)], ONE, 0, "by hand"))
    assert panel.why_not("selected") == "Select the routes to optimise first: click the head of a lane."
    desk.select([StopId(1), StopId(5)])
    assert panel.why_not("selected") is None
    panel.optimise("selected", 60)
    assert panel.run is not None
    assert (panel.run.options.scope, panel.run.options.routes) == (Scope.ROUTES, {ONE})
    assert panel.head.title == "Optimise 1 route"


def test_nothing_to_plan_is_one_sentence(planner: Planner, qtbot: QtBot) -> None:
    panel = PlanPanel(Desk(DaySession(_unplanned(0))), planner)
    qtbot.addWidget(panel)
    assert "no orders" in (panel.why_not("all") or "")
    with pytest.raises(UserError, match="Import some first"):
        panel.optimise("all", 1)


def test_another_day_ends_the_search(panel: PlanPanel, desk: Desk) -> None:
    panel.start(Options(seconds=60))
    run = panel.run
    other = replace(_unplanned(), date=factories.DAY.replace(day=24))
    desk.session.replace_day(other)
    assert run is not None
    assert run.over
    assert panel.run is None


def test_both_schemes_are_painted(panel: PlanPanel, desk: Desk, qtbot: QtBot, qapp: QApplication) -> None:
    panel.start(Options(seconds=0.3))
    _finish(qtbot, panel)
    grounds: list[str] = []
    for dark in (True, False):
        apply.use(qapp, dark)
        desk.theme_changed.emit()
        image = panel.grab().toImage()
        middle = panel.body.curve.geometry().center()
        at = panel.body.mapTo(panel, middle)
        assert image.pixelColor(450, 300).isValid()
        grounds.append(image.pixelColor(at.x(), panel.height() - 100).name().upper())
    assert grounds == ["#1C2025", "#FFFFFF"]
    assert not look.is_dark()


def test_figures_say_better_worse_and_neither() -> None:
    before = words.Totals(10_000, 20_000, 3600, 0, 2, 3, 5)
    after = words.Totals(9_000, 21_000, 3600, 0, 0, 3, 0)
    rows = {f.name: (f.now, f.after, f.change, f.better) for f in words.figures(before, after, "EUR")}
    assert rows["Cost, EUR"] == ("100.00", "90.00", "−10.00", True)
    assert rows["Distance, km"] == ("20", "21", "+1", False)
    assert rows["Driving"] == ("1 h 00", "1 h 00", "", None)
    assert rows["Stops without a driver"] == ("5", "0", "−5", True)


def test_overtime_lateness_and_weights_have_rows_if_they_cost() -> None:
    plain = words.Totals(10_000, 0, 0, 0, 0, 1, 0)
    names = [row.name for row in words.figures(plain, plain._replace(overtime=900, soft=50), "EUR")]
    assert names[1:3] == ["of it overtime, EUR", "Soft, EUR"]
    found = planning_result.totals_of(factories.tours_day())
    assert (found.overtime, found.late, found.soft) == (1000, 0, 0), "25 min at 24.00"


def test_a_row_adds_up_as_it_is_shown() -> None:
    before = words.Totals(0, 283_400, 0, 0, 0, 0, 0)
    row = words.figures(before, before._replace(drive_m=273_600), "EUR")[1]
    assert (row.now, row.after, row.change) == ("283", "274", "−9")
