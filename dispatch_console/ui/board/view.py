"""The board: one scroll area that paints all lanes. No widget per lane or card."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.ui.board import best, colleagues, keys, lane_order, paint_card, paint_head
from dispatch_console.ui.board.catching_up import CatchingUp
from dispatch_console.ui.board.drop import DropZone
from dispatch_console.ui.board.geometry import CARDS_TOP, LANE, MARGIN, SLOT, Geometry, into_view
from dispatch_console.ui.board.glide import Glide
from dispatch_console.ui.board.hint import Hint
from dispatch_console.ui.board.lane_order import Order
from dispatch_console.ui.board.lanes import Lane, Row
from dispatch_console.ui.board.paint_card import Mood
from dispatch_console.ui.board.paint_head import STRIPE
from dispatch_console.ui.board.pictures import Pictured, Pictures
from dispatch_console.ui.board.pointer import Pointer
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models.plan_model import PlanModel
from dispatch_console.ui.models.why import Why
from dispatch_console.ui.widgets.overlay import OverlayBar

_PLAIN = Mood()
_WHEEL_PX = 60


class BoardView(QAbstractScrollArea):
    """Heads stay, cards of all lanes scroll together; the wheel with Shift scrolls across."""

    def __init__(self, desk: Desk, why: Why, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.model = PlanModel(desk, self)
        self.lanes: list[Lane] = []
        self.order: Order = "driver"
        self.marks: dict[StopId, str] = {}
        self.all_lanes = False  # also those that a plan that is previewed leaves alone
        self._width = LANE
        self._unfolded: set[ShiftId] = set()
        self._leaving: frozenset[StopId] = frozenset()
        self._pictures = Pictures()
        self._catching_up = CatchingUp(self._paint_ahead, self.repaint_lane, self)
        self._glide = Glide(self)
        self._set_up()
        self.drops = DropZone(self, self)
        self.pointer = Pointer(self, why, self)
        self._bars = (
            OverlayBar(self, Qt.Orientation.Horizontal, MARGIN),
            OverlayBar(self, Qt.Orientation.Vertical, CARDS_TOP, shy=True),
        )
        self.take_over(desk.day)
        desk.day_changed.connect(self._on_day)
        desk.selection_changed.connect(self._on_selection)
        desk.reveal.connect(self._on_reveal)
        desk.theme_changed.connect(self._on_theme)
        desk.preview_changed.connect(self._on_preview)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Routes board"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)

    # --- what is on show ---

    @property
    def geometry_now(self) -> Geometry:
        size = self.viewport().size()
        x, y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return Geometry(self.lanes, self._width, x, y, size.width(), size.height())

    def set_lane_width(self, width: int) -> None:
        """148, 140 in a small window, 162 beside a preview."""
        if width != self._width:
            self._width = width
            self._fit()

    def set_order(self, order: Order) -> None:
        self.order = order
        self.take_over(self.desk.shown)

    def toggle_fold(self, route: ShiftId) -> None:
        """Show or hide the older done stops of a lane."""
        self._unfolded ^= {route}
        self._refresh(self.desk.shown)

    def take_over(self, day: Day) -> None:
        """Show the lanes of `day` in the chosen order."""
        shifts = lane_order.ordered(day, self.order)
        seen = self.desk.previewed
        if seen is not None and not self.all_lanes:
            shifts = [shift for shift in shifts if shift.id in seen.touched]
        self.lanes = [self._lane(day, shift) for shift in shifts]
        self._fit()

    def _lane(self, day: Day, shift: Shift) -> Lane:
        return Lane(day, shift, unfolded=shift.id in self._unfolded)

    def _refresh(self, day: Day) -> None:
        """Make anew the lanes that have changed, and repaint only those, soon."""
        height = self.geometry_now.content_height
        changed: list[ShiftId] = []
        for i, lane in enumerate(self.lanes):
            shift = day.shifts[lane.id]
            if not lane.shows(day, shift, unfolded=lane.id in self._unfolded):
                self.lanes[i] = self._lane(day, shift)
                changed.append(lane.id)
        self._catching_up.add(changed)
        if self.geometry_now.content_height != height:
            self._fit(repaint=False)

    def _fit(self, *, repaint: bool = True) -> None:
        """Set how far the bars scroll."""
        view, now = self.viewport(), self.geometry_now
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setPageStep(view.width())
        across.setSingleStep(self._width // 2)
        across.setRange(0, max(0, now.content_width - view.width()))
        page = max(0, view.height() - CARDS_TOP)
        down.setPageStep(page)
        down.setSingleStep(SLOT)
        down.setRange(0, max(0, now.content_height - page))
        if repaint:
            view.update()

    def repaint_lane(self, route: ShiftId) -> None:
        now = self.geometry_now
        for i, lane in enumerate(self.lanes):
            if lane.id == route:
                self.viewport().update(now.lane_rect(i))

    def set_leaving(self, stops: frozenset[StopId]) -> None:
        """These cards are being dragged: they fade."""
        self._leaving = stops
        self.viewport().update()

    # --- following the desk ---

    def _on_day(self, before: Day, after: Day, _initiator: object) -> None:
        self.pointer.forget()
        if self.desk.previewed is not None:
            return  # the plan that is previewed is worked out anew for the day, and told by itself
        if before.date == after.date and list(before.shifts) == list(after.shifts):
            self._refresh(after)
        else:
            self.take_over(after)

    def _on_preview(self) -> None:
        """Cards of the plan that is previewed, with what it does to them; and back."""
        seen = self.desk.previewed
        self.marks = seen.badges if seen is not None else {}
        self.pointer.forget()
        self.take_over(self.desk.shown)

    def show_all_lanes(self, all_lanes: bool) -> None:
        """While a plan is previewed: all routes, or only those that it changes."""
        self.all_lanes = all_lanes
        self.take_over(self.desk.shown)

    def _on_selection(self, initiator: object) -> None:
        self.viewport().update()
        if initiator is self:
            return
        if self.desk.current is not None:
            self.scroll_to(self.desk.current)
        elif self.desk.current_route is not None:
            self._scroll_to_lane(self.desk.current_route)

    def _on_theme(self) -> None:
        self._pictures.clear()
        self.viewport().update()

    def _on_reveal(self, stop: int) -> None:
        self.scroll_to(StopId(stop))

    # --- scrolling ---

    def scroll_by(self, x: int, y: int) -> None:
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + x)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + y)

    def scroll_to(self, stop: StopId) -> None:
        """Bring a stop's card into view within 120 ms; unfolds it if need be."""
        route = self.desk.shown.plan.where.get(stop)
        at = next((i for i, lane in enumerate(self.lanes) if lane.id == route), None)
        if at is None:
            return
        lane = self.lanes[at]
        row = lane.row_of(lane.stops.index(stop))
        if row is None:
            self.toggle_fold(lane.id)
            row = self.lanes[at].row_of(lane.stops.index(stop))
        if row is not None:
            self._glide_to(at, row)

    def _scroll_to_lane(self, route: ShiftId) -> None:
        at = next((i for i, lane in enumerate(self.lanes) if lane.id == route), None)
        if at is not None:
            now = self.geometry_now
            x = into_view(now.x, now.lane_left(at) + now.x, self._width, now.view_width, MARGIN)
            self.horizontalScrollBar().setValue(x)

    def _glide_to(self, lane: int, row: Row) -> None:
        now = self.geometry_now
        x = into_view(now.x, now.lane_left(lane) + now.x, self._width, now.view_width, MARGIN)
        under_bar = MARGIN if self.horizontalScrollBar().maximum() else 0
        y = into_view(now.y, row.top, row.height + under_bar, now.view_height - CARDS_TOP, 0)
        if (x, y) == (now.x, now.y):
            return
        self._glide.to(x, y)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        size = self.viewport().size()
        self.viewport().update(0, 0 if dx else CARDS_TOP, size.width(), size.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._glide.stop()
        pixels, angle = event.pixelDelta(), event.angleDelta()
        notch = _WHEEL_PX / 120
        x, y = (pixels.x(), pixels.y()) if not pixels.isNull() else (angle.x() * notch, angle.y() * notch)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not x:
            x, y = y, 0
        self.scroll_by(-round(x), -round(y))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = event.rect()
        paint_head.paint_back(painter, area)
        now = self.geometry_now
        for i in now.lanes_between(area.left(), area.right()):
            self._paint_lane(painter, now, i, area)
        best.paint_at_edges(painter, now, self.drops.best)
        painter.end()

    def _paint_lane(self, painter: QPainter, now: Geometry, index: int, area: QRect) -> None:
        lane, target = self.lanes[index], self.drops.target
        here = target if target is not None and target.route == lane.id else None
        rect = now.lane_rect(index)
        paint_head.paint_ground(painter, rect, lane)
        if area.bottom() >= CARDS_TOP:
            inner = QRect(rect.left() + 1, CARDS_TOP, rect.width() - 2, now.view_height - CARDS_TOP)
            painter.setClipRect(inner & area)
            gap = now.slot_top(index, here.at) if here is not None and here.at is not None else None
            self._paint_rows(painter, now, index, gap)
            best.paint_in_lane(painter, now, index, self.drops.best, gap)
            painter.setClipping(False)
        if area.top() < CARDS_TOP:
            self._paint_head(painter, now, index, self.drops.hint if here is not None and here.at is None else None)
            names = self.desk.editors(lane.id)
            colleagues.paint_over(painter, now.lock_rect(index), names, self.devicePixelRatioF())

    def _paint_head(self, painter: QPainter, now: Geometry, index: int, hint: Hint | None) -> None:
        lane, ratio = self.lanes[index], self.devicePixelRatioF()
        rect, lock = now.head_rect(index), now.lock_rect(index)
        if hint is not None:
            paint_head.paint_head(painter, rect, lock, lane, hint=hint, ratio=ratio)
            return
        self._pictures.draw(painter, *self._head_picture(now, index))

    def _head_picture(self, now: Geometry, index: int) -> Pictured:
        lane, ratio = self.lanes[index], self.devicePixelRatioF()
        rect, lock = now.head_rect(index), now.lock_rect(index)
        lock.translate(-rect.left(), -rect.top() - STRIPE)

        def paint(on: QPainter, at: QRect) -> None:
            paint_head.paint_head(on, at.adjusted(0, -STRIPE, 0, 0), lock, lane, hint=None, ratio=ratio)

        below = rect.adjusted(0, STRIPE, 0, 0)  # the stripe has round corners: it belongs to the ground
        return lane.id, lane, below, paint

    def _card_picture(self, lane: Lane, row: Row, rect: QRect) -> Pictured:
        card = lane.card(row.at)
        return (
            (card.stop, "card"),
            card,
            rect,
            partial(paint_card.paint_plain, card=card, ratio=self.devicePixelRatioF()),
        )

    def _paint_ahead(self, route: ShiftId) -> Generator[None]:
        """The pictures of what is in view of a lane, one at each step."""
        now, ratio = self.geometry_now, self.viewport().devicePixelRatioF()
        lanes = now.lanes_between(0, self.viewport().width())
        index = next((i for i in lanes if self.lanes[i].id == route), None)
        if index is None:
            return
        lane = self.lanes[index]
        self._pictures.ready(ratio, *self._head_picture(now, index))
        for row in lane.rows_between(now.y, now.y + now.view_height - CARDS_TOP):
            yield
            if row.kind == "card":
                self._pictures.ready(ratio, *self._card_picture(lane, row, now.row_rect(index, row)))

    def _paint_rows(self, painter: QPainter, now: Geometry, index: int, gap: int | None) -> None:
        lane, ratio = self.lanes[index], self.devicePixelRatioF()
        top = now.y - (SLOT if gap is not None else 0)
        for row in lane.rows_between(top, now.y + now.view_height - CARDS_TOP):
            rect = now.row_rect(index, row)
            if gap is not None and row.top >= gap:
                rect.translate(0, SLOT)
            mood = self._mood(lane, row)
            if mood != _PLAIN or row.kind != "card":
                paint_card.paint_row(painter, rect, lane, row, mood, ratio)
                continue
            self._pictures.draw(painter, *self._card_picture(lane, row, rect))
        if gap is not None:
            left = now.lane_left(index) + 1
            rect = QRect(left, CARDS_TOP + gap - now.y, self._width - 2, SLOT)
            paint_card.paint_gap(painter, rect, self.drops.hint)

    def _mood(self, lane: Lane, row: Row) -> Mood:
        over = self.pointer.hovered == (lane.id, row.kind, row.at)
        if row.kind != "card":
            return Mood(hovered=over)
        stop = lane.stops[row.at]
        focused = stop == self.desk.current and stop not in self.desk.selected and self.hasFocus()
        return Mood(
            selected=stop in self.desk.selected,
            hovered=over,
            focused=focused,
            leaving=stop in self._leaving,
            badge=self.marks.get(stop, ""),
        )

    # --- pointer, keys, drops: handed on ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pointer.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.pointer.context_menu(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self.pointer.forget()
        if event.type() is QEvent.Type.ToolTip:
            return True  # ours come after 500 ms, from the pointer
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keys.press(self, event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.drops.move(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.drops.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drops.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drops.drop(event)
