"""Lists of a wizard that only show: who takes what, what moves, whom to phone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint, paint_chip
from dispatch_console.ui.widgets.marks import CHIP_SIZE
from dispatch_console.ui.wizards.view import Take
from dispatch_console.ui.wizards.words import Call, Move

ROW, TALL, EDGE = 24, 40, 12
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Takes(QWidget):
    """`JR Ackermor A., Elmsford O. … 15 kg · 2 pcs`, a row of 24 for each van."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._takes: tuple[Take, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_takes(self, takes: tuple[Take, ...]) -> None:
        self._takes = takes
        self.setToolTip("\n".join(f"{take.chip[1]}: {take.names}, {take.load}" for take in takes))
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
    """Whom to phone: name and number, below it the sentence to say; 40 a row. `told(index)`: ticked as done.

    Rows can be ticked once the plan is made (`live`).
    """

    told = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calls: tuple[Call, ...] = ()
        self._live = False
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
        self.setFixedHeight(TALL * len(calls))
        if calls:
            one = calls[self._at]
            self.setAccessibleName(f"{one.who} {one.number}: {one.sentence}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, TALL * len(self._calls))

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
        row = round(event.position().y()) // TALL
        if self._live and 0 <= row < len(self._calls):
            self._at = row
            self.told.emit(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = event.pos().y() // TALL
            if 0 <= row < len(self._calls):
                QToolTip.showText(event.globalPos(), self._calls[row].sentence, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for i, call in enumerate(self._calls):
            top = i * TALL
            icon = "ph.phone" if not self._live else "ph.check-square-fill" if call.done else "ph.square"
            token = "acc" if call.done else "tx3"
            paint.icon_at(painter, icon, token, QRect(EDGE, top + 5, 14, 14))
            left = EDGE + 22
            area = QRect(left, top + 3, self.width() - left - EDGE, 18)
            used = paint.text(painter, area, call.number, "data", "tx2", _RIGHT)
            ink = "tx3" if call.done else "tx"
            paint.text(painter, area.adjusted(0, 0, -used - 12, 0), call.who, "key", ink)
            below = QRect(left, top + 20, self.width() - left - EDGE, 16)
            paint.text(painter, below, call.sentence, "secondary", "tx2")
            painter.fillRect(0, top + TALL - 1, self.width(), 1, look.colour("line2"))
        if self.hasFocus() and self._calls:
            paint.focus_ring(painter, QRect(2, self._at * TALL, self.width() - 4, TALL), 2)
