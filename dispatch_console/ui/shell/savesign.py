"""Says in the status bar whether all is durable, and does what can be done when it is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from dispatch_console.domain.errors import StaleChange
from dispatch_console.services.saving import SaveState
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell.statusbar import Saving

_RETRY_MS = 5000


class SaveSign(QObject):
    """`report` may be called from any thread. `show(state, text)` draws; `retry` and `reload` are the ways out."""

    _changed = Signal(object)

    def __init__(
        self,
        desk: Desk,
        show: Callable[[Saving, str], object],
        retry: Callable[[], object],
        reload: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._show, self._reload = desk, show, reload
        self._told: str = ""
        self._changed.connect(self._on_state, Qt.ConnectionType.QueuedConnection)
        self._retry = QTimer(self)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(retry)
        self._on_state(SaveState(saved_at=desk.clock()))

    def report(self, state: SaveState) -> None:
        self._changed.emit(state)

    def _on_state(self, state: SaveState) -> None:
        trouble = state.trouble
        if trouble is None:
            self._retry.stop()
            self._told = ""
            if self._desk.session.viewing:
                self._show("viewing", self.tr("viewing only"))
            elif state.pending:
                self._show("saving", self.tr("saving…"))
            else:
                self._show("saved", self.tr("saved {time}").format(time=self._wall(state.saved_at)))
            return
        self._show("failed", self.tr("not saved"))
        if trouble.message != self._told:
            self._told = trouble.message
            self._desk.message.emit(trouble.message, "error")
            if isinstance(trouble, StaleChange):
                self._reload()
            else:
                self._retry.start()

    def _wall(self, at: dt.datetime | None) -> str:
        return (at or self._desk.clock()).astimezone(ZoneInfo(self._desk.day.depot.timezone)).strftime("%H:%M")
