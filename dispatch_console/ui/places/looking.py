"""Looks addresses up beside the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from PySide6.QtCore import QObject

from dispatch_console.domain.orders import Address, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Hit
from dispatch_console.services import finding_places, placing
from dispatch_console.services.finding_places import Found
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

    def look_up(self, then: Callable[[Known], object]) -> None:
        """All of the day's addresses that have no place."""
        day, finder, store = self._desk.day, self._desk.finder, self._store

        def ask() -> Known:
            return Known(placing.known_pins(store, day), finding_places.unplaced(day, finder))

        self._later.when(self._ask(ask), then, self._desk.sorry)

    def look_for(self, text: str, then: Callable[[tuple[Hit, ...]], object]) -> None:
        """What somebody typed."""
        self._typed += 1
        typed, finder = self._typed, self._desk.finder
        address = Address(street=text, country=self._desk.day.depot.country)

        def ask() -> tuple[Hit, ...]:
            return () if typed != self._typed else finding_places.alternatives(finder, address)

        def answer(hits: tuple[Hit, ...]) -> None:
            if typed == self._typed:
                then(hits)

        self._later.when(self._ask(ask), answer, self._desk.sorry)

    def forget_text(self) -> None:
        """What was typed is of no interest any more."""
        self._typed += 1

    def stop(self) -> None:
        """No thread is left."""
        if self._thread is not None:
            self._thread.shutdown(wait=True, cancel_futures=True)
            self._thread = None

    def _ask[T](self, question: Callable[[], T]) -> Future[T]:
        self._thread = self._thread or ThreadPoolExecutor(1, thread_name_prefix="places")
        return self._thread.submit(question)


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
