"""`smoke`: tries what `freeze` has made, by packaging/smoke.py in the environment of the tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from devkit import environment, product
from devkit.console import ROOT, StepFailed, run_visible, say


def run(arguments: Sequence[str]) -> int:
    """0 if all that is tried works. Raises StepFailed where there is nothing to try."""
    program = product.FROZEN / (product.SLUG + (".exe" if os.name == "nt" else ""))
    if not program.is_file():
        raise StepFailed("Trying the frozen program", f"there is no {program}", "run `dev.py freeze` first")
    if not sys.platform.startswith("linux"):
        say("NOTICE: the frozen program is tried on Linux only; here start it once by hand.")
        return 0
    python = str(environment.ensure("dev"))
    # It makes servers and old stores as the tests do.
    its_own = {**os.environ, "PYTHONPATH": str(ROOT)}
    return run_visible([python, str(ROOT / "packaging" / "smoke.py"), *arguments], its_own)
