"""Compare and swap: a change may be written only if what it touches is as it found it.

What others changed on the day meanwhile does not matter as long as it is something else. The pool has no order that
anybody relies on, so of it only the stops count that leave: they must be unassigned still.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_console.domain import freeze, pools
from dispatch_console.domain.errors import FrozenHead, StaleChange
from dispatch_console.domain.facts import Fact, Facts
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import Order, StopId
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap, some_of
from dispatch_console.store import blame, reading
from dispatch_console.store.fleet_rows import Frame, shift_of
from dispatch_console.store.order_rows import order_of
from dispatch_console.store.schema import FactRow, OrderRow, PersonalRow, ShiftRow

#: Values of one IN list; PostgreSQL and SQLite both take more.
CHUNK = 10_000


def settled(db: Session, day: int, frame: Frame, change: PlanChange) -> tuple[Swap[Route], ...]:
    """The routes of `change` as they are to be written: the pool with what came to it and left it meanwhile.

    The day's row must be locked. Raises StaleChange, which names who was faster, if anything that the change
    touches is not as it says, or has happened since.
    """
    _check_orders(db, day, change.orders)
    _check_shifts(db, day, frame, change)
    if not change.routes:
        return ()
    routes = reading.routes_of(db, day)
    for before, after in change.routes:
        id = some_of(Swap(before, after)).id
        if id != POOL and routes.get(id, Route(id)) != (before or Route(id)):
            raise StaleChange(blame.sentence(db, day, route=id))
    _check_facts(db, day, frame, change)
    return tuple(_pooled(db, day, routes, change, s) if some_of(s).id == POOL else s for s in change.routes)


def told_where_they_are(db: Session, day: int, facts: Sequence[Fact]) -> None:
    """Raise StaleChange if a fact is told of a stop that another driver has by now. Of one that nobody has, as of a
    cancelled order, a driver may still tell what he brings back."""
    where = {stop: id for id, route in reading.routes_of(db, day).items() for stop in route.stops}
    for fact in facts:
        if fact.stop and fact.route != POOL and where.get(fact.stop, POOL) not in (fact.route, POOL):
            raise StaleChange(blame.sentence(db, day, stop=fact.stop))


def _check_orders(db: Session, day: int, swaps: Sequence[Swap[Order]]) -> None:
    wanted = {some_of(swap).id: swap.before for swap in swaps}
    there = orders_by_id(db, day, list(wanted))
    for id, before in wanted.items():
        if there.get(id) != before:
            raise StaleChange(blame.sentence(db, day, order=id))


def orders_by_id(db: Session, day: int, ids: Sequence[int]) -> Mapping[int, Order]:
    """Those of the day that are among `ids`."""
    query = select(OrderRow, PersonalRow).outerjoin(PersonalRow, PersonalRow.order_id == OrderRow.id)
    query = query.where(OrderRow.day_id == day)
    parts = (ids[i : i + CHUNK] for i in range(0, len(ids), CHUNK))
    rows = (row for part in parts for row in db.execute(query.where(OrderRow.id.in_(part))))
    return {row.id: order_of(row, person) for row, person in rows}


def _check_shifts(db: Session, day: int, frame: Frame, change: PlanChange) -> None:
    """Those that change are as it says, and those that get stops are there."""
    wanted = {some_of(swap).id: swap.before for swap in change.shifts}
    driven = {after.id for _, after in change.routes if after is not None and after.id != POOL}
    rows = db.scalars(select(ShiftRow).where(ShiftRow.day_id == day, ShiftRow.id.in_([*wanted, *driven])))
    there: dict[ShiftId, Shift] = {ShiftId(row.id): shift_of(row, frame) for row in rows}
    for id, before in wanted.items():
        if there.get(id) != before:
            raise StaleChange(blame.sentence(db, day, shift=id))
    gone = driven - there.keys() - {swap.after.id for swap in change.shifts if swap.after is not None}
    for id in sorted(gone):
        raise StaleChange(blame.sentence(db, day, shift=id))


def _check_facts(db: Session, day: int, frame: Frame, change: PlanChange) -> None:
    """Nothing that has happened moves, whoever was told of it."""
    stops = [stop for before, _ in change.routes if before is not None for stop in before.stops]
    parts = (stops[i : i + CHUNK] for i in range(0, len(stops), CHUNK))
    query = select(FactRow).where(FactRow.day_id == day).order_by(FactRow.id)
    rows = (row for part in parts for row in db.scalars(query.where(FactRow.stop_id.in_(part))))
    facts = Facts(tuple(reading.fact_of(row, frame) for row in rows))
    try:
        freeze.check(change, facts)
    except FrozenHead as error:
        raise StaleChange(f"{error.message} Somebody said so in the meantime.") from error


def _pooled(
    db: Session, day: int, routes: Mapping[ShiftId, Route], change: PlanChange, swap: Swap[Route]
) -> Swap[Route]:
    before, now = swap.before or Route(POOL), routes.get(POOL, Route(POOL))
    where = {stop for id, route in routes.items() if id != POOL for stop in route.stops}
    unsaid = [stop for stop in before.stops if stop not in now.stops and stop not in where]
    waiting = {*now.stops, *_there(db, day, unsaid, change)}
    for stop in pools.missing(swap, waiting):
        raise StaleChange(blame.sentence(db, day, stop=stop))
    return pools.on_top(swap, now, waiting)


def _there(db: Session, day: int, stops: Sequence[StopId], change: PlanChange) -> set[StopId]:
    """Those that an order of the day has: new ones wait in the pool without its row knowing of them."""
    if not stops:
        return set()
    query = select(OrderRow.stop_id).where(OrderRow.day_id == day)
    known = set(db.scalars(query)) | {order.stop for swap in change.orders for order in swap if order is not None}
    return {stop for stop in stops if stop in known}
