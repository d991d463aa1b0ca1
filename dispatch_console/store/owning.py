"""Whose the tables of a store on a server are: nobody else may alter them. A file belongs to whoever opens it."""

from __future__ import annotations

from sqlalchemy import Connection, text

_OWNER = "SELECT relowner::regrole::text FROM pg_class WHERE oid = 'alembic_version'::regclass"


def may_make(connection: Connection) -> bool:
    """Whether this login may make the tables of a new store."""
    query = "SELECT has_schema_privilege(current_schema(), 'CREATE')"
    return connection.dialect.name == "sqlite" or bool(connection.execute(text(query)).scalar())


def may_alter(connection: Connection) -> bool:
    """Whether this login may bring the tables that are there to another version."""
    query = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'alembic_version'::regclass"
    return connection.dialect.name == "sqlite" or bool(connection.execute(text(query)).scalar())


def become_owner(connection: Connection) -> None:
    """For the rest of the transaction: what is made belongs to the owner of what is there, whoever upgrades."""
    if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar() is not None:
        owner = connection.execute(text(_OWNER)).scalar_one()  # quoted where it has to be
        connection.exec_driver_sql(f"SET LOCAL ROLE {owner}", execution_options={"no_parameters": True})
