"""Connections: one at a time, with the settings that make a commit durable.

- SQLite: WAL has a corruption bug up to 3.51.2 when two connections write (https://sqlite.org/wal.html, "the
  WAL-reset bug"), so older versions use the rollback journal. `synchronous=FULL`: a commit survives a power cut.
- The driver's own BEGIN is switched off: it is deferred, and a deferred transaction that reads and then writes
  fails at once when another has written. Ours takes the write lock at its start, or only reads.
- PostgreSQL: reading transactions see one state of the store throughout.
"""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import QueuePool

WAL_SAFE_FROM = (3, 51, 3)
READ = "dispatch_read"
CONNECT_S = 5
_LONG_S, _PAUSE_S = 1.0, 1.0
#: A server that has fallen silent is given up within some ten seconds: what was sent is not acknowledged
#: (milliseconds), or a connection at rest does not answer (idle s + count × interval s).
NOTICED = {
    "tcp_user_timeout": 8000,
    "keepalives": 1,
    "keepalives_idle": 4,
    "keepalives_interval": 2,
    "keepalives_count": 2,
}

#: Any number: who writes to a shared store holds this lock of the server's, as a writer holds a SQLite file. So
#: commands are recorded in the order in which they hold, and no two writers wait for each other.
_WRITER = 4477697371


def make(url: URL, busy_s: float = 5.0) -> Engine:
    """An engine with a single connection: whoever comes second waits for the first."""
    if url.get_backend_name() == "sqlite":
        arguments: dict[str, Any] = {"check_same_thread": False, "timeout": busy_s}
    else:
        arguments = {"connect_timeout": CONNECT_S, "options": _options(busy_s), **NOTICED}
    engine = create_engine(
        url,
        connect_args=arguments,
        poolclass=QueuePool,
        hide_parameters=True,  # an error's text may get into a log
        pool_size=1,
        max_overflow=0,
        pool_pre_ping=url.get_backend_name() != "sqlite",
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "begin", _begin_shared)
        event.listen(engine, "do_connect", _Silence().connect)
    return engine


class _Silence:
    """After a server did not answer, the next attempts fail at once for a moment: what queued up behind the first
    one need not wait as long again, each.
    """

    def __init__(self) -> None:
        self._until = 0.0
        self._why = ""

    def connect(self, dialect: Any, _record: object, arguments: Any, named: Any) -> Any:
        began = time.monotonic()
        if began < self._until:
            raise dialect.dbapi.OperationalError(self._why)
        try:
            return dialect.connect(*arguments, **named)
        except dialect.dbapi.OperationalError as error:
            if time.monotonic() - began > _LONG_S:
                self._until, self._why = time.monotonic() + _PAUSE_S, str(error)
            raise


def reading(engine: Engine) -> Engine:
    """The same engine for transactions that only read."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{READ: True})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True, **{READ: True})


def library() -> str:
    """What reads and writes files of the store, and by which kind of journal."""
    return f"SQLite {sqlite3.sqlite_version} ({journal_mode()})"


def journal_mode() -> str:
    return "WAL" if sqlite3.sqlite_version_info >= WAL_SAFE_FROM else "TRUNCATE"


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA journal_mode={journal_mode()}")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    only_reads = connection.get_execution_options().get(READ, False)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def _begin_shared(connection: Connection) -> None:
    if not connection.get_execution_options().get(READ, False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")


def _options(busy_s: float) -> str:
    """A console that has lost its power or its cable in mid-transaction must not hold up the others for long; and
    however IT has set up the database, dates are written as the driver reads them."""
    settings = {
        "datestyle": "ISO",
        "lock_timeout": f"{busy_s * 1000:.0f}",
        "idle_in_transaction_session_timeout": "20000",
        "tcp_keepalives_idle": "10",
        "tcp_keepalives_interval": "3",
        "tcp_keepalives_count": "3",
    }
    return " ".join(f"-c {name}={value}" for name, value in settings.items())
