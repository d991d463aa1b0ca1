"""A server that goes away in mid-edit loses and doubles nothing: the shorter column of the table of faults."""

from __future__ import annotations

from tests.faults import cuts
from tests.faults.table import Size, assert_held


def test_a_server_that_goes_away_loses_nothing() -> None:
    assert_held(cuts.run(Size.CI, 1))
