"""The store: all that outlasts the program."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from dispatch_console.store import errors, location, opening, reaching, viewing
from dispatch_console.store.carried import Carried
from dispatch_console.store.consoles import Consoles
from dispatch_console.store.days import Days
from dispatch_console.store.erasing import Erasing
from dispatch_console.store.finding import Finding
from dispatch_console.store.fleets import Fleets
from dispatch_console.store.imports import Imports
from dispatch_console.store.marks import Marks
from dispatch_console.store.memory import Memory
from dispatch_console.store.news import Following
from dispatch_console.store.proofs import Proofs
from dispatch_console.store.readings import Readings
from dispatch_console.store.tracing import Tracing
from dispatch_console.store.tracing_routes import Routes


class Store(
    Days,
    Fleets,
    Imports,
    Memory,
    Finding,
    Proofs,
    Marks,
    Carried,
    Tracing,
    Routes,
    Readings,
    Erasing,
    Following,
    Consoles,
):
    """One depot's or many depots' data in one database. See `Connected` for threads and errors."""

    @property
    def file(self) -> Path | None:
        """The file of a SQLite store; None for a server or a store in memory."""
        return location.file_of(self.url)

    def clock_ahead_s(self) -> float:
        """How far the server's clock is before this computer's, in seconds; negative: behind. A file has none."""
        if not location.is_server(self.url):
            return 0.0
        with errors.told(), self._reading.connect() as connection:
            return reaching.ahead_s(connection)

    @cached_property
    def viewing(self) -> str:
        """Why this store can only be looked at, in a sentence; empty: it can be written. Asked once."""
        with errors.told():
            return viewing.reason(self.engine)


def open_store(where: str | Path | None = None, *, busy_s: float = 5.0) -> Store:
    """Open the store at a URL or path (default: this user's own), making or upgrading it if need be.

    `busy_s`: how long to wait for another program that writes. Raises UserError; then nothing was changed.
    """
    url = location.parse(str(where) if where is not None else location.default_url())
    return Store(location.without_secrets(url), opening.open_engine(url, busy_s))


def open_copy(file: Path) -> Store:
    """A backup as a store of this version: what is older is upgraded in place. Raises UserError."""
    url = location.parse(str(file))
    return Store(url, opening.open_copy(url))
