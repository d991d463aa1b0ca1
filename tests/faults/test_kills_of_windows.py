"""The whole program killed in the midst of its work loses nothing: the shorter column of the table of faults."""

from __future__ import annotations

from tests.faults import kills_of_windows
from tests.faults.table import Size, assert_held


def test_a_killed_window_loses_nothing() -> None:
    assert_held(kills_of_windows.run(Size.CI, 1))
