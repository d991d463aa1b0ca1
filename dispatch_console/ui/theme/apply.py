"""Puts the look on the application: fonts, palette and style sheet, light or dark, at any time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from dispatch_console import resources
from dispatch_console.ui.theme import look, sheet

_Role = QPalette.ColorRole

TOOLTIP_MS = 500

#: Colour roles of QPalette → tokens. Highlight is the faint accent: a solid row would drown red and route colours.
_PALETTE: dict[QPalette.ColorRole, str] = {
    _Role.Window: "bg",
    _Role.WindowText: "tx",
    _Role.Base: "pane",
    _Role.AlternateBase: "raise",
    _Role.Text: "tx",
    _Role.PlaceholderText: "tx3",
    _Role.Button: "pane",
    _Role.ButtonText: "tx",
    _Role.BrightText: "red",
    _Role.Highlight: "accbg",
    _Role.HighlightedText: "tx",
    _Role.Link: "acc",
    _Role.LinkVisited: "acc",
    _Role.Accent: "acc",
    _Role.Light: "pane",
    _Role.Midlight: "line2",
    _Role.Mid: "line",
    _Role.Dark: "tx3",
    _Role.Shadow: "line",
    _Role.ToolTipBase: "raise",
    _Role.ToolTipText: "tx",
}
_GREYED = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText)


def load_fonts() -> None:
    """Make the bundled Inter known to Qt; systems with Segoe UI use that."""
    for font in sorted(resources.path("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(font))


class _Style(QProxyStyle):
    """Fusion, with tooltips after half a second."""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_ToolTip_WakeUpDelay:
            return TOOLTIP_MS
        return super().styleHint(hint, option, widget, returnData)


def set_up(app: QApplication, dark: bool) -> None:
    """Fusion with our fonts and colours, without animations. Once, before the first widget."""
    app.setStyle(_Style("Fusion"))
    for effect in (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip):
        app.setEffectEnabled(effect, False)
    app.setWindowIcon(QIcon(str(resources.path("icons", "program.svg"))))  # as in the start menu
    load_fonts()
    app.setFont(look.font("data"))
    use(app, dark)


def use(app: QApplication, dark: bool) -> None:
    """Switch to light or dark. Widgets repaint with the palette; whoever paints by `look` needs no more."""
    look.set_dark(dark)
    app.setPalette(palette())
    app.setStyleSheet(sheet.style_sheet(look.colour, dark=dark))


def palette() -> QPalette:
    """The palette of the current scheme."""
    result = QPalette()
    for role, token in _PALETTE.items():
        result.setColor(role, look.colour(token))
    for role in _GREYED:
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.colour("tx3")))
    return result
