"""Rows with a box to tick: papers and drivers of the print page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import marks, paint

HEIGHT = 32
_PAD = 12


class TickRow(QAbstractButton):
    """A line of 32: box, route chip if there is one, text, and a figure or word at the right.

    `why_not` greys it out and says why on hover.
    """

    def __init__(self, text: str, note: str = "", *, slot: int = 0, initials: str = "") -> None:
        super().__init__()
        self._slot, self._initials, self._note = slot, initials, note
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def note(self) -> str:
        return self._note

    @property
    def is_wanted(self) -> bool:
        """Ticked, and possible now."""
        return self.isChecked() and self.isEnabled()

    def set_note(self, note: str) -> None:
        self._note = note
        self.update()

    def set_why_not(self, reason: str | None) -> None:
        self.setEnabled(reason is None)
        self.setToolTip(plain(reason or ""))

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        over = self.underMouse() and self.isEnabled()
        painter.fillRect(self.rect(), look.colour("hover" if over else "pane"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line2"))
        middle = self.height() // 2
        token = "tx3" if not self.isEnabled() else "acc" if self.isChecked() else "tx3"
        icon = "ph.check-square-fill" if self.is_wanted else "ph.square"
        paint.icon_at(painter, icon, token, QRect(_PAD, middle - 8, 16, 16))
        x = _PAD + 24
        if self._slot:
            chip = QRect(x, middle - 8, marks.CHIP_SIZE.width(), marks.CHIP_SIZE.height())
            marks.paint_chip(painter, chip, self._slot, self._initials)
            x += 30
        note_width = marks.text_width(self._note, "secondary") if self._note else 0
        self._write(painter, QRect(x, 0, self.width() - x - note_width - _PAD - 8, self.height()))
        painter.setFont(look.font("secondary"))
        painter.setPen(look.colour("tx3"))
        area = QRect(0, 0, self.width() - _PAD, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._note)
        if paint.shows_focus(self):
            paint.focus_ring(painter, self.rect(), 0)

    def _write(self, painter: QPainter, area: QRect) -> None:
        painter.setFont(look.font("data"))
        painter.setPen(look.colour("tx" if self.isEnabled() else "tx3"))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
