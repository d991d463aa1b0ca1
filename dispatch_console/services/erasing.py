"""Erasing customers: in the store, in its backups and in what this computer remembers of addresses."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.errors import UserError
from dispatch_console.geocoding import addresses
from dispatch_console.services import online_addresses
from dispatch_console.services import settings as settings_service
from dispatch_console.store import copies, errors, location, server_backups
from dispatch_console.store.base import new_command
from dispatch_console.store.erasing import Erased
from dispatch_console.store.location import URL
from dispatch_console.store.people import Person
from dispatch_console.store.store import Store, open_copy, open_store

__all__ = ["Erased", "Person", "Report", "before", "find", "of_age", "of_person", "opened", "person", "would"]

#: Erases in one store.
_Erase = Callable[[Store], Erased]
#: Is told (copies done, copies in all).
Progress = Callable[[int, int], object]


class Report(NamedTuple):
    """`gone`: from the store. `copies`: in so many backups and stores set aside too; `deleted`: backups in which it
    could not be done; `left`: files that are still to be deleted by hand; `held`: those that could not be changed
    now, for another run.
    """

    gone: Erased
    copies: int = 0
    deleted: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()
    held: tuple[Path, ...] = ()


@contextmanager
def opened(where: str | None) -> Generator[Store]:
    """The store at an address, which must be there. Raises UserError."""
    url = location.parse(where or location.default_url())
    file = location.file_of(url)
    if file is not None and not file.is_file():
        raise UserError(f"There is no store {file}. Name another with --store.")
    store = open_store(where)
    try:
        yield store
    finally:
        store.close()


def before(today: dt.date, days: int) -> dt.date:
    """Days before this one are older than so many days."""
    return today - dt.timedelta(days=days)


def of_age(store: Store, date: dt.date, progress: Progress = lambda _n, _all: None) -> Report:
    """Erase all customers of days before `date`, everywhere. All here touches the database, and the disk."""
    return _everywhere(store, _by_age(date, _who(store)), progress)


def of_person(store: Store, who: Person, today: dt.date, progress: Progress = lambda _n, _all: None) -> Report:
    """Erase one customer, everywhere; his orders of `today` or later stay."""
    return _everywhere(store, _by_person(who, today, _who(store)), progress)


def would(store: Store, date: dt.date) -> Erased:
    """What `of_age` would erase from the store."""
    return store.erase_before(date, addresses.key, "", new_command(), try_out=True)


def person(store: Store, who: Person, today: dt.date) -> Erased:
    """What `of_person` would erase from the store."""
    return store.erase_person(who, today, addresses.key, "", new_command(), try_out=True)


def find(store: Store, words: str) -> list[Person]:
    """Customers by name, phone, e-mail, address or the number of an order."""
    return store.find_people(words)


def _by_age(date: dt.date, who: str) -> _Erase:
    return lambda store: store.erase_before(date, addresses.key, who, new_command())


def _by_person(wanted: Person, today: dt.date, who: str) -> _Erase:
    """In a copy he is looked for again: it may hold orders that the store does not hold any more."""

    def erase(store: Store) -> Erased:
        found = [one for one in store.find_people(" ".join(wanted.words)) if one.who == wanted.who]
        return store.erase_person(found[0], today, addresses.key, who, new_command()) if found else Erased()

    return erase


def _everywhere(store: Store, erase: _Erase, progress: Progress) -> Report:
    """The store first: if it refuses, nothing has happened to the backups."""
    gone = erase(store)
    store.scrub()
    online_addresses.forget()
    return _in_copies(store.url, erase, gone, progress)


def _in_copies(url: URL, erase: _Erase, gone: Erased, progress: Progress) -> Report:
    """A backup that is made meanwhile is found on the second look."""
    copies.sweep(url)
    seen: set[Path] = set()
    told = Report(gone)
    n = 0
    while waiting := [copy for copy in copies.all_copies(url) if copy not in seen]:
        for at, copy in enumerate(waiting, n):
            progress(at, n + len(waiting))
            now, hopeless = _in_copy(copy, erase)
            seen |= {copy, now or copy}
            told = _after(told, copy, now is not None, hopeless, aside=copy.parent == _home(url))
        n += len(waiting)
    return told


def _after(told: Report, copy: Path, done: bool, hopeless: bool, *, aside: bool) -> Report:
    """A store that was set aside stays: somebody may want to have it looked at."""
    if done:
        return told._replace(copies=told.copies + 1)
    if not copy.exists():
        return told
    if not hopeless:
        return told._replace(held=(*told.held, copy))
    if not aside and _delete(copy):
        return told._replace(deleted=(*told.deleted, copy))
    return told._replace(left=(*told.left, copy))


def _home(url: URL) -> Path | None:
    file = location.file_of(url)
    return file.parent if file is not None else None


def _in_copy(copy: Path, erase: _Erase) -> tuple[Path | None, bool]:
    """The file in which it is done; None: it could not be, and whether it never will."""

    def work(file: Path) -> None:
        store = open_copy(file)
        try:
            erase(store)
            store.scrub()
        finally:
            store.close()

    try:
        return server_backups.change(copy, work), False
    except (UserError, OSError, sqlite3.Error) as error:
        return None, not errors.passes(error)


def _delete(copy: Path) -> bool:
    with suppress(OSError):
        server_backups.delete(copy)
        return True
    return False


def _who(store: Store) -> str:
    return settings_service.load(store).who
