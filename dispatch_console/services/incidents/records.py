"""What is kept about incidents in the store, and what they rest on besides the day."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future
from dataclasses import dataclass

from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.nextsteps import Usuals
from dispatch_console.services import carryover, usuals
from dispatch_console.services.incidents.book import Known, StoreKeeper
from dispatch_console.services.incidents.values import Around, Held
from dispatch_console.store.store import Store


@dataclass(frozen=True)
class StoreRecords:
    """The records of a store. `load` comes back at once; the work is done on the database's thread."""

    store: Store

    @property
    def keeper(self) -> StoreKeeper:
        return StoreKeeper(self.store)

    def load(self, depot: DepotId, date: dt.date) -> Future[Known]:
        return self.store.submit(lambda: load(self.store, depot, date))

    def save_usuals(self, depot: DepotId, usual: Usuals) -> Future[None]:
        return self.store.submit(lambda: usuals.save(self.store, depot, usual))


def load(store: Store, depot: DepotId, date: dt.date) -> Known:
    """Marks of a day, the depot's rules, and what is held and due. Touches the database."""
    held = tuple(Held(order, since) for since, order in store.held_due(depot, date))
    around = Around(usuals.load(store, depot), held)
    marks, over = store.incident_marks(depot, date), carryover.came_over(store, depot, date)
    return Known(depot, date, marks, around, over)
