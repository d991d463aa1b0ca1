"""The sample's day at 11:24, with the vans out: what pictures of a running day show. Always the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from dispatch_console.domain import clock
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import NO_STOP, Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import day as day_service
from dispatch_console.services import sheet_versions
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said, on_route

#: What the clock shows.
AT = dt.time(11, 24)
_APPROVED = dt.time(7, 2)
_WHO = "Mara"

#: The drivers by slot: how many seconds behind their plan they run, and who phones in only what goes wrong.
_BEHIND = {3: 35 * 60, 8: 20 * 60, 9: 12 * 60, 5: 10 * 60, 12: -4 * 60}
_SILENT = frozenset({6, 11})
#: (slot, number of the stop) → why it failed.
_FAILED = {
    (1, 4): Reason.REFUSED,
    (3, 3): Reason.ABSENT,
    (3, 7): Reason.WRONG_ADDRESS,
    (6, 2): Reason.ABSENT,
    (6, 9): Reason.CLOSED,
    (7, 10): Reason.NO_ACCESS,
    (10, 5): Reason.ABSENT,
}
_PARTIAL = (2, 6)
#: The slot of the van that stands, and since how long.
_DOWN, _DOWN_S = 5, 120


def at(day: Day) -> dt.datetime:
    """The instant of the picture."""
    return _on(day, AT)


def approved_at(day: Day) -> dt.datetime:
    """The instant at which the plan was approved."""
    return _on(day, _APPROVED)


def lived(session: DaySession) -> None:
    """Approve and print the plan on the desk, send all vans out, and tell what happened until 11:24."""
    day_service.approve(session, _WHO, _on(session.day, _APPROVED))
    versions = dict.fromkeys(day_service.in_depot(session.day), 1)
    printed = sheet_versions.after_printing(session.day, versions)
    assert printed is not None, "nothing was printed before"
    session.set_approval(printed)
    now = _seconds(session.day, AT)
    facts = [fact for id in versions for fact in _story(session.day, id, now)]
    session.record(sorted(facts, key=lambda fact: fact.recorded), now)
    down = next(id for id, shift in session.day.shifts.items() if shift.slot == _DOWN)
    said = Said(_WHO, now - _DOWN_S)
    on_route(session, down, FactKind.BROKEN_DOWN, said, note="Engine does not start")
    session.tick(now)


@dataclass(frozen=True)
class _Teller:
    """One driver's story: `behind` his plan by so many seconds, of which he makes some on the way."""

    route: ShiftId
    slot: int
    behind: int

    def fact(self, stop: StopId, kind: FactKind, time: int, reason: Reason | None = None) -> Fact:
        return Fact(stop, self.route, kind, time, reason=reason, recorded=time + 60, who=_WHO)


def _story(day: Day, route: ShiftId, now: int) -> list[Fact]:
    slot, planned = day.shifts[route].slot, day.schedules[route]
    teller = _Teller(route, slot, _BEHIND.get(slot, 0))
    facts = [replace(teller.fact(NO_STOP, FactKind.OUT, planned.start), recorded=planned.start)]
    for number, visit in enumerate(planned.visits, 1):
        late = min(teller.behind, 240 * number) if teller.behind > 0 else teller.behind
        begin, depart = visit.begin + late + (number * 37 % 5 - 2) * 30, visit.depart + late
        if begin > now - 60:
            break
        failed = _FAILED.get((slot, number))
        if slot in _SILENT and failed is None:
            continue
        facts.append(teller.fact(visit.stop, FactKind.ARRIVED, begin))
        if depart > now - 60:
            break
        kind = FactKind.FAILED if failed else FactKind.PARTIAL if (slot, number) == _PARTIAL else FactKind.DELIVERED
        facts.append(teller.fact(visit.stop, kind, max(depart, begin + 60), failed))
    return facts


def _on(day: Day, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day.date, time, ZoneInfo(day.depot.timezone))


def _seconds(day: Day, time: dt.time) -> int:
    return clock.to_seconds(_on(day, time), day.date, day.depot.timezone)
