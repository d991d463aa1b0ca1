"""The small day (see `factories`) as a store has it, and things to count and compare."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fleet import Depot
from dispatch_console.domain.plan import POOL, Plan, PlanChange, Swap
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from dispatch_console.store.values import DayRecord
from tests import factories

WHO = "Test"


def small_store(store: Store, depot: Depot = factories.DEPOT, at: dt.datetime | None = None) -> Day:
    """Save the small day whole into `store`; it then has revision 1, and ids begin above 10. `at`: when."""
    day = factories.small_day()
    day = dataclasses.replace(day, depot=depot)
    save_fleet_of(store, day)
    for kind in ("order", "stop", "shift", "driver", "vehicle", "depot"):
        store.new_ids(kind, 10)
    store.save_change(whole(day), day.depot.id, day.date, 0, WHO, new_command(), at)
    return dataclasses.replace(day, revision=1)


def save_fleet_of(store: Store, day: Day) -> None:
    """The depot, and the drivers and vehicles of the day's shifts."""
    store.save_depot(Swap(None, day.depot), WHO, new_command())
    parts = [part for shift in day.shifts.values() for part in (shift.driver, shift.vehicle)]
    store.save_fleet(day.depot.id, [Swap(None, part) for part in parts], "Fleet", WHO, new_command())


def whole(day: Day) -> PlanChange:
    """The change that makes `day` out of nothing."""
    return PlanChange(
        "Start",
        tuple(Swap(None, route) for route in day.plan.routes.values()),
        tuple(Swap(None, order) for order in day.orders.values()),
        tuple(Swap(None, shift) for shift in day.shifts.values()),
    )


def reopened(record: DayRecord, like: Day) -> Day:
    """The day that a record gives, with the travel times of another."""
    return open_day(
        record.depot,
        record.date,
        record.orders,
        record.shifts,
        like.travel,
        record.plan,
        facts=record.facts,
        now=like.now,
        revision=record.revision,
        approval=record.approval,
        baseline=record.baseline,
        apart=record.policy.apart,
        weights=record.policy.weights,
        road_changes=record.road_changes,
    )


def routes_of(plan: Plan, day: Day) -> dict[int, object]:
    """Every lane and the pool, empty ones included, so that plans compare by meaning."""
    return {id: plan.route(id) for id in (POOL, *day.shifts)}


def assert_same(reloaded: Day, memory: Day) -> None:
    """What the store gives back is what was on the screen."""
    assert reloaded.depot == memory.depot
    assert list(reloaded.shifts.values()) == list(memory.shifts.values())
    assert dict(reloaded.orders) == dict(memory.orders)
    assert routes_of(reloaded.plan, reloaded) == routes_of(memory.plan, memory)
    assert dict(reloaded.stops) == dict(memory.stops)
    assert reloaded.schedules == memory.schedules
    assert [dataclasses.replace(f, id=0) for f in reloaded.facts.entries] == [
        dataclasses.replace(f, id=0) for f in memory.facts.entries
    ], "facts, apart from the ids that only the store gives"
    assert reloaded.revision == memory.revision
    assert reloaded.approval == memory.approval
    assert reloaded.baseline == memory.baseline
    assert reloaded.policy == memory.policy
    assert reloaded.road_changes == memory.road_changes


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """All statements sent to the database meanwhile, BEGIN and COMMIT left out."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, _p: object, _x: object, _many: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(store.engine, "before_cursor_execute", note)
