"""Copies of a SQLite store: made whole or not at all, checked before they count.

Copying the file itself would lose what its journal holds; SQLite's backup API does not. A copy is written under a
temporary name, checked, forced to the disk, and only then gets its name.
"""

from __future__ import annotations

import datetime as dt
import glob
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.errors import DamagedStore, UserError
from dispatch_console.store import errors

#: When a backup was made, UTC, as its name says it.
STAMP = "%Y-%m-%d_%H%M%SZ"
#: Nobody is still at a copy that was not touched for so long.
_HALF_S = 3600
_MAGIC = b"SQLite format 3\x00"


class Backup(NamedTuple):
    """A copy of a store; `at` is UTC, `reason` is `day`, `change`, `upgrade`, `hand` or `restore`."""

    file: Path
    at: dt.datetime
    reason: str


def folder_of(store: Path) -> Path:
    """Where the backups of a store file lie."""
    return store.parent / "backups"


def make(store: Path, folder: Path, reason: str, at: dt.datetime) -> Backup:
    """Copy the store file into `folder`. Raises UserError and leaves no half copy if that fails."""
    at = at.astimezone(dt.UTC).replace(microsecond=0)
    at = untaken(folder, store.stem, at, reason)
    target = folder / f"{store.stem}_{at.strftime(STAMP)}_{reason}.db"
    partial = target.with_suffix(".partial")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder, store.stem)
        with errors.told(), closing(_connect(store)) as source, closing(sqlite3.connect(partial)) as copy:
            _copy(source, copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # a copy needs no second file beside it
        verify(partial)
        settle(partial, target)
    except OSError as error:
        raise UserError(f"The backup in {folder} failed: {error.strerror}. Check the disk.") from error
    finally:
        with suppress(OSError):
            partial.unlink()
    return Backup(target, at, reason)


def sweep(folder: Path, stem: str) -> None:
    """Half copies that a kill left long ago; a young one may be another console's, just being made."""
    oldest = time.time() - _HALF_S
    with suppress(OSError):
        for left in folder.glob(f"{glob.escape(stem)}_*.partial*"):
            with suppress(OSError):
                if left.stat().st_mtime < oldest:
                    left.unlink()


def list_all(store: Path, *folders: Path) -> list[Backup]:
    """The backups of a store file, see `list_named`."""
    return list_named(store.stem, *folders)


def list_named(stem: str, *folders: Path) -> list[Backup]:
    """The backups whose names begin so, newest first; other files are passed over. Of one that lies in several
    folders, the first counts; a folder that is away has none.
    """
    found: dict[str, Backup] = {}
    for folder in folders:
        with suppress(OSError):
            for file in (*folder.glob("*.db"), *folder.glob("*.dump")):
                backup = _parse(file, stem)
                if backup is not None:
                    found.setdefault(file.name, backup)
    return sorted(found.values(), key=lambda b: b.at, reverse=True)


def untaken(folder: Path, stem: str, at: dt.datetime, reason: str) -> dt.datetime:
    """The first second from `at` on of which there is no backup: two of the same second must not become one."""
    while any(folder.glob(f"{glob.escape(stem)}_{at.strftime(STAMP)}_{reason}.*")):
        at += dt.timedelta(seconds=1)
    return at


def named(file: Path, stem: str) -> Backup:
    """The backup in a file; of one whose name does not tell, the file tells when."""
    at = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC).replace(microsecond=0)
    return _parse(file, stem) or Backup(file, at, "")


def again(backup: Backup, folder: Path) -> Path:
    """The same backup in a second folder, checked and complete like the first. Raises UserError."""
    target = folder / backup.file.name
    partial = target.with_suffix(".partial")
    try:
        if not folder.is_dir():  # a stick that was pulled: nothing is made in its place
            raise UserError(f"The second folder for backups, {folder}, is away. Backups go on in the first one.")
        shutil.copyfile(backup.file, partial)
        verify(partial)
        settle(partial, target)
    except OSError as error:
        raise UserError(
            f"The backup could not be copied to {folder}: {error.strerror}. The first one is kept."
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink()
    return target


def change(backup: Path, work: Callable[[Path], object]) -> None:
    """Put a copy in the place of a backup, or of a store set aside, on which `work` was done; see `put`."""

    def copied(partial: Path) -> None:
        with closing(_connect(backup)) as source, closing(sqlite3.connect(partial)) as copy:
            _copy(source, copy)
        work(partial)

    put(backup, copied)


def put(target: Path, make: Callable[[Path], object]) -> None:
    """Have a store file made under another name, and give it its own once it is checked and complete.

    Whatever is raised, by `make` too, what had that name before stays as it was.
    """
    partial = target.with_suffix(".partial")
    _clear(partial)
    try:
        make(partial)
        with closing(_connect(partial)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")
        verify(partial)
        settle(partial, target)
    finally:
        _clear(partial)


def _clear(partial: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            partial.with_name(partial.name + suffix).unlink()


def verify(file: Path, busy_s: float = 5.0) -> None:
    """Raises UserError unless the file is a sound SQLite database; DamagedStore if it is one, but not sound,
    or rows refer to others that are not there."""
    if not is_database(file):
        raise UserError(f"{file} is not a store of this program. Choose another file.")
    with errors.told(), closing(_connect(file, busy_s)) as connection:
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        broken = answer != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone() is not None
    if broken:
        raise DamagedStore(f"{file} is damaged. Bring back a backup with “store restore”.")


def is_database(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(len(_MAGIC)) == _MAGIC


def restore(backup: Path, store: Path, at: dt.datetime) -> Path | None:
    """Put a copy of `backup` in the place of the store; where the store was set aside, None: there was none.

    No console may have the store open. Raises UserError and changes nothing if the backup is not sound.
    """
    if not backup.is_file():
        raise UserError(f"There is no backup {backup}. “store backup --list” shows which there are.")
    verify(backup)
    partial = store.with_suffix(".partial")
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        with errors.told(), closing(_connect(backup)) as source, closing(sqlite3.connect(partial)) as copy:
            _copy(source, copy)
        aside = set_aside(store, at, "replaced" if _is_sound(store) else "damaged")
        settle(partial, store)
    except OSError as error:
        raise UserError(
            f"{store} cannot be replaced: {error.strerror}. Close all consoles, then try again."
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink()
    return aside


def _is_sound(store: Path) -> bool:
    try:
        verify(store)
    except (UserError, OSError):
        return False
    return True


def set_aside(store: Path, at: dt.datetime, why: str) -> Path | None:
    """Rename the store and its journals; a name that is never taken again. None: there is no store.

    A journal that lies there without its store goes too: it would be rolled back into the next one.
    """
    name = f"{store.stem}_{at.astimezone(dt.UTC).strftime(STAMP)}_{why}"
    names = (store.with_name(f"{name}{more}.db") for more in ("", *(f"_{n}" for n in range(2, 1000))))
    aside = next(file for file in names if not file.exists())
    was_there = store.exists()
    for suffix in ("", "-wal", "-shm", "-journal"):
        part = store.with_name(store.name + suffix)
        if part.exists():
            part.replace(aside.with_name(aside.name + suffix))
    return aside if was_there else None


def _connect(file: Path, busy_s: float = 5.0) -> sqlite3.Connection:
    """Never makes a file. Not read-only: after a power cut SQLite must first roll back what was half written."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=busy_s)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Read first: while somebody holds the source `backup` waits for ever, and a reader for `busy_s`."""
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    source.backup(target)
    source.rollback()


def settle(partial: Path, target: Path) -> None:
    """Force a file to the disk and give it its name."""
    with partial.open("r+b") as stream:
        os.fsync(stream.fileno())
    partial.replace(target)
    if os.name == "posix":  # Windows keeps names by itself and cannot open folders
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _parse(file: Path, stem: str) -> Backup | None:
    if not file.stem.startswith(f"{stem}_"):
        return None
    stamp, _, reason = file.stem.removeprefix(f"{stem}_").rpartition("_")
    try:
        return Backup(file, dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC), reason)
    except ValueError:
        return None
