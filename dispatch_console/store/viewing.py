"""May the store be written from here, or only looked at?"""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from dispatch_console.store import engine, errors, reaching

_VIEWER = (
    "Your login may look at this store and change nothing. Ask whoever keeps the server to make it a dispatcher's."
)
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN}


def reason(built: Engine) -> str:
    """A sentence; empty: it may be written. Leaves everything as it is."""
    if built.dialect.name == "sqlite":
        return _of_file(built)
    with engine.reading(built).connect() as connection:
        return "" if reaching.may_write(connection) else _VIEWER


def _of_file(built: Engine) -> str:
    """Writes and takes it back: rights of folders, too, show only then. What else is wrong now may pass."""
    try:
        with built.connect() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            connection.exec_driver_sql(f"PRAGMA user_version={version + 1}")
            connection.rollback()
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_OK)
        return (errors.sentence_of(error) or "") if code & 0xFF in _READ_ONLY else ""
    return ""
