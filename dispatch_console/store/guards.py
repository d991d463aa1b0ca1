"""What the database itself sees to, whoever writes: triggers, set anew after each upgrade.

- A row with a `version` is changed only together with the next one; a day only with its next `revision`. Statements
  that go past the ORM are held to it too.
- The audit is appended to and never changed. Facts neither, but for what may tell of a person, which can be erased.
- PostgreSQL: an entry of the audit bears the server's clock, whatever a console says (only the tables' owner who
  takes over a whole store may write the time that it had), and is announced on `CHANNEL` by its id and its day's.
  So is who comes, goes or turns to something else. Listeners read what they need; nothing of a customer is ever
  announced.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from dispatch_console.store.columns import Base

#: On which consoles listen: `a<audit id>:<day id or 0>`, or `c` for a change of `consoles`.
CHANNEL = "dispatch"

#: What the triggers say; `errors` knows them.
STALE, KEPT = "a row is written with its next version only", "this table is only appended to"

#: Columns of a fact that stay for good. The others may hold what somebody said of a person.
_OF_FACTS = "id day_id stop_id shift_id kind at recorded_at who reason order_id value items"

_TRIGGER = "CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} FOR EACH ROW {when} "
_SQLITE = f"{_TRIGGER} BEGIN SELECT RAISE(ABORT, '{{says}}'); END"
_POSTGRESQL = f"{_TRIGGER} EXECUTE FUNCTION dispatch_{{name}}()"

_FUNCTIONS = {
    "next": f"BEGIN RAISE EXCEPTION '{STALE}' USING ERRCODE = 'DC001'; END",
    "kept": f"BEGIN RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'DC002'; END",
    "stamp": """BEGIN
        IF current_setting('dispatch.copying', true) IS DISTINCT FROM 'on'
            OR NOT pg_has_role((SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
            NEW.recorded_at := clock_timestamp();
        END IF;
        RETURN NEW;
    END""",
    "told": f"""BEGIN
        PERFORM pg_notify('{CHANNEL}', 'a' || NEW.id || ':' || coalesce(NEW.day_id, 0));
        RETURN NULL;
    END""",
    "met": f"BEGIN PERFORM pg_notify('{CHANNEL}', 'c'); RETURN NULL; END",
}


def set_up(connection: Connection) -> None:
    """Put the triggers in place of those there are. Needs the rights of the tables' owner."""
    statements = _sqlite() if connection.dialect.name == "sqlite" else of_server()
    for statement in statements:
        connection.exec_driver_sql(statement)


def versioned() -> dict[str, str]:
    """Table → the column that counts its rows' changes."""
    tables = Base.metadata.tables
    counted = {name: "version" for name, table in tables.items() if "version" in table.c}
    return {**counted, "days": "revision"}


def _sqlite() -> Iterator[str]:
    for table, column in versioned().items():
        when = f"WHEN NEW.{column} <> OLD.{column} + 1"
        yield from _anew(_SQLITE, table, "next", "UPDATE", when, STALE)
    yield from _anew(_SQLITE, "audit", "kept", "UPDATE", "", KEPT)
    yield from _anew(_SQLITE, "audit", "held", "DELETE", "", KEPT)
    yield from _anew(_SQLITE, "facts", "kept", f"UPDATE OF {_facts()}", "", KEPT)
    yield from _anew(_SQLITE, "facts", "held", "DELETE", "", KEPT)


def of_server() -> Iterator[str]:
    for name, body in _FUNCTIONS.items():
        yield f"CREATE OR REPLACE FUNCTION dispatch_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
    for table, column in versioned().items():
        when = f"WHEN (NEW.{column} <> OLD.{column} + 1)"
        yield from _anew(_POSTGRESQL, table, "next", "UPDATE", when)
    yield from _anew(_POSTGRESQL, "audit", "kept", "UPDATE OR DELETE")
    yield from _anew(_POSTGRESQL, "facts", "kept", f"UPDATE OF {_facts()} OR DELETE")
    yield from _anew(_POSTGRESQL, "audit", "stamp", "INSERT")
    after = _POSTGRESQL.replace("BEFORE", "AFTER")
    yield from _anew(after, "audit", "told", "INSERT")
    yield from _anew(after, "consoles", "met", "INSERT OR UPDATE OR DELETE")


def _anew(form: str, table: str, name: str, event: str, when: str = "", says: str = "") -> Iterator[str]:
    on = f" ON {table}" if form is not _SQLITE else ""
    yield f"DROP TRIGGER IF EXISTS {table}_{name}{on}"
    yield form.format(table=table, name=name, event=event, when=when, says=says)


def _facts() -> str:
    return ", ".join(_OF_FACTS.split())
