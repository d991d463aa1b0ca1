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
from dispatch_console.store import backups, copies, location
from dispatch_console.store.base import new_command
from dispatch_console.store.erasing import Erased
from dispatch_console.store.people import Person
from dispatch_console.store.store import Store, open_copy, open_store

__all__ = ["Erased", "Person", "Report", "before", "find", "of_age", "of_person", "opened", "person", "would"]

#: Erases in one store.
_Erase = Callable[[Store], Erased]
#: Is told (copies done, copies in all).
Progress = Callable[[int, int], object]


class Report(NamedTuple):
    """`gone`: from the store. `copies`: in so many backups and stores set aside too; `deleted`: backups in which it
    could not be done; `left`: files that are still to be deleted by hand.
    """

    gone: Erased
    copies: int = 0
    deleted: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()


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
    return Report(gone) if store.file is None else _in_copies(store.file, erase, gone, progress)


def _in_copies(file: Path, erase: _Erase, gone: Erased, progress: Progress) -> Report:
    """A backup that is made meanwhile is found on the second look."""
    done: dict[Path, bool] = {}
    deleted: list[Path] = []
    left: list[Path] = []
    while waiting := [copy for copy in copies.all_copies(file) if copy not in done]:
        for copy in waiting:
            progress(len(done), len(done) + len(waiting))
            done[copy] = _in_copy(copy, erase)
            if not done[copy] and copy.exists():
                aside = copy.parent == file.parent  # somebody may want to have it looked at
                (deleted if not aside and _delete(copy) else left).append(copy)
    return Report(gone, sum(done.values()), tuple(deleted), tuple(left))


def _in_copy(copy: Path, erase: _Erase) -> bool:
    """Whether it could be done."""

    def work(file: Path) -> None:
        store = open_copy(file)
        try:
            erase(store)
            store.scrub()
        finally:
            store.close()

    try:
        backups.change(copy, work)
    except (UserError, OSError, sqlite3.Error):
        return False
    return True


def _delete(copy: Path) -> bool:
    with suppress(OSError):
        copy.unlink()
        return True
    return False


def _who(store: Store) -> str:
    return settings_service.load(store).who
