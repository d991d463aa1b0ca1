"""No spoiled file ends the program, holds it up or fills its memory: the shorter column of the table of faults."""

from __future__ import annotations

from tests.faults import imports
from tests.faults.table import Size, assert_held


def test_spoiled_files_end_in_orders_or_in_one_sentence() -> None:
    assert_held(imports.run(Size.CI, 1))
