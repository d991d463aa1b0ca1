"""Order and fleet files into a store, without a window: the same walk, each file one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Depot
from dispatch_console.services import days, fleet_files, importing
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import Store, open_store


class Taken(NamedTuple):
    """What became of one file: a sentence for the terminal."""

    file: str
    sentence: str


def import_files(
    where: str | None, files: Sequence[Path], now: dt.datetime, who: str, date: dt.date | None, country: str = ""
) -> list[Taken]:
    """Import `files` one after the other into the store at `where` (None: the user's own).

    `date` is the day of orders that name none (None: today). Raises UserError at the first file that cannot be
    taken; those before it stay imported.
    """
    for path in files:
        if not path.is_file():
            raise UserError(f"There is no file {path}. Check the name and the folder.")
    store = open_store(where)
    try:
        depots = store.depots()
        if not depots:
            raise UserError("This store has no depot yet. Open it once in the window and set the depot's place.")
        return [_take(store, depots[0], path, now, who, date or now.date(), country) for path in files]
    finally:
        store.close()


def _take(store: Store, depot: Depot, path: Path, now: dt.datetime, who: str, date: dt.date, country: str) -> Taken:
    today = now.date()
    table = importing.read(path)
    guess = importing.guess(store, table, today, country or depot.country)
    if guess.mapping.target == "fleet":
        found = fleet_files.import_file(store, depot, path, today, who)
        sentence = f"{found.drivers} drivers, {found.vehicles} vehicles, {found.patterns} shifts new or changed"
        return Taken(path.name, f"{sentence}, {len(found.result.rejected)} rejected")
    saver = StoreSaver(store, who)
    session = DaySession(days.open_day(store, depot.id, date), saver)
    seen = importing.preview(store, session.day, table, guess.mapping, today)
    outcome = importing.commit(session, importing.prepare(store, session.day, seen), who, now)
    saver.flush()
    return Taken(path.name, _sentence(outcome, date))


def _sentence(outcome: importing.Outcome, date: dt.date) -> str:
    counts = outcome.record.counts
    words = [f"{counts[key]} {key}" for key in ("new", "changed", "unchanged", "rejected", "duplicates")]
    days_told = [f"{n} on {day}" for day, n in sorted(outcome.elsewhere.items())]
    here = f"day {date}" + (f", {', '.join(days_told)}" if days_told else "")
    lost = f"; {outcome.without_place} without a place" if outcome.without_place else ""
    return f"{', '.join(words)} ({here}){lost}"
