"""Edits that the store refused, because somebody was faster, done again on the day as it is now.

What was meant is told by what the edit left and what it made: it is laid on the plan of now as a trial is on a day
that went on meanwhile (`keeping_up`). What others decided about the same stops stays as they have it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import Fact
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.keeping_up import keep_up
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, Plan, PlanChange, Route, Swap, some_of
from dispatch_console.services.session import DaySession
from dispatch_console.store.commands import Refused, Told

__all__ = ["Refused", "again", "can_repeat", "places_of", "repeat"]


def can_repeat(refused: Refused, day: Day) -> bool:
    """An edit of the plan, or facts, of the open day. Imports, approvals and the like are looked at first."""
    command = refused.command
    if (command.depot, command.date) != (day.depot.id, day.date):
        return False
    return isinstance(command.what, Told) or (isinstance(command.what, PlanChange) and not command.what.for_good)


def places_of(refused: Iterable[Refused]) -> list[Place]:
    """Those that doing it again may bring."""
    changes = [one.command.what for one in refused if isinstance(one.command.what, PlanChange)]
    orders = [swap.after for change in changes for swap in change.orders]
    return [order.place for order in orders if order is not None and order.place is not None]


def repeat(session: DaySession, refused: Sequence[Refused], initiator: object = None) -> list[Refused]:
    """Do them again in their order, each on the day that the one before has left.

    Returns those of which nothing was left to do: what they meant is done, or others have decided otherwise.
    """
    return [one for one in refused if not _repeat(session, one, initiator)]


def again(day: Day, change: PlanChange) -> PlanChange:
    """What `change`, made on an earlier state of the day, still means."""
    was, tried = _overlaid(day, change.inverse()), _overlaid(day, change)
    return keep_up(tried, was, day, change.label).change


def _repeat(session: DaySession, refused: Refused, initiator: object) -> bool:
    what = refused.command.what
    if isinstance(what, PlanChange):
        change = again(session.day, what)
        if change:
            session.apply(change, initiator)
        return bool(change)
    if isinstance(what, Told):
        facts = [_here(session.day, fact) for fact in what.facts if fact.stop in session.day.stops or not fact.stop]
        if facts:
            session.record(facts, max(session.day.now, *(fact.at for fact in facts)), initiator)
        return bool(facts)
    return False


def _here(day: Day, fact: Fact) -> Fact:
    """The same of the driver who has the stop now; in the pool nothing happens, so there it stays who it was."""
    route = day.plan.where.get(fact.stop, fact.route)
    return replace(fact, id=0, route=route if route != POOL else fact.route)


def _overlaid(day: Day, change: PlanChange) -> Day:
    """`day` with what `change` makes of the routes, orders and shifts that it touches; no schedule is made anew."""
    touched = {some_of(swap).id: swap.after for swap in change.routes}
    orders = _with(day.orders, change.orders, lambda order: order.id)
    shifts = _with(day.shifts, change.shifts, lambda shift: shift.id)
    return replace(day, plan=_plan(day.plan, touched), orders=orders, shifts=shifts)


def _plan(plan: Plan, touched: Mapping[ShiftId, Route | None]) -> Plan:
    """Each stop stands once: where the touched routes have it."""
    theirs = {id: route or Route(id) for id, route in touched.items()}
    taken = {stop for route in theirs.values() for stop in route.stops}
    left = {
        id: route.with_stops(tuple(s for s in route.stops if s not in taken)) for id, route in plan.routes.items()
    }
    return Plan({**left, **theirs})


def _with[K: Hashable, V](values: Mapping[K, V], swaps: Sequence[Swap[V]], key: Callable[[V], K]) -> dict[K, V]:
    after = dict(values)
    for swap in swaps:
        if swap.after is None:
            after.pop(key(some_of(swap)), None)
        else:
            after[key(swap.after)] = swap.after
    return after
