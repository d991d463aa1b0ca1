"""The sample's day at 15:32, with the first sheets back: what pictures of the debrief show. Always the same."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from dispatch_console.domain import clock
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import day as day_service
from dispatch_console.services import proposals, sheet_versions
from dispatch_console.services.debrief import cash, closing, goods, outcomes, sheet, van
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said, on_route

AT = dt.time(15, 32)
_APPROVED = dt.time(7, 2)
_WHO = "Mara"
#: By slot: whose sheets are read already, and whose van is still out. The others are back.
_CLOSED, _OUT = (2, 6, 7), (5,)
_LATE_S = 9 * 60
#: Number of the stop on the first sheet → how it ended: outcome, reason, pieces handed over.
_EXCEPTIONS = {
    "4": (FactKind.FAILED, Reason.ABSENT, 0),
    "10": (FactKind.PARTIAL, Reason.MISSING_PIECE, 11),
    "16": (FactKind.FAILED, Reason.REFUSED, 0),
}
_LAST_LATE_S = 20 * 60


def at(day: Day) -> dt.datetime:
    """The instant of the picture."""
    return _on(day, AT)


def returned(session: DaySession) -> ShiftId:
    """Approve, send out, read some sheets, and leave the first of the routes half read: its id."""
    day_service.approve(session, _WHO, _on(session.day, _APPROVED))
    printed = sheet_versions.after_printing(session.day, dict.fromkeys(sheet.routes(session.day), 1))
    assert printed is not None, "nothing was printed before"
    session.set_approval(printed)
    said = Said(_WHO, clock.to_seconds(at(session.day), session.day.date, session.day.depot.timezone))
    session.tick(said.now)
    for route in sheet.routes(session.day):
        slot, planned = session.day.shifts[route].slot, session.day.schedules[route]
        on_route(session, route, FactKind.OUT, said, at=planned.start)
        if slot in _OUT:
            continue
        if slot == 1:
            _read(session, route, said)
            continue
        on_route(session, route, FactKind.BACK, said, at=planned.end + _LATE_S)
        if slot in _CLOSED:
            _close(session, route, said)
    return sheet.routes(session.day)[0]


def _close(session: DaySession, route: ShiftId, said: Said) -> None:
    outcomes.deliver_others(session, route, said)
    goods.tick(session, route, [one.row.order.id for one in goods.returns(session.day, route)], said)
    for purse in cash.purses(session.day, route):
        cash.count(session, route, purse.due, said, currency=purse.currency)
    closing.close(session, route, said)


def _read(session: DaySession, route: ShiftId, said: Said) -> None:
    """Three exceptions, two of them decided; a piece and a few coins are missing."""
    rows = sheet.rows(session.day, route)
    for row in rows:
        if row.number in _EXCEPTIONS:
            kind, reason, pieces = _EXCEPTIONS[row.number]
            outcomes.tell(session, route, row.order.id, kind, said, reason=reason, pieces=pieces)
    outcomes.deliver_others(session, route, said)
    for row in rows:
        late = _LAST_LATE_S if row is rows[-1] else (int(row.number) * 37 % 6) * 60
        outcomes.tell_time(session, route, row.order.id, row.arrive + late, said)
    on_route(session, route, FactKind.BACK, said, at=session.day.schedules[route].end)
    for row in sheet.rows(session.day, route):
        if row.is_exception and row.kind is not None:
            proposals.accept(session, proposals.propose(session.day, row.stop, row.kind, row.reason))
    found = goods.returns(session.day, route)
    goods.tick(session, route, [one.row.order.id for one in found[:-1]], said)
    goods.scan(session, route, found[-1].row.order.identity, 1, said)
    purse = cash.purses(session.day, route)[0]
    cash.count(session, route, purse.due - 500, said, currency=purse.currency, note="Wrong change, driver signs")
    for kind, km in ((FactKind.ODOMETER_OUT, 48_212), (FactKind.ODOMETER_IN, 48_277)):
        van.read_odometer(session, route, kind, km, said)
    van.fuel(session, route, 3140, said)
    van.check(session, route, "", said)


def _on(day: Day, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day.date, time, ZoneInfo(day.depot.timezone))
