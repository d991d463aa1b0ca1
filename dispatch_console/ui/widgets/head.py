"""The head of a pane: 32 px with title, count and tools."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets.marks import Text

HEIGHT = 32


class PaneHead(QWidget):
    """Title at the left, count or note after it in grey, tools at the right, a rule below.

    `add_note` puts a widget behind the count (a legend), `add_tool` one at the right, in reading order; a key
    cap at the right is a tool too. A double click asks for the pane's own window (`detach_wanted`).
    Where two panes share a place, `set_in_front` underlines the title, and the way to the other one is a note
    behind it or, `before`, ahead of it. `counted(count)`: the count is another one.
    """

    detach_wanted = Signal()
    counted = Signal(str)

    def __init__(self, title: str, count: str | int = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._in_front = False
        self._title = Text(title, "pane")
        self._count = Text(str(count), "data", "tx3")
        self._left = _row(8)
        self._tools = _row(4)
        self._left.addWidget(self._title)
        self._left.addWidget(self._count)
        self._count.setVisible(self._count.text() != "")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(8)
        row.addLayout(self._left)
        row.addStretch(1)
        row.addLayout(self._tools)

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def count(self) -> str:
        return self._count.text()

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_count(self, count: str | int) -> None:
        """A number, or a short note such as `232 stops, 6 open`."""
        self._count.setText(str(count))
        self._count.setVisible(self._count.text() != "")
        self.counted.emit(self._count.text())

    def add_note(self, note: QWidget, *, before: bool = False) -> None:
        if before:
            self._left.insertWidget(0, note)
        else:
            self._left.addWidget(note)

    def set_in_front(self, one_of_two: bool) -> None:
        """Whether the title is that of a tab in front of another one."""
        self._in_front = one_of_two
        self.update()

    def add_tool(self, tool: QWidget) -> None:
        self._tools.addWidget(tool)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.detach_wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        if self._in_front:
            words = self._title.geometry() | (self._count.geometry() if self._count.text() else QRect())
            painter.fillRect(words.left(), self.height() - 2, words.width(), 2, look.colour("acc"))


def _row(gap: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    return row
