"""Where everything on the board lies, in px of the viewport, and what lies under a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from PySide6.QtCore import QPoint, QRect

from dispatch_console.domain.orders import StopId
from dispatch_console.ui.board.lanes import Lane, Row

MARGIN = 8  # around all lanes
GAP = 4  # between two lanes
HEAD = 92  # a lane's head, its rule below included
CARDS_TOP = MARGIN + 1 + HEAD  # 1: the lane's border
SLOT = 40  # the gap that opens where a drop would go
LANE = 148
LANE_NARROW = 140
LANE_PREVIEW = 162  # room for `from IF` on a card
LOCK = 14

Part = Literal["head", "lock", "card", "reload", "fold", "rest"]


class Hit(NamedTuple):
    """What lies under a point: the lane's index, which part of it, and its row if it is one."""

    lane: int
    part: Part
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Geometry:
    """Turns lanes and rows into rectangles of the viewport and back. `x`, `y`: how far it is scrolled."""

    lanes: Sequence[Lane]
    width: int
    x: int
    y: int
    view_width: int
    view_height: int

    @property
    def content_width(self) -> int:
        n = len(self.lanes)
        return 2 * MARGIN + n * self.width + max(0, n - 1) * GAP

    @property
    def content_height(self) -> int:
        """Of the longest lane's cards, with room to drop behind the last one."""
        return max((lane.height for lane in self.lanes), default=0) + SLOT

    def lane_left(self, lane: int) -> int:
        return MARGIN + lane * (self.width + GAP) - self.x

    def lane_rect(self, lane: int) -> QRect:
        """With its border; runs out of the bottom of the view."""
        return QRect(self.lane_left(lane), MARGIN, self.width, max(0, self.view_height - MARGIN))

    def head_rect(self, lane: int) -> QRect:
        return QRect(self.lane_left(lane) + 1, MARGIN + 1, self.width - 2, HEAD)

    def lock_rect(self, lane: int) -> QRect:
        head = self.head_rect(lane)
        return QRect(head.right() - 7 - LOCK, head.top() + 10, LOCK, LOCK)

    def row_rect(self, lane: int, row: Row) -> QRect:
        return QRect(self.lane_left(lane) + 1, CARDS_TOP + row.top - self.y, self.width - 2, row.height)

    def beside(self, stop: StopId) -> QPoint:
        """At the right of a stop's card, or at the edge behind which that lies."""
        x, y = MARGIN, CARDS_TOP
        for index, lane in enumerate(self.lanes):
            row = lane.row_of(lane.stops.index(stop)) if stop in lane.stops else None
            if row is not None:
                rect = self.row_rect(index, row)
                x = min(max(MARGIN, rect.right() + GAP), self.view_width)
                y = min(max(CARDS_TOP, rect.top()), self.view_height)
        return QPoint(x, y)

    def lanes_between(self, left: int, right: int) -> range:
        """The lanes that may touch these columns of the view."""
        step = self.width + GAP
        first = (left + self.x - MARGIN) // step
        last = (right + self.x - MARGIN) // step
        return range(max(0, first), min(len(self.lanes), last + 1))

    def lane_at(self, x: int) -> int | None:
        """The lane at a column, the gap right of it included."""
        at = (x + self.x - MARGIN) // (self.width + GAP)
        return at if 0 <= at < len(self.lanes) else None

    def hit(self, point: QPoint) -> Hit | None:
        at = self.lane_at(point.x())
        if at is None:
            return None
        if point.y() < CARDS_TOP:
            near = self.lock_rect(at).adjusted(-4, -4, 4, 4)
            return Hit(at, "lock" if near.contains(point) else "head")
        row = self.lanes[at].row_at(point.y() - CARDS_TOP + self.y)
        if row is None or row.kind == "break":
            return Hit(at, "rest", row)
        return Hit(at, row.kind, row)

    def slot_at(self, lane: int, y: int) -> int:
        """The index before which a drop at height `y` goes: above the middle of a card is before it."""
        at = y - CARDS_TOP + self.y
        rows = [row for row in self.lanes[lane].rows if row.kind in ("card", "fold")]
        for row in rows:
            if at < row.top + row.height / 2:
                return row.at
        return len(self.lanes[lane].stops)

    def slot_top(self, lane: int, index: int) -> int:
        """The content height at which the gap for a drop before `index` opens."""
        found = self.lanes[lane]
        for row in found.rows:
            if row.kind == "card" and row.at >= index:
                return row.top
        return found.height


def into_view(now: int, start: int, length: int, view: int, margin: int) -> int:
    """How far to scroll so that [start, start + length) is in view, moving as little as possible."""
    if start - margin < now:
        return max(0, start - margin)
    return max(now, start + length + margin - view)
