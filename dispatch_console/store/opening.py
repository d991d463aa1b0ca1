"""Opening a store: every way in which it can be unfit gets its sentence, and none gets damaged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import URL

from dispatch_console import resources
from dispatch_console.domain.errors import DamagedStore, UserError
from dispatch_console.store import backups, engine, errors, location, migrate, owning, salvage, server_backups
from dispatch_console.store.migrate import State

_FOREIGN = "{} belongs to another program. Choose another file."
_NO_STORE = (
    "There is no store in the database {} yet, and your login may not make one: have its owner run"
    f" “{resources.command()} store init --store …”."
)
_OLDER = (
    "{} is of an older version: ask whoever keeps the server to run"
    f" “{resources.command()} store upgrade --store …”."
)
_NEWER = "{} was made by a newer version of this program. Install that version; nothing was changed."


def open_engine(url: URL, busy_s: float) -> Engine:
    """An engine on a store with this program's schema. A new store is made, an older one upgraded after a backup.

    Raises UserError if it is newer, damaged, somebody else's, locked, or at a place that is not safe.
    """
    file = location.file_of(url)
    if file is not None:
        location.prepare(file)
        check_file(file, busy_s)
    built = engine.make(url, busy_s)
    try:
        with errors.told():
            _bring_up(built, file)
    except BaseException:
        built.dispose()
        raise
    return built


@contextmanager
def existing(where: str | None, *, checked: bool = True) -> Generator[Engine]:
    """The store at an address as it is, of whatever version. Raises UserError if there is none.

    `checked`: also if it is damaged.
    """
    url = location.parse(where or location.default_url())
    file = location.file_of(url)
    if file is not None and not file.is_file():
        raise UserError(f"There is no store {file}. Name another with --store.")
    with _made(url, file if checked else None) as built:
        yield built


@contextmanager
def anew(where: str) -> Generator[Engine]:
    """The place for a new store, as it is. Raises UserError for one where a store must not lie."""
    url = location.parse(where)
    file = location.file_of(url)
    if file is not None:
        location.prepare(file)
    with _made(url, file) as built:
        yield built


@contextmanager
def _made(url: URL, to_check: Path | None) -> Generator[Engine]:
    if to_check is not None:
        check_file(to_check)
    built = engine.make(url)
    try:
        yield built
    finally:
        built.dispose()


def check_file(file: Path, busy_s: float = 5.0) -> None:
    """Raises UserError if there is a file that SQLite could not read as a sound database.

    DamagedStore if it was a store before: one that is empty now, or does not begin as a database, has backups.
    """
    try:
        if not file.exists():
            return
        if not backups.is_database(file) and salvage.was_store(file):
            raise DamagedStore(salvage.sentence(file))
        if file.stat().st_size:
            backups.verify(file, busy_s)
    except DamagedStore as error:
        raise DamagedStore(salvage.sentence(file)) from error
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}. Check the file's rights.") from error


def state_of(built: Engine) -> State:
    """How the store stands to this program. Raises UserError where this login could not mend it."""
    with engine.reading(built).connect() as connection:
        found = migrate.state(connection)
        if found is State.EMPTY and not owning.may_make(connection):
            raise UserError(_NO_STORE.format(built.url.database))
        if found is State.OLDER and not owning.may_alter(connection):
            raise UserError(_OLDER.format(built.url.database))
    return found


def open_copy(url: URL) -> Engine:
    """An engine on a copy that nobody else knows of; an older one is upgraded without a backup."""
    built = engine.make(url)
    try:
        with errors.told():
            if state_of(built) is State.OLDER:
                migrate.upgrade(built)
            if state_of(built) is not State.CURRENT:
                raise UserError(_NEWER.format(url.database))
    except BaseException:
        built.dispose()
        raise
    return built


def _bring_up(built: Engine, file: Path | None) -> None:
    name = str(file or built.url.database)
    match state_of(built):
        case State.CURRENT:
            if file is not None:
                _check_tables(built, file)
            return
        case State.NEWER:
            raise UserError(_NEWER.format(name))
        case State.FOREIGN:
            if file is not None and salvage.was_store(file):
                raise DamagedStore(salvage.sentence(file))
            raise UserError(_FOREIGN.format(name))
        case State.OLDER:
            _back_up(built, file)
        case State.EMPTY:
            pass
    migrate.upgrade(built)


def _check_tables(built: Engine, file: Path) -> None:
    with engine.reading(built).connect() as connection:
        if salvage.lacks(connection):
            raise DamagedStore(salvage.sentence(file))


def _back_up(built: Engine, file: Path | None) -> None:
    """Before an upgrade: without a backup there is none."""
    now = dt.datetime.now(dt.UTC)
    if file is not None:
        backups.make(file, backups.folder_of(file), "upgrade", now)
    elif location.is_server(built.url):
        server_backups.make(built, "upgrade", now)
