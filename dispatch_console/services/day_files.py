"""A whole day as one file, to be handed to support or to another depot, and opened there to be looked at."""

from __future__ import annotations

import datetime as dt
import logging
import re
from pathlib import Path

from dispatch_console.domain import file_kinds, saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import DamagedStore, UserError
from dispatch_console.services import days
from dispatch_console.store import day_files
from dispatch_console.store.store import Store, open_copy

log = logging.getLogger(__name__)

_UNREADABLE = "{} cannot be read: something in it is not as this program writes it. Ask for it once more."


def name_of(day: Day) -> str:
    """`2026-11-23 Lindmoor depot.dispatch-day`, as every system takes it."""
    depot = re.sub(r"[^\w -]+", "", day.depot.name).strip()[:60]
    return f"{day.date.isoformat()} {depot}".strip() + file_kinds.DAY


def write(store: Store, day: Day, target: Path) -> None:
    """Write a day as the store holds it. Touches the database. Raises UserError."""
    day_files.write(store.engine, day.depot.id, day.date, target)


def opened(file: Path, folder: Path) -> tuple[Store, dt.date]:
    """A store of its own in `folder`, made of such a file, and the day in it: to be looked at, and for trying.

    The file itself is left as it is. Raises UserError if it is none.
    """
    copy = folder / "day.db"
    store: Store | None = None
    try:
        day_files.read(file, copy)
        store = open_copy(copy)
        (depot,) = store.depots()
        (held,) = days.list_days(store, depot.id)
        days.open_day(store, depot.id, held.date)
    except Exception as error:
        if store is not None:
            store.close()
        if isinstance(error, UserError) and not isinstance(error, DamagedStore):
            raise
        log.warning("a file of a day cannot be read: %s", type(error).__name__)
        raise UserError(_UNREADABLE.format(file)) from error
    store.viewing = (
        f"This is a copy of {saying.date(held.date)}: it can be looked at and tried on, nothing is saved."
    )
    return store, held.date
