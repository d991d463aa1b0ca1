"""The parts of a day, read from their tables: one query each."""

from __future__ import annotations

import logging

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_console.domain.day import Approval, DayState, Said
from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import Order, OrderId, StopId
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.domain.reasons import Reason
from dispatch_console.store.fleet_rows import Frame, shift_of
from dispatch_console.store.order_rows import order_of, place_of
from dispatch_console.store.schema import DayRow, FactRow, OrderRow, PersonalRow, RouteRow, SheetRow, ShiftRow
from dispatch_console.store.types import JsonMap

log = logging.getLogger(__name__)


def orders_of(db: Session, day: int) -> tuple[Order, ...]:
    query = select(OrderRow, PersonalRow).outerjoin(PersonalRow, PersonalRow.order_id == OrderRow.id)
    rows = db.execute(query.where(OrderRow.day_id == day).order_by(OrderRow.id))
    return tuple(order_of(order, person) for order, person in rows)


def shifts_of(db: Session, day: int, frame: Frame) -> tuple[Shift, ...]:
    rows = db.scalars(select(ShiftRow).where(ShiftRow.day_id == day).order_by(ShiftRow.slot, ShiftRow.id))
    return tuple(shift_of(row, frame) for row in rows)


def routes_of(db: Session, day: int) -> dict[ShiftId, Route]:
    rows = db.scalars(select(RouteRow).where(RouteRow.day_id == day).order_by(RouteRow.shift_id))
    return {ShiftId(row.shift_id): _route(row) for row in rows}


def facts_of(db: Session, day: int, frame: Frame) -> Facts:
    rows = db.scalars(select(FactRow).where(FactRow.day_id == day).order_by(FactRow.id))
    return Facts(tuple(fact_of(row, frame) for row in rows))


def fact_of(row: FactRow, frame: Frame) -> Fact:
    return Fact(
        StopId(row.stop_id),
        ShiftId(row.shift_id),
        FactKind(row.kind),
        frame.seconds(row.at),
        row.note,
        row.id,
        Reason(row.reason) if row.reason else None,
        OrderId(row.order_id),
        row.value,
        tuple(row.items or ()),
        place_of(row.lat, row.lon),
        frame.seconds(row.recorded_at),
        row.who,
    )


def approval_of(db: Session, day: DayRow) -> Approval:
    return Approval(DayState(day.state), day.approved_by, day.approved_at, *printed_of(db, day.id))


def printed_of(db: Session, day: int) -> tuple[dict[ShiftId, int], dict[ShiftId, Said]]:
    """Route → the number of its last printed sheet, and what that one said as far as it is known."""
    query = select(SheetRow.shift_id, SheetRow.number, SheetRow.content).where(SheetRow.day_id == day)
    numbers: dict[ShiftId, int] = {}
    said: dict[ShiftId, Said] = {}
    for shift, number, content in db.execute(query.order_by(SheetRow.shift_id, SheetRow.number)):
        numbers[ShiftId(shift)] = number
        said[ShiftId(shift)] = Said() if content is None else said_of(content)
    return numbers, {route: one for route, one in said.items() if one.mark}


def content_of(said: Said | None) -> JsonMap | None:
    """What is kept of a printed sheet: `said_of` reads it again."""
    if said is None:
        return None
    return {
        "mark": said.mark,
        "etas": [[stop, eta] for stop, eta in said.etas],
        "numbers": [[stop, number] for stop, number in said.numbers],
    }


def said_of(content: JsonMap) -> Said:
    numbers = tuple((StopId(stop), number) for stop, number in content.get("numbers", ()))
    return Said(content["mark"], tuple((StopId(stop), eta) for stop, eta in content["etas"]), numbers)


def sound_plan(routes: dict[ShiftId, Route], orders: tuple[Order, ...], shifts: tuple[Shift, ...]) -> Plan:
    """The plan without routes of shifts and stops of orders that are not there.

    There are none unless somebody wrote into the store by hand; then the day must open all the same, and a stop
    whose route is gone must come back to the pool instead of vanishing.
    """
    stops = {order.stop for order in orders}
    lanes = {POOL, *(shift.id for shift in shifts)}
    kept = {
        id: route.with_stops(tuple(stop for stop in route.stops if stop in stops))
        for id, route in routes.items()
        if id in lanes
    }
    if kept != routes:
        log.warning("the plan named routes or stops that are not in the store; they were left out")
    return Plan(kept)


def _route(row: RouteRow) -> Route:
    return Route(
        ShiftId(row.shift_id),
        tuple(map(StopId, row.stops)),
        row.locked,
        frozenset(map(StopId, row.pinned)),
        frozenset(map(StopId, row.fixed)),
    )
