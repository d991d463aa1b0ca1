"""Folders for what is tried."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dispatch_console.store.store import Store, open_store
from tests.store import pg

_MEMORY = Path("/dev/shm")


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder that no disk stands behind, where the system has one: for what asks nothing of a disk, and would
    wait for it at every commit."""
    with tempfile.TemporaryDirectory(prefix="dispatch-", dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@contextmanager
def stores() -> Iterator[dict[str, Store]]:
    """A new store of each kind."""
    with in_memory() as folder, pg.running(pg.needed()) as server:
        opened = {
            "SQLite": open_store(folder / "store.db"),
            "PostgreSQL": open_store(pg.create_database(server.url, "store")),
        }
        try:
            yield opened
        finally:
            for store in opened.values():
                store.close()
