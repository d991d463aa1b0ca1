"""Travel times by estimate: the known figures, no short cuts by detours, and growing a matrix."""

from __future__ import annotations

import numpy as np
import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.roads import estimate, providers
from dispatch_console.services import travel

VADUZ = Place(47.14, 9.52)


def _east(km: float) -> Place:
    """`km` of road east of Vaduz: 1.18 times the great circle, 75.64 km of it a degree at 47.14° north."""
    return Place(VADUZ.lat, VADUZ.lon + km / 1.18 / 75.64)


@pytest.mark.parametrize(("km", "kmh"), [(1, 21.8), (10, 41.0), (50, 59.5)])
def test_speed_grows_with_distance(km: float, kmh: float) -> None:
    seconds, metres = estimate.matrix([VADUZ, _east(km)]).leg(VADUZ, _east(km))
    assert metres == pytest.approx(km * 1000, rel=0.002)
    assert seconds == pytest.approx(km / kmh * 3600, rel=0.005)


def test_a_matrix_is_whole_symmetric_and_empty_on_its_diagonal() -> None:
    matrix = estimate.matrix(_scattered(600))  # more than one block of rows
    assert matrix.durations.dtype == matrix.distances.dtype == np.int32
    assert (matrix.durations == matrix.durations.T).all()
    assert not matrix.durations.diagonal().any()
    assert matrix.provider == "estimate"


def test_a_detour_is_never_quicker() -> None:
    d = estimate.matrix(_scattered(40)).durations.astype(np.int64)
    over = d[:, :, None] + d[None, :, :]  # from i over j to k
    assert (over.min(axis=1) >= d - 1).all()  # a second for rounding


def test_the_other_side_of_the_earth_is_far_but_a_number() -> None:
    seconds, metres = estimate.matrix([Place(0.0, 0.1), Place(0.0, -179.9)]).leg(
        Place(0.0, 0.1), Place(0.0, -179.9)
    )
    assert metres == pytest.approx(20_015_000 * 1.18, rel=0.01)
    assert seconds > 300 * 3600


def test_a_grown_matrix_is_the_whole_one() -> None:
    places = _scattered(60)
    grown = estimate.extend(estimate.matrix(places[:50]), [*places[45:], places[55]])
    whole = estimate.matrix(places)
    assert grown.places == whole.places
    assert (grown.durations == whole.durations).all()
    assert (grown.distances == whole.distances).all()


def test_covering_grows_only_what_is_missing() -> None:
    known = travel.matrix([VADUZ, VADUZ])
    assert known.places == (VADUZ,)
    assert travel.covering(known, [VADUZ]) is known
    assert travel.covering(known, [_east(1)]).places == (VADUZ, _east(1))


def test_a_matrix_of_others_is_not_grown_by_ours() -> None:
    strange = TravelMatrix([VADUZ], np.zeros((1, 1), np.int32), np.zeros((1, 1), np.int32), "elsewhere")
    with pytest.raises(UserError, match="no roads called “elsewhere”"):
        travel.covering(strange, [_east(1)])


def test_unknown_roads_are_the_users_mistake() -> None:
    with pytest.raises(UserError, match="estimate"):
        providers.provider("moon")


def test_no_places_no_matrix() -> None:
    assert estimate.matrix([]).durations.shape == (0, 0)


def _scattered(n: int) -> list[Place]:
    random = np.random.default_rng(7)
    return [Place(float(lat), float(lon)) for lat, lon in random.uniform((47.0, 9.4), (47.3, 9.7), (n, 2))]
