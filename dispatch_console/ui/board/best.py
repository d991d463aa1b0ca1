"""While one stop is dragged: its best places of the whole day, marked in their lanes.

A line where it would go, with its rank and what it adds. What is scrolled out of sight is told at the edge behind
which it lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import Offer
from dispatch_console.domain.orders import StopId
from dispatch_console.services import dispatch
from dispatch_console.ui import texts
from dispatch_console.ui.board.geometry import CARDS_TOP, GAP, MARGIN, SLOT, Geometry
from dispatch_console.ui.models import words
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets.marks import BADGE_HEIGHT, Kind, badge_width, paint_badge

_tr = texts.of("Board")

_THICK = 2


class Mark(NamedTuple):
    """A best place: before the stop at `at` of a route. `text`: `1  +4 min`; `rule`: it breaks one."""

    rank: int
    route: ShiftId
    at: int
    text: str
    driver: str
    rule: bool

    @property
    def kind(self) -> Kind:
        return "red" if self.rule else "accent"


def marks(day: Day, stops: Sequence[StopId]) -> tuple[Mark, ...]:
    """Of a drag; several stops have no best place that could be told in a word."""
    if len(stops) != 1:
        return ()
    return tuple(_mark(day, rank, offer) for rank, offer in enumerate(dispatch.best_places(day, stops[0]), 1))


def _mark(day: Day, rank: int, offer: Offer) -> Mark:
    text = _tr("{rank}  {minutes} min").format(rank=rank, minutes=words.signed_minutes(offer.added_s))
    driver = day.shifts[offer.route].driver.initials
    return Mark(rank, offer.route, offer.at, text, driver, bool(offer.broken))


def paint_in_lane(painter: QPainter, now: Geometry, lane: int, found: Sequence[Mark], gap: int | None) -> None:
    """The mark of a lane that is in sight. `gap`: the content height at which a gap for a drop is open."""
    for mark in found:
        if mark.route == now.lanes[lane].id:
            _paint_one(painter, now, lane, mark, gap)


def _paint_one(painter: QPainter, now: Geometry, lane: int, mark: Mark, gap: int | None) -> None:
    top = now.slot_top(lane, mark.at)
    if gap is not None and top == gap:
        return  # the drop that is shown there says more
    y = CARDS_TOP + top - now.y + (SLOT if gap is not None and top > gap else 0)
    left, right = now.lane_left(lane) + 1, now.lane_left(lane) + now.width - 1
    lowest = now.view_height - BADGE_HEIGHT - GAP - MARGIN  # above the bar
    seen = CARDS_TOP <= y <= lowest
    if seen:
        painter.fillRect(left, y - 1, right - left, _THICK, look.colour("red" if mark.rule else "acc"))
    icon = "" if seen else "ph.arrow-up" if y < CARDS_TOP else "ph.arrow-down"
    width = badge_width(mark.text, icon)
    at = min(max(CARDS_TOP + GAP, y - BADGE_HEIGHT // 2), lowest)
    paint_badge(painter, QRect(right - width - GAP, at, width, BADGE_HEIGHT), mark.text, mark.kind, icon)


def paint_at_edges(painter: QPainter, now: Geometry, found: Sequence[Mark]) -> None:
    """Marks of lanes that are scrolled out of sight, one below another."""
    lanes = {lane.id: index for index, lane in enumerate(now.lanes)}
    lines = {"left": 0, "right": 0}
    for mark in found:
        index = lanes.get(mark.route)
        if index is None:
            continue
        left = now.lane_left(index)
        side = "left" if left + now.width <= GAP else "right" if left >= now.view_width - GAP else ""
        if not side:
            continue
        icon = f"ph.arrow-{side}"
        text = f"{mark.driver}  {mark.text}"
        width = badge_width(text, icon)
        x = GAP if side == "left" else now.view_width - width - GAP
        y = CARDS_TOP + GAP + lines[side] * (BADGE_HEIGHT + GAP)
        lines[side] += 1
        paint_badge(painter, QRect(x, y, width, BADGE_HEIGHT), text, mark.kind, icon)
