"""Where the files that ship with the program lie, in a source tree and in the frozen program alike."""

from __future__ import annotations

import sys
from pathlib import Path


def root() -> Path:
    """The folder that holds `resources` and `db`."""
    bundled = getattr(sys, "_MEIPASS", None)
    return Path(bundled) if bundled else Path(__file__).resolve().parent.parent


def path(*parts: str) -> Path:
    """A file or folder under `resources`."""
    return root().joinpath("resources", *parts)
