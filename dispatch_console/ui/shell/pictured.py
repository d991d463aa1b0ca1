"""Bringing the window into the state that a picture is wanted of."""

from __future__ import annotations

from pathlib import Path

from dispatch_console.ui.shell.parts import Parts
from dispatch_console.ui.shell.window import MainWindow


def prepare(window: MainWindow, parts: Parts, page: str, typed: str, file: Path | None) -> None:
    """`page` as `shot --page` names it; `typed`: into the palette; `file`: for the import page."""
    if page == "palette":
        window.open_palette(typed)
    elif page == "import" and file is not None:
        parts.open_files([file])
    elif page == "plan":
        parts.optimise("all", 5)
    elif page not in ("main", "empty"):
        window.show_page(page)
