"""The column of buttons on the map: Qt's own widgets over the page, so that they look and act like all others."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from dispatch_console.ui.widgets import IconButton

_SIDE = 28
_GAP = 4


class ToolColumn(QWidget):
    """Zoom in, zoom out, show all, lasso, layers: 28 px each, one below the other."""

    def __init__(self, layers: QMenu, parent: QWidget) -> None:
        super().__init__(parent)
        self.zoom_in = self._add("ph.plus", self.tr("Zoom in"))
        self.zoom_out = self._add("ph.minus", self.tr("Zoom out"))
        self.fit = self._add("ph.crosshair", self.tr("Show all stops"))
        self.lasso = self._add("ph.selection-plus", self.tr("Select with a lasso (or hold Shift)"))
        self.lasso.setCheckable(True)
        self.layers = self._add("ph.stack", self.tr("Layers and base map"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        for button in (self.zoom_in, self.zoom_out, self.fit, self.lasso, self.layers):
            column.addWidget(button)
        self._menu = layers
        self.layers.clicked.connect(self._open_layers)
        self.setFixedSize(_SIDE, 5 * _SIDE + 4 * _GAP)

    def _add(self, icon: str, tip: str) -> IconButton:
        return IconButton(icon, tip, size=_SIDE, kind="normal", parent=self)

    def _open_layers(self) -> None:
        """To the left of the button, so that the map's edge does not push it elsewhere."""
        corner = self.layers.mapToGlobal(QPoint(-_GAP, 0))
        self._menu.popup(corner - QPoint(self._menu.sizeHint().width(), 0))
