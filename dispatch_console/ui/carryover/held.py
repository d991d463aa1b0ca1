"""Held orders that are due, taken into the open day by the button of their incident."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject

from dispatch_console.domain.errors import UserError
from dispatch_console.services import carryover
from dispatch_console.services.carryover import Released, Store
from dispatch_console.services.incidents import Incident
from dispatch_console.ui import texts
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.incidents.pane import IncidentsPane
from dispatch_console.ui.later import Later

_tr = texts.of("Carryover")
log = logging.getLogger(__name__)


class HeldOrders(QObject):
    """Lives as long as the pane."""

    def __init__(self, desk: Desk, store: Store, pane: IncidentsPane) -> None:
        super().__init__(pane)
        self._desk, self._store, self._pane = desk, store, pane
        self._later = Later(self)
        pane.take_in_wanted.connect(self._on_wanted)

    def _on_wanted(self, incident: Incident) -> None:
        day, store = self._desk.day, self._store
        held = next((h for h in self._pane.book.around.held if h.order.id == incident.order), None)
        if held is None:
            return
        depot, since, order = day.depot.id, held.day, held.order
        ready = store.submit(lambda: carryover.release(store, depot, since, order, day.date))
        self._later.when(ready, self._on_released, self._on_trouble)

    def _on_released(self, released: Released) -> None:
        desk, place = self._desk, released.after.place

        def take_in() -> None:
            if desk.day.date != released.after.day:
                return
            carryover.take_in(desk.session, released)
            self._pane.forget_held(released.before.id)
            desk.select([released.after.stop], released.after.stop, self)
            desk.message.emit(_tr("{0} waits for a driver now.").format(released.after.reference), "info")

        desk.with_times(lambda: () if place is None else (place,), take_in)

    def _on_trouble(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._desk.message.emit(error.message, "error")
        else:
            log.error("a held order could not be taken in", exc_info=error)
