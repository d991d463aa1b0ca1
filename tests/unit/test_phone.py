"""What is typed while a driver speaks, and what it writes. See `factories` for the small day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_console.domain.day import Approval, Day, DayState, open_day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import ALL_ORDERS, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import Item, OrderId, OrderKind, StopId
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.sizes import Size
from dispatch_console.services import lookup, phone, statuses
from dispatch_console.services.phone import Entry
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from tests import factories

ADA, BEN = ShiftId(1), ShiftId(2)
H, M = 3600, 60
NOW = 8 * H + 12 * M


def approved(**changes: object) -> DaySession:
    """The small day, approved; `changes` are of order 1, which has 4 pieces."""
    small = factories.small_day()
    first = factories.order(1, **{"size": Size(10_000, 100, 4), **changes})
    orders = [first, *(order for order in small.orders.values() if order.id != 1)]
    session = DaySession(open_day(small.depot, small.date, orders, small.shifts.values(), small.travel, small.plan))
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    return session


def entry(day: Day, what: str, letter: str = "", detail: str = "", time: str = "", **more: object) -> Entry:
    return Entry(day.date, what, lookup.find(day, what)[0], letter, detail, time, **more)


def say(session: DaySession, *typed: str, now: int = NOW, **more: object):
    return phone.write(session, entry(session.day, *typed, **more), Said("Kim", now))


def problem(session: DaySession, *typed: str, now: int | None = NOW) -> str:
    return phone.read(entry(session.day, *typed), session.day, now).problem


def missing(session: DaySession, *typed: str, now: int | None = NOW) -> str:
    return phone.read(entry(session.day, *typed), session.day, now).missing


def test_three_keys_after_the_number_write_a_failure():
    session = approved()
    fact = say(session, "A1", "F", "1")
    assert (fact.kind, fact.reason, fact.at, fact.who) == (FactKind.FAILED, Reason.ABSENT, NOW, "Kim")
    assert (fact.stop, fact.route, fact.order) == (StopId(1), ADA, ALL_ORDERS)


def test_what_is_missing_is_named_field_by_field():
    session = approved()
    assert phone.read(Entry(session.day.date), session.day, NOW).missing == "what"
    assert missing(session, "A1") == "letter"
    assert missing(session, "A1", "Z") == "letter"
    assert missing(session, "A1", "F") == "detail"
    assert missing(session, "A1", "F", "0") == "detail"  # a second digit follows
    assert missing(session, "A1", "P") == "detail"
    assert missing(session, "A1", "P", "2/") == "detail"
    assert missing(session, "AQ", "X", now=None) == "time"  # not today, and no plan knows it: now is no answer
    assert missing(session, "A1", "D", "", "10") == "time"
    for done in (("A1", "A"), ("A1", "D"), ("A1", "S"), ("A1", "S", "04"), ("AQ", "O"), ("AQ", "L", "20")):
        assert missing(session, *done) == ""


def test_reasons_have_one_digit_or_two_after_a_nought():
    session = approved()
    assert say(session, "A1", "F", "09").reason is Reason.PARTIAL
    assert say(session, "A1", "F", "9").reason is Reason.OTHER_DATE
    assert set(phone.keys(FactKind.FAILED)) == set("123456789")
    assert set(phone.keys(FactKind.FAILED, "0")) == {f"0{n}" for n in range(1, 10)}
    assert set(phone.keys(FactKind.REOPENED)) == {"1", "2"}


def test_a_complete_reason_leaves_further_digits_to_the_time():
    failed = phone.letter(approved().day, None, "f")
    assert failed is not None
    assert [phone.is_full(failed, typed) for typed in ("", "1", "0", "04")] == [False, True, False, True]


def test_times_are_typed_as_they_are_said():
    session = approved()
    day = session.day
    for text, seconds in (("1042", 10 * H + 42 * M), ("10:42", 10 * H + 42 * M), ("9.05", 9 * H + 5 * M)):
        assert phone.parse_time(text, day) == seconds
    assert phone.parse_time("942", day) == 9 * H + 42 * M
    assert phone.parse_time("-5", day, NOW) == NOW - 5 * M
    for text in ("2460", "2500", "x", "", "10", "1042:"):
        assert phone.parse_time(text, day) is None
    assert say(session, "A1", "D", "", "8:05").at == 8 * H + 5 * M


def test_a_time_to_come_or_none_at_all_is_told():
    session = approved()
    assert problem(session, "A1", "D", "", "1042") == "10:42 is still to come. Type when it happened."
    assert problem(session, "A1", "D", "", "8:14") == ""  # watches differ
    assert "is no time" in problem(session, "A1", "D", "", "2599")
    with pytest.raises(UserError, match="is no time"):
        say(session, "A1", "D", "", "2599")
    assert session.day.facts.entries == ()


def test_on_another_day_a_status_counts_for_when_it_was_due():
    """Ada starts at 8:00, drives 10 minutes to each of her stops and is 5 minutes there."""
    session = approved()

    def at(*typed: str) -> int:
        return phone.write(session, entry(session.day, *typed), Said("Kim", session.day.now, stands=True)).at

    assert at("AQ", "O") == 8 * H
    assert at("A1", "A") == 8 * H + 10 * M
    assert at("A1", "D") == 8 * H + 15 * M
    assert at("A3", "F", "1", "1100") == 11 * H
    assert at("A2", "D") == 8 * H + 30 * M  # though it has been eleven by the other one
    assert session.day.facts.entries[-1].recorded == 11 * H
    home = session.day.schedules[ADA].end
    assert home > 11 * H and at("AQ", "B") == home
    assert phone.read(entry(session.day, "AQ", "X"), session.day, None).missing == "time"
    assert phone.read(entry(session.day, "A1", "D", "", "-5"), session.day, None).missing == "time"


def test_what_no_plan_knows_of_did_not_happen_before_the_van_was_to_leave():
    session = approved()
    statuses.on_route(session, ADA, FactKind.BROKEN_DOWN, Said("Kim", 0, stands=True))
    assert session.day.facts.down[ADA].at == 8 * H


def test_partial_by_pieces_with_a_reason_if_there_is_one():
    session = approved()
    fact = say(session, "A1", "P", "2")
    assert (fact.kind, fact.value, fact.reason) == (FactKind.PARTIAL, 2, Reason.PARTIAL)
    assert say(session, "A1", "P", "3/5").reason is Reason.DAMAGED
    assert say(session, "A1", "P", "3/03").reason is Reason.MISSING_PIECE
    assert problem(session, "A1", "P", "4") == "A1 has 4 pieces: for all of it use D."
    assert problem(session, "A1", "P", "0") == "No piece at all is F, failed."


def test_partial_by_item_line():
    session = approved(items=(Item("", "chairs", 4), Item("", "table", 1)))
    fact = say(session, "A1", "P", "3,1/4")
    assert (fact.items, fact.value, fact.reason) == ((3, 1), 4, Reason.REFUSED)
    assert problem(session, "A1", "P", "1,1,1") == "A1 has 2 item lines: type a number for each."
    for typed in ("4,1", "0,0", "5,0"):
        assert problem(session, "A1", "P", typed) == "By line at most 4,1, and not all or none of it."


def test_collections_are_collected_by_c_or_d():
    session = approved(kind=OrderKind.COLLECTION)
    first = entry(session.day, "A1")
    assert [one.key for one in phone.letters(session.day, first.hit)] == list("ACPFSR")
    for key in "cD":
        found = phone.letter(session.day, first.hit, key)
        assert found is not None
        assert found.word == "Collected"
    assert say(session, "A1", "C").kind is FactKind.DELIVERED


def test_a_later_word_corrects_the_first_and_says_so():
    session = approved()
    assert phone.correction(session.day, entry(session.day, "A1")) is None
    say(session, "A1", "D")
    was = phone.correction(session.day, entry(session.day, "A1", "F", "1"))
    assert was is not None
    assert was.kind is FactKind.DELIVERED
    say(session, "A1", "F", "1", now=NOW + 60)
    assert [fact.kind for fact in session.day.facts.entries] == [FactKind.DELIVERED, FactKind.FAILED]
    assert session.day.facts.failed == {StopId(1)}


def test_only_what_has_ended_can_be_opened_again():
    session = approved()
    assert problem(session, "A1", "R", "1") == "A1 is still open: there is nothing to open again."
    say(session, "A1", "D")
    assert say(session, "A1", "R", "2").reason is Reason.WRONG_ENTRY
    assert phone.correction(session.day, entry(session.day, "A1")) is None


def test_of_several_orders_of_a_stop_all_or_one():
    small = factories.small_day()
    orders = [replace(o, stop=StopId(1)) if o.id in (1, 2) else o for o in small.orders.values()]
    without = {id: tuple(s for s in route.stops if s != 2) for id, route in small.plan.routes.items()}
    routes = {id: small.plan.route(id).with_stops(stops) for id, stops in without.items()}
    plan = replace(small.plan, routes=routes)
    day = open_day(small.depot, small.date, orders, small.shifts.values(), small.travel, plan)
    session = DaySession(day)
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    assert say(session, "A2", "F", "1").order == ALL_ORDERS
    fact = say(session, "A2", "D", whole=False)
    assert (fact.stop, fact.order) == (StopId(1), OrderId(2))
    assert session.day.facts.outcome(StopId(1), OrderId(1)).kind is FactKind.FAILED
    assert session.day.facts.outcome(StopId(1), OrderId(2)).kind is FactKind.DELIVERED
    # The label of a piece speaks of its own order.
    scanned = Entry(day.date, "P", lookup.scan(day, "P0000000201"), "F", "5")
    assert phone.order_of(day, scanned) == OrderId(2)


def test_a_route_goes_out_is_late_breaks_down_goes_again_and_comes_back():
    session = approved()
    assert [one.key for one in phone.letters(session.day, lookup.RouteHit(ADA))] == list("OBLX")
    say(session, "AQ", "O", now=8 * H)
    assert session.day.state is DayState.OUT
    # At stop 1 by 08:10 on paper: 20 minutes late is 08:30.
    say(session, "AQ", "L", "20", now=8 * H)
    assert session.day.schedules[ADA].visits[0].arrive == 8 * H + 30 * M
    assert problem(session, "AQ", "L", "0") == "Late by 1 to 600 minutes: 0 is not."
    say(session, "AQ", "X")
    assert ADA in session.day.facts.down
    assert phone.letters(session.day, lookup.RouteHit(ADA))[3].word == "Goes again"
    assert say(session, "AQ", "X").kind is FactKind.REPAIRED
    assert say(session, "#1", "B").kind is FactKind.BACK


def test_a_draft_and_a_stop_without_driver_are_refused_with_a_sentence():
    session = DaySession(factories.small_day())
    with pytest.raises(UserError, match="draft"):
        say(session, "A1", "D")
    with pytest.raises(UserError, match="has no driver"):
        say(approved(), "A6", "D")


def test_an_entry_has_a_label_for_its_button():
    day = approved().day
    assert entry(day, "A1", "F", "1").label == "A1 F1"
    assert entry(day, "A1").label == "A1"
    assert Entry(day.date).blank
    assert not entry(day, "A1").blank
