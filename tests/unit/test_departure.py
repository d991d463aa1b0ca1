"""Before the vans leave, and planned against actual. The small day: see factories."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dispatch_console.domain.day import Day, DayState, open_day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import NO_STOP, Fact, FactKind
from dispatch_console.domain.fleet import Capacity, ShiftId
from dispatch_console.domain.orders import NextKind, NextStep, OrderId, Priority, StopId, Window
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.services import actuals, departure, dispatch, reschedule, sheet_versions
from dispatch_console.services import day as days
from dispatch_console.services.departure import Kind
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said, status
from tests.factories import DAY, DEPOT, line_matrix, order, shift, small_day

ADA, BEN = ShiftId(1), ShiftId(2)
S = [StopId(k) for k in range(7)]
NOON = dt.datetime(2026, 11, 23, 6, 52, tzinfo=dt.UTC)
EIGHT = 8 * 3600
MARA = Said("Mara", EIGHT)


def approved(day: Day | None = None) -> DaySession:
    session = DaySession(day or small_day())
    days.approve(session, "Mara", NOON)
    return session


def day_with(*orders: object, **changes: object) -> Day:
    stops = tuple(o.stop for o in orders)
    plan = Plan({ADA: Route(ADA, stops)})
    return open_day(DEPOT, DAY, orders, [shift(1, "Ada Quill", **changes)], line_matrix(), plan)


def found(day: Day, *routes: ShiftId) -> list[tuple[Kind, bool, StopId | None]]:
    return [(p.kind, p.hard, p.stop) for p in departure.problems(day, routes or None)]


# --- states ---


def test_vans_leave_and_come_back_one_by_one_or_all_at_once() -> None:
    session = approved()
    days.set_out(session, [ADA], MARA, at=EIGHT - 300)
    assert (session.day.state, days.out(session.day), days.in_depot(session.day)) == (DayState.OUT, [ADA], [BEN])
    left = session.day.facts.states[ADA]
    assert (left.at, left.recorded, left.who) == (EIGHT - 300, EIGHT, "Mara")
    days.set_out(session, session.day.shifts, MARA)
    assert session.day.facts.left_at(ADA) == EIGHT - 300, "who is out already stays as he is"
    assert session.day.facts.left_at(BEN) == EIGHT
    days.set_back(session, [ADA, BEN], Said("Mara", 50_000))
    assert session.day.state is DayState.BACK
    assert session.history.done == []


def test_on_another_day_vans_leave_as_planned() -> None:
    """Told at midnight of a day that is not today: nobody waits from midnight on for his first customer."""
    session = approved()
    start = {id: session.day.schedules[id].start for id in (ADA, BEN)}
    days.set_out(session, session.day.shifts, Said("Mara", 0, stands=True))
    assert {id: session.day.facts.left_at(id) for id in start} == start
    assert {id: session.day.schedules[id].start for id in start} == start
    assert session.day.state is DayState.OUT


def test_a_state_told_by_mistake_is_corrected_by_a_later_fact() -> None:
    session = approved()
    days.set_out(session, [ADA], MARA)
    days.take_back(session, ADA, Said("Mara", EIGHT + 60))
    assert session.day.state is DayState.APPROVED
    days.set_out(session, [ADA], Said("Mara", EIGHT + 600))
    days.set_back(session, [ADA], Said("Mara", EIGHT + 700))
    days.take_back(session, ADA, Said("Mara", EIGHT + 800))
    assert days.out(session.day) == [ADA]
    assert session.day.facts.left_at(ADA) == EIGHT + 600, "it left when it left"
    assert len(session.day.facts.entries) == 5
    status(session, S[1], FactKind.DELIVERED, Said("Mara", EIGHT + 1800))
    with pytest.raises(UserError, match="has been at stops already"):
        days.take_back(session, ADA, MARA)


def test_what_cannot_be_set_says_why() -> None:
    draft = small_day()
    assert days.why_not_out(draft) == "This plan is a draft. Approve it first."
    session = approved()
    day = session.day
    assert days.why_not_back(day) == "No van is on the road."
    assert days.why_not_back(day, [ADA]) == "Ada Quill has not left yet."
    assert days.why_not_take_back(day, ADA) == "Ada Quill has not left yet."
    days.set_out(session, [ADA, BEN], MARA)
    assert days.why_not_out(session.day) == "All vans with stops have left already."
    assert days.why_not_out(session.day, [BEN]) == "Ben Rook has left already."
    assert days.why_not_withdraw(session.day) == ("Vans have left with this plan. Change it from here on instead.")


def test_the_day_is_closed_when_every_route_is_and_no_stop_is_open() -> None:
    session = approved()
    assert days.why_not_close(session.day) == "These routes are not closed yet: Ada Quill, Ben Rook."
    closing = [Fact(NO_STOP, id, FactKind.CLOSED, 60_000, recorded=60_000) for id in (ADA, BEN)]
    session.record(closing, 60_000)
    assert days.why_not_close(session.day) == (
        "A1 and 5 more are still open. Say first what becomes of every order."
    )
    for stop in S[1:6]:
        status(session, stop, FactKind.DELIVERED, Said("Mara", 60_000))
    assert days.why_not_close(session.day) == "A6 is still open. Say first what becomes of every order."
    reschedule.decide(session, [OrderId(6)], NextStep(NextKind.CANCEL))
    days.close(session, Said("Mara", 61_000))
    assert session.day.state is DayState.CLOSED
    with pytest.raises(UserError, match="This day is closed"):
        days.set_back(session, [ADA], MARA)
    days.reopen(session, Said("Mara", 61_060))
    assert session.day.state is DayState.DEBRIEFED
    with pytest.raises(UserError, match="not closed"):
        days.reopen(session, MARA)


# --- the check ---


def test_a_clean_route_has_no_problem_but_its_paper() -> None:
    session = approved()
    assert found(small_day(), ADA) == []
    assert found(session.day, ADA) == [(Kind.SHEET, False, None)]
    session.set_approval(sheet_versions.after_printing(session.day, {ADA: 1}))
    assert found(session.day, ADA) == []
    dispatch.move(session, [S[3]], ADA, 0)
    (problem,) = departure.problems(session.day, [ADA])
    assert (problem.what, problem.hard) == ("Ada Quill: sheet is out of date", True)
    assert problem.sentence == "Version 1 is not what the plan says now"


def test_too_much_on_board_and_a_missing_skill() -> None:
    day = day_with(order(1, skills=("crane",)), order(2))
    heavy = replace(day.shifts[ADA], vehicle=replace(day.shifts[ADA].vehicle, capacity=Capacity(15_000, None, 1)))
    day = open_day(DEPOT, DAY, day.orders.values(), [heavy], line_matrix(), day.plan)
    assert found(day, ADA) == [
        (Kind.OVERLOAD, True, None),
        (Kind.OVERLOAD, True, None),
        (Kind.SKILL, True, S[1]),
    ]
    weight, pieces, skill = departure.problems(day, [ADA])
    assert (weight.what, weight.sentence) == ("Van 01 is overloaded", "5 kg over what the vehicle carries")
    assert pieces.sentence == "1 pieces over what the vehicle holds"
    assert (skill.what, skill.sentence) == ("Customer 1: needs crane", "A1 · Ada Quill stop 1")


@pytest.mark.parametrize(
    ("end", "kind", "words"),
    [
        # Leaves at 08:00, arrives at stop 1 at 08:10.
        (EIGHT + 300, Kind.LATE, "Customer 1: 5 min late"),
        (EIGHT + 600, Kind.LATE_RISK, "Customer 1: 0 min to spare"),
        (EIGHT + 600 + 1199, Kind.LATE_RISK, "Customer 1: 19 min to spare"),
        (EIGHT + 600 + 1200, None, ""),
    ],
)
def test_less_than_twenty_minutes_to_spare_is_a_risk(end: int, kind: Kind | None, words: str) -> None:
    day = day_with(order(1, windows=(Window(EIGHT, end),)))
    problems = departure.problems(day, [ADA])
    assert [(p.kind, p.what) for p in problems] == ([] if kind is None else [(kind, words)])
    if kind is Kind.LATE_RISK:
        assert not problems[0].hard
        assert problems[0].sentence.startswith("A1 · Ada Quill stop 1 · arrives 08:10, due 08:")


@pytest.mark.parametrize(
    ("days_left", "words", "sentence"),
    [
        (-1, "Ada Quill: licence ended 22 Nov", "Van 01 · not to be used today"),
        (0, "Ada Quill: licence ends 23 Nov", "Van 01 · last day today"),
        (14, "Ada Quill: licence ends 7 Dec", "Van 01 · 14 days left"),
        (15, "", ""),
    ],
)
def test_papers_that_run_out(days_left: int, words: str, sentence: str) -> None:
    day = day_with(order(1))
    until = DAY + dt.timedelta(days=days_left)
    one = replace(day.shifts[ADA], driver=replace(day.shifts[ADA].driver, licence_until=until))
    day = open_day(DEPOT, DAY, day.orders.values(), [one], line_matrix(), day.plan)
    problems = departure.problems(day, [ADA])
    assert [(p.what, p.sentence) for p in problems] == ([(words, sentence)] if words else [])
    assert all(p.hard == (days_left < 0) and p.kind is Kind.LICENCE for p in problems)


def test_the_inspection_of_the_vehicle_too() -> None:
    day = day_with(order(1))
    van = replace(day.shifts[ADA].vehicle, inspection_until=DAY + dt.timedelta(days=1))
    one = replace(day.shifts[ADA], vehicle=van)
    day = open_day(DEPOT, DAY, day.orders.values(), [one], line_matrix(), day.plan)
    (problem,) = departure.problems(day)
    assert (problem.kind, problem.what) == (Kind.INSPECTION, "Van 01: inspection ends 24 Nov")
    assert problem.sentence == "Ada Quill · 1 day left"


def test_what_stays_behind_belongs_to_the_whole_day() -> None:
    orders = [
        order(1),
        order(2, place=None),
        order(3, priority=Priority.HIGH),
        order(4, priority=Priority.CRITICAL),
        order(5),
        order(6, place=None),
    ]
    plan = Plan({ADA: Route(ADA, (S[1], S[2])), POOL: Route(POOL, (S[3], S[4], S[5], S[6]))})
    day = open_day(DEPOT, DAY, orders, [shift(1, "Ada Quill")], line_matrix(), plan)
    assert found(day) == [
        (Kind.NO_PLACE, True, S[2]),
        (Kind.UNASSIGNED, True, S[4]),
        (Kind.NO_PLACE, False, S[6]),
        (Kind.UNASSIGNED, False, S[3]),
    ]
    assert found(day, ADA) == [(Kind.NO_PLACE, True, S[2])]


def test_vans_that_have_left_are_not_looked_at_again() -> None:
    session = approved()
    both = departure.problems(session.day)
    assert [(p.what, p.sentence) for p in both] == [("2 sheets not printed", "Ada Quill, Ben Rook")]
    days.set_out(session, [ADA], MARA)
    assert {p.route for p in departure.problems(session.day)} == {BEN}


# --- planned against actual ---


def test_planned_against_actual_of_a_route() -> None:
    session = approved()
    # Planned: 08:00 → 1 at 08:10, leaves 08:15 → 2 at 08:25, 08:30 → 3 at 08:40, 08:45 → 30 min home: 09:15; 60 km.
    days.set_out(session, [ADA], MARA, at=EIGHT + 600)
    now = actuals.of_route(session.day, ADA)
    assert (now.planned.start, now.planned.end) == (EIGHT, EIGHT + 4500)
    assert (now.start, now.end, now.delay_s, now.start_delay_s) == (EIGHT + 600, EIGHT + 5100, 600, 600)
    assert (now.metres, now.more_metres, now.measured, now.back) == (60_000, 0, False, False)
    status(session, S[1], FactKind.DELIVERED, Said("Mara", EIGHT + 1500))
    status(session, S[2], FactKind.FAILED, Said("Mara", EIGHT + 2700))
    now = actuals.of_route(session.day, ADA)
    assert (now.progress.done, now.progress.failed, now.progress.left) == (2, 1, 1)
    assert (now.on_time, now.late) == (2, 0)
    assert now.delay_s == EIGHT + 2700 + 600 + 300 + 1800 - (EIGHT + 4500)
    assert actuals.delay_s(session.day, ADA) == now.delay_s


def test_a_van_that_is_back_counts_with_its_odometer() -> None:
    session = approved()
    days.set_out(session, [ADA], MARA)
    readings = [
        Fact(NO_STOP, ADA, FactKind.ODOMETER_OUT, EIGHT, value=1000),
        Fact(NO_STOP, ADA, FactKind.ODOMETER_IN, EIGHT + 5000, value=1071),
    ]
    session.record(readings, EIGHT + 5000)
    days.set_back(session, [ADA], Said("Mara", EIGHT + 5000), at=EIGHT + 4200)
    now = actuals.of_route(session.day, ADA)
    assert (now.end, now.back, now.delay_s) == (EIGHT + 4200, True, -300)
    assert (now.metres, now.measured, now.more_metres) == (71_000, True, 11_000)
    days.take_back(session, ADA, Said("Mara", EIGHT + 5100))
    assert not actuals.of_route(session.day, ADA).back


def test_a_visit_after_its_window_was_late() -> None:
    session = approved(day_with(order(1, windows=(Window(EIGHT, EIGHT + 1800),)), order(2)))
    status(session, S[1], FactKind.DELIVERED, Said("Mara", EIGHT + 2200))  # begun at 1900
    now = actuals.of_route(session.day, ADA)
    assert (now.on_time, now.late) == (0, 1)


def test_without_a_baseline_there_is_nothing_to_compare_with() -> None:
    day = small_day()
    assert actuals.delay_s(day, ADA) is None
    assert actuals.of_route(day, ADA).delay_s is None
    assert list(actuals.actuals(day)) == [ADA, BEN]
