"""A driver with vehicle and shift as one record: typed, saved in one go, taken into the open day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch_console.domain.errors import StaleChange, UserError
from dispatch_console.domain.fleet import Break, Capacity, Costs, DriverId, DrivingBreaks, ShiftPattern, VehicleId
from dispatch_console.domain.orders import Window
from dispatch_console.domain.places import Place
from dispatch_console.services import days, dispatch, fleet, fleet_fields, fleet_record
from dispatch_console.services.fleet_record import Fleet, Record, Saving
from tests.factories import DAY, DEPOT
from tests.gui.office import Office, opened
from tests.patience import PATIENCE_S

PLACE = "type depot, or coordinates such as 47.1410, 9.5210"
WORKDAYS = frozenset(range(5))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as office:
        yield office


def read(
    base: Record | None = None, weekdays: frozenset[int] = WORKDAYS, **texts: str
) -> fleet_fields.FleetReading:
    return fleet_fields.read(texts, base or Record(), weekdays, DEPOT, DAY)


def typed() -> Record:
    reading = read(
        name="Lea Sommer", phone="+41791234567", driver_skills="Two-Man, tail-lift", licence="31.12.2027",
        vehicle="Daily 05", plate="FL 55", kg="1,4", m3="12", pieces="", inspection="25.11.2026",
        start="7:30", end="16", **{"break": "30"}, break_window="11-13", start_place="depot",
        end_place="47.1410, 9.5210", hour="31,25", km="0.35", fixed="40", max_stops="30", overtime="45",
        overtime_hour="12.50", max_drive="9", max_km="250", tours="2", reload="20", zones="North, Old town",
        no_zones="Centre", break_kind="window",
    )  # fmt: skip
    assert not reading.problems
    return reading.record


def save(office: Office, before: Record, after: Record) -> Record:
    return step(office, fleet_record.saving(office.store, office.desk.day.depot.id, before, after))


def tick(office: Office, record: Record, weekday: int, on: bool) -> Record:
    return step(office, fleet_record.set_weekday(office.store, office.desk.day.depot.id, record, weekday, on))


def step(office: Office, saving: Saving) -> Record:
    """As the page does it; waits until the store has it."""
    office.desk.session.apply(saving.change)
    office.saver.flush(PATIENCE_S)
    return saving.record


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
    assert (pattern.overtime_s, pattern.overtime_per_hour, pattern.tours, pattern.reload_s) == (2700, 1250, 2, 1200)
    assert (pattern.max_drive_s, pattern.max_drive_m) == (9 * 3600, 250_000)
    assert (pattern.zones, vehicle.no_zones) == ({"North", "Old town"}, {"Centre"})


@pytest.mark.parametrize(
    "pause", [None, Break(1800, Window(39600, 46800)), DrivingBreaks(), DrivingBreaks(3600, 1200, 1200, 1200)]
)
def test_what_the_form_shows_reads_as_the_record_it_shows(pause: Break | DrivingBreaks | None):
    record = typed()
    assert record.pattern is not None
    record = replace(record, pattern=replace(record.pattern, pause=pause))
    texts = fleet_fields.texts_of(record)
    again = fleet_fields.read(texts, record, WORKDAYS, DEPOT, DAY)
    assert (again.record, again.problems) == (record, {})
    new = fleet_fields.read(texts, Record(), WORKDAYS, DEPOT, DAY).record.pattern
    assert new is not None and new.pause == pause


def test_breaks_by_driving_time_are_typed_or_as_usual():
    usual = read(typed(), break_kind="driving").record.pattern
    other = read(
        typed(), break_kind="driving", drive_limit="3:30", drive_break="40", drive_split="10+30"
    ).record.pattern
    none = fleet_fields.read(
        {"break_kind": "none", "break": "", "break_window": ""}, typed(), WORKDAYS, DEPOT, DAY
    ).record.pattern
    assert usual is not None and other is not None and none is not None
    assert usual.pause == DrivingBreaks(16_200, 2700, 2700, 2700)
    assert other.pause == DrivingBreaks(12_600, 2400, 600, 1800)
    assert none.pause is None
    shorter = read(Record(typed().driver, typed().vehicle, other), break_kind="driving", drive_break="25")
    assert shorter.problems["drive_split"].sentence == "“10+30” must be two parts of 1 to 24 minutes."


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
        ("overtime", "some", "“some” is not a number of minutes."),
        ("max_drive", "long", "“long” is not hours, such as 9:00."),
        ("max_km", "far", "“far” is not a number of kilometres."),
        ("max_drive", "0:05", "“0:05” must be 15 minutes or more."),
        ("max_drive", "4:75", "“4:75” is not hours, such as 9:00."),
        ("max_km", "0", "“0” must be more than 0."),
        ("max_stops", "0", "“0” must be 1 or more."),
        ("tours", "0", "“0” must be 1 or more."),
        ("tours", "21", "“21” must be at most 20."),
        ("reload", "30 h", "“30 h” is longer than a day."),
        ("reload", "13 h", "“13 h” must be at most 12 hours."),
        ("overtime", "-5", "“-5” must be 0 or more."),
        ("overtime_hour", "-5", "“-5” must be 0 or more."),
        ("drive_limit", "1 min", "“1 min” must be 15 minutes or more."),
        ("drive_break", "0", "“0” must be 1 minute or more."),
        ("drive_split", "15+45", "“15+45” must be two parts of 1 to 44 minutes."),
    ],
)  # fmt: skip
def test_problems_are_one_sentence(field: str, text: str, sentence: str):
    kind = "driving" if field.startswith("drive_") else "window"
    reading = fleet_fields.read({field: text, "break_kind": kind}, typed(), WORKDAYS, DEPOT, DAY)
    assert reading.problems[field].sentence == sentence


def test_no_weekday_is_a_problem():
    assert "no weekday" in read(typed(), frozenset()).problems["weekdays"].sentence


def test_hours_need_a_vehicle():
    reading = read(name="Lea", start="8", end="16")
    assert reading.problems["vehicle"].sentence == (
        "A shift needs a vehicle. Type a name here, or clear the hours if there is to be no shift."
    )


def test_an_open_end_and_a_night_shift():
    reading = read(name="Lea", vehicle="Van", start="20:00", end="26:00", end_place="open")
    pattern = reading.record.pattern
    assert pattern is not None and pattern.open_end and pattern.end == 26 * 3600
    assert fleet_fields.texts_of(reading.record)["end"] == "26:00"


def test_a_record_is_saved_whole_and_found_again(office: Office):
    depot = office.desk.day.depot.id
    saved = save(office, Record(), typed())
    kept = fleet.load(office.store, depot)
    assert saved in fleet_record.records(kept)
    assert office.store.audit(1)[0].what == "New driver Lea Sommer"
    pattern = saved.pattern
    assert pattern is not None
    later = replace(saved, pattern=replace(pattern, end=pattern.end + 1800))
    save(office, saved, later)
    assert later in fleet_record.records(fleet.load(office.store, depot))
    save(office, later, replace(later, pattern=None))
    names = [(r.driver and r.driver.name, r.vehicle and r.vehicle.name) for r in records(office)]
    assert ("Lea Sommer", None) in names and (None, "Daily 05") in names


def records(office: Office) -> tuple[Record, ...]:
    return fleet_record.records(fleet.load(office.store, office.desk.day.depot.id))


def test_nothing_half_is_saved(office: Office):
    bad = replace(typed(), pattern=ShiftPattern(DriverId(0), VehicleId(0), 50000, 40000))
    with pytest.raises(UserError, match="ends before it starts"):
        save(office, Record(), bad)
    assert all(record.driver is None or record.driver.name != "Lea Sommer" for record in records(office))


def test_a_driver_takes_over_a_vehicle_that_is_there(office: Office):
    depot = office.desk.day.depot.id
    van = next(r.vehicle for r in records(office) if r.vehicle is not None)
    after = replace(typed(), vehicle=replace(van, plate="FL 99"))
    saved = save(office, Record(), after)
    assert saved.vehicle is not None and saved.vehicle.id == van.id
    assert [v.plate for v in fleet.load(office.store, depot).vehicles if v.id == van.id] == ["FL 99"]


def test_weekdays_are_ticked_one_by_one(office: Office):
    saved = save(office, Record(), typed())
    on = tick(office, saved, 5, True)
    assert on.pattern is not None and on.pattern.weekdays == set(range(6))
    left = on
    for weekday in range(5):
        left = tick(office, left, weekday, False)
    with pytest.raises(UserError, match="last day"):
        tick(office, left, 5, False)


def test_a_pattern_comes_into_the_open_day_as_one_step(office: Office):
    depot, session = office.desk.day.depot.id, office.desk.session
    saved = save(office, Record(), typed())
    assert saved.driver is not None and saved.pattern is not None
    fleet_record.also_today(session, days.roster(office.store, depot, DAY), saved.driver.id)
    (shift,) = fleet_record.shifts_today(session.day, saved.driver.id)
    assert (shift.slot, shift.start, shift.vehicle.name) == (3, 27000, "Daily 05")
    dispatch.set_absent(session, shift.id, True)
    later = replace(saved, pattern=replace(saved.pattern, end=60000))
    save(office, saved, later)
    fleet_record.also_today(session, days.roster(office.store, depot, DAY), saved.driver.id)
    (after,) = fleet_record.shifts_today(session.day, saved.driver.id)
    assert (after.id, after.end, after.absent) == (shift.id, 60000, True)
    assert office.labels[-1] == "Shift of Lea Sommer"
    session.undo()
    assert fleet_record.shifts_today(session.day, saved.driver.id)[0].end == 57600


def test_a_driver_who_is_off_is_said_to_be(office: Office):
    depot = office.desk.day.depot.id
    saved = save(office, Record(), typed())
    assert saved.driver is not None
    sunday = replace(office.desk.day, date=DAY + dt.timedelta(days=6))
    office.desk.session.replace_day(sunday)
    with pytest.raises(UserError, match="Sunday"):
        fleet_record.also_today(office.desk.session, days.roster(office.store, depot, sunday.date), saved.driver.id)
    office.desk.session.replace_day(replace(sunday, date=DAY))


def test_how_many_shifts_a_weekday_has(office: Office):
    depot = office.desk.day.depot.id
    save(office, Record(), typed())
    kept = fleet.load(office.store, depot)
    assert fleet_record.usual_shifts(kept, DAY) == 1
    assert fleet_record.usual_shifts(kept, DAY + dt.timedelta(days=6)) == 0


# --- what is proposed for somebody new ---


def fleet_with(*patterns: ShiftPattern) -> Fleet:
    return Fleet(patterns=patterns)


def pattern(start: int, **changes: object) -> ShiftPattern:
    return replace(ShiftPattern(DriverId(1), VehicleId(1), start * 3600, 16 * 3600), **changes)


def proposed(kept: Fleet, **texts: str) -> fleet_fields.FleetReading:
    """The form of somebody new, filled in as proposed, then `texts` typed."""
    shift = fleet_fields.proposal(kept)
    shown = {**fleet_fields.texts_of(Record()), **shift.texts, **texts}
    return fleet_fields.read(shown, Record(), shift.weekdays, DEPOT, DAY, shift)


def test_somebody_new_gets_the_shift_that_most_have():
    pause = Break(1800, Window(39600, 46800))
    usual = {"pause": pause, "weekdays": frozenset({0, 1, 2, 5}), "costs": Costs(2600, 52, 8000)}
    kept = fleet_with(pattern(5, end_place=Place(47.1, 9.5)), pattern(6, **usual), pattern(6, **usual, max_stops=9))
    reading = proposed(kept, name="Ben Arlt", vehicle="Van 7")
    assert not reading.problems
    assert reading.record.pattern == replace(pattern(6, **usual), driver=DriverId(0), vehicle=VehicleId(0))


def test_the_first_driver_of_a_depot_works_from_eight_to_five():
    made = proposed(Fleet(), name="Ben Arlt", vehicle="Van 7").record.pattern
    assert made is not None
    assert (made.start, made.end, made.pause, made.weekdays) == (8 * 3600, 17 * 3600, None, WORKDAYS)


def test_cleared_hours_are_no_shift():
    reading = proposed(Fleet(), name="Ben Arlt", start="", end="")
    assert (reading.record.driver and reading.record.driver.name, reading.record.pattern) == ("Ben Arlt", None)
    assert not reading.problems


def test_a_proposed_shift_asks_a_driver_for_his_vehicle_and_a_vehicle_for_no_driver():
    assert "needs a vehicle" in proposed(Fleet(), name="Ben Arlt").problems["vehicle"].sentence
    spare = proposed(Fleet(), vehicle="Van 7")
    assert (spare.record.driver, spare.record.pattern, spare.problems) == (None, None, {})
    assert "needs a driver" in proposed(Fleet(), vehicle="Van 7", start="6").problems["name"].sentence
    assert proposed(Fleet()).record == Record()


@pytest.mark.parametrize(("today", "year"), [(dt.date(2026, 11, 23), 2026), (dt.date(2030, 2, 1), 2030)])
def test_a_date_without_a_year_is_meant_from_today(today: dt.date, year: int):
    reading = fleet_fields.read({"name": "Lea", "licence": "3.5."}, Record(), WORKDAYS, DEPOT, today)
    assert reading.record.driver is not None and reading.record.driver.licence_until is not None
    assert abs(reading.record.driver.licence_until.year - year) <= 1


def test_steps_of_the_fleet_are_named(office: Office):
    saved = save(office, Record(), typed())
    assert saved.driver is not None and saved.pattern is not None
    save(office, saved, renamed := replace(saved, driver=replace(saved.driver, phone="+41")))
    ticked = tick(office, renamed, 5, True)
    assert ticked.driver is not None and ticked.pattern is not None and ticked.vehicle is not None
    save(office, Record(), Record(vehicle=replace(ticked.vehicle, id=VehicleId(0), name="Van 9")))
    kept, depot = office.store, office.desk.day.depot.id
    office.desk.session.apply(fleet.without_pattern(kept, depot, ticked.pattern))
    office.saver.flush(PATIENCE_S)
    office.desk.session.apply(fleet.without_driver(kept, depot, ticked.driver))
    office.saver.flush(PATIENCE_S)
    office.desk.session.apply(fleet.without_vehicle(kept, depot, ticked.vehicle))
    assert office.labels == [
        "New driver Lea Sommer", "Driver Lea Sommer", "Weekdays of Lea Sommer", "New vehicle Van 9",
        "Remove shift of Lea Sommer", "Remove driver Lea Sommer", "Remove vehicle Daily 05",
    ]  # fmt: skip


def test_a_record_changed_meanwhile_is_said_before_anything_is_done(office: Office):
    saved = save(office, Record(), typed())
    assert saved.driver is not None
    save(office, saved, replace(saved, driver=replace(saved.driver, phone="+41")))
    with pytest.raises(StaleChange, match="driver was changed"):
        save(office, saved, replace(saved, driver=replace(saved.driver, phone="+42")))
    assert office.labels == ["New driver Lea Sommer", "Driver Lea Sommer"]
