"""What the palette and the keys can do with one order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from dispatch_console.ui import texts
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.desk import Desk

_tr = texts.of("OrderForm")


class Form(Protocol):
    def open_new(self) -> None: ...

    def edit_current(self) -> None: ...

    def remove_current(self) -> None: ...


def register(desk: Desk, form: Form) -> None:
    def no_order() -> Reason:
        return None if desk.current is not None else _tr("Select an order first.")

    def add(
        id: str, text: str, run: Callable[[], object], keys: str, icon: str, why_not: Callable[[], Reason]
    ) -> None:
        desk.actions.add(Action(f"order.{id}", text, run, keys, icon, group=_tr("Orders"), why_not=why_not))

    add("new", _tr("New order"), form.open_new, "Ctrl+N", "ph.plus", lambda: None)
    add("edit", _tr("Edit order"), form.edit_current, "Ctrl+E", "ph.pencil-simple", no_order)
    add("remove", _tr("Remove order"), form.remove_current, "Shift+Del", "ph.trash", no_order)
