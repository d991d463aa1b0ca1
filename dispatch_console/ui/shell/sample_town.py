"""The map, roads and addresses of the sample's town: found, or at the first start built beside the window."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from dispatch_console.ui.later import Later

if TYPE_CHECKING:  # loaded beside the window
    from dispatch_console.services.regions.build import Build

_LOOK_MS = 200

Ask = Callable[[Callable[[], Path | None]], Future[Path | None]]


class SampleTown(QObject):
    """`regions`: the folder that packs lie in. `ask` does one thing after the other beside the window.

    `working(done 0 … 1, seconds left or None)` while it is built, `ended()` after that; `ready(folder)` or
    `failed(error)` is what comes of a `start`, unless `stop` comes before.
    """

    working = Signal(float, object)
    ended = Signal()
    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, regions: Path, ask: Ask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._regions, self._ask = regions, ask
        self._later = Later(self)
        self._build: Build | None = None
        self._turn = 0
        #: Whether it is looked for or built.
        self.busy = False
        #: Where the pack lies, once that is known; and whether it was built just now.
        self.folder: Path | None = None
        self.is_new = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Find the pack, or begin to build it."""
        if not self.busy:
            self.busy = True
            turn = self._turn
            self._do(lambda: self._find(turn))

    def stop(self) -> None:
        """Look no further; a build ends, and nothing of it is left."""
        self._turn += 1
        self._timer.stop()
        self._cancel()
        if self.busy:
            self.busy = False
            self.ended.emit()

    def _do(self, work: Callable[[], Path | None]) -> None:
        turn = self._turn
        self._later.when(
            self._ask(work),
            lambda found: self._on_found(found) if turn == self._turn else None,
            lambda error: self._on_failed(error) if turn == self._turn else None,
        )

    def _find(self, turn: int) -> Path | None:
        """On another thread. None: it is being built."""
        from dispatch_console.services import sample_pack

        there = sample_pack.ready(self._regions)
        self.is_new = there is None
        if there is None:
            self._build = sample_pack.begin(self._regions, gentle=True)
            if turn != self._turn:  # stopped meanwhile
                self._cancel()
        return there

    def _finish(self) -> Path | None:
        """On another thread."""
        from dispatch_console.services import sample_pack

        building, self._build = self._build, None
        return None if building is None else sample_pack.finish(building, self._regions)

    def _on_found(self, folder: Path | None) -> None:
        if folder is None:
            self._timer.start()
            self._look()
            return
        self.folder, self.busy = folder, False
        self.ended.emit()
        self.ready.emit(folder)

    def _on_failed(self, error: BaseException) -> None:
        self.busy = False
        self.ended.emit()
        self.failed.emit(error)

    def _look(self) -> None:
        if self._build is None:
            self._timer.stop()
            return
        step = self._build.poll()
        if self._build.ended:
            self._timer.stop()
            self._do(self._finish)
        else:
            self.working.emit(step.done, step.left_s)

    def _cancel(self) -> None:
        building, self._build = self._build, None
        if building is not None:
            building.cancel()
