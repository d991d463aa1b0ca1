"""Splitters whose line is 1 px drawn and 7 px to grab."""

from __future__ import annotations

from PySide6.QtCore import QMargins, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from dispatch_console.ui.theme import look

_GRAB = 3  # px on each side of the line


class Splitter(QSplitter):
    """Panes side by side or one above the other; none can be dragged to nothing."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.setOpaqueResize(True)

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)


class _Handle(QSplitterHandle):
    """Qt widens a thin handle by its contents margins to 5 px; here it is 7. Only the line itself is drawn."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Not Qt's own: it would set its margins, and each change of margins resizes again.
        lying = self.orientation() == Qt.Orientation.Vertical
        wanted = QMargins(0, _GRAB, 0, _GRAB) if lying else QMargins(_GRAB, 0, _GRAB, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_MouseNoMask, True)
        if self.contentsMargins() != wanted:
            self.setContentsMargins(wanted)
        self.setMask(QRegion(self.contentsRect()))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.contentsRect(), look.colour("line"))
