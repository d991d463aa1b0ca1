"""What another console does is seen on this one's screen: the shorter column of the table of faults."""

from __future__ import annotations

from tests.faults import others
from tests.faults.table import Size, assert_held


def test_what_others_do_is_seen() -> None:
    assert_held(others.run(Size.CI, 1))
