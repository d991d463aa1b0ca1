"""Where else is what a store holds: its backups, in every folder, and stores that were set aside."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from dispatch_console.store import backups

#: Names the other folders of backups, a line each, beside the backups of the first.
_SECONDS = "second.txt"


def folders_of(store: Path) -> list[Path]:
    """Where backups of a store lie: beside it, and wherever they have been copied to a second time."""
    first = backups.folder_of(store)
    try:
        more = (first / _SECONDS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        more = []
    return [first, *map(Path, more)]


def remember(second: Path, store: Path) -> None:
    """Whoever looks for all backups of a store has to look there too."""
    known = folders_of(store)
    if second not in known:
        lines = "".join(f"{folder}\n" for folder in (*known[1:], second))
        with suppress(OSError):
            (backups.folder_of(store) / _SECONDS).write_text(lines, encoding="utf-8")


def all_copies(store: Path) -> list[Path]:
    """Every file that holds what a store held: its backups, each as often as there is one, and stores set aside."""
    found = [backup.file for folder in folders_of(store) for backup in backups.list_all(store, folder)]
    name = re.compile(rf"{re.escape(store.stem)}_\d{{4}}-\d\d-\d\d_\d{{6}}Z_\w+\.db")
    with suppress(OSError):
        found += sorted(file for file in store.parent.glob("*.db") if name.fullmatch(file.name))
    return found
