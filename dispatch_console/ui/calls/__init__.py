"""Whom to phone once the plan has changed under way, and the sheets to print anew."""

from dispatch_console.ui.calls.pane import CallsPane
from dispatch_console.ui.calls.queue import QueuePane

__all__ = ["CallsPane", "QueuePane"]
