"""A scroll bar that lies over the rows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollBar, QWidget


class OverlayBar(QScrollBar):
    """A scroll bar that lies over the rows instead of beside them, so that they reach the edge of the pane."""

    def __init__(self, source: QScrollBar, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._source = source
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        source.rangeChanged.connect(self._follow)
        source.valueChanged.connect(self.setValue)
        self.valueChanged.connect(source.setValue)
        self._follow()

    def _follow(self, *_: int) -> None:
        self.setRange(self._source.minimum(), self._source.maximum())
        self.setPageStep(self._source.pageStep())
        self.setSingleStep(self._source.singleStep())
        self.setVisible(self._source.maximum() > 0)
