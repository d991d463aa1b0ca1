"""The chart: rows of all drivers in one scene of pixels, scrolled and zoomed by a scale of our own."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QScrollBar, QWidget

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import standing
from dispatch_console.ui.models.idle import Idle, Job
from dispatch_console.ui.theme import look
from dispatch_console.ui.timeline import rowdata
from dispatch_console.ui.timeline.drop import DropZone
from dispatch_console.ui.timeline.overlay import AXIS, Axis, DropMark, Grid
from dispatch_console.ui.timeline.pointer import Pointer
from dispatch_console.ui.timeline.row import Mood, Row
from dispatch_console.ui.timeline.scale import LABELS, Scale, span_of
from dispatch_console.ui.timeline.stage import Hit

#: A chart lower than this has low rows without text in bars.
COMPACT_BELOW = 200
_COMPACT_ROW, _LEAST_ROW, _MOST_ROW = 14, 17, 18
_BAR = 10  # px of the scroll bar
#: So many rows are painted anew in one go. A plan that is accepted changes all of them: then one after the other.
_AT_ONCE = 4


class Chart(pg.GraphicsView):
    """Scene coordinates are the widget's pixels. `zoomed_by_hand`: the user chose what time it shows."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackground(None)
        self.desk = desk
        self._day = desk.day
        self.scale_now = Scale()
        self.mood = Mood()
        self.rows: dict[ShiftId, Row] = {}
        self.zoomed_by_hand = False
        self._behind: dict[ShiftId, None] = {}
        self._idle = Idle(self, slice_s=0.0)  # a row, then whatever the window has to do: painting it above all
        self.offset = 0.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Timeline"))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setCacheMode(pg.GraphicsView.CacheModeFlag.CacheNone)
        self._scroll = QScrollBar(Qt.Orientation.Vertical, self)
        self._scroll.valueChanged.connect(self._on_scroll)
        self.grid = Grid(self.scale_now, self._chart_height)
        self.axis = Axis(self.scale_now, self._chart_height, desk.hhmm, lambda: desk.now)
        self.mark = DropMark(self.scale_now, self._chart_height)
        for item in (self.grid, self.axis, self.mark):
            self.scene().addItem(item)
        self._pointer = Pointer(self, desk)
        self._drop = DropZone(self, desk)

    # --- contents ---

    def show_day(self, day: Day) -> None:
        """Rows for all shifts of a day, and the time its routes take."""
        self._day = day
        for row in self.rows.values():
            self.scene().removeItem(row)
        self._behind.clear()
        self.rows = {id: Row(rowdata.of_route(day, id), self.scale_now, self.mood) for id in day.shifts}
        for row in self.rows.values():
            self.scene().addItem(row)
        self.zoomed_by_hand = False
        self.mood.selected = self.desk.selected
        self.fit()

    def change_day(self, before: Day, after: Day) -> None:
        """Follow a change: repaint the rows whose route, schedule or shift is another object now."""
        self._day = after
        if before.date != after.date or list(self.rows) != list(after.shifts):
            self.show_day(after)
            return
        for id in self.rows:
            same = before.schedules.get(id) is after.schedules[id] and before.shifts.get(id) is after.shifts[id]
            if not same or before.baseline is not after.baseline or _went_on(before, after, id):
                self._behind[id] = None
        if len(self._behind) <= _AT_ONCE:
            self.catch_up()
        else:
            self._idle.clear()
            self._idle.add(self._catching_up())
        if not self.zoomed_by_hand and self._runs_out(after):
            self.fit()

    def catch_up(self) -> None:
        """Bring all rows up to the day."""
        for _ in self._catching_up():
            pass

    def _catching_up(self) -> Job:
        while self._behind:
            id = next(iter(self._behind))
            del self._behind[id]
            if id in self.rows:
                self.rows[id].set_data(rowdata.of_route(self._day, id))
            yield

    def _runs_out(self, day: Day) -> bool:
        start, end = span_of(day, self.desk.now)
        return start < self.scale_now.start or end > self.scale_now.end

    def set_selected(self, selected: frozenset[StopId]) -> None:
        changed = selected ^ self.mood.selected
        self.mood.selected = selected
        for row in self.rows.values():
            if not changed.isdisjoint(row.data_now.stops):
                row.update()

    def set_held(self, stops: Sequence[StopId]) -> None:
        """Show stops that are being dragged away at 40 %."""
        self.mood.held = frozenset(stops)
        self.repaint_all()

    def repaint_all(self) -> None:
        for item in (self.grid, self.axis, *self.rows.values()):
            item.update()
        self.viewport().update()

    # --- where things are ---

    @property
    def widget(self) -> QWidget:
        """What shows the scene: the source of drags, the owner of tooltips and of the pointer's shape."""
        return self.viewport()

    @property
    def room(self) -> float:
        """Height for rows, px."""
        return self.height() - AXIS

    def hit(self, at: QPointF) -> Hit | None:
        if at.y() < AXIS:
            return None
        index = int((at.y() - AXIS + self.offset) // self.mood.pitch)
        if not 0 <= index < len(self.rows):
            return None
        id, row = list(self.rows.items())[index]
        return Hit(id, row, row.bar_at(at.x()), at.x() < LABELS)

    def row_top(self, id: ShiftId) -> float:
        return self._top(list(self.rows).index(id))

    def _top(self, index: int) -> float:
        """Whole pixels, so that bars are sharp though the height of rows is a fraction."""
        return float(AXIS + round(index * self.mood.pitch - self.offset))

    # --- time and height ---

    def fit(self) -> None:
        """Show the whole day."""
        self.zoomed_by_hand = False
        self.scale_now.show(*span_of(self._day, self.desk.now))
        self.lay_out()

    def zoom(self, factor: float, x: float | None = None) -> None:
        self.zoomed_by_hand = True
        self.scale_now.zoom(factor, x if x is not None else (LABELS + self.width()) / 2)
        self._reshape()

    def pan(self, dx: float, dy: float) -> None:
        if dx:
            self.zoomed_by_hand = True
            self.scale_now.pan(dx)
            self._reshape()
        if dy:
            self._scroll.setValue(round(self.offset - dy))

    def reveal(self, stop: StopId) -> None:
        """Bring a stop's bar into view."""
        id = self._day.plan.where.get(stop)
        if id is None or id not in self.rows:
            return
        top = self.row_top(id)
        if top < AXIS:
            self.pan(0, AXIS - top)
        elif top + self.mood.pitch > self.height():
            self.pan(0, self.height() - top - self.mood.pitch)
        row = self.rows[id]
        bar = row.bar_rect(row.data_now.stops.index(stop))
        if bar.left() < LABELS or bar.right() > self.width():
            self.pan((LABELS + self.width()) / 2 - bar.center().x(), 0)

    def lay_out(self) -> None:
        """Heights of rows by the room there is, and everything that follows from it."""
        count = max(len(self.rows), 1)
        self.mood.compact = self.height() < COMPACT_BELOW
        if self.mood.compact:
            self.mood.pitch = float(_COMPACT_ROW) if self.room / count < _COMPACT_ROW - 0.5 else self.room / count
            self.mood.pitch = min(self.mood.pitch, _COMPACT_ROW)
        else:
            self.mood.pitch = min(max(self.room / count, _LEAST_ROW), _MOST_ROW)
        spare = max(0, round(len(self.rows) * self.mood.pitch - self.room))
        self._scroll.setRange(0, spare)
        self._scroll.setPageStep(max(1, round(self.room)))
        self._scroll.setSingleStep(round(self.mood.pitch))
        self._scroll.setVisible(spare > 0)
        self.scale_now.width = self.width() - (_BAR if spare > 0 else 0)
        self._scroll.setGeometry(self.width() - _BAR, AXIS, _BAR, self.height() - AXIS)
        self._on_scroll(self._scroll.value())
        self._reshape()

    def _on_scroll(self, value: int) -> None:
        self.offset = float(value)
        for at, row in enumerate(self.rows.values()):
            row.setPos(0, self._top(at))

    def _reshape(self) -> None:
        for item in (self.grid, self.axis, self.mark, *self.rows.values()):
            item.resized()

    def _chart_height(self) -> float:
        return float(self.height())

    # --- events: ours alone, pyqtgraph's own panning and menus are left out ---

    def resizeEvent(self, ev: QResizeEvent) -> None:
        super().resizeEvent(ev)
        if hasattr(self, "mark"):  # the base class resizes itself before we are complete
            self.lay_out()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        painter.fillRect(rect, look.colour("pane"))

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        self._pointer.press(ev)

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        self._pointer.move(ev)

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        self._pointer.release(ev)

    def mouseDoubleClickEvent(self, ev: QMouseEvent) -> None:
        self._pointer.double_click(ev)

    def leaveEvent(self, ev: object) -> None:
        self._pointer.leave()

    def wheelEvent(self, ev: QWheelEvent) -> None:
        self._pointer.wheel(ev)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._pointer.menu(event)

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        if not self._pointer.key(ev):
            ev.ignore()

    def dragEnterEvent(self, ev: QDragEnterEvent) -> None:
        self._drop.move(ev)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drop.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop.drop(event)


def _went_on(before: Day, after: Day, id: ShiftId) -> bool:
    """Whether the clock alone has let a silent driver go on."""
    if before.now == after.now:
        return False
    return standing.passed(before, before.plan.route(id)) != standing.passed(after, after.plan.route(id))
