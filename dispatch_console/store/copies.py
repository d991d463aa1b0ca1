"""Where else is what a store holds: its backups, in every folder, and stores that were set aside."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import URL

from dispatch_console.store import backups, location, server_backups

#: Names the other folders of backups, a line each, beside the backups of the first.
_OTHERS = "second.txt"


def folders_of(first: Path) -> list[Path]:
    """Where backups lie: in their own folder, and wherever else some of them have been put."""
    try:
        more = (first / _OTHERS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        more = []
    return [first, *map(Path, more)]


def remember(other: Path, first: Path) -> None:
    """Whoever looks for all backups that begin in the folder `first` has to look into this one too."""
    known = [folder.absolute() for folder in folders_of(first)]
    if other.absolute() not in known:
        lines = "".join(f"{folder}\n" for folder in (*known[1:], other.absolute()))
        with suppress(OSError):
            first.mkdir(parents=True, exist_ok=True)
            (first / _OTHERS).write_text(lines, encoding="utf-8")


def all_copies(url: URL) -> list[Path]:
    """Every file on this computer that holds what a store held: its backups, each as often as there is one, and
    stores that were set aside. Of a server's store, the backups that were made here.
    """
    file = location.file_of(url)
    if file is not None:
        return _named(file.stem, backups.folder_of(file)) + _set_aside(file)
    return _named(server_backups.stem_of(url), server_backups.folder_of(url)) if location.is_server(url) else []


def sweep(url: URL) -> None:
    """Delete what was left of backups that were being made when the program was killed."""
    file = location.file_of(url)
    first = backups.folder_of(file) if file is not None else server_backups.folder_of(url)
    for folder in folders_of(first):
        backups.sweep(folder, file.stem if file is not None else server_backups.stem_of(url))


def _named(stem: str, first: Path) -> list[Path]:
    return [backup.file for folder in folders_of(first) for backup in backups.list_named(stem, folder)]


def _set_aside(store: Path) -> list[Path]:
    name = re.compile(rf"{re.escape(store.stem)}_\d{{4}}-\d\d-\d\d_\d{{6}}Z_\w+\.db")
    try:
        return sorted(file for file in store.parent.glob("*.db") if name.fullmatch(file.name))
    except OSError:
        return []
