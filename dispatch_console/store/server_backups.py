"""Backups of a store on a server, and the way back.

One file each: what `pg_dump` writes where there is one that knows the server, with a description beside it; else a
store file of our own, which any console can open. Both hold one state of the store, whoever works meanwhile. A dump
that has to be changed, as in an erasure, becomes a store file.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from dispatch_console.domain.errors import UserError
from dispatch_console.store import (
    backups,
    checksums,
    copying,
    dumps,
    engine,
    errors,
    holding,
    location,
    migrate,
    owning,
)
from dispatch_console.store.backups import Backup
from dispatch_console.store.checksums import Sum
from dispatch_console.store.holding import Change, DayHeld, Holding
from dispatch_console.store.migrate import State

log = logging.getLogger(__name__)

#: A connection that was closed a moment ago may still be listed.
_LINGERS_S = 3.0


def folder_of(url: URL) -> Path:
    """Where this user keeps the backups of a server's store."""
    host = re.sub(r"[^\w.-]", "_", f"{url.host or 'local'}-{url.port or 5432}")
    return location.default_folder() / "backups" / host


def list_all(url: URL, *folders: Path) -> list[Backup]:
    """Newest first."""
    return backups.list_named(stem_of(url), *(folders or (folder_of(url),)))


def make(built: Engine, reason: str, at: dt.datetime, folder: Path | None = None) -> Backup:
    """Back up now what is there, of whatever version. Raises UserError and leaves no half file."""
    folder = folder or folder_of(built.url)
    at = at.astimezone(dt.UTC).replace(microsecond=0)
    at = backups.untaken(folder, stem_of(built.url), at, reason)
    target = folder / f"{stem_of(built.url)}_{at:{backups.STAMP}}_{reason}"
    partial = folder / f"{target.name}.partial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        backups.sweep(folder, stem_of(built.url))
        with errors.told(), engine.reading(built).connect() as connection:
            copying.be_patient(connection)
            return Backup(_write(built, connection, partial, target), at, reason)
    except OSError as error:
        raise UserError(f"The backup in {folder} failed: {error.strerror}. Check the disk.") from error
    finally:
        with suppress(OSError):
            partial.unlink()


def look(file: Path) -> Holding:
    """What a backup holds; read whole once. Raises UserError if it is not sound."""
    if file.suffix != ".dump":
        backups.verify(file)
        with holding.looking(file) as connection:
            return holding.of(connection)
    dumps.check(_need_tools(), file)
    return _described(file)[0]


def restore(built: Engine, file: Path, at: dt.datetime) -> Backup | None:
    """Put what a backup holds in the place of all that the database holds, in one transaction.

    What was there is backed up first; None: it was empty. Raises UserError if the backup is not sound or others are
    connected, and then all is as it was.
    """
    look(file)
    with errors.told(), built.connect() as connection:
        _need_alone(connection)
        state = migrate.state(connection)
    if state in (State.FOREIGN, State.NEWER):
        raise UserError(f"{built.url.database} is no store of this version. Name an empty database.")
    kept = None if state is State.EMPTY else make(built, "restore", at)
    (_restore_dump if file.suffix == ".dump" else _restore_store)(built, file, state)
    return kept


def change(backup: Path, work: Callable[[Path], object]) -> Path:
    """Put a store file in the place of a backup on which `work` was done, checked and complete; which one it is.

    A dump is read on this computer alone: no server is asked for it. Raises UserError, or what `work` raises, and
    then the backup stays as it was; OSError if it cannot be put in place, or a dump not be deleted after it.
    """
    try:
        if backup.suffix != ".dump":
            backups.change(backup, work)
            return backup
        file = backup.with_suffix(".db")
        backups.put(file, lambda partial: (_unpack(backup, partial), work(partial)))
    except DBAPIError as error:
        raise UserError(f"{backup.name} does not hold what a store holds. Choose another.") from error
    delete(backup)
    return file


def delete(backup: Path) -> None:
    """The description of a dump goes after it: alone it stands for nothing."""
    backup.unlink()
    with suppress(OSError):
        _description(backup).unlink(missing_ok=True)


def _unpack(dump: Path, file: Path) -> None:
    """What a dump holds as a new store file, of the version it has there."""
    held, sums = _described(dump)
    if held.version not in migrate.known():
        raise UserError(f"{dump.name} was made by a newer version of this program. Install that version.")
    with _file(file) as new:
        migrate.upgrade(new, held.version)
        with errors.told(), new.begin() as connection:
            _load(dump, connection, sums)


def _write(built: Engine, connection: Connection, partial: Path, target: Path) -> Path:
    """The finished file."""
    tools = dumps.find(dumps.server_version(connection))
    if tools is not None:
        try:
            snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
            dumps.write(tools, built.url, snapshot, partial)
            dumps.check(tools, partial)
        except UserError as error:  # a login that may not read everything as pg_dump wants to
            log.info("pg_dump is of no use here, the backup is a store file: %s", error.message)
        else:
            return _finish_dump(connection, partial, target.with_name(f"{target.name}.dump"))
    with _file(partial) as copy:
        copying.into_new_from(connection, copy)
    file = target.with_name(f"{target.name}.db")
    backups.verify(partial)
    backups.settle(partial, file)
    return file


def _finish_dump(connection: Connection, partial: Path, file: Path) -> Path:
    """The description first: a dump without one counts for nothing."""
    described = _description(file)
    text_of_it = json.dumps(_as_json(holding.of(connection), checksums.sums(connection)), indent=1)
    draft = described.with_name(f"{described.name}.partial")
    draft.write_text(text_of_it, encoding="utf-8")
    backups.settle(draft, described)
    backups.settle(partial, file)
    return file


def _restore_store(built: Engine, file: Path, state: State) -> None:
    """An older one is brought up in a copy of its own."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(file, Path(folder, "store.db")))
        with _file(copy) as source:
            migrate.upgrade(source)
            migrate.upgrade(built)
            with errors.told(), engine.reading(source).connect() as old:
                _replace(built, lambda new: copying.fill(old, new))


def _restore_dump(built: Engine, file: Path, state: State) -> None:
    held, sums = _described(file)
    if held.version != migrate.HEAD and state is not State.EMPTY:
        raise UserError(
            f"{file.name} is of version {held.version}: restore it into an empty database, which is then upgraded."
        )
    migrate.upgrade(built, held.version)
    _replace(built, lambda new: _load(file, new, sums))
    migrate.upgrade(built)


def _load(dump: Path, new: Connection, sums: dict[str, Sum]) -> None:
    tools = _need_tools()
    copying.announce(new)
    for content in checksums.contents(new):
        dumps.load(tools, dump, content, new)
    copying.finish(new, sums)


def _replace(built: Engine, load: Callable[[Connection], object]) -> None:
    with errors.told(), built.begin() as new:
        owning.become_owner(new)
        _need_alone(new)
        names = ", ".join(f'"{name}"' for name in inspect(new).get_table_names() if name != "alembic_version")
        new.execute(text(f"TRUNCATE {names}"))
        load(new)


def _need_alone(connection: Connection) -> None:
    """Raises UserError while others are connected to the database, with who they are."""
    until = time.monotonic() + _LINGERS_S
    while others := _others(connection):
        if time.monotonic() > until:
            raise UserError(f"The store is in use: {', '.join(others)}. Close all consoles, then try again.")
        time.sleep(0.1)


def _others(connection: Connection) -> Sequence[str]:
    query = """SELECT usename || coalesce(' at ' || host(client_addr), '') FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
        ORDER BY 1"""
    connection.execute(text("SELECT pg_stat_clear_snapshot()"))
    connected = list(connection.execute(text(query)).scalars())
    if not connected or not inspect(connection).has_table("consoles"):
        return connected
    recent = "SELECT who FROM consoles WHERE seen_at > now() - interval '2 minutes' ORDER BY 1"
    return list(dict.fromkeys([*connection.execute(text(recent)).scalars(), *connected]))


def _need_tools() -> dumps.Tools:
    tools = dumps.newest()
    if tools is None:
        raise UserError(
            "To read this backup pg_restore is needed, of the server's version or a newer one: install it."
        )
    return tools


@contextmanager
def _file(file: Path) -> Generator[Engine]:
    built = engine.make(URL.create("sqlite", database=str(file)))
    try:
        yield built
    finally:
        built.dispose()


def _description(dump: Path) -> Path:
    return dump.with_name(f"{dump.name}.json")


def _described(file: Path) -> tuple[Holding, dict[str, Sum]]:
    described = _description(file)
    try:
        return _from_json(json.loads(described.read_text(encoding="utf-8")))
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise UserError(
            f"{described.name}, which says what the backup holds, is missing or damaged. Use pg_restore for it."
        ) from error


def _as_json(held: Holding, sums: dict[str, Sum]) -> dict[str, Any]:
    last = held.last
    return {
        "version": held.version,
        "rows": held.rows,
        "days": [[day.depot, day.date.isoformat(), day.orders] for day in held.days],
        "last": None if last is None else [last.id, last.at.isoformat(), last.who, last.what],
        "command": held.command,
        "sums": sums,
    }


def _from_json(kept: dict[str, Any]) -> tuple[Holding, dict[str, Sum]]:
    days = tuple(DayHeld(depot, dt.date.fromisoformat(date), orders) for depot, date, orders in kept["days"])
    last = kept["last"]
    change = None if last is None else Change(last[0], dt.datetime.fromisoformat(last[1]), last[2], last[3])
    held = Holding(kept["version"], dict(kept["rows"]), days, change, kept["command"])
    return held, {name: Sum(*one) for name, one in kept["sums"].items()}


def stem_of(url: URL) -> str:
    """How the names of a database's backups begin."""
    return re.sub(r"[^\w.-]", "_", url.database or "store")
