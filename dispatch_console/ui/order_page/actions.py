"""How the page of an order is opened: by key on a stop, from the menus, from the search."""

from __future__ import annotations

from collections.abc import Callable

from dispatch_console.domain.orders import OrderId
from dispatch_console.ui import texts
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.desk import Desk

_tr = texts.of("OrderPage")

ID = "order.history"


def register(desk: Desk, open_order: Callable[[OrderId], object]) -> None:
    """Add the action: the page of the order of the current stop."""

    def why_not() -> Reason:
        return None if desk.current is not None else _tr("Select an order first.")

    def run() -> None:
        if desk.current is not None:
            open_order(desk.day.stops[desk.current].order.id)

    text, hint = _tr("Where it is and its history"), _tr("all days, calls, proofs")
    desk.actions.add(Action(ID, text, run, "H", "ph.clock-counter-clockwise", hint, _tr("Orders"), why_not))
