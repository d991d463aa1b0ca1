"""A server that goes away in mid-edit loses and doubles nothing: the shorter column of the table of faults."""

from __future__ import annotations

import pytest

from tests.faults import cuts
from tests.faults.table import Size, assert_held


# The driver may say of a statement that was under way that its connection is lost: that is what is tried here.
@pytest.mark.logs_warnings
def test_a_server_that_goes_away_loses_nothing() -> None:
    assert_held(cuts.run(Size.CI, 1))
