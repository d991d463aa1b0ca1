"""The command palette: every action, order and driver by a few letters."""

from dispatch_console.ui.palette.palette import Palette

__all__ = ["Palette"]
