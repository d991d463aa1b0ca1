"""A customer cancels: the order leaves the plan; what is on board of a van comes back with it."""

from __future__ import annotations

from dataclasses import replace

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import NextKind, NextStep, OrderId, OrderKind
from dispatch_console.domain.own_words import ON_BOARD
from dispatch_console.domain.plan import POOL, PlanChange, Swap, change_routes
from dispatch_console.services import pickups
from dispatch_console.services.wizards import changes, draft
from dispatch_console.services.wizards.draft import Draft, count
from dispatch_console.services.wizards.ids import Ids
from dispatch_console.services.wizards.whereabouts import has_left


def plan(day: Day, id: OrderId, ids: Ids) -> Draft:
    """The order is cancelled; other orders of the same visit are still served.

    Raises UserError if it is over already: then its status has to be corrected first.
    """
    order = day.orders[id]
    stop, route = day.stops[order.stop], day.plan.where[order.stop]
    if order.kind is OrderKind.HANDOVER:
        raise UserError("This is where two vans meet, no customer's order. Undo the hand-over, or move its stops.")
    if day.facts.outcome(stop.id, id) is not None or stop.id in day.facts.arrived:
        raise UserError(f"{order.reference} has been visited. Correct its status if the customer cancelled.")
    out = route != POOL and has_left(day, route) and order.kind is OrderKind.DELIVERY
    note = f"{ON_BOARD}{day.shifts[route].vehicle.name}" if out else ""
    step = NextStep(NextKind.CANCEL, note=note)
    label = f"Cancel {order.reference}"
    if len(stop.orders) > 1:
        alone = replace(order, next=step, stop=ids.stops[0], pickup=order.pickup)
        routes = change_routes(day.plan, label, [changes.to_pool(day, [alone.stop])]).routes
        change = PlanChange(label, routes, (Swap(order, alone),))
    elif route == POOL:
        change = PlanChange(label, (), (Swap(order, replace(order, next=step)),))
    else:
        rest = [changes.without(day, route, [stop.id]), changes.to_pool(day, [stop.id])]
        change = replace(change_routes(day.plan, label, rest), orders=(Swap(order, replace(order, next=step)),))
    freed = pickups.let_go(day.orders.values(), {id})
    change = replace(change, orders=(*change.orders, *freed))
    lines = [f"{order.reference} of {order.recipient} is cancelled."]
    if out:
        shift = day.shifts[route]
        pieces = count(order.size.pieces, "piece") if order.size.pieces else "Its goods"
        lines.append(f"{pieces} on board of {shift.vehicle.name} come back: tell {shift.driver.name}.")
    if freed:
        lines.append(pickups.said(freed))
    return draft.make(day, change, lines)
