"""Brings a store to this program's schema, or says why not.

Alembic is imported where it is needed: most starts of the program find a store that is current.
"""

from __future__ import annotations

from enum import Enum
from io import StringIO
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from dispatch_console import resources
from dispatch_console.domain.errors import UserError
from dispatch_console.store import owning

if TYPE_CHECKING:
    from alembic.config import Config

#: The newest step in `db/versions`.
HEAD = "0003"

#: "Disp" in SQLite's header: this file is ours.
APPLICATION_ID = 0x44697370

#: Any number: consoles that open a shared store at the same time upgrade it one after the other.
_LOCK = 4477697370


class State(Enum):
    """How a database stands to this program."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


def revision(connection: Connection) -> str | None:
    """The step the database is at; None: it knows of none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def state(connection: Connection) -> State:
    at = revision(connection)
    if at is None:
        return State.FOREIGN if inspect(connection).get_table_names() else State.EMPTY
    if not _is_ours(connection):
        return State.FOREIGN
    if at == HEAD:
        return State.CURRENT
    return State.OLDER if at in known() else State.NEWER


def _is_ours(connection: Connection) -> bool:
    """Other programs use Alembic too; a SQLite file says in its header whose it is."""
    if connection.dialect.name != "sqlite":
        return inspect(connection).has_table("personal")
    return connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID


def upgrade(engine: Engine, to: str | None = None) -> None:
    """Run all missing steps in one transaction; afterwards no row may be missing and no reference be broken.

    `to`: the step to stop at, for a copy of a store that is older; None: the newest.

    SQLite ignores the switch for foreign keys inside a transaction, and with them on, the copying of a table in a
    batch empties the tables that cascade from it: so they go off first. Raises UserError and changes nothing if a
    check fails.
    """
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            _switch_foreign_keys(connection, False)
        try:
            with connection.begin():
                _run(connection, sqlite, to or HEAD)
        finally:
            if sqlite:
                _switch_foreign_keys(connection, True)


def _run(connection: Connection, sqlite: bool, to: str) -> None:
    if sqlite:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if revision(connection) == to:  # another console was faster
        return
    from alembic import command

    before = row_counts(connection)
    if not sqlite:
        owning.become_owner(connection)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    _check(connection, before, sqlite)
    if not sqlite:
        _renew_rights(connection)


def _renew_rights(connection: Connection) -> None:
    """What an upgrade has made anew is nobody's but the owner's."""
    from dispatch_console.store import rights

    if rights.are_set(connection):
        rights.run(connection, rights.of_tables())


def statements() -> str:
    """What makes the tables of a new store on a server, for somebody to read: SQL with comments."""
    from alembic import command

    written = StringIO()
    config = _config()
    config.output_buffer = written
    command.upgrade(config, "head", sql=True)
    return written.getvalue()


def row_counts(connection: Connection) -> dict[str, int]:
    """Table → number of rows, Alembic's own table left out."""
    names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names}


def _check(connection: Connection, before: dict[str, int], sqlite: bool) -> None:
    after = row_counts(connection)
    lost = sorted(name for name, rows in before.items() if after.get(name, 0) < rows)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first() if sqlite else None
    if lost or broken is not None:
        what = f"rows of {', '.join(lost)} would be lost" if lost else "references would be broken"
        raise UserError(
            f"The store was not upgraded because {what}. It is unchanged; use the program's last version."
        )


def _switch_foreign_keys(connection: Connection, on: bool) -> None:
    """Through the driver's own connection: any statement through SQLAlchemy would open a transaction."""
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def known() -> list[str]:
    """All steps there are, the first one first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()][::-1]


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resources.root() / "db").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
