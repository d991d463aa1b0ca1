"""What was told: stops that were not done, vans and drivers that cannot go on, cash that does not fit."""

from __future__ import annotations

from collections.abc import Iterator

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import ALL_ORDERS, Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, OrderKind, StopId
from dispatch_console.domain.reasons import WORDS
from dispatch_console.services import calls, proposals, reschedule
from dispatch_console.services.incidents.values import Around, Deed, Incident, Kind, hhmm, spot
from dispatch_console.services.wizards import goods, meeting


def undone(day: Day, around: Around) -> Iterator[Incident]:
    """Stops (or single orders of them) that ended without being done and have no next step, the newest first."""
    found = [
        _undone(day, around, stop, order, fact)
        for (stop, order), fact in day.facts.outcomes.items()
        if fact.kind in proposals.UNDONE and stop in day.stops and _undecided(day, stop, order)
    ]
    yield from sorted(found, key=lambda incident: -(incident.since or 0))


def stuck(day: Day) -> Iterator[Incident]:
    """Vans that are broken down and drivers who cannot go on, while there is something left of their routes."""
    for id, fact in day.facts.down.items():
        yield from _stuck(day, id, fact, Kind.BREAKDOWN, Deed.BREAKDOWN)
    for id, fact in day.facts.sick.items():
        yield from _stuck(day, id, fact, Kind.SICK, Deed.SICK)


def cash(day: Day) -> Iterator[Incident]:
    """Orders done for which another sum was taken than is due; over once the route's cash is counted."""
    taken: dict[OrderId, Fact] = {
        fact.order: fact for fact in day.facts.entries if fact.kind is FactKind.CASH_TAKEN
    }
    for id, fact in taken.items():
        order = day.orders.get(id)
        if order is None or (fact.route, FactKind.CASH_COUNTED) in day.facts.last:
            continue
        due = order.cod.cents if order.cod is not None else 0
        if fact.value != due and order.stop in day.plan.where:
            off = abs(fact.value - due)
            what = f"Cash {off // 100}.{off % 100:02d} {'short' if fact.value < due else 'too much'}"
            where = f"{order.reference} · {spot(day, order.stop)}"
            yield Incident(
                Kind.CASH,
                what,
                order.recipient,
                where,
                Deed.SHOW,
                False,
                (order.stop,),
                fact.route,
                order=id,
                since=_told_at(fact),
                beside=True,
            )


def twice(day: Day) -> Iterator[Incident]:
    """Orders that were done after all, but stand on a later day too: the customer came back."""
    for order in day.orders.values():
        if reschedule.is_carried(order) and reschedule.is_done(day, order):
            when = saying.date(order.next.day) if order.next is not None and order.next.day is not None else "later"
            where = f"{order.reference} · {spot(day, order.stop)}"
            yield Incident(
                Kind.TWICE,
                f"Done, and on {when} again",
                order.recipient,
                where,
                Deed.SHOW,
                stops=(order.stop,),
                order=order.id,
                brief=order.reference,
                beside=True,
            )


def _undecided(day: Day, stop: StopId, order: OrderId) -> bool:
    left = reschedule.undone(day, stop, order)
    return any(day.orders[id].next is None for id in left)


def _undone(day: Day, around: Around, stop: StopId, order: OrderId, fact: Fact) -> Incident:
    one = None if order == ALL_ORDERS else order
    proposal = proposals.propose(day, stop, fact.kind, fact.reason, order=one, usual=around.usual)
    lead = day.orders[order] if one else day.stops[stop].order
    return Incident(
        Kind.UNDONE,
        _what(fact),
        lead.recipient,
        f"{lead.reference} · {spot(day, stop)}",
        Deed.ACCEPT,
        stops=(stop,),
        route=fact.route,
        brief=spot(day, stop),
        order=order,
        since=_told_at(fact),
        beside=True,
        proposal=proposal,
    )


def _what(fact: Fact) -> str:
    why = WORDS[fact.reason] if fact.reason is not None else ""
    match fact.kind:
        case FactKind.PARTIAL:
            done = f"Partial: {saying.count(fact.value, 'piece')} done" if fact.value else "Partial"
            return f"{done}, {why}" if why and why != "partial" else done
        case FactKind.SKIPPED:
            return f"Passed by: {why}" if why else "Passed by"
        case _:
            return f"Failed: {why}" if why else "Failed"


def _stuck(day: Day, id: ShiftId, fact: Fact, kind: Kind, deed: Deed) -> Iterator[Incident]:
    if id not in day.shifts:
        return
    shift = day.shifts[id]
    what_is_open = goods.aboard(day, id)
    ahead_of = (*what_is_open.open, *what_is_open.meet, *what_is_open.later)
    left = tuple(s for s in day.plan.route(id).stops if s in ahead_of and not day.stops[s].settled)
    if day.facts.state(id) not in (FactKind.IN_DEPOT, FactKind.OUT):
        return
    if not left:
        yield from _handed_over(day, id, fact, kind)
        return
    on_board = any(day.stops[stop].order.kind is OrderKind.DELIVERY for stop in left)
    ahead = f"{saying.count(len(left), 'stop')} {'on board or ahead' if on_board else 'ahead'}"
    down = kind is Kind.BREAKDOWN
    what = f"{shift.vehicle.name} broken down" if down else f"{shift.driver.name} cannot go on"
    other = shift.driver.name if down else shift.vehicle.name
    brief = saying.count(len(left), "stop")
    since = _told_at(fact)
    yield Incident(
        kind, what, "", f"{other} · {ahead}", deed, True, left, id, short=ahead, brief=brief, since=since
    )


def _handed_over(day: Day, id: ShiftId, fact: Fact, kind: Kind) -> Iterator[Incident]:
    """Who takes over is known: what is left is to tell them, and that they meet. Then it is settled."""
    meets = [one for one in meeting.of_day(day) if one.giver == id and _is_ahead(day, one.taker, one.stop)]
    if not meets:
        return
    shift, down = day.shifts[id], kind is Kind.BREAKDOWN
    what = f"{shift.vehicle.name} broken down" if down else f"{shift.driver.name} cannot go on"
    involved = {id, *(one.taker for one in meets)}
    to_phone = sum(1 for call in calls.call_list(day) if not call.done and call.route in involved)
    first = min(meets, key=lambda one: one.at)
    taker = day.shifts[first.taker].driver.name
    who = taker if len(meets) == 1 else f"{taker} and {saying.count(len(meets) - 1, 'other')}"
    brief = f"{who}, {hhmm(day, first.at)}"
    sentence = f"{'meets' if len(meets) == 1 else 'meet'} {brief}"
    if to_phone:
        sentence, brief = f"{sentence} · {to_phone} to phone", f"{to_phone} to phone"
    deed = Deed.CALLS if to_phone else Deed.SHEETS
    yield Incident(kind, what, "", sentence, deed, False, (), id, brief=brief, since=_told_at(fact))


def _is_ahead(day: Day, route: ShiftId, stop: StopId) -> bool:
    at = day.plan.route(route).stops.index(stop)
    visit = day.schedules[route].visits[at]
    return not visit.done and not visit.presumed


def _told_at(fact: Fact) -> int:
    return fact.recorded or fact.at
