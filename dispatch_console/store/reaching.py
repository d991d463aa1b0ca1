"""A look at a shared store from the door: does its server answer, what is there, what may this login do?"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL

from dispatch_console.store import engine, errors, migrate
from dispatch_console.store.migrate import State

_MAY_WRITE = "SELECT has_table_privilege('days', 'UPDATE')"


class Reached(NamedTuple):
    """`ahead_s`: how far the server's clock is before ours, in seconds; negative: behind."""

    state: State
    may_write: bool
    encrypted: bool
    ahead_s: float


def reach(url: URL) -> Reached:
    """Raises PasswordWanted, or UserError for what else is in the way. Changes nothing."""
    built = engine.make(url)
    try:
        with errors.told(), engine.reading(built).connect() as connection:
            found = migrate.state(connection)
            writes = found is State.CURRENT and may_write(connection)
            query = text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            encrypted = bool(connection.execute(query).scalar())
            return Reached(found, writes, encrypted, ahead_s(connection))
    finally:
        built.dispose()


def may_write(connection: Connection) -> bool:
    """Whether this login may change days; the tables are there."""
    return bool(connection.execute(text(_MAY_WRITE)).scalar())


def ahead_s(connection: Connection) -> float:
    """The server's clock against ours, as if its answer had been under way for half the time of asking."""
    sent = dt.datetime.now(dt.UTC)
    theirs: dt.datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    got = dt.datetime.now(dt.UTC)
    return (theirs - (sent + (got - sent) / 2)).total_seconds()
