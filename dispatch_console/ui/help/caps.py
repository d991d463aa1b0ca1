"""Keys in a running text, drawn as everywhere in the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPyTextObject, QTextCharFormat, QTextDocument, QTextFormat

from dispatch_console.ui.widgets import marks, paint

KIND = int(QTextFormat.ObjectTypes.UserObject) + 1
_KEYS = int(QTextFormat.Property.UserProperty) + 1
_GAP = 3


def char(keys: str, caps: list[str]) -> QTextCharFormat:
    """The format of the one character that stands for `keys`; `caps`: the caps to draw."""
    form = QTextCharFormat()
    form.setObjectType(KIND)
    form.setProperty(_KEYS, [keys, *caps])
    form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    return form


def words(form: QTextFormat) -> str:
    """What is read and found in place of the caps; empty: it stands for no keys."""
    kept = form.property(_KEYS)
    return str(kept[0]) if kept else ""


class Drawn(QPyTextObject):
    """Draws them. `marked`: where in the document those are that were found; Qt would draw over them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.marked: frozenset[int] = frozenset()

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:
        widths = [marks.key_width(cap) for cap in format.property(_KEYS)[1:]]
        return QSizeF(sum(widths) + _GAP * (len(widths) - 1) + 2, marks.KEY_HEIGHT)

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, doc: QTextDocument, posInDocument: int, format: QTextFormat
    ) -> None:
        left = round(rect.left()) + 1
        for cap in format.property(_KEYS)[1:]:
            width = marks.key_width(cap)
            marks.paint_key(painter, QRect(left, round(rect.top()), width, marks.KEY_HEIGHT), cap)
            left += width + _GAP
        if posInDocument in self.marked:
            around = QRect(round(rect.left()), round(rect.top()) - 1, round(rect.width()), marks.KEY_HEIGHT + 2)
            paint.focus_ring(painter, around)
