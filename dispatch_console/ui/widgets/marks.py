"""Marks that say something at a glance: key caps, route chips, badges, pills, lines; and plain text by role."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.theme.look import Role
from dispatch_console.ui.widgets import paint

Kind = Literal["red", "amber", "neutral", "accent"]

#: kind → (fill, ink) tokens
BADGE_COLOURS: dict[Kind, tuple[str, str]] = {
    "red": ("redbg", "red"),
    "amber": ("ambbg", "amb"),
    "neutral": ("raise", "tx2"),
    "accent": ("accbg", "acc"),
}
CHIP_SIZE = QSize(22, 16)
BADGE_HEIGHT = 16
KEY_HEIGHT = 18


class _Mark(QWidget):
    """A fixed-size widget that shows one text and never takes the focus."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.updateGeometry()
            self.update()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class KeyCap(_Mark):
    """A key as it is drawn beside an action: 18 high, a thicker edge below."""

    def sizeHint(self) -> QSize:
        return QSize(key_width(self._text), KEY_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_key(QPainter(self), self.rect(), self._text)


def key_width(text: str) -> int:
    return max(KEY_HEIGHT, text_width(text, "cap") + 12)


def paint_key(painter: QPainter, rect: QRect, text: str) -> None:
    """A key cap that fills `rect`; see `key_width` for how wide it should be."""
    paint.box(painter, rect, look.colour("line"), None, paint.CHIP_ROUND)
    paint.box(painter, rect.adjusted(0, 0, 0, -1), look.colour("raise"), look.colour("line"), paint.CHIP_ROUND)
    painter.setFont(look.font("cap"))
    painter.setPen(look.colour("tx2"))
    painter.drawText(rect.adjusted(0, 0, 0, -2), Qt.AlignmentFlag.AlignCenter, text)


def text_width(text: str, role: Role) -> int:
    """Width of a text in px, rounded."""
    return round(QFontMetricsF(look.font(role)).horizontalAdvance(text))


class RouteChip(QWidget):
    """A driver's initials on his route colour, 22×16. From slot 13 on it has a notch."""

    def __init__(self, slot: int, initials: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slot, self._initials = slot, initials
        self.setFixedSize(CHIP_SIZE)

    def set_route(self, slot: int, initials: str) -> None:
        self._slot, self._initials = slot, initials
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self.rect(), self._slot, self._initials)


def paint_chip(painter: QPainter, rect: QRect, slot: int, initials: str) -> None:
    """A route chip that fills `rect` (22×16). `slot` counts from 1."""
    colours = look.route(slot)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(rect), paint.CHIP_ROUND, paint.CHIP_ROUND)
    if colours.dashed:
        path = path.subtracted(_notch(rect))
    painter.fillPath(path, QColor(colours.fill))
    painter.setPen(QColor(colours.ink))
    painter.setFont(look.font("chip"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials)
    painter.restore()


def _notch(rect: QRect) -> QPainterPath:
    """The corner that is cut off the chips of slots 13 and up."""
    corner = rect.topRight()
    notch = QPainterPath()
    notch.moveTo(corner.x() - 4, rect.top())
    notch.lineTo(corner.x() + 1, rect.top())
    notch.lineTo(corner.x() + 1, rect.top() + 5)
    notch.closeSubpath()
    return notch


class Badge(_Mark):
    """`1 late`, `47 kg over`: a word on a tinted ground, 16 high, with an icon if one helps."""

    def __init__(self, text: str, kind: Kind = "neutral", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._kind: Kind = kind
        self._icon = icon

    def set_kind(self, kind: Kind) -> None:
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(badge_width(self._text, self._icon), BADGE_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_badge(QPainter(self), self.rect(), self._text, self._kind, self._icon)


def badge_width(text: str, icon: str = "") -> int:
    width = QFontMetricsF(look.font("secondary")).horizontalAdvance(text)
    return round(width) + 10 + (14 if icon else 0)


def paint_badge(painter: QPainter, rect: QRect, text: str, kind: Kind = "neutral", icon: str = "") -> None:
    """A badge that fills `rect` (16 high, `badge_width` wide)."""
    fill, ink = BADGE_COLOURS[kind]
    paint.box(painter, rect, look.colour(fill), None, paint.CHIP_ROUND)
    area = rect.adjusted(5, 0, -5, 0)
    if icon:
        paint.icon_at(painter, icon, ink, QRect(area.left(), rect.center().y() - 5, 12, 12))
        area.setLeft(area.left() + 14)
    painter.setFont(look.font("secondary"))
    painter.setPen(look.colour(ink))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class Pill(_Mark):
    """The state of the day: a dot and a word in a rounded outline, 24 high. `dot` is the token of the dot."""

    def __init__(self, text: str, dot: str = "tx3", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._dot = dot

    def set_state(self, text: str, dot: str) -> None:
        self._dot = dot
        self.set_text(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(look.font("secondary")).horizontalAdvance(self._text)) + 31, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self.rect(), look.colour("raise"), look.colour("line"), 12)
        dot = QRect(10, self.height() // 2 - 3, 6, 6)
        paint.box(painter, dot, look.colour(self._dot), None, 3)
        painter.setFont(look.font("secondary"))
        painter.setPen(look.colour("tx2"))
        painter.drawText(self.rect().adjusted(21, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text)


class Line(QWidget):
    """A rule of 1 px, upright or lying. `length` 0: as long as there is room."""

    def __init__(self, *, upright: bool = False, length: int = 0, token: str = "line") -> None:
        super().__init__()
        self._token = token
        if upright:
            self.setFixedWidth(1)
            if length:
                self.setFixedHeight(length)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour(self._token))


class Text(QLabel):
    """Plain text by role and colour token; customer data is never read as rich text."""

    def __init__(
        self, text: str = "", role: Role = "data", token: str = "tx", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._token = token
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.font(role))
        self._colour()

    def set_token(self, token: str) -> None:
        self._token = token
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._colour()

    def _colour(self) -> None:
        palette = self.palette()
        wanted = look.colour(self._token)
        if palette.color(self.foregroundRole()) != wanted:
            palette.setColor(self.foregroundRole(), wanted)
            self.setPalette(palette)
