"""Drivers, vehicles and patterns: kept, changed, taken out of use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dispatch_console.domain.errors import StaleChange, UserError
from dispatch_console.domain.fleet import Break, Capacity, Driver, DriverId, ShiftPattern, Vehicle, VehicleId
from dispatch_console.domain.orders import Window
from dispatch_console.services import fleet
from dispatch_console.store.store import Store, open_store
from dispatch_console.store.values import WideChange
from tests import factories
from tests.store.filling import WHO

H = 3600
HOME = factories.DEPOT.id


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store("sqlite://")
    fleet.save_depot(store, None, factories.DEPOT, WHO)
    yield store
    store.close()


def _driver(store: Store, name: str) -> Driver:
    return fleet.save_driver(store, HOME, None, Driver(DriverId(0), name, skills=frozenset({"adr"})), WHO)


def _write(store: Store, change: WideChange) -> None:
    fleet.write(store, HOME, change, WHO)


def _vehicle(store: Store, name: str) -> Vehicle:
    return fleet.save_vehicle(store, HOME, None, Vehicle(VehicleId(0), name, capacity=Capacity(5, None, 0)), WHO)


def test_what_is_saved_comes_back(store: Store) -> None:
    ada, van = _driver(store, "Ada"), _vehicle(store, "Van")
    pause = Break(1800, Window(11 * H, 13 * H))
    pattern = fleet.save_pattern(store, HOME, None, ShiftPattern(ada.id, van.id, 7 * H, 26 * H, pause), WHO)
    found = fleet.load(store, HOME)
    assert (found.drivers, found.vehicles, found.patterns) == ((ada,), (van,), (pattern,))
    assert (ada.id, van.id, pattern.id) == (1, 1, 1)


def test_a_change_is_made_on_what_was_shown(store: Store) -> None:
    ada = _driver(store, "Ada")
    married = fleet.save_driver(store, HOME, ada, replace(ada, name="Ada Rook"), WHO)
    with pytest.raises(StaleChange, match="driver was changed"):
        fleet.save_driver(store, HOME, ada, replace(ada, phone="+423 1"), WHO)
    assert fleet.load(store, HOME).drivers == (married,)


def test_a_driver_goes_with_his_patterns_and_can_come_back(store: Store) -> None:
    ada, ben, van = _driver(store, "Ada"), _driver(store, "Ben"), _vehicle(store, "Van")
    for driver in (ada, ben):
        fleet.save_pattern(store, HOME, None, ShiftPattern(driver.id, van.id, 7 * H, 15 * H), WHO)
    _write(store, fleet.without_driver(store, HOME, ada))
    found = fleet.load(store, HOME)
    assert found.drivers == (ben,)
    assert [pattern.driver for pattern in found.patterns] == [ben.id]
    with pytest.raises(StaleChange):
        _write(store, fleet.without_driver(store, HOME, ada))


def test_a_vehicle_in_use_stays(store: Store) -> None:
    ada, van = _driver(store, "Ada"), _vehicle(store, "Van")
    pattern = fleet.save_pattern(store, HOME, None, ShiftPattern(ada.id, van.id, 7 * H, 15 * H), WHO)
    with pytest.raises(UserError, match="Van is driven by Ada"):
        _write(store, fleet.without_vehicle(store, HOME, van))
    _write(store, fleet.without_pattern(store, HOME, pattern))
    _write(store, fleet.without_vehicle(store, HOME, van))
    assert fleet.load(store, HOME).vehicles == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"end": 7 * H}, "ends before it starts"),
        ({"weekdays": frozenset()}, "no weekday"),
        ({"pause": Break(3600, Window(11 * H, 11 * H + 1800))}, "break does not fit"),
        ({"pause": Break(0, Window(11 * H, 12 * H))}, "break does not fit"),
    ],
)
def test_shifts_that_cannot_be_worked_are_refused(store: Store, changes: dict[str, object], words: str) -> None:
    pattern = ShiftPattern(_driver(store, "Ada").id, _vehicle(store, "Van").id, 7 * H, 15 * H)
    with pytest.raises(UserError, match=words):
        fleet.save_pattern(store, HOME, None, replace(pattern, **changes), WHO)


def test_names_and_capacities_are_asked_for(store: Store) -> None:
    with pytest.raises(UserError, match="needs a name"):
        _driver(store, " ")
    with pytest.raises(UserError, match="needs a name"):
        _vehicle(store, "")
    with pytest.raises(UserError, match="less than nothing"):
        fleet.save_vehicle(store, HOME, None, Vehicle(VehicleId(0), "Van", capacity=Capacity(-1)), WHO)
    with pytest.raises(UserError, match="needs a name"):
        fleet.save_depot(store, None, replace(factories.DEPOT, name=""), WHO)


@pytest.mark.parametrize(
    ("days", "label"),
    [({0, 1, 2, 3, 4}, "Mon–Fri"), ({5}, "Sat"), ({0, 2, 4}, "Mon, Wed, Fri"), (set(range(7)), "every day")],
)
def test_weekdays_in_words(days: set[int], label: str) -> None:
    assert fleet.label_of(frozenset(days)) == label
