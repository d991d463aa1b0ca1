"""Takes what was erased out of the free space of a database too."""

from __future__ import annotations

from sqlalchemy import Engine

from dispatch_console.store import errors

#: Where rows of customers were.
_TABLES = (
    "personal", "orders", "facts", "proofs", "address_book", "imports", "mappings", "road_changes",
)  # fmt: skip


def scrub(engine: Engine) -> None:
    """SQLite: the file is written anew and its journal emptied. PostgreSQL: the tables are; only their owner may,
    for others the server leaves it to its own next cleaning. Raises UserError while somebody else holds the store.
    """
    with errors.told():
        if engine.dialect.name == "sqlite":
            _anew(engine)
        else:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for name in _TABLES:
                    connection.exec_driver_sql(f"VACUUM (FULL) {name}")


def _anew(engine: Engine) -> None:
    """Through the driver's own connection: SQLAlchemy would open a transaction, in which this cannot be done."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("VACUUM")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
