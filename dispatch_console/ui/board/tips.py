"""Tooltips after 500 ms whose text may grow while they are open."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QToolTip, QWidget

DELAY_MS = 500
_STAYS_MS = 60_000


class HoverTip(QObject):
    """One per view. `over(key, …)` on every move of the pointer; the same key keeps the tooltip as it is."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._key: Hashable = None
        self._text: Callable[[], str] = str
        self._at = QPoint()
        self._open = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.show)

    @property
    def key(self) -> Hashable:
        return self._key

    def over(self, key: Hashable, at: QPoint, text: Callable[[], str]) -> None:
        """The pointer is over `key` (None: nothing) at the global point `at`."""
        if key == self._key:
            self._at = self._at if self._open else at
            return
        self.hide()
        self._key, self._text, self._at = key, text, at
        if key is not None:
            self._timer.start()

    def show(self) -> None:
        """Open it now, or bring the open one up to date."""
        if self._key is None:
            return
        self._timer.stop()
        self._open = True
        QToolTip.showText(self._at, self._text(), self._owner, self._owner.rect(), _STAYS_MS)

    def refresh(self) -> None:
        """Something that the text tells has become known."""
        if self._open and QToolTip.isVisible():
            self.show()

    def hide(self) -> None:
        self._timer.stop()
        if self._open:
            QToolTip.hideText()
        self._open, self._key = False, None
