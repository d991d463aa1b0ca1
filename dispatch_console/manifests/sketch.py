"""The map sketch of a route: places in true direction and distance, numbers moved apart until they can be read.

All in units of the drawing, 88 wide and 58 high; printed 64 mm wide, so a unit is 0.73 mm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from dispatch_console.domain import driven
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.places import Place
from dispatch_console.manifests import ways as drawing
from dispatch_console.manifests.lines import StopLine
from dispatch_console.manifests.ways import STRAIGHT, Arrow, Points, Ways

WIDTH: Final = 88.0
HEIGHT: Final = 58.0
_EDGE = 6.0
_BOX = (14.0, 5.6)  # DEPOT
_BOX_DISCS = np.array([(-4.6, 0.0), (0.0, 0.0), (4.6, 0.0)])  # what it covers is what three discs would
_LEGEND = (19.5, 11.5)  # scale bar and north arrow
_SMALLEST_M = 400.0  # a route in one street does not fill the picture with it

_START, _END, _HERE = -3, -2, -1  # rows of points, behind those of the stops
_STEPS = 80  # half of them pull back to the true places


class Dot(NamedTuple):
    """A stop: a numbered disc, a collection a square; without a number where there are too many. `crossed`: the
    driver does not go there any more."""

    x: float
    y: float
    number: str
    square: bool
    crossed: bool = False


class Label(NamedTuple):
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """What the template draws. `legend` is the top left corner of scale bar and north arrow; `here`: where the line
    begins, if that is a stop which is over."""

    dots: tuple[Dot, ...]
    line: tuple[tuple[float, float], ...]
    arrows: tuple[Arrow, ...]
    ends: tuple[Label, ...]
    radius: float
    bar: float
    bar_text: str
    legend: tuple[float, float]
    here: tuple[float, float] | None = None


def sketch(
    day: Day, route: ShiftId, lines: Sequence[StopLine], removed: Sequence[StopLine] = (), ways: Ways = STRAIGHT
) -> Sketch | None:
    """The sketch of a route, or None if none of its stops has a place. `removed` are shown beside the way."""
    shift = day.shifts[route]
    placed, gone = _placed(day, lines), _placed(day, removed)
    if not placed:
        return None
    shown = [*placed, *gone]
    here = _here(day, route, placed[0][0]) if ways else None
    knots = _knots(placed, shift.start_place, shift.end_place, here)
    degrees = drawing.roads([place for place, _ in knots], ways)
    ends = shift.start_place, shift.end_place or placed[-1][1], here or shift.start_place
    places = drawing.degrees([*(place for _, place in shown), *ends])
    frame = drawing.framed(np.vstack([places, *degrees]), (WIDTH, HEIGHT), (_EDGE, _EDGE), _SMALLEST_M)
    points = frame.at(places)
    radius = _radius(len(shown))
    both = np.clip(points[_START:_HERE], [_BOX[0] / 2 + 1, 3.8], [WIDTH - _BOX[0] / 2 - 1, HEIGHT - 3.8])
    boxes = both if shift.end_place is not None else both[:1]
    spread = _spread(points[:_START], boxes, radius)
    at = np.vstack([spread, both, points[_HERE:]])
    roads = [frame.at(road) for road in degrees]
    legs = drawing.legs(at[[row for _, row in knots]], roads, radius)
    bar_m = _bar(frame.unit_m)
    return Sketch(
        dots=_dots(shown, len(placed), spread),
        line=drawing.rounded(np.vstack([legs[0][:1], *(leg[1:] for leg in legs)])),
        arrows=_arrows(legs, np.vstack([spread, *(boxes + disc for disc in _BOX_DISCS)]), radius, clear=bool(ways)),
        ends=_ends(day, shift.start_place, shift.end_place, boxes),
        radius=radius,
        bar=round(bar_m / frame.unit_m, 2),
        bar_text=f"{bar_m // 1000} km" if bar_m >= 1000 else f"{bar_m} m",
        legend=_legend_corner(np.vstack([spread, boxes]), np.vstack(roads)),
        here=drawing.rounded(at[_HERE:])[0] if here is not None else None,
    )


def _dots(shown: Sequence[tuple[StopLine, Place]], driven_to: int, spread: Points) -> tuple[Dot, ...]:
    """All that is shown; behind the first `driven_to` are those that are crossed."""
    return tuple(
        Dot(round(x, 2), round(y, 2), _number(line.number, i, len(shown)), line.only_collects, i >= driven_to)
        for i, ((line, _), (x, y)) in enumerate(zip(shown, spread.tolist(), strict=True))
    )


def _here(day: Day, route: ShiftId, first: StopLine) -> Place | None:
    """The stop that is over from which he drives to the `first` one, if there is one."""
    points = driven.points(day, route)
    at = day.plan.route(route).stops.index(first.stop)
    before = points[next(i for i, point in enumerate(points) if point.at == at) - 1]
    return before.place if before.at is not None else None


def _knots(
    placed: Sequence[tuple[StopLine, Place]], start: Place, end: Place | None, here: Place | None
) -> list[tuple[Place, int]]:
    """The way: from the start (or from `here`) over all stops to the end, through the start again where a tour
    begins; each place with its row."""
    found = [(start, _START) if here is None else (here, _HERE)]
    for i, (line, place) in enumerate(placed):
        if i and line.tour != placed[i - 1][0].tour:
            found.append((start, _START))
        found.append((place, i))
    return found if end is None else [*found, (end, _END)]


def _placed(day: Day, lines: Sequence[StopLine]) -> list[tuple[StopLine, Place]]:
    return [(line, place) for line in lines if (place := day.stops[line.stop].place) is not None]


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


def _legend_corner(discs: Points, roads: Points) -> tuple[float, float]:
    """The corner with most room for the legend, bottom right if that is free: where it lies on no disc, nor on a
    road if that can be."""
    right, bottom = WIDTH - _LEGEND[0] - 1, HEIGHT - _LEGEND[1] - 0.6
    corners = [(right, bottom), (1.0, bottom), (right, 1.0), (1.0, 1.0)]
    half = np.array(_LEGEND) / 2

    def crowd(corner: tuple[float, float]) -> tuple[int, int]:
        centre = np.array(corner) + half
        on_disc, on_road = (np.abs(discs - centre) < half + 4), (np.abs(roads - centre) < half + 0.6)
        return int(on_disc.all(axis=1).sum()), int(on_road.all(axis=1).sum())

    return min(corners, key=crowd)


def _arrows(legs: Sequence[Points], discs: Points, radius: float, *, clear: bool) -> tuple[Arrow, ...]:
    """One arrow on each leg, a little past the middle of what is seen of it; `clear`: where nothing else lies."""
    arrows: list[Arrow] = []
    for leg in legs:
        one = drawing.arrow(leg, discs, radius, arrows) if clear else drawing.straight_arrow(leg, radius)
        if one is not None:
            arrows.append(one)
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
