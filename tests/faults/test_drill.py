"""What a backup brings back is what was there, row by row: the shorter column of the table of faults."""

from __future__ import annotations

from tests.faults import drill
from tests.faults.table import Size, assert_held


def test_a_restore_brings_every_row_back() -> None:
    assert_held(drill.run(Size.CI, 1))
