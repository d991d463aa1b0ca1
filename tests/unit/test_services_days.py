"""A day opens as it was left, and takes its weekday's shifts as one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from dispatch_console.domain.fleet import (
    Break,
    Capacity,
    Costs,
    Driver,
    DriverId,
    DrivingBreaks,
    ShiftPattern,
    Vehicle,
    VehicleId,
)
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL
from dispatch_console.services import days, dispatch, fleet
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.store.filling import WHO, assert_same, small_store

H = 3600
HOME, DAY = factories.DEPOT.id, factories.DAY


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store("sqlite://")
    yield store
    store.close()


def _fleet(store: Store, *patterns: tuple[str, dict[str, Any]]) -> None:
    """Drivers with a van each and a pattern 07:00–15:00 on Monday to Friday, changed as given."""
    for name, changes in patterns:
        driver = fleet.save_driver(store, HOME, None, Driver(DriverId(0), name), WHO)
        van = fleet.save_vehicle(store, HOME, None, Vehicle(VehicleId(0), f"Van of {name}"), WHO)
        pattern = ShiftPattern(driver.id, van.id, 7 * H, 15 * H)
        fleet.save_pattern(store, HOME, None, replace(pattern, **changes), WHO)


@pytest.fixture
def empty(store: Store) -> DaySession:
    """A session on a day that knows only its depot, saving to `store`."""
    fleet.save_depot(store, None, factories.DEPOT, WHO)
    return DaySession(days.open_day(store, HOME, DAY), StoreSaver(store, WHO))


def _use(session: DaySession, store: Store) -> None:
    days.use_shifts(session, days.roster(store, HOME, session.day.date))


def test_a_day_never_saved_opens_empty(empty: DaySession) -> None:
    assert (empty.day.revision, empty.day.orders, empty.day.shifts) == (0, {}, {})
    assert empty.day.travel.places == (factories.DEPOT.place,)


def test_a_saved_day_opens_as_it_was(store: Store) -> None:
    day = small_store(store)
    opened = days.open_day(store, HOME, DAY, lambda places: factories.line_matrix())
    assert_same(opened, day)
    assert [c.orders for c in days.list_days(store, HOME)] == [6]


def test_the_matrix_is_asked_for_each_place_once(store: Store) -> None:
    small_store(store)
    asked: list[Place] = []
    days.open_day(store, HOME, DAY, lambda places: asked.extend(places) or factories.line_matrix())
    assert sorted(asked) == sorted(factories.PLACES)


def test_a_pattern_becomes_a_shift_of_the_day(store: Store, empty: DaySession) -> None:
    away, end = Place(50.2, 10.2), Place(50.3, 10.3)
    _fleet(
        store,
        ("Ada Quill", {}),
        ("Ben Rook", {"start_place": away, "pause": Break(1800, Window(11 * H, 13 * H)), "max_stops": 9}),
        ("Cy Saturday", {"weekdays": frozenset({5})}),
        ("Dee Open", {"end_place": end, "open_end": True, "costs": Costs(1, 2, 3)}),
        ("Eve Ends", {"end_place": end}),
    )
    _use(empty, store)
    shifts = list(empty.day.shifts.values())
    assert [(s.slot, s.driver.name, s.vehicle.name) for s in shifts] == [
        (1, "Ada Quill", "Van of Ada Quill"),
        (2, "Ben Rook", "Van of Ben Rook"),
        (3, "Dee Open", "Van of Dee Open"),
        (4, "Eve Ends", "Van of Eve Ends"),
    ]
    depot = factories.DEPOT.place
    assert [(s.start_place, s.end_place) for s in shifts] == [
        (depot, depot),
        (away, away),
        (depot, None),
        (depot, end),
    ]
    assert [s.pause for s in shifts] == [None, Break(1800, Window(11 * H, 13 * H)), None, None]
    assert (shifts[0].start, shifts[0].end, shifts[1].max_stops, shifts[2].costs) == (
        7 * H,
        15 * H,
        9,
        Costs(1, 2, 3),
    )
    assert empty.day.travel.covers([depot, away, end])


def test_every_rule_of_a_pattern_counts_on_the_day(store: Store, empty: DaySession) -> None:
    rules: dict[str, Any] = {
        "pause": DrivingBreaks(3600, 1200, 300, 900),
        "max_drive_s": 4 * H,
        "max_drive_m": 90_000,
        "overtime_s": 1800,
        "overtime_per_hour": 4500,
        "tours": 3,
        "reload_s": 900,
        "zones": frozenset({"north"}),
    }
    _fleet(store, ("Ada Quill", rules))
    _use(empty, store)
    (shift,) = empty.day.shifts.values()
    assert {name: getattr(shift, name) for name in rules} == rules
    empty_again = days.open_day(store, HOME, DAY)
    assert list(empty_again.shifts.values()) == [shift]


def test_shifts_come_undone_and_redone_in_the_store_too(store: Store, empty: DaySession) -> None:
    _fleet(store, ("Ada Quill", {}))
    _use(empty, store)
    with_shift = empty.day
    empty.undo()
    assert empty.day.shifts == {}
    store.submit(lambda: None).result()
    assert store.load_day(HOME, DAY).shifts == ()
    empty.redo()
    store.submit(lambda: None).result()
    assert store.load_day(HOME, DAY).shifts == tuple(with_shift.shifts.values())


@pytest.mark.parametrize(("date", "start"), [(dt.date(2026, 3, 29), 6 * H), (dt.date(2026, 10, 25), 8 * H)])
def test_shifts_of_a_day_with_a_change_of_clocks(store: Store, date: dt.date, start: int) -> None:
    fleet.save_depot(store, None, factories.DEPOT, WHO)
    _fleet(store, ("Ada Quill", {"weekdays": frozenset({6})}))
    made = days.shifts_for(days.roster(store, HOME, date), factories.DEPOT, date)
    assert made[0].start == start  # 07:00 on the wall


def test_a_driver_in_the_day_keeps_his_lane_and_stops(store: Store) -> None:
    small_store(store)
    session = DaySession(days.open_day(store, HOME, DAY, lambda _: factories.line_matrix()), StoreSaver(store, WHO))
    dispatch.set_absent(session, next(iter(session.day.shifts)), True)
    ada, ben = session.day.shifts.values()
    cargo = Vehicle(VehicleId(0), "Cargo bike", capacity=Capacity(50_000))
    bike = fleet.save_vehicle(store, HOME, None, cargo, WHO)
    pattern = ShiftPattern(ada.driver.id, bike.id, 9 * H, 12 * H)
    fleet.save_pattern(store, HOME, None, pattern, WHO)
    _fleet(store, ("Cleo New", {}))
    _use(session, store)
    after = list(session.day.shifts.values())
    # Ben has no pattern, but stops in his lane: he stays
    assert [(s.slot, s.driver.name) for s in after] == [(1, "Ada Quill"), (2, "Ben Rook"), (3, "Cleo New")]
    assert (after[0].id, after[0].vehicle, after[0].start, after[0].absent) == (ada.id, bike, 9 * H, True)
    assert session.day.plan.route(ada.id).stops == (1, 2, 3)
    assert after[1] == ben
    before = session.day
    dispatch.move(session, [StopId(4), StopId(5)], POOL, None)
    _use(session, store)
    assert [s.driver.name for s in session.day.shifts.values()] == ["Ada Quill", "Cleo New"]
    session.undo()
    session.undo()
    assert session.day.shifts == before.shifts
    store.submit(lambda: None).result()
    again = days.open_day(store, HOME, DAY, lambda _: factories.line_matrix())
    assert_same(again, replace(session.day, travel=again.travel))


def test_the_same_weekday_twice_changes_nothing(store: Store, empty: DaySession) -> None:
    _fleet(store, ("Ada Quill", {}), ("Ben Rook", {}))
    _use(empty, store)
    before = empty.day
    _use(empty, store)
    assert empty.day is before
