"""What the dispatcher says of the day's roads: closed, avoided, slow; drawn on the map, listed beside it."""

from dispatch_console.ui.roads.panel import RoadsPanel

__all__ = ["RoadsPanel"]
