"""What becomes of orders that were not done. The decision is a change of the plan, undoable as any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dispatch_console.domain import edits, insertion, nextsteps
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import ALL_ORDERS, FactKind
from dispatch_console.domain.orders import NextKind, NextStep, Order, OrderId, OrderKind, StopId, Window
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap
from dispatch_console.services import statuses
from dispatch_console.services.session import DaySession, for_good
from dispatch_console.services.statuses import Said


def undone(day: Day, stop: StopId, order: OrderId = ALL_ORDERS) -> tuple[OrderId, ...]:
    """The orders of a stop that are not (wholly) delivered or collected; `order`: only this one."""
    return tuple(
        one.id
        for one in day.stops[stop].orders
        if order in (ALL_ORDERS, one.id) and not is_done(day, one) and one.kind is not OrderKind.HANDOVER
    )


def is_carried(order: Order) -> bool:
    """Whether an order goes on as another one, of a later day."""
    return order.next is not None and order.next.carried != 0


def is_done(day: Day, order: Order) -> bool:
    """Whether somebody told that all of it was delivered or collected."""
    told = day.facts.outcome(order.stop, order.id)
    return told is not None and told.kind is FactKind.DELIVERED


@for_good
def decide(
    session: DaySession,
    orders: Sequence[OrderId],
    step: NextStep | None,
    initiator: object = None,
    said: Said | None = None,
) -> None:
    """Make `step` what becomes of `orders`; None takes an earlier decision back, so that it has to be made again
    (what was carried over stays so).

    `LATER_TODAY` re-opens their stops by facts, where anything was told of them (`said` by whom and when; default:
    the day's own time), and moves each to the best place of what its own van has left. Raises UserError for a day
    that is over, an order that has no driver today, or one at whose stop another is done.
    """
    day = session.day
    if orders and step is not None and step.kind is NextKind.LATER_TODAY:
        _later_today(session, orders, initiator, said or Said("", day.now))
        return
    check(day, step)
    if step is None:
        orders = [id for id in orders if not is_carried(day.orders[id])]
    gone = next((day.orders[id] for id in orders if is_carried(day.orders[id])), None)
    if gone is not None:
        raise UserError(f"{gone.reference} was carried over already. Undo that, or change it on its new day.")
    if not orders:
        return
    swaps = tuple(Swap(day.orders[id], replace(day.orders[id], next=step)) for id in orders)
    what = nextsteps.short(step) if step is not None else "open again"
    session.apply(PlanChange(f"{_names(day, orders)}: {what}", orders=swaps), initiator)


def check(day: Day, step: NextStep | None) -> None:
    """UserError if a step leads to a day that is not after this one."""
    if step is None:
        return
    if step.kind is NextKind.AGAIN and (step.day is None or step.day <= day.date):
        raise UserError("Choose a day after this one.")
    if step.kind is NextKind.HOLD and (step.until is None or step.until <= day.date):
        raise UserError("Say until when it is held: a day after this one.")


def read_windows(typed: str) -> tuple[Window, ...]:
    """Windows as somebody types them, in every notation that files may have; empty: any time. Raises UserError."""
    from dispatch_console.intake.notations import windows  # seldom needed, so not loaded at the start
    from dispatch_console.intake.problems import Fault

    found = windows.windows(typed)
    if isinstance(found, Fault):
        raise UserError("Write a time window such as 08–12, or nothing for any time.")
    return () if found is None else found


# --- later today ---


def _later_today(session: DaySession, orders: Sequence[OrderId], initiator: object, said: Said) -> None:
    day = session.day
    stops = dict.fromkeys(day.orders[id].stop for id in orders)
    for stop in stops:
        if day.plan.where[stop] == POOL:
            raise UserError(f"{day.stops[stop].order.reference} has no driver. Give it to one first.")
        if (done := _done_beside(day, stop, orders)) is not None:
            raise UserError(f"{done.reference} of the same stop is done already. Choose another day for the rest.")
    for stop in stops:
        whole = set(undone(day, stop)) <= set(orders)
        for order in (ALL_ORDERS,) if whole else [id for id in orders if day.orders[id].stop == stop]:
            if stop in day.facts.arrived:  # one that is open needs no word to be so
                statuses.status(
                    session, stop, FactKind.REOPENED, said, order=order, settle=False, initiator=initiator
                )
    for stop in stops:
        day = session.day
        mine = [day.orders[id] for id in orders if day.orders[id].stop == stop]
        cleared = tuple(Swap(order, replace(order, next=None)) for order in mine if order.next)
        label = f"{_names(day, [order.id for order in mine])}: Later today"
        session.apply(PlanChange(label, _later_in_route(day, stop), cleared), initiator)


def _done_beside(day: Day, stop: StopId, orders: Sequence[OrderId]) -> Order | None:
    """An order of a stop that is done: to open the stop again would take that back."""
    return next((one for one in day.stops[stop].orders if one.id not in orders and is_done(day, one)), None)


def _later_in_route(day: Day, stop: StopId) -> tuple[Swap[Route], ...]:
    """The best place behind the next stop: who was not there a minute ago is not there now either.

    Never earlier than it stands now, nor behind a driver who tells nothing.
    """
    id, index = day.position(stop)
    route = day.plan.route(id)
    rest = route.with_stops(tuple(s for s in route.stops if s != stop))
    passed = insertion.trial_of(rest, day.basis).first
    first = min(max(passed, index) + 1, len(rest.stops))
    places = (_put(rest, stop, at) for at in range(first, len(rest.stops) + 1))
    before = day.schedules[id]
    best = min(places, key=lambda new: insertion.compare(stop, route, new, day.basis, before).rank)
    return edits.resequence(day.plan, id, best.stops, "").routes


def _put(route: Route, stop: StopId, at: int) -> Route:
    return route.with_stops((*route.stops[:at], stop, *route.stops[at:]))


def _names(day: Day, orders: Sequence[OrderId]) -> str:
    """`4193` for one order, `3 orders` for several."""
    return day.orders[orders[0]].reference if len(orders) == 1 else f"{len(orders)} orders"


# --- what is still open ---


def open_orders(day: Day) -> tuple[OrderId, ...]:
    """The orders of which nobody has said what becomes of them: neither delivered, cancelled, returned, held until
    a day, nor with a next day. Those without a driver and the rest of partial ones are among them.

    A stop that is presumed done counts as open until somebody says so: the returned sheet does.
    """
    return tuple(order.id for order in day.orders.values() if order.next is None and needs_a_step(day, order))


def needs_a_step(day: Day, order: Order) -> bool:
    """Whether an order of this day is not done, so that something has to become of it."""
    return order.kind is not OrderKind.HANDOVER and not is_done(day, order)
