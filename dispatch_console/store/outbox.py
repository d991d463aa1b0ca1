"""What waits on this workstation for a shared store: a small file of its own, which outlasts the program.

A command is in it before it is sent and until it is done, so neither a dropped connection nor a power cut loses
one; its id sees to it that sending it again changes nothing. Two windows on one store share the file: each sends
what the other left, and neither does harm.

It holds what an edit holds, customers' data included: only this user may read it, and what is deleted is
overwritten.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import logging
import os
import re
import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from sqlalchemy.engine import URL

from dispatch_console.store import codec, location
from dispatch_console.store.commands import Command, Refused

log = logging.getLogger(__name__)

#: What this version reads and writes; a file of a higher one is set aside.
FORMAT = 1
_POSTGRESQL = 5432
_BUSY_S = 5.0

_UNREADABLE = (
    "Edits that waited here for the store cannot be read by this version. They are kept in {}: ask for help before "
    "you do them again."
)
_UNWRITABLE = (
    "Edits cannot be kept on this computer while the store is away: {} cannot be written. Check the disk and the "
    "folder's rights."
)

_TABLE = """
CREATE TABLE IF NOT EXISTS waiting (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, command TEXT NOT NULL, refused TEXT
) STRICT
"""


class Outbox:
    """The file, used by one thread in order. Every call returns at once; its Future raises OSError or
    sqlite3.Error if the file cannot be written.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._db = _open(file)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="outbox")

    def keep(self, command: Command) -> Future[None]:
        """Write a command for good, unless it is there already."""
        insert = "INSERT INTO waiting (id, command) VALUES (?, ?) ON CONFLICT DO NOTHING"
        return self._submit(lambda: self._db.execute(insert, (command.id, codec.dumps(command, Command))))

    def refuse(self, id: str, why: str) -> Future[None]:
        """The store does not take it: it is kept, to be looked at, and not sent again."""
        return self._submit(lambda: self._db.execute("UPDATE waiting SET refused = ? WHERE id = ?", (why, id)))

    def drop(self, ids: Iterable[str]) -> Future[None]:
        """They are done."""
        rows = [(id,) for id in ids]
        return self._submit(lambda: self._db.executemany("DELETE FROM waiting WHERE id = ?", rows))

    def load(self) -> tuple[list[Command], list[Refused]]:
        """What is to be sent, in the order in which it was made, and what was refused."""
        rows = self._thread.submit(self._rows).result()
        found = [(codec.loads(text, Command), why) for text, why in rows]
        waiting = [command for command, why in found if why is None]
        return waiting, [Refused(command, why) for command, why in found if why is not None]

    def close(self) -> None:
        """Finish what is under way."""
        self._thread.shutdown(wait=True)
        self._db.close()

    def _rows(self) -> list[tuple[str, str | None]]:
        return self._db.execute("SELECT command, refused FROM waiting ORDER BY number").fetchall()

    def _submit(self, write: Callable[[], object]) -> Future[None]:
        def written() -> None:
            with self._db:
                write()

        return self._thread.submit(written)


def open_outbox(url: URL, folder: Path | None = None) -> tuple[Outbox | None, str]:
    """The outbox for a store, and what has to be told of it: empty if all is well.

    A file that cannot be read (of a newer version, damaged) is set aside under another name, never thrown away.
    None: no file can be written; then edits only wait as long as the program runs.
    """
    file = (folder or location.default_folder() / "waiting") / _name(url)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            return _read(file), ""
        except (OSError, sqlite3.OperationalError):
            raise
        except (ValueError, sqlite3.DatabaseError):
            told = _UNREADABLE.format(_set_aside(file))
            return _read(file), told
    except (OSError, sqlite3.Error) as error:
        log.warning("no outbox: %s", error)
        return None, _UNWRITABLE.format(file.parent)


def _name(url: URL) -> str:
    """The same for all ways to write the address of one database."""
    database = url.database or ""
    where = f"{(url.host or '').casefold()}:{url.port or _POSTGRESQL}/{database}"
    readable = re.sub(r"[^A-Za-z0-9_-]", "_", database)[:40]
    return f"{readable}-{hashlib.sha256(where.encode()).hexdigest()[:12]}.db"


def _read(file: Path) -> Outbox:
    outbox = Outbox(file)
    try:
        outbox.load()
    except BaseException:
        outbox.close()
        raise
    return outbox


def _open(file: Path) -> sqlite3.Connection:
    """Raises ValueError for a file of a newer version, OSError or sqlite3.Error for one that is of no use."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    db = sqlite3.connect(file, timeout=_BUSY_S, check_same_thread=False)
    try:
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA secure_delete=ON")
        (found,) = db.execute("PRAGMA user_version").fetchone()
        if found > FORMAT:
            raise ValueError("of a newer version")
        with db:
            db.execute(_TABLE)
            db.execute(f"PRAGMA user_version={FORMAT}")
    except BaseException:
        db.close()
        raise
    return db


def _set_aside(file: Path) -> Path:
    """Another name for a file and its journal."""
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = file.with_name(f"{file.stem}.aside-{stamp}{file.suffix}")
    file.rename(aside)
    with contextlib.suppress(FileNotFoundError):
        file.with_name(f"{file.name}-journal").rename(aside.with_name(f"{aside.name}-journal"))
    return aside
