"""What is planned, offered or forecast for today does not leave in the past."""

from __future__ import annotations

import datetime as dt

from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.slices import at_once
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.options import Options
from dispatch_console.services import answers, dispatch, statuses
from dispatch_console.services import day as days
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards import breakdown, sick
from tests.factories import small_day
from tests.wizard_days import ADA, BEN, IDS, at


def _draft(now: int) -> DaySession:
    session = DaySession(small_day())
    session.tick(now)
    return session


def _instant(hour: int, minute: int, second: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, 23, hour - 1, minute, second, tzinfo=dt.UTC)  # Vaduz is an hour ahead


def test_the_vans_of_a_draft_leave_from_the_next_five_minutes_on() -> None:
    session = DaySession(small_day())
    planned = session.day.schedules
    session.tick(at(7, 54))
    assert session.day.schedules is planned, "before the shifts begin nothing is another"
    session.tick(at(8, 2))
    ada, ben = session.day.schedules[ADA], session.day.schedules[BEN]
    # 08:05 instead of 08:00: Ada is at stop 1 at 08:15, at 2 at 08:30, at 3 at 08:45, back 08:50 + 30 min
    assert (ada.start, [visit.arrive for visit in ada.visits], ada.end) == (
        at(8, 5),
        [at(8, 15), at(8, 30), at(8, 45)],
        at(9, 20),
    )
    assert ben.start == at(8, 5)
    assert session.day.shifts[ADA].start == at(8, 0), "the shift itself is as it was"


def test_the_clock_makes_no_other_plan_and_no_other_board_within_the_five_minutes() -> None:
    session = _draft(at(8, 0))
    revision, schedules = session.day.revision, session.day.schedules
    for second in range(1, 299, 7):
        session.tick(at(8, 0, second))
    assert session.day.schedules is schedules
    session.tick(at(8, 5))
    assert session.day.schedules[ADA].start == at(8, 10)
    assert (session.day.revision, session.history.done) == (revision, [])


def test_no_offer_of_a_draft_names_a_time_that_is_over() -> None:
    day = _draft(at(8, 22)).day
    best = dispatch.best_places(day, StopId(6))
    fits = at_once(answers.finding_fit(day, StopId(6)))
    why = at_once(answers.finding_why(day, StopId(2)))
    assert fits is not None and why is not None
    told = [offer.arrive for offer in (*best, *dispatch.offers(day, StopId(6)), *why.others)]
    assert len(told) > 3 and min(told) >= at(8, 22)
    session = DaySession(day)
    dispatch.move(session, [StopId(6)], best[0].route, best[0].at)
    here = session.day.schedules[best[0].route].visits[best[0].at]
    assert here.arrive == best[0].arrive, "it then comes when it was said to"
    assert problem.build(day, day.now, Options()).vehicles[0].leave == at(8, 25)


def test_who_takes_over_from_a_sick_driver_leaves_when_he_still_can() -> None:
    day = _draft(at(8, 22)).day
    draft = sick.to_others(day, BEN, [ADA], IDS)
    after = day.apply(draft.change)
    assert after.schedules[ADA].start == at(8, 25)
    assert [swap.after.id for swap in draft.change.shifts if swap.after is not None] == [BEN], "his shift alone"
    bids = breakdown.assign(day, breakdown.case(day, BEN), [ADA], IDS)
    assert bids.vans[0].planned == after.schedules[ADA]


def test_an_approved_plan_keeps_the_times_it_was_approved_with() -> None:
    session = _draft(at(8, 4))
    days.approve(session, "Mara", _instant(8, 5, 10))  # the last tick was a while ago
    planned = session.day.schedules[ADA]
    assert planned.start == at(8, 10)
    assert session.day.baseline is not None and session.day.baseline.routes[ADA].start == at(8, 10)
    session.tick(at(9, 30))
    assert session.day.schedules[ADA] is planned
    statuses.on_route(session, ADA, FactKind.OUT, Said("Mara", at(8, 1)))
    assert session.day.schedules[ADA].start == at(8, 1), "what was seen counts"
    assert session.day.schedules[BEN].start == at(8, 10)


def test_a_plan_approved_late_or_without_a_clock_is_as_it_was() -> None:
    session = DaySession(small_day())
    planned = dict(session.day.schedules)
    days.approve(session, "Mara", _instant(12, 0))  # read in the evening, or on another day
    session.tick(at(12, 1))
    assert session.day.schedules == planned
    session = _draft(at(8, 22))
    days.approve(session, "Mara", _instant(8, 22))
    statuses.status(session, StopId(1), FactKind.ARRIVED, Said("Mara", at(8, 12)))
    assert session.day.schedules[ADA].start == at(8, 0), "he was there before he could leave: he left in time"
