"""The incidents pane: what needs a dispatcher, worst first, each with one thing to do about it."""

from dispatch_console.ui.incidents.pane import IncidentsPane

__all__ = ["IncidentsPane"]
