"""The map sketch of a route: places in true direction and distance, numbers moved apart until they can be read.

All in units of the drawing, 88 wide and 58 high; printed 64 mm wide, so a unit is 0.73 mm.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.places import Place
from dispatch_console.manifests.lines import StopLine

WIDTH: Final = 88.0
HEIGHT: Final = 58.0
_EDGE = 6.0
_BOX = (14.0, 5.6)  # DEPOT
_LEGEND = (19.5, 11.5)  # scale bar and north arrow
_METRES_PER_DEGREE = 111_320.0
_SMALLEST_M = 400.0  # a route in one street does not fill the picture with it

_STEPS = 80  # half of them pull back to the true places
type Points = NDArray[np.float64]  # shape (n, 2): x to the right, y down


class Dot(NamedTuple):
    """A stop: a numbered disc, a collection a square; without a number where there are too many. `crossed`: the
    driver does not go there any more."""

    x: float
    y: float
    number: str
    square: bool
    crossed: bool = False


class Arrow(NamedTuple):
    """A triangle at (x, y) that points to `degrees` clockwise from the right."""

    x: float
    y: float
    degrees: float


class Label(NamedTuple):
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """What the template draws. `legend` is the top left corner of scale bar and north arrow."""

    dots: tuple[Dot, ...]
    line: tuple[tuple[float, float], ...]
    arrows: tuple[Arrow, ...]
    ends: tuple[Label, ...]
    radius: float
    bar: float
    bar_text: str
    legend: tuple[float, float]


def sketch(day: Day, route: ShiftId, lines: Sequence[StopLine], removed: Sequence[StopLine] = ()) -> Sketch | None:
    """The sketch of a route, or None if none of its stops has a place. `removed` are shown beside the way."""
    shift = day.shifts[route]
    placed, gone = _placed(day, lines), _placed(day, removed)
    if not placed:
        return None
    ends = [shift.start_place, shift.end_place or placed[-1][1]]
    shown = [*placed, *gone]
    points, unit_m = _project([*(place for _, place in shown), *ends])
    radius = _radius(len(shown))
    boxes = points[-2:] if shift.end_place is not None else points[-2:-1]
    boxes = np.clip(boxes, [_BOX[0] / 2 + 1, 3.8], [WIDTH - _BOX[0] / 2 - 1, HEIGHT - 3.8])
    spread = _spread(points[:-2], boxes, radius)
    corner = _legend_corner(np.vstack([spread, boxes]))
    path = _path([line for line, _ in placed], spread[: len(placed)], boxes)
    bar_m = _bar(unit_m)
    return Sketch(
        dots=tuple(
            Dot(round(x, 2), round(y, 2), _number(line.number, i, len(shown)), line.only_collects, i >= len(placed))
            for i, ((line, _), (x, y)) in enumerate(zip(shown, spread.tolist(), strict=True))
        ),
        line=tuple((round(x, 2), round(y, 2)) for x, y in path.tolist()),
        arrows=_arrows(path, radius),
        ends=_ends(day, shift.start_place, shift.end_place, boxes),
        radius=radius,
        bar=round(bar_m / unit_m, 2),
        bar_text=f"{bar_m // 1000} km" if bar_m >= 1000 else f"{bar_m} m",
        legend=corner,
    )


def _path(lines: Sequence[StopLine], at: Points, boxes: Points) -> Points:
    """The way: from the start over all stops to the end, through the start again where a tour begins."""
    parts = [boxes[:1]]
    for i, line in enumerate(lines):
        if i and line.tour != lines[i - 1].tour:
            parts.append(boxes[:1])
        parts.append(at[i : i + 1])
    return np.vstack([*parts, boxes[1:]])


def _placed(day: Day, lines: Sequence[StopLine]) -> list[tuple[StopLine, Place]]:
    return [(line, place) for line in lines if (place := day.stops[line.stop].place) is not None]


def _project(places: Sequence[Place]) -> tuple[Points, float]:
    """Places on the drawing, north up, and how many metres a unit is (equirectangular; depots are small)."""
    lat = np.array([place.lat for place in places])
    lon = np.array([place.lon for place in places])
    middle = math.radians((lat.min() + lat.max()) / 2)
    xy = np.stack([lon * math.cos(middle), -lat], axis=1) * _METRES_PER_DEGREE
    low, high = xy.min(axis=0), xy.max(axis=0)
    span = np.maximum(high - low, _SMALLEST_M)
    room = np.array([WIDTH - 2 * _EDGE, HEIGHT - 2 * _EDGE])
    unit_m = float((span / room).max())
    return (xy - (low + high) / 2) / unit_m + np.array([WIDTH, HEIGHT]) / 2, unit_m


def _radius(stops: int) -> float:
    """Discs hold two figures of 3.7 units; many stops get smaller ones, very many none with figures."""
    return 3.2 if stops <= 30 else 2.8 if stops <= 80 else 1.2


def _number(number: str, index: int, stops: int) -> str:
    return number if stops <= 80 or index in (0, stops - 1) else ""


def _spread(anchors: Points, boxes: Points, radius: float) -> Points:
    """Move discs apart until none covers another or a depot box, each as little as may be; deterministic."""
    at = anchors + 0.01 * np.stack([np.cos(np.arange(len(anchors))), np.sin(np.arange(len(anchors)))], axis=1)
    gap, never = 2 * radius + 0.7, np.diag(np.full(len(at), np.inf))
    low, high = np.array([radius + 0.6] * 2), np.array([WIDTH, HEIGHT]) - radius - 0.6
    for step in range(_STEPS):
        apart = at[:, None, :] - at[None, :, :]
        far = np.sqrt((apart * apart).sum(axis=2)) + never
        push = np.maximum(gap / np.maximum(far, 1e-9) - 1, 0) * 0.4
        move = (push[..., None] * apart).sum(axis=1) + _off_boxes(at, boxes, radius)
        if step < _STEPS // 2:
            move += (anchors - at) * 0.05
        at = np.clip(at + move, low, high)
        if step >= _STEPS // 2 and np.abs(move).max(initial=0) < 0.01:
            break
    return at


def _off_boxes(at: Points, boxes: Points, radius: float) -> Points:
    """How discs that cover a depot box must move: up or down, the shorter way out."""
    move = np.zeros_like(at)
    reach = np.array([_BOX[0] / 2 + radius + 0.4, _BOX[1] / 2 + radius + 0.4])
    every = np.arange(len(at))
    for box in boxes:
        off = at - box
        inside = reach - np.abs(off)
        covered = inside.min(axis=1) > 0
        if covered.any():
            axis = inside.argmin(axis=1)
            move[every, axis] += covered * np.copysign(inside[every, axis], off[every, axis])
    return move


def _legend_corner(points: Points) -> tuple[float, float]:
    """The corner with most room for the legend, bottom right if that is free."""
    right, bottom = WIDTH - _LEGEND[0] - 1, HEIGHT - _LEGEND[1] - 0.6
    corners = [(right, bottom), (1.0, bottom), (right, 1.0), (1.0, 1.0)]
    half = np.array(_LEGEND) / 2

    def crowd(corner: tuple[float, float]) -> int:
        off = np.abs(points - np.array(corner) - half) - half - 4
        return int((off < 0).all(axis=1).sum())

    return min(corners, key=crowd)


def _arrows(path: Points, radius: float) -> tuple[Arrow, ...]:
    """One arrow on each leg, a little past the middle of what is seen of it."""
    arrows: list[Arrow] = []
    for (ax, ay), (bx, by) in zip(path.tolist(), path.tolist()[1:], strict=False):
        length = math.hypot(bx - ax, by - ay)
        if length < 2 * radius + 1.4:
            continue
        x, y = ax + (bx - ax) * 0.56, ay + (by - ay) * 0.56
        degrees = math.degrees(math.atan2(by - ay, bx - ax))
        arrows.append(Arrow(round(x, 2), round(y, 2), round(degrees, 1)))
    return tuple(arrows)


def _ends(day: Day, start: Place, end: Place | None, boxes: Points) -> tuple[Label, ...]:
    """Where the route starts and ends, each place once."""
    texts = ["DEPOT" if start == day.depot.place else "START"]
    if end is not None and end != start:
        texts.append("DEPOT" if end == day.depot.place else "END")
    return tuple(Label(round(x, 2), round(y, 2), text) for text, (x, y) in zip(texts, boxes.tolist(), strict=False))


def _bar(unit_m: float) -> int:
    """The longest round distance in metres whose bar is at most 12 units."""
    rounds = [factor * 10**power for power in range(1, 7) for factor in (1, 2, 5)]
    return max((length for length in rounds if length <= 12 * unit_m), default=10)
