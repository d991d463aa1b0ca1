"""What goes on after a day, and the one step that makes tomorrow of it. See `factories` for the small day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import DriverId, Item, NextKind, NextStep, Order, OrderId, StopId, Window
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.services import carryover, dispatch, reschedule, statuses
from dispatch_console.services.carryover import Going, Released
from dispatch_console.services.incidents import Kind, incidents
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.store.values import WideChange
from tests import factories
from tests.unit.test_incidents_running import running, tell

ADA = ShiftId(1)
H, M = 3600, 60
TUESDAY, WEDNESDAY = dt.date(2026, 11, 24), dt.date(2026, 11, 25)


class Numbers:
    """Gives out ids from 100 on."""

    def __init__(self) -> None:
        self.last = 99

    def new_ids(self, kind: str, n: int) -> Sequence[int]:
        first, self.last = self.last + 1, self.last + n
        return range(first, self.last + 1)


def evening(orders: dict[int, dict[str, object]] | None = None) -> DaySession:
    """1 delivered, 2 absent, 3 wrong address, 6 without a driver; 4 refused; 5 was not told of yet."""
    session = running(orders)
    dispatch.unassign(session, [StopId(6)])
    tell(session, 1, FactKind.DELIVERED, 8 * H + 15 * M)
    tell(session, 2, FactKind.FAILED, 8 * H + 30 * M, reason=Reason.ABSENT)
    tell(session, 3, FactKind.FAILED, 8 * H + 45 * M, reason=Reason.WRONG_ADDRESS)
    tell(session, 4, FactKind.FAILED, 8 * H + 45 * M, reason=Reason.REFUSED)
    return session


def carry(session: DaySession, goings: Sequence[Going] | None = None) -> dict[dt.date, int]:
    chosen = carryover.going(session.day) if goings is None else goings
    return dict(carryover.commit(session, carryover.prepare(Numbers(), chosen)))


def written(session: DaySession) -> dict[dt.date, list[Order]]:
    """What the newest step puts into other days."""
    change = session.history.done[-1]
    assert isinstance(change, WideChange)
    return {o.date: [swap.after for swap in o.orders if swap.after] for o in change.elsewhere}


def test_the_list_holds_everything_not_done() -> None:
    day = evening().day
    found = [(int(g.order), g.step.kind, g.why, g.decided) for g in carryover.going(day)]
    assert found == [
        (2, NextKind.AGAIN, "absent", False),
        (3, NextKind.HOLD, "wrong address", False),
        (4, NextKind.RETURN, "refused", False),
        (6, NextKind.AGAIN, "no driver", False),
    ]
    assert carryover.still_out(day) == (5,)
    assert [(name, len(some)) for name, some in carryover.groups(carryover.going(day))] == [
        ("Again on Tue 24 Nov", 2),
        ("Held in the depot", 1),
        ("Back to the sender", 1),
    ]


def test_what_was_decided_stays_as_decided() -> None:
    session = evening()
    step = NextStep(NextKind.AGAIN, WEDNESDAY, (Window(8 * H, 10 * H),))
    reschedule.decide(session, [OrderId(2)], step)
    assert carryover.going(session.day)[0] == Going(OrderId(2), step, "absent", True)


def test_one_step_makes_tomorrow() -> None:
    session = evening({2: {"windows": (Window(10 * H, 14 * H),), "notes": "Ring twice"}})
    assert carry(session) == {TUESDAY: 2}
    again, loose = written(session)[TUESDAY]
    assert (again.identity, again.id, again.reference, again.attempts) == (2, 100, "A2", 1)
    assert (again.day, again.windows, again.stop, again.next) == (TUESDAY, (Window(10 * H, 14 * H),), 102, None)
    assert (loose.identity, loose.reference, loose.attempts) == (6, "A6", 0)
    orders = session.day.orders
    assert orders[OrderId(2)].next == NextStep(NextKind.AGAIN, TUESDAY, (Window(10 * H, 14 * H),), carried=again.id)
    assert orders[OrderId(3)].next is not None
    assert orders[OrderId(4)].next is not None
    assert orders[OrderId(1)].next is None
    assert session.history.done[-1].label == "Carry over 2 orders"


def test_the_rules_go_along_but_what_was_out_is_ready_in_the_morning() -> None:
    rules = {
        "release_s": 7 * H, "late_per_min": 20, "parking_s": 60, "not_drivers": frozenset({DriverId(9)}),
        "goods": frozenset({"acid"}), "zone": "west", "known_by": frozenset({DriverId(8)}),
    }  # fmt: skip
    session = evening({2: rules, 6: rules})
    carry(session)
    again, loose = written(session)[TUESDAY]
    assert {name: getattr(loose, name) for name in rules} == rules
    assert {name: getattr(again, name) for name in rules} == rules | {"release_s": 0}


def test_undo_takes_all_of_it_back() -> None:
    session = evening()
    before = session.day.orders
    carry(session)
    session.undo()
    assert session.day.orders == before
    session.redo()
    assert reschedule.is_carried(session.day.orders[OrderId(2)])


def test_what_was_carried_over_is_not_carried_twice() -> None:
    session = evening()
    carry(session)
    with pytest.raises(UserError, match="nothing to carry over"):
        carry(session)
    tell(session, 5, FactKind.FAILED, 9 * H, reason=Reason.ABSENT)
    assert carry(session) == {TUESDAY: 1}
    with pytest.raises(UserError, match="carried over already"):
        reschedule.decide(session, [OrderId(2)], NextStep(NextKind.CANCEL))


def test_what_was_delivered_while_the_list_was_open_stays() -> None:
    session = evening()
    prepared = carryover.prepare(Numbers(), carryover.going(session.day))
    tell(session, 2, FactKind.DELIVERED, 9 * H)
    assert carryover.commit(session, prepared) == {TUESDAY: 1}
    assert session.day.orders[OrderId(2)].next is None


def test_a_day_that_is_over_is_refused_and_nothing_is_done() -> None:
    session = evening()
    bad = [g._replace(step=replace(g.step, day=factories.DAY)) for g in carryover.going(session.day)[:1]]
    with pytest.raises(UserError):
        carry(session, bad)
    assert session.day.orders[OrderId(2)].next is None


def test_of_a_partial_order_the_rest_goes_on() -> None:
    size, items = Size(10_000, 100, 4), (Item("a", "Box", 3), Item("b", "Bag", 1))
    session = running({1: {"size": size, "items": items, "cod": Money(5000, "CHF")}})
    statuses.status(
        session,
        StopId(1),
        FactKind.PARTIAL,
        Said("Kim", 8 * H + 15 * M),
        reason=Reason.MISSING_PIECE,
        order=OrderId(1),
        pieces=3,
        items=(2, 1),
    )
    cash = Fact(StopId(1), ADA, FactKind.CASH_TAKEN, 9 * H, order=OrderId(1), value=4000)
    session.record([cash], 9 * H)
    one = carryover.going(session.day)[0]
    assert (one.why, one.step.kind) == ("partial, piece missing", NextKind.HOLD)
    carry(session, [one._replace(step=NextStep(NextKind.AGAIN, TUESDAY))])
    rest = written(session)[TUESDAY][0]
    assert (rest.size, rest.items) == (Size(2500, 25, 1), (Item("a", "Box", 1),))
    assert (rest.cod, rest.attempts) == (Money(1000, "CHF"), 0)


def test_attempts_add_up_over_the_days() -> None:
    session = evening({2: {"attempts": 1, "origin": OrderId(77)}})
    goings = [g._replace(step=NextStep(NextKind.AGAIN, TUESDAY)) for g in carryover.going(session.day)[:1]]
    carry(session, goings)
    assert (written(session)[TUESDAY][0].attempts, written(session)[TUESDAY][0].identity) == (2, 77)


def test_a_customer_who_came_back_after_it_was_carried_over_is_an_incident() -> None:
    session = evening()
    carry(session)
    tell(session, 2, FactKind.REOPENED, 9 * H, reason=Reason.CAME_BACK)
    assert reschedule.is_carried(session.day.orders[OrderId(2)])
    tell(session, 2, FactKind.DELIVERED, 9 * H + 5 * M)
    found = [i for i in incidents(session.day) if i.kind is Kind.TWICE]
    assert [(i.what, i.who) for i in found] == [("Done, and on Tue 24 Nov again", "Customer 2")]


def test_nothing_is_open_once_all_is_told_and_carried_over() -> None:
    session = evening()
    assert reschedule.open_orders(session.day) == (2, 3, 4, 5, 6)
    tell(session, 5, FactKind.DELIVERED, 9 * H)
    carry(session)
    assert reschedule.open_orders(session.day) == ()


def test_a_held_order_goes_into_the_day_it_is_due() -> None:
    session = DaySession(factories.small_day())
    held = factories.order(3, id=OrderId(50), next=NextStep(NextKind.HOLD, until=factories.DAY))
    before = dt.date(2026, 11, 20)
    after = factories.order(3, id=OrderId(51), stop=StopId(51), origin=OrderId(50))
    carryover.take_in(session, Released(before, held, after))
    assert session.day.plan.pool.stops == (6, 51)
    there = written(session)[before][0]
    assert there.next == NextStep(NextKind.AGAIN, factories.DAY, carried=OrderId(51))
    session.undo()
    assert OrderId(51) not in session.day.orders
