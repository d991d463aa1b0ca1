"""Which version of the program this is, and of the library that its files stand on."""

from __future__ import annotations

from dispatch_console import resources
from dispatch_console.services.logs import APP
from dispatch_console.store import engine


def told() -> str:
    """As support wants to hear it: “Dispatch Console 1.2.0, SQLite 3.51.3 (WAL)”."""
    return f"{APP} {resources.version()}, {engine.library()}"
