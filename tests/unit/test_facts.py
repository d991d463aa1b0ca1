"""Facts: the last word counts, and the schedule rolls forward from them. See `factories` for the small day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_console.domain import progress
from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import NO_STOP, Fact, FactKind, Facts
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import NextKind, NextStep, OrderId, OrderKind, StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.reasons import KEYS, WORDS, Reason
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.sizes import Size
from dispatch_console.services import calls, dispatch, reschedule, statuses
from dispatch_console.services.calls import Call
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from tests import factories

ADA, BEN = ShiftId(1), ShiftId(2)
H, M = 3600, 60


def approved() -> DaySession:
    """The small day, approved, with stop 6 behind Ada's others: 1, 2, 3, 6."""
    session = DaySession(factories.small_day())
    dispatch.move(session, [StopId(6)], ADA, 3)
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    return session


def tell(session: DaySession, stop: int, kind: FactKind, at: int, **more: object) -> None:
    statuses.status(session, StopId(stop), kind, Said("Kim", at), **more)


def arrivals(day: Day, id: ShiftId = ADA) -> list[int]:
    return [visit.arrive for visit in day.schedules[id].visits]


def test_every_reason_but_those_of_reopening_has_a_key_and_a_word():
    assert set(WORDS) == set(Reason)
    assert set(KEYS.values()) == set(Reason) - {Reason.CAME_BACK, Reason.WRONG_ENTRY, Reason.PASSED_BY}


def test_times_roll_forward_from_an_arrival():
    session = approved()
    # Planned 08:10, 08:25, 08:40, 09:15. At stop 1 at 08:20, served 300 s: 08:25 + 10 min = 08:35 …
    tell(session, 1, FactKind.ARRIVED, 8 * H + 20 * M)
    assert arrivals(session.day) == [8 * H + 20 * M, 8 * H + 35 * M, 8 * H + 50 * M, 9 * H + 25 * M]
    # He stands there until somebody says otherwise: at 08:40 he is still at stop 1, so 08:50 …
    session.tick(8 * H + 40 * M)
    assert arrivals(session.day)[1:] == [8 * H + 50 * M, 9 * H + 5 * M, 9 * H + 40 * M]
    tell(session, 1, FactKind.DELIVERED, 8 * H + 42 * M)
    assert arrivals(session.day)[1] == 8 * H + 52 * M


def test_what_is_before_the_last_word_is_presumed_done():
    session = approved()
    tell(session, 3, FactKind.DELIVERED, 8 * H + 50 * M)
    visits = session.day.schedules[ADA].visits
    assert [(v.done, v.presumed) for v in visits] == [(False, True), (False, True), (True, False), (False, False)]
    # 3 was over at 08:50: there at 08:45, left at 08:50, and 30 min on to 6.
    assert arrivals(session.day) == [8 * H + 10 * M, 8 * H + 25 * M, 8 * H + 45 * M, 9 * H + 20 * M]
    # One of three told: he only phones in what goes wrong, so time alone does not delay him.
    session.tick(10 * H)
    assert arrivals(session.day)[3] == 9 * H + 20 * M


def test_who_tells_of_every_stop_cannot_be_ahead_of_the_clock():
    session = approved()
    tell(session, 1, FactKind.DELIVERED, 8 * H + 15 * M)
    session.tick(9 * H)
    assert arrivals(session.day)[1] == 9 * H


def test_a_stop_told_of_too_early_was_visited_first():
    session = approved()
    tell(session, 1, FactKind.DELIVERED, 8 * H + 15 * M)
    tell(session, 6, FactKind.DELIVERED, 8 * H + 30 * M)  # planned 09:15
    assert session.day.plan.route(ADA).stops == (1, 6, 2, 3)
    assert session.day.facts.ended[StopId(6)] == 8 * H + 30 * M
    assert [c.label for c in session.history.done] == ["Move A6 to Ada Quill"]  # what happened is no step


def test_undo_after_facts_takes_back_what_has_not_happened():
    session = approved()
    dispatch.move(session, [StopId(4)], ADA, 0)
    tell(session, 4, FactKind.ARRIVED, 8 * H + 40 * M)
    session.undo()  # 4 is where Ada stands: it stays hers
    assert session.day.plan.route(ADA).stops[0] == 4
    assert sorted(s for r in session.day.plan.routes.values() for s in r.stops) == [1, 2, 3, 4, 5, 6]
    session.undo()  # 6 back to the pool
    assert session.day.plan.where[StopId(6)] == POOL


def test_reopened_goes_to_its_best_place_in_what_is_left():
    session = approved()
    tell(session, 1, FactKind.FAILED, 8 * H + 12 * M, reason=Reason.ABSENT)
    tell(session, 2, FactKind.DELIVERED, 8 * H + 30 * M)
    assert session.day.facts.attempts == {1: 1}
    tell(session, 1, FactKind.REOPENED, 8 * H + 35 * M, reason=Reason.CAME_BACK)
    day = session.day
    assert day.plan.route(ADA).stops[0] == 2
    assert day.facts.outcome(StopId(1)) is None
    assert not next(v for v in day.schedules[ADA].visits if v.stop == 1).done
    assert day.facts.attempts == {1: 1}


def test_a_wrong_entry_is_no_attempt():
    facts = Facts().add(
        [
            Fact(StopId(1), ADA, FactKind.FAILED, 100, reason=Reason.ABSENT),
            Fact(StopId(1), ADA, FactKind.REOPENED, 110, reason=Reason.WRONG_ENTRY),
            Fact(StopId(2), ADA, FactKind.FAILED, 100, reason=Reason.ABSENT),
            Fact(StopId(2), ADA, FactKind.DELIVERED, 105),
        ]
    )
    assert facts.attempts == {}
    assert facts.ended == {2: 105}
    assert facts.reopened == {1}


def test_one_word_on_the_stop_replaces_those_on_its_orders():
    one, two = OrderId(11), OrderId(12)
    facts = Facts().add(
        [
            Fact(StopId(1), ADA, FactKind.DELIVERED, 100, order=one),
            Fact(StopId(1), ADA, FactKind.FAILED, 101, order=two, reason=Reason.REFUSED),
        ]
    )
    found = facts.outcome(StopId(1), two)
    assert found is not None and found.reason is Reason.REFUSED
    later = facts.add([Fact(StopId(1), ADA, FactKind.DELIVERED, 102)])
    whole = later.outcome(StopId(1), two)
    assert whole is not None and whole.kind is FactKind.DELIVERED


def test_failed_goods_stay_on_board():
    session = approved()
    tell(session, 1, FactKind.FAILED, 8 * H + 12 * M, reason=Reason.ABSENT)
    # 40 kg at the start; 10 kg stay after stop 1 fails: 40, 30, 20, 10.
    assert [v.load.grams for v in session.day.schedules[ADA].visits] == [40_000, 30_000, 20_000, 10_000]


def test_goods_handed_over_come_on_board_where_the_vans_meet():
    day = factories.small_day()
    meet = factories.order(7, kind=OrderKind.HANDOVER, size=Size(), place=factories.PLACES[2])
    orders = [replace(o, pickup=StopId(7)) if o.id == 4 else o for o in day.orders.values()]
    from dispatch_console.domain.day import open_day
    from dispatch_console.domain.plan import Plan, Route

    plan = Plan(
        {ADA: Route(ADA, tuple(map(StopId, (1, 7, 4)))), POOL: Route(POOL, tuple(map(StopId, (2, 3, 5, 6))))}
    )
    day = open_day(day.depot, day.date, [*orders, meet], day.shifts.values(), day.travel, plan)
    made = day.schedules[ADA]
    assert made.load_start.grams == 10_000
    assert [v.load.grams for v in made.visits] == [0, 10_000, 0]


def test_a_broken_van_is_a_broken_rule_until_it_is_repaired():
    session = approved()
    statuses.on_route(session, ADA, FactKind.BROKEN_DOWN, Said("Kim", 9 * H))
    assert [b.rule for b in session.day.schedules[ADA].broken] == [Rule.BREAKDOWN]
    statuses.on_route(session, ADA, FactKind.REPAIRED, Said("Kim", 9 * H + 600))
    assert session.day.schedules[ADA].broken == ()


def test_a_van_that_left_late_is_late_everywhere():
    session = approved()
    statuses.on_route(session, ADA, FactKind.OUT, Said("Kim", 8 * H + 30 * M))
    assert arrivals(session.day)[0] == 8 * H + 40 * M
    statuses.on_route(session, ADA, FactKind.DELAYED, Said("Kim", 8 * H + 40 * M), value=9 * H)
    assert arrivals(session.day)[:2] == [9 * H, 9 * H + 15 * M]


def test_silence_is_progress_for_who_is_out():
    session = approved()
    statuses.on_route(session, ADA, FactKind.OUT, Said("Kim", 8 * H))
    session.tick(8 * H + 32 * M)
    day = session.day
    made = progress.progress(day.plan.route(ADA), day.schedules[ADA], day.basis)
    assert (made.head, made.passed, made.left, made.total) == (0, 2, 2, 4)
    still = progress.progress(day.plan.route(BEN), day.schedules[BEN], day.basis)
    assert still.passed == 0


def silent(now: int) -> DaySession:
    """Ada left at 08:00 and phones only what goes wrong: 08:10, 08:25, 08:40, then 6 at 09:15 (left at 09:20)."""
    session = approved()
    statuses.on_route(session, ADA, FactKind.OUT, Said("Kim", 8 * H))
    session.tick(now)
    return session


def passed(session: DaySession) -> int:
    day = session.day
    return progress.progress(day.plan.route(ADA), day.schedules[ADA], day.basis).passed


def test_a_delay_counts_from_the_next_stop_by_the_clock():
    session = silent(8 * H + 32 * M)  # left 2 at 08:30, on her way to 3
    statuses.on_route(session, ADA, FactKind.DELAYED, Said("Kim", 8 * H + 32 * M), value=9 * H)
    # 3 at 09:00 instead of 08:40; served 5 min and 30 min on to 6: 09:35
    assert arrivals(session.day) == [8 * H + 10 * M, 8 * H + 25 * M, 9 * H, 9 * H + 35 * M]
    assert passed(session) == 2
    # "09:10, rather": of the same stop the last word counts, so 6 at 09:45
    statuses.on_route(session, ADA, FactKind.DELAYED, Said("Kim", 8 * H + 50 * M), value=9 * H + 10 * M)
    assert arrivals(session.day)[2:] == [9 * H + 10 * M, 9 * H + 45 * M]
    # On her way to 6 she is late again; what she said of 3 holds
    statuses.on_route(session, ADA, FactKind.DELAYED, Said("Kim", 9 * H + 30 * M), value=10 * H)
    assert arrivals(session.day)[2:] == [9 * H + 10 * M, 10 * H]
    session.tick(9 * H + 31 * M)
    assert passed(session) == 3


def test_what_was_ahead_when_a_silent_driver_broke_down_comes_so_much_later():
    session = silent(8 * H + 32 * M)
    statuses.on_route(session, ADA, FactKind.BROKEN_DOWN, Said("Kim", 8 * H + 32 * M))
    session.tick(9 * H + 12 * M)  # stands for 40 min so far: 3 not before 09:20 instead of 08:40
    assert arrivals(session.day) == [8 * H + 10 * M, 8 * H + 25 * M, 9 * H + 20 * M, 9 * H + 55 * M]
    assert passed(session) == 2
    statuses.on_route(session, ADA, FactKind.REPAIRED, Said("Kim", 9 * H + 22 * M))
    session.tick(9 * H + 40 * M)  # 50 min in all: 3 at 09:30, left at 09:35, 6 at 10:05, left at 10:10, back 11:10
    assert arrivals(session.day) == [8 * H + 10 * M, 8 * H + 25 * M, 9 * H + 30 * M, 10 * H + 5 * M]
    assert session.day.schedules[ADA].end == 11 * H + 10 * M
    assert passed(session) == 3
    # Sick during the service of 6, 10:05 to 10:10, from 10:07 to 10:17: left 10 min later
    statuses.on_route(session, ADA, FactKind.SICK, Said("Kim", 10 * H + 7 * M))
    statuses.on_route(session, ADA, FactKind.WELL, Said("Kim", 10 * H + 17 * M))
    assert session.day.schedules[ADA].visits[3].depart == 10 * H + 20 * M


def test_a_driver_is_not_at_a_stop_that_he_does_not_know_of():
    session = silent(10 * H)  # left 6 at 09:20: all is over by the clock
    assert passed(session) == 4
    dispatch.move(session, [StopId(5)], ADA, 4)
    # 5 is 10 min on from 6: 09:30, but nobody has told her
    assert arrivals(session.day)[4] == 10 * H
    session.tick(10 * H + 10 * M)
    assert (arrivals(session.day)[4], passed(session)) == (10 * H + 10 * M, 4)
    call = Call(ADA, NO_STOP, "Ada Quill", "", "After stop 4 go to Customer 5.", (5,))
    calls.tick(session, call, Said("Kim", 10 * H + 20 * M))
    session.tick(10 * H + 26 * M)  # phoned at 10:20: there at the earliest then, served 5 min, over at 10:25
    assert (arrivals(session.day)[4], passed(session)) == (10 * H + 20 * M, 5)


def test_a_stop_that_is_to_do_again_goes_behind_what_the_clock_says_is_over():
    def failed() -> DaySession:
        session = silent(8 * H + 12 * M)
        tell(session, 2, FactKind.FAILED, 8 * H + 30 * M, reason=Reason.ABSENT)
        # One of two told: without the word on 2 she is silent. 1 at 08:10, 3 at 08:40, left at 08:45.
        session.tick(8 * H + 50 * M)
        return session

    session = failed()
    tell(session, 2, FactKind.REOPENED, 8 * H + 50 * M, reason=Reason.CAME_BACK)
    assert session.day.plan.route(ADA).stops[:2] == (1, 3)
    assert min(arrivals(session.day)[2:]) >= 8 * H + 50 * M, "not before it was opened again"
    session = failed()
    said = Said("Kim", 8 * H + 50 * M)
    reschedule.decide(session, [OrderId(2)], NextStep(NextKind.LATER_TODAY), said=said)
    assert session.day.plan.route(ADA).stops == (1, 3, 6, 2)  # behind 6, to which she drives


def test_states_of_the_day_follow_from_its_routes():
    session = approved()
    states = [session.day.state]
    for kind in (FactKind.OUT, FactKind.BACK, FactKind.DEBRIEFED, FactKind.CLOSED):
        for route in (ADA, BEN):
            statuses.on_route(session, route, kind, Said("Kim", 9 * H))
            states.append(session.day.state)
    statuses.on_route(session, POOL, FactKind.DAY_CLOSED, Said("Kim", 17 * H))
    assert states == [
        DayState.APPROVED,
        DayState.OUT, DayState.OUT,
        DayState.OUT, DayState.BACK,
        DayState.BACK, DayState.DEBRIEFED,
        DayState.DEBRIEFED, DayState.DEBRIEFED,
    ]  # fmt: skip
    assert session.day.state is DayState.CLOSED
    with pytest.raises(UserError, match="closed"):
        tell(session, 1, FactKind.ARRIVED, 18 * H)


def test_a_draft_cannot_be_followed_and_a_stop_without_driver_has_no_status():
    session = DaySession(factories.small_day())
    with pytest.raises(UserError, match="draft"):
        tell(session, 1, FactKind.ARRIVED, 9 * H)
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    with pytest.raises(UserError, match="no driver"):
        tell(session, 6, FactKind.ARRIVED, 9 * H)


def test_the_baseline_keeps_what_was_planned():
    session = approved()
    tell(session, 1, FactKind.ARRIVED, 8 * H + 20 * M)
    base = session.day.baseline
    assert base is not None
    assert base.stops[StopId(1)].arrive == 8 * H + 10 * M
    assert base.stops[StopId(6)].number == 4


def test_what_can_hardly_be_right_is_doubted_in_one_sentence():
    session = approved()  # Ada: 08:10, 08:25, 08:40, then 6 at 09:15

    def doubt(stop: int, kind: FactKind, at: int, now: int | None = None) -> str | None:
        return statuses.doubt(session, StopId(stop), kind, at, now)

    done, skipped = FactKind.DELIVERED, FactKind.SKIPPED
    assert doubt(6, done, 7 * H + 45 * M) is None  # 90 min before it is due: another order of stops
    early = "A6 is due at 09:15, 1 h 31 min later. Is it the right one?"
    assert (doubt(6, done, 7 * H + 44 * M), doubt(6, skipped, 7 * H + 44 * M)) == (early, None)
    assert doubt(1, done, 8 * H + 16 * M, 8 * H + 10 * M) == "08:16 is still to come. Type when it happened."
    assert doubt(1, done, 8 * H + 15 * M, 8 * H + 10 * M) is None  # watches differ
    statuses.on_route(session, ADA, FactKind.OUT, Said("Kim", 8 * H))
    assert doubt(1, done, 7 * H + 54 * M) == "Van 01 left at 08:00 only. Is 07:54 right?"
    tell(session, 1, FactKind.ARRIVED, 8 * H + 20 * M)
    assert doubt(1, done, 8 * H + 10 * M) == "Arrived was told for 08:20: 08:10 is before it."
    statuses.on_route(session, ADA, FactKind.BROKEN_DOWN, Said("Kim", 9 * H))
    assert doubt(2, done, 9 * H + 6 * M) == "Van 01 has been standing since 09:00. Is 09:06 right?"
    statuses.on_route(session, ADA, FactKind.REPAIRED, Said("Kim", 9 * H + 10 * M))
    statuses.on_route(session, ADA, FactKind.BACK, Said("Kim", 11 * H))
    assert doubt(2, done, 11 * H + 6 * M) == "Van 01 is back since 11:00. Type when it happened."
    assert doubt(2, done, 9 * H) is None
    assert doubt(2, FactKind.REOPENED, 12 * H) is None
