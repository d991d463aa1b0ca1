"""Actions that bring new places: the roads are asked for the travel times beside the window, and then they are
done.

They are done in the order in which they were asked for, each on the day as it then is. What needs no times is done
at once, before those that wait.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from dispatch_console.domain.places import Place
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.services import travel
from dispatch_console.services.session import DaySession
from dispatch_console.ui.later import Later

log = logging.getLogger(__name__)

Sorry = Callable[[BaseException], object]
#: What takes longer says so.
_SLOW_MS = 700
#: So long a window that closes waits for what was begun.
_CLOSING_S = 5.0


class _Action(NamedTuple):
    wanted: Callable[[], Iterable[Place]]
    act: Callable[[], object]
    sorry: Sorry


class Timed(QObject):
    """`slow(text)`: the roads take a while."""

    slow = Signal(str)

    def __init__(self, session: DaySession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._later = Later(self)
        self._waiting: deque[_Action] = deque()
        self._asked: Future[None] | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(lambda: self.slow.emit(self.tr("Asking the roads …")))

    @property
    def waiting(self) -> bool:
        """Whether something is still to be done."""
        return bool(self._waiting)

    def do(self, wanted: Callable[[], Iterable[Place]], act: Callable[[], object], sorry: Sorry) -> None:
        """Call `act` as soon as there are travel times for the places of `wanted`: now, if they are at hand and
        nothing waits. `sorry` hears why there are none, and what `act` raises. Both look at the day as it then
        is."""
        self._waiting.append(_Action(wanted, act, sorry))
        if len(self._waiting) == 1:
            self._go_on()

    def close(self) -> None:
        """The window closes: what waits is done if its times come soon."""
        self._slow.stop()
        if self._thread is not None:
            asked, self._asked = self._asked, None
            if asked is not None:
                try:
                    asked.result(_CLOSING_S)
                except Exception as error:
                    log.warning("the roads did not answer before the window was closed: %s", error)
            self._thread.shutdown(wait=False, cancel_futures=True)
        while self._waiting and not self._missing(self._waiting[0]):
            self._finish()
        if self._waiting:
            log.warning("%d actions were not done: their places have no travel times", len(self._waiting))
            self._waiting.clear()

    def _go_on(self) -> None:
        while self._waiting and self._asked is None:  # what is done may bring others, and have asked for them
            try:
                missing = self._missing(self._waiting[0])
            except Exception as error:
                self._waiting.popleft().sorry(error)
                continue
            if missing:
                self._ask(missing)
            else:
                self._finish()

    def _finish(self) -> None:
        action = self._waiting.popleft()
        try:
            action.act()
        except Exception as error:
            action.sorry(error)

    def _missing(self, action: _Action) -> list[tuple[TravelMatrix, Sequence[Place]]]:
        needed = self._session.needed(action.wanted())
        return [(known, places) for known, places in needed if not travel.at_hand(known, places)]

    def _ask(self, missing: Sequence[tuple[TravelMatrix, Sequence[Place]]]) -> None:
        def ask() -> None:
            for known, places in missing:
                travel.fetch(known, places)

        self._thread = self._thread or ThreadPoolExecutor(1, thread_name_prefix="times")
        self._slow.start()
        self._asked = self._thread.submit(ask)
        asked = [known for known, _ in missing]
        self._later.when(self._asked, self._on_there, lambda error: self._on_failed(asked, error))

    def _on_there(self, _: None) -> None:
        if self._asked is not None:  # else the window has been closed
            self._asked = None
            self._slow.stop()
            self._go_on()

    def _on_failed(self, asked: Sequence[TravelMatrix], error: BaseException) -> None:
        """What was asked for is given up, unless the day rests on other roads by now; the others may have their
        times."""
        if self._asked is None:
            return
        self._asked = None
        self._slow.stop()
        if any(known in asked for known, _ in self._missing(self._waiting[0])):
            self._waiting.popleft().sorry(error)
        self._go_on()
