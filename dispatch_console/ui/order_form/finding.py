"""Finds the place of the address in the form, beside the window."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from dispatch_console.domain.orders import Address
from dispatch_console.services import order_places, orders
from dispatch_console.services.order_places import Answer
from dispatch_console.services.orders import Store
from dispatch_console.ui.desk import Desk


class Finding:
    """One question after the other."""

    def __init__(self, desk: Desk, store: Store) -> None:
        self._desk, self._store = desk, store
        self._thread: ThreadPoolExecutor | None = None

    def ask(self, address: Address, *, online: bool) -> Future[Answer]:
        """`online`: also the net, if that is switched on. Whoever saves waits for no net."""
        day, store, finder = self._desk.day, self._store, self._desk.finder
        finder = finder if online else replace(finder, online=None)
        if not finder.knows:
            return store.submit(lambda: Answer(orders.known_place(store, address, day)))
        self._thread = self._thread or ThreadPoolExecutor(1, thread_name_prefix="form")
        return self._thread.submit(lambda: order_places.find(store, address, day, finder))

    def stop(self) -> None:
        """No thread is left."""
        if self._thread is not None:
            self._thread.shutdown(wait=True, cancel_futures=True)
            self._thread = None
