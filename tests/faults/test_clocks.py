"""No window and no time of arrival is shifted by the clocks: the shorter column of the table of faults."""

from __future__ import annotations

from tests.faults import clocks
from tests.faults.table import Size, assert_held


def test_no_time_is_shifted() -> None:
    assert_held(clocks.run(Size.CI, 1))
