"""The foot of the side: what is left, and closing the route."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.ui.debrief.state import SheetState
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, Text, paint

_SHOWN = 3


class Footer(QWidget):
    """“Close route” is disabled with the reason above it, never hidden."""

    def __init__(self, state: SheetState) -> None:
        super().__init__()
        self._state = state
        self._title = Text("", "key")
        self.reasons = Text("", "data")
        self.reasons.setWordWrap(True)
        self.close_route = Button(self.tr("Close route"), kind="primary", size=32, key="Ctrl+↵")
        self.later = Button(self.tr("Keep for later"), size=32)
        self.close_route.clicked.connect(state.close_route)
        self.later.clicked.connect(state.open_next)
        self._icon, self._token = "", ""
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.close_route)
        buttons.addWidget(self.later)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 11, 12, 12)
        column.setSpacing(4)
        words = QVBoxLayout()
        words.setContentsMargins(22, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self.reasons)
        column.addLayout(words)
        column.addSpacing(4)
        column.addLayout(buttons)
        state.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        state = self._state
        left = state.left()
        if state.route is None:
            self._show(self.tr("Scan a sheet, or choose a route at the left."), [], "ph.barcode", "tx3")
        elif state.is_closed:
            self._show(self.tr("This route is closed."), [], "ph.check-bold", "ok")
        elif left:
            one = self.tr("1 thing left:")
            title = one if len(left) == 1 else self.tr("{n} things left:").format(n=len(left))
            self._show(title, left, "ph.warning-fill", "amb")
        else:
            self._show(self.tr("All is in order."), [], "ph.check-bold", "ok")
        why = left[0] if left else self.tr("No sheet is on the table.") if state.route is None else None
        self.close_route.set_why_not(why)
        self.later.setEnabled(state.route is not None)

    def _show(self, title: str, left: list[str], icon: str, token: str) -> None:
        more = len(left) - _SHOWN
        shown = [*left[:_SHOWN], *([self.tr("and {n} more").format(n=more)] if more > 0 else [])]
        self._title.setText(title)
        self.reasons.setText("\n".join(shown))
        self.reasons.setVisible(bool(shown))
        self._icon, self._token = icon, token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))
        if self._icon:
            paint.icon_at(
                painter, self._icon, self._token, QRect(12, self._title.geometry().center().y() - 6, 14, 14)
            )
