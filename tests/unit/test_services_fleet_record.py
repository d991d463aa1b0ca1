"""A driver with vehicle and shift as one record: typed, saved in one go, taken into the open day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Break, Capacity, Costs, DriverId, ShiftPattern, VehicleId
from dispatch_console.domain.orders import Window
from dispatch_console.domain.places import Place
from dispatch_console.services import days, dispatch, fleet, fleet_fields, fleet_record
from dispatch_console.services.fleet_record import Record
from tests.factories import DAY, DEPOT
from tests.gui.office import Office, opened

PLACE = "type depot, or coordinates such as 47.1410, 9.5210"
WORKDAYS = frozenset(range(5))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as office:
        yield office


def read(
    base: Record | None = None, weekdays: frozenset[int] = WORKDAYS, **texts: str
) -> fleet_fields.FleetReading:
    return fleet_fields.read(texts, base or Record(), weekdays, DEPOT)


def typed() -> Record:
    reading = read(
        name="Lea Sommer", phone="+41791234567", driver_skills="Two-Man, tail-lift", licence="31.12.2027",
        vehicle="Daily 05", plate="FL 55", kg="1,4", m3="12", pieces="", inspection="25.11.2026",
        start="7:30", end="16", **{"break": "30"}, break_window="11-13", start_place="depot",
        end_place="47.1410, 9.5210", hour="31,25", km="0.35", fixed="40", max_stops="30",
    )  # fmt: skip
    assert not reading.problems
    return reading.record


def test_everything_typed_is_read():
    record = typed()
    driver, vehicle, pattern = record.driver, record.vehicle, record.pattern
    assert driver is not None and vehicle is not None and pattern is not None
    assert (driver.name, driver.phone) == ("Lea Sommer", "+41791234567")
    assert driver.skills == {"two-man", "tail-lift"} and driver.licence_until == dt.date(2027, 12, 31)
    assert vehicle.capacity == Capacity(1400, 12_000, None)
    assert (pattern.start, pattern.end) == (27000, 57600)
    assert pattern.pause == Break(1800, Window(39600, 46800))
    assert pattern.start_place is None and pattern.end_place == Place(47.141, 9.521) and not pattern.open_end
    assert (pattern.costs, pattern.max_stops) == (Costs(3125, 35, 4000), 30)


def test_what_the_form_shows_reads_as_the_record_it_shows():
    record = typed()
    again = fleet_fields.read(fleet_fields.texts_of(record), record, WORKDAYS, DEPOT)
    assert (again.record, again.problems) == (record, {})


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("start", "25 o'clock", "“25 o'clock” is not a time, such as 07:30."),
        ("end", "06:00", "The shift ends before it starts. After midnight, count on: 26:00 is two at night."),
        ("break_window", "12-12:10", "The break does not fit into its window. Make the window longer."),
        ("kg", "heavy", "“heavy” is not a weight in kg."),
        ("licence", "31.11.2027", "“31.11.2027”: November has 30 days."),
        ("end_place", "Springfield", f"“Springfield” is not a place: {PLACE}."),
        ("name", "", "A driver needs a name."),
        ("vehicle", "", "A vehicle needs a name."),
        ("hour", "-3", "“-3” must be 0 or more."),
    ],
)  # fmt: skip
def test_problems_are_one_sentence(field: str, text: str, sentence: str):
    reading = fleet_fields.read({field: text}, typed(), WORKDAYS, DEPOT)
    assert reading.problems[field].sentence == sentence


def test_no_weekday_is_a_problem():
    assert "no weekday" in read(typed(), frozenset()).problems["weekdays"].sentence


def test_hours_need_a_vehicle():
    reading = read(name="Lea", start="8", end="16")
    assert reading.problems["vehicle"].sentence == "Hours need a driver and a vehicle."


def test_an_open_end_and_a_night_shift():
    reading = read(name="Lea", vehicle="Van", start="20:00", end="26:00", end_place="open")
    pattern = reading.record.pattern
    assert pattern is not None and pattern.open_end and pattern.end == 26 * 3600
    assert fleet_fields.texts_of(reading.record)["end"] == "26:00"


def test_a_record_is_saved_whole_and_found_again(office: Office):
    depot = office.desk.day.depot.id
    saved = fleet_record.save(office.store, depot, Record(), typed(), "tester")
    kept = fleet.load(office.store, depot)
    assert saved in fleet_record.records(kept)
    assert office.store.audit(1)[0].what == "Add Lea Sommer"
    pattern = saved.pattern
    assert pattern is not None
    later = replace(saved, pattern=replace(pattern, end=pattern.end + 1800))
    fleet_record.save(office.store, depot, saved, later, "tester")
    assert later in fleet_record.records(fleet.load(office.store, depot))
    fleet_record.save(office.store, depot, later, replace(later, pattern=None), "tester")
    names = [(r.driver and r.driver.name, r.vehicle and r.vehicle.name) for r in records(office)]
    assert ("Lea Sommer", None) in names and (None, "Daily 05") in names


def records(office: Office) -> tuple[Record, ...]:
    return fleet_record.records(fleet.load(office.store, office.desk.day.depot.id))


def test_nothing_half_is_saved(office: Office):
    bad = replace(typed(), pattern=ShiftPattern(DriverId(0), VehicleId(0), 50000, 40000))
    with pytest.raises(UserError, match="ends before it starts"):
        fleet_record.save(office.store, office.desk.day.depot.id, Record(), bad, "tester")
    assert all(record.driver is None or record.driver.name != "Lea Sommer" for record in records(office))


def test_a_driver_takes_over_a_vehicle_that_is_there(office: Office):
    depot = office.desk.day.depot.id
    van = next(r.vehicle for r in records(office) if r.vehicle is not None)
    after = replace(typed(), vehicle=replace(van, plate="FL 99"))
    saved = fleet_record.save(office.store, depot, Record(), after, "tester")
    assert saved.vehicle is not None and saved.vehicle.id == van.id
    assert [v.plate for v in fleet.load(office.store, depot).vehicles if v.id == van.id] == ["FL 99"]


def test_weekdays_are_ticked_one_by_one(office: Office):
    depot = office.desk.day.depot.id
    saved = fleet_record.save(office.store, depot, Record(), typed(), "tester")
    on = fleet_record.set_weekday(office.store, depot, saved, 5, True, "tester")
    assert on.pattern is not None and on.pattern.weekdays == set(range(6))
    left = on
    for weekday in range(5):
        left = fleet_record.set_weekday(office.store, depot, left, weekday, False, "tester")
    with pytest.raises(UserError, match="last day"):
        fleet_record.set_weekday(office.store, depot, left, 5, False, "tester")


def test_a_pattern_comes_into_the_open_day_as_one_step(office: Office):
    depot, session = office.desk.day.depot.id, office.desk.session
    saved = fleet_record.save(office.store, depot, Record(), typed(), "tester")
    assert saved.driver is not None and saved.pattern is not None
    fleet_record.also_today(session, days.roster(office.store, depot, DAY), saved.driver.id)
    (shift,) = fleet_record.shifts_today(session.day, saved.driver.id)
    assert (shift.slot, shift.start, shift.vehicle.name) == (3, 27000, "Daily 05")
    dispatch.set_absent(session, shift.id, True)
    later = replace(saved, pattern=replace(saved.pattern, end=60000))
    fleet_record.save(office.store, depot, saved, later, "tester")
    fleet_record.also_today(session, days.roster(office.store, depot, DAY), saved.driver.id)
    (after,) = fleet_record.shifts_today(session.day, saved.driver.id)
    assert (after.id, after.end, after.absent) == (shift.id, 60000, True)
    assert office.labels[-1] == "Shift of Lea Sommer"
    session.undo()
    assert fleet_record.shifts_today(session.day, saved.driver.id)[0].end == 57600


def test_a_driver_who_is_off_is_said_to_be(office: Office):
    depot = office.desk.day.depot.id
    saved = fleet_record.save(office.store, depot, Record(), typed(), "tester")
    assert saved.driver is not None
    sunday = replace(office.desk.day, date=DAY + dt.timedelta(days=6))
    office.desk.session.replace_day(sunday)
    with pytest.raises(UserError, match="Sunday"):
        fleet_record.also_today(office.desk.session, days.roster(office.store, depot, sunday.date), saved.driver.id)
    office.desk.session.replace_day(replace(sunday, date=DAY))


def test_how_many_shifts_a_weekday_has(office: Office):
    depot = office.desk.day.depot.id
    fleet_record.save(office.store, depot, Record(), typed(), "tester")
    kept = fleet.load(office.store, depot)
    assert fleet_record.usual_shifts(kept, DAY) == 1
    assert fleet_record.usual_shifts(kept, DAY + dt.timedelta(days=6)) == 0
