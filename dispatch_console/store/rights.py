"""What the groups of logins may do on a PostgreSQL server, and the statements that make it so.

A login is put into one group; each group may what the one before it may. Tables belong to whoever made the store:
no group may alter, empty or drop one, and what has happened (`audit`, `facts`) is only added to.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import Connection, Row, text

from dispatch_console.store.schema import Base


class Group(StrEnum):
    """The group roles of a server, from the one that may least."""

    VIEWER = "dispatch_viewer"
    DISPATCHER = "dispatch_dispatcher"
    ADMIN = "dispatch_admin"


class Rights(NamedTuple):
    """What each group may do with a table beyond the group before it."""

    viewer: str
    dispatcher: str = ""
    admin: str = ""


_WORK = Rights("SELECT", "INSERT, UPDATE, DELETE")
_ADDED_TO = Rights("SELECT", "INSERT")

#: Every table of the schema has to be named: what is not, nobody but the owner may read.
RIGHTS = {
    "address_book": _WORK,
    "alembic_version": Rights("SELECT"),
    "audit": _ADDED_TO,
    "consoles": Rights("SELECT, INSERT, UPDATE, DELETE"),
    "counters": _WORK,
    "days": _WORK,
    "depots": _WORK,
    "drivers": _WORK,
    "facts": Rights("SELECT", "INSERT", "UPDATE (note)"),  # what may tell of a person, for an erasure
    "import_rejects": _WORK,
    "imports": _WORK,
    "incidents": _WORK,
    "mappings": _WORK,
    "orders": _WORK,
    "personal": _WORK,
    "proofs": _WORK,
    "road_changes": _WORK,
    "routes": _WORK,
    "settings": _WORK,
    "sheets": _WORK,
    "shift_patterns": _WORK,
    "shifts": _WORK,
    "vehicles": _WORK,
}

#: Everything that can be allowed with a table.
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")

_EVERYBODY = ", ".join(("PUBLIC", *Group))

_MAKE = """DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{group}') THEN CREATE ROLE {group} NOLOGIN; END IF;
END $$"""

_ABOVE = """DO $$ BEGIN
  IF NOT pg_has_role('{group}', '{below}', 'MEMBER') THEN GRANT {below} TO {group}; END IF;
END $$"""


def of_server(database: str) -> list[str]:
    """The groups, and who may come in at all. Can be run again."""
    quoted = _quoted(database)
    groups = list(Group)
    return [
        *(_MAKE.format(group=group) for group in groups),
        *(_ABOVE.format(group=group, below=below) for below, group in pairwise(groups)),
        f"REVOKE ALL ON DATABASE {quoted} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {quoted} TO {Group.VIEWER}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {Group.VIEWER}",
    ]


def of_tables() -> list[str]:
    """What each group may do with each table. Can be run again, and is after every upgrade."""
    found: list[str] = []
    for name, rights in sorted(RIGHTS.items()):
        found.append(f"REVOKE ALL ON TABLE {name} FROM {_EVERYBODY}")
        found += [
            f"GRANT {may} ON TABLE {name} TO {group}" for group, may in zip(Group, rights, strict=True) if may
        ]
        for sequence in _sequences(name):
            found.append(f"REVOKE ALL ON SEQUENCE {sequence} FROM {_EVERYBODY}")
            found += [f"GRANT USAGE ON SEQUENCE {sequence} TO {group}" for group in _counting(rights)]
    return found


def of_login(login: str, group: Group, *, create: bool) -> list[str]:
    """Puts a login into one group and takes it out of the others."""
    quoted = _quoted(login)
    others = ", ".join(other for other in Group if other is not group)
    made = [f"CREATE ROLE {quoted} LOGIN"] if create else []
    return [*made, f"REVOKE {others} FROM {quoted}", f"GRANT {group} TO {quoted}"]


def are_set(connection: Connection) -> bool:
    """Whether the store of this server has groups."""
    query = "SELECT has_table_privilege(oid, 'alembic_version', 'SELECT') FROM pg_roles WHERE rolname = :group"
    return bool(connection.execute(text(query), {"group": Group.VIEWER}).scalar())


def run(connection: Connection, statements: Iterable[str]) -> None:
    """Each as it stands, whatever signs a name in it holds."""
    raw = connection.execution_options(no_parameters=True)
    for statement in statements:
        raw.exec_driver_sql(statement)


def excess(connection: Connection) -> list[str]:
    """What a group may do although it should not, or may not although it should; one sentence each.

    Rights that others gave by hand, or a schema that belongs to somebody else, come to light here.
    """
    query = text("""
        SELECT g.rolname AS role, t.relname AS name, p.name AS privilege,
               has_table_privilege(g.oid, t.oid, p.name) AS may
        FROM pg_roles g, pg_class t, unnest(CAST(:privileges AS text[])) AS p(name)
        WHERE g.rolname = ANY(:groups) AND t.relname = ANY(:tables) AND t.relkind = 'r'
          AND t.relnamespace = 'public'::regnamespace
        ORDER BY t.relname, g.rolname, p.name""")
    given = {"privileges": list(PRIVILEGES), "groups": list(Group), "tables": list(RIGHTS)}
    found = [line for row in connection.execute(query, given) if (line := _told(row))]
    making = text("SELECT has_schema_privilege(oid, 'public', 'CREATE') FROM pg_roles WHERE rolname = :group")
    if connection.execute(making, {"group": Group.ADMIN}).scalar():
        found.append("Logins may make tables in the schema “public”, which belongs to somebody else.")
    return found


def _quoted(name: str) -> str:
    from psycopg.sql import Identifier  # a store in a file does without

    return Identifier(name).as_string()


def _told(row: Row[tuple[str, str, str, bool]]) -> str:
    groups = list(Group)
    upto = groups.index(Group(row.role)) + 1
    should = row.privilege in ", ".join(RIGHTS[row.name][:upto]).split(", ")
    if row.may == should:
        return ""
    return f"{row.role} {'may' if row.may else 'may not'} {row.privilege} {row.name}."


def _sequences(name: str) -> list[str]:
    """Those that count the ids of a table, as PostgreSQL names them."""
    table = Base.metadata.tables.get(name)
    if table is None:
        return []
    return [f"{name}_{column.name}_seq" for column in table.columns if column.autoincrement is True]


def _counting(rights: Rights) -> list[Group]:
    return [group for group, may in zip(Group, rights, strict=True) if "INSERT" in may]
