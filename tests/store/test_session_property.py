"""Whatever is changed, undone and redone: what the store gives back is what was on the screen."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch_console.domain.orders import OrderId
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from tests.store.filling import WHO, assert_same, reopened, whole
from tests.store.script import StoredScript, fresh


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_store_gives_back_what_was_on_the_screen(data: st.DataObject, store: Store) -> None:
    script = StoredScript(data, store)
    fleet = store.load_fleet(script.day.depot.id)
    for _ in range(data.draw(st.integers(1, 25))):
        script.step()
    script.saver.flush()
    day = script.day
    assert_same(reopened(store.load_day(day.depot.id, day.date), day), day)
    as_made, told = store.load_fleet(day.depot.id), day.facts.entries
    steps = script.back_to_the_start()
    script.saver.flush()
    day = script.day
    assert_same(reopened(store.load_day(day.depot.id, day.date), day), day)
    assert sorted(stop for route in day.plan.routes.values() for stop in route.stops) == sorted(day.stops)
    assert day.facts.entries == told, "nothing that happened is undone"
    if not told:
        assert sorted(day.plan.pool.stops) == sorted(day.stops)
    assert store.load_fleet(day.depot.id) == fleet
    script.forward(steps)
    script.saver.flush()
    assert store.load_fleet(day.depot.id) == as_made


def test_an_order_that_comes_back_stands_where_it_stood_in_its_visit(store: Store) -> None:
    day = fresh(store)
    first = next(iter(day.orders.values()))
    other = replace(first, id=OrderId(store.new_ids("test", 1)[0]), name="Second")
    day = day.apply(PlanChange("Join", orders=(Swap(None, other),)))
    leave = PlanChange("Leave", orders=(Swap(first, None),))
    assert day.apply(leave).stops[first.stop].order == other
    assert day.apply(leave).apply(leave.inverse()).stops == day.stops


def test_a_whole_day_can_be_taken_back(store: Store) -> None:
    day = fresh(store)
    store.save_change(whole(day).inverse(), day.depot.id, day.date, 1, WHO, new_command())
    record = store.load_day(day.depot.id, day.date)
    assert (record.orders, record.shifts, record.revision) == ((), (), 2)
    assert dict(record.plan.routes) == {}
