"""What is proposed after a status, how it reads, and what accepting it does. See `factories` for the small day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dispatch_console.domain import nextsteps
from dispatch_console.domain.day import Approval, Day, DayState, open_day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.nextsteps import DEFAULTS, Usual, Usuals
from dispatch_console.domain.orders import NextKind, NextStep, OrderKind, StopId, Window
from dispatch_console.domain.reasons import KEYS, Reason
from dispatch_console.services import proposals, reschedule, statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from tests import factories

ADA = ShiftId(1)
H, M = 3600, 60
#: The small day is Monday, 23 November.
TUESDAY, WEDNESDAY = dt.date(2026, 11, 24), dt.date(2026, 11, 25)


def running(**first: object) -> DaySession:
    """The small day, approved; order 1 with a window 10–14 and what else is asked for."""
    small = factories.small_day()
    orders = dict(small.orders)
    one = small.stops[StopId(1)].order
    orders[one.id] = replace(one, **{"windows": (Window(10 * H, 14 * H),), **first})
    day = open_day(small.depot, small.date, orders.values(), small.shifts.values(), small.travel, small.plan)
    session = DaySession(day)
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    return session


def fail(session: DaySession, reason: Reason = Reason.ABSENT, stop: int = 1, at: int = 8 * H + 20 * M) -> None:
    statuses.status(session, StopId(stop), FactKind.FAILED, Said("Kim", at), reason=reason)


def say(day: Day, reason: Reason | None, kind: FactKind = FactKind.FAILED, **more: object) -> str:
    return proposals.propose(day, StopId(1), kind, reason, **more).sentence


def test_the_sentence_for_an_absent_customer() -> None:
    day = running().day
    assert say(day, Reason.ABSENT) == (
        "Again on Tue 24 Nov, 10–14 as before, attempt 2 of 2, goods back to the depot tonight."
    )


def test_it_is_the_same_before_and_after_the_fact_is_recorded() -> None:
    session = running()
    before = say(session.day, Reason.ABSENT)
    fail(session)
    assert say(session.day, Reason.ABSENT) == before


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Reason.CLOSED, "Again on Tue 24 Nov, 10–14 as before, attempt 2 of 2, ask for opening hours, goods back"),
        (Reason.WRONG_ADDRESS, "Hold in the depot until Wed 25 Nov, ask for the address, goods back"),
        (Reason.REFUSED, "Return to the sender, note what was said, goods back to the depot tonight."),
        (Reason.DAMAGED, "Return to the sender, keep a photo, goods back to the depot tonight."),
        (Reason.CANCELLED, "Cancel it, goods back to the depot tonight."),
    ],
)
def test_each_reason_has_its_way(reason: Reason, sentence: str) -> None:
    assert say(running().day, reason).startswith(sentence)


def test_every_reason_proposes_something_that_can_be_accepted() -> None:
    for reason in KEYS.values():
        session = running()
        fail(session, reason)
        proposals.accept(session, proposals.propose(session.day, StopId(1), FactKind.FAILED, reason))
        assert session.day.stops[StopId(1)].order.next is not None, reason


def test_without_a_window_it_is_any_time() -> None:
    assert "Tue 24 Nov, any time, attempt 2" in say(running(windows=()).day, Reason.ABSENT)


def test_a_collection_has_nothing_on_board_and_nothing_to_return() -> None:
    day = running(kind=OrderKind.COLLECTION).day
    assert say(day, Reason.ABSENT).endswith("attempt 2 of 2, nothing on board.")
    assert say(day, Reason.REFUSED) == "Give the collection up, note what was said, nothing on board."
    kinds = {
        p.step.kind for p in proposals.propose(day, StopId(1), FactKind.FAILED, Reason.ABSENT).choices if p.step
    }
    assert kinds.isdisjoint({NextKind.RETURN, NextKind.PICKUP_POINT})


def test_the_last_attempt_ends_at_the_sender() -> None:
    day = running(attempts=1).day
    assert say(day, Reason.ABSENT) == (
        "Return to the sender, 2 attempts made, no more, goods back to the depot tonight."
    )
    # What was our own fault is no attempt to hold against the customer.
    assert say(day, Reason.VAN_FULL).startswith("Again on Tue 24 Nov, 10–14 as before, attempt 3, the limit is 2")
    assert say(day, Reason.ABSENT, usual=Usuals(most_attempts=3)).startswith("Again on Tue 24 Nov")


def test_of_a_partial_delivery_the_rest_comes_again() -> None:
    assert say(running().day, None, FactKind.PARTIAL) == (
        "The rest again on Tue 24 Nov, 10–14 as before, attempt 1 of 2, bring the rest, "
        "the rest back to the depot tonight."
    )


def test_a_stop_that_was_passed_by_comes_later_today_while_the_driver_is_out() -> None:
    session = running()
    assert say(session.day, None, FactKind.SKIPPED) == "Later today, at the best place of what Ada Quill has left."
    session.tick(17 * H)
    assert say(session.day, None, FactKind.SKIPPED).startswith("Again on Tue 24 Nov")


def test_nothing_is_proposed_where_nothing_is_to_decide() -> None:
    found = proposals.propose(running().day, StopId(1), FactKind.DELIVERED, None)
    assert (found.step, found.sentence) == (None, "Done: nothing more to decide.")


def test_the_next_day_is_one_on_which_the_depot_drives_and_not_over() -> None:
    day = running().day
    weekend = Usuals(weekdays=frozenset({5, 6}))
    assert "Sat 28 Nov" in say(day, Reason.ABSENT, usual=weekend)
    assert "Thu 26 Nov" in say(day, Reason.ABSENT, today=dt.date(2026, 11, 26))  # debriefed three days later
    friday = dt.date(2026, 11, 27)
    assert nextsteps.working_day(friday, 1, frozenset(range(5))) == dt.date(2026, 11, 30)
    assert nextsteps.working_day(friday, 1, frozenset()) == dt.date(2026, 11, 28)
    assert nextsteps.working_day(friday, 2, frozenset({0}), dt.date(2026, 12, 8)) == dt.date(2026, 12, 14)


def test_the_rules_of_the_depot_count() -> None:
    rules = Usuals({**DEFAULTS, Reason.ABSENT: Usual(NextKind.HOLD, 3, "phone the customer")})
    assert say(running().day, Reason.ABSENT, usual=rules).startswith(
        "Hold in the depot until Thu 26 Nov, phone the customer"
    )


def test_alternatives_are_other_ways_each_once() -> None:
    session = running()
    fail(session)
    found = proposals.propose(session.day, StopId(1), FactKind.FAILED, Reason.ABSENT)
    steps = [choice.step for choice in found.choices]
    assert len(steps) == len(set(steps)) == 7
    assert [s.kind for s in steps if s] == [
        NextKind.AGAIN,
        NextKind.LATER_TODAY,
        NextKind.AGAIN,
        NextKind.HOLD,
        NextKind.PICKUP_POINT,
        NextKind.RETURN,
        NextKind.CANCEL,
    ]
    assert [c.short for c in found.choices][:3] == [
        "Again Tue 24 Nov, 10–14",
        "Later today",
        "Again Wed 25 Nov, 10–14",
    ]


def test_accepting_is_one_step_that_can_be_undone() -> None:
    session = running()
    fail(session)
    proposals.accept(session, proposals.propose(session.day, StopId(1), FactKind.FAILED, Reason.ABSENT))
    order = session.day.stops[StopId(1)].order
    assert order.next == NextStep(NextKind.AGAIN, TUESDAY, (Window(10 * H, 14 * H),))
    assert session.undo().label == "A1: Again Tue 24 Nov, 10–14"
    assert session.day.stops[StopId(1)].order.next is None
    assert StopId(1) in session.day.facts.failed


def test_later_today_opens_the_stop_again_behind_the_next_one() -> None:
    session = running(windows=())
    fail(session)  # at 08:20, at the first of Ada's three
    found = proposals.propose(session.day, StopId(1), FactKind.FAILED, Reason.ABSENT)
    later = next(c for c in found.choices if c.step and c.step.kind is NextKind.LATER_TODAY)
    proposals.accept(session, later, said=Said("Kim", 8 * H + 21 * M))
    assert StopId(1) not in session.day.facts.ended
    assert session.day.plan.route(ADA).stops[0] == StopId(2)
    assert session.day.facts.entries[-1].who == "Kim"
    assert len(session.history.done) == 1
    session.undo()
    assert StopId(1) not in session.day.facts.ended  # a fact stays
    assert session.day.plan.route(ADA).stops == (1, 2, 3)


def test_later_is_never_earlier_and_takes_nothing_back_that_is_done() -> None:
    session = running(windows=())
    first, third = session.day.stops[StopId(1)].order, session.day.stops[StopId(3)].order
    reschedule.decide(session, [third.id], NextStep(NextKind.LATER_TODAY))
    assert session.day.plan.route(ADA).stops == (1, 2, 3)  # the last one stays the last one
    assert session.day.facts.entries == ()  # and nobody has to say that an open stop is open
    reschedule.decide(session, [first.id], NextStep(NextKind.LATER_TODAY))
    assert session.day.position(StopId(1))[1] > 0


def test_of_a_stop_that_is_done_in_part_the_rest_waits_for_another_day() -> None:
    small = factories.small_day()
    orders = [replace(o, stop=StopId(1)) if o.id == 2 else o for o in small.orders.values()]
    routes = {id: r.with_stops(tuple(s for s in r.stops if s != 2)) for id, r in small.plan.routes.items()}
    plan = replace(small.plan, routes=routes)
    day = open_day(small.depot, small.date, orders, small.shifts.values(), small.travel, plan)
    session = DaySession(day)
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    a1, a2 = session.day.stops[StopId(1)].orders
    said = Said("Kim", 8 * H + 20 * M)
    statuses.status(session, StopId(1), FactKind.DELIVERED, said, order=a2.id)
    found = proposals.propose(session.day, StopId(1), FactKind.SKIPPED, None, order=a1.id)
    assert NextKind.LATER_TODAY not in {choice.step.kind for choice in found.choices if choice.step}
    with pytest.raises(UserError, match=r"A2 of the same stop is done already\."):
        reschedule.decide(session, [a1.id], NextStep(NextKind.LATER_TODAY))


def test_a_customer_who_came_back_makes_the_decision_void() -> None:
    session = running()
    fail(session)
    reschedule.decide(session, [session.day.stops[StopId(1)].order.id], NextStep(NextKind.AGAIN, TUESDAY))
    said = Said("Kim", 9 * H)
    statuses.status(session, StopId(1), FactKind.REOPENED, said, reason=Reason.CAME_BACK)
    assert session.day.stops[StopId(1)].order.next is None


@pytest.mark.parametrize(
    "step",
    [
        NextStep(NextKind.AGAIN),
        NextStep(NextKind.AGAIN, factories.DAY),
        NextStep(NextKind.HOLD, until=factories.DAY),
    ],
)
def test_a_day_that_is_no_later_one_is_refused(step: NextStep) -> None:
    session = running()
    with pytest.raises(UserError):
        reschedule.decide(session, [session.day.stops[StopId(1)].order.id], step)
    assert session.history.done == []


def test_an_order_in_the_pool_cannot_go_later_today() -> None:
    session = running()
    with pytest.raises(UserError, match="has no driver"):
        reschedule.decide(session, [session.day.stops[StopId(6)].order.id], NextStep(NextKind.LATER_TODAY))
