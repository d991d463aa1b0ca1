"""What the product is called, wherever it is packaged: names of its files, and the version of `pyproject.toml`."""

from __future__ import annotations

import re

from devkit.console import ROOT

NAME = "Dispatch Console"
PUBLISHER = "Dispatch Console"
#: Of files and folders that hold the product; of the executable without `.exe`.
SLUG = "dispatch-console"
#: On Windows the same program once more, for commands at a terminal.
COMMAND = "dispatch-console-command"
#: The folder beside the executable that holds everything else (PyInstaller's name for it).
CONTENTS = "_internal"
#: Files that the program opens, and by which name Windows knows their kind.
SUFFIX = ".dispatch-day"
FILE_TYPE = "DispatchConsole.Day"

DIST = ROOT / "dist"
FROZEN = DIST / SLUG

_VERSION = re.compile(r'^version = "(\d+(?:\.\d+){1,3})"$', re.MULTILINE)


def version() -> str:
    found = _VERSION.search((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert found is not None, "pyproject.toml names no version"
    return found.group(1)


def four_numbers(text: str) -> tuple[int, int, int, int]:
    """A version as Windows wants it: 1.2 is 1.2.0.0."""
    first, second, third, fourth = (*map(int, text.split(".")), 0, 0, 0)[:4]
    return first, second, third, fourth
