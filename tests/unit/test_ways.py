"""Lines along roads as they are drawn: thinned to what is seen, joined to the discs, arrows where one sees them."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_console.domain.places import Place
from dispatch_console.manifests import ways
from dispatch_console.manifests.ways import Arrow, Points

#: A tenth of a millimetre on paper.
SEEN = 0.15

_KNOTS = np.array([(0.0, 0.0), (30.0, 0.0), (30.0, 30.0)])
_CORNER = np.array([(0.0, 0.0), (0.0, 9.0), (30.0, 9.0), (30.0, 0.0)])
_NO_ROAD = np.zeros((0, 2))


def ends(*kept: int, of: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.isin(np.arange(of), [0, of - 1, *kept])


def far(point: Points, line: Points) -> float:
    """How far a point is from a line."""

    def off(a: Points, b: Points) -> float:
        way = b - a
        share = min(1.0, max(0.0, float((point - a) @ way) / max(float(way @ way), 1e-12)))
        return math.dist(point, a + share * way)

    return min(off(a, b) for a, b in pairwise(line))


def test_what_lies_on_a_line_is_left_out_and_a_bend_stays() -> None:
    line = np.array([(0.0, 0.0), (4.0, 0.1), (8.0, 0.0), (8.0, 5.0), (8.0, 9.0)])
    assert ways.thinned(line, ends(of=5)).tolist() == [True, False, True, False, True]
    assert ways.thinned(line, ends(1, of=5)).tolist() == [True, True, True, False, True], "as wished"


def test_there_and_back_is_not_thinned_to_nothing() -> None:
    line = np.array([(0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (10.0, 0.0), (0.0, 0.0)])
    assert ways.thinned(line, ends(of=5)).tolist() == [True, False, True, False, True]


@given(st.lists(st.tuples(st.floats(0, 88), st.floats(0, 58)), min_size=2, max_size=60))
def test_nothing_that_is_seen_is_left_out(points: list[tuple[float, float]]) -> None:
    line = np.array(points)
    kept = ways.thinned(line, ends(of=len(line)))
    drawn = line[kept]
    at = np.flatnonzero(kept)
    assert (at[0], at[-1]) == (0, len(line) - 1)
    for i, point in enumerate(line):
        before = int(np.searchsorted(at, i, "right")) - 1
        assert far(point, drawn[before : before + 2] if before + 1 < len(drawn) else drawn[-2:]) <= SEEN + 1e-9


def test_a_leg_runs_from_disc_to_disc_along_its_road_and_straight_without_one() -> None:
    along, straight = ways.legs(_KNOTS, [_CORNER, _NO_ROAD], 3.2)
    assert along.tolist() == [[0, 0], [0, 9], [30, 9], [30, 0]]
    assert straight.tolist() == [[30, 0], [30, 30]]


def test_a_road_that_the_discs_would_cover_is_not_drawn() -> None:
    short = np.array([(0.0, 0.0), (1.5, 1.5), (3.0, 0.0)])
    assert ways.legs(np.array([(-4.0, 0.0), (8.0, 0.0)]), [short], 3.2)[0].tolist() == [[-4, 0], [8, 0]]


def test_a_road_leaves_a_disc_that_was_moved_where_it_comes_nearest() -> None:
    """The disc of a place at 0, 0 stands at 5, 1: the line does not go back to the place first."""
    road = np.stack([np.arange(0.0, 41.0), np.zeros(41)], axis=1)
    (leg,) = ways.legs(np.array([(5.0, 1.0), (40.0, 0.0)]), [road], 3.2)
    assert leg.tolist() == [[5, 1], [5, 0], [40, 0]]


def test_an_arrow_stands_past_the_middle_and_points_along_the_road() -> None:
    (leg,) = ways.legs(_KNOTS[:2], [_CORNER], 3.2)
    arrow = ways.arrow(leg, _KNOTS, 3.2, [])
    assert arrow is not None
    # The road is 9 + 30 + 9 = 48 long; 0.56 of it are 26.9, so 17.9 on its second piece.
    assert (arrow.x, arrow.y, arrow.degrees) == (pytest.approx(17.9, abs=0.3), 9, 0)


def test_arrows_keep_off_discs_and_off_each_other() -> None:
    (leg,) = ways.legs(_KNOTS[:2], [_CORNER], 3.2)
    disc = np.array([(17.9, 9.0)])
    off = ways.arrow(leg, np.vstack([_KNOTS, disc]), 3.2, [])
    assert off is not None
    assert math.dist((off.x, off.y), disc[0]) > 3.2
    back = ways.arrow(leg[::-1], _KNOTS, 3.2, [Arrow(12.0, 9.0, 0)])
    assert back is not None
    assert abs(back.degrees) == 180
    assert math.dist((back.x, back.y), (12, 9)) > 2
    assert ways.arrow(leg, np.vstack([_KNOTS, [(x, 9.0) for x in range(0, 31, 4)]]), 4, []) is None, "no room"


def test_north_is_up_and_a_unit_the_same_both_ways() -> None:
    places = ways.degrees([Place(47.0, 9.0), Place(47.1, 9.0), Place(47.0, 9.1)])
    frame = ways.framed(places, (88, 58), (6, 6), 400)
    south, north, east = frame.at(places)
    assert (north[1], south[1]) == (pytest.approx(6), pytest.approx(52))
    assert east[0] > south[0] == north[0]
    # A degree of longitude is cos(47.05°) = 0.68 of one of latitude.
    assert (east[0] - south[0]) / (south[1] - north[1]) == pytest.approx(0.6814, abs=1e-3)
