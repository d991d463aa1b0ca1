"""The frozen program, in an empty home without Python and network: by `pytest -m frozen`, after `dev.py freeze`."""

from __future__ import annotations

import subprocess
import sys

import pytest
from devkit import product
from devkit.console import ROOT

pytestmark = [pytest.mark.frozen, pytest.mark.timeout(3600)]


@pytest.mark.skipif(sys.platform != "linux", reason="the frozen program is tried on Linux")
def test_everything_that_is_tried_works() -> None:
    assert product.FROZEN.is_dir(), "run `python3 packaging/dev.py freeze` first"
    done = subprocess.run(
        [sys.executable, "packaging/smoke.py"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
