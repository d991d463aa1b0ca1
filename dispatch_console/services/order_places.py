"""The place of one order that is typed by hand: as with imports the address book first, then the region's index,
then the net if that is on."""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Address
from dispatch_console.geocoding import addresses
from dispatch_console.services import finding_places, orders
from dispatch_console.services.finding_places import Alternatives, Finder
from dispatch_console.services.orders import Known, Store


class Answer(NamedTuple):
    """`known`: where the address is, if that is certain; else it may mean so many places. `note`: one sentence if
    something could not be asked."""

    known: Known | None
    places: int = 0
    note: str = ""


def find(store: Store, address: Address, day: Day, finder: Finder) -> Answer:
    """Waits for the store, and for the net if that is asked: not for their threads, and not for the window's."""
    known = store.submit(lambda: orders.known_place(store, address, day)).result()
    if known is not None or not addresses.key(address):
        return Answer(known)
    try:
        found = finding_places.alternatives(finder, address)
    except UserError as error:
        found = Alternatives((), error.message)
    best = next(iter(found.hits), None)
    if best is None or not best.certain or best.quality == "none":
        return Answer(None, len(found.hits), found.note)
    return Answer(Known(best.place, best.quality), 1, found.note)
