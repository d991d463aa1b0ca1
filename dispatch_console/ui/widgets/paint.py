"""Strokes that several widgets share."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from dispatch_console.ui.theme import look

#: Corner radii in px: buttons and fields; chips, badges and key caps.
ROUND = 4
CHIP_ROUND = 3
FOCUS = 2


def box(
    painter: QPainter,
    rect: QRect,
    fill: QColor | None,
    border: QColor | None,
    radius: float = ROUND,
    width: int = 1,
) -> None:
    """A rounded box whose border of `width` px lies wholly inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(border, width) if border is not None else Qt.PenStyle.NoPen)
    inset = width / 2 if border is not None else 0
    area = QRectF(rect).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(area, radius - inset, radius - inset)
    painter.restore()


def focus_ring(painter: QPainter, rect: QRect, radius: float = ROUND) -> None:
    """The one ring of the window: 2 px of accent inside the control."""
    box(painter, rect, None, look.colour("acc"), radius, FOCUS)


def shows_focus(widget: QWidget) -> bool:
    """Whether a control draws its ring: it has the focus and got it by a key, not by the mouse."""
    return widget.hasFocus() and bool(widget.property("focusByKey"))


def text(
    painter: QPainter,
    area: QRect,
    words: str,
    role: look.Role,
    token: str,
    way: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
) -> int:
    """One line in `area`, its end cut off where there is no room. Returns the width drawn in px."""
    font = look.font(role)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, area.width()))
    painter.setFont(font)
    painter.setPen(look.colour(token))
    painter.drawText(area, way, shown)
    return metrics.horizontalAdvance(shown)


def icon_at(painter: QPainter, name: str, token: str, rect: QRect) -> None:
    """A Phosphor icon in the square `rect`, in the colour of a token."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(rect.topLeft(), look.pixmap(name, token, rect.width(), ratio))
