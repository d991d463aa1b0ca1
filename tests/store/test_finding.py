"""Orders of all days are found by any part of what a caller says, and by the identity that parcels carry."""

from __future__ import annotations

import datetime as dt

import pytest

from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store import finding
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from tests import factories
from tests.store.filling import WHO, small_store, statements

HOME = factories.DEPOT.id
NEXT = factories.DAY + dt.timedelta(days=1)


def _again(store: Store, number: int) -> OrderId:
    """Order `number` goes out again on the next day, with an id of its own."""
    id = OrderId(100 + number)
    order = factories.order(number, id=id, stop=StopId(id), day=NEXT, origin=OrderId(number), attempts=1)
    store.save_change(PlanChange("Again", orders=(Swap(None, order),)), HOME, NEXT, 0, WHO, new_command())
    return id


def test_the_newest_day_comes_first_and_all_days_have_one_identity(store: Store) -> None:
    small_store(store)
    again = _again(store, 3)
    found = store.find_orders(HOME, "customer 3")
    assert [(one.order, one.date, one.identity) for one in found] == [(again, NEXT, 3), (3, factories.DAY, 3)]
    assert store.find_identity(HOME, OrderId(3)) == found
    assert [one.order for one in store.find_identity(HOME, OrderId(4))] == [4]


def test_another_depots_orders_are_not_found(store: Store) -> None:
    small_store(store)
    assert store.find_orders(DepotId(2), "customer") == []
    assert store.find_identity(DepotId(2), OrderId(3)) == []


def test_a_common_word_finds_the_newest_entries(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    small_store(store)
    monkeypatch.setattr(finding, "_MOST", 2)
    assert [one.order for one in store.find_orders(HOME, "lindmoor")] == [5, 6]


def test_finding_is_one_statement(store: Store) -> None:
    small_store(store)
    with statements(store) as seen:
        store.find_orders(HOME, "lindmoor")
    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 1


def test_a_change_is_as_old_as_when_it_was_made(store: Store) -> None:
    """Not as when the database had time for it; the hour of the sample's day is not the hour of the computer."""
    made = dt.datetime(2026, 11, 23, 6, 42, tzinfo=dt.UTC)
    saver = StoreSaver(store, WHO, clock=lambda: made)
    session = DaySession(small_store(store), saver)
    session.apply(PlanChange("Edit", orders=(Swap(session.day.orders[OrderId(1)], factories.order(1, notes="x")),)))
    saver.flush()
    assert [(entry.what, entry.at) for entry in store.audit(1)] == [("Edit", made)]
