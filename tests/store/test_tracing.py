"""What is known of one order on all its days comes together, from either database."""

from __future__ import annotations

from dataclasses import replace

from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.plan import POOL, PlanChange, Swap
from dispatch_console.services import dispatch, orders
from dispatch_console.services.orders import Numbers
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from tests import factories
from tests.store.filling import WHO, small_store, statements

ONE, TWO = ShiftId(1), ShiftId(2)


def _session(store: Store) -> tuple[DaySession, StoreSaver]:
    saver = StoreSaver(store, WHO)
    return DaySession(small_store(store), saver), saver


def test_only_what_touched_it_comes(store: Store) -> None:
    session, saver = _session(store)
    dispatch.move(session, [StopId(2)], TWO, 0)
    dispatch.move(session, [StopId(6)], ONE, 0)
    dispatch.move(session, [StopId(2)], POOL, 0)
    saver.flush()
    trace = store.trace(OrderId(2))
    assert trace is not None
    (day,) = trace.days
    assert [entry.what for entry in day.audit] == ["Start", "Move A2 to Ben Rook", "Unassign A2"]
    assert (day.order, day.route.id, day.stops) == (session.day.orders[OrderId(2)], POOL, (2,))


def test_facts_of_its_visit_and_of_routes_but_not_of_other_orders(store: Store) -> None:
    day = small_store(store)
    told = [
        Fact(StopId(2), ONE, FactKind.ARRIVED, 30_000, recorded=30_000),
        Fact(StopId(2), ONE, FactKind.CASH_TAKEN, 30_000, order=OrderId(2), value=100, recorded=30_000),
        Fact(StopId(2), ONE, FactKind.CASH_TAKEN, 30_000, order=OrderId(9), value=100, recorded=30_000),
        Fact(StopId(1), ONE, FactKind.ARRIVED, 29_000, recorded=29_000),
        Fact(StopId(0), ONE, FactKind.OUT, 28_800, recorded=28_800),
    ]
    store.add_facts(day.depot.id, day.date, told, WHO, new_command())
    trace = store.trace(OrderId(2))
    assert trace is not None
    assert [(fact.kind, fact.stop, fact.order) for fact in trace.days[0].facts] == [
        (FactKind.ARRIVED, 2, 0),
        (FactKind.CASH_TAKEN, 2, 2),
        (FactKind.OUT, 0, 0),
    ]


def test_an_order_that_got_a_visit_of_its_own_keeps_what_was_before(store: Store) -> None:
    session, saver = _session(store)
    shared = replace(session.day.orders[OrderId(2)], id=OrderId(20), reference="A20")
    session.apply(PlanChange("Join A20", orders=(Swap(None, shared),)))
    dispatch.move(session, [StopId(2)], TWO, 0)
    numbers = Numbers(OrderId(21), StopId(21))
    orders.edit(session, replace(session.day.orders[OrderId(20)], name="Somebody else"), numbers)
    dispatch.move(session, [StopId(21)], ONE, 0)
    saver.flush()
    trace = store.trace(OrderId(20))
    assert trace is not None
    (day,) = trace.days
    assert day.stops == (2, 21)
    assert [entry.what for entry in day.audit][-3:] == [
        "Move A2 to Ben Rook",
        "Edit A20",
        "Move A20 to Ada Quill",
    ]


def test_a_long_past_costs_no_more_statements(store: Store) -> None:
    session, saver = _session(store)
    for to in (TWO, ONE, TWO, ONE, TWO):
        dispatch.move(session, [StopId(2)], to, 0)
    saver.flush()
    with statements(store) as seen:
        store.trace(OrderId(2))
    assert len(seen) <= 12


def test_a_number_that_is_only_part_of_another_is_none(store: Store) -> None:
    """Stop 2 is not touched by what moves stop 12: the database only narrows down."""
    session, saver = _session(store)
    twelve = factories.order(6, id=OrderId(12), stop=StopId(12), reference="A12")
    pool = session.day.plan.pool
    session.apply(
        PlanChange("New A12", (Swap(pool, pool.with_stops((*pool.stops, StopId(12)))),), (Swap(None, twelve),))
    )
    dispatch.move(session, [StopId(12)], TWO, 0)
    saver.flush()
    trace = store.trace(OrderId(2))
    assert trace is not None
    assert [entry.what for entry in trace.days[0].audit] == ["Start"]
