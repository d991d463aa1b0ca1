"""Who else has a route in hand, at the right end of its lane's head."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from dispatch_console.domain.fleet import initials
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint

_HEIGHT, _PAD, _ICON = 16, 4, 11
#: So much of what is cut off in front of it shows an ellipsis.
_CUT = 14


def paint_over(painter: QPainter, lock: QRect, names: Sequence[str], ratio: float) -> None:
    """A chip left of the padlock: one colleague's initials, or how many they are."""
    if not names:
        return
    text = initials(names[0]) if len(names) == 1 else f"{len(names)}"
    font = look.font("badge")
    width = round(QFontMetricsF(font).horizontalAdvance(text)) + _ICON + 2 * _PAD + 3
    chip = QRect(lock.left() - width - 4, lock.center().y() - _HEIGHT // 2 + 1, width, _HEIGHT)
    painter.fillRect(chip.adjusted(-_CUT, 0, 0, 0), look.colour("pane"))
    painter.setFont(look.font("key"))
    painter.setPen(look.colour("tx"))
    painter.drawText(
        chip.adjusted(1 - _CUT, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "…"
    )
    paint.box(painter, chip, look.colour("acc"), None, paint.CHIP_ROUND)
    painter.drawPixmap(chip.left() + _PAD, chip.top() + 2, look.pixmap("ph.user-fill", "accbg", _ICON, ratio))
    painter.setFont(font)
    painter.setPen(look.colour("accbg"))
    painter.drawText(
        chip.adjusted(_PAD + _ICON + 3, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text
    )
