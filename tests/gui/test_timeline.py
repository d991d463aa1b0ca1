"""The timeline: where bars lie, what they show, what the mouse and keys do with them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.fleet import Break, ShiftId
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.domain.plan import Plan
from dispatch_console.services import dispatch
from dispatch_console.services.session import DaySession
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import mime, touring
from dispatch_console.ui.theme import look
from dispatch_console.ui.timeline import TimelinePane, rowdata
from dispatch_console.ui.timeline.overlay import AXIS
from dispatch_console.ui.timeline.scale import LABELS, span_of
from tests import factories
from tests.gui.board_day import rich_day
from tests.map import days

HOUR = 3600
ONE, TWO = ShiftId(1), ShiftId(2)
CTRL = Qt.KeyboardModifier.ControlModifier


class Hand:
    """A timeline of a day and what a dispatcher does to it."""

    def __init__(self, qtbot: QtBot, day: Day, width: int = 1200, height: int = 266) -> None:
        self.qtbot = qtbot
        self.desk = Desk(DaySession(day))
        self.desk.clock = lambda: dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)  # the day before
        self.pane = TimelinePane(self.desk)
        qtbot.addWidget(self.pane)
        self.pane.resize(width, height)
        self.pane.show()
        self.chart = self.pane.chart

    def at(self, route: ShiftId, index: int) -> QPoint:
        """The middle of a bar."""
        row = self.chart.rows[route]
        return (row.bar_rect(index).center() + QPointF(0, self.chart.row_top(route))).toPoint()

    def when(self, route: ShiftId, seconds: int) -> QPoint:
        y = self.chart.row_top(route) + self.chart.mood.pitch / 2
        return QPointF(self.chart.scale_now.x(seconds), y).toPoint()

    def click(self, at: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.mouseClick(self.chart.viewport(), Qt.MouseButton.LeftButton, keys, at)

    def drag_over(self, stops: list[StopId], at: QPoint) -> None:
        self._data = mime.packed(stops)
        QApplication.sendEvent(self.chart.viewport(), QDragEnterEvent(QPointF(at), *self._words()))
        QApplication.sendEvent(self.chart.viewport(), QDragMoveEvent(QPointF(at), *self._words()))

    def drop(self, stops: list[StopId], at: QPoint) -> None:
        self.drag_over(stops, at)
        QApplication.sendEvent(self.chart.viewport(), QDropEvent(QPointF(at), *self._words()))

    def _words(self) -> tuple[Any, ...]:
        return Qt.DropAction.MoveAction, self._data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    def colour_at(self, at: QPointF) -> QColor:
        image = self.chart.grab().toImage()
        return image.pixelColor(at.toPoint())

    def token_at(self, at: QPointF) -> str:
        """Which of these colours is nearest: edges are blended with their ground."""
        found = self.colour_at(at)
        names = ("pane", "red", "acc", "raise", "line2")
        return min(names, key=lambda name: _apart(found, look.colour(name)))


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return Hand(qtbot, factories.small_day())


def changed_day(number: int, **changes: Any) -> Day:
    """`small_day` with one order changed."""
    small = factories.small_day()
    orders = [replace(o, **changes) if o.id == number else o for o in small.orders.values()]
    return open_day(small.depot, small.date, orders, small.shifts.values(), small.travel, small.plan)


# --- data ---


def test_row_of_small_day() -> None:
    # Ada leaves at 08:00: 10 min to place 1, 5 min there; 10 min to 2, 5; 10 min to 3, 5; 30 min home.
    data = rowdata.of_route(factories.small_day(), ONE)
    minutes = [8 * 60 + 10, 8 * 60 + 25, 8 * 60 + 40]
    assert (data.begin / 60).tolist() == minutes
    assert (data.depart / 60).tolist() == [m + 5 for m in minutes]
    assert (data.start, data.end) == (8 * HOUR, 9 * HOUR + 15 * 60)
    assert not data.waits.any()
    assert data.over is None


def test_reloads_and_breaks_by_driving_time_have_blocks_of_their_own(qtbot: QtBot) -> None:
    hand = Hand(qtbot, factories.tours_day())
    ada, ben = rowdata.of_route(hand.desk.day, ONE), rowdata.of_route(hand.desk.day, TWO)
    assert [(r.arrive, r.depart) for r in ada.reloads] == [(33_300, 34_500)]
    assert [(p.begin, p.end) for p in ben.pauses] == [(31_200, 31_800), (34_500, 35_100)]
    assert (ada.over, ada.overtime) == (None, (39_600.0, 41_100.0)), "overtime that is allowed is no broken rule"
    row = hand.chart.rows[ONE]
    x = hand.chart.scale_now.x(33_900)
    assert (row.bar_at(x), row.between_at(x)) == (None, ada.reloads[0])
    assert "leaves 09:35" in touring.between(hand.desk.day, ONE, ada.reloads[0])
    assert touring.between(hand.desk.day, TWO, ben.pauses[1]) == "Break 09:35–09:45, 10 min"
    assert "reload at depot" in hand.pane.legend.accessibleName()


def test_missed_soon_and_wait_are_told_apart() -> None:
    # Stop 2 is reached at 08:25.
    late = rowdata.of_route(changed_day(2, windows=(Window(7 * HOUR, 8 * HOUR),)), ONE)
    assert late.missed[1] == 8 * HOUR
    soon = rowdata.of_route(changed_day(2, windows=(Window(7 * HOUR, 8 * HOUR + 50 * 60),)), ONE)
    assert soon.soon[1] == 8 * HOUR + 50 * 60
    safe = rowdata.of_route(changed_day(2, windows=(Window(7 * HOUR, 8 * HOUR + 51 * 60),)), ONE)
    assert str(safe.soon[1]) == "nan"
    waits = rowdata.of_route(changed_day(2, windows=(Window(9 * HOUR, 10 * HOUR),)), ONE)
    assert waits.waits.tolist() == [False, True, False]


def test_slots_by_time() -> None:
    data = rowdata.of_route(factories.small_day(), ONE)
    minute = {"before": 0, "in 1": 11, "past the middle of 1": 14, "between 2 and 3": 35, "after": 70}
    slots = {name: data.slot_at(8 * HOUR + m * 60) for name, m in minute.items()}
    assert slots == {"before": 0, "in 1": 0, "past the middle of 1": 1, "between 2 and 3": 2, "after": 3}
    assert data.slot_time(1) == 8 * HOUR + 20 * 60  # 08:15 … 08:25


def test_span_covers_the_routes() -> None:
    # Ada is back at 09:15, Ben (40 min, 5, 10, 5, 50) at 09:50.
    start, end = span_of(factories.small_day(), None)
    assert (start, end) == (7 * HOUR + 45 * 60, 10 * HOUR + 20 * 60)
    start, _ = span_of(factories.small_day(), 7 * HOUR + 10 * 60)
    assert start == 7 * HOUR


# --- painting ---


def test_bars_have_the_route_colours(hand: Hand) -> None:
    for route in (ONE, TWO):
        row = hand.chart.rows[route]
        corner = row.bar_rect(0).bottomRight() + QPointF(-3, hand.chart.row_top(route) - 3)
        assert hand.colour_at(corner) == QColor(look.route(int(route)).fill)


def test_rows_have_the_measures_of_the_drawing(qtbot: QtBot) -> None:
    hand = Hand(qtbot, days.town_day(), 1540, 266)
    assert 17 <= hand.chart.mood.pitch <= 18
    assert hand.chart.row_top(ONE) == AXIS == 22
    assert LABELS == 132
    assert hand.chart.rows[ONE].bar_rect(0).height() == 11
    assert not hand.chart.mood.compact
    low = Hand(qtbot, days.town_day(), 1065, 218)
    assert low.chart.mood.compact
    assert 13.5 <= low.chart.mood.pitch <= 14


def test_now_line_only_on_the_day_itself(hand: Hand) -> None:
    x = hand.chart.scale_now.x(9 * HOUR)
    assert hand.token_at(QPointF(x, 200)) != "red"
    hand.desk.clock = lambda: dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)  # 09:00 in Vaduz
    hand.desk.now_changed.emit()
    assert "red" in {hand.token_at(QPointF(x + dx, 200)) for dx in (-1, 0, 1)}
    assert hand.token_at(QPointF(x, 4)) == "red"  # the tag


def test_a_missed_window_is_red(qtbot: QtBot) -> None:
    hand = Hand(qtbot, changed_day(2, windows=(Window(7 * HOUR, 8 * HOUR + 600),)))
    row = hand.chart.rows[ONE]
    y = hand.chart.row_top(ONE) + row.bar_rect(1).bottom() + 2
    # From 08:10 to 08:25.
    assert hand.colour_at(QPointF(hand.chart.scale_now.x(8 * HOUR + 1200), y)) == look.colour("red")
    assert hand.colour_at(QPointF(hand.chart.scale_now.x(8 * HOUR + 1800), y)) != look.colour("red")


def test_breaks_are_outlined(qtbot: QtBot) -> None:
    small = factories.small_day()
    pause = Break(1800, Window(8 * HOUR + 1800, 9 * HOUR + 1800))
    shifts = [replace(s, pause=pause) for s in small.shifts.values()]
    hand = Hand(qtbot, open_day(small.depot, small.date, small.orders.values(), shifts, small.travel, small.plan))
    begin, end, _ = hand.chart.rows[ONE].data_now.pauses[0]
    at = QPointF(hand.chart.scale_now.x(begin) + 6, hand.chart.row_top(ONE) + hand.chart.mood.pitch / 2 - 2)
    assert end - begin == 1800
    assert hand.colour_at(at) == look.colour("raise")


def test_done_stops_are_grey(qtbot: QtBot) -> None:
    hand = Hand(qtbot, factories.small_day())
    facts = Facts((Fact(StopId(1), ONE, FactKind.DELIVERED, 8 * HOUR + 900),))
    hand.desk.session.replace_day(hand.desk.day.with_facts(facts, 8 * HOUR + 900))
    row = hand.chart.rows[ONE]
    assert row.data_now.done.tolist() == [True, False, False]


def test_theme_repaints(hand: Hand) -> None:
    ground = QPointF(700, 220)
    assert hand.colour_at(ground) == look.colour("pane")
    look.set_dark(True)
    try:
        hand.desk.theme_changed.emit()
        assert hand.colour_at(ground) == look.colour("pane")
        assert look.colour("pane").name() == "#1c2025"
    finally:
        look.set_dark(False)


# --- selecting ---


def test_click_selects_and_ctrl_adds(hand: Hand) -> None:
    hand.click(hand.at(ONE, 1))
    assert hand.desk.selected == {2}
    assert hand.desk.current_route == ONE
    hand.click(hand.at(TWO, 0), CTRL)
    assert hand.desk.selected == {2, 4}
    hand.click(hand.at(TWO, 0), CTRL)
    assert hand.desk.selected == {2}
    hand.click(hand.at(ONE, 2), Qt.KeyboardModifier.ShiftModifier)
    assert hand.desk.selected == {2, 3}
    hand.click(QPoint(1100, 200))
    assert hand.desk.selected == frozenset()


def test_click_on_a_label_picks_the_route(hand: Hand) -> None:
    hand.click(QPoint(60, round(hand.chart.row_top(TWO)) + 8))
    assert (hand.desk.current_route, hand.desk.selected) == (TWO, frozenset())


def test_double_click_reveals(hand: Hand) -> None:
    with hand.qtbot.waitSignal(hand.desk.reveal) as caught:
        hand.qtbot.mouseDClick(hand.chart.viewport(), Qt.MouseButton.LeftButton, pos=hand.at(TWO, 1))
    assert caught.args == [5]


def test_selected_bars_are_ringed(hand: Hand) -> None:
    bar = hand.chart.rows[ONE].bar_rect(1)
    edge = QPointF(bar.center().x(), bar.top() - 2 + hand.chart.row_top(ONE))
    assert hand.token_at(edge) == "pane"
    hand.desk.select([StopId(2)])
    assert hand.token_at(edge) == "acc"


def test_arrows_walk(hand: Hand) -> None:
    keys = Qt.Key
    for key, expected in (
        (keys.Key_Right, 1),  # nothing is selected yet: the first bar
        (keys.Key_Right, 2),
        (keys.Key_Down, 4),  # 08:25 here; Ben's first, 08:40, is nearest
        (keys.Key_Right, 5),
        (keys.Key_Up, 3),
        (keys.Key_Left, 2),
    ):
        hand.qtbot.keyClick(hand.chart, key)
        assert hand.desk.current == expected


# --- time ---


def test_zoom_keeps_what_is_under_the_pointer(hand: Hand) -> None:
    scale = hand.chart.scale_now
    at = scale.seconds(700)
    length = scale.end - scale.start
    wheel = QWheelEvent(
        QPointF(700, 100),
        QPointF(hand.chart.mapToGlobal(QPoint(700, 100))),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(hand.chart.viewport(), wheel)
    assert scale.end - scale.start == pytest.approx(length / 1.25**2)
    assert scale.seconds(700) == pytest.approx(at)
    hand.chart.fit()
    assert scale.end - scale.start == length


def test_dragging_the_ground_pans(hand: Hand) -> None:
    before = hand.chart.scale_now.start
    view = hand.chart.viewport()
    hand.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(600, 200))
    for x in (580, 550, 500):
        _move(hand, QPoint(x, 200))
    hand.qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(500, 200))
    assert hand.chart.scale_now.start == pytest.approx(before + 100 / hand.chart.scale_now.per_second)
    assert hand.chart.zoomed_by_hand


def test_many_drivers_scroll(qtbot: QtBot) -> None:
    hand = Hand(qtbot, days.town_day(300, 40), 1200, 266)
    last = ShiftId(40)
    assert hand.chart.row_top(last) > 266
    stop = hand.desk.day.plan.route(last).stops[2]
    hand.desk.reveal.emit(int(stop))
    assert AXIS <= hand.chart.row_top(last) <= hand.chart.height() - hand.chart.mood.pitch + 0.5
    assert hand.chart.hit(QPointF(hand.at(last, 2))).at == 2


# --- dropping ---


def test_drop_on_another_row_goes_there_at_that_time(hand: Hand) -> None:
    # Ben is at 4 from 08:40 to 08:45, at 5 from 08:55: 08:50 lies between.
    hand.drop([StopId(2)], hand.when(TWO, 8 * HOUR + 50 * 60))
    assert hand.desk.day.plan.route(TWO).stops == (4, 2, 5)
    assert hand.desk.day.plan.route(ONE).stops == (1, 3)
    assert hand.desk.session.history.done[-1].label == "Move A2 to Ben Rook"
    assert hand.chart.rows[TWO].data_now.stops == (4, 2, 5)


def test_drop_along_the_row_is_another_position(hand: Hand) -> None:
    hand.drop([StopId(1)], hand.when(ONE, 9 * HOUR))
    assert hand.desk.day.plan.route(ONE).stops == (2, 3, 1)


def test_drop_where_it_is_changes_nothing(hand: Hand) -> None:
    hand.drop([StopId(2)], hand.at(ONE, 1))
    assert hand.desk.session.history.done == []


def test_drop_on_a_label_takes_the_best_place(hand: Hand) -> None:
    hand.drop([StopId(6)], QPoint(60, round(hand.chart.row_top(TWO)) + 8))
    assert hand.desk.day.plan.route(TWO).stops == (4, 6, 5)


def test_while_dragging_the_row_says_what_would_happen(hand: Hand) -> None:
    # 6 after 5: 10 min further out, 5 min there, 10 min more back; arrives 08:55 + 5 + 10.
    hand.drag_over([StopId(6)], hand.when(TWO, 9 * HOUR + 600))
    aim = hand.chart.mark.aim
    assert aim is not None
    assert (aim.text, aim.bad) == ("+25 min, arrives 09:10", False)
    hand.drag_over([StopId(6)], QPoint(60, round(hand.chart.row_top(TWO)) + 8))
    assert hand.chart.mark.aim is not None
    assert hand.chart.mark.aim.text == "best place: 2nd, +25 min"
    assert hand.chart.mark.aim.at_s is None


def test_a_broken_rule_is_said_in_red_and_still_taken(qtbot: QtBot) -> None:
    hand = Hand(qtbot, changed_day(6, windows=(Window(6 * HOUR, 7 * HOUR),)))
    hand.drag_over([StopId(6)], hand.when(TWO, 9 * HOUR + 600))
    aim = hand.chart.mark.aim
    assert aim is not None
    assert aim.bad
    assert aim.text == "+25 min  130 min late"
    hand.drop([StopId(6)], hand.when(TWO, 9 * HOUR + 600))
    assert hand.desk.day.plan.route(TWO).stops == (4, 5, 6)
    assert hand.chart.mark.aim is None


def test_a_dragged_bar_takes_the_selection_along(hand: Hand) -> None:
    hand.desk.select([StopId(3), StopId(1)])
    pointer = hand.chart._pointer
    assert pointer.dragged(StopId(1)) == [1, 3]
    assert pointer.dragged(StopId(2)) == [2]
    hand.chart.set_held([StopId(1)])
    middle = hand.chart.rows[ONE].bar_rect(0).bottomRight() + QPointF(-3, hand.chart.row_top(ONE) - 3)
    assert hand.colour_at(middle) != QColor(look.route(1).fill)


def test_undo_brings_the_bar_back(hand: Hand) -> None:
    dispatch.move(hand.desk.session, [StopId(2)], TWO, 0)
    assert hand.chart.rows[TWO].data_now.stops == (2, 4, 5)
    hand.desk.session.undo()
    assert hand.chart.rows[TWO].data_now.stops == (4, 5)


def test_only_touched_rows_change(hand: Hand) -> None:
    before = {id: row.data_now for id, row in hand.chart.rows.items()}
    dispatch.move(hand.desk.session, [StopId(2)], ONE, 0)
    assert hand.chart.rows[ONE].data_now is not before[ONE]
    assert hand.chart.rows[TWO].data_now is before[TWO]


# --- empty ---


def test_without_routes_it_says_so(qtbot: QtBot) -> None:
    small = factories.small_day()
    loose = open_day(small.depot, small.date, small.orders.values(), small.shifts.values(), small.travel, Plan())
    hand = Hand(qtbot, loose)
    assert hand.pane.empty.isVisible()
    assert not hand.pane.legend.isVisible()
    dispatch.move(hand.desk.session, [StopId(1)], ONE, 0)
    assert hand.chart.isVisible()
    assert hand.pane.legend.isVisible()
    assert not hand.pane.empty.isVisible()


def _apart(a: QColor, b: QColor) -> int:
    return abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue())


def _move(hand: Hand, at: QPoint) -> None:
    everywhere = QPointF(hand.chart.mapToGlobal(at))
    left = Qt.MouseButton.LeftButton
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), everywhere, none, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(hand.chart.viewport(), event)


def test_many_changed_rows_follow_one_after_the_other(qtbot: QtBot) -> None:
    hand = Hand(qtbot, rich_day())
    desk, chart = hand.desk, hand.chart
    everything = [stop for route in desk.day.routes if not route.locked for stop in route.stops]
    dispatch.unassign(desk.session, everything)
    shown = sum(len(row.data_now.stops) for row in chart.rows.values())
    assert shown > 0  # not all at once

    def followed() -> bool:
        return all(row.data_now.stops == desk.day.plan.route(id).stops for id, row in chart.rows.items())

    qtbot.waitUntil(followed)
