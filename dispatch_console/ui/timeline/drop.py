"""Stops dropped on the timeline: into the row under the pointer, at the time under the pointer."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.services import dispatch
from dispatch_console.ui.board import hint
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import mime
from dispatch_console.ui.timeline.overlay import AXIS, Aim
from dispatch_console.ui.timeline.stage import Stage

_EDGE = 24  # px from the upper and lower edge within which rows scroll


class Target(NamedTuple):
    """Before the stop at `at` of a route, or at the best place (None: the drag is on its label)."""

    route: ShiftId
    at: int | None


class DropZone:
    """Takes the drag events of the chart."""

    def __init__(self, chart: Stage, desk: Desk) -> None:
        self._chart, self._desk = chart, desk
        self._known: tuple[object, Aim] | None = None

    def move(self, event: QDragMoveEvent) -> None:
        """Always taken if it carries stops: a broken rule is shown, not forbidden."""
        stops = mime.unpacked(event.mimeData(), self._desk.day.stops)
        if not stops:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self._scroll(event.position())
        target = self._target(event.position())
        self._chart.mark.show_aim(self._aim(stops, target) if target is not None else None)

    def leave(self) -> None:
        self._known = None
        self._chart.mark.show_aim(None)

    def drop(self, event: QDropEvent) -> None:
        stops = mime.unpacked(event.mimeData(), self._desk.day.stops)
        target = self._target(event.position())
        self.leave()
        if not stops or target is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self._desk.do(dispatch.move, self._desk.session, stops, target.route, target.at)

    def _target(self, at: QPointF) -> Target | None:
        hit = self._chart.hit(at)
        if hit is None:
            return None
        if hit.label or self._desk.previewed is not None:  # bars of another plan stand in no place of this one
            return Target(hit.route, None)
        return Target(hit.route, hit.row.data_now.slot_at(self._chart.scale_now.seconds(at.x())))

    def _aim(self, stops: list[StopId], target: Target) -> Aim:
        """The mark for a target; what dropping would do is worked out once per target."""
        key = (target, tuple(stops), self._desk.day.revision)
        top, pitch = self._chart.row_top(target.route), self._chart.mood.pitch
        if self._known is None or self._known[0] != key:
            text, bad = self._words(stops, target)
            data = self._chart.rows[target.route].data_now
            at_s = data.slot_time(target.at) if target.at is not None else None
            self._known = (key, Aim(top, pitch, at_s, text, bad))
        _, aim = self._known
        return aim if aim.y == top else Aim(top, pitch, aim.at_s, aim.text, aim.bad)

    def _words(self, stops: list[StopId], target: Target) -> tuple[str, bool]:
        day, desk = self._desk.day, self._desk
        if target.at is None:
            found = hint.of_head(day, stops, target.route)
        else:
            found = hint.of_slot(day, stops, target.route, target.at, desk.hhmm)
        if found.rule:
            return f"{found.minutes}  {found.rule}".strip(), True
        return (found.text if target.at is None else f"{found.minutes}, {found.text}"), False

    def _scroll(self, at: QPointF) -> None:
        if at.y() < AXIS + _EDGE:
            self._chart.pan(0, self._chart.mood.pitch)
        elif at.y() > self._chart.height() - _EDGE:
            self._chart.pan(0, -self._chart.mood.pitch)
