"""A list of drivers and vehicles becomes the fleet, again and again, without doubles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch_console import resources
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Break, Capacity, Costs, DrivingBreaks
from dispatch_console.domain.orders import Address, Window
from dispatch_console.domain.places import Place
from dispatch_console.geocoding import addresses
from dispatch_console.services import days, fleet, fleet_files
from dispatch_console.services.fleet_files import FleetOutcome
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.store.filling import WHO

H = 3600
DEPOT = replace(factories.DEPOT, address="Dock Road 1, 4100 Lindmoor")
HEAD = "driver,vehicle,plate,capacity_kg,capacity_m3,capacity_pieces,shift_start,shift_end,break_minutes,break_window,skills,start_location,end_location,cost_per_hour,cost_per_km,fixed_cost,max_stops\n"  # fmt: skip  # noqa: E501
ADA = 'Ada Quill,Van 1,FL 101,1400,14.8,220,07:30,16:30,30,11:00-13:00,two-man;Tail-Lift,"50.0,10.0","50.0,10.0",26.0,0.52,80.0,60\n'  # fmt: skip  # noqa: E501
BEN = 'Ben Rook,Van 2,FL 102,850,6.2,110,08:00,17:00,0,,,"50.300001,10.000001",,31.25,0.28,55.0,\n'


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store("sqlite://")
    fleet.save_depot(store, None, DEPOT, WHO)
    yield store
    store.close()


def _import(store: Store, folder: Path, text: str) -> FleetOutcome:
    path = folder / "fleet.csv"
    path.write_text(text, encoding="utf-8")
    return fleet_files.import_file(store, DEPOT, path, factories.DAY, WHO)


def test_rows_become_drivers_vehicles_and_patterns(store: Store, tmp_path: Path) -> None:
    outcome = _import(store, tmp_path, HEAD + ADA + BEN)
    assert (outcome.drivers, outcome.vehicles, outcome.patterns, outcome.notes) == (2, 2, 2, ())
    found = fleet.load(store, DEPOT.id)
    assert [(d.id, d.name, sorted(d.skills)) for d in found.drivers] == [
        (1, "Ada Quill", ["tail-lift", "two-man"]),
        (2, "Ben Rook", []),
    ]
    assert [(v.plate, v.capacity) for v in found.vehicles] == [
        ("FL 101", Capacity(1_400_000, 14_800, 220)),
        ("FL 102", Capacity(850_000, 6_200, 110)),
    ]
    ada, ben = found.patterns
    assert (ada.driver, ada.vehicle, ada.start, ada.end) == (1, 1, 7 * H + 1800, 16 * H + 1800)
    assert (ada.pause, ada.costs) == (Break(1800, Window(11 * H, 13 * H)), Costs(2600, 52, 8000))
    assert (ada.start_place, ada.end_place, ada.open_end, ada.max_stops) == (None, None, False, 60)
    assert ada.weekdays == frozenset(range(7))
    assert (ben.start_place, ben.end_place, ben.open_end) == (Place(50.300001, 10.000001), None, True)
    assert (ben.pause, ben.max_stops) == (None, None)


def test_the_same_file_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path, HEAD + ADA + BEN)
    before, commands = fleet.load(store, DEPOT.id), len(store.audit())
    outcome = _import(store, tmp_path, HEAD + ADA + BEN)
    assert (outcome.drivers, outcome.vehicles, outcome.patterns) == (0, 0, 0)
    assert fleet.load(store, DEPOT.id) == before
    assert len(store.audit()) == commands


def test_hours_and_rules_of_a_file_come_and_a_file_without_them_leaves_them(store: Store, tmp_path: Path) -> None:
    more = "max driving time,max km,overtime min,tours,reload min,home zones,forbidden zones"
    said = "9,250,30,2,20,north;valley,centre"
    _import(store, tmp_path, f"{HEAD.strip()},{more}\n{ADA.strip()},{said}\n")
    kept = fleet.load(store, DEPOT.id)
    (ada,), (van,) = kept.patterns, kept.vehicles
    assert (ada.max_drive_s, ada.max_drive_m, ada.overtime_s, ada.tours, ada.reload_s) == (
        9 * H,
        250_000,
        1800,
        2,
        1200,
    )
    assert (ada.zones, van.no_zones) == ({"north", "valley"}, {"centre"})
    law = replace(ada, pause=DrivingBreaks())
    fleet.save_pattern(store, DEPOT.id, ada, law, WHO)
    _import(store, tmp_path, (HEAD + ADA).replace("break_minutes,break_window,", "").replace("30,11:00-13:00,", ""))
    kept = fleet.load(store, DEPOT.id)
    assert (kept.patterns, kept.vehicles) == ((law,), (van,))


def test_a_later_file_changes_what_it_names_and_leaves_the_rest(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path, HEAD + ADA + BEN)
    before = fleet.load(store, DEPOT.id)
    monday = replace(before.patterns[0], weekdays=frozenset({0}))
    fleet.save_pattern(store, DEPOT.id, before.patterns[0], monday, WHO)
    text = "driver,vehicle,plate,shift_start,shift_end,capacity_kg\nada quill,Van 1b,fl-101,06:00,14:00,1500\n"
    outcome = _import(store, tmp_path, text)
    assert (outcome.drivers, outcome.vehicles, outcome.patterns) == (0, 1, 1)
    after = fleet.load(store, DEPOT.id)
    assert after.drivers == before.drivers
    assert after.vehicles[0].name == "Van 1b"
    assert after.vehicles[0].capacity == Capacity(1_500_000, 14_800, 220)
    assert (after.patterns[0].start, after.patterns[0].weekdays, after.patterns[0].id) == (6 * H, {0}, monday.id)
    assert after.patterns[1] == before.patterns[1]


def test_a_driver_who_stands_twice_has_two_shifts(store: Store, tmp_path: Path) -> None:
    twice = ADA + ADA.replace("07:30,16:30", "17:00,21:00").replace("FL 101", "FL 103").replace("Van 1", "Van 3")
    _import(store, tmp_path, HEAD + twice)
    found = fleet.load(store, DEPOT.id)
    assert len(found.drivers) == 1
    assert [(p.start, p.vehicle) for p in found.patterns] == [(7 * H + 1800, 1), (17 * H, 2)]
    again = _import(store, tmp_path, HEAD + twice)
    assert (again.patterns, len(fleet.load(store, DEPOT.id).patterns)) == (0, 2)


def test_places_by_address_are_those_of_the_depot_or_the_address_book(store: Store, tmp_path: Path) -> None:
    store.remember_place(addresses.key(Address("Moorstraße 7, 4100 Lindmoor")), Place(50.6, 10.6), WHO)
    places = [
        ("Cy Fern", "Testdepot", "Dock Road 1, 4100 Lindmoor"),
        ("Dee Holm", "Moorstr. 7, 4100 Lindmoor", "Testdepot"),
        ("Eve Moss", "Nowhere 5, 9999 Lost", "Nowhere 6, 9999 Lost"),
    ]
    rows = [f'{name},V{name},P{name},850,6.2,110,08:00,17:00,0,,,"{a}","{b}",0,0,0,\n' for name, a, b in places]
    text = HEAD + "".join(rows)
    outcome = _import(store, tmp_path, text)
    patterns = fleet.load(store, DEPOT.id).patterns
    assert [(p.start_place, p.end_place, p.open_end) for p in patterns] == [
        (None, None, False),
        (Place(50.6, 10.6), DEPOT.place, False),
        (None, None, False),
    ]
    assert [(note.row, note.text.split(";")[0]) for note in outcome.notes] == [
        (4, "The start place “Nowhere 5, 9999 Lost” is not known"),
        (4, "The end place “Nowhere 6, 9999 Lost” is not known"),
    ]


def test_a_row_without_a_shift_or_with_a_break_that_cannot_be_is_taken_with_a_note(
    store: Store, tmp_path: Path
) -> None:
    text = HEAD + ADA.replace("07:30,16:30", ",") + BEN.replace("0,,,", "90,12:00-12:30,,")
    outcome = _import(store, tmp_path, text)
    first, second = fleet.load(store, DEPOT.id).patterns
    assert (first.start, first.end) == fleet_files.USUAL
    assert second.pause is None
    assert [note.row for note in outcome.notes] == [2, 3]


def test_orders_are_not_taken_for_a_fleet(store: Store) -> None:
    with pytest.raises(UserError, match="list of orders"):
        fleet_files.import_file(store, DEPOT, resources.path("sample", "orders.csv"), factories.DAY, WHO)


def test_the_sample_fleet_makes_the_shifts_of_a_day(store: Store) -> None:
    outcome = fleet_files.import_file(store, DEPOT, resources.path("sample", "fleet.csv"), factories.DAY, WHO)
    assert (outcome.drivers, outcome.vehicles, outcome.patterns, outcome.result.rejected) == (8, 8, 8, ())
    made = days.shifts_for(days.roster(store, DEPOT.id, factories.DAY), DEPOT, factories.DAY)
    assert [shift.slot for shift in made] == list(range(1, 9))
    assert (made[0].driver.name, made[0].driver.phone) == ("Mara Keller", "+005550101")


@pytest.mark.shared
def test_the_ugly_fleet_is_taken(store: Store, shared: Path) -> None:
    outcome = fleet_files.import_file(store, DEPOT, shared / "orders" / "fleet_ugly.xlsx", factories.DAY, WHO)
    found = fleet.load(store, DEPOT.id)
    assert outcome.patterns == len(found.patterns) == len(outcome.result.vehicles) > 0
    assert outcome.result.rejected
    assert {pattern.driver for pattern in found.patterns} == {driver.id for driver in found.drivers}


def test_an_import_is_one_step_that_can_be_taken_back(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path, HEAD + ADA)
    before = fleet.load(store, DEPOT.id)
    path = tmp_path / "drivers 2.csv"
    path.write_text(HEAD + ADA.replace("1400", "1500") + BEN, encoding="utf-8")
    prepared = fleet_files.prepare_file(store, DEPOT, path, factories.DAY)
    assert fleet.load(store, DEPOT.id) == before  # nothing is written yet
    assert (prepared.change.label, len(prepared.change.fleet)) == ("Import drivers 2.csv", 4)
    for change in (prepared.change, prepared.change.inverse()):
        fleet.write(store, DEPOT.id, change, WHO)
    assert fleet.load(store, DEPOT.id) == before


def test_an_import_of_nothing_new_is_no_step(store: Store, tmp_path: Path) -> None:
    _import(store, tmp_path, HEAD + ADA)
    assert not _import(store, tmp_path, HEAD + ADA).change
