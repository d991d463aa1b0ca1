"""Closing a route: what is still open says so, and nothing that failed can be forgotten."""

from __future__ import annotations

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import NO_STOP, Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.sizes import Money
from dispatch_console.services.debrief import cash, goods, sheet, van
from dispatch_console.services.debrief.sheet import Row
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said

_NAMED = 3


def why_not_close(day: Day, route: ShiftId) -> list[str]:
    """What is left to do before the route can be closed, a sentence each, most urgent first; empty: close it."""
    try:
        sheet.check_open(day, route)
    except UserError as error:
        return [error.message]
    rows = sheet.rows(day, route)
    left: list[str] = []
    unsaid = list(dict.fromkeys(row.number for row in rows if row.fact is None))
    if unsaid:
        stops = "stop" if len(unsaid) == 1 else "stops"
        left.append(f"say how {stops} {_listed(unsaid)} ended, or F9: delivered")
    left += _pieces(day, route)
    left += [text for purse in cash.purses(day, route) if (text := _cash(purse))]
    undecided = [row for row in rows if row.undecided]
    if undecided:
        left.append(f"decide what becomes of {_names(undecided)}")
    return left


def close(session: DaySession, route: ShiftId, said: Said, initiator: object = None) -> None:
    """The sheet is read and all is in order: back (if nobody said so), debriefed, closed.

    Raises UserError with what is left.
    """
    day = session.day
    left = why_not_close(day, route)
    if left:
        raise UserError(f"{left[0][0].upper()}{left[0][1:].rstrip('.')}.")
    facts: list[Fact] = []
    if van.back_at(day, route) is None:
        home = max([sheet.forecast(day, route).end, *_ends(day, route)])
        facts.append(_fact(route, FactKind.BACK, min(home, said.now), said))
    facts += [_fact(route, kind, said.now, said) for kind in (FactKind.DEBRIEFED, FactKind.CLOSED)]
    session.record(facts, said.now, initiator)


def reopen(session: DaySession, route: ShiftId, said: Said, initiator: object = None) -> None:
    """Open a closed route again, so that something can be corrected: its sheet waits as before.

    Raises UserError if it is not closed, or the whole day is.
    """
    day = session.day
    if not sheet.is_closed(day, route):
        raise UserError("This route is not closed.")
    if day.facts.day_closed is not None:
        raise UserError("This day is closed. Open the day again first.")
    back = van.back_at(day, route)
    at = said.now if back is None else back
    session.record([_fact(route, FactKind.BACK, at, said, "opened again")], said.now, initiator)


def _pieces(day: Day, route: ShiftId) -> list[str]:
    returned = goods.returns(day, route)
    return [*_missing([one for one in returned if one.missing]), *(_excess(one) for one in returned if one.excess)]


def _excess(one: goods.Return) -> str:
    name, n = one.row.order.reference, one.excess
    pieces = "a piece" if n == 1 else f"{n} pieces"
    was = "was never collected" if one.row.collects else "was handed over"
    return f"look at stop {one.row.number}: {pieces} of {name} came back that {was}; correct the outcome, or B"


def _missing(missing: list[goods.Return]) -> list[str]:
    if not missing:
        return []
    if len(missing) == 1:
        n, name = missing[0].missing, missing[0].row.order.reference
        more = "1 more piece" if n == 1 else f"{n} more pieces"
        return [f"scan {more} of {name}"]
    return [f"scan {sum(one.missing for one in missing)} more pieces of {_names([one.row for one in missing])}"]


def _cash(purse: cash.Purse) -> str:
    if purse.due and purse.counted is None:
        return f"count the cash: {Money(purse.due, purse.currency)}"
    if not purse.explained:
        return f"explain the difference of {Money(purse.difference, purse.currency)}"
    return ""


def _names(rows: list[Row]) -> str:
    return _listed([row.order.reference for row in rows])


def _listed(names: list[str]) -> str:
    """`4, 7 and 12`, `4, 7, 12 and 5 more`."""
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _ends(day: Day, route: ShiftId) -> list[int]:
    return [day.facts.ended[stop] for stop in day.plan.route(route).stops if stop in day.facts.ended]


def _fact(route: ShiftId, kind: FactKind, at: int, said: Said, note: str = "") -> Fact:
    return Fact(NO_STOP, route, kind, at, note, recorded=said.now, who=said.who)
