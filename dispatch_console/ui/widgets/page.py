"""The head of a page: 56 px with the way back, title, a note, and buttons at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.buttons import IconButton
from dispatch_console.ui.widgets.marks import Text

HEIGHT = 56


class PageHead(QWidget):
    """`back` is emitted by the arrow; pages show it as their way out (Esc does the same).

    `note`: a line below the title, or a widget of one line. `way_back`: what the arrow says it does.
    """

    back = Signal()

    def __init__(
        self, title: str, note: str | QWidget = "", way_back: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.title = Text(title, "page")
        self._note = Text("", "secondary", "tx2")
        arrow = _BackButton("ph.arrow-left", way_back or self.tr("Back to the day (Esc)"), size=32)
        arrow.clicked.connect(self.back)
        self._words, self._notes, self._tools = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._words.setSpacing(1)
        self._words.addStretch(1)
        self._words.addWidget(self.title)
        self._words.addWidget(self._note if isinstance(note, str) else note)
        self._words.addStretch(1)
        self._tools.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 1)
        row.setSpacing(0)
        row.addWidget(arrow)
        row.addSpacing(12)
        row.addLayout(self._words)
        row.addLayout(self._notes)
        row.addStretch(1)
        row.addSpacing(8)
        row.addLayout(self._tools)
        self.set_note(note if isinstance(note, str) else "")

    def set_title(self, title: str) -> None:
        self.title.setText(title)

    def set_note(self, note: str) -> None:
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def add_note(self, note: QWidget, gap: int = 20) -> None:
        """A widget after the words, `gap` px behind what stands before it."""
        self._notes.addSpacing(gap)
        self._notes.addWidget(note)

    def add_tool(self, tool: QWidget) -> None:
        self._tools.addWidget(tool)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))


class _BackButton(IconButton):
    """The arrow that leaves a page: 18 px, as icons on pages are."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        paint.icon_at(painter, "ph.arrow-left", "tx", QRect(7, 7, 18, 18))
        if paint.shows_focus(self):
            paint.focus_ring(painter, self.rect())
