"""Python's search for garbage, on the window's thread alone.

Left to itself, Python searches on whichever thread makes the most objects. What is found there may be widgets, and
letting go of one on another thread than the window's can stop both for good: that thread holds a lock of Qt and
waits for Python's, the window's the other way round. (https://github.com/napari/napari/issues/1029)
"""

from __future__ import annotations

import gc
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QObject, QTimer

_LOOK_MS: Final = 200
#: All that came since the window was opened is gone through no more often than this, in seconds: it takes long.
_WHOLE_S: Final = 60.0

#: Who makes many objects at once that are no garbage.
_making: list[object] = []


class Garbage(QObject):
    """Searches as often as Python would, as far as somebody lives on this thread to be asked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._whole = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Search among what is young enough, if enough has come."""
        if _making:
            return
        counts, limits = gc.get_count(), gc.get_threshold()
        now = time.monotonic()
        if counts[2] > limits[2] and now - self._whole >= _WHOLE_S:
            self._whole = now
            gc.collect()
        elif counts[1] > limits[1]:
            gc.collect(1)
        elif counts[0] > limits[0]:
            gc.collect(0)

    def end(self) -> None:
        """There is no window any more."""
        self._timer.stop()
        if self._was_on:
            gc.enable()


@contextmanager
def no_pauses() -> Generator[None]:
    """A search stops all threads, the window's too: 300 ms with 10,000 rows of a file in hand.

    What is made meanwhile is no garbage: it is kept out of later searches as well. For any thread.
    """
    was_on = gc.isenabled()
    gc.disable()
    token = object()
    _making.append(token)
    try:
        yield
    finally:
        gc.freeze()
        _making.remove(token)
        if was_on:
            gc.enable()
