"""A console killed in the midst of its work loses nothing: the shorter column of the table of faults."""

from __future__ import annotations

import sys

import pytest

from tests.faults import kills
from tests.faults.table import Size, assert_held

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked, which Windows does not know")


def test_a_killed_console_loses_nothing() -> None:
    assert_held(kills.run(Size.CI, 1))
