"""Lists of a wizard that only show: who takes what, what moves, whom to phone."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint, paint_chip
from dispatch_console.ui.widgets.marks import CHIP_SIZE
from dispatch_console.ui.wizards.view import Take
from dispatch_console.ui.wizards.words import Call, Move

ROW, TALL, EDGE = 24, 40, 12
_LEFT = EDGE + 22  # of a call, behind its sign
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Takes(QWidget):
    """`JR Ackermor A., Elmsford O. … 15 kg · 2 pcs`, a row of 24 for each van."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._takes: tuple[Take, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_takes(self, takes: tuple[Take, ...]) -> None:
        self._takes = takes
        self.setToolTip(plain("\n".join(f"{take.chip[1]}: {take.names}, {take.load}" for take in takes)))
        self.setVisible(bool(takes))
        self.setFixedHeight(ROW * len(takes))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, ROW * len(self._takes))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for i, take in enumerate(self._takes):
            top = i * ROW
            paint_chip(painter, QRect(EDGE, top + 4, CHIP_SIZE.width(), CHIP_SIZE.height()), *take.chip)
            left = EDGE + CHIP_SIZE.width() + 6
            area = QRect(left, top, self.width() - left - EDGE, ROW)
            used = paint.text(painter, area, take.load, "data", "tx2", _RIGHT)
            paint.text(painter, area.adjusted(0, 0, -used - 12, 0), take.names, "data", "tx")
            painter.fillRect(0, top + ROW - 1, self.width(), 1, look.colour("line2"))


class Moves(QWidget):
    """What moves: stop, driver and number before → after, arrival before → after; 24 a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moves: tuple[Move, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def moves(self) -> tuple[Move, ...]:
        return self._moves

    def show_moves(self, moves: tuple[Move, ...]) -> None:
        self._moves = moves
        self.setVisible(bool(moves))
        self.setFixedHeight(ROW * (1 + len(moves)))
        spoken = "; ".join(f"{m.name}: {m.before} → {m.after}, {m.was} → {m.will}" for m in moves)
        self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, ROW * (1 + len(self._moves)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), ROW, look.colour("raise"))
        heads = (self.tr("Stop"), self.tr("From → to"), self.tr("There at"))
        self._line(painter, 0, *heads, role="secondary", tokens=("tx3", "tx3", "tx3"))
        for i, move in enumerate(self._moves, 1):
            places, times = f"{move.before} → {move.after}", f"{move.was} → {move.will}"
            tokens = ("tx", "tx2", "red" if move.late else "tx")
            name = f"{move.name}  {move.late}".rstrip()
            self._line(painter, i * ROW, name, places, times, role="data", tokens=tokens)

    def _line(
        self,
        painter: QPainter,
        top: int,
        name: str,
        places: str,
        times: str,
        *,
        role: look.Role,
        tokens: tuple[str, str, str],
    ) -> None:
        right = self.width() - EDGE
        paint.text(painter, QRect(right - 110, top, 110, ROW), times, role, tokens[2], _RIGHT)
        paint.text(painter, QRect(right - 230, top, 116, ROW), places, role, tokens[1], _RIGHT)
        paint.text(painter, QRect(EDGE, top, right - 238 - EDGE, ROW), name, role, tokens[0])
        painter.fillRect(0, top + ROW - 1, self.width(), 1, look.colour("line2"))


class Calls(QWidget):
    """Whom to phone: name and number, below it the whole sentence to say. `told(index)`: ticked as done.

    Rows can be ticked once the plan is made (`live`).
    """

    told = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calls: tuple[Call, ...] = ()
        self._live = False
        self._heights: list[int] = []
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def calls(self) -> tuple[Call, ...]:
        return self._calls

    def show_calls(self, calls: tuple[Call, ...], *, live: bool) -> None:
        self._calls, self._live = calls, live
        self._at = min(self._at, max(0, len(calls) - 1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if live else Qt.FocusPolicy.NoFocus)
        self.setVisible(bool(calls))
        self._fit()
        if calls:
            one = calls[self._at]
            self.setAccessibleName(f"{one.who} {one.number}: {one.sentence}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, sum(self._heights))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A sentence is said whole: long ones get more lines."""
        metrics, room = QFontMetrics(look.font("secondary")), self.width() - _LEFT - EDGE
        wrap = int(Qt.TextFlag.TextWordWrap)
        heights = [
            metrics.boundingRect(QRect(0, 0, room, 400), wrap, call.sentence).height() for call in self._calls
        ]
        self._heights = [max(TALL, 22 + height + 4) for height in heights]
        if self.height() != sum(self._heights):
            self.setFixedHeight(sum(self._heights))

    def _rows(self) -> list[QRect]:
        tops = [sum(self._heights[:i]) for i in range(len(self._heights))]
        return [QRect(0, top, self.width(), high) for top, high in zip(tops, self._heights, strict=True)]

    def _row_at(self, y: int) -> int:
        return next((i for i, area in enumerate(self._rows()) if area.top() <= y <= area.bottom()), -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and self._calls:
            self._at = (self._at + step) % len(self._calls)
            self.show_calls(self._calls, live=self._live)
        elif event.key() == Qt.Key.Key_Space and self._live and self._calls:
            self.told.emit(self._at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(round(event.position().y()))
        if self._live and 0 <= row < len(self._calls):
            self._at = row
            self.told.emit(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rows = self._rows()
        for call, row in zip(self._calls, rows, strict=True):
            icon = "ph.phone" if not self._live else "ph.check-square-fill" if call.done else "ph.square"
            paint.icon_at(painter, icon, "acc" if call.done else "tx3", QRect(EDGE, row.top() + 5, 14, 14))
            area = QRect(_LEFT, row.top() + 3, self.width() - _LEFT - EDGE, 18)
            used = paint.text(painter, area, call.number, "data", "tx2", _RIGHT)
            paint.text(painter, area.adjusted(0, 0, -used - 12, 0), call.who, "key", "tx3" if call.done else "tx")
            painter.setFont(look.font("secondary"))
            painter.setPen(look.colour("tx2"))
            below = QRect(_LEFT, row.top() + 21, self.width() - _LEFT - EDGE, row.height() - 22)
            painter.drawText(below, int(Qt.TextFlag.TextWordWrap), call.sentence)
            painter.fillRect(0, row.bottom(), self.width(), 1, look.colour("line2"))
        if self.hasFocus() and self._calls:
            paint.focus_ring(painter, rows[self._at].adjusted(2, 0, -2, 0), 2)
