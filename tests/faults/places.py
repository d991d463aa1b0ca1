"""Folders for what is tried."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEMORY = Path("/dev/shm")


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder that no disk stands behind, where the system has one: for what asks nothing of a disk, and would
    wait for it at every commit."""
    with tempfile.TemporaryDirectory(prefix="dispatch-", dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        yield Path(folder)
