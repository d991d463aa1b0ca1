"""Lanes that have changed are painted ahead, card by card, and shown when they are ready.

A plan that is accepted changes all lanes at once: to shape all their texts in one paint event would hold the
window up. Until a lane is ready the screen shows what it showed; whoever paints it earlier (a scroll, a picture of
the window) gets it as it is, at once.
"""

from __future__ import annotations

from collections.abc import Callable, Generator

from PySide6.QtCore import QObject

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.ui.models.idle import Idle, Job

#: Paints one part of a lane ahead at each step.
Prepare = Callable[[ShiftId], Generator[None]]


class CatchingUp(QObject):
    """`prepare` paints a lane ahead; `show` has it painted on the screen."""

    def __init__(self, prepare: Prepare, show: Callable[[ShiftId], None], parent: QObject) -> None:
        super().__init__(parent)
        self._prepare, self._show = prepare, show
        self._behind: dict[ShiftId, None] = {}
        self._idle = Idle(self)

    @property
    def busy(self) -> bool:
        """Whether any lane still shows what it showed before."""
        return self._idle.busy

    def add(self, lanes: list[ShiftId]) -> None:
        """These have changed. What takes little is shown before this returns."""
        self._behind.update(dict.fromkeys(lanes))
        if self._behind and not self._idle.busy:
            self._idle.add(self._work(), at_once=True)

    def _work(self) -> Job:
        while self._behind:
            lane = next(iter(self._behind))
            del self._behind[lane]
            yield from self._prepare(lane)
            self._show(lane)
            yield
