"""Dragging between the orders and the lanes, by the mouse and by real drop events.

The off-screen platform gives up every drag as soon as it starts. So the press and the moves are the mouse's, what
they pick up is looked at, and then brought to its target by the events that any drag would send.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import dispatch
from dispatch_console.services.session import DaySession
from dispatch_console.ui.board import BoardPane
from dispatch_console.ui.board.drop import Target
from dispatch_console.ui.board.geometry import CARDS_TOP
from dispatch_console.ui.board.ghost import ghost
from dispatch_console.ui.board.hint import Hint
from dispatch_console.ui.board.view import BoardView
from dispatch_console.ui.desk import STOPS_MIME, Desk
from dispatch_console.ui.models import mime
from dispatch_console.ui.models.arranging import Group
from dispatch_console.ui.models.plan_model import PlanModel, Role
from dispatch_console.ui.orders import OrdersPane
from dispatch_console.ui.orders.table import OrdersTable
from dispatch_console.ui.theme import look
from tests.factories import small_day
from tests.gui.board_day import rich_day

A, B = ShiftId(1), ShiftId(2)
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_MOVE = Qt.DropAction.MoveAction


class Window(QWidget):
    """The table and the board side by side, as in the window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.orders, self.board = desk, OrdersPane(desk), BoardPane(desk)
        self.orders.setFixedWidth(380)
        row = QHBoxLayout(self)
        row.addWidget(self.orders)
        row.addWidget(self.board)
        self.resize(1400, 700)

    @property
    def table(self) -> OrdersTable:
        return self.orders.table

    @property
    def view(self) -> BoardView:
        return self.board.view

    def card(self, lane: int, at: int) -> QPoint:
        row = self.view.lanes[lane].row_of(at)
        assert row is not None
        return self.view.geometry_now.row_rect(lane, row).center()

    def slot(self, lane: int, at: int) -> QPoint:
        """A point where a drop goes before the stop at `at`."""
        now = self.view.geometry_now
        return QPoint(now.lane_left(lane) + 70, CARDS_TOP + now.slot_top(lane, at) - now.y + 4)

    def head(self, lane: int) -> QPoint:
        return self.view.geometry_now.head_rect(lane).center()

    def order(self, stop: int) -> QPoint:
        (row,) = self.orders.model.rows_of(frozenset({StopId(stop)}))
        index = self.orders.model.index(row, 0)
        self.table.scrollTo(index)
        return self.table.visualRect(index).center()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    window = Window(Desk(DaySession(small_day())))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window


def pick_up(qtbot: QtBot, area: QAbstractScrollArea, at: QPoint, mods: Qt.KeyboardModifier = _NONE) -> QMimeData:
    """Press, move past the drag distance, and return what the drag that started carries."""
    port = area.viewport()
    for drag in port.findChildren(QDrag):
        drag.setParent(None)
    qtbot.mousePress(port, _LEFT, mods, at)
    qtbot.mouseMove(port, at + QPoint(2, 1))
    assert port.findChildren(QDrag) == [], "a twitch is no drag"
    qtbot.mouseMove(port, at + QPoint(25, 8))
    qtbot.mouseMove(port, at + QPoint(30, 9))
    drag = port.findChildren(QDrag)[0]
    assert not drag.pixmap().isNull()
    carried = QMimeData()
    carried.setData(STOPS_MIME, drag.mimeData().data(STOPS_MIME))
    qtbot.mouseRelease(port, _LEFT, pos=at + QPoint(30, 9))
    return carried


def hover(area: QAbstractScrollArea, data: QMimeData, *points: QPoint) -> bool:
    """Drag `data` in and over these points; whether the last one takes it."""
    port = area.viewport()
    enter = QDragEnterEvent(QPointF(points[0]), _MOVE, data, _LEFT, _NONE)
    QApplication.sendEvent(port, enter)
    taken = enter.isAccepted()
    for point in points:
        move = QDragMoveEvent(QPointF(point), _MOVE, data, _LEFT, _NONE)
        QApplication.sendEvent(port, move)
        taken = move.isAccepted()
    return taken


def drop(area: QAbstractScrollArea, data: QMimeData, at: QPoint) -> bool:
    hover(area, data, at)
    event = QDropEvent(QPointF(at), _MOVE, data, _LEFT, _NONE)
    QApplication.sendEvent(area.viewport(), event)
    return event.isAccepted()


def model_rows(model: PlanModel) -> list[list[int]]:
    tops = [model.index(row, 0) for row in range(model.rowCount())]
    return [[model.index(r, 0, top).data(Role.STOP) for r in range(model.rowCount(top))] for top in tops]


def test_from_the_pool_into_a_slot(window: Window, qtbot: QtBot) -> None:
    data = pick_up(qtbot, window.table, window.order(6))
    assert mime.unpacked(data, window.desk.day.stops) == [6]
    assert drop(window.view, data, window.slot(0, 1))
    assert window.desk.day.plan.route(A).stops == (1, 6, 2, 3)
    assert model_rows(window.view.model) == [[], [1, 6, 2, 3], [4, 5]]
    assert [window.view.lanes[0].card(k).stop for k in range(4)] == [1, 6, 2, 3]
    assert window.orders.model.count(Group((1, ""), "Unassigned")) == 0
    window.desk.session.undo()
    assert model_rows(window.view.model) == [[6], [1, 2, 3], [4, 5]]
    assert window.orders.model.count(Group((1, ""), "Unassigned")) == 1


def test_from_a_lane_onto_the_head_of_another(window: Window, qtbot: QtBot) -> None:
    data = pick_up(qtbot, window.view, window.card(0, 2))
    assert drop(window.view, data, window.head(1))
    # Stop 3 lies on the way to 4: no detour there, and none breaks a rule.
    assert window.desk.day.plan.route(B).stops == (3, 4, 5)
    assert window.desk.session.history.done[-1].label == "Move A3 to Ben Rook"


def test_from_a_lane_back_into_the_pool(window: Window, qtbot: QtBot) -> None:
    data = pick_up(qtbot, window.view, window.card(1, 0))
    assert hover(window.table, data, QPoint(50, 200))
    assert drop(window.table, data, QPoint(50, 200))
    assert window.desk.day.plan.pool.stops == (6, 4)
    assert [window.orders.model.stop_at(row) for row in (1, 2)] == [4, 6]


def test_the_table_stays_where_it_is_after_a_drop(qtbot: QtBot) -> None:
    """Who works down the pool does not want to be taken along to the planned orders."""
    window = Window(Desk(DaySession(rich_day())))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    stop = window.desk.day.unassigned[1]
    qtbot.mouseClick(window.table.viewport(), _LEFT, _NONE, window.order(stop))
    data = pick_up(qtbot, window.table, window.order(stop))
    assert drop(window.view, data, window.slot(0, 1))
    assert window.desk.selected == {stop}
    qtbot.wait(30)
    assert window.table.verticalScrollBar().value() == 0


def test_orders_of_the_pool_are_not_dropped_into_the_pool(window: Window, qtbot: QtBot) -> None:
    data = pick_up(qtbot, window.table, window.order(6))
    assert not hover(window.table, data, QPoint(50, 200))
    assert window.desk.session.history.done == []


def test_to_another_position_in_the_same_lane(window: Window, qtbot: QtBot) -> None:
    data = pick_up(qtbot, window.view, window.card(0, 0))
    assert drop(window.view, data, window.slot(0, 3))
    assert window.desk.day.plan.route(A).stops == (2, 3, 1)


def test_a_drop_where_it_came_from_is_no_step(window: Window, qtbot: QtBot) -> None:
    data = pick_up(qtbot, window.view, window.card(0, 1))
    assert drop(window.view, data, window.slot(0, 1))
    assert window.desk.session.history.done == []


def test_several_are_dragged_in_driving_order(window: Window, qtbot: QtBot) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    for at in (window.card(1, 1), window.card(0, 2), window.card(0, 0)):
        qtbot.mouseClick(window.view.viewport(), _LEFT, ctrl, at)
    data = pick_up(qtbot, window.view, window.card(1, 1))
    assert mime.unpacked(data, window.desk.day.stops) == [1, 3, 5]
    assert drop(window.view, data, window.slot(1, 0))
    assert window.desk.day.plan.route(B).stops == (1, 3, 5, 4)
    assert window.desk.session.history.done[-1].label == "Move 3 stops to Ben Rook"
    assert window.desk.selected == {1, 3, 5}, "still selected where they are now"
    assert sorted({i.row() for i in window.table.selectionModel().selectedIndexes()}) == (
        window.orders.model.rows_of(window.desk.selected)
    )


def test_several_orders_are_dragged_out_of_the_table(qtbot: QtBot) -> None:
    window = Window(Desk(DaySession(rich_day())))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    desk = window.desk
    pool = desk.day.unassigned
    qtbot.mouseClick(window.table.viewport(), _LEFT, _NONE, window.order(pool[0]))
    qtbot.mouseClick(window.table.viewport(), _LEFT, Qt.KeyboardModifier.ShiftModifier, window.order(pool[2]))
    assert desk.selected == set(pool[:3])
    data = pick_up(qtbot, window.table, window.order(pool[1]))
    before = desk.day.plan.route(B).stops
    assert drop(window.view, data, window.slot(1, 2))
    assert desk.day.plan.route(B).stops == (*before[:2], *pool[:3], *before[2:])
    assert desk.day.schedules[B].broken, "done, marked and explained, not forbidden"
    desk.session.undo()
    assert desk.day.plan.route(B).stops == before
    assert desk.day.unassigned == pool


# --- what a target says ---


def test_a_slot_says_what_a_drop_would_do(window: Window, qtbot: QtBot) -> None:
    data = mime.packed([StopId(6)])
    assert hover(window.view, data, window.slot(0, 1), window.slot(1, 2))
    drops = window.view.drops
    assert drops.target == Target(B, 2)
    # From 5 on to 6: 10 min there, 5 min of service, 10 min more on the way home; 08:00 + 50 + 2 × 5 + 10 min
    assert drops.hint == Hint("+25 min", "arrives 09:10")
    assert drops.hint.minutes == "+25 min"


def test_a_head_says_where_the_best_place_is(window: Window) -> None:
    hover(window.view, mime.packed([StopId(3)]), window.head(1))
    drops = window.view.drops
    assert drops.target == Target(B, None)
    assert drops.hint is not None
    assert (drops.hint.text, drops.hint.rule) == ("best place: 1st, +5 min", "")


def test_a_broken_rule_is_said_and_the_drop_still_taken(window: Window, qtbot: QtBot) -> None:
    dispatch.set_absent(window.desk.session, B, True)
    data = mime.packed([StopId(6)])
    unassigned = [StopId(4), StopId(5)]
    dispatch.unassign(window.desk.session, unassigned)
    assert hover(window.view, data, window.slot(1, 0))
    assert window.view.drops.hint is not None
    assert window.view.drops.hint.rule == "absent"
    assert drop(window.view, data, window.slot(1, 0))
    assert window.desk.day.plan.route(B).stops == (6,)


def test_leaving_takes_the_gap_away(window: Window) -> None:
    hover(window.view, mime.packed([StopId(6)]), window.slot(0, 1))
    assert window.view.drops.target is not None
    QApplication.sendEvent(window.view.viewport(), QDragLeaveEvent())
    assert (window.view.drops.target, window.view.drops.hint) == (None, None)


def test_foreign_drags_are_turned_away(window: Window) -> None:
    data = QMimeData()
    data.setText("[1, 2]")
    assert not hover(window.view, data, window.slot(0, 1))
    assert not hover(window.table, data, QPoint(40, 60))
    assert window.view.drops.target is None


def test_a_drop_before_what_has_happened_is_refused_in_a_sentence(window: Window, qtbot: QtBot) -> None:
    session = window.desk.session
    facts = Facts((Fact(StopId(1), A, FactKind.DELIVERED, 29_500),))
    session.replace_day(session.day.with_facts(facts, 29_600))
    said: list[tuple[str, str]] = []
    window.desk.message.connect(lambda text, kind: said.append((text, kind)))
    hover(window.view, mime.packed([StopId(6)]), window.slot(0, 0))
    assert window.view.drops.hint == Hint("", "done or under way", "done or under way", frozen=True)
    hover(window.view, mime.packed([StopId(6)]), window.slot(0, 1))
    assert window.view.drops.hint is not None
    assert not window.view.drops.hint.frozen
    hover(window.view, mime.packed([StopId(1)]), window.slot(1, 1))
    assert window.view.drops.hint == Hint("", "has been visited", "has been visited", frozen=True)
    drop(window.view, mime.packed([StopId(6)]), window.slot(0, 0))
    assert said[0][1] == "error"
    assert "done or under way" in said[0][0]
    assert window.desk.day.plan.where[StopId(6)] == POOL


def test_lanes_scroll_when_a_drag_nears_their_edge(qtbot: QtBot) -> None:
    window = Window(Desk(DaySession(rich_day())))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    view = window.view
    data = mime.packed([window.desk.day.unassigned[0]])
    port = view.viewport().rect()
    hover(view, data, QPoint(port.right() - 3, port.bottom() - 3))
    qtbot.waitUntil(lambda: view.horizontalScrollBar().value() > 50 and view.verticalScrollBar().value() > 50)
    hover(view, data, QPoint(300, 300))
    rest = view.verticalScrollBar().value()
    qtbot.wait(60)
    assert view.verticalScrollBar().value() == rest
    QApplication.sendEvent(view.viewport(), QDragLeaveEvent())


def test_the_source_fades_while_it_is_dragged(window: Window, qtbot: QtBot) -> None:
    port = window.view.viewport()
    rect = window.view.geometry_now.row_rect(0, window.view.lanes[0].rows[0])

    def darkest() -> int:
        image = port.grab(rect).toImage()
        return min(
            image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height() - 1)
        )

    full = darkest()
    window.view.set_leaving(frozenset({StopId(1)}))
    assert darkest() > full + 60
    window.view.set_leaving(frozenset())
    assert darkest() == full


def test_the_ghost_is_the_card(window: Window) -> None:
    one = ghost(window.desk.day, [StopId(1)], 2.0)
    many = ghost(window.desk.day, [StopId(1), StopId(2)], 2.0)
    assert (one.width(), one.height(), one.devicePixelRatio()) == (280, 84, 2.0)
    assert one.toImage() != many.toImage()


def test_a_drop_into_the_table_by_its_model(window: Window) -> None:
    data = mime.packed([StopId(1)])
    assert window.orders.model.canDropMimeData(data, _MOVE, -1, 0, QModelIndex())
    assert window.orders.model.dropMimeData(data, _MOVE, -1, 0, QModelIndex())
    assert window.desk.day.plan.where[StopId(1)] == POOL


def test_the_best_places_of_the_day_are_marked_while_one_stop_is_dragged(window: Window) -> None:
    """6 goes best between 4 and 5 (25 min more); Ada takes 65 min for it. Several stops have none."""
    data = mime.packed([StopId(6)])
    enter = QDragEnterEvent(QPointF(window.head(0)), _MOVE, data, _LEFT, _NONE)
    QApplication.sendEvent(window.view.viewport(), enter)
    best = window.view.drops.best
    assert [(mark.rank, mark.route, mark.text, mark.rule) for mark in best] == [
        (1, B, "1  +25 min", False),
        (2, A, "2  +65 min", False),
    ]
    assert best[0].at == 1
    window.view.grab()  # painted, the gap under the pointer too
    QApplication.sendEvent(
        window.view.viewport(), QDragMoveEvent(QPointF(window.slot(1, 1)), _MOVE, data, _LEFT, _NONE)
    )
    window.view.grab()
    QApplication.sendEvent(window.view.viewport(), QDragLeaveEvent())
    assert window.view.drops.best == ()
    two = mime.packed([StopId(6), StopId(1)])
    both = QDragEnterEvent(QPointF(window.head(0)), _MOVE, two, _LEFT, _NONE)
    QApplication.sendEvent(window.view.viewport(), both)
    assert window.view.drops.best == ()


def test_marks_out_of_sight_are_told_at_the_edge(qtbot: QtBot) -> None:
    window = Window(Desk(DaySession(rich_day())))
    qtbot.addWidget(window)
    window.resize(800, 500)
    window.show()
    view = window.view
    stop = window.desk.day.plan.pool.stops[0]
    data = mime.packed([stop])
    enter = QDragEnterEvent(QPointF(window.head(0)), _MOVE, data, _LEFT, _NONE)
    QApplication.sendEvent(view.viewport(), enter)
    ground = look.colour("bg").rgb()
    hidden = [
        m for m in view.drops.best if view.geometry_now.lane_left(_lane(view, m.route)) > view.viewport().width()
    ]
    assert hidden
    picture = view.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    at = QPoint(view.viewport().width() - 12, CARDS_TOP + 12) * ratio
    assert picture.pixelColor(at).rgb() != ground


def _lane(view: BoardView, route: ShiftId) -> int:
    return next(i for i, lane in enumerate(view.lanes) if lane.id == route)
