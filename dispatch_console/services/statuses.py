"""What drivers phone in: of a stop, a route, a van. Each becomes a fact with who said it and when."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from dispatch_console.domain import edits, freeze, insertion
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import ALL_ORDERS, ENDED, NO_STOP, Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap
from dispatch_console.domain.reasons import Reason
from dispatch_console.services.session import DaySession

#: A stop told of so long before it was due was visited first: those planned before it are still to do.
EARLY_S = 15 * 60


class Said(NamedTuple):
    """Who says something, and when it became known (elapsed seconds of the plan day)."""

    who: str
    now: int


def status(
    session: DaySession,
    stop: StopId,
    kind: FactKind,
    said: Said,
    *,
    at: int | None = None,
    reason: Reason | None = None,
    order: OrderId = ALL_ORDERS,
    pieces: int = 0,
    items: tuple[int, ...] = (),
    note: str = "",
    settle: bool = True,
    initiator: object = None,
) -> None:
    """Record what happened at `stop` at time `at` (default: now).

    Whoever tells of a stop that the driver cannot have reached yet in the planned order tells that he went there
    first: it moves up in the route, before those that are still to do. A re-opened stop that others have passed
    goes to its best place in what is left, unless the caller finds it one (`settle` False). Raises UserError if the
    stop is in no route, or the plan is a draft.
    """
    day = session.day
    route = _route_of(day, stop)
    time = said.now if at is None else at
    fact = Fact(stop, route, kind, time, note, 0, reason, order, pieces, items, recorded=said.now, who=said.who)
    went_first = went_there_first(day, stop, time) if kind in ENDED or kind is FactKind.ARRIVED else None
    session.record([fact], said.now, initiator, went_first)
    if kind is FactKind.REOPENED and settle:
        _again(session, stop, order, initiator)


def on_route(
    session: DaySession,
    route: ShiftId,
    kind: FactKind,
    said: Said,
    *,
    at: int | None = None,
    value: int = 0,
    note: str = "",
    place: Place | None = None,
    initiator: object = None,
) -> None:
    """Record what concerns a route as a whole: left, came back, broke down, is late, odometer … (`POOL`: the day).

    Raises UserError while the plan is a draft.
    """
    _need_approved(session.day)
    time = said.now if at is None else at
    fact = Fact(NO_STOP, route, kind, time, note, value=value, place=place, recorded=said.now, who=said.who)
    session.record([fact], said.now, initiator)


def went_there_first(day: Day, stop: StopId, at: int) -> PlanChange | None:
    """The new order of the route if a status of `stop` at `at` means that stops before it were left for later.

    None: it is the next one, or late enough that those before it can have been done (nobody phoned: presumed).
    """
    id, index = day.position(stop)
    route = day.plan.route(id)
    head = freeze.head_length(route, day.facts)
    if index <= head or at >= day.schedules[id].visits[index].arrive - EARLY_S:
        return None
    # Those of the stops before it that can have been done in the time stay in front.
    first = head
    while first < index and _could_go_on(day, id, first, stop, at):
        first += 1
    rest = tuple(s for s in route.stops[first:] if s != stop)
    sequence = (*route.stops[:first], stop, *rest)
    return edits.resequence(day.plan, id, sequence, f"{_driver(day, id)} went to {_name(day, stop)} first")


def _could_go_on(day: Day, route: ShiftId, index: int, to: StopId, at: int) -> bool:
    """Whether the driver could be at `to` by `at` after the visit of `index` as it is forecast."""
    visit = day.schedules[route].visits[index]
    here, there = day.stops[visit.stop].place, day.stops[to].place
    drive = day.travel.leg(here, there)[0] if here is not None and there is not None else 0
    return visit.depart + drive <= at


def _again(session: DaySession, stop: StopId, order: OrderId, initiator: object) -> None:
    """What was decided for a stop that is to do again holds no more; if others have passed it, it moves behind."""
    day = session.day
    swaps = [
        Swap(o, replace(o, next=None))
        for o in day.stops[stop].orders
        if o.next and not o.next.carried and order in (ALL_ORDERS, o.id)
    ]
    change = PlanChange(f"Again {_name(day, stop)}", _best_place(day, stop), tuple(swaps))
    session.apply(change, initiator)


def _best_place(day: Day, stop: StopId) -> tuple[Swap[Route], ...]:
    id, index = day.position(stop)
    route = day.plan.route(id)
    if index >= freeze.head_length(route, day.facts):
        return ()
    rest = route.with_stops(tuple(s for s in route.stops if s != stop))
    at = insertion.best_in_route(stop, rest, day.basis).at
    return edits.resequence(day.plan, id, (*rest.stops[:at], stop, *rest.stops[at:]), "").routes


def _route_of(day: Day, stop: StopId) -> ShiftId:
    _need_approved(day)
    route = day.plan.where[stop]
    if route == POOL:
        raise UserError(f"{_name(day, stop)} has no driver. Give it to one first, then its status can be told.")
    return route


def _need_approved(day: Day) -> None:
    if day.approval.state is DayState.DRAFT:
        raise UserError("This plan is a draft. Approve it first: then the day can be followed.")
    if day.state is DayState.CLOSED:
        raise UserError("This day is closed. Open it again to correct something.")


def _name(day: Day, stop: StopId) -> str:
    return day.stops[stop].order.reference


def _driver(day: Day, route: ShiftId) -> str:
    return day.shifts[route].driver.name
