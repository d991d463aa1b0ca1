"""Mouse and keys on the timeline: select, drag bars, pan, zoom, walk."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.ui.board import menus
from dispatch_console.ui.board.ghost import drag_of
from dispatch_console.ui.board.tips import HoverTip
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import tooltips, touring
from dispatch_console.ui.timeline.stage import Hit, Stage

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_STEP: Final = 1.25  # a notch of the wheel zooms by this


class Pointer:
    """One press is one of: a bar (select, perhaps drag), the ground (pan or clear), a label (select the route)."""

    def __init__(self, chart: Stage, desk: Desk) -> None:
        self._chart, self._desk = chart, desk
        self._tip = HoverTip(chart.widget)
        self._pressed: StopId | None = None
        self._narrow = False  # a press on one of several selected: choose it alone on release, if no drag follows
        self._last: QPointF | None = None  # of a pan
        self._start = QPointF()
        self._moved = False

    # --- buttons ---

    def press(self, event: QMouseEvent) -> None:
        self._tip.hide()
        self._pressed, self._narrow, self._moved, self._last = None, False, False, None
        self._start = event.position()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._last = event.position()
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        hit = self._chart.hit(event.position())
        stop = _stop(hit)
        if stop is not None:
            self._press_bar(stop, event.modifiers())
        else:
            self._last = event.position()

    def _press_bar(self, stop: StopId, keys: Qt.KeyboardModifier) -> None:
        desk = self._desk
        self._pressed = stop
        if keys & _CTRL:
            left = desk.selected ^ {stop}
            desk.select(left, stop if stop in left else None, self._chart)
        elif keys & _SHIFT:
            desk.select(desk.selected | self._between(stop), stop, self._chart)
        elif stop in desk.selected and len(desk.selected) > 1:
            self._narrow = True
        else:
            desk.select((stop,), stop, self._chart)

    def _between(self, stop: StopId) -> frozenset[StopId]:
        """All stops from the current one to this one, if they are of one route."""
        where, current = self._desk.shown.plan.where, self._desk.current
        route = where[stop]
        if current is None or where.get(current) != route:
            return frozenset((stop,))
        stops = self._desk.shown.plan.route(route).stops
        first, last = sorted((stops.index(current), stops.index(stop)))
        return frozenset(stops[first : last + 1])

    def release(self, event: QMouseEvent) -> None:
        if self._narrow and self._pressed is not None:
            self._desk.select((self._pressed,), self._pressed, self._chart)
        elif self._last is not None and not self._moved and event.button() == Qt.MouseButton.LeftButton:
            self._click_ground(self._chart.hit(event.position()), event.modifiers())
        self._pressed, self._narrow, self._last = None, False, None
        self._chart.widget.unsetCursor()

    def _click_ground(self, hit: Hit | None, keys: Qt.KeyboardModifier) -> None:
        if hit is not None and hit.label:
            self._desk.select((), None, self._chart, hit.route)
        elif not keys & (_CTRL | _SHIFT):
            self._desk.select((), None, self._chart)

    def double_click(self, event: QMouseEvent) -> None:
        """A bar: show it everywhere. A label: select its stops. The ground: show the whole day again."""
        hit = self._chart.hit(event.position())
        stop = _stop(hit)
        if stop is not None:
            self._desk.reveal.emit(int(stop))
        elif hit is not None and hit.label:
            stops = hit.row.data_now.stops
            self._desk.select(stops, stops[0] if stops else None, self._chart, hit.route)
        else:
            self._chart.fit()

    # --- moving ---

    def move(self, event: QMouseEvent) -> None:
        at = event.position()
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(event)
            return
        if (at - self._start).manhattanLength() >= QApplication.startDragDistance():
            self._moved = True
        if self._pressed is not None and self._moved and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(self._pressed)
        elif self._last is not None and self._moved:
            self._chart.widget.setCursor(Qt.CursorShape.ClosedHandCursor)
            step = at - self._last
            self._last = at
            self._chart.pan(step.x(), step.y())

    def dragged(self, pressed: StopId) -> list[StopId]:
        """What a drag of this bar takes along: the selection, in driving order."""
        return self._desk.selection_in_order() if pressed in self._desk.selected else [pressed]

    def _drag(self, pressed: StopId) -> None:
        """Blocks until it is dropped or given up."""
        self._pressed, self._narrow = None, False
        stops = self.dragged(pressed)
        drag = drag_of(self._chart.widget, self._desk.day, stops)
        self._chart.set_held(stops)
        drag.exec(Qt.DropAction.MoveAction)
        self._chart.set_held(())

    def _hover(self, event: QMouseEvent) -> None:
        hit = self._chart.hit(event.position())
        at, day, at_x = event.globalPosition().toPoint(), self._desk.shown, event.position().x()
        stop = _stop(hit)
        between = hit.row.between_at(at_x) if hit is not None and not hit.label else None
        if stop is not None:
            self._tip.over(("stop", stop), at, lambda: tooltips.of_stop(self._desk.shown, stop, None))
        elif hit is not None and hit.label:
            self._tip.over(("route", hit.route), at, lambda: tooltips.of_route(day, hit.route))
        elif hit is not None and between is not None:
            self._tip.over(("between", hit.route, between), at, lambda: touring.between(day, hit.route, between))
        else:
            self._tip.over(None, at, str)

    def leave(self) -> None:
        self._tip.hide()

    def wheel(self, event: QWheelEvent) -> None:
        """Plain: rows; Ctrl: zoom around the pointer; Shift or sideways: time."""
        self._tip.hide()
        delta = event.angleDelta()
        if event.modifiers() & _CTRL:
            self._chart.zoom(_STEP ** (delta.y() / 120), event.position().x())
        elif event.modifiers() & _SHIFT or abs(delta.x()) > abs(delta.y()):
            self._chart.pan(float(delta.x() or delta.y()), 0)
        else:
            self._chart.pan(0, delta.y() / 120 * 3 * self._chart.mood.pitch)
        event.accept()

    def menu(self, event: QContextMenuEvent) -> None:
        self._tip.hide()
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        hit = None if by_key else self._chart.hit(QPointF(event.pos()))
        stop = _stop(hit)
        if stop is not None and stop not in self._desk.selected:
            self._desk.select((stop,), stop, self._chart)
        if hit is not None and hit.label:
            menus.popup(menus.lane_menu(self._desk, hit.route, self._chart.widget), event.globalPos())
        elif self._desk.selected and (by_key or stop is not None):
            menus.popup(menus.stop_menu(self._desk, self._chart.widget), event.globalPos())

    # --- keys ---

    def key(self, event: QKeyEvent) -> bool:
        """True if the key was one of ours: arrows walk, + and − zoom, Enter shows the stop everywhere."""
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | _SHIFT):
            return False
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self._walk(1 if event.key() == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._change_row(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Plus:
                self._chart.zoom(_STEP)
            case Qt.Key.Key_Minus:
                self._chart.zoom(1 / _STEP)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._desk.current is not None:
                self._desk.reveal.emit(int(self._desk.current))
            case _:
                return False
        return True

    def _walk(self, step: int) -> None:
        desk = self._desk
        route = desk.shown.plan.where.get(desk.current, POOL) if desk.current is not None else POOL
        if desk.current is None or route == POOL:
            self._select(next((row.data_now.stops[0] for row in self._rows() if row.data_now.stops), None))
            return
        stops = desk.shown.plan.route(route).stops
        self._select(stops[min(max(stops.index(desk.current) + step, 0), len(stops) - 1)])

    def _change_row(self, step: int) -> None:
        """To the stop of the next driver with stops whose service is nearest in time."""
        desk = self._desk
        route = desk.shown.plan.where.get(desk.current, POOL) if desk.current is not None else POOL
        if desk.current is None or route not in self._chart.rows:
            self._walk(0)
            return
        here = self._chart.rows[route].data_now
        at = here.begin[here.stops.index(desk.current)]
        ids = list(self._chart.rows)
        others = ids[ids.index(route) + 1 :] if step > 0 else ids[: ids.index(route)][::-1]
        for id in others:
            there = self._chart.rows[id].data_now
            if there.stops:
                self._select(there.stops[int(abs(there.begin - at).argmin())])
                return

    def _rows(self):
        return self._chart.rows.values()

    def _select(self, stop: StopId | None) -> None:
        if stop is not None:
            self._desk.select((stop,), stop, self._chart)
            self._chart.reveal(stop)


def _stop(hit: Hit | None) -> StopId | None:
    return hit.row.data_now.stops[hit.at] if hit is not None and hit.at is not None else None
