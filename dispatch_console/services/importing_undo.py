"""Removing an import later, when its step is no longer in the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.orders import ImportId, Order
from dispatch_console.domain.plan import PlanChange, Route, Swap
from dispatch_console.services import pickups
from dispatch_console.services.session import DaySession, for_good
from dispatch_console.store.store import Store
from dispatch_console.store.values import ImportPart, ImportRecord, OtherDay, Reject, WideChange


class Removal(NamedTuple):
    """What removing an import takes from days that are not open."""

    record: ImportRecord
    elsewhere: tuple[OtherDay, ...]


def list_imports(store: Store, depot: DepotId) -> list[ImportRecord]:
    """All imports, undone ones too, newest first. Touches the database, as all but `remove` do."""
    return store.list_imports(depot)


def rejects(store: Store, id: ImportId) -> list[Reject]:
    """The rows of an import that did not become orders, as they were."""
    return store.rejects(id)


def find(store: Store, day: Day, id: ImportId) -> Removal:
    """UserError if the import is gone already. Orders of other days at which a driver has been stay."""
    record = next((record for record in store.list_imports(day.depot.id) if record.id == id), None)
    if record is None or record.undone:
        raise UserError("This import is not there any more.")
    elsewhere: list[OtherDay] = []
    for date in store.days_of_import(id):
        if date != day.date:
            there = store.load_day(day.depot.id, date)
            ours = [o for o in there.orders if o.source == id and o.stop not in there.facts.arrived]
            elsewhere.append(OtherDay(date, _swaps(there.orders, ours)))
    return Removal(record, tuple(elsewhere))


@for_good
def remove(session: DaySession, removal: Removal, initiator: object = None) -> int:
    """Take out the orders that an import brought, as one step; how many of those it changed keep their new values.

    UserError if a driver has been at one of them in the open day.
    """
    day, record = session.day, removal.record
    ours = [order for order in day.orders.values() if order.source == record.id]
    if any(order.stop in day.facts.arrived for order in ours):
        raise UserError("A driver has been at one of these orders. Remove the others by hand.")
    change = PlanChange(f"Remove import {record.file}", _routes(day, ours), _swaps(day.orders.values(), ours))
    part = ImportPart(replace(record, undone=True))
    wide = WideChange(change.label, change.routes, change.orders, imported=part, elsewhere=removal.elsewhere)
    session.apply(wide, initiator)
    return record.counts.get("changed", 0)


def _swaps(orders: Iterable[Order], going: list[Order]) -> tuple[Swap[Order], ...]:
    """The orders that go, and the others that were picked up at one of them."""
    gone = tuple(Swap[Order](order, None) for order in going)
    return (*gone, *pickups.let_go(orders, {order.id for order in going}))


def _routes(day: Day, going: list[Order]) -> tuple[Swap[Route], ...]:
    """The routes without visits that serve nobody else."""
    ids = {order.id for order in going}
    stops = {order.stop for order in going}
    empty = {stop for stop in stops if all(order.id in ids for order in day.stops[stop].orders)}
    touched = {day.plan.where[stop] for stop in empty}
    routes = [day.plan.route(id) for id in sorted(touched)]
    return tuple(Swap(r, r.with_stops(tuple(stop for stop in r.stops if stop not in empty))) for r in routes)
