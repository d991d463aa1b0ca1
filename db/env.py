"""Runs the migrations: on the connection that the program hands over, or on `-x url=…` from the command line."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from dispatch_console.store import engine, guards, location
from dispatch_console.store.schema import Base
from dispatch_console.store.types import UtcDateTime


def render(kind: str, item: object, _context: object) -> str | bool:
    """Our own type by its name; False: as Alembic would write it."""
    return "UtcDateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,  # SQLite cannot alter a table; a batch copies it
        compare_type=True,
        render_item=render,
    )
    with context.begin_transaction():
        context.run_migrations()
        if context.get_context().get_current_revision() == context.get_head_revision():
            guards.set_up(connection)


def write_down() -> None:
    """The steps as statements for a server, for somebody to read."""
    context.configure(dialect_name="postgresql", target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
        for statement in guards.of_server():
            context.get_context().impl.static_output(f"{statement};\n")


connection = context.config.attributes.get("connection")
if context.is_offline_mode():
    write_down()
elif connection is not None:
    migrate(connection)
else:
    place = location.parse(context.get_x_argument(as_dictionary=True)["url"])
    with engine.make(place).begin() as connection:
        migrate(connection)
