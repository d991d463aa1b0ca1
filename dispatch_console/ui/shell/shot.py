"""A picture of the window: wait until the map is drawn and all is quiet, then grab."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from dispatch_console.ui.theme import look

log = logging.getLogger(__name__)

#: Off the screen there is no system that draws a title bar: one of its height takes its place in the picture.
TITLE = 32
_QUIET_MS = 700
_LONGEST_MS = 20_000


class Shot(QObject):
    """Taken when everything that was `expect`ed is drawn; after `_LONGEST_MS` it is taken anyway."""

    def __init__(self, window: QWidget, out: Path, size: tuple[int, int], done: Callable[[bool], object]) -> None:
        super().__init__(window)
        self._window, self._out, self._done = window, out, done
        self._taken = False
        self._missing = 0
        window.resize(size[0], size[1] - TITLE)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._give_up)
        self._late.start(_LONGEST_MS)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._take)

    def expect(self) -> Callable[..., object]:
        """One more slow part: what to call when it is drawn. The picture waits for the last and a moment more."""
        self._missing += 1
        waiting = [True]

        def drawn(*_: object) -> None:
            self._missing -= len(waiting)
            waiting.clear()
            if self._missing == 0:
                self._quiet.start(_QUIET_MS)

        return drawn

    def _give_up(self) -> None:
        log.warning("something was not drawn in time; the picture is taken without it")
        self._take()

    def _take(self) -> None:
        if self._taken:
            return
        self._taken = True
        hovered = [widget for widget in self._window.findChildren(QWidget) if widget.underMouse()]
        for widget in hovered:  # the pointer of a machine without a mouse lies somewhere too
            widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        self._late.stop()
        self._out.parent.mkdir(parents=True, exist_ok=True)
        self._done(framed(self._window).save(str(self._out)))


def framed(window: QWidget) -> QPixmap:
    """The window as it is, below a plain title bar."""
    inside = window.grab()
    ratio = inside.devicePixelRatioF()
    whole = QPixmap(inside.width(), inside.height() + round(TITLE * ratio))
    whole.setDevicePixelRatio(ratio)
    painter = QPainter(whole)
    width = round(whole.width() / ratio)
    painter.fillRect(QRect(0, 0, width, TITLE), QColor("#101316" if look.is_dark() else "#E3E7EB"))
    painter.drawPixmap(QPoint(0, TITLE), inside)
    popup = QApplication.activePopupWidget()
    if popup is not None:  # a window of its own, on the screen above this one
        painter.drawPixmap(window.mapFromGlobal(popup.pos()) + QPoint(0, TITLE), popup.grab())
    painter.drawPixmap(QPoint(12, 8), QApplication.windowIcon().pixmap(QSize(16, 16), ratio))
    painter.setFont(look.font("data"))
    painter.setPen(look.colour("tx2"))
    painter.drawText(QRect(35, 0, width, TITLE), Qt.AlignmentFlag.AlignVCenter, window.windowTitle())
    for place, name in ((115, "minus"), (70, "square"), (23, "x")):
        painter.drawPixmap(QPoint(width - place - 7, 9), look.pixmap(f"ph.{name}", "tx2", 14, ratio))
    painter.end()
    return whole
