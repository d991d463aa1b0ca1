"""What the palette finds beyond the open day: asked beside the window, one question at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal

from dispatch_console.services.lookup import Found
from dispatch_console.ui.later import Later

log = logging.getLogger(__name__)

Find = Callable[[str], Future[list[Found]]]


class Beyond(QObject):
    """`found(query, orders)`: the answer to the last question; answers to earlier ones are dropped.

    While an answer is on its way, only the newest of what is typed meanwhile is kept: the database never has more
    than one question to go through.
    """

    found = Signal(str, list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.find: Find | None = None
        self._later = Later(self)
        self._wanted = ""
        self._asked = ""

    def ask(self, query: str) -> None:
        """Look for `query`; an empty one asks for nothing and forgets what is on its way."""
        self._wanted = query
        if query and not self._asked:
            self._send(query)

    def _send(self, query: str) -> None:
        if self.find is None:
            return
        self._asked = query
        self._later.when(self.find(query), lambda found: self._on_found(query, found), self._on_trouble)

    def _on_found(self, query: str, found: list[Found]) -> None:
        self._asked = ""
        if query == self._wanted:
            self.found.emit(query, found)
        else:
            self.ask(self._wanted)

    def _on_trouble(self, error: BaseException) -> None:
        """The orders of the day are found all the same."""
        self._asked = ""
        log.warning("orders of other days could not be looked through: %s", error)
