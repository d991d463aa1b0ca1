"""A real store with the small day in it, and the desk on that day: what the pages get from the window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QApplication

from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import Order, OrderId, StopId
from dispatch_console.domain.plan import POOL, Plan, PlanChange, Route, Swap
from dispatch_console.services import days, fleet
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store, open_store
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.theme import apply
from tests.factories import DAY, DEPOT, order, shift
from tests.patience import PATIENCE_S

WHO = "tester"


class Office(NamedTuple):
    desk: Desk
    store: Store
    saver: StoreSaver

    def saved(self) -> Day:
        """The day as the store has it now."""
        self.saver.flush(PATIENCE_S)
        return days.open_day(self.store, self.desk.day.depot.id, self.desk.day.date)

    @property
    def labels(self) -> list[str]:
        return [change.label for change in self.desk.session.history.done]


def fill(store: Store) -> None:
    """The small day, its two drivers and vans; ids of orders go to 6, of stops to 6, of shifts to 2."""
    depot = fleet.save_depot(store, None, replace(DEPOT), WHO)
    for kind in ("order", "stop"):
        store.new_ids(kind, 6)
    store.new_ids("shift", 2)
    shifts = [shift(1, "Ada Quill"), shift(2, "Ben Rook")]
    for one in shifts:
        fleet.save_driver(store, depot.id, None, one.driver, WHO)
        fleet.save_vehicle(store, depot.id, None, one.vehicle, WHO)
    orders = [order(k) for k in range(1, 7)]
    store.save_change(_arrival(orders, shifts), depot.id, DAY, 0, WHO, new_command())


def _arrival(orders: list[Order], shifts: list) -> PlanChange:
    routes = [
        Route(POOL, (StopId(6),)),
        *(Route(s.id, stops) for s, stops in zip(shifts, ((1, 2, 3), (4, 5)), strict=True)),
    ]
    return PlanChange(
        "Set up",
        tuple(Swap(Route(route.id), route) for route in routes),
        tuple(Swap(None, one) for one in orders),
        tuple(Swap(None, one) for one in shifts),
    )


@contextmanager
def opened(folder: Path, *, empty: bool = False) -> Iterator[Office]:
    """`empty`: the depot without orders, shifts and fleet."""
    store = open_store(str(folder / "store.db"))
    try:
        if empty:
            fleet.save_depot(store, None, DEPOT, WHO)
        else:
            fill(store)
        day = days.open_day(store, store.depots()[0].id, DAY)
        saver = StoreSaver(store, WHO)
        yield Office(Desk(DaySession(day, saver)), store, saver)
        saver.flush(PATIENCE_S)
    finally:
        store.close()


def dress(app: QApplication, dark: bool = False) -> None:
    """Fonts, colours and style as the program puts them on."""
    apply.set_up(app, dark)


__all__ = ["DAY", "WHO", "Office", "OrderId", "Plan", "dress", "fill", "opened"]
