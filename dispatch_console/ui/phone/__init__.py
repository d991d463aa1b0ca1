"""Statuses by phone: the strip below the toolbar, its half-typed entries, and what it says."""

from dispatch_console.ui.phone.strip import PhoneStrip
from dispatch_console.ui.phone.talk import PhoneServices

__all__ = ["PhoneServices", "PhoneStrip"]
