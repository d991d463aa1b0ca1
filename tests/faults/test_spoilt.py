"""Unfit store files are said in a sentence and not harmed further: the shorter column of the table of faults."""

from __future__ import annotations

import pytest

from tests.faults import spoilt
from tests.faults.table import Size, assert_held


@pytest.mark.logs_warnings
def test_unfit_files_are_said_and_left_alone() -> None:
    assert_held(spoilt.run(Size.CI, 1))
