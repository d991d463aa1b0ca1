"""The orders of the day, unassigned first."""

from dispatch_console.ui.orders.pane import OrdersPane

__all__ = ["OrdersPane"]
