"""The evening of the day summary: planned against actual, added up by hand on the small day (see `factories`)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from dispatch_console.domain.day import Approval, DayState, open_day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import NextKind, NextStep, OrderId, StopId
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.sizes import Money
from dispatch_console.manifests.evening import Against
from dispatch_console.services import evening, manifests, reschedule
from dispatch_console.services.debrief import cash, van
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said, on_route, status
from tests import factories

ADA, BEN = ShiftId(1), ShiftId(2)
H, M = 3600, 60
CHF = "CHF"


def approved() -> DaySession:
    """Orders 1, 2 and 4 bring 100.00, 20.00 and 7.50 in cash."""
    cod = {1: 10_000, 2: 2_000, 4: 750}
    day = factories.small_day()
    orders = [replace(o, cod=Money(cod[o.id], CHF)) if o.id in cod else o for o in day.orders.values()]
    session = DaySession(open_day(day.depot, day.date, orders, day.shifts.values(), day.travel, day.plan))
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    return session


def lived() -> DaySession:
    """Ada leaves 5 min late, is told of and counted; Ben is on the road, and nobody has told of him."""
    session = approved()
    on_route(session, ADA, FactKind.OUT, Said("Kim", 8 * H + 5 * M))
    on_route(session, BEN, FactKind.OUT, Said("Kim", 8 * H + 5 * M), at=8 * H)
    said = Said("Kim", 10 * H)
    status(session, StopId(1), FactKind.DELIVERED, said, at=8 * H + 20 * M)
    status(session, StopId(2), FactKind.FAILED, said, at=8 * H + 35 * M, reason=Reason.ABSENT)
    status(session, StopId(3), FactKind.DELIVERED, said, at=8 * H + 50 * M)
    reschedule.decide(session, [OrderId(2)], NextStep(NextKind.AGAIN, factories.DAY + dt.timedelta(days=1)))
    van.came_back(session, ADA, 9 * H + 40 * M, said)
    van.read_odometer(session, ADA, FactKind.ODOMETER_OUT, 100, said)
    van.read_odometer(session, ADA, FactKind.ODOMETER_IN, 166, said)
    cash.count(session, ADA, 9_450, said, currency=CHF, note="wrong change")
    return session


def page(session: DaySession) -> str:
    run = manifests.edition(session.day, [], dt.datetime(2026, 11, 23, 17, tzinfo=dt.UTC), "Kim")
    [document] = manifests.build(session.day, manifests.Kind.DAY_SUMMARY, [], run)
    body = document.html.partition("<body>")[2].partition("<tr><th>evening")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_before_the_first_fact_there_is_no_evening() -> None:
    session = approved()
    assert evening.of_day(session.day) is None
    assert "late risk" in page(session)


def test_a_route_planned_against_actual() -> None:
    session = lived()
    told = evening.of_day(session.day)
    assert told is not None
    ada, ben = told.rows
    # 60 km at a minute each and three stops of 5 min: back at 09:15.
    assert (ada.done, ada.failed, ada.open, ada.state) == (2, 1, 0, "back")
    assert ada.start == Against("08:00", "08:05", "+5")
    assert ada.back == Against("09:15", "09:40", "+25")
    assert ada.km == Against("60.0", "66.0", "+6.0")
    assert (ada.due, ada.counted, ada.short) == ((Money(10_000, CHF),), (Money(9_450, CHF),), (Money(-550, CHF),))
    # Ben, 100 km and 10 min, at 10:00: by the clock he was at 4 (08:40) and at 5 (08:55).
    assert (ben.done, ben.failed, ben.open, ben.presumed) == (0, 0, 2, 2)
    assert ben.back == Against("09:50", "09:50", "0", sure=False)
    assert ben.km == Against("100.0", "100.0", "", sure=False)
    assert (ben.due, ben.counted) == ((Money(750, CHF),), None)
    sums = told.sums
    assert (sums.done, sums.failed, sums.open, sums.again, sums.returned) == (2, 1, 2, 1, 0)
    assert (sums.pieces_back, sums.pieces_due) == (0, 1)
    assert (sums.due, sums.short) == ((Money(10_750, CHF),), (Money(-550, CHF),))


def test_the_page_says_it() -> None:
    said = page(lived())
    assert "Planned against actual, Mon 23 Nov 10:00" in said
    assert "Ada Quill Van 01 · back 2 1 – 08:00 08:05 +5 09:15 09:40 +25 60.0 66.0 +6.0 100.00 94.50 −5.50" in said
    assert "late risk" not in said


def test_tours_are_counted() -> None:
    """Ada drives twice (see `tours_day`): at 9:00 she is on her first tour, at 10:00 on her second."""
    session = DaySession(factories.tours_day())
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    on_route(session, ADA, FactKind.OUT, Said("Kim", 8 * H))
    told: list[tuple[int, int]] = []
    for now in (9 * H, 10 * H):
        session.tick(now)
        found = evening.of_day(session.day)
        assert found is not None and found.sums.tours == 3
        told.append((found.rows[0].tour, found.rows[0].tours))
    assert told == [(1, 2), (2, 2)]
    assert "Van 01 · out, 2 tours" in page(session) and "Total, 2 routes, 3 tours" in page(session)
    van.came_back(session, ADA, 11 * H + 25 * M, Said("Kim", 11 * H + 30 * M))
    assert "Van 01 · back, 2 tours" in page(session)
