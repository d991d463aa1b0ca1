"""Where a window stands: kept from one start to the next, while screens come, go and are scaled otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from dispatch_console.ui.shell.memory import Memory

#: A title bar, in pixels of the scaled screen. Qt's places are of the inside of a window.
_TITLE = 32
#: With less of it to be seen, a window counts as gone with its screen.
_SEEN = QSize(120, 60)


def kept(memory: Memory, key: str) -> QRect | None:
    """Where a window may stand, as near as can be to where it stood; None: nowhere that there is now."""
    numbers = memory.numbers(key)
    return placed(QRect(*numbers), _screens()) if len(numbers) == 4 else None


def keep(memory: Memory, key: str, window: QWidget) -> None:
    """Of a window that fills its screen: where it stands when it does not."""
    area = window.geometry()
    if window.isMaximized() and not window.normalGeometry().isEmpty():
        area = window.normalGeometry()
    memory.set_numbers(key, [area.x(), area.y(), area.width(), area.height()])


def placed(area: QRect, screens: Iterable[QRect]) -> QRect | None:
    """The same place if all of it can be seen, on one screen or over several; else as much as fits on the screen
    that shows most of it; None if none does."""
    inside = [screen.adjusted(0, _TITLE, 0, 0) for screen in screens]
    corners = (area.topLeft(), area.topRight(), area.bottomLeft(), area.bottomRight())
    if area.isValid() and all(any(screen.contains(corner) for screen in inside) for corner in corners):
        return area
    best = max(inside, key=lambda screen: _seen(screen, area), default=QRect())
    shown = best.intersected(area)
    if shown.width() < _SEEN.width() or shown.height() < _SEEN.height():
        return None
    size = area.size().boundedTo(best.size())
    left = min(max(area.left(), best.left()), best.right() + 1 - size.width())
    top = min(max(area.top(), best.top()), best.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())


def smallest(wanted: QSize) -> QSize:
    """A least size of windows that every screen has room for, at whatever scale."""
    for screen in _screens():
        wanted = wanted.boundedTo(screen.size() - QSize(0, _TITLE))
    return wanted


def _screens() -> list[QRect]:
    return [screen.availableGeometry() for screen in QGuiApplication.screens()]


def _seen(screen: QRect, area: QRect) -> int:
    shown = screen.intersected(area)
    return max(0, shown.width()) * max(0, shown.height())
