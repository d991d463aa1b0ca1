"""A `PlanChange` as rows: only what it touches is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import bindparam, delete
from sqlalchemy.orm import Session

from dispatch_console.domain.fleet import Shift
from dispatch_console.domain.orders import Order
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap
from dispatch_console.store import road_changes
from dispatch_console.store.base import Row, table, upsert
from dispatch_console.store.fleet_rows import Frame, shift_row
from dispatch_console.store.order_rows import difference, order_row, personal_row, summary
from dispatch_console.store.schema import Base, OrderRow, PersonalRow, RouteRow, ShiftRow
from dispatch_console.store.types import JsonList
from dispatch_console.store.values import NO_TIMES, Eta, Times


def write_routes(db: Session, day_id: int, swaps: Sequence[Swap[Route]]) -> None:
    upsert(db, RouteRow, [route_row(day_id, swap.after) for swap in swaps if swap.after], ("day_id", "shift_id"))
    for route in _gone(swaps):
        db.execute(delete(RouteRow).where(RouteRow.day_id == day_id, RouteRow.shift_id == route.id))


def write_shifts(db: Session, day_id: int, swaps: Sequence[Swap[Shift]], frame: Frame) -> None:
    upsert(db, ShiftRow, [shift_row(swap.after, day_id, frame) for swap in swaps if swap.after], ("id",))
    _delete(db, ShiftRow, [shift.id for shift in _gone(swaps)])


def write_orders(db: Session, day_id: int, swaps: Sequence[Swap[Order]]) -> None:
    """What is known of the customers goes with its order (the reference cascades)."""
    orders = [swap.after for swap in swaps if swap.after]
    upsert(db, OrderRow, [order_row(order, day_id) for order in orders], ("id",))
    upsert(db, PersonalRow, [personal_row(order) for order in orders], ("order_id",))
    _delete(db, OrderRow, [order.id for order in _gone(swaps)])


def for_audit(change: PlanChange, times: Times = NO_TIMES) -> tuple[JsonList, JsonList]:
    """(before, after): routes whole, with the arrivals of `times`; of the pool only what left or came, of orders
    only what changed.
    """
    before: JsonList = []
    after: JsonList = []
    for swap in change.routes:
        _route_audit(swap, before, after, times)
    for old, new in change.orders:
        _order_audit(old, new, before, after)
    for old, new in change.shifts:
        before += [_shift_audit(old)] if old else []
        after += [_shift_audit(new)] if new else []
    old_roads, new_roads = road_changes.for_audit(change.roads)
    return before + old_roads, after + new_roads


def _route_audit(swap: Swap[Route], before: JsonList, after: JsonList, times: Times) -> None:
    old, new = swap
    some = cast(Route, new or old)
    old, new = old or Route(some.id), new or Route(some.id)
    if some.id != POOL:
        before.append({"route": some.id, **_route_values(old), **_etas(times.before.get(some.id))})
        after.append({"route": some.id, **_route_values(new), **_etas(times.after.get(some.id))})
        return
    left, came = set(old.stops) - set(new.stops), set(new.stops) - set(old.stops)
    if left:
        before.append({"route": POOL, "stops": [stop for stop in old.stops if stop in left]})
    if came:
        after.append({"route": POOL, "stops": [stop for stop in new.stops if stop in came]})


def _etas(times: Sequence[Eta] | None) -> Row:
    return {"etas": [list(eta) for eta in times]} if times else {}


def _order_audit(old: Order | None, new: Order | None, before: JsonList, after: JsonList) -> None:
    if old is not None and new is not None:
        was, became = difference(old, new)
        before.append({"order": was})
        after.append({"order": became})
    elif new is not None:
        after.append({"order": summary(new)})
    elif old is not None:
        before.append({"order": summary(old)})


def _shift_audit(shift: Shift) -> Row:
    return {
        "shift": shift.id,
        "driver": shift.driver.id,
        "vehicle": shift.vehicle.id,
        "start": shift.start,
        "end": shift.end,
        **({"overtime_s": shift.overtime_s} if shift.overtime_s else {}),
        "absent": shift.absent,
    }


def route_row(day_id: int, route: Route) -> Row:
    return {"day_id": day_id, "shift_id": route.id, **_route_values(route)}


def _route_values(route: Route) -> Row:
    return {
        "stops": list(route.stops),
        "locked": route.locked,
        "pinned": sorted(route.pinned),
        "fixed": sorted(route.fixed),
    }


def _gone[T](swaps: Iterable[Swap[T]]) -> list[T]:
    return [swap.before for swap in swaps if swap.after is None and swap.before is not None]


def _delete(db: Session, model: type[Base], ids: Sequence[int]) -> None:
    if ids:
        rows: list[dict[str, Any]] = [{"gone": id} for id in ids]
        db.connection().execute(delete(table(model)).where(table(model).c.id == bindparam("gone")), rows)
