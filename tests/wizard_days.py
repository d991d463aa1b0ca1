"""The small day (see `factories`) on the road, for the tests of wizards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.places import Place
from dispatch_console.services import day as days
from dispatch_console.services import statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards.ids import Ids
from tests import factories

IDS = Ids(tuple(OrderId(100 + k) for k in range(16)), tuple(StopId(100 + k) for k in range(16)), ShiftId(50))
ADA, BEN, EVE = ShiftId(1), ShiftId(2), ShiftId(3)


def at(hour: int, minute: int, second: int = 0) -> int:
    return 3600 * hour + 60 * minute + second


def on_the_road(now: int, day: Day | None = None, out: Sequence[ShiftId] = (ADA, BEN)) -> DaySession:
    """Approved; the vans of `out` left at 08:00; it is `now`."""
    session = DaySession(day or factories.small_day())
    days.approve(session, "Mara", dt.datetime(2026, 11, 23, 6, 52, tzinfo=dt.UTC))
    for route in out:
        statuses.on_route(session, route, FactKind.OUT, Said("Mara", at(8, 0)))
    session.tick(now)
    return session


def broken_down(session: DaySession, route: ShiftId, now: int, place: Place | None = None) -> None:
    statuses.on_route(session, route, FactKind.BROKEN_DOWN, Said("Mara", now), place=place)


def everything(day: Day) -> list[StopId]:
    """All stops of all routes and the pool."""
    return sorted(stop for route in (*day.routes, day.plan.pool) for stop in route.stops)
