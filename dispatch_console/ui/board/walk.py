"""Where the arrows lead: from stop to stop along a lane, and across to the neighbour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dispatch_console.domain.orders import StopId
from dispatch_console.ui.board.lanes import Lane, Row

Way = Literal["up", "down", "left", "right", "home", "end", "page_up", "page_down"]
PAGE = 10


def step(lanes: Sequence[Lane], current: StopId | None, way: Way) -> StopId | None:
    """The stop one step from `current`; the first of all where nothing is current. None: there is none."""
    at = find(lanes, current)
    if at is None:
        return next((lane.stops[row.at] for lane in lanes for row in cards(lane)), None)
    lane, row = at
    if way in ("left", "right"):
        return _across(lanes, lane, row, -1 if way == "left" else 1)
    rows = cards(lanes[lane])
    here = rows.index(row)
    there = {
        "up": here - 1,
        "down": here + 1,
        "home": 0,
        "end": len(rows) - 1,
        "page_up": here - PAGE,
        "page_down": here + PAGE,
    }[way]
    return lanes[lane].stops[rows[min(max(there, 0), len(rows) - 1)].at]


def find(lanes: Sequence[Lane], stop: StopId | None) -> tuple[int, Row] | None:
    """(lane, row) of a stop that is on show."""
    for i, lane in enumerate(lanes):
        if stop is not None and stop in lane.stops:
            row = lane.row_of(lane.stops.index(stop))
            return (i, row) if row is not None else None
    return None


def between(lane: Lane, a: StopId, b: StopId) -> list[StopId]:
    """The stops of a lane from one to the other, both included, whichever comes first."""
    first, last = sorted((lane.stops.index(a), lane.stops.index(b)))
    return list(lane.stops[first : last + 1])


def cards(lane: Lane) -> list[Row]:
    return [row for row in lane.rows if row.kind == "card"]


def _across(lanes: Sequence[Lane], lane: int, row: Row, by: int) -> StopId | None:
    """The card at the same height in the next lane that has any; else stay."""
    there = lane + by
    while 0 <= there < len(lanes):
        rows = cards(lanes[there])
        if rows:
            near = min(rows, key=lambda r: abs(r.top - row.top))
            return lanes[there].stops[near.at]
        there += by
    return lanes[lane].stops[row.at]
