"""The way to the store: where it is, and the password that its server may ask for.

A password comes from the address, from what PostgreSQL's own library finds (PGPASSFILE, PGSERVICE …), from the
system's keyring, or from whoever sits here, in this order. It lives in memory, in the address that `answered`
gives.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from dispatch_console.domain.errors import PasswordWanted, UserError
from dispatch_console.services import settings
from dispatch_console.store import location, passwords, reaching
from dispatch_console.store.location import URL
from dispatch_console.store.migrate import State
from dispatch_console.store.reaching import Reached

__all__ = [
    "Question",
    "Reached",
    "State",
    "Typed",
    "answered",
    "ask_there",
    "is_server",
    "of_server",
    "reach",
    "shown",
]


class Question(NamedTuple):
    """A server wants a password: for which login, where, and why the last one was not right."""

    login: str
    server: str
    why: str
    can_keep: bool


class Typed(NamedTuple):
    """An answer; `keep`: in the system's keyring, for the next time."""

    password: str
    keep: bool = False


#: None: whoever was asked gave up.
Ask = Callable[[Question], Typed | None]


def is_server(where: str) -> bool:
    """Whether an address names a server. Raises UserError if it names no store at all."""
    return location.is_server(location.parse(where))


def shown(where: str) -> str:
    """An address without its secrets, as it may be shown and written down."""
    return location.shown(location.parse(where))


def of_server(where: str) -> str:
    """The address of a server as it may be kept. Raises UserError for what is none."""
    if not is_server(where):
        raise UserError("Write the address of a server here, as postgresql://login@server/database.")
    return shown(where)


def ask_there(where: str) -> Future[Reached]:
    """What is at the address of a server, looked up on a thread of its own. Nobody is asked for a password."""
    of_server(where)
    thread = ThreadPoolExecutor(1, thread_name_prefix="connecting")
    found = thread.submit(lambda: reach(where, lambda _: None)[1])
    thread.shutdown(wait=False)
    return found


def reach(where: str, ask: Ask) -> tuple[str, Reached]:
    """What is at an address, and the address with the password that its server takes.

    Raises PasswordWanted if nobody knows it, or UserError for what else is in the way.
    """
    url = location.parse(where)
    try:
        return where, reaching.reach(url)
    except PasswordWanted as error:
        return _from_keyring(url, error, ask)


def answered(where: str, ask: Ask) -> str:
    """An address as it can be opened without a question; a file's as it is."""
    return reach(where, ask)[0] if is_server(where) else where


def _from_keyring(url: URL, wanted: PasswordWanted, ask: Ask) -> tuple[str, Reached]:
    kept = passwords.find(_key(url))
    if kept:
        try:
            return _tried(url, kept)
        except PasswordWanted as error:
            wanted = error
    return _from_somebody(url, wanted, ask)


def _from_somebody(url: URL, wanted: PasswordWanted, ask: Ask) -> tuple[str, Reached]:
    while True:
        login = url.username or settings.user()  # as PostgreSQL's library: who is signed in to this computer
        question = Question(login, url.host or "", wanted.message, passwords.can_keep())
        typed = ask(question)
        if typed is None:
            raise wanted
        try:
            found = _tried(url, typed.password)
        except PasswordWanted as error:
            wanted = error
            continue
        if typed.keep:
            passwords.keep(_key(url), typed.password)
        return found


def _tried(url: URL, password: str) -> tuple[str, Reached]:
    with_it = location.with_password(url, password)
    return location.as_text(with_it), reaching.reach(with_it)


def _key(url: URL) -> str:
    """One password for each login of a database, whatever else its address says."""
    return f"{url.username}@{url.host}:{url.port or 5432}/{url.database}"
