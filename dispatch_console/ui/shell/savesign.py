"""Says in the status bar whether all is durable, and does what can be done when it is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from dispatch_console.domain.errors import StoreAway, UserError
from dispatch_console.services.saving import SaveState
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell.statusbar import Saving

#: After so many milliseconds it is tried again, the last one from then on.
_AGAIN_MS = (1_000, 2_000, 5_000, 10_000, 30_000)


class SaveSign(QObject):
    """`report` may be called from any thread. `show(state, text)` draws; `retry` and `reload` are the ways out.

    `changed(state)`: the same, on the window's thread.
    """

    changed = Signal(object)
    _heard = Signal(object)

    def __init__(
        self,
        desk: Desk,
        show: Callable[[Saving, str], object],
        retry: Callable[[], object],
        reload: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._show, self._retry, self._reload = desk, show, retry, reload
        self._state = SaveState()
        self._told: str = ""
        self._refusal: UserError | None = None
        self._tries = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._try_again)
        self._heard.connect(self._on_state, Qt.ConnectionType.QueuedConnection)
        self._on_state(SaveState(saved_at=desk.clock()))

    def report(self, state: SaveState) -> None:
        self._heard.emit(state)

    def try_now(self) -> None:
        """Somebody does not want to wait for the next attempt."""
        self._tries = 0
        self._again.stop()
        self._retry()

    def _on_state(self, state: SaveState) -> None:
        before, self._state = self._state, state
        self._draw(state)
        self._keep_trying(state)
        self._tell(before, state)
        if state.refusal is None:
            self._refusal = None
        elif self._refusal is None and not state.pending:
            self._refusal = state.refusal
            self._reload()
        self.changed.emit(state)

    def _draw(self, state: SaveState) -> None:
        if state.away_since is not None:
            waiting = self.tr("{n} edits wait") if state.pending != 1 else self.tr("{n} edit waits")
            self._show("away", waiting.format(n=state.pending) if state.pending else self.tr("store away"))
        elif state.trouble is not None:
            self._show("failed", self.tr("not saved"))
        elif self._desk.session.viewing:
            self._show("viewing", self.tr("viewing only"))
        elif state.pending:
            self._show("saving", self.tr("saving…"))
        else:
            self._show("saved", self.tr("saved {time}").format(time=self._wall(state.saved_at)))

    def _keep_trying(self, state: SaveState) -> None:
        if state.away_since is None and state.trouble is None:
            self._again.stop()
            self._tries = 0
        elif not self._again.isActive():
            self._again.start(_AGAIN_MS[min(self._tries, len(_AGAIN_MS) - 1)])

    def _try_again(self) -> None:
        self._tries += 1
        self._retry()
        self._keep_trying(self._state)

    def _tell(self, before: SaveState, state: SaveState) -> None:
        """What no strip tells; once."""
        wrong = state.trouble or state.refusal
        told = wrong.message if wrong is not None and not isinstance(wrong, StoreAway) else ""
        if told and told != self._told:
            self._desk.message.emit(told, "error")
        self._told = told
        if before.away_since is not None and state.away_since is None:
            self._desk.message.emit(self.tr("The shared store is back."), "info")

    def _wall(self, at: dt.datetime | None) -> str:
        return wall(self._desk, at or self._desk.clock())


def wall(desk: Desk, at: dt.datetime) -> str:
    """`10:42`, as the depot's clock shows it."""
    return at.astimezone(ZoneInfo(desk.day.depot.timezone)).strftime("%H:%M")
