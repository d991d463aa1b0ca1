"""The rich day of the papers under way: route K printed, three stops done, one gone, one come, two swapped."""

from __future__ import annotations

from dispatch_console.domain import edits
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import sheet_versions, statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from tests.unit.manifests_day import K, rich_day


def changed(base: Day | None = None) -> Day:
    session = DaySession(base or rich_day(DayState.APPROVED))
    first = session.day.plan.route(K).stops[-1]
    session.apply(edits.unassign(session.day.plan, [first], "Later"))
    approval = sheet_versions.after_printing(session.day, {K: 1})
    assert approval is not None
    session.set_approval(approval)
    timed = session.day.schedules[K]
    statuses.on_route(session, K, FactKind.OUT, Said("Kim", timed.start))
    for n, visit in enumerate(timed.visits[:3]):
        kind, reason = (FactKind.FAILED, Reason.ABSENT) if n == 1 else (FactKind.DELIVERED, None)
        statuses.status(session, visit.stop, kind, Said("Kim", visit.depart), reason=reason)
    here = session.day.plan.route(K).stops
    session.apply(edits.move(session.day.plan, [here[5]], POOL, 0, "Away"))
    session.apply(edits.move(session.day.plan, [first], K, 4, "Come"))
    here = session.day.plan.route(K).stops
    session.apply(edits.move(session.day.plan, [here[-1]], K, 6, "Swap"))
    return session.day
