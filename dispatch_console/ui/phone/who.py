"""Who it is: name, place, goods, how it stands; or the few whom a number can mean, to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import marks, paint

LINE = 17
_ROW = 20


class Chip(NamedTuple):
    slot: int
    initials: str


class Line(NamedTuple):
    """`bold` comes first, then the rest; `token`: the colour of the rest."""

    text: str
    bold: str = ""
    token: str = "tx2"
    chip: Chip | None = None


class Who(QWidget):
    """Shows lines, or choices of which one is marked. `picked(index)`: a choice was clicked."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()
        self._choices: Sequence[Line] = ()
        self._at = 0

    def texts(self) -> list[str]:
        """What it says, line by line."""
        return [
            " ".join(part for part in (line.bold, line.text) if part) for line in (*self._choices, *self._lines)
        ]

    @property
    def at(self) -> int:
        """Which of the choices is marked."""
        return self._at

    def show_lines(self, lines: Sequence[Line]) -> None:
        self._lines, self._choices = lines, ()
        self.setToolTip(plain("\n".join(self.texts())))
        self.update()

    def show_choices(self, choices: Sequence[Line], at: int, note: str) -> None:
        """`note`: the last line, what to do."""
        self._choices, self._at = choices, at
        self._lines = (Line(note, token="tx3"),)
        self.setToolTip("")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = 0
        for index, choice in enumerate(self._choices):
            row = QRect(0, top, self.width(), _ROW)
            if index == self._at:
                paint.box(painter, row, look.colour("accbg"), None, paint.CHIP_ROUND)
            self._paint_line(painter, row.adjusted(4, 0, -4, 0), choice)
            top += _ROW
        for line in self._lines:
            if top + LINE > self.height():
                break  # the last lines matter least; the tooltip has them all
            self._paint_line(painter, QRect(0, top, self.width(), LINE), line)
            top += LINE + (2 if line.chip is not None else 0)

    def _paint_line(self, painter: QPainter, area: QRect, line: Line) -> None:
        if line.chip is not None:
            chip = QRect(area.left(), area.center().y() - 7, *marks.CHIP_SIZE.toTuple())
            marks.paint_chip(painter, chip, *line.chip)
            area = area.adjusted(marks.CHIP_SIZE.width() + 6, 0, 0, 0)
        if line.bold:
            wide = paint.text(painter, area, line.bold, "key", "tx")
            area = area.adjusted(wide + 7, 0, 0, 0)
        paint.text(painter, area, line.text, "data", line.token)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y()) // _ROW
        if row < len(self._choices):
            self.picked.emit(row)
