"""The frozen program, in an empty home without Python and network: by `pytest -m frozen`, after `dev.py freeze`."""

from __future__ import annotations

import sys

import pytest
from devkit import product, smoking

pytestmark = [pytest.mark.frozen, pytest.mark.timeout(3600)]


@pytest.mark.skipif(sys.platform != "linux", reason="the frozen program is tried on Linux")
def test_everything_that_is_tried_works() -> None:
    assert product.FROZEN.is_dir(), "run `python3 packaging/dev.py freeze` first"
    assert smoking.run([]) == 0
