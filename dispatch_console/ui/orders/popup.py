"""F2: why a stop has no driver, and who could take it, beside its row until Esc or a click elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from dispatch_console.domain.orders import StopId
from dispatch_console.ui.models.why import Why
from dispatch_console.ui.theme import look


class WhyPopup(QFrame):
    """`tell()` gives its text; asked again when more becomes known."""

    def __init__(self, stop: StopId, why: Why, tell: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._stop, self._tell = stop, tell
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setFont(look.font("data"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self._label)
        why.known.connect(self._on_known)
        self._fill()

    @property
    def text(self) -> str:
        return self._label.text()

    def open_at(self, corner: QPoint) -> None:
        """Show it with its top left there, moved so that all of it is on the screen."""
        self.adjustSize()
        rect = QRect(corner, self.size())
        screen = self.screen().availableGeometry()
        rect.moveRight(min(rect.right(), screen.right()))
        rect.moveBottom(min(rect.bottom(), screen.bottom()))
        self.move(rect.topLeft())
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.setPen(look.colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.close()
        else:
            super().keyPressEvent(event)

    def _on_known(self, stop: int) -> None:
        if stop == self._stop:
            self._fill()

    def _fill(self) -> None:
        self._label.setText(self._tell())
        self.adjustSize()
