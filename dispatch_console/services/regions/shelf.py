"""The region packs that this user has built: which there are, what each takes, and removing one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from dispatch_console.domain.errors import UserError
from dispatch_console.roads.pack import folder as folders
from dispatch_console.roads.pack import manifest


@dataclass(frozen=True, slots=True)
class Shelved:
    """A pack on the disk. `bytes`: what removing it frees; files of several names count once."""

    folder: Path
    name: str
    bytes: int


def packs(built: Path) -> list[Shelved]:
    """Those in the folder `built`, by name; one that this version cannot read is called after its folder. Looks at
    every file: not for the window's thread."""
    found: list[Shelved] = []
    for folder in built.iterdir() if built.is_dir() else ():
        if manifest.is_pack(folder) and not folders.is_unfinished(folder):
            try:
                name = manifest.read(folder).name
            except UserError:
                name = folder.name
            found.append(Shelved(folder, name, _size(folder)))
    return sorted(found, key=lambda one: (one.name.casefold(), str(one.folder)))


def remove(folder: Path) -> None:
    """Remove a pack. UserError if it is being built, or another program has files of it open; then it stays. Takes
    a moment: not for the window's thread."""
    folders.remove(folder)


def folder_for(built: Path, name: str) -> Path:
    """Where a pack of this name goes."""
    kept = "".join(letter if letter.isalnum() else "-" for letter in name.lower())
    return built / ("-".join(part for part in kept.split("-") if part) or "region")


def _size(folder: Path) -> int:
    seen: dict[tuple[int, int], int] = {}
    for at, path in enumerate(folder.rglob("*")):
        about = path.stat()
        if not path.is_dir():
            seen[about.st_dev, about.st_ino or -at] = about.st_size
    return sum(seen.values())


def is_same(folder: Path, other: Path) -> bool:
    """Whether both are one folder, however it is written."""
    return os.path.normcase(folder.resolve()) == os.path.normcase(other.resolve())
