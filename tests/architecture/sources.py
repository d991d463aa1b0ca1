"""The project's own files, as the architecture tests read them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "dispatch_console"

#: Made by tools, never committed (see .gitignore).
_MADE = {"__pycache__", "build", "dist", "out"}

TEXT = {
    ".cfg", ".css", ".csv", ".html", ".in", ".ini", ".iss", ".j2", ".js", ".json", ".mako", ".md", ".py", ".spec",
    ".svg", ".toml", ".ts", ".txt", ".tsv", ".yaml", ".yml", "",
}  # fmt: skip


def python_files(*places: Path) -> list[Path]:
    """All Python files at and below these places, sorted."""
    found: list[Path] = []
    for place in places:
        found += [place] if place.is_file() else sorted(place.rglob("*.py"))
    return found


def text_files() -> Iterator[Path]:
    """Every text file that belongs to the project, hidden ones such as .ci/run included."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in _MADE and not _is_tools_own(name)]
        for name in files:
            path = Path(folder, name)
            if path.suffix in TEXT and name != ".git":  # a file where the folder is one of several work trees
                yield path


def _is_tools_own(name: str) -> bool:
    return name.startswith(".") and name not in {".ci", ".github"}
