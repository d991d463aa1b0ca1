"""Buttons: 32 high in the toolbar and on empty panes, 24 in panes. They paint themselves."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.theme.look import Role
from dispatch_console.ui.widgets import paint

Kind = Literal["normal", "primary", "quiet", "link"]

_KEY_REASONS = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
}
_GAP = 6
_CARET = 10


class Button(QAbstractButton):
    """A button with text, icon, key and caret as wanted.

    `kind`: normal (outlined), primary (accent, one per area), quiet (no outline), link (accent text).
    `size`: its height, 32 or 24. `key` is shown after the text; `caret` shows that a menu opens. A checked
    button is tinted. `why_not` disables it with the reason as its tooltip.
    """

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        *,
        kind: Kind = "normal",
        size: int = 24,
        key: str = "",
        caret: bool = False,
        tip: str = "",
        role: Role | None = None,
        token: str = "tx",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._kind, self._size, self._key, self._caret = icon, kind, size, key, caret
        self._role: Role | None = role
        self._token, self._tip = token, tip
        self._tight = False
        self._menu: QMenu | None = None
        self.setText(text)
        self.setToolTip(plain(tip))
        self.setAccessibleName(text or tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    @property
    def kind(self) -> Kind:
        return self._kind

    def set_kind(self, kind: Kind) -> None:
        self._kind: Kind = kind
        self.updateGeometry()
        self.update()

    def set_label(self, text: str) -> None:
        """Change the text and make room for it."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text or self._tip)
            self.updateGeometry()

    def set_tight(self, tight: bool) -> None:
        """Show the icon alone; the text goes into the tooltip."""
        self._tight = tight and bool(self._icon)
        self.setToolTip(plain(self._tip or (self.text() if self._tight else "")))
        self.updateGeometry()
        self.update()

    def set_why_not(self, reason: str | None) -> None:
        """Disable the button and say why on hover; None enables it."""
        self.setEnabled(reason is None)
        self.setToolTip(plain(reason or self._tip or (self.text() if self._tight else "")))

    def set_menu(self, menu: QMenu) -> None:
        """A click opens `menu` below the button."""
        self._menu = menu
        self.clicked.connect(self.open_menu)

    def open_menu(self) -> None:
        if self._menu is not None:
            self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    # -- size and paint ------------------------------------------------------------------------------

    def font_role(self) -> Role:
        if self._role:
            return self._role
        if self._kind == "primary":
            return "key"
        if self._size >= 32 and self._kind == "normal":
            return "button"
        return "data"

    @property
    def _pad(self) -> int:
        if self._kind == "quiet":
            return 7 if self._size >= 32 else 9
        return 11 if self._size >= 32 else 9

    @property
    def _glyph(self) -> int:
        return 16 if self._size >= 32 else 14

    @property
    def _shown(self) -> str:
        return "" if self._tight else self.text()

    def sizeHint(self) -> QSize:
        return QSize(round(self._content_width() + 0.02) + 2 * self._pad, self._size)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _content_width(self) -> float:
        advance = QFontMetricsF(look.font(self.font_role())).horizontalAdvance
        parts = [float(self._glyph)] if self._icon else []
        if self._shown:
            parts.append(advance(self._shown))
        if self._key and not self._tight:
            parts.append(QFontMetricsF(look.font("data")).horizontalAdvance(self._key))
        if self._caret:
            parts.append(_CARET)
        return sum(parts) + _GAP * max(0, len(parts) - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        ink = self._ink()
        middle = self.height() // 2
        x = round((self.width() - self._content_width()) / 2) if self._kind != "quiet" else self._pad
        if self._icon:
            token = ink if self._kind != "quiet" or not self.isEnabled() else "tx"
            side = self._glyph
            paint.icon_at(painter, self._icon, token, QRect(x, middle - side // 2, side, side))
            x += side + _GAP
        x = self._paint_text(painter, x, self._shown, self.font_role(), ink)
        if self._key and not self._tight:
            if self._kind == "primary":
                painter.setOpacity(0.75)
            x = self._paint_text(painter, x, self._key, "data", ink if self._kind == "primary" else "tx3")
            painter.setOpacity(1)
        if self._caret:
            paint.icon_at(painter, "ph.caret-down", ink, QRect(x, middle - _CARET // 2, _CARET, _CARET))
        if paint.shows_focus(self):
            paint.focus_ring(painter, self.rect())

    def _paint_text(self, painter: QPainter, x: int, text: str, role: Role, token: str) -> int:
        if not text:
            return x
        font = look.font(role)
        painter.setFont(font)
        painter.setPen(look.colour(token))
        painter.drawText(QRect(x, 0, self.width() - x, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        return x + round(QFontMetricsF(font).horizontalAdvance(text)) + _GAP

    def _paint_ground(self, painter: QPainter) -> None:
        over = self.underMouse() and self.isEnabled()
        if self._kind == "primary" and self.isEnabled():
            paint.box(painter, self.rect(), look.colour("acc"), None)
            if over or self.isDown():
                paint.box(painter, self.rect(), self._shade(), None)
        elif self.isChecked():
            fill, edge = ("accbg", "acc") if self.isEnabled() else ("raise", "line")
            paint.box(painter, self.rect(), look.colour(fill), look.colour(edge))
        elif self._kind in ("normal", "primary"):
            fill = look.colour("hover" if over or self.isDown() else "pane")
            paint.box(painter, self.rect(), fill, look.colour("line"))
        elif over or self.isDown():
            paint.box(painter, self.rect(), look.colour("hover"), None)

    def _shade(self) -> QColor:
        """What lies over an accent button under the pointer."""
        shade = QColor(look.colour("on_acc"))
        shade.setAlphaF(0.2 if self.isDown() else 0.1)
        return shade

    def _ink(self) -> str:
        if not self.isEnabled():
            return "tx3"
        if self._kind == "primary":
            return "on_acc"
        if self._kind == "link" or self.isChecked():
            return "acc"
        return self._token

    # -- the ring shows only for those who come by key -----------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.setProperty("focusByKey", event.reason() in _KEY_REASONS)
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class IconButton(Button):
    """An icon with a tooltip that says what it does (and its key). `size` 24 or 32, square."""

    def __init__(
        self,
        icon: str,
        tip: str,
        *,
        size: int = 24,
        kind: Kind = "quiet",
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", icon, kind=kind, size=size, tip=tip, parent=parent)
        self.setCheckable(checkable)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        side = self._glyph
        corner = (self._size - side) // 2
        paint.icon_at(painter, self._icon, self._ink(), QRect(corner, corner, side, side))
        if paint.shows_focus(self):
            paint.focus_ring(painter, self.rect())


class SplitButton(QWidget):
    """A button with its own menu at the right: a click does the usual, the caret offers the rest."""

    clicked = Signal()

    def __init__(self, text: str, icon: str, menu: QMenu, *, kind: Kind = "primary", tip: str = "") -> None:
        super().__init__()
        self.main = _Half(text, icon, kind=kind, size=32, tip=tip)
        self.more = _Half("", "", kind=kind, size=32, caret=True, tip=self.tr("More ways"))
        self.more.set_menu(menu)
        self.main.side, self.more.side = "left", "right"
        self.main.clicked.connect(self.clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.main)
        row.addWidget(self.more)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_kind(self, kind: Kind) -> None:
        self.main.set_kind(kind)
        self.more.set_kind(kind)


class _Half(Button):
    """One half of a split button: the seam is 1 px, the outer corners are round."""

    side: Literal["left", "right"] = "left"

    def sizeHint(self) -> QSize:
        return super().sizeHint() if self.side == "left" else QSize(26, self._size)

    def _paint_ground(self, painter: QPainter) -> None:
        rect = self.rect()
        painter.setClipRect(rect)
        wide = rect.adjusted(0, 0, 9, 0) if self.side == "left" else rect.adjusted(-9, 0, 0, 0)
        over = (self.underMouse() or self.isDown()) and self.isEnabled()
        if self._kind == "primary" and self.isEnabled():
            paint.box(painter, wide, look.colour("acc"), None)
            if over:
                paint.box(painter, wide, self._shade(), None)
        else:
            paint.box(painter, wide, look.colour("hover" if over else "pane"), look.colour("line"))
        if self.side == "right":
            seam = "pane" if self._kind == "primary" and self.isEnabled() else "line"
            painter.fillRect(QRect(0, 0, 1, self.height()), look.colour(seam))
