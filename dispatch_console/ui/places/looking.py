"""Looks addresses up beside the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject

from dispatch_console.domain.orders import Address, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Hit
from dispatch_console.services import finding_places, placing
from dispatch_console.services.finding_places import Alternatives, Finder, Found
from dispatch_console.services.orders import Store
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later


class Known(NamedTuple):
    """What is known of the addresses without a place: pins that the address book has by now, and finds."""

    pins: Mapping[StopId, Place]
    found: Found


class Looking(QObject):
    """One question after the other. Of texts typed in quick succession only the last is answered."""

    def __init__(self, desk: Desk, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._store = desk, store
        self._later = Later(self)
        self._thread: ThreadPoolExecutor | None = None
        self._typed = 0
        self._ended = False

    def look_up(self, then: Callable[[Known], object]) -> None:
        """All of the day's addresses that have no place. Where they cannot be looked up nothing is known."""
        day, finder, store = self._desk.day, self._finder(online=True), self._store

        def ask() -> Known:
            return Known(placing.known_pins(store, day), finding_places.unplaced(day, finder))

        def fail(error: BaseException) -> None:
            self._desk.sorry(error)
            then(Known({}, Found()))

        self._later.when(self._ask(ask), then, fail)

    def look_for(self, text: str, then: Callable[[tuple[Hit, ...]], object], *, online: bool = False) -> None:
        """What somebody typed. `online`: on the net, too, which is not for every letter."""
        self._typed += 1
        typed, finder = self._typed, self._finder(online=online)
        address = Address(street=text, country=self._desk.day.depot.country)

        def ask() -> Alternatives:
            late = typed != self._typed
            return Alternatives(()) if late else finding_places.alternatives(finder, address)

        def answer(found: Alternatives) -> None:
            if found.note:
                self._desk.message.emit(found.note, "error")
            if typed == self._typed:
                then(_of_town_first(found.hits, text))

        self._later.when(self._ask(ask), answer, self._desk.sorry)

    def forget_text(self) -> None:
        """What was typed is of no interest any more."""
        self._typed += 1

    def stop(self) -> None:
        """No thread is left."""
        self._ended = True
        if self._thread is not None:
            self._thread.shutdown(wait=True, cancel_futures=True)
            self._thread = None

    def _finder(self, *, online: bool) -> Finder:
        finder = self._desk.finder
        ask = finder.online
        if ask is None or not online:
            return replace(finder, online=None)

        def while_open(address: Address) -> list[Hit]:
            """A window that closes waits for one answer at most, not for one a second."""
            return [] if self._ended else ask(address)

        return replace(finder, online=while_open)

    def _ask[T](self, question: Callable[[], T]) -> Future[T]:
        self._thread = self._thread or ThreadPoolExecutor(1, thread_name_prefix="places")
        return self._thread.submit(question)


def _of_town_first(hits: Sequence[Hit], text: str) -> tuple[Hit, ...]:
    """What lies in a town that is named in what was typed, before what does not: `station road 5 lindmoor`."""
    words = set(text.casefold().replace(",", " ").split())

    def is_elsewhere(hit: Hit) -> bool:
        town = [word for word in hit.matched.rpartition(",")[2].casefold().split() if not word[0].isdigit()]
        return not town or not words.issuperset(town)

    return tuple(sorted(hits, key=is_elsewhere))


def use(desk: Desk, known: Known, initiator: object) -> int:
    """Give those their places that need nobody, as one step of the history for pins and one for finds; how many
    addresses that are."""
    pins, placed, session = known.pins, known.found.placed, desk.session
    if pins:
        desk.with_times(pins.values, lambda: placing.use_known(session, pins, initiator))
    if placed:
        places = [hit.place for hit in placed.values()]
        desk.with_times(lambda: places, lambda: placing.use_found(session, placed, initiator))
    return len(pins) + len(placed)
