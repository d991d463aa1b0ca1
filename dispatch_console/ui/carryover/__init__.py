"""The carry-over list: what goes on after this day, and the step that makes tomorrow of it."""

from dispatch_console.ui.carryover.page import CarryoverPage

__all__ = ["CarryoverPage"]
