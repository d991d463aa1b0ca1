"""Those who could take over: one row of 24 each, ticked by click or Space; arrows walk."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint, paint_chip
from dispatch_console.ui.widgets.marks import CHIP_SIZE, text_width
from dispatch_console.ui.wizards.view import Row

ROW, EDGE = 24, 12
_TICK, _GAP, _LEAST = 14, 10, 52


class Choosers(QWidget):
    """`ticked(key)`: a row was clicked, or Space pressed on it. As high as its rows."""

    ticked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._heads: tuple[str, ...] = ()
        self._many = True
        self._at = 0
        self._widths: list[int] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def at(self) -> int:
        """The row that the keys act on; −1: there is none."""
        return self._at

    def show_rows(self, heads: tuple[str, ...], rows: tuple[Row, ...], *, many: bool) -> None:
        self._heads, self._rows, self._many = heads, rows, many
        if self._at < 0 and rows:
            self._at = next((i for i, row in enumerate(rows) if row.ticked), 0)
        self._at = min(self._at, len(rows) - 1)
        self._widths = [
            max(_LEAST, text_width(head, "secondary"), *(text_width(row.cells[i], "key") for row in rows)) + _GAP
            if rows
            else _LEAST
            for i, head in enumerate(heads)
        ]
        self.setVisible(bool(rows))
        self.setFixedHeight(ROW * (1 + len(rows)))
        self._say()
        self.update()

    def start_over(self) -> None:
        """The rows that come next are others: the keys begin at the first that is ticked."""
        self._rows, self._at = (), -1

    def sizeHint(self) -> QSize:
        return QSize(300, ROW * (1 + len(self._rows)))

    # -- keys and mouse ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and self._rows:
            self._at = (self._at + step) % len(self._rows)
            self._say()
            self.update()
        elif event.key() == Qt.Key.Key_Space and self._rows:
            self.ticked.emit(self._rows[self._at].key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = round(event.position().y()) // ROW - 1
        if 0 <= row < len(self._rows):
            self._at = row
            self.ticked.emit(self._rows[row].key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = event.pos().y() // ROW - 1
            if 0 <= row < len(self._rows):
                one = self._rows[row]
                name = f"{one.name} {one.detail}".strip()
                QToolTip.showText(event.globalPos(), plain(f"{name}\n{one.tip}".strip()), self)
            return True
        return super().event(event)

    def _say(self) -> None:
        """For those who hear the screen: the row that the keys act on."""
        if not self._rows:
            return
        row = self._rows[self._at]
        cells = ", ".join(f"{head} {cell}" for head, cell in zip(self._heads, row.cells, strict=True))
        state = self.tr("ticked") if row.ticked else self.tr("not ticked")
        self.setAccessibleName(f"{row.name} {row.detail}, {state}, {cells}")

    # -- painting ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), ROW, look.colour("raise"))
        heads = QRect(0, 0, self.width(), ROW)
        left = EDGE + _TICK + 8
        word = self.tr("Van") if any(row.chip for row in self._rows) else self.tr("Who or what")
        paint.text(painter, QRect(left, 0, 200, ROW), word, "secondary", "tx3")
        self._cells(painter, heads, self._heads, "secondary", "tx3")
        painter.fillRect(0, ROW - 1, self.width(), 1, look.colour("line"))
        for i, row in enumerate(self._rows):
            self._row(painter, QRect(0, ROW * (i + 1), self.width(), ROW), row)
        if self.hasFocus() and self._rows:
            area = QRect(2, ROW * (self._at + 1), self.width() - 4, ROW)
            paint.focus_ring(painter, area, 2)

    def _row(self, painter: QPainter, area: QRect, row: Row) -> None:
        if row.ticked:
            painter.fillRect(area, look.colour("accbg"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.colour("line2"))
        middle = area.center().y()
        icon = ("ph.check-square-fill" if row.ticked else "ph.square") if self._many else _radio(row.ticked)
        paint.icon_at(painter, icon, "acc" if row.ticked else "tx3", QRect(EDGE, middle - 6, _TICK, _TICK))
        x = EDGE + _TICK + 8
        if row.chip is not None:
            paint_chip(painter, QRect(x, middle - 8, CHIP_SIZE.width(), CHIP_SIZE.height()), *row.chip)
            x += CHIP_SIZE.width() + 6
        room = self.width() - EDGE - sum(self._widths) - x - 6
        used = paint.text(painter, QRect(x, area.top(), room, ROW), row.name, "data", "tx") + 6
        rest = QRect(x + used, area.top(), max(0, room - used), ROW)
        paint.text(painter, rest, row.detail, "secondary", "amb" if row.bad and row.chip is None else "tx2")
        self._cells(painter, area, row.cells, "key" if row.ticked else "data", "tx", red_last=row.bad)

    def _cells(
        self,
        painter: QPainter,
        area: QRect,
        cells: tuple[str, ...],
        role: look.Role,
        token: str,
        *,
        red_last: bool = False,
    ) -> None:
        right = self.width() - EDGE
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        for i in range(len(cells) - 1, -1, -1):
            box = QRect(right - self._widths[i], area.top(), self._widths[i], ROW)
            bad = red_last and i == len(cells) - 1 and cells[i] != "–"
            paint.text(painter, box, cells[i], role, "red" if bad else token, side)
            right -= self._widths[i]


def _radio(on: bool) -> str:
    return "ph.check-circle-fill" if on else "ph.circle"
