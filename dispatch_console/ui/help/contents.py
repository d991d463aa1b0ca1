"""The left side of the guide: its chapters and their sections, or what a search found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.rows import PaintedRows

WIDTH = 300
_CHAPTER, _SECTION, _HIT = 30, 24, 42


class Entry(NamedTuple):
    """`more`: a second line, of what was found. `deep`: a section of the chapter above."""

    text: str
    more: str = ""
    deep: bool = False


class Contents(PaintedRows):
    """`opened(index)`: by a click, or while walking through them."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__(self.tr("Contents of the guide"), _SECTION)
        self.setFixedWidth(WIDTH)
        self._entries: Sequence[Entry] = ()

    @property
    def entries(self) -> Sequence[Entry]:
        return self._entries

    def show_entries(self, entries: Sequence[Entry], at: int) -> None:
        self._entries = entries
        self.set_rows([_HIT if one.more else _SECTION if one.deep else _CHAPTER for one in entries], at)

    def mark(self, index: int) -> None:
        """The entry that is read now, without telling of it."""
        self.blockSignals(True)
        self.choose(index)
        self.blockSignals(False)

    def words_of(self, index: int) -> str:
        entry = self._entries[index]
        return f"{entry.text}. {entry.more}" if entry.more else entry.text

    def on_chosen(self, index: int) -> None:
        self.opened.emit(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.choose(self.row_at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at >= 0:
            self.on_chosen(self.at)
        else:
            super().keyPressEvent(event)

    def paint_row(self, painter: QPainter, index: int) -> None:
        area, entry = self.rect_of(index), self._entries[index]
        if index == self.at:
            painter.fillRect(area, look.colour("accbg"))
            painter.fillRect(0, area.top(), 2, area.height(), look.colour("acc"))
        elif area.contains(self.over):
            painter.fillRect(area, look.colour("hover"))
        inner = area.adjusted(26 if entry.deep else 12, 0, -8, 0)
        if entry.more:
            upper, lower = inner.adjusted(0, 4, 0, -21), inner.adjusted(0, 21, 0, -4)
            paint.text(painter, upper, entry.text, "key", "tx")
            paint.text(painter, lower, entry.more, "secondary", "tx2")
        else:
            paint.text(painter, inner, entry.text, "data" if entry.deep else "key", "tx2" if entry.deep else "tx")
        if index == self.at and self.hasFocus():
            paint.focus_ring(painter, area)
