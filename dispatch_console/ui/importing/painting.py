"""Paints the rows on show in one go: asking a delegate cell by cell takes too long to scroll smoothly."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from dispatch_console.services.importing_picture import Column, Line, Mark
from dispatch_console.ui.importing.rows_model import RowsModel
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint

ROW = 24
EDGE = 3
PAD = 5

_EDGES = {Mark.REJECTED: "red", Mark.CHANGED: "acc", Mark.DUPLICATE: "tx3"}
_FAINT = (Mark.DUPLICATE, Mark.LEFT_OUT)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class Span(NamedTuple):
    """A section on show: which, from where, how wide. Section 0, the row's number, stays where it is."""

    section: int
    x: int
    width: int


class RowPainter:
    """For one paint event. `spans` are the sections on show."""

    def __init__(self, painter: QPainter, rows: RowsModel, spans: list[Span]) -> None:
        self._painter, self._rows = painter, rows
        self._spans = [(span, rows.column(span.section)) for span in spans]
        self._plain, self._bold = look.font("data"), look.font("key")
        self._narrow = QFontMetricsF(self._plain).maxWidth()
        self._font: QFont | None = None
        self._ink: QColor | None = None

    def paint_row(self, row: int, y: int, width: int, current: int = -1) -> None:
        """The line on show in `row` at `y`; `current` is the section that has the cursor, -1: none."""
        painter, line = self._painter, self._rows.line(row)
        painter.fillRect(0, y + ROW - 1, width, 1, look.colour("line2"))
        pinned: Span | None = None
        for span, column in self._spans:
            if column is None:
                pinned = span
                continue
            self._cell(line, row, y, span, column)
            if span.section == current and current > 0:
                paint.focus_ring(painter, QRect(span.x, y, span.width, ROW - 1))
                self._font = self._ink = None
        if line.mark is Mark.LEFT_OUT and line.note and not any(line.cells):
            self._text(QRect(74, y, width - 74, ROW - 1), line.note, self._plain, "tx3", _LEFT)
        if pinned is not None:  # over whatever has been scrolled below it
            painter.fillRect(pinned.x, y, pinned.width, ROW - 1, look.colour("pane"))
            self._number(line, y, pinned)

    def _number(self, line: Line, y: int, span: Span) -> None:
        if (token := _EDGES.get(line.mark)) is not None:
            self._painter.fillRect(span.x, y, EDGE, ROW - 1, look.colour(token))
        self._text(QRect(span.x, y, span.width - PAD, ROW - 1), str(line.number), self._plain, "tx2", _RIGHT)

    def _cell(self, line: Line, row: int, y: int, span: Span, column: Column) -> None:
        text = self._rows.text(row, span.section)
        if not text:
            return
        bad = self._rows.is_bad(row, span.section)
        ink = "red" if line.mark is Mark.REJECTED else "amb"  # amber: the order is taken, without this cell
        if bad:
            self._painter.fillRect(span.x + 1, y, span.width - 2, ROW - 1, look.colour(f"{ink}bg"))
        font = self._bold if bad else self._plain
        token = ink if bad else "tx3" if line.mark in _FAINT else "tx"
        room = span.width - 2 * PAD
        if len(text) * self._narrow > room:
            text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        area = QRect(span.x + PAD, y, room, ROW - 1)
        self._text(area, text, font, token, _RIGHT if column.number else _LEFT)

    def _text(self, area: QRect, text: str, font: QFont, token: str, flags: int) -> None:
        ink = look.colour(token)
        if font is not self._font:
            self._painter.setFont(font)
            self._font = font
        if ink is not self._ink:
            self._painter.setPen(ink)
            self._ink = ink
        self._painter.drawText(area, flags, text)
