"""Facts as lines of an order's history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from dispatch_console.domain import clock
from dispatch_console.domain.facts import ENDED, NO_STOP, Fact, FactKind
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import Order, OrderKind
from dispatch_console.domain.reasons import WORDS, Reason
from dispatch_console.domain.sizes import Money
from dispatch_console.services.order_history.values import Event, Line
from dispatch_console.store.tracing import TracedDay

#: What is told so long after it happened says when it was told.
_LATER = dt.timedelta(minutes=2)

#: Of a route: (what it is about, words with the driver's name and the vehicle's).
_ROUTE: dict[FactKind, tuple[Line, str]] = {
    FactKind.OUT: (Line.LEFT, "{driver} left the depot with {vehicle}"),
    FactKind.IN_DEPOT: (Line.LEFT, "{driver} has not left after all"),
    FactKind.BACK: (Line.LEFT, "{driver} is back in the depot"),
    FactKind.DEBRIEFED: (Line.BACK, "The sheet of {driver} is debriefed"),
    FactKind.CLOSED: (Line.BACK, "The route of {driver} is closed"),
    FactKind.BROKEN_DOWN: (Line.TROUBLE, "{vehicle} of {driver} has broken down"),
    FactKind.REPAIRED: (Line.TROUBLE, "{vehicle} of {driver} goes again"),
    FactKind.SICK: (Line.TROUBLE, "{driver} is sick"),
    FactKind.WELL: (Line.TROUBLE, "{driver} can go on"),
    FactKind.DELAYED: (Line.TROUBLE, "{driver} is delayed, not before {until}"),
}


def lines(day: TracedDay, timezone: str, route_at: Callable[[dt.datetime], ShiftId]) -> Iterator[Event]:
    """One for each fact of the order's visit, and for those of a route while the order stood in it."""
    shifts = {shift.id: shift for shift in day.shifts}
    corrected = set(_corrected(day.facts))

    def instant(seconds: int) -> dt.datetime:
        return clock.to_instant(seconds, day.date, timezone)

    for fact in day.facts:
        at = instant(fact.at)
        shift = shifts.get(fact.route)
        if fact.stop == NO_STOP:
            line, title = of_route(fact, shift, day.date, timezone)
            if not title or route_at(at) != fact.route:
                continue
            detail = fact.note
        else:
            line, title = _title(fact, day.order)
            detail = ", ".join(part for part in (_driver(shift, fact), fact.note) if part)
        known = instant(fact.recorded)
        later = known if fact.recorded and known - at >= _LATER else None
        yield Event(at, line, title, detail, fact.who, later, fact in corrected)


def of_route(fact: Fact, shift: Shift | None, date: dt.date, timezone: str) -> tuple[Line, str]:
    """What a fact of a route as a whole says; empty: it is of no concern to who waits for an order."""
    if fact.kind not in _ROUTE or shift is None:
        return Line.LEFT, ""
    line, text = _ROUTE[fact.kind]
    until = clock.hhmm(fact.value, date, timezone)
    return line, text.format(driver=shift.driver.name, vehicle=shift.vehicle.name, until=until)


def _corrected(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Outcomes that were never so: a later one took their place, or they were told to be a wrong entry."""
    standing: dict[int, Fact] = {}
    for fact in facts:
        if fact.stop == NO_STOP:
            continue
        if fact.kind in ENDED:
            if (before := standing.get(fact.order)) is not None:
                yield before
            standing[fact.order] = fact
        elif fact.kind is FactKind.REOPENED:
            for before in [standing.pop(order) for order in list(standing) if fact.order in (0, order)]:
                if fact.reason is Reason.WRONG_ENTRY:
                    yield before


def _title(fact: Fact, order: Order) -> tuple[Line, str]:
    reason = WORDS[fact.reason] if fact.reason is not None else ""
    collected = order.kind is OrderKind.COLLECTION
    done = "Collected" if collected else "Delivered"
    match fact.kind:
        case FactKind.ARRIVED:
            return Line.ARRIVED, "At the door"
        case FactKind.DELIVERED:
            return Line.DONE, done
        case FactKind.PARTIAL:
            some = f"{fact.value} of {order.size.pieces} pieces" if fact.value else "not all of it"
            return Line.DONE, _with(f"{done} in part: {some}", reason)
        case FactKind.FAILED:
            return Line.FAILED, f"Not {done.lower()}: {reason}" if reason else f"Not {done.lower()}"
        case FactKind.SKIPPED:
            return Line.FAILED, _with("Passed by, not tried", reason)
        case FactKind.REOPENED:
            return Line.AGAIN, _with("To do again", reason)
        case FactKind.PIECE_BACK:
            return Line.BACK, f"Piece {fact.value} is back in the depot"
        case FactKind.CASH_TAKEN:
            currency = order.cod.currency if order.cod is not None else ""
            return Line.BACK, f"Cash taken: {Money(fact.value, currency)}"
        case FactKind.CALLED:
            return Line.CALLED, "Not phoned after all" if fact.reason is Reason.WRONG_ENTRY else "Phoned"
        case other:
            return Line.BACK, other.value.replace("_", " ").capitalize()


def _with(what: str, reason: str) -> str:
    return f"{what}, {reason}" if reason else what


def _driver(shift: Shift | None, fact: Fact) -> str:
    """Whose visit it was; who was phoned is told by the sentence itself."""
    return shift.driver.name if shift is not None and fact.kind is not FactKind.CALLED else ""
