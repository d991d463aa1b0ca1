"""Light, dark, or as the system: applied now, and again when the system changes its mind."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell.memory import Memory, Theme
from dispatch_console.ui.theme import apply, look

_SCHEMES: dict[Theme, Qt.ColorScheme] = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


def wants_dark(theme: Theme) -> bool:
    """Whether a choice means dark now."""
    return theme == "dark" or (theme == "system" and _system_is_dark())


class Colours(QObject):
    """Keeps the application in the colours that `memory` asks for."""

    def __init__(self, application: QApplication, desk: Desk, memory: Memory) -> None:
        super().__init__(application)
        self._application, self._desk, self._memory = application, desk, memory
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.follow)
        self._tell_system()

    def choose(self, _theme: str = "") -> None:
        """The choice in `memory` changed."""
        self._tell_system()
        self.follow()

    def follow(self, _scheme: object = None) -> None:
        dark = wants_dark(self._memory.theme)
        if dark != look.is_dark():
            apply.use(self._application, dark)
            self._desk.theme_changed.emit()

    def _tell_system(self) -> None:
        """So that the system's title bar has the same colours as the window."""
        QGuiApplication.styleHints().setColorScheme(_SCHEMES[self._memory.theme])


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
