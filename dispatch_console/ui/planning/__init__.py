"""The optimise panel: what the search finds, live, and whether to take it."""

from dispatch_console.ui.planning.panel import PlanPanel

__all__ = ["PlanPanel"]
