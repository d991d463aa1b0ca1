"""Consoles that edit the same routes lose and double nothing: the shorter column of the table of faults."""

from __future__ import annotations

from tests.faults import consoles
from tests.faults.table import Size, assert_held


def test_consoles_on_the_same_routes_lose_nothing() -> None:
    assert_held(consoles.run(Size.CI, 1))
