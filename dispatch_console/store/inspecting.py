"""A close look at a store that changes nothing."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from dispatch_console.store import engine, errors, migrate, opening
from dispatch_console.store.migrate import State

_STATES = {
    State.EMPTY: "It is empty: open it once with the program.",
    State.OLDER: "It is of an older version: “store upgrade” brings it up to date, after a backup.",
    State.NEWER: "It was made by a newer version of this program: install that version.",
    State.FOREIGN: "It belongs to another program.",
}


class Findings(NamedTuple):
    """`rows`: table → number of rows. `problems`: one sentence each."""

    version: str
    rows: dict[str, int]
    problems: tuple[str, ...]


def inspect_store(where: str | None) -> Findings:
    """Raises UserError if there is no store, or if it cannot be read at all."""
    with (
        opening.existing(where, checked=False) as built,
        errors.told(),
        engine.reading(built).connect() as connection,
    ):
        return _findings(connection)


def _findings(connection: Connection) -> Findings:
    problems = _damage(connection) if connection.dialect.name == "sqlite" else []
    if problems:
        return Findings("", {}, tuple(problems))
    state = migrate.state(connection)
    if state in _STATES:
        problems.append(_STATES[state])
    return Findings(migrate.revision(connection) or "", migrate.row_counts(connection), tuple(problems))


def _damage(connection: Connection) -> list[str]:
    lines = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
    if lines != ["ok"]:
        return ["It is damaged: bring back the last backup with “store restore”.", *lines]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [f"{len(broken)} rows refer to others that are not there."] if broken else []
