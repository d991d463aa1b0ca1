"""A barcode scanner types like a keyboard, only faster: it is recognised by its speed wherever the focus is.

Events are watched where they enter a window, before shortcuts and before the widget with the focus: the `P` and the
digits of a code must not pin a stop and send it to drivers. A letter that could begin a code is held for some
thirty milliseconds; if nothing follows at a scanner's pace it goes on its way as if nothing had been.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from dispatch_console.services.lookup import CODE_LETTERS

#: The longest pause between two keys of a scanner, and the shortest code.
PACE_MS, LEAST = 35, 4
#: After so many keys at that pace it is no person: a busy machine, or a scanner slow with Enter, has more time.
SURE_MS = 150
_CODE = re.compile(rf"[{CODE_LETTERS}][0-9]+")
#: What scanners end with: Enter as delivered, a line feed or Tab if somebody has set them so.
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock)
_OTHER = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

Handler = Callable[[str], bool]


class Scans(QObject):
    """Where scanned codes go: to a page that is shown, the one registered last first; then to whoever claims them
    though he is not; then to the window.

    `scanned(code)`: nobody wanted it. Letters are capitals.
    """

    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handlers: list[tuple[QWidget, Handler]] = []
        self._claims: list[tuple[QWidget, Handler]] = []

    def register(self, page: QWidget, handler: Handler, claim: Handler | None = None) -> None:
        """Ask `handler` first while `page` is shown; it returns whether the code was for it.

        `claim` is asked while `page` is not shown, before the window takes the code.
        """
        _keep(self._handlers, page, handler)
        if claim is not None:
            _keep(self._claims, page, claim)

    def take(self, code: str) -> None:
        """Hand a code on."""
        code = code.strip().upper()
        for page, handler in reversed(self._handlers):
            if page.isVisible() and handler(code):
                return
        if not any(claim(code) for page, claim in self._claims if not page.isVisible()):
            self.scanned.emit(code)


def _keep(handlers: list[tuple[QWidget, Handler]], page: QWidget, handler: Handler) -> None:
    """As long as the page lives."""
    entry = (page, handler)
    handlers.append(entry)
    page.destroyed.connect(lambda: handlers.remove(entry))


class _Held(NamedTuple):
    window: QWindow
    press: QKeyEvent
    ms: int


class Scanner(QObject):
    """Watches the keys of every window of the program. `shortcut(keys)` does what a key is the shortcut of, or
    returns False.
    """

    def __init__(
        self, scans: Scans, shortcut: Callable[[QKeySequence], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._scans, self._shortcut = scans, shortcut
        self._held: list[_Held] = []
        self._replaying = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_pause)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._watch)
        for window in application.topLevelWindows():
            self._watch(window)

    @property
    def text(self) -> str:
        """What is being held."""
        return "".join(_letter(held.press) for held in self._held)

    def stop(self) -> None:
        """Let go of all windows."""
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.disconnect(self._watch)
        for window in application.topLevelWindows():
            window.removeEventFilter(self)
        self._timer.stop()
        self._held.clear()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    # -- keys ----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._replaying or not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow):
            return False
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride:
            return self._override(event)
        if kind == QEvent.Type.KeyPress:
            return self._press(watched, event)
        return False

    def _override(self, event: QKeyEvent) -> bool:
        """Before shortcuts are looked for: what may be of a scanner is none; anything else ends the waiting."""
        if event.key() in _MODIFIERS:
            return False
        if self._fits(event):
            event.accept()
            return True
        self._replay()
        return False

    def _press(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS:
            return False
        if not self._fits(event):
            self._replay()
            return False
        if _ends(event):
            code = self.text
            self._drop()
            self._scans.take(code)
            return True
        self._held.append(_Held(window, _copy(event, QEvent.Type.KeyPress), event.timestamp()))
        self._timer.start(self._patience)
        return True

    @property
    def _patience(self) -> int:
        """How long the next key may take."""
        return PACE_MS if len(self._held) < LEAST else SURE_MS

    def _fits(self, event: QKeyEvent) -> bool:
        """Whether the key goes on with what is held, at a scanner's pace, or could begin a code."""
        if event.isAutoRepeat() or event.modifiers() & _OTHER:
            return False
        letter = _letter(event)
        if not self._held:
            return len(letter) == 1 and letter in CODE_LETTERS
        if event.timestamp() - self._held[-1].ms > self._patience:
            return False
        if _ends(event):
            return len(self._held) >= LEAST and _CODE.fullmatch(self.text) is not None
        return len(letter) == 1 and "0" <= letter <= "9"

    # -- it was a person -----------------------------------------------------------------------------

    def _on_pause(self) -> None:
        # A busy window may find the keys of a scanner waiting in the queue, and the timer before them.
        QTimer.singleShot(0, self, self._after_pause)

    def _after_pause(self) -> None:
        if not self._timer.isActive():
            self._replay()

    def _drop(self) -> None:
        self._timer.stop()
        self._held.clear()

    def _replay(self) -> None:
        """Send what was held on its way, in its order."""
        held = list(self._held)
        self._drop()
        self._replaying = True
        try:
            for window, press, _ in held:
                if isValid(window):
                    self._send(window, press)
        finally:
            self._replaying = False

    def _send(self, window: QWindow, press: QKeyEvent) -> None:
        """As Qt does it: the focus may claim the key, else it may be a shortcut, else it is typed."""
        asked = _copy(press, QEvent.Type.ShortcutOverride)
        asked.ignore()
        QApplication.sendEvent(window, asked)
        typed = asked.isAccepted() or QApplication.activePopupWidget() is not None
        if typed or not self._shortcut(QKeySequence(press.keyCombination())):
            QApplication.sendEvent(window, press)


def _ends(event: QKeyEvent) -> bool:
    return event.key() in _ENDS or event.text() == "\n"


def _letter(event: QKeyEvent) -> str:
    return event.text().upper()


def _copy(event: QKeyEvent, kind: QEvent.Type) -> QKeyEvent:
    return QKeyEvent(kind, event.key(), event.modifiers(), event.text())
