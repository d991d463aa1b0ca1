"""What drivers phone in: of a stop, a route, a van. Each becomes a fact with who said it and when."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from dispatch_console.domain import clock, edits, freeze, insertion
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import ALL_ORDERS, ENDED, NO_STOP, Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap
from dispatch_console.domain.reasons import Reason
from dispatch_console.services.session import DaySession, for_good

#: A stop told of so long before it was due was visited first: those planned before it are still to do.
EARLY_S = 15 * 60
#: So long before it was due is more than another order of stops: it may be a wrong number or a wrong time.
DOUBTFUL_S = 90 * 60
#: Watches differ by so much, and a time is typed without seconds.
_WATCHES_S = 5 * 60


class Said(NamedTuple):
    """Who says something, and when it became known (elapsed seconds of the plan day).

    `stands`: no clock runs on the day, for it is not today. What is told without a time then counts for when it was
    due, see `when`; `now` is how far the day has been told.
    """

    who: str
    now: int
    stands: bool = False

    def heard(self, at: int) -> int:
        """When it became known that something happened at `at`."""
        return max(self.now, at) if self.stands else self.now


def when(day: Day, said: Said, kind: FactKind, route: ShiftId, stop: StopId = NO_STOP) -> int:
    """When that has happened which is told without a time: now. On a day without a clock when it was due; what no
    plan knows of, at the earliest when the van was to leave."""
    if not said.stands:
        return said.now
    expected = due(day, kind, route, stop)
    if expected is not None or route not in day.schedules:
        return said.now if expected is None else expected
    return max(said.now, day.schedules[route].start)


def due(day: Day, kind: FactKind, route: ShiftId, stop: StopId = NO_STOP) -> int | None:
    """When `kind` is forecast to happen by what was told of the route, whatever the clock; None: nothing says."""
    if route not in day.schedules:
        return None
    still = replace(day, now=0).rescheduled([route]) if day.now else day
    planned = still.schedules[route]
    if stop != NO_STOP and stop in day.plan.route(route).stops:
        visit = planned.visits[day.position(stop)[1]]
        if kind in (FactKind.ARRIVED, FactKind.SKIPPED):
            return visit.arrive
        return visit.depart if kind in ENDED else None
    return {FactKind.OUT: planned.start, FactKind.BACK: planned.end}.get(kind)


@for_good
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
    """Record what happened at `stop` at time `at` (default: see `when`).

    Whoever tells of a stop that the driver cannot have reached yet in the planned order tells that he went there
    first: it moves up in the route, before those that are still to do. A re-opened stop that others have passed
    goes to its best place in what is left, unless the caller finds it one (`settle` False). Raises UserError if the
    stop is in no route, or the plan is a draft.
    """
    day = session.day
    route = _route_of(day, stop)
    time = when(day, said, kind, route, stop) if at is None else at
    known = said.heard(time)
    fact = Fact(stop, route, kind, time, note, 0, reason, order, pieces, items, recorded=known, who=said.who)
    went_first = went_there_first(day, stop, time) if kind in ENDED or kind is FactKind.ARRIVED else None
    session.record([fact], known, initiator, went_first)
    if kind is FactKind.REOPENED and settle:
        _again(session, stop, order, initiator, wrong=reason is Reason.WRONG_ENTRY)


@for_good
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
    time = when(session.day, said, kind, route) if at is None else at
    known = said.heard(time)
    fact = Fact(NO_STOP, route, kind, time, note, value=value, place=place, recorded=known, who=said.who)
    session.record([leaving(session.day, fact)], known, initiator)


def leaving(day: Day, fact: Fact) -> Fact:
    """`fact` with the stops that the driver leaves with, where it tells that a van leaves the depot."""
    if fact.kind is not FactKind.OUT or day.facts.state(fact.route) is not FactKind.IN_DEPOT:
        return fact
    return replace(fact, items=day.plan.route(fact.route).stops)


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


@for_good
def doubt(session: DaySession, stop: StopId, kind: FactKind, at: int, now: int | None = None) -> str | None:
    """One sentence if telling `kind` of `stop` at `at` can hardly be right; None: nothing speaks against it.

    It is still to come (where `now` is known, seconds of the plan day: the day is today), the van had not left, was
    back or stood already, the driver had not arrived yet, or the stop is due more than 90 minutes later. A warning,
    no more: whoever types it knows better. Only of what a driver does at a stop that he has.
    """
    day = session.day
    route = day.plan.where.get(stop, POOL)
    if route == POOL or kind not in ENDED | {FactKind.ARRIVED}:
        return None
    if now is not None and at > now + _WATCHES_S:
        return f"{_hhmm(day, at)} is still to come. Type when it happened."
    told = _van_was_elsewhere(day, route, at)
    if told or kind is FactKind.SKIPPED:  # that a stop will be left out can be known long before
        return told
    return _too_early(day, stop, kind, at)


def _van_was_elsewhere(day: Day, route: ShiftId, at: int) -> str | None:
    """`Van 01 left at 08:00 only.`, if it was not under way at `at` by what was told of it."""
    facts, van = day.facts, day.shifts[route].vehicle.name
    left, back = facts.left_at(route), facts.last.get((route, FactKind.BACK))
    if left is not None and at < left - _WATCHES_S:
        return f"{van} left at {_hhmm(day, left)} only. Is {_hhmm(day, at)} right?"
    is_back = facts.state(route) not in (FactKind.IN_DEPOT, FactKind.OUT)
    if is_back and back is not None and at > back.at + _WATCHES_S:
        return f"{van} is back since {_hhmm(day, back.at)}. Type when it happened."
    stands = facts.down.get(route) or facts.sick.get(route)
    if stands is not None and at > stands.at + _WATCHES_S:
        return f"{van} has been standing since {_hhmm(day, stands.at)}. Is {_hhmm(day, at)} right?"
    return None


def _too_early(day: Day, stop: StopId, kind: FactKind, at: int) -> str | None:
    here, index = day.position(stop)
    known = [fact.at for fact in day.facts.by_stop.get(stop, ()) if fact.kind is FactKind.ARRIVED]
    if stop in day.facts.arrived:
        if kind in ENDED and known and at < known[-1] - _WATCHES_S:
            return f"Arrived was told for {_hhmm(day, known[-1])}: {_hhmm(day, at)} is before it."
        return None
    planned = day.baseline.stops.get(stop) if day.baseline is not None else None
    due = day.schedules[here].visits[index].arrive
    if planned is not None and planned.route == here:  # the clock may have pushed the forecast meanwhile
        due = min(due, planned.arrive)
    if at >= due - DOUBTFUL_S:
        return None
    return f"{_name(day, stop)} is due at {_hhmm(day, due)}, {_span(due - at)} later. Is it the right one?"


def _hhmm(day: Day, at: int) -> str:
    return clock.hhmm(at, day.date, day.depot.timezone)


def _span(seconds: int) -> str:
    """`3 h`, `2 h 05 min`."""
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes:02d} min" if minutes else f"{hours} h"


def _could_go_on(day: Day, route: ShiftId, index: int, to: StopId, at: int) -> bool:
    """Whether the driver could be at `to` by `at` after the visit of `index` as it is forecast."""
    visit = day.schedules[route].visits[index]
    here, there = day.stops[visit.stop].place, day.stops[to].place
    drive = day.travel.leg(here, there)[0] if here is not None and there is not None else 0
    return visit.depart + drive <= at


def _again(session: DaySession, stop: StopId, order: OrderId, initiator: object, *, wrong: bool) -> None:
    """What was decided for a stop that is to do again holds no more; if others have passed it, it moves behind."""
    day = session.day
    swaps = [
        Swap(o, replace(o, next=None))
        for o in day.stops[stop].orders
        if o.next and not o.next.carried and order in (ALL_ORDERS, o.id)
    ]
    change = PlanChange(f"Again {_name(day, stop)}", _best_place(day, stop, wrong=wrong), tuple(swaps))
    session.apply(change, initiator)


def _best_place(day: Day, stop: StopId, *, wrong: bool) -> tuple[Swap[Route], ...]:
    """Behind what is over by what was told, and by the clock too if the driver was there before: after a `wrong`
    entry he may still be on his way to it."""
    id, index = day.position(stop)
    route = day.plan.route(id)
    rest = route.with_stops(tuple(s for s in route.stops if s != stop))
    told = freeze.head_length(route, day.facts)
    if index >= (told if wrong else max(told, insertion.trial_of(rest, day.basis).first)):
        return ()
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
