"""A sheet comes back: outcomes, pieces, cash, the van, and what keeps a route from closing.

Ada (route 1) leaves at 08:00 and is due at her stops at 08:10, 08:25, 08:40, five minutes each, home at 09:15. Her
orders here: A1 of 4 pieces with 20.00 on delivery, A2 of 2 pieces, A3 a collection of 5. It is 10:00.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dispatch_console.domain.day import open_day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import ALL_ORDERS, Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import NextKind, NextStep, Order, OrderId, OrderKind, StopId
from dispatch_console.domain.plan import POOL, Plan, PlanChange, Swap
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.services import day as days
from dispatch_console.services import statuses
from dispatch_console.services.debrief import cash, closing, goods, outcomes, sheet, van
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards import breakdown, cancel
from dispatch_console.services.wizards import draft as drafts
from tests.factories import DAY, DEPOT, line_matrix, order, shift, small_day
from tests.wizard_days import IDS

H, M = 3600, 60
NOW = dt.datetime(2026, 11, 23, 6, 52, tzinfo=dt.UTC)
ADA, BEN = ShiftId(1), ShiftId(2)
A1, A2, A3, A4 = map(OrderId, (1, 2, 3, 4))
SAID = Said("Mara", 10 * H)
FAILED, PARTIAL, DELIVERED = FactKind.FAILED, FactKind.PARTIAL, FactKind.DELIVERED


def _orders() -> list[Order]:
    return [
        order(1, size=Size(10_000, 100, 4), cod=Money(2000, "CHF")),
        order(2, size=Size(10_000, 100, 2)),
        order(3, size=Size(10_000, 100, 5), kind=OrderKind.COLLECTION),
        *(order(k) for k in (4, 5, 6)),
    ]


@pytest.fixture
def session() -> DaySession:
    shifts = [shift(1, "Ada Quill"), shift(2, "Ben Rook")]
    day = open_day(DEPOT, DAY, _orders(), shifts, line_matrix(), small_day().plan)
    session = DaySession(day)
    days.approve(session, "Mara", NOW)
    return session


def _decide(session: DaySession, id: OrderId) -> None:
    before = session.day.orders[id]
    step = NextStep(NextKind.AGAIN, DAY + dt.timedelta(days=1))
    session.apply(PlanChange("Again", orders=(Swap(before, replace(before, next=step)),)))


def _arrivals(session: DaySession) -> list[int]:
    return [row.arrive // M for row in sheet.rows(session.day, ADA)]


# --- rows ---


def test_rows_show_the_plan_until_something_is_told(session: DaySession) -> None:
    rows = sheet.rows(session.day, ADA)
    assert [(r.number, r.order.reference, r.pieces, r.planned, r.arrive, r.told) for r in rows] == [
        ("1", "A1", 4, 8 * H + 10 * M, 8 * H + 10 * M, False),
        ("2", "A2", 2, 8 * H + 25 * M, 8 * H + 25 * M, False),
        ("3", "A3", 5, 8 * H + 40 * M, 8 * H + 40 * M, False),
    ]
    assert all(row.fact is None and row.due is None for row in rows)


def test_the_clock_does_not_push_what_nobody_told(session: DaySession) -> None:
    statuses.status(session, StopId(1), DELIVERED, Said("Mara", 8 * H + 20 * M))
    session.tick(14 * H)
    # A1 ended at 08:20 (there from 08:15 on), so A2 at 08:30 and A3 at 08:45, although it is 14:00 and she tells of
    # every stop.
    assert _arrivals(session) == [495, 510, 525]


def test_a_stop_that_came_later_has_no_planned_time(session: DaySession) -> None:
    new = order(7, place=_orders()[0].place, size=Size(1_000, 10, 1))
    route = session.day.plan.route(ADA)
    grown = route.with_stops((*route.stops, StopId(7)))
    session.apply(PlanChange("New", (Swap(route, grown),), (Swap(None, new),)))
    assert [row.planned for row in sheet.rows(session.day, ADA)][-1] is None


# --- all others delivered ---


def test_all_others_delivered_in_one_go(session: DaySession) -> None:
    outcomes.tell(session, ADA, A2, FAILED, SAID, reason=Reason.ABSENT)
    calls: list[int] = []
    session.listen(lambda *_: calls.append(1))
    assert outcomes.deliver_others(session, ADA, SAID) == 2
    assert len(calls) == 1
    rows = sheet.rows(session.day, ADA)
    assert [(row.kind, row.arrive // M, row.depart // M) for row in rows] == [
        (DELIVERED, 490, 495),
        (FAILED, 505, 510),
        (DELIVERED, 520, 525),
    ]
    assert {fact.who for fact in session.day.facts.entries} == {"Mara"}
    with pytest.raises(UserError, match="already"):
        outcomes.deliver_others(session, ADA, SAID)


def test_what_was_phoned_in_stays(session: DaySession) -> None:
    statuses.status(session, StopId(1), FactKind.ARRIVED, Said("Mara", 8 * H + 20 * M))
    statuses.status(session, StopId(1), DELIVERED, Said("Mara", 8 * H + 28 * M))
    outcomes.deliver_others(session, ADA, SAID)
    # Arrived 08:20, gone 08:28; ten minutes to each of the next, five there: 08:38–43, 08:53–58.
    assert [(row.arrive // M, row.depart // M) for row in sheet.rows(session.day, ADA)] == [
        (500, 508),
        (518, 523),
        (533, 538),
    ]


def test_nothing_ends_after_the_van_was_back(session: DaySession) -> None:
    statuses.on_route(session, ADA, FactKind.BACK, SAID, at=8 * H + 42 * M)
    outcomes.deliver_others(session, ADA, SAID)
    assert [(row.arrive // M, row.depart // M) for row in sheet.rows(session.day, ADA)][-1] == (520, 522)


def test_two_orders_of_a_stop_end_each_in_its_way() -> None:
    both = [order(1, size=Size(0, 0, 2)), order(2, stop=StopId(1), place=order(1).place, size=Size(0, 0, 3))]
    session = DaySession(open_day(DEPOT, DAY, both, [shift(1, "Ada Quill")], line_matrix()))
    pool, route = session.day.plan.pool, session.day.plan.route(ADA)
    swaps = (Swap(pool, pool.with_stops(())), Swap(route, route.with_stops((StopId(1),))))
    session.apply(PlanChange("Plan", swaps))
    days.approve(session, "Mara", NOW)
    outcomes.tell(session, ADA, A2, FAILED, SAID, reason=Reason.REFUSED)
    assert [row.kind for row in sheet.rows(session.day, ADA)] == [None, FAILED]
    outcomes.deliver_others(session, ADA, SAID)
    rows = sheet.rows(session.day, ADA)
    assert [(row.number, row.lead, row.kind) for row in rows] == [("1", True, DELIVERED), ("1", False, FAILED)]
    assert [(one.row.order.id, one.expected) for one in goods.returns(session.day, ADA)] == [(A2, 3)]


def test_pieces_told_of_a_whole_stop_count_for_its_orders_in_turn() -> None:
    both = (order(1, size=Size(0, 0, 2)), order(2, stop=StopId(1), size=Size(0, 0, 3)))
    day = open_day(DEPOT, DAY, both, [shift(1)], line_matrix())
    fact = Fact(StopId(1), ADA, PARTIAL, 0, order=ALL_ORDERS, value=3)
    stop = day.stops[StopId(1)]
    assert [sheet.done_pieces(stop, one, fact) for one in both] == [2, 1]


# --- corrections ---


def test_a_correction_is_a_later_fact(session: DaySession) -> None:
    outcomes.tell(session, ADA, A2, FAILED, SAID, reason=Reason.ABSENT)
    _decide(session, A2)
    outcomes.tell(session, ADA, A2, DELIVERED, SAID)
    kinds = [fact.kind for fact in session.day.facts.entries]
    assert kinds == [FactKind.ARRIVED, FAILED, DELIVERED]
    row = sheet.row_of(session.day, ADA, A2)
    assert (row.kind, row.arrive // M, row.next) == (DELIVERED, 505, None)
    assert session.day.facts.attempts == {}


def test_the_same_word_twice_is_one_fact(session: DaySession) -> None:
    for _ in range(2):
        outcomes.tell(session, ADA, A2, FAILED, SAID, reason=Reason.ABSENT)
    assert [fact.kind for fact in session.day.facts.entries] == [FactKind.ARRIVED, FAILED]


def test_a_typed_time_moves_arrival_and_end(session: DaySession) -> None:
    outcomes.deliver_others(session, ADA, SAID)
    outcomes.tell_time(session, ADA, A2, 8 * H + 33 * M, SAID)
    row = sheet.row_of(session.day, ADA, A2)
    assert (row.arrive // M, row.depart // M) == (513, 518)
    outcomes.tell_time(session, ADA, A2, 8 * H + 20 * M, SAID)  # and back again
    row = sheet.row_of(session.day, ADA, A2)
    assert (row.arrive // M, row.depart // M, row.kind) == (500, 505, DELIVERED)


@pytest.mark.parametrize(("id", "pieces", "said"), [(A1, 4, "1 to 3"), (A1, 0, "1 to 3"), (A2, 9, "is 1 of them")])
def test_partial_is_neither_all_nor_nothing(session: DaySession, id: OrderId, pieces: int, said: str) -> None:
    with pytest.raises(UserError, match=said):
        outcomes.tell(session, ADA, id, PARTIAL, SAID, pieces=pieces)


def test_an_order_of_another_sheet_is_refused(session: DaySession) -> None:
    with pytest.raises(UserError, match="not on this sheet"):
        outcomes.tell(session, ADA, A4, FAILED, SAID)


def test_a_draft_has_no_sheets() -> None:
    with pytest.raises(UserError, match="draft"):
        outcomes.deliver_others(DaySession(small_day()), ADA, SAID)


# --- pieces ---


def test_what_must_come_back(session: DaySession) -> None:
    outcomes.tell(session, ADA, A1, PARTIAL, SAID, reason=Reason.REFUSED, pieces=3)
    outcomes.tell(session, ADA, A2, FAILED, SAID, reason=Reason.ABSENT)
    outcomes.deliver_others(session, ADA, SAID)
    # 4 − 3 of A1, both of A2, the 5 that were collected at A3.
    assert [(one.row.order.id, one.expected, one.missing) for one in goods.returns(session.day, ADA)] == [
        (A1, 1, 1),
        (A2, 2, 2),
        (A3, 5, 5),
    ]


def _out(session: DaySession) -> None:
    for route in (ADA, BEN):
        statuses.on_route(session, route, FactKind.OUT, Said("Mara", 8 * H))
    session.tick(8 * H + 12 * M)


def test_goods_of_an_order_cancelled_on_the_way_come_back_with_its_van(session: DaySession) -> None:
    _out(session)
    drafts.accept(session, cancel.plan(session.day, A2, IDS))
    assert session.day.plan.where[StopId(2)] == POOL
    assert [(r.row.order.id, r.row.number, r.expected) for r in goods.returns(session.day, ADA)] == [(A2, "2", 2)]
    assert goods.returns(session.day, BEN) == ()
    outcomes.deliver_others(session, ADA, SAID)
    assert closing.why_not_close(session.day, ADA)[0] == "scan 7 more pieces of A3 and A2"
    assert goods.scan(session, ADA, A2, 1, SAID) == "A2: 1 of 2 back."
    with pytest.raises(UserError, match="This piece is of A2, which is on Ada Quill's sheet"):
        goods.scan(session, BEN, A2, 2, SAID)
    goods.tick(session, ADA, [A2], SAID)
    assert closing.why_not_close(session.day, ADA)[0] == "scan 5 more pieces of A3"


def test_an_order_cancelled_before_the_start_is_in_the_depot(session: DaySession) -> None:
    drafts.accept(session, cancel.plan(session.day, A2, IDS))
    assert goods.returns(session.day, ADA) == ()


def test_one_of_two_orders_of_a_stop_is_cancelled_on_the_way() -> None:
    orders = [order(k, size=Size(10_000, 100, 2)) for k in range(1, 7)]
    orders[1] = replace(orders[1], stop=StopId(1))
    plan = small_day().plan
    routes = [plan.pool, plan.route(ADA).with_stops((StopId(1), StopId(3))), plan.route(BEN)]
    shifts = [shift(1, "Ada Quill"), shift(2, "Ben Rook")]
    session = DaySession(
        open_day(DEPOT, DAY, orders, shifts, line_matrix(), Plan({route.id: route for route in routes}))
    )
    days.approve(session, "Mara", NOW)
    _out(session)
    drafts.accept(session, cancel.plan(session.day, A2, IDS))
    assert [(r.row.order.id, r.expected) for r in goods.returns(session.day, ADA)] == [(A2, 2)]


def test_what_stays_on_a_broken_van_comes_back_and_is_not_delivered_with_all_others(session: DaySession) -> None:
    _out(session)
    outcomes.tell(session, ADA, A1, DELIVERED, Said("Mara", 8 * H + 15 * M))
    statuses.on_route(session, ADA, FactKind.BROKEN_DOWN, Said("Mara", 8 * H + 16 * M))
    case = breakdown.case(session.day, ADA)
    drafts.accept(session, breakdown.plan(session.day, case, [], IDS))
    assert [(r.row.order.id, r.expected) for r in goods.returns(session.day, ADA)] == [(A2, 2)]
    outcomes.deliver_others(session, ADA, SAID)
    kinds = {row.order.id: row.kind for row in sheet.rows(session.day, ADA)}
    assert (kinds[A2], kinds[A3]) == (FactKind.SKIPPED, FactKind.SKIPPED)
    assert goods.returns(session.day, ADA)[0].expected == 2


def test_a_missing_piece_cannot_come_back(session: DaySession) -> None:
    outcomes.tell(session, ADA, A1, PARTIAL, SAID, reason=Reason.MISSING_PIECE, pieces=3)
    outcomes.tell(session, ADA, A2, FAILED, SAID, reason=Reason.MISSING_PIECE)
    outcomes.tell(session, ADA, A3, FAILED, SAID, reason=Reason.CLOSED)
    # One of A1 is missing, one of the two of A2, and nothing was collected.
    assert [(one.row.order.id, one.expected) for one in goods.returns(session.day, ADA)] == [(A2, 1)]


def test_each_piece_is_scanned_once(session: DaySession) -> None:
    outcomes.tell(session, ADA, A2, FAILED, SAID, reason=Reason.ABSENT)
    assert goods.scan(session, ADA, A2, 2, SAID) == "A2: 1 of 2 back."
    with pytest.raises(UserError, match="Piece 2 of A2 is back already"):
        goods.scan(session, ADA, A2, 2, SAID)
    assert goods.scan(session, ADA, A2, 1, SAID) == "A2: 2 of 2 back."
    assert goods.returns(session.day, ADA)[0].missing == 0


@pytest.mark.parametrize(
    ("identity", "piece", "said"),
    [
        (A4, 1, "of A4, which is on Ben Rook's sheet"),
        (OrderId(6), 1, "on no route"),
        (OrderId(99), 1, "no order of this day"),
        (A1, 1, "A1 was delivered, but here is a piece of it"),
        (A2, 3, "A2 has 2 pieces, this label says 3"),
        (A3, 1, "No more pieces of A3"),
    ],
)
def test_a_foreign_piece_gets_a_sentence(session: DaySession, identity: OrderId, piece: int, said: str) -> None:
    outcomes.tell(session, ADA, A3, FAILED, SAID, reason=Reason.CLOSED)
    outcomes.deliver_others(session, ADA, SAID)
    before = session.day.facts
    with pytest.raises(UserError, match=said):
        goods.scan(session, ADA, identity, piece, SAID)
    assert session.day.facts is before


def test_the_figures_add_up_when_an_outcome_is_corrected_after_its_pieces_came_back(session: DaySession) -> None:
    outcomes.tell(session, ADA, A1, PARTIAL, SAID, reason=Reason.REFUSED, pieces=2)
    outcomes.deliver_others(session, ADA, SAID)
    for piece in (3, 4):
        goods.scan(session, ADA, A1, piece, SAID)
    with pytest.raises(
        UserError, match=r"No more pieces of A1 can come back\. Correct the outcome of stop 1 first"
    ):
        goods.scan(session, ADA, A1, 2, SAID)  # one too many
    goods.tick(session, ADA, (A3,), SAID)
    cash.count(session, ADA, 2000, SAID)
    _decide(session, A1)
    assert closing.why_not_close(session.day, ADA) == []
    outcomes.tell(session, ADA, A1, PARTIAL, SAID, reason=Reason.REFUSED, pieces=3)
    (one, _) = goods.returns(session.day, ADA)
    assert (one.expected, one.missing, one.excess, one.wanted) == (1, 0, 1, 1)
    said = "look at stop 1: a piece of A1 came back that was handed over; correct the outcome, or B"
    assert closing.why_not_close(session.day, ADA) == [said]
    goods.tick(session, ADA, (A1,), SAID)  # B: none of it is here after all
    goods.scan(session, ADA, A1, 4, SAID)
    assert closing.why_not_close(session.day, ADA) == []


def test_a_missing_piece_that_turns_up_is_welcome(session: DaySession) -> None:
    outcomes.tell(session, ADA, A1, PARTIAL, SAID, reason=Reason.MISSING_PIECE, pieces=3)
    assert goods.scan(session, ADA, A1, 4, SAID) == "A1: 1 of 1 back, the one that was missing."
    (one,) = goods.returns(session.day, ADA)
    assert (one.expected, one.excess, one.wanted) == (0, 0, 1)


def test_a_piece_of_a_stop_nobody_told_of_waits(session: DaySession) -> None:
    with pytest.raises(UserError, match="Nobody told how A2 ended"):
        goods.scan(session, ADA, A2, 1, SAID)


def test_ticked_by_eye_and_taken_back(session: DaySession) -> None:
    outcomes.tell(session, ADA, A2, FAILED, SAID, reason=Reason.ABSENT)
    outcomes.deliver_others(session, ADA, SAID)
    goods.scan(session, ADA, A2, 2, SAID)
    goods.tick(session, ADA, (A2, A3), SAID)
    assert [sorted(one.here) for one in goods.returns(session.day, ADA)] == [[1, 2], [1, 2, 3, 4, 5]]
    goods.tick(session, ADA, (A2,), SAID)
    assert [sorted(one.here) for one in goods.returns(session.day, ADA)] == [[], [1, 2, 3, 4, 5]]
    assert len([f for f in session.day.facts.entries if f.kind is FactKind.PIECE_BACK]) == 9  # 1 + 1 + 5 + 2


# --- cash ---


def test_cash_is_due_where_something_was_handed_over(session: DaySession) -> None:
    assert cash.purses(session.day, ADA) == ()
    outcomes.tell(session, ADA, A1, FAILED, SAID, reason=Reason.CASH)
    assert cash.purses(session.day, ADA) == ()
    outcomes.tell(session, ADA, A1, DELIVERED, SAID)
    assert cash.purses(session.day, ADA) == (cash.Purse("CHF", 2000, 1),)


def test_a_difference_wants_an_explanation(session: DaySession) -> None:
    outcomes.deliver_others(session, ADA, SAID)
    cash.count(session, ADA, 1500, SAID)
    (purse,) = cash.purses(session.day, ADA)
    assert (purse.difference, purse.explained) == (-500, False)
    cash.count(session, ADA, 1500, SAID, note="Wrong change,\n driver signs")
    (purse,) = cash.purses(session.day, ADA)
    assert (purse.explained, purse.note) == (True, "Wrong change, driver signs")


def test_what_the_customer_paid_explains_it_too(session: DaySession) -> None:
    outcomes.deliver_others(session, ADA, SAID)
    cash.take(session, ADA, A1, 1800, SAID)
    cash.count(session, ADA, 1800, SAID)
    (purse,) = cash.purses(session.day, ADA)
    assert (purse.difference, purse.agreed, purse.explained) == (-200, -200, True)
    with pytest.raises(UserError, match="no cash on delivery"):
        cash.take(session, ADA, A2, 100, SAID)


def test_each_currency_has_its_purse(session: DaySession) -> None:
    before = session.day.orders[A2]
    session.apply(PlanChange("€", orders=(Swap(before, replace(before, cod=Money(995, "EUR"))),)))
    outcomes.deliver_others(session, ADA, SAID)
    cash.count(session, ADA, 995, SAID, currency="EUR")
    cash.count(session, ADA, 2000, SAID)
    assert [(p.currency, p.due, p.counted) for p in cash.purses(session.day, ADA)] == [
        ("CHF", 2000, 2000),
        ("EUR", 995, 995),
    ]


# --- the van ---


def test_the_van_against_its_plan(session: DaySession) -> None:
    van.read_odometer(session, ADA, FactKind.ODOMETER_OUT, 48_212, SAID)
    van.read_odometer(session, ADA, FactKind.ODOMETER_IN, 48_277, SAID)
    van.fuel(session, ADA, 3140, SAID)
    van.came_back(session, ADA, 9 * H + 20 * M, SAID)
    found = van.van(session.day, ADA)
    assert found.driven_km == 65
    # 10 km to the first stop, 10 and 10 to the next two, 30 home.
    assert (found.planned_m, found.planned_end, found.back) == (60_000, 9 * H + 15 * M, 9 * H + 20 * M)
    assert (found.fuel, found.nil_defects) == (3140, None)


def test_defects_and_none(session: DaySession) -> None:
    van.check(session, ADA, "left mirror\n cracked", SAID)
    assert van.van(session.day, ADA)[4:6] == ("left mirror cracked", False)
    van.check(session, ADA, "", SAID)
    assert van.van(session.day, ADA)[4:6] == ("", True)


def test_readings_that_cannot_be(session: DaySession) -> None:
    van.read_odometer(session, ADA, FactKind.ODOMETER_OUT, 48_212, SAID)
    outcomes.deliver_others(session, ADA, SAID)
    with pytest.raises(UserError, match="Read the odometer again"):
        van.read_odometer(session, ADA, FactKind.ODOMETER_IN, 48_211, SAID)
    with pytest.raises(UserError, match="Read the odometer again"):
        van.read_odometer(session, ADA, FactKind.ODOMETER_IN, 482_770, SAID)
    with pytest.raises(UserError, match="litres"):
        van.fuel(session, ADA, 60_000, SAID)
    with pytest.raises(UserError, match="before its last stop"):
        van.came_back(session, ADA, 8 * H, SAID)
    with pytest.raises(UserError, match="still to come"):
        van.came_back(session, ADA, 11 * H, SAID)
    with pytest.raises(UserError, match="less than nothing"):
        cash.count(session, ADA, -1, SAID)


# --- closing ---


def test_what_keeps_a_route_from_closing(session: DaySession) -> None:
    assert closing.why_not_close(session.day, ADA) == ["say how stops 1, 2 and 3 ended, or F9: delivered"]
    outcomes.tell(session, ADA, A2, FAILED, SAID, reason=Reason.ABSENT)
    outcomes.deliver_others(session, ADA, SAID)
    assert closing.why_not_close(session.day, ADA) == [
        "scan 7 more pieces of A2 and A3",
        "count the cash: 20.00 CHF",
        "decide what becomes of A2",
    ]
    goods.tick(session, ADA, (A3,), SAID)
    goods.scan(session, ADA, A2, 1, SAID)
    cash.count(session, ADA, 1995, SAID)
    _decide(session, A2)
    assert closing.why_not_close(session.day, ADA) == [
        "scan 1 more piece of A2",
        "explain the difference of −0.05 CHF",
    ]
    with pytest.raises(UserError, match=r"^Scan 1 more piece of A2\.$"):
        closing.close(session, ADA, SAID)
    goods.scan(session, ADA, A2, 2, SAID)
    cash.count(session, ADA, 1995, SAID, note="Wrong change")
    assert closing.why_not_close(session.day, ADA) == []


def test_closing_says_back_debriefed_closed(session: DaySession) -> None:
    outcomes.deliver_others(session, ADA, SAID)
    goods.tick(session, ADA, (A3,), SAID)
    cash.count(session, ADA, 2000, SAID)
    closing.close(session, ADA, SAID)
    told = [(fact.kind, fact.at) for fact in session.day.facts.entries[-3:]]
    assert told == [(FactKind.BACK, 9 * H + 15 * M), (FactKind.DEBRIEFED, 10 * H), (FactKind.CLOSED, 10 * H)]
    with pytest.raises(UserError, match="Ada Quill's route is closed"):
        outcomes.tell(session, ADA, A2, FAILED, SAID)
    assert closing.why_not_close(session.day, ADA)[0].startswith("Ada Quill's route is closed")


def test_a_closed_route_opens_again_with_its_hour_of_return(session: DaySession) -> None:
    with pytest.raises(UserError, match="not closed"):
        closing.reopen(session, ADA, SAID)
    van.came_back(session, ADA, 9 * H + 20 * M, SAID)
    outcomes.deliver_others(session, ADA, SAID)
    goods.tick(session, ADA, (A3,), SAID)
    cash.count(session, ADA, 2000, SAID)
    closing.close(session, ADA, SAID)
    closing.reopen(session, ADA, Said("Mara", 11 * H))
    assert session.day.facts.state(ADA) is FactKind.BACK
    assert van.van(session.day, ADA).back == 9 * H + 20 * M
    outcomes.tell(session, ADA, A2, FAILED, SAID, reason=Reason.ABSENT)
    assert closing.why_not_close(session.day, ADA) == ["scan 2 more pieces of A2", "decide what becomes of A2"]


def test_the_next_sheet_that_waits(session: DaySession) -> None:
    assert sheet.next_waiting(session.day, ADA) is None
    statuses.on_route(session, BEN, FactKind.BACK, SAID)
    assert sheet.next_waiting(session.day, ADA) == BEN
    assert sheet.next_waiting(session.day, BEN) is None


def test_facts_are_not_undone(session: DaySession) -> None:
    outcomes.tell(session, ADA, A2, FAILED, SAID, reason=Reason.ABSENT)
    assert session.history.done == []
