"""The fleet as the store has it, for answers: a vehicle that nobody drives today may be the smallest change."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject

from dispatch_console.services import fleet
from dispatch_console.services.fleet import Store
from dispatch_console.ui.answers import found
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later

log = logging.getLogger(__name__)


class Spares(QObject):
    """Loads the fleet for the desk's answers, anew whenever it has changed. Lives as long as the desk."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk)
        self._desk, self._store = desk, store
        self._answers = found.of(desk)
        self._later = Later(self)
        self._version = -1
        desk.day_changed.connect(self.load)

    def load(self, *_: object) -> None:
        """Ask for it, if it is not known as it is."""
        version, depot = self._desk.session.fleet_version, self._desk.day.depot.id
        if version != self._version:
            self._version = version
            store = self._store
            self._later.when(store.submit(lambda: fleet.load(store, depot)), self._answers.set_fleet, self._sorry)

    def _sorry(self, error: BaseException) -> None:
        """Answers then know only the vehicles that are driven: they stay true."""
        log.info("the fleet could not be loaded for answers", exc_info=error)
