"""Re-optimise from now: what a plan would change, to be accepted whole or route by route, or dropped."""

from dispatch_console.ui.preview.panel import PreviewPanel

__all__ = ["PreviewPanel"]
