"""What databases say, in the dispatcher's words."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError

from dispatch_console.domain.errors import DamagedStore, PasswordWanted, StaleChange, StoreAway, UserError
from dispatch_console.store import guards, server_errors

log = logging.getLogger(__name__)

_STALE = "Somebody changed this in the meantime. Look at it and do it again."
_DAMAGED = "The store is damaged. Bring back the last backup with “store restore”."

_SQLITE = {
    sqlite3.SQLITE_BUSY: "Another program holds the store. Close it there, then try again.",
    sqlite3.SQLITE_LOCKED: "Another program holds the store. Close it there, then try again.",
    sqlite3.SQLITE_READONLY: "The store cannot be written. Check that its file and folder are not read-only.",
    sqlite3.SQLITE_PERM: "The store cannot be written. Check that its file and folder are not read-only.",
    sqlite3.SQLITE_FULL: "The disk is full. Free some space, then try again.",
    sqlite3.SQLITE_IOERR: "The disk does not let the store be read or written. Check the disk, then try again.",
    sqlite3.SQLITE_CANTOPEN: "The store cannot be opened. Check that its folder exists and may be written.",
    sqlite3.SQLITE_NOTADB: "The file is not a store of this program. Choose another file.",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
}

_PASSES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
}

#: PostgreSQL ends, was ended, or is not ready yet.
_SHUTTING_DOWN = {"57P01", "57P02", "57P03"}


@contextmanager
def told() -> Generator[None]:
    """Turn the world's faults that a database reports into a UserError; ours stay as they are."""
    try:
        yield
    except TimeoutError as error:  # of the pool: another thread has held the one connection for long
        raise UserError("The store is busy. Wait a moment, then try again.") from error
    except StaleDataError as error:
        raise StaleChange(_STALE) from error
    except DBAPIError as error:
        if guards.STALE in str(error.orig):
            raise StaleChange(_STALE) from error
        sentence = sentence_of(error)
        if sentence is None:
            raise
        raise _kind(error)(sentence) from error
    except sqlite3.Error as error:
        sentence = _sqlite(error)
        if sentence is None:
            raise
        raise _kind_of_file(error)(sentence) from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:  # in what only this program writes
        raise DamagedStore(_DAMAGED) from error


@contextmanager
def legible() -> Generator[None]:
    """For values read from the store: one that this program could not have written has come to harm there."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        log.exception("what the store holds cannot be read")
        raise DamagedStore(_DAMAGED) from error


def _kind(error: DBAPIError) -> type[UserError]:
    if isinstance(error.orig, sqlite3.Error):
        return _kind_of_file(error.orig)
    if server_errors.wants_password(error.orig):
        return PasswordWanted
    return StoreAway if is_away(error) else UserError


def _kind_of_file(error: sqlite3.Error) -> type[UserError]:
    return DamagedStore if _sqlite(error) == _DAMAGED else UserError


def is_away(error: DBAPIError) -> bool:
    """Whether there is no connection to the server any more, or none can be made."""
    state = getattr(error.orig, "sqlstate", None)
    gone = error.connection_invalidated or (isinstance(error, OperationalError) and state is None)
    return not isinstance(error.orig, sqlite3.Error) and (gone or state in _SHUTTING_DOWN)


def passes(error: BaseException | None) -> bool:
    """Whether the computer stood in the way, such as a full disk or somebody who holds a file, and nothing is wrong
    with the file itself: it may work another time."""
    while error is not None:
        if isinstance(error, DBAPIError):
            error = error.orig
        if isinstance(error, OSError):
            return not isinstance(error, FileNotFoundError | IsADirectoryError | NotADirectoryError)
        if isinstance(error, sqlite3.Error):
            return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in _PASSES
        error = error.__cause__ if error is not None else None
    return False


def sentence_of(error: DBAPIError) -> str | None:
    """What to tell the user, or None if the fault is ours."""
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite(error.orig)
    told = server_errors.sentence_of(error.orig)
    if told is None and (isinstance(error, OperationalError) or error.connection_invalidated):
        return "The shared store cannot be reached. Check the network and the server, then try again."
    return told


def _sqlite(error: sqlite3.Error) -> str | None:
    if str(error).startswith("Could not decode to UTF-8"):  # the driver's own, without a code
        return _DAMAGED
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _SQLITE.get(code & 0xFF)  # the low byte is the primary code
