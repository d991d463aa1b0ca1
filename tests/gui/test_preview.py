"""Re-optimise from now, with a real worker: shown, ticked, accepted, dropped; a day that changes meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain import edits
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.domain.plan import POOL
from dispatch_console.services import preview as service
from dispatch_console.services.planning import Changes, Planner, Scope
from dispatch_console.ui.board import BoardPane
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.preview import PreviewPanel, choice, words
from dispatch_console.ui.preview.choice import Choice
from dispatch_console.ui.preview.words import HeadLine, RouteLine, StopLine
from dispatch_console.ui.previewed import Previewed
from dispatch_console.ui.timeline.pane import TimelinePane
from tests.gui import running
from tests.gui.running import ADA, BEN
from tests.unit.test_calls import out

H, M = 3600, 60
#: Room for a busy machine.
#: Whatever gains a second may change.
ANYTHING = Choice(least_min=0, freeze=0, hand_over=True, seconds=1)


@pytest.fixture
def desk(qtbot: QtBot, themed: QApplication) -> Desk:
    """Ada goes 1, 3, 2 and then 5, which is on Ben's way to 4 … 6; 6 has no driver.

    All on one line: windows say what is served on the way out, and what on the way back.
    """
    early, late = Window(8 * H, 8 * H + 55 * M), Window(9 * H + 21 * M, 16 * H)
    return Desk(running.out(running.planned((1, 3, 2, 5), (4,), stop_3=early, stop_4=early, stop_5=late)))


@pytest.fixture
def kept() -> list[Choice]:
    """The choices that are remembered."""
    return []


@pytest.fixture
def panel(desk: Desk, planner: Planner, kept: list[Choice], qtbot: QtBot) -> Iterator[PreviewPanel]:
    panel = PreviewPanel(desk, planner, ANYTHING, kept.append)
    qtbot.addWidget(panel)
    panel.resize(456, 800)
    with qtbot.waitExposed(panel):
        panel.show()
    yield panel
    panel.leave()


def finish(qtbot: QtBot, panel: PreviewPanel) -> None:
    qtbot.waitUntil(lambda: panel.run is not None and panel.run.over)
    qtbot.waitUntil(lambda: not panel.search.idle.busy)


def start(qtbot: QtBot, panel: PreviewPanel) -> None:
    panel.optimise("all")
    finish(qtbot, panel)


def stops(panel: PreviewPanel) -> dict[tuple[int, bool], StopLine]:
    return {(int(one.stop), one.leaves): one for one in panel.moves.lines if isinstance(one, StopLine)}


def test_what_moves_is_told_route_by_route(panel: PreviewPanel, desk: Desk, qtbot: QtBot) -> None:
    start(qtbot, panel)
    assert panel.head.title == "Preview: re-optimise from 08:30"
    ada, ben = (line for line in panel.moves.lines if isinstance(line, RouteLine))
    assert (ada.name, ada.beside, ada.km, ada.end) == ("Ada Quill", "with BR", "±0 km", ("10:20", "10:30"))
    assert (ben.beside, ben.km, ben.end) == ("with AQ", "−80 km", ("09:25", "–"))
    told = stops(panel)
    four = told[4, False]
    assert (four.before, four.after, four.eta) == ((2, "BR", "1"), (1, "AQ", "3"), ("08:40", "08:50"))
    # Ben need not drive 80 min to 4 and back. Ada goes 20 min further for 4 alone, but passes it on her way to 6:
    # 60 if 4 comes first, 80 if 6 does.
    assert (four.saved, four.km, four.good) == ("+70", "+70.0", True)  # a minute a kilometre
    assert words.spoken(four).endswith("saved, minutes: +70; kilometres: +70.0")
    assert told[6, False].before is None
    assert told[4, True].after == (1, "AQ", "3")  # grey under Ben: it leaves
    head = panel.moves.lines.index(HeadLine("Not moved, ETA changes 15 min or more", 1))
    assert panel.moves.lines[head + 1].eta == ("08:50", "10:05")
    assert panel.moves.heads.caption == "2 moved, 1 new"
    assert desk.previewed is not None
    assert desk.previewed.badges == {4: "from BR", 6: "new", 5: "was 4"}


def test_the_three_minute_figures_add_up(panel: PreviewPanel, desk: Desk, qtbot: QtBot) -> None:
    start(qtbot, panel)
    assert desk.previewed is not None
    rows = {f.name: (f.now, f.after, f.change) for f in words.figures(desk.previewed)}
    assert rows["Driving"] == ("3 h 20", "2 h 00", "−80")
    assert rows["Waiting"] == rows["Late, still open"] == ("0 min", "0 min", "")
    assert rows["Minutes saved"] == ("", "", "80")
    shares = [line.saved for line in panel.moves.lines if isinstance(line, StopLine) and not line.stays]
    assert sum(int(text.replace("−", "-").replace("±", "") or 0) for text in shares) == 80
    metres = [share.metres for share in desk.previewed.saved.values()]
    assert sum(metres) == desk.previewed.seen.saved_m == 80_000
    assert words.shares([100, 80, 100, -30], 5) == [2, 1, 2, 0]
    assert words.shares([], 0) == []
    assert rows["Orders without a route"] == ("1", "0", "−1")
    assert rows["Last van back"] == ("10:20", "10:30", "+10")


def test_all_is_accepted_as_one_step(panel: PreviewPanel, desk: Desk, qtbot: QtBot) -> None:
    seen: list[bool] = []
    panel.shown.connect(seen.append)
    before = desk.day.plan
    start(qtbot, panel)
    assert desk.day.plan == before
    assert desk.actions["preview.accept"].why_not() is None
    desk.actions["preview.accept"].run()
    assert desk.day.plan.route(ADA).stops == (1, 3, 4, 6, 5, 2)
    assert desk.session.history.done[-1].label == "Re-optimise 2 routes"
    assert seen == [True, False]
    assert desk.previewed is None
    assert desk.actions["preview.accept"].why_not() == "No plan waits to be accepted."
    desk.session.undo()
    assert desk.day.plan == before


def test_routes_that_exchange_stops_are_ticked_together(panel: PreviewPanel, desk: Desk, qtbot: QtBot) -> None:
    start(qtbot, panel)
    panel.moves.choose(0)
    qtbot.keyClick(panel.moves, Qt.Key.Key_Space)
    assert panel.moves.ticks == frozenset()
    assert panel.footer.part.toolTip() == "No route is ticked."
    assert not panel.footer.part.isEnabled()
    ben = next(i for i, one in enumerate(panel.moves.lines) if isinstance(one, RouteLine) and one.route == BEN)
    box = panel.moves.rect_of(ben)
    qtbot.mouseClick(panel.moves.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + box.center() / 20)
    assert panel.moves.ticks == {ADA, BEN}


def test_only_what_is_ticked_is_accepted(panel: PreviewPanel, desk: Desk, qtbot: QtBot) -> None:
    after = running.planned((3, 1, 5), (4, 2, 6)).plan
    routes = {id: after.route(id).stops for id in (ADA, BEN)}
    desk.session.apply(edits.take_over(desk.day.plan, routes, "by hand"))  # better: 3, 5, 1 and 4, 6, 2
    panel.choices.take(Choice(choice.DRIVERS, 0, 0, seconds=1))
    start(qtbot, panel)
    told = [line for line in panel.moves.lines if isinstance(line, RouteLine)]
    assert [(line.route, line.beside) for line in told] == [(ADA, ""), (BEN, "")]
    before = desk.day.plan.route(ADA)
    panel.moves.tick(ADA)
    desk.actions["preview.ticked"].run()
    assert desk.day.plan.route(ADA) is before
    assert desk.day.plan.route(BEN).stops in ((4, 6, 2), (6, 4, 2), (2, 6, 4), (2, 4, 6))  # as long
    assert desk.session.history.done[-1].label == "Re-optimise 1 of 2 routes"


def test_another_choice_searches_anew_and_is_remembered(
    panel: PreviewPanel, kept: list[Choice], qtbot: QtBot
) -> None:
    start(qtbot, panel)
    first = panel.run
    other = Choice(choice.ADD, 4, 2, hand_over=True, seconds=2)
    panel.choices.take(other)
    run = panel.run
    assert run is not None
    assert run is not first
    assert (run.options.scope, run.options.freeze_next, run.options.hand_over) == (Scope.UNASSIGNED, 2, True)
    assert (run.options.least_saved_s, run.options.from_now, run.options.seconds) == (240, True, 2.0)
    assert not panel.footer.accept.isEnabled()
    assert kept == [other]
    assert choice.read(other.text) == other
    finish(qtbot, panel)
    assert stops(panel)[6, False].before is None
    panel.choices.take(Choice(choice.ORDER, 2, 0, seconds=1))
    assert panel.run is not None
    assert panel.run.options.changes is Changes.KEEP_ORDER
    unreadable = ("", "free 7 0 0 3", "x 4 2 0 3", "free 4 9 0 3", "free 4 2 0", "free 4 2 0 0")
    assert {choice.read(text) for text in unreadable} == {Choice()}


def test_what_changed_meanwhile_is_left_out_by_name(panel: PreviewPanel, desk: Desk, qtbot: QtBot) -> None:
    start(qtbot, panel)
    desk.session.apply(edits.move(desk.day.plan, [StopId(4)], POOL, 0, "by hand"))
    finish(qtbot, panel)
    assert "Ben Rook" in panel.said.text()
    by_hand = desk.day.plan.route(BEN)
    desk.actions["preview.accept"].run()
    assert desk.day.plan.route(BEN) is by_hand


def test_keys_walk_from_change_to_change_and_show_it(panel: PreviewPanel, desk: Desk, qtbot: QtBot) -> None:
    shown: list[int] = []
    desk.reveal.connect(shown.append)
    assert desk.actions["preview.next"].why_not() == "No plan is previewed."
    start(qtbot, panel)
    for _ in range(2):
        desk.actions["preview.next"].run()
    assert shown == [4, 6]
    assert desk.selected == {6}
    desk.actions["preview.previous"].run()
    assert desk.current == 4
    panel.moves.setFocus()
    qtbot.keyClick(panel.moves, Qt.Key.Key_Up)
    assert (desk.selected, desk.current_route) == (frozenset(), ADA)
    assert panel.moves.accessibleDescription().startswith("Ada Quill: ±0 km, back 10:20 → 10:30.")


def test_escape_drops_the_plan(panel: PreviewPanel, desk: Desk, qtbot: QtBot) -> None:
    before = desk.day.plan
    start(qtbot, panel)
    qtbot.keyClick(panel.moves, Qt.Key.Key_Escape)
    assert panel.run is None
    assert desk.previewed is None
    assert desk.day.plan == before


def test_nothing_better_says_so(panel: PreviewPanel, desk: Desk, qtbot: QtBot) -> None:
    panel.choices.take(Choice(choice.ORDER, 10, 5, seconds=1))
    desk.session.apply(edits.move(desk.day.plan, [StopId(6)], ADA, 4, "by hand"))
    start(qtbot, panel)
    assert panel.said.text() == "No better plan was found: the routes stay as they are."
    assert panel.moves.lines == ()
    assert desk.previewed is None
    assert panel.footer.accept.toolTip() == "There is nothing to accept."


def test_the_board_shows_the_cards_of_the_plan_after(panel: PreviewPanel, desk: Desk, qtbot: QtBot) -> None:
    board = BoardPane(desk)
    qtbot.addWidget(board)
    board.resize(1200, 600)
    start(qtbot, panel)
    assert board.view.lanes[0].stops == (1, 3, 4, 6, 5, 2)
    assert board.view.marks == {4: "from BR", 6: "new", 5: "was 4"}
    assert board.head.count == "2 of 2, touched by the preview"
    panel.leave()
    assert board.view.lanes[0].stops == (1, 3, 2, 5)
    assert (board.view.marks, board.head.count) == ({}, "2")


def test_only_lanes_that_change_stand_on_the_board_until_all_are_wanted(desk: Desk, qtbot: QtBot) -> None:
    board = BoardPane(desk)
    qtbot.addWidget(board)
    after = desk.day.apply(edits.take_over(desk.day.plan, {BEN: (StopId(4), StopId(6))}, "Found"))
    desk.preview(Previewed(desk.day, after, service.preview(desk.day, after), {}))
    assert [lane.id for lane in board.view.lanes] == [BEN]
    assert board.head.count == "1 of 2, touched by the preview"
    qtbot.mouseClick(board._all, Qt.MouseButton.LeftButton)
    assert [lane.id for lane in board.view.lanes] == [ADA, BEN]
    assert board._all.text() == "Show the touched ones"


def test_the_timeline_shows_the_plan_after(panel: PreviewPanel, desk: Desk, qtbot: QtBot) -> None:
    timeline = TimelinePane(desk)
    qtbot.addWidget(timeline)
    start(qtbot, panel)
    after = desk.shown.plan.route(ADA).stops  # as found: the same way round or the other
    assert set(after) == {1, 2, 3, 4, 5, 6}
    assert tuple(timeline.chart.rows[ADA].data_now.stops) == after
    desk.select([StopId(4)], StopId(4))  # Ben's so far: keys walk among the bars that are drawn
    QTest.keyClick(timeline.chart, Qt.Key.Key_Right)
    assert desk.current == after[after.index(StopId(4)) + 1]
    QTest.keyClick(timeline.chart, Qt.Key.Key_Down)
    assert desk.current in desk.shown.plan.route(BEN).stops or not desk.shown.plan.route(BEN).stops
    assert timeline.head.count == "after the preview"
    panel.leave()
    assert tuple(timeline.chart.rows[ADA].data_now.stops) == (1, 3, 2, 5)


def test_a_stop_that_keeps_its_printed_number_is_told_by_its_neighbour(qapp: QApplication) -> None:
    day = out().day  # sheets are printed: Ada has 1, 2, 3
    after = day.apply(edits.resequence(day.plan, ADA, (StopId(2), StopId(3), StopId(1)), "Found"))
    seen = Previewed(day, after, service.preview(day, after), {StopId(1): service.Share(0, 0)})
    assert seen.badges == {1: "later"}
    moved = next(line for line in words.lines(seen) if isinstance(line, StopLine) and not line.stays)
    assert (moved.before, moved.follows) == ((1, "AQ", "1"), "after 3")
    assert "AQ 1 → after 3" in words.spoken(moved)
