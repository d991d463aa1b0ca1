"""The keys that can be pressed now, each with its word; what was chosen is tinted. A click presses the key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import marks, paint

#: Height of a line, and the space after an entry.
LINE, _GAP = 24, 4


class Entry(NamedTuple):
    """A key and what it does. `key` empty: words alone. `typed`: what a click types, empty: nothing."""

    key: str
    word: str
    on: bool = False
    typed: str = ""


class Legend(QWidget):
    """Rows of entries; a row that is too long goes on in the next line. `clicked(typed)`."""

    clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[Entry]] = []
        self._places: list[tuple[QRect, Entry]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> list[list[Entry]]:
        return self._rows

    def set_rows(self, rows: Sequence[Sequence[Entry]]) -> None:
        wanted = [list(row) for row in rows]
        if wanted != self._rows:
            self._rows = wanted
            self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(200, self.lines * LINE)

    @property
    def lines(self) -> int:
        return self._places[-1][0].bottom() // LINE + 1 if self._places else 0

    def resizeEvent(self, event: object) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        before, self._places, top = self.lines, [], 0
        for row in self._rows:
            left = 0
            for entry in row:
                wide = _width(entry)
                if left and left + wide > self.width():
                    left, top = 0, top + LINE
                self._places.append((QRect(left, top, wide, LINE), entry))
                left += wide + _GAP
            top += LINE
        if self.lines != before:
            self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, entry in self._places:
            if entry.on:
                paint.box(painter, place.adjusted(0, 1, 0, -1), look.colour("accbg"), None, paint.CHIP_ROUND)
            left = place.left() + 4
            if entry.key:
                cap = marks.key_width(entry.key)
                marks.paint_key(painter, QRect(left, place.top() + 3, cap, marks.KEY_HEIGHT), entry.key)
                left += cap + 6
            area = QRect(left, place.top(), place.right() - left + 1, LINE)
            paint.text(painter, area, entry.word, "key" if entry.on else "data", "tx" if entry.on else "tx2")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        entry = next((entry for place, entry in self._places if place.contains(at)), None)
        if entry is not None and entry.typed and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(entry.typed)


def _width(entry: Entry) -> int:
    cap = marks.key_width(entry.key) + 6 if entry.key else 0
    return cap + marks.text_width(entry.word, "key" if entry.on else "data") + 10
