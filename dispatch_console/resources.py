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


def version() -> str:
    """Of the program, as `pyproject.toml` says it; the frozen one has it in a file, as it was built."""
    if is_frozen():
        return (root() / "version.txt").read_text(encoding="utf-8").strip()
    import tomllib

    return str(tomllib.loads((root() / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def command() -> str:
    """What is typed at a terminal before the words of a command."""
    if not is_frozen():
        return "main.py"
    return "dispatch-console-command" if sys.platform == "win32" else "dispatch-console"


def is_frozen() -> bool:
    """Whether this is the program as it is installed, without a Python of its own beside it."""
    return bool(getattr(sys, "frozen", False))
