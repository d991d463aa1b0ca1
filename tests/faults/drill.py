"""The restore drill: a store is backed up, comes to harm and is brought back: every row is the same."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from dispatch_console.services import backups, restoring
from dispatch_console.store import checksums, location, migrate
from dispatch_console.store.checksums import Sum
from tests.faults.places import in_memory
from tests.faults.table import Figure, Size, broken, dice
from tests.store import every_table, pg
from tests.store.spoiled_stores import WAYS

#: Rows in each table, from one to so many.
MOST = 60


def drilled(where: str, harm: bool, luck: random.Random) -> list[str]:
    """Backup, harm, restore. What is not as it was. `harm`: the file may be spoilt in any way."""
    before = _filled(where, luck)
    made = backups.make(where)
    file = location.file_of(location.parse(where))
    if file is not None and harm:
        WAYS[luck.choice(list(WAYS))](file, luck)
    else:
        _undone(where)
    restoring.restore(where, made.file)
    after = _sums(where)
    return [
        f"{table}: {before[table]} is {after.get(table)}" for table in before if before[table] != after.get(table)
    ]


def _filled(where: str, luck: random.Random) -> dict[str, Sum]:
    engine = _engine(where)
    migrate.upgrade(engine)
    with engine.begin() as connection:
        every_table.fill(connection, luck.randint(1, MOST))
    engine.dispose()
    return _sums(where)


def _undone(where: str) -> None:
    """Somebody takes out the customers of the depot, and renames all that drive."""
    engine = _engine(where)
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM personal"))
        connection.execute(sa.text("UPDATE drivers SET name = 'X', version = version + 1"))
    engine.dispose()


def _sums(where: str) -> dict[str, Sum]:
    engine = _engine(where)
    try:
        with engine.connect() as connection:
            return checksums.sums(connection)
    finally:
        engine.dispose()


def _engine(where: str) -> sa.Engine:
    return sa.create_engine(location.parse(where), poolclass=sa.NullPool)


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    """A user's folder of its own: backups of servers lie there."""
    before = os.environ.get("XDG_DATA_HOME")
    os.environ["XDG_DATA_HOME"] = str(folder)
    try:
        yield
    finally:
        os.environ.pop("XDG_DATA_HOME")
        if before is not None:
            os.environ["XDG_DATA_HOME"] = before


def run(size: Size, seed: int) -> list[Figure]:
    times = {Size.CI: 1, Size.FULL: 50}[size]
    wrong: dict[str, list[str]] = {"SQLite": [], "PostgreSQL": []}
    with in_memory() as folder, _home(folder), pg.running(pg.needed()) as server:
        for n in range(times):
            file = folder / f"drill-{n}" / "store.db"
            file.parent.mkdir()
            wrong["SQLite"] += drilled(str(file), n % 2 == 0, dice(seed, "drill", n))
            name = f"drill_{n}"
            wrong["PostgreSQL"] += drilled(pg.create_database(server.url, name), False, dice(seed, "drill", n))
            pg.drop_database(server.url, name)
    return [
        broken(f"restore drill, {name}: rows that differ", f"{times} drill{'' if times == 1 else 's'}", found)
        for name, found in wrong.items()
    ]
