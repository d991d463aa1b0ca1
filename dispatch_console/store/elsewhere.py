"""Orders of days that are not open, written with a change of the one that is."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_console.domain import saying
from dispatch_console.domain.errors import StaleChange
from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.orders import Order
from dispatch_console.domain.plan import POOL, PlanChange, Swap
from dispatch_console.store import changes, revisions
from dispatch_console.store.base import Entry, new_command, record
from dispatch_console.store.reading import orders_of, routes_of
from dispatch_console.store.schema import FactRow
from dispatch_console.store.values import OtherDay


def write(db: Session, depot: DepotId, other: OtherDay, entry: Entry) -> None:
    """New orders stand in the pool of their day by themselves; stops that go leave its plan.

    Raises StaleChange if the day was `kept` and has used what is to be taken out of it, or changed it.
    """
    day = revisions.bump(db, depot, other.date)
    if other.kept:
        _check(db, day, other)
    changes.write_orders(db, day, other.orders)
    before, after = changes.for_audit(PlanChange("", orders=other.orders))
    record(db, entry._replace(command_id=new_command(), before=before, after=after), day)
    if any(swap.after is None for swap in other.orders):
        _thin(db, day)


def _check(db: Session, day: int, other: OtherDay) -> None:
    """What a change finds there must be as it says, and nothing that goes may be planned or visited already."""
    there = {order.id: order for order in orders_of(db, day)}
    planned = {stop for id, route in routes_of(db, day).items() if id != POOL for stop in route.stops}
    told = set(db.scalars(select(FactRow.stop_id).where(FactRow.day_id == day)))
    for swap in other.orders:
        if swap.before is not None and there.get(swap.before.id) != swap.before:
            raise StaleChange(f"{_what(other, swap.before)} was changed in the meantime. Look at that day first.")
        if swap.before is not None and swap.after is None and swap.before.stop in planned | told:
            raise StaleChange(f"{_what(other, swap.before)} is planned already. Take it out of its route first.")


def _what(other: OtherDay, order: Order) -> str:
    return f"{order.reference} on {saying.date(other.date)}"


def _thin(db: Session, day: int) -> None:
    left = {order.stop for order in orders_of(db, day)}
    routes = routes_of(db, day).values()
    thinned = [route.with_stops(tuple(stop for stop in route.stops if stop in left)) for route in routes]
    changes.write_routes(db, day, [Swap(old, new) for old, new in zip(routes, thinned, strict=True) if old != new])
