"""A drag over the board: where it would go, what that would do, and the drop itself."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QDragMoveEvent, QDropEvent

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.ui.board import best, hint
from dispatch_console.ui.board.best import Mark
from dispatch_console.ui.board.geometry import CARDS_TOP
from dispatch_console.ui.board.hint import Hint
from dispatch_console.ui.board.stage import Stage
from dispatch_console.ui.models import mime

_EDGE = 24
_FASTEST = 18  # px a step of the timer
_STEP_MS = 16


class Target(NamedTuple):
    """Where a drop would go: before the stop at `at` of a route, or at the best place (None)."""

    route: ShiftId
    at: int | None


class DropZone(QObject):
    """Takes the drag events of the board's viewport. `target`, `hint` and `best` (the best places of the day for
    the one stop that is dragged) are what the board paints."""

    def __init__(self, view: Stage, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self.target: Target | None = None
        self.hint: Hint | None = None
        self.best: tuple[Mark, ...] = ()
        self._stops: list[StopId] = []
        self._at = QPoint()
        self._scroll = QTimer(self)
        self._scroll.setInterval(_STEP_MS)
        self._scroll.timeout.connect(self._scroll_on)

    def move(self, event: QDragMoveEvent) -> None:
        """Of entering and of every move. Stops are always welcome: a broken rule is shown, not forbidden."""
        stops = mime.unpacked(event.mimeData(), self._view.desk.day.stops)
        if not stops:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        if stops != self._stops:
            self._set_best(stops)
        self._stops, self._at = stops, event.position().toPoint()
        self._aim()
        if any(self._speed()):
            self._scroll.start()

    def leave(self) -> None:
        self._scroll.stop()
        self._stops = []
        self._set(None)
        self._set_best([])

    def drop(self, event: QDropEvent) -> None:
        self._at = event.position().toPoint()
        self._stops = mime.unpacked(event.mimeData(), self._view.desk.day.stops)
        target = self._target() if self._stops else None
        self.leave()
        if target is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        model = self._view.model
        row = -1 if target.at is None else target.at
        parent: QModelIndex = model.index_of_route(target.route)
        model.dropMimeData(event.mimeData(), Qt.DropAction.MoveAction, row, 0, parent)

    def _aim(self) -> None:
        self._set(self._target())

    def _target(self) -> Target | None:
        view = self._view
        lane = view.geometry_now.lane_at(self._at.x())
        if lane is None:
            return None
        route = view.lanes[lane].id
        # Cards of a plan that is previewed stand where they do not stand yet: then only the best place is sure.
        if self._at.y() < CARDS_TOP or view.desk.previewed is not None:
            return Target(route, None)
        return Target(route, view.geometry_now.slot_at(lane, self._at.y()))

    def _set(self, target: Target | None) -> None:
        if target == self.target:
            return
        before, self.target = self.target, target
        self.hint = self._hint(target) if target is not None else None
        for touched in (before, target):
            if touched is not None:
                self._view.repaint_lane(touched.route)

    def _set_best(self, stops: list[StopId]) -> None:
        """For a drag that begins; what is previewed stands elsewhere than it would be dropped."""
        view, had = self._view, bool(self.best)
        self.best = () if view.desk.previewed is not None else best.marks(view.desk.day, stops)
        if had or self.best:
            view.viewport().update()

    def _hint(self, target: Target) -> Hint:
        day = self._view.desk.day
        if target.at is None:
            return hint.of_head(day, self._stops, target.route)
        return hint.of_slot(day, self._stops, target.route, target.at, self._view.desk.hhmm)

    def _speed(self) -> tuple[int, int]:
        """How far to scroll in a step: the faster the nearer to an edge. Heads do not scroll upwards."""
        view = self._view.viewport()
        x = _push(self._at.x(), 0, view.width())
        y = _push(self._at.y(), CARDS_TOP, view.height()) if self._at.y() >= CARDS_TOP else 0
        return x, y

    def _scroll_on(self) -> None:
        x, y = self._speed()
        if not (x or y) or not self._stops:
            self._scroll.stop()
            return
        self._view.scroll_by(x, y)
        self._aim()


def _push(at: int, low: int, high: int) -> int:
    if at < low + _EDGE:
        return -_step(low + _EDGE - at)
    return _step(at - (high - _EDGE)) if at > high - _EDGE else 0


def _step(depth: int) -> int:
    return max(1, round(_FASTEST * min(depth, _EDGE) / _EDGE))
