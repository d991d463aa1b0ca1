"""A small day with the vans out and something to gain: Ben's stops lie so that Ada passes them. See `factories`."""

from __future__ import annotations

from dispatch_console.domain import edits
from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.services import statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from tests import factories

ADA, BEN = ShiftId(1), ShiftId(2)
#: 08:30, after Ada's first stop.
NOW = 8 * 3600 + 30 * 60


def planned(ada: tuple[int, ...], ben: tuple[int, ...], **windows: Window) -> Day:
    """The small day with these routes and windows; the rest is in the pool."""
    day = factories.small_day(**windows)
    sequences = {ADA: tuple(map(StopId, ada)), BEN: tuple(map(StopId, ben))}
    return day.apply(edits.take_over(day.plan, sequences, "Plan"))


def out(day: Day) -> DaySession:
    """`day` approved, both vans out, at NOW."""
    session = DaySession(day)
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    for id in (ADA, BEN):
        statuses.on_route(session, id, FactKind.OUT, Said("Kim", day.schedules[id].start))
    session.tick(NOW)
    return session
