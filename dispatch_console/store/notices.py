"""Hearing at once that somebody else wrote to the store.

- PostgreSQL: a connection of its own that listens on `guards.CHANNEL`. After each new connection anything may have
  been missed, so that is told too: who hears of it reads what is new since the command he has seen last.
- SQLite: a file announces nothing; its `data_version` is looked at, which changes when another connection has
  written.

A notice holds no data. What is new is read from the store by who needs it.
"""

from __future__ import annotations

import logging
import select
import socket
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dispatch_console.store import guards

log = logging.getLogger(__name__)

#: Seconds between attempts to reach a server that is away; the last one goes on.
BACK_OFF = (0.5, 1.0, 2.0, 5.0, 10.0)
#: A connection at rest is asked so often whether it still stands, in seconds.
_PROBE_S = 15.0
#: So often the file is looked at, in seconds.
_LOOK_S = 0.5


class Notice(NamedTuple):
    """`commands`: something was written, or may have been; `consoles`: who is at work has changed."""

    commands: bool = False
    consoles: bool = False


#: Called on the watcher's own thread.
Hear = Callable[[Notice], object]

EVERYTHING = Notice(True, True)


class ServerWatch:
    """Listens until it is closed, with a new connection whenever the last one was lost."""

    def __init__(self, connect: Callable[[], psycopg.Connection], hear: Hear) -> None:
        self._connect, self._hear = connect, hear
        self._wake, self._woken = socket.socketpair()
        self._ended = Event()
        self._thread = Thread(target=self._run, name="store-watch", daemon=True)
        self._thread.start()

    def close(self, timeout_s: float = 10.0) -> None:
        self._ended.set()
        with suppress(OSError):
            self._wake.send(b".")
        self._thread.join(timeout_s)
        self._wake.close()
        self._woken.close()

    def _run(self) -> None:
        failed = 0
        while not self._ended.is_set():
            try:
                with closing(self._connect()) as connection:
                    connection.execute(f"LISTEN {guards.CHANNEL}".encode())
                    failed = 0
                    self._hear(EVERYTHING)
                    self._listen(connection)
            except (psycopg.Error, SQLAlchemyError, OSError) as error:
                log.info("the store is not listened to: %s", type(error).__name__)
            if not self._ended.is_set():
                self._ended.wait(BACK_OFF[min(failed, len(BACK_OFF) - 1)])
                failed += 1

    def _listen(self, connection: psycopg.Connection) -> None:
        while not self._ended.is_set():
            ready, _, _ = select.select([connection.fileno(), self._woken], [], [], _PROBE_S)
            if not ready:
                connection.execute("SELECT 1")
            told = notice_of(note.payload for note in connection.notifies(timeout=0))
            if told != Notice():
                self._hear(told)


class FileWatch:
    """Looks at a file until it is closed."""

    def __init__(self, file: Path, hear: Hear) -> None:
        self._file, self._hear = file, hear
        self._ended = Event()
        self._thread = Thread(target=self._run, name="store-watch", daemon=True)
        self._thread.start()

    def close(self, timeout_s: float = 10.0) -> None:
        self._ended.set()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            with closing(sqlite3.connect(f"{self._file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
                self._look(connection)
        except sqlite3.Error as error:
            log.warning("the store file is not watched: %s", error)

    def _look(self, connection: sqlite3.Connection) -> None:
        seen = None
        while not self._ended.wait(_LOOK_S):
            try:
                version = connection.execute("PRAGMA data_version").fetchone()[0]
            except sqlite3.OperationalError:  # somebody writes at this moment
                continue
            if seen is not None and version != seen:
                self._hear(EVERYTHING)
            seen = version


def watch(engine: Engine, hear: Hear) -> ServerWatch | FileWatch | None:
    """Watch the store of an engine; None: nobody else can write to it (it is in memory)."""
    if engine.dialect.name == "postgresql":
        return ServerWatch(lambda: _listener(engine), hear)
    name = engine.url.database
    return FileWatch(Path(name), hear) if name and name != ":memory:" else None


def notice_of(payloads: Iterable[str]) -> Notice:
    heads = {payload[:1] for payload in payloads}
    return Notice("a" in heads, "c" in heads)


def _listener(engine: Engine) -> psycopg.Connection:
    """A connection that is not of the pool: it belongs to who listens."""
    fairy = engine.raw_connection()
    connection = fairy.driver_connection
    fairy.detach()
    assert isinstance(connection, psycopg.Connection)
    connection.autocommit = True
    return connection
