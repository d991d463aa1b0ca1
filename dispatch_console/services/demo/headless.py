"""The demo day without a window, in a store of its own that is gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from dispatch_console.domain import clock
from dispatch_console.domain.errors import UserError
from dispatch_console.services import days, sample, sample_pack, travel
from dispatch_console.services.demo import script
from dispatch_console.services.demo.account import account
from dispatch_console.services.demo.player import WHO, Moment
from dispatch_console.services.regions import current, use
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import Store, open_store


def play(tell: Callable[[str], object]) -> dict[str, Any]:
    """The account of the day as the store has it at the end; what is worth a sentence goes to `tell` meanwhile."""
    with _roads(tell), tempfile.TemporaryDirectory(prefix="dispatch-demo-") as folder:
        store = open_store(Path(folder) / "demo.db")
        try:
            return play_in(store, tell)
        finally:
            store.close()


@contextmanager
def on_roads(pack: Path) -> Generator[None]:
    """As long as this lasts, days are opened with the roads of a pack."""
    with use.roads(str(pack)) as name:
        travel.use(name)
        try:
            yield
        finally:
            travel.use(travel.ESTIMATE)


def _roads(tell: Callable[[str], object]) -> AbstractContextManager[None]:
    """Those of the sample's town, as in the window; estimated ones where its pack cannot be built."""
    try:
        return on_roads(sample_pack.ensure_pack(current.built_folder()))
    except UserError as error:
        tell(f"{error.message} The day is told on estimated roads.")
        return nullcontext()


def play_in(store: Store, tell: Callable[[str], object]) -> dict[str, Any]:
    """The same in a new store that is kept."""
    depot = sample.ensure(store)
    saver = StoreSaver(store, WHO)
    session = DaySession(days.open_day(store, depot.id, sample.day()), saver)

    def narrate(moment: Moment) -> None:
        if moment.says:
            tell(f"{clock.hhmm(moment.at, session.day.date, session.day.depot.timezone)} {moment.says}")

    script.player(session, store).play(narrate)
    saver.flush()
    return account(days.open_day(store, depot.id, sample.day()))
