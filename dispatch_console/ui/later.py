"""Results of work done elsewhere, brought to the window's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

log = logging.getLogger(__name__)


class Later(QObject):
    """Calls `then(result)` on the thread it lives in, or `sorry(error)`. Nothing is called once it is deleted."""

    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def when[T](
        self, future: Future[T], then: Callable[[T], object], sorry: Callable[[BaseException], object]
    ) -> None:
        """Come back with the result of `future`. A future that was cancelled says nothing."""
        future.add_done_callback(lambda done: self._hand_over(done, then, sorry))

    def _call(self, call: Callable[[], None]) -> None:
        call()

    def _hand_over(self, done: Future[Any], then: Callable[[Any], object], sorry: Callable[..., object]) -> None:
        """On whichever thread the work was done."""

        def call() -> None:
            try:
                result = done.result()
            except CancelledError:
                return
            except Exception as error:
                sorry(error)
            else:
                then(result)

        try:
            self._done.emit(call)
        except RuntimeError:
            log.debug("the window that waited for a result is gone")
