"""The look as Qt sees it: the current scheme's colours, fonts by role, icons. Painters ask here at paint time."""

from __future__ import annotations

from functools import cache
from math import ceil
from typing import Literal

import qtawesome
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap

from dispatch_console.ui.theme import tokens
from dispatch_console.ui.theme.tokens import RouteColour

Role = Literal[
    "data",
    "button",
    "key",
    "secondary",
    "cap",
    "badge",
    "load",
    "pane",
    "empty",
    "page",
    "palette",
    "status",
    "chip",
]

#: role → (pixel size, weight)
_ROLES: dict[Role, tuple[float, QFont.Weight]] = {
    "data": (12, QFont.Weight.Normal),
    "button": (12, QFont.Weight.Medium),
    "key": (12, QFont.Weight.DemiBold),
    "secondary": (11, QFont.Weight.Normal),
    "cap": (11, QFont.Weight.Medium),
    "badge": (11, QFont.Weight.DemiBold),
    "load": (10.5, QFont.Weight.Normal),
    "pane": (13, QFont.Weight.DemiBold),
    "empty": (14, QFont.Weight.DemiBold),
    "page": (15, QFont.Weight.DemiBold),
    "palette": (15, QFont.Weight.Normal),
    "status": (16, QFont.Weight.DemiBold),
    "chip": (10.5, QFont.Weight.Bold),
}

FAMILIES = ("Segoe UI Variable Text", "Segoe UI", "Inter")


class _Scheme:
    dark = False


def is_dark() -> bool:
    return _Scheme.dark


def set_dark(dark: bool) -> None:
    """Switch the scheme. Whoever calls it repaints all (`Desk.theme_changed`)."""
    _Scheme.dark = dark
    colour.cache_clear()
    icon.cache_clear()
    pixmap.cache_clear()


@cache
def colour(token: str) -> QColor:
    """The colour of a token of `tokens` in the current scheme. KeyError for an unknown one."""
    return QColor((tokens.DARK if _Scheme.dark else tokens.LIGHT)[token])


def route(slot: int) -> RouteColour:
    """The colours of a driver's slot in the current scheme."""
    return tokens.route_colour(slot, _Scheme.dark)


@cache
def font(role: Role) -> QFont:
    """The font of a role, with tabular figures. Sizes are device-independent pixels."""
    size, weight = _ROLES[role]
    result = QFont()
    result.setFamilies(list(FAMILIES))
    whole = ceil(size)  # Qt has no fractional pixel sizes: the next larger one, drawn narrower
    result.setPixelSize(whole)
    if whole != size:
        result.setStretch(round(100 * size / whole))
    result.setWeight(weight)
    result.setFeature(QFont.Tag("tnum"), 1)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # same widths on every system
    return result


@cache
def icon(name: str, token: str = "tx") -> QIcon:
    """A Phosphor icon (`ph.lightning`) in a token's colour; disabled: `tx3`."""
    # Without the factor qtawesome draws a glyph of 14 px for an icon of 16.
    return qtawesome.icon(name, color=colour(token), color_disabled=colour("tx3"), scale_factor=8 / 7)


@cache
def pixmap(name: str, token: str, size: int, ratio: float = 1.0) -> QPixmap:
    """An icon drawn once: `size` in device-independent px, for a screen of that pixel ratio."""
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    icon(name, token).paint(painter, drawn.rect())
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
