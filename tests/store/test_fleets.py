"""Changes of the fleet as steps of the history: the depot's, beside the days, durable on either database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dispatch_console.domain.errors import StaleChange
from dispatch_console.domain.fleet import DriverId, ShiftId, ShiftPattern, VehicleId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, Swap
from dispatch_console.domain.weights import Policy, Weights
from dispatch_console.services import dispatch, fleet
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from dispatch_console.store.values import Fleet, WideChange
from tests import factories
from tests.store.filling import WHO, assert_same, reopened, small_store

HOME, DAY = factories.DEPOT.id, factories.DAY
TUESDAY = DAY + dt.timedelta(days=1)
H = 3600


def _newcomer(kept: Fleet) -> WideChange:
    """A driver, his van and his shift."""
    driver = replace(kept.drivers[0], id=DriverId(30), name="Cy Fern")
    vehicle = replace(kept.vehicles[0], id=VehicleId(30), name="Van 30")
    pattern = ShiftPattern(driver.id, vehicle.id, 7 * H, 15 * H, id=30)
    return fleet.change("New driver Cy Fern", [Swap(None, driver), Swap(None, vehicle), Swap(None, pattern)], kept)


def _married(kept: Fleet) -> WideChange:
    ada = kept.drivers[0]
    return fleet.change("Driver Ada Quill", [Swap(ada, replace(ada, name="Ada Fern"))], kept)


def test_a_step_of_the_fleet_comes_goes_and_comes_again(store: Store) -> None:
    day = small_store(store)
    before = store.load_fleet(HOME)
    saver = StoreSaver(store, WHO)
    session = DaySession(day, saver)
    session.apply(_newcomer(before))
    saver.flush()
    after = store.load_fleet(HOME)
    assert [d.name for d in after.drivers] == ["Ada Quill", "Ben Rook", "Cy Fern"]
    assert [p.id for p in after.patterns] == [30]
    for _ in range(2):
        session.undo()
        saver.flush()
        assert store.load_fleet(HOME) == before
        session.redo()
        saver.flush()
        assert store.load_fleet(HOME) == after
    assert [entry.what for entry in store.audit(5)] == ["New driver Cy Fern"] * 5


def test_a_driver_who_went_with_his_shift_comes_back_with_it(store: Store) -> None:
    session = DaySession(small_store(store), saver := StoreSaver(store, WHO))
    session.apply(_newcomer(store.load_fleet(HOME)))
    saver.flush()
    whole = store.load_fleet(HOME)
    session.apply(fleet.without_driver(store, HOME, whole.drivers[2]))
    saver.flush()
    gone = store.load_fleet(HOME)
    assert ([d.id for d in gone.drivers], gone.patterns) == ([1, 2], ())
    assert session.undo().label == "Remove driver Cy Fern"
    saver.flush()
    assert store.load_fleet(HOME) == whole


def test_the_fleet_leaves_the_day_and_its_revision_alone(store: Store) -> None:
    day = small_store(store)
    change = _married(store.load_fleet(HOME))
    store.save_change(change, HOME, DAY, 99, WHO, new_command())
    store.save_change(_newcomer(store.load_fleet(HOME)), HOME, TUESDAY, 0, WHO, new_command())
    assert_same(reopened(store.load_day(HOME, DAY), day), day)  # another console's edit of the day is not stale
    assert [count.date for count in store.list_days(HOME)] == [DAY]  # and no day is made of it


def test_the_same_command_twice_is_done_once(store: Store) -> None:
    small_store(store)
    change = _married(store.load_fleet(HOME))
    for _ in range(2):
        store.save_change(change, HOME, DAY, 1, WHO, "once")
    assert [entry.what for entry in store.audit(2)].count("Driver Ada Quill") == 1


def test_a_fleet_that_somebody_changed_meanwhile_is_stale_and_stays(store: Store) -> None:
    small_store(store)
    kept = store.load_fleet(HOME)
    ours = fleet.change(
        "Import x", [*_newcomer(kept).fleet, Swap(kept.drivers[0], replace(kept.drivers[0], phone="1"))], kept
    )
    store.save_change(_married(kept), HOME, DAY, 1, "Ben", new_command())
    with pytest.raises(StaleChange, match="driver was changed"):
        store.save_change(ours, HOME, DAY, 1, WHO, new_command())
    assert [d.name for d in store.load_fleet(HOME).drivers] == ["Ada Fern", "Ben Rook"]
    with pytest.raises(StaleChange, match="driver was changed"):
        fleet.change("Driver", ours.fleet, store.load_fleet(HOME))


def test_what_is_planned_by_counts_at_once_on_every_day_and_comes_undone(store: Store) -> None:
    session = DaySession(small_store(store), saver := StoreSaver(store, WHO))
    start = session.day
    policy = Policy(Weights(balance_stops=3), frozenset({frozenset({"acid", "food"})}))
    dispatch.move(session, [StopId(6)], ShiftId(1), 0)
    session.apply(WideChange("Balance stops", fleet=(Swap(start.policy, policy),)))
    assert session.day.schedules[ShiftId(1)].soft == 3 * len(session.day.plan.route(ShiftId(1)).stops) ** 2
    assert session.day.revision == start.revision + 1, "another console's edit of the day is not stale"
    saver.flush()
    assert_same(reopened(store.load_day(HOME, DAY), session.day), session.day)
    assert store.load_day(HOME, TUESDAY).policy == policy
    assert session.undo().label == "Balance stops"
    saver.flush()
    assert store.load_day(HOME, DAY).policy == session.day.policy == Policy()
    assert session.day.schedules[ShiftId(1)].soft == 0
    session.redo()
    saver.flush()
    with pytest.raises(StaleChange, match="settings of planning"):
        store.save_fleet(HOME, [Swap(Policy(), policy)], "Again", WHO, new_command())
    with pytest.raises(StaleChange, match="settings of planning"):
        session.apply(WideChange("Again", fleet=(Swap(Policy(), policy),)))


def test_undo_takes_back_plan_and_fleet_in_the_order_in_which_they_were_made(store: Store) -> None:
    session = DaySession(small_store(store), saver := StoreSaver(store, WHO))
    start, before = session.day, store.load_fleet(HOME)
    dispatch.move(session, [StopId(6)], ShiftId(1), 0)
    session.apply(_married(before))
    dispatch.unassign(session, [StopId(1)])
    labels = [session.undo().label for _ in range(3)]
    assert labels == ["Unassign A1", "Driver Ada Quill", "Move A6 to Ada Quill"]
    saver.flush()
    assert store.load_fleet(HOME) == before
    assert session.day.plan.pool == start.plan.pool
    labels = [session.redo().label for _ in range(3)]
    assert labels == ["Move A6 to Ada Quill", "Driver Ada Quill", "Unassign A1"]
    saver.flush()
    assert_same(reopened(store.load_day(HOME, DAY), session.day), session.day)
    assert store.load_fleet(HOME).drivers[0].name == "Ada Fern"
    assert session.day.plan.where[StopId(1)] == POOL
