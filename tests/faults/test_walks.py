"""No order is lost or doubled and no fact moves, whatever is done: the shorter column of the table of faults."""

from __future__ import annotations

from tests.faults import walks
from tests.faults.table import Size, assert_held


def test_random_walks_lose_nothing() -> None:
    assert_held(walks.run(Size.CI, 1))
