"""Carrying a day over into the next ones, on both databases: all or nothing, and back only while unused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from dispatch_console.domain.day import Approval, DayState
from dispatch_console.domain.errors import StaleChange
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.nextsteps import Usuals
from dispatch_console.domain.orders import NextKind, NextStep, OrderId, StopId, Window
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import carryover, days, slots, statuses
from dispatch_console.services.incidents import records
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from tests import factories
from tests.patience import PATIENCE_S
from tests.store.filling import WHO, small_store

HOME, DAY = factories.DEPOT.id, factories.DAY
TUESDAY, WEDNESDAY = dt.date(2026, 11, 24), dt.date(2026, 11, 25)
H, M = 3600, 60
HELD = NextStep(NextKind.HOLD, until=WEDNESDAY, note="ask for the address")


@pytest.fixture
def desk(store: Store) -> tuple[DaySession, StoreSaver, Store]:
    """The small day under way: 1 absent, 2 with a wrong address, 6 in the pool."""
    small_store(store)
    saver = StoreSaver(store, WHO)
    session = DaySession(days.open_day(store, HOME, DAY), saver)
    session.set_approval(Approval(DayState.APPROVED, "Kim", dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC)))
    for stop, reason in ((1, Reason.ABSENT), (2, Reason.WRONG_ADDRESS)):
        said = Said("Kim", 8 * H + stop * 15 * M)
        statuses.status(session, StopId(stop), FactKind.FAILED, said, reason=reason)
    return session, saver, store


Desk = tuple[DaySession, StoreSaver, Store]


def carry(desk: Desk) -> None:
    session, saver, store = desk
    saver.flush(PATIENCE_S)
    carryover.commit(session, carryover.prepare(store, carryover.going(session.day)))
    saver.flush(PATIENCE_S)


def test_tomorrow_has_them_in_its_pool_and_today_knows_as_what(desk: Desk) -> None:
    session, _, store = desk
    carry(desk)
    tomorrow = days.open_day(store, HOME, TUESDAY)
    assert [(o.reference, o.identity, o.attempts) for o in tomorrow.orders.values()] == [("A1", 1, 1), ("A6", 6, 0)]
    assert set(tomorrow.plan.pool.stops) == set(tomorrow.stops)
    assert dict(days.open_day(store, HOME, DAY).orders) == dict(session.day.orders)
    assert carryover.came_over(store, HOME, TUESDAY) == "2 orders came over from Mon 23 Nov"
    assert carryover.came_over(store, HOME, WEDNESDAY) == ""


def test_undo_and_redo_reach_tomorrow(desk: Desk) -> None:
    session, saver, store = desk
    carry(desk)
    session.undo()
    saver.flush(PATIENCE_S)
    assert store.load_day(HOME, TUESDAY).orders == ()
    session.redo()
    saver.flush(PATIENCE_S)
    assert len(store.load_day(HOME, TUESDAY).orders) == 2


def test_undo_is_refused_once_tomorrow_has_planned_them_and_nothing_is_written(desk: Desk) -> None:
    session, saver, store = desk
    carry(desk)
    tomorrow = store.load_day(HOME, TUESDAY)
    route = Route(ShiftId(31), (tomorrow.orders[0].stop,))
    pool = Route(POOL, (tomorrow.orders[1].stop,))
    driver = Swap(None, factories.shift(1, "Ada Quill", id=ShiftId(31)))
    plan = PlanChange("Plan", (Swap(None, route), Swap(None, pool)), shifts=(driver,))
    store.save_change(plan, HOME, TUESDAY, tomorrow.revision, WHO, new_command())
    session.undo()
    with pytest.raises(StaleChange, match="A1 on Tue 24 Nov is planned already"):
        saver.flush(PATIENCE_S)
    assert len(store.load_day(HOME, TUESDAY).orders) == 2
    assert store.load_day(HOME, DAY).orders[0].next is not None


def test_undo_is_refused_once_one_of_them_was_changed_there(desk: Desk) -> None:
    session, saver, store = desk
    carry(desk)
    tomorrow = store.load_day(HOME, TUESDAY)
    one = tomorrow.orders[0]
    edit = PlanChange("Edit", orders=(Swap(one, replace(one, windows=(Window(8 * H, 9 * H),))),))
    store.save_change(edit, HOME, TUESDAY, tomorrow.revision, WHO, new_command())
    session.undo()
    with pytest.raises(StaleChange, match="changed in the meantime"):
        saver.flush(PATIENCE_S)


def test_who_plans_tomorrow_meanwhile_loses_nothing(desk: Desk) -> None:
    _, _, store = desk
    seen = store.load_day(HOME, TUESDAY).revision
    carry(desk)
    late = factories.order(9, id=OrderId(39), stop=StopId(39))
    pool = Swap(None, Route(POOL, (late.stop,)))
    store.save_change(PlanChange("Add", (pool,), (Swap(None, late),)), HOME, TUESDAY, seen, WHO, new_command())
    tomorrow = store.load_day(HOME, TUESDAY)
    assert [order.reference for order in tomorrow.orders] == ["A1", "A6", "A9"]


def test_a_held_order_comes_due_and_goes_in(desk: Desk) -> None:
    _, _, store = desk
    carry(desk)
    assert records.load(store, HOME, TUESDAY).around.held == ()
    held = records.load(store, HOME, WEDNESDAY).around.held
    assert [(h.day, h.order.reference) for h in held] == [(DAY, "A2")]
    saver = StoreSaver(store, WHO)
    session = DaySession(days.open_day(store, HOME, WEDNESDAY), saver)
    released = carryover.release(store, HOME, held[0].day, held[0].order, WEDNESDAY)
    carryover.take_in(session, released)
    saver.flush(PATIENCE_S)
    there = store.load_day(HOME, WEDNESDAY).orders
    assert [(o.reference, o.identity, o.attempts) for o in there] == [("A2", 2, 1)]
    assert store.held_due(HOME, WEDNESDAY) == []
    session.undo()
    saver.flush(PATIENCE_S)
    assert [order.reference for _, order in store.held_due(HOME, WEDNESDAY)] == ["A2"]
    assert store.load_day(HOME, WEDNESDAY).orders == ()


def test_slots_are_true_insertion_costs_of_the_days_to_come(desk: Desk) -> None:
    session, _, store = desk
    order = session.day.orders[OrderId(1)]
    usual = Usuals(weekdays=frozenset(range(5)))
    assert slots.slots(store, session.day, order, 2, usual) == []  # nobody drives
    shift = factories.shift(1, "Ada Quill", id=ShiftId(31))
    near = factories.order(2, id=OrderId(32), stop=StopId(32))
    plan = (Swap(None, Route(ShiftId(31), (StopId(32),))),)
    change = PlanChange("Plan", plan, (Swap(None, near),), (Swap(None, shift),))
    store.save_change(change, HOME, TUESDAY, 0, WHO, new_command())
    line = factories.line_matrix()
    found = slots.slots(store, session.day, order, 2, usual, lambda places: line)
    # Place 1 lies on the way to place 2: no way is added, only the 5 min of service; there at 08:10.
    assert [(s.date, s.driver, s.added_s, s.added_m, s.arrive) for s in found] == [
        (TUESDAY, "Ada Quill", 300, 0, 8 * H + 10 * M)
    ]
    assert (found[0].window, found[0].broken) == (Window(7 * H, 9 * H), ())
    # Monday's page is still open on Tuesday at 08:22: a draft's van leaves at 08:25, and no day is offered twice.
    late = dt.datetime(2026, 11, 24, 8, 22, tzinfo=ZoneInfo(session.day.depot.timezone))
    found = slots.slots(store, session.day, order, 2, usual, lambda places: line, now=late)
    assert [(s.date, s.arrive) for s in found] == [(TUESDAY, 8 * H + 35 * M)]


def test_an_order_without_a_place_has_no_slots(desk: Desk) -> None:
    session, _, store = desk
    assert slots.slots(store, session.day, replace(session.day.orders[OrderId(1)], place=None)) == []
