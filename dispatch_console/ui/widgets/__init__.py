"""Small parts that all panes share. They paint themselves from `theme.look`, so a change of theme is a repaint."""

from dispatch_console.ui.widgets.buttons import Button, IconButton, SplitButton
from dispatch_console.ui.widgets.empty import EmptyState
from dispatch_console.ui.widgets.fields import Field, Segments
from dispatch_console.ui.widgets.head import PaneHead
from dispatch_console.ui.widgets.marks import Badge, KeyCap, Line, Pill, RouteChip, Text, paint_badge, paint_chip
from dispatch_console.ui.widgets.page import PageHead

__all__ = [
    "Badge",
    "Button",
    "EmptyState",
    "Field",
    "IconButton",
    "KeyCap",
    "Line",
    "PageHead",
    "PaneHead",
    "Pill",
    "RouteChip",
    "Segments",
    "SplitButton",
    "Text",
    "paint_badge",
    "paint_chip",
]
