"""The strip's sentence: what will be done next, what stands in the way, what has just been written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import marks, paint

Kind = Literal["next", "problem", "correction", "doubt", "written", "none"]

ONE, TWO = 28, 50
_ICONS: dict[Kind, tuple[str, str]] = {
    "next": ("ph.arrow-bend-up-right", "acc"),
    "problem": ("ph.warning-circle-fill", "red"),
    "correction": ("ph.arrow-bend-up-right", "amb"),
    "doubt": ("ph.warning-fill", "amb"),
    "written": ("ph.check-bold", "ok"),
}


class Saying(QWidget):
    """28 high with its keys at the right; where there is no room for both, the keys stand below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: Kind = "none"
        self.text = ""
        self.keys: Sequence[tuple[str, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def kind(self) -> Kind:
        return self._kind

    def say(self, kind: Kind, text: str, keys: Sequence[tuple[str, str]] = ()) -> None:
        if (kind, text, keys) != (self._kind, self.text, self.keys):
            self._kind, self.text, self.keys = kind, text, keys
            self.setToolTip(plain(text))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, ONE if self._fits else TWO)

    def resizeEvent(self, event: object) -> None:
        self.updateGeometry()

    @property
    def _fits(self) -> bool:
        wide = QFontMetrics(look.font("data")).horizontalAdvance(self.text)
        return wide + self._keys_width() + 60 <= self.width()

    def _keys_width(self) -> int:
        return sum(marks.key_width(key) + 6 + marks.text_width(word, "data") + 16 for key, word in self.keys)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._kind == "none":
            return
        painter = QPainter(self)
        paint.box(painter, self.rect(), look.colour("redbg" if self._kind == "problem" else "raise"), None)
        icon, token = _ICONS[self._kind]
        one = self._fits
        first = QRect(10, 0, self.width() - 20, self.height() if one else self.height() // 2 + 2)
        paint.icon_at(painter, icon, token, QRect(first.left(), first.center().y() - 6, 14, 14))
        room = first.adjusted(22, 0, -(self._keys_width() if one else 0), 0)
        below = QRect(10, 0 if one else self.height() // 2, self.width() - 20, self.height() if one else 24)
        ink = "red" if self._kind == "problem" else "tx"
        head, rest = (self.text, "") if one else _broken(self.text, room.width())
        paint.text(painter, room, head, "data", ink)
        if rest:
            paint.text(painter, below.adjusted(22, 0, -self._keys_width(), 0), rest, "data", ink)
        self._paint_keys(painter, below)

    def _paint_keys(self, painter: QPainter, area: QRect) -> None:
        left = area.right() - self._keys_width() + 16
        for key, word in self.keys:
            cap = marks.key_width(key)
            marks.paint_key(painter, QRect(left, area.center().y() - 8, cap, marks.KEY_HEIGHT), key)
            left += cap + 6
            wide = marks.text_width(word, "data")
            place = QRect(left, area.top(), wide + 2, area.height())
            paint.text(painter, place, word, "data", "tx2", Qt.AlignmentFlag.AlignVCenter)
            left += wide + 16


def _broken(text: str, width: int) -> tuple[str, str]:
    """As many whole words as fit in `width` px, and the rest."""
    metrics = QFontMetrics(look.font("data"))
    words = text.split(" ")
    n = len(words)
    while n > 1 and metrics.horizontalAdvance(" ".join(words[:n])) > width:
        n -= 1
    return " ".join(words[:n]), " ".join(words[n:])
