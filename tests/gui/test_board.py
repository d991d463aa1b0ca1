"""The board: what lanes and cards say, what keys and clicks do. The small day is known by heart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import open_day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.fleet import Break, Capacity, DrivingBreaks, ShiftId
from dispatch_console.domain.orders import Address, StopId, Window
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.domain.sizes import Money
from dispatch_console.services import dispatch
from dispatch_console.services.session import DaySession
from dispatch_console.ui.actions import Action
from dispatch_console.ui.board import BoardPane, menus
from dispatch_console.ui.board.geometry import CARDS_TOP, HEAD, LANE, LANE_NARROW, MARGIN
from dispatch_console.ui.board.lanes import BREAK, CARD, FOLD, RELOAD, Badge, Lane
from dispatch_console.ui.board.paint_card import cut, fitting, width
from dispatch_console.ui.board.view import BoardView
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import marks, tooltips
from dispatch_console.ui.theme import apply, look
from tests.factories import DAY, DEPOT, line_matrix, order, shift, small_day, tours_day
from tests.gui.board_day import rich_day

A, B = ShiftId(1), ShiftId(2)


@pytest.fixture(scope="module", autouse=True)
def _fonts(qapp: object) -> None:
    apply.load_fonts()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(DaySession(small_day()))


@pytest.fixture
def pane(desk: Desk, qtbot: QtBot) -> Iterator[BoardPane]:
    pane = BoardPane(desk)
    qtbot.addWidget(pane)
    pane.resize(1078, 708)
    with qtbot.waitExposed(pane):
        pane.show()
    yield pane


@pytest.fixture
def view(pane: BoardPane) -> BoardView:
    return pane.view


def lane_of(day, route: ShiftId, *, unfolded: bool = False) -> Lane:
    return Lane(day, day.shifts[route], unfolded=unfolded)


def card_at(view: BoardView, lane: int, row: int) -> QPoint:
    """The middle of a card, counted among the rows of its lane."""
    return view.geometry_now.row_rect(lane, view.lanes[lane].rows[row]).center()


def click(qtbot: QtBot, view: BoardView, at: QPoint, *mods: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for mod in mods:
        held |= mod
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, at)


CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


# --- what lanes and cards say ---


def test_a_lane_sums_up_its_route() -> None:
    lane = lane_of(small_day(), A)
    # Out to place 3 and back: 6 × 10 km, 6 × 600 s; three services of 300 s: 08:00 + 4500 s
    assert (lane.sum_text, lane.km_text, lane.end_text) == ("3 stops", "60 km", "09:15")
    assert [(load.unit, load.text) for load in lane.loads] == [("kg", "30%"), ("m³", "30%"), ("pc", "30%")]
    assert lane.badges == ()
    assert [(row.kind, row.top, row.height) for row in lane.rows] == [
        ("card", 0, CARD),
        ("card", 40, CARD),
        ("card", 80, CARD),
    ]


def test_a_card_says_when_who_where() -> None:
    card = lane_of(small_day(), A).card(1)
    assert (card.seq, card.eta, card.window, card.late) == ("2", "08:25", "", "")
    assert (card.name, card.town, card.marks, card.status) == ("Customer 2", "Lindmoor", (), "open")


def day_of(*orders, **changes: object):
    """All orders on the route of one driver, whose shift is changed."""
    route = Route(A, tuple(o.stop for o in orders))
    return open_day(DEPOT, DAY, orders, [shift(1, "Ada Quill", **changes)], line_matrix(), Plan({A: route}))


def test_badges_say_the_worst_first() -> None:
    day = day_of(
        order(1, windows=(Window(28_800, 29_000),)),  # arrives 29,400: 400 s late
        order(2, skills=("crane",), windows=(Window(36_000, 40_000),)),  # waits from 30,300 to 36,000: 95 min
        vehicle=replace(shift(1).vehicle, capacity=Capacity(19_500, 1_000, None)),
    )
    lane = lane_of(day, A)
    assert lane.badges == (
        Badge("1 late", True),
        Badge("1 kg over", True),
        Badge("needs crane", True),
        Badge("95 min", False, "ph.hourglass"),
    )
    kg, _, pieces = lane.loads
    assert (kg.text, kg.share) == ("103%", 20_000 / 19_500)
    assert (pieces.text, pieces.share) == ("2", None), "not limited: the number itself"
    assert lane.card(0).late == "+6"
    assert lane.card(1).eta == "10:00"
    assert lane.card(1).waits


def test_an_absent_driver_keeps_his_lane() -> None:
    assert lane_of(day_of(order(1), absent=True), A).badges == (Badge("absent", True),)
    assert lane_of(day_of(absent=True), A).badges == (Badge("absent", False),)
    assert lane_of(day_of(), A).end_text == "–"


def test_the_break_stands_between_two_cards() -> None:
    day = day_of(order(1), order(2), order(3), pause=Break(1800, Window(29_700, 32_000)))
    lane = lane_of(day, A)
    assert [row.kind for row in lane.rows] == ["card", "break", "card", "card"]
    assert [row.top for row in lane.rows] == [0, 40, 40 + BREAK, 80 + BREAK]
    assert lane.pause_text(0) == "08:15–08:45 break", "at 29,700, on the road to stop 2"


def test_breaks_by_driving_time_stand_one_by_one() -> None:
    lane = lane_of(day_of(order(1), order(2), pause=DrivingBreaks(900, 600)), A)
    # 10 min to stop 1, 5 of 10 to stop 2, 08:20–08:30; 5 and 10 of the 20 back, 08:50–09:00
    assert [row.kind for row in lane.rows] == ["card", "break", "card", "break"]
    assert (lane.pause_text(0), lane.pause_text(1)) == ("08:20–08:30 break", "08:50–09:00 break")
    long = lane_of(day_of(order(6), pause=DrivingBreaks(1800, 600)), A)
    # 30, 08:30–08:40, 30 to stop 6, where he has reached the limit again: 09:15 at once, and after 30 more
    assert [row.kind for row in long.rows] == ["break", "card", "break", "break"]
    assert (long.pause_text(1), long.pause_text(2)) == ("09:15–09:25 break", "09:55–10:05 break")


def test_a_reload_stands_between_two_tours(qtbot: QtBot) -> None:
    lane = lane_of(tours_day(), A)  # see there: reload 09:15–09:35, 25 min of overtime
    assert [row.kind for row in lane.rows] == ["card", "card", "card", "reload", "card", "card"]
    assert lane.height == 5 * CARD + RELOAD
    assert lane.reload_texts(0) == ("09:15–09:35 reload", "tour 2: 67% kg", False)
    assert lane.badges == (Badge("25 min overtime", False, "ph.money", brief="+25"),)
    says = lane.reload_says(0)
    assert "Reload at depot" in says and "Tour 2, stops 4–5, leaves 09:35: 20 of 30 kg" in says
    desk = Desk(DaySession(tours_day()))
    pane = BoardPane(desk)
    qtbot.addWidget(pane)
    pane.resize(600, 600)
    pane.show()
    now, row = pane.view.geometry_now, lane.rows[3]
    middle = now.row_rect(0, row).center()
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert not desk.selected, "it is not a stop: nothing to select or to drag"
    assert (now.slot_at(0, middle.y()), now.slot_top(0, 3)) == (3, lane.rows[4].top)


def test_a_priced_lateness_is_no_broken_rule() -> None:
    late = order(1, windows=(Window(28_800, 29_000),), late_per_min=30)  # arrives 29,400: 400 s, 2.00
    day = day_of(late)
    lane = lane_of(day, A)
    assert (lane.late, lane.late_priced, lane.badges) == (0, 1, (Badge("1 late", False, "ph.money"),))
    assert lane.card(0).priced and lane.card(0).late == "+6"
    assert "6 min late where lateness has a price, CHF 2.00" in tooltips.of_route(day, A)


def test_two_windows_show_the_one_that_counts() -> None:
    day = day_of(order(1, windows=(Window(0, 3600), Window(36_000, 43_200), Window(50_000, 51_000))))
    assert lane_of(day, A).card(0).window == "10–12"


def facts_of(done: int, failed: tuple[int, ...] = ()) -> Facts:
    kinds = {True: FactKind.FAILED, False: FactKind.DELIVERED}
    return Facts(tuple(Fact(StopId(k), A, kinds[k in failed], 29_000 + 60 * k) for k in range(1, done + 1)))


def test_older_done_stops_fold_into_one_row() -> None:
    orders = [order(1, id=k, stop=StopId(k), reference=f"A{k}") for k in range(1, 11)]
    day = day_of(*orders).with_facts(facts_of(8, failed=(2, 8)), 30_000)
    lane = lane_of(day, A)
    assert lane.folded == (3, 1, 0)
    assert [(row.kind, row.at, row.height) for row in lane.rows[:2]] == [("fold", 0, FOLD), ("card", 3, CARD)]
    assert lane.sum_text == "8/10 done"
    assert [lane.card(k).status for k in (6, 7, 8)] == ["delivered", "failed", "open"]
    assert len(lane_of(day, A, unfolded=True).rows) == 11


def test_signs_give_way_to_figures() -> None:
    """A window is never cut: signs are counted instead, and if that does not help the window is left out."""
    day = day_of(
        order(
            1,
            windows=(Window(34_200, 37_800),),
            cod=Money(100, "CHF"),
            skills=("cold", "age-check", "two-man"),
        )
    )
    card = lane_of(day, A).card(0)
    assert card.window == "09:30–10:30"
    everything, shown = fitting(card, 300)
    assert (everything, shown) == ((marks.COD, marks.TWO_MAN, marks.COLD, "+1"), True)
    signs, shown = fitting(card, 110)
    assert (signs, shown) == ((marks.COD, "+3"), True)
    signs, shown = fitting(card, 80)
    assert (len(signs), shown) == (4, False)


def test_a_town_is_cut_by_dots(qtbot: QtBot) -> None:
    assert cut("Northcote", 200) == ("Northcote", "")
    town, dots = cut("Northcote", 40)
    assert dots == "…"
    assert "Northcote".startswith(town)
    assert width(town, "secondary") + width(dots, "data") <= 40


# --- geometry ---


def test_everything_lies_where_the_picture_has_it(view: BoardView) -> None:
    now = view.geometry_now
    assert (now.width, MARGIN, HEAD) == (LANE, 8, 92)
    assert [now.lane_left(i) for i in (0, 1)] == [8, 8 + 148 + 4]
    assert now.row_rect(0, view.lanes[0].rows[0]).getCoords() == (9, 101, 8 + 146, 140)
    assert now.head_rect(0).bottom() + 1 == CARDS_TOP == 101


def test_lanes_are_narrower_in_a_small_window(pane: BoardPane) -> None:
    pane.resize(744, 450)
    assert pane.view.geometry_now.width == LANE_NARROW
    pane.resize(1078, 708)
    assert pane.view.geometry_now.width == LANE


def test_what_lies_under_a_point(view: BoardView) -> None:
    now = view.geometry_now
    hits = [now.hit(QPoint(*at)) for at in ((20, 20), (146, 24), (20, 110), (20, 400), (2, 50), (900, 50))]
    assert [hit and hit.part for hit in hits] == ["head", "lock", "card", "rest", None, None]
    assert [now.slot_at(0, y) for y in (101, 120, 122, 160, 162, 200, 202, 500)] == [0, 0, 1, 1, 2, 2, 3, 3]


# --- clicks ---


def test_clicks_select_as_in_an_explorer(desk: Desk, view: BoardView, qtbot: QtBot) -> None:
    click(qtbot, view, card_at(view, 0, 0))
    assert (desk.selected, desk.current, desk.current_route) == ({1}, 1, A)
    click(qtbot, view, card_at(view, 0, 2), SHIFT)
    assert desk.selected == {1, 2, 3}
    click(qtbot, view, card_at(view, 0, 1), CTRL)
    assert desk.selected == {1, 3}
    click(qtbot, view, card_at(view, 1, 0), CTRL)
    assert desk.selected == {1, 3, 4}
    click(qtbot, view, card_at(view, 1, 0))
    assert desk.selected == {4}, "on releasing: no drag came of it"
    click(qtbot, view, QPoint(600, 500))
    assert desk.selected == frozenset()


def test_a_press_on_one_of_several_keeps_them_for_a_drag(desk: Desk, view: BoardView, qtbot: QtBot) -> None:
    desk.select([StopId(1), StopId(2)])
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=card_at(view, 0, 1))
    assert desk.selected == {1, 2}
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=card_at(view, 0, 1))
    assert desk.selected == {2}


def test_heads_and_padlocks(desk: Desk, view: BoardView, qtbot: QtBot) -> None:
    click(qtbot, view, view.geometry_now.lock_rect(1).center())
    assert desk.day.plan.route(B).locked
    assert view.lanes[1].route.locked
    desk.session.undo()
    assert not view.lanes[1].route.locked
    click(qtbot, view, QPoint(200, 40))
    assert (desk.selected, desk.current_route) == (frozenset(), B)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 40))
    assert desk.selected == {4, 5}


def test_a_double_click_shows_a_stop_everywhere(desk: Desk, view: BoardView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.reveal) as signal:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=card_at(view, 0, 1))
    assert signal.args == [2]


def test_folded_stops_unfold_by_a_click(qtbot: QtBot) -> None:
    orders = [order(1, id=k, stop=StopId(k), reference=f"A{k}") for k in range(1, 11)]
    desk = Desk(DaySession(day_of(*orders).with_facts(facts_of(8), 30_000)))
    pane = BoardPane(desk)
    qtbot.addWidget(pane)
    pane.resize(1078, 708)
    pane.show()
    view = pane.view
    click(qtbot, view, QPoint(40, CARDS_TOP + 10))
    assert len(view.lanes[0].rows) == 11
    click(qtbot, view, QPoint(40, CARDS_TOP + 10))
    assert view.lanes[0].rows[0].kind == "fold"
    view.scroll_to(StopId(1))
    assert view.lanes[0].row_of(0) is not None, "what is to be shown is unfolded"


# --- keys ---


def press(
    qtbot: QtBot, view: BoardView, key: Qt.Key, mods: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(view, key, mods)


def test_arrows_walk_the_stops(desk: Desk, view: BoardView, qtbot: QtBot) -> None:
    walked: list[int | None] = []
    k = Qt.Key
    for key in (k.Key_Down, k.Key_Down, k.Key_Right, k.Key_Left, k.Key_End, k.Key_Home, k.Key_Up, k.Key_PageDown):
        press(qtbot, view, key)
        walked.append(desk.current)
    assert walked == [1, 2, 5, 2, 3, 1, 1, 3]
    assert desk.selected == {3}


def test_shift_space_and_ctrl_a_widen_the_selection(desk: Desk, view: BoardView, qtbot: QtBot) -> None:
    press(qtbot, view, Qt.Key.Key_Down)
    press(qtbot, view, Qt.Key.Key_Down, SHIFT)
    assert (desk.selected, desk.current) == ({1, 2}, 2)
    press(qtbot, view, Qt.Key.Key_Down, CTRL)
    assert (desk.selected, desk.current) == ({1, 2}, 3), "Ctrl walks without selecting"
    press(qtbot, view, Qt.Key.Key_Space)
    assert desk.selected == {1, 2, 3}
    press(qtbot, view, Qt.Key.Key_Space)
    assert desk.selected == {1, 2}
    press(qtbot, view, Qt.Key.Key_Escape)
    assert desk.selected == frozenset()
    click(qtbot, view, card_at(view, 1, 1))
    press(qtbot, view, Qt.Key.Key_A, CTRL)
    assert desk.selected == {4, 5}


def test_alt_arrows_move_a_stop(desk: Desk, view: BoardView, qtbot: QtBot) -> None:
    click(qtbot, view, card_at(view, 0, 0))
    press(qtbot, view, Qt.Key.Key_Down, ALT)
    assert desk.day.plan.route(A).stops == (2, 1, 3)
    press(qtbot, view, Qt.Key.Key_Up, ALT)
    press(qtbot, view, Qt.Key.Key_Up, ALT)
    assert desk.day.plan.route(A).stops == (1, 2, 3), "at the top it stays"
    press(qtbot, view, Qt.Key.Key_Right, ALT)
    assert desk.day.plan.where[StopId(1)] == B
    press(qtbot, view, Qt.Key.Key_Right, ALT)
    assert desk.day.plan.where[StopId(1)] == B, "there is no lane further right"
    press(qtbot, view, Qt.Key.Key_Left, ALT)
    assert desk.day.plan.where[StopId(1)] == A


def test_several_move_together(desk: Desk, view: BoardView, qtbot: QtBot) -> None:
    desk.select([StopId(1), StopId(2)], StopId(1))
    press(qtbot, view, Qt.Key.Key_Down, ALT)
    assert desk.day.plan.route(A).stops == (3, 1, 2)


def test_letters_and_figures(desk: Desk, view: BoardView, qtbot: QtBot) -> None:
    click(qtbot, view, card_at(view, 0, 1))
    press(qtbot, view, Qt.Key.Key_P)
    assert desk.day.plan.route(A).pinned == {2}
    assert desk.day.plan.route(A).fixed == frozenset()
    press(qtbot, view, Qt.Key.Key_P)
    assert desk.day.plan.route(A).fixed == {2}
    press(qtbot, view, Qt.Key.Key_P)
    assert desk.day.plan.route(A).pinned == frozenset()
    press(qtbot, view, Qt.Key.Key_L)
    assert desk.day.plan.route(A).locked
    press(qtbot, view, Qt.Key.Key_2)
    assert desk.day.plan.where[StopId(2)] == B
    press(qtbot, view, Qt.Key.Key_L)
    assert desk.day.plan.route(B).locked, "the route where the stop stands now"
    press(qtbot, view, Qt.Key.Key_U)
    assert desk.day.plan.where[StopId(2)] == POOL
    assert desk.session.history.done[-1].label == "Unassign A2"
    press(qtbot, view, Qt.Key.Key_1)
    press(qtbot, view, Qt.Key.Key_Delete)
    assert desk.day.plan.where[StopId(2)] == POOL
    press(qtbot, view, Qt.Key.Key_9)
    assert desk.day.plan.where[StopId(2)] == POOL, "there is no driver 9"


def test_actions_say_why_they_cannot_run(desk: Desk, view: BoardView) -> None:
    actions = desk.actions
    assert actions["board.send_1"].why_not() == "Select stops first."
    assert actions["board.lock"].why_not() is not None
    desk.select([StopId(6)])
    assert actions["board.unassign"].why_not() == "The selected stops have no driver."
    assert actions["board.send_1"].why_not() is None
    assert actions["board.send_10"].why_not() == "There is no driver 10 today."
    keys = [action.keys for action in actions if action.keys]
    assert len(keys) == len(set(keys))
    assert all(QKeySequence(text).toString() for text in keys)


def test_letters_typed_into_a_field_stay_letters(desk: Desk, pane: BoardPane, qtbot: QtBot) -> None:
    """Even as shortcuts of the whole window, as the shell makes them."""
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit()
    QVBoxLayout(window).addWidget(field)
    ran: list[str] = []
    for id in ("board.lock", "board.pin", "board.unassign", "board.send_1"):
        shortcut = QShortcut(QKeySequence(desk.actions[id].keys), window)
        shortcut.activated.connect(lambda id=id: ran.append(id))
    with qtbot.waitExposed(window):
        window.show()
    field.setFocus()
    qtbot.keyClicks(field, "plu1")
    assert (field.text(), ran) == ("plu1", [])


# --- following the day ---


def test_only_touched_lanes_are_made_anew(desk: Desk, view: BoardView) -> None:
    before = list(view.lanes)
    dispatch.move(desk.session, [StopId(3)], A, 0)
    assert view.lanes[1] is before[1]
    assert view.lanes[0] is not before[0]
    assert [view.lanes[0].card(k).stop for k in range(3)] == [3, 1, 2]


def test_the_selection_of_others_scrolls_the_board(qtbot: QtBot) -> None:
    desk = Desk(DaySession(rich_day()))
    pane = BoardPane(desk)
    qtbot.addWidget(pane)
    pane.resize(1078, 500)
    with qtbot.waitExposed(pane):
        pane.show()
    last = desk.day.routes[-1].stops[-1]
    desk.select([last])
    view = pane.view

    def is_there() -> bool:
        now = view.geometry_now
        rect = now.row_rect(len(view.lanes) - 1, view.lanes[-1].rows[-1])
        return view.viewport().rect().contains(rect) and rect.top() >= CARDS_TOP

    qtbot.waitUntil(is_there)


def test_another_day_shows_its_lanes(desk: Desk, pane: BoardPane) -> None:
    assert pane.head.count == "2"
    desk.session.replace_day(rich_day())
    assert [lane.shift.driver.initials for lane in pane.view.lanes[:3]] == ["MK", "TB", "IF"]
    assert pane.head.count == "12"


def test_a_day_without_drivers_says_what_to_do(pane: BoardPane, desk: Desk) -> None:
    assert pane.empty.isHidden()
    desk.session.replace_day(open_day(DEPOT, DAY, [order(1)], [], line_matrix()))
    assert not pane.empty.isHidden()
    assert pane.view.isHidden()


def test_lanes_stand_in_the_order_asked_for(pane: BoardPane) -> None:
    pane.desk.session.replace_day(rich_day())
    pane.set_order("problems")
    broken = [len(lane.schedule.broken) for lane in pane.view.lanes]
    assert broken == sorted(broken, reverse=True)
    assert broken[0] > 0
    pane.set_order("end")
    ends = [lane.schedule.end for lane in pane.view.lanes]
    assert ends == sorted(ends)
    pane.set_order("driver")
    assert [lane.shift.slot for lane in pane.view.lanes] == list(range(1, 13))


# --- menus ---


def texts(menu: QMenu) -> list[str]:
    return [action.text().split("\t")[0] for action in menu.actions() if action.text()]


def run(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()


def test_the_menu_of_a_lane(desk: Desk, view: BoardView) -> None:
    menu = menus.lane_menu(desk, A, view)
    assert texts(menu)[:4] == ["Lock route", "Reverse", "Swap stops with", "Absent today"]
    run(menu, "Reverse")
    assert desk.day.plan.route(A).stops == (3, 2, 1)
    run(menu, "Absent today")
    assert desk.day.shifts[A].absent
    assert texts(menus.lane_menu(desk, A, view))[3] == "Back today"
    swap = next(action.menu() for action in menu.actions() if action.menu() is not None)
    assert isinstance(swap, QMenu)
    swap.actions()[0].trigger()
    assert desk.day.plan.route(B).stops == (3, 2, 1)
    run(menu, "Unassign all")
    assert desk.session.history.done[-1].label.startswith("Unassign")


def test_a_refusal_in_a_menu_is_a_sentence_and_no_fault(desk: Desk, view: BoardView, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise UserError("There is nothing to plan. Choose routes with stops.")

    desk.actions.add(Action(menus.OPTIMISE, "Optimise the selected routes", refuse))
    desk.select([StopId(1)], StopId(1))
    (entry,) = (a for a in menus.stop_menu(desk, view).actions() if a.text().startswith("Optimise"))
    with qtbot.waitSignal(desk.message) as told:
        entry.trigger()
    assert told.args == ["There is nothing to plan. Choose routes with stops.", "error"]


def test_the_menu_of_stops(desk: Desk, view: BoardView) -> None:
    desk.select([StopId(1), StopId(6)], StopId(1))
    menu = menus.stop_menu(desk, view)
    run(menu, "Pin to position")
    assert desk.day.plan.route(A).fixed == {1}
    send = next(action.menu() for action in menu.actions() if action.menu() is not None)
    assert isinstance(send, QMenu)
    send.actions()[1].trigger()
    assert {desk.day.plan.where[StopId(k)] for k in (1, 6)} == {B}
    desk.select([StopId(1), StopId(2)])
    send = next(a.menu() for a in menus.stop_menu(desk, view).actions() if a.menu() is not None)
    assert isinstance(send, QMenu)
    assert len(send.actions()) == 2


# --- the picture ---


def pixel(pane: QWidget, x: int, y: int) -> str:
    return QImage(pane.grab().toImage()).pixelColor(x, y).name().upper()


def test_light_and_dark(pane: BoardPane, desk: Desk) -> None:
    top = pane.head.height()
    try:
        assert pixel(pane, 60, top + 10) == look.route(1).fill
        assert pixel(pane, 2, top + 200) == "#ECEFF2"
        look.set_dark(True)
        desk.theme_changed.emit()
        assert pixel(pane, 60, top + 10) == "#7684FB"
        assert pixel(pane, 2, top + 200) == "#14171B"
        assert pixel(pane, 40, top + CARDS_TOP + 2) == "#1C2025", "no picture of a card in the old colours"
    finally:
        look.set_dark(False)


def test_selected_cards_have_an_accent_edge(pane: BoardPane, desk: Desk) -> None:
    top = pane.head.height() + CARDS_TOP
    desk.select([StopId(2)])
    assert [pixel(pane, x, top + 60) for x in (8, 9, 10, 11)] == ["#DDE2E7", "#2456C8", "#2456C8", "#E7EEFC"]
    assert pixel(pane, 11, top + 20) == "#FFFFFF"


def test_a_long_town_never_cuts_a_figure(qtbot: QtBot) -> None:
    """A card with everything too long paints without going wrong."""
    day = day_of(
        order(1, name="Maximiliane Wolkenstein-Sternenhagen", address=Address("", "", "", "Llanfairpwllgwyngyll"))
    )
    pane = BoardPane(Desk(DaySession(day)))
    qtbot.addWidget(pane)
    pane.resize(500, 400)
    assert not pane.grab().isNull()


def test_lanes_that_changed_are_painted_ahead_and_a_picture_never_waits(qtbot: QtBot) -> None:
    desk = Desk(DaySession(rich_day()))
    pane = BoardPane(desk)
    qtbot.addWidget(pane)
    pane.resize(1078, 708)
    with qtbot.waitExposed(pane):
        pane.show()
    everything = [stop for route in desk.day.routes if not route.locked for stop in route.stops]
    dispatch.unassign(desk.session, everything)
    at_once = pane.view.grab().toImage()
    desk.session.undo()
    desk.session.redo()
    qtbot.waitUntil(lambda: not pane.view._catching_up.busy)
    assert pane.view.grab().toImage() == at_once
    kept = [lane.id for lane in pane.view.lanes if lane.stops]
    assert kept == [route.id for route in desk.day.routes if route.locked]
