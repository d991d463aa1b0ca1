"""Telling what the sheet says of its stops: all delivered except …, and corrections by later facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import ALL_ORDERS, Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.own_words import AS_FORECAST
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import reschedule
from dispatch_console.services.debrief import sheet
from dispatch_console.services.debrief.sheet import Row
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards import goods


def deliver_others(session: DaySession, route: ShiftId, said: Said, initiator: object = None) -> int:
    """All that nobody told of was delivered, at the times that follow from what was told; how many orders.

    What was decided on the way not to be done (the van broke down, say) was passed by instead. One step for the
    whole sheet. Raises UserError if the route is closed, or nothing is left to tell.
    """
    day = session.day
    sheet.check_open(day, route)
    left = [row for row in sheet.rows(day, route) if row.fact is None]
    if not left:
        raise UserError("Every stop of this sheet has its outcome already.")
    limit = _home(day, route)
    done = [row for row in left if not row.aboard]
    facts = [fact for row in done for fact in _delivered(day, route, row, said, limit)]
    facts += [fact for row in left if row.aboard for fact in _passed_by(day, route, row, said, limit)]
    session.record(facts, said.now, initiator)
    return len(done)


def tell(
    session: DaySession,
    route: ShiftId,
    order: OrderId,
    kind: FactKind,
    said: Said,
    *,
    reason: Reason | None = None,
    pieces: int = 0,
    initiator: object = None,
) -> None:
    """How one order of the sheet ended; what was told before of it is corrected. Times that are known stay.

    `pieces`: of a partial one, how many were handed over. Raises UserError for a closed route or impossible pieces.
    """
    day = session.day
    sheet.check_open(day, route)
    row = sheet.row_of(day, route, order)
    if kind is FactKind.PARTIAL:
        _check_pieces(row, pieces)
    if row.fact is not None and (row.kind, row.reason, row.fact.value) == (kind, reason, pieces):
        return
    session.record(_told(day, route, row, kind, said, reason, pieces), said.now, initiator)
    if kind is FactKind.DELIVERED and row.order.next is not None:
        reschedule.decide(session, (order,), None, initiator)  # what was decided after a wrong entry holds no more


def tell_time(
    session: DaySession, route: ShiftId, order: OrderId, at: int, said: Said, initiator: object = None
) -> None:
    """The driver arrived at `at` (elapsed seconds of the plan day); the stop took as long as it did before."""
    day = session.day
    sheet.check_open(day, route)
    stop = sheet.row_of(day, route, order).stop
    mine = [row for row in sheet.rows(day, route) if row.stop == stop]
    arrived = mine[0].arrive
    # The outcomes first: an end before the arrival would count as the arrival.
    moved = [
        replace(fact, id=0, at=max(at, at + fact.at - arrived), recorded=said.now, who=said.who, note="")
        for fact in dict.fromkeys(row.fact for row in mine if row.fact is not None)
    ]
    session.record([*moved, _fact(stop, route, FactKind.ARRIVED, at, said)], said.now, initiator)


def _told(
    day: Day, route: ShiftId, row: Row, kind: FactKind, said: Said, reason: Reason | None, pieces: int
) -> list[Fact]:
    at = row.fact.at if row.fact is not None else min(row.depart, _home(day, route))
    order = _order(day, row)
    arrived = [] if row.told else list(_arrival(route, row, said, at))
    note = AS_FORECAST if row.fact is None else ""
    return [
        *arrived,
        Fact(row.stop, route, kind, at, note, 0, reason, order, pieces, recorded=said.now, who=said.who),
    ]


def _delivered(day: Day, route: ShiftId, row: Row, said: Said, limit: int) -> Iterator[Fact]:
    at = min(row.depart, limit)
    if not row.told and row.lead:
        yield from _arrival(route, row, said, at)
    orders = day.stops[row.stop].orders
    open_all = not any(day.facts.outcome(row.stop, order.id) or goods.left_aboard(day, order) for order in orders)
    if open_all and not row.lead:
        return  # told of the whole stop by its first row
    order = ALL_ORDERS if open_all else row.order.id
    yield replace(_fact(row.stop, route, FactKind.DELIVERED, at, said, AS_FORECAST), order=order)


def _passed_by(day: Day, route: ShiftId, row: Row, said: Said, limit: int) -> Iterator[Fact]:
    skipped = _fact(row.stop, route, FactKind.SKIPPED, min(row.arrive, limit), said, AS_FORECAST)
    yield replace(skipped, order=_order(day, row))


def _arrival(route: ShiftId, row: Row, said: Said, by: int) -> Iterable[Fact]:
    yield _fact(row.stop, route, FactKind.ARRIVED, min(row.arrive, by), said, AS_FORECAST)


def _fact(stop: StopId, route: ShiftId, kind: FactKind, at: int, said: Said, note: str = "") -> Fact:
    return Fact(stop, route, kind, at, note, recorded=said.now, who=said.who)


def _order(day: Day, row: Row) -> OrderId:
    return ALL_ORDERS if len(day.stops[row.stop].orders) == 1 else row.order.id


def _home(day: Day, route: ShiftId) -> int:
    """When the van was back, which no stop can have been after; else far away."""
    fact = day.facts.states.get(route)
    back = day.facts.last.get((route, FactKind.BACK))
    known = fact is not None and fact.kind not in (FactKind.IN_DEPOT, FactKind.OUT)
    return back.at if known and back is not None else 1 << 40


def _check_pieces(row: Row, pieces: int) -> None:
    if not 0 < pieces < row.pieces:
        name = row.order.reference
        if row.pieces == 1:
            raise UserError(f"{name} is a single piece: it is delivered, or failed (F).")
        some = "1" if row.pieces == 2 else f"1 to {row.pieces - 1}"
        raise UserError(f"{name} has {row.pieces} pieces: partial is {some} of them handed over.")
