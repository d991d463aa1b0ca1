"""Work that may wait: small pieces, done when the window has nothing else to do, a few ms at once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Generator

from PySide6.QtCore import QObject, QTimer

#: A job does a little at each step. It ends by running out.
Job = Generator[None]


class Idle(QObject):
    """Runs jobs one after the other in slices of about `slice_s` seconds (0: single steps), newest first: what is
    looked at now."""

    def __init__(self, parent: QObject | None = None, slice_s: float = 0.008) -> None:
        super().__init__(parent)
        self._jobs: deque[Job] = deque()
        self._slice = slice_s
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)

    @property
    def busy(self) -> bool:
        return bool(self._jobs)

    def add(self, job: Job, *, at_once: bool = False) -> None:
        """`at_once`: the first slice is done before this returns, so that a little job needs no waiting."""
        self._jobs.append(job)
        self._timer.start()
        if at_once:
            self._step()

    def clear(self) -> None:
        self._jobs.clear()
        self._timer.stop()

    def finish(self) -> None:
        """Do all that waits, at once."""
        while self._jobs:
            for _ in self._jobs.pop():
                pass
        self._timer.stop()

    def _step(self) -> None:
        until = time.perf_counter() + self._slice
        while self._jobs:
            job = self._jobs.pop()
            if next(job, self) is not self:
                self._jobs.append(job)
            if time.perf_counter() >= until:
                break
        if not self._jobs:
            self._timer.stop()
