"""The timeline: a row per driver, a bar per stop, waits, breaks, missed windows, the now-line."""

from dispatch_console.ui.timeline.pane import TimelinePane

__all__ = ["TimelinePane"]
