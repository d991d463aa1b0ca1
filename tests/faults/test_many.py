"""100,000 orders in both databases: all are found, a day opens, the program starts."""

from __future__ import annotations

from tests.faults import many
from tests.faults.table import Size, assert_held


def test_the_program_works_on_a_hundred_thousand_orders() -> None:
    assert_held(many.run(Size.CI, 1))
