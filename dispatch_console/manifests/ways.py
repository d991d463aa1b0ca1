"""Lines along roads in a sketch: thinned to what can be seen, with arrows where no number covers them.

All in units of the drawing, x to the right, y down.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.driven import Pair
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Leg

#: Of each leg, the way that is driven; what is missing is drawn straight.
type Ways = Mapping[Pair, Leg]
type Points = NDArray[np.float64]  # shape (n, 2)

STRAIGHT: Final[Ways] = {}

_METRES_PER_DEGREE = 111_320.0
#: What deviates less is not drawn: a tenth of a millimetre.
_SEEN = 0.15
#: An arrow stands a little past the middle of its leg, so far from its neighbours, and points along so much of it.
_PAST, _APART, _ALONG = 0.56, 2.6, 0.8


class Arrow(NamedTuple):
    """A triangle at (x, y) that points to `degrees` clockwise from the right."""

    x: float
    y: float
    degrees: float


class Frame(NamedTuple):
    """How places lie on the drawing, north up: `cos` of the latitude, metres of its `middle`, metres a unit."""

    cos: float
    middle: Points
    unit_m: float
    size: tuple[float, float]

    def at(self, places: Points) -> Points:
        """Degrees (latitude, longitude) as points of the drawing."""
        return (_metres(places, self.cos) - self.middle) / self.unit_m + np.array(self.size) / 2


def framed(places: Points, size: tuple[float, float], edge: tuple[float, float], smallest_m: float) -> Frame:
    """All `places` within the `edge` of a drawing of `size` (equirectangular; depots are small). Fewer metres than
    `smallest_m` do not fill it."""
    lat = places[:, 0]
    cos = math.cos(math.radians((lat.min() + lat.max()) / 2))
    xy = _metres(places, cos)
    low, high = xy.min(axis=0), xy.max(axis=0)
    span = np.maximum(high - low, smallest_m)
    room = np.array(size) - 2 * np.array(edge)
    return Frame(cos, (low + high) / 2, float((span / room).max()), size)


def degrees(places: Iterable[Place]) -> Points:
    """Latitudes and longitudes."""
    return np.fromiter(chain.from_iterable(places), np.float64).reshape(-1, 2)


def roads(places: Sequence[Place], ways: Ways) -> list[Points]:
    """The way of each leg from place to place, in degrees; of those that are drawn straight, no point."""
    found = [ways.get((a, b)) for a, b in pairwise(places)]
    return [degrees(leg.line if leg is not None else ()) for leg in found]


def legs(knots: Points, lines: Sequence[Points], radius: float = 0) -> list[Points]:
    """Each leg from knot to knot (shape (n, 2)), along its line (projected) where it has one of which anything is
    seen between discs of `radius`; of all others, the two knots."""
    seen = [_between(line, a, b, radius) for line, a, b in zip(lines, knots[:-1], knots[1:], strict=True)]
    parts = [part for i, line in enumerate(seen) for part in (knots[i : i + 1], line)]
    whole = np.vstack([*parts, knots[-1:]])
    starts = np.cumsum([0, *(1 + len(line) for line in seen)])
    kept = np.zeros(len(whole), np.bool_)
    kept[starts] = True
    kept = thinned(whole, kept)
    return [whole[a : b + 1][kept[a : b + 1]] for a, b in zip(starts.tolist(), starts[1:].tolist(), strict=False)]


def _between(line: Points, a: Points, b: Points, radius: float) -> Points:
    """What of a road is drawn between two discs that were moved off their places: from where it comes nearest to
    the one to where it comes nearest to the other. Nothing of one that they would cover."""
    gone = _lengths(line)
    if not len(line) or gone[-1] < _seen_from(radius):
        return line[:0]
    from_a, from_b = np.hypot(*(line - a).T), np.hypot(*(line - b).T)
    first = np.where(gone <= 2 * from_a[0], from_a, np.inf).argmin()
    last = np.where(gone[-1] - gone <= 2 * from_b[-1], from_b, np.inf).argmin()
    return line[first : last + 1]


def _seen_from(radius: float) -> float:
    """What is shorter is covered by the discs at its ends."""
    return 2 * radius + 1.4


def _lengths(line: Points) -> NDArray[np.float64]:
    """How far each point is along the line."""
    return np.concatenate((np.zeros(min(1, len(line))), np.cumsum(np.hypot(*np.diff(line, axis=0).T))))


def thinned(line: Points, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which points of `line` to draw besides those that are `kept`, its first and last among them: all that
    deviates from them so that it is seen.

    Douglas and Peucker, "Algorithms for the reduction of the number of points required to represent a digitized
    line", Cartographica 1973; all stretches at once.
    """
    kept = kept.copy()
    while True:
        ends = np.flatnonzero(kept)
        stretch = np.minimum(np.cumsum(kept) - 1, len(ends) - 2)
        off = _off(line, line[ends[stretch]], line[ends[stretch + 1]])
        off[kept] = 0
        farthest = np.maximum.reduceat(off, ends[:-1])[stretch]
        more = (off > _SEEN) & (off == farthest)
        if not more.any():
            return kept
        kept |= more


def arrow(leg: Points, discs: Points, radius: float, others: Sequence[Arrow]) -> Arrow | None:
    """The arrow of a leg along a road, where neither a disc nor one of `others` lies; None: no place is free."""
    gone = _lengths(leg)
    at = np.arange(_ALONG, gone[-1] - _ALONG, 0.5)
    if not len(at):
        return None
    here, back, on = (_along(leg, gone, at + by) for by in (0.0, -_ALONG, _ALONG))
    free = _nearest(here, discs) > radius + 1
    if others:
        free &= _nearest(here, np.array([(a.x, a.y) for a in others])) > _APART
    if not free.any():
        return None
    best = np.where(free, np.abs(at - gone[-1] * _PAST), np.inf).argmin()
    dx, dy = (on[best] - back[best]).tolist()
    x, y = here[best].tolist()
    return Arrow(round(x, 2), round(y, 2), round(math.degrees(math.atan2(dy, dx)), 1))


def straight_arrow(leg: Points, radius: float) -> Arrow | None:
    """The arrow of a leg from disc to disc; None: nothing is seen of it."""
    (ax, ay), (bx, by) = leg.tolist()
    if math.hypot(bx - ax, by - ay) < _seen_from(radius):
        return None
    x, y = ax + (bx - ax) * _PAST, ay + (by - ay) * _PAST
    return Arrow(round(x, 2), round(y, 2), round(math.degrees(math.atan2(by - ay, bx - ax)), 1))


def rounded(line: Points) -> tuple[tuple[float, float], ...]:
    """As it is drawn."""
    return tuple((round(x, 2), round(y, 2)) for x, y in line.tolist())


def _metres(places: Points, cos: float) -> Points:
    return np.stack([places[:, 1] * cos, -places[:, 0]], axis=1) * _METRES_PER_DEGREE


def _off(points: Points, a: Points, b: Points) -> NDArray[np.float64]:
    """How far each point is from its own stretch a–b."""
    way, here = b - a, points - a
    length = np.maximum((way * way).sum(axis=1), 1e-12)
    share = np.clip((way * here).sum(axis=1) / length, 0, 1)
    return np.hypot(*(here - share[:, None] * way).T)


def _along(leg: Points, gone: NDArray[np.float64], at: NDArray[np.float64]) -> Points:
    return np.stack([np.interp(at, gone, leg[:, 0]), np.interp(at, gone, leg[:, 1])], axis=1)


def _nearest(points: Points, others: Points) -> NDArray[np.float64]:
    return np.hypot(*(points[:, None] - others[None]).T).min(axis=0)
